"""Volumes: where a text that holds many documents is to be cut, and which lines are their titles.

A cut in the wrong place does more harm than one that is missing. So the titles of a volume must form a series, each
with text below it, and the texts must look like documents: with a document number, a salutation or a signed date.
Attachments, forwarded documents and lists of documents do not.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..notation.dates import is_date_line
from ..notation.document_numbers import is_number_line
from .document_heads import UNREAD, DocumentHead, may_end_title, numbered_title, red_head, title_above, undated_title
from .law_heads import law_heads
from .lines import CLOSERS, SENTENCE_ENDS, TextLine, ends_sentence

_RANKS = (6, 7, 8)  # 一、, （一） and 1. in the table of `zhengce.corpus.notation.numbering`
_MOST_MISSING = 5  # documents of a series in succession whose titles were not recognised
_FEWEST_NUMBERED = 2  # documents that make a volume, where their titles are numbered
_FEWEST_DATED = 3  # where they are not numbered, but dated
_FEWEST_SIGNED = 4  # where they are neither; a document and two that it forwards are three
_SHORTEST_TEXT = 40  # characters
_LONGEST_FRONT = 3  # lines above the first title that are a heading of it rather than a preface or a table of contents
_WIDEST_GROUP = 40  # cells of a heading that documents are grouped under
_BELOW = 8  # lines below a title among which a salutation is looked for

_SALUTATION = re.compile(r"[^。；]{2,}[：:]")


class Volume(NamedTuple):
    """A text of many documents: their heads, and whether a preface or the like stands above the first."""

    heads: tuple[DocumentHead, ...] = ()
    has_front: bool = False


def find_volume(lines: Sequence[TextLine]) -> Volume:
    """Return the heads of the documents that a text holds, none if it is one document."""
    may_be = any(may_end_title(line.text) or is_number_line(line.text) for line in lines)
    heads = law_heads(lines) or (may_be and (_numbered(lines) or _unnumbered(lines)))
    if not heads:
        return Volume()
    heads = [head._replace(start=_start(lines, head)) for head in heads]
    has_front = _has_front(lines[: heads[0].start])
    if not has_front:
        heads[0] = heads[0]._replace(start=0)
    return Volume(tuple(heads), has_front)


def _numbered(lines: Sequence[TextLine]) -> list[DocumentHead]:
    """Return the longest series of documents whose titles are numbered, and dated or above a document number."""
    found: list[DocumentHead] = []
    for rank in _RANKS:
        titles = (
            numbered_title(lines, index)
            for index, line in enumerate(lines)
            if line.enumerator and line.enumerator.rank == rank
        )
        series = _series(_with_text(lines, [title for title in titles if title]))
        if len(series) > max(len(found), _FEWEST_NUMBERED - 1):
            full = [*_with_missing(lines, series)]
            if _are_documents(lines, full):
                found = full
    return found


def _with_text(lines: Sequence[TextLine], heads: Sequence[DocumentHead]) -> list[DocumentHead]:
    """Return the titles that have text below them, which those in a list or a table of contents have not."""
    return [head for head, text in zip(heads, _texts(lines, heads), strict=True) if _has_text(text)]


def _texts(lines: Sequence[TextLine], heads: Sequence[DocumentHead]) -> Iterator[Sequence[TextLine]]:
    """Yield the lines between each title and the next."""
    for head, below in itertools.zip_longest(heads, heads[1:]):
        yield lines[head.title_stop : below.start if below else len(lines)]


def _has_text(lines: Sequence[TextLine]) -> bool:
    body = [line for line in lines if line.role not in UNREAD]
    size = sum(len(line.text) for line in body)
    return (size >= _SHORTEST_TEXT and any(ends_sentence(line.text) for line in body)) or _is_document(lines)


def _series(heads: Sequence[DocumentHead]) -> list[DocumentHead]:
    """Return the longest series whose numbers rise, with few missing; they may begin again with 1."""
    best: list[tuple[int, int]] = []  # the length of the longest series that ends with a head, and the head before it
    for index, head in enumerate(heads):
        lengths = [(best[i][0] + 1, i) for i in range(index) if _follows(heads[i], head)]
        best.append(max(lengths, default=(1, -1)))
    found: list[DocumentHead] = []
    index = max(range(len(heads)), key=lambda i: best[i][0], default=-1)
    while index >= 0:
        found.append(heads[index])
        index = best[index][1]
    return found[::-1]


def _follows(head: DocumentHead, below: DocumentHead) -> bool:
    if below.title != head.title and below.title in head.title:
        return False  # an attachment
    return below.ordinal == 1 or 0 < below.ordinal - head.ordinal <= _MOST_MISSING


def _with_missing(lines: Sequence[TextLine], series: Sequence[DocumentHead]) -> Iterator[DocumentHead]:
    """Yield the heads of a series and those between them that have the missing numbers: titles with a date, even where
    the text below is lost, and those with an agency and a subject but no date."""
    for head, below in itertools.pairwise((*series, None)):
        assert head is not None
        yield head
        if not below:
            continue
        wanted = head.ordinal + 1
        for index in range(head.title_stop, below.start):
            number = lines[index].enumerator
            if number and number.rank == head.rank and wanted <= number.ordinal < below.ordinal:
                missing = numbered_title(lines, index)
                if not missing and (undated := undated_title(lines, index)):
                    missing = undated if _has_text(lines[undated.title_stop : below.start]) else None
                if missing:
                    yield missing
                    wanted = number.ordinal + 1


def _are_documents(lines: Sequence[TextLine], heads: Sequence[DocumentHead]) -> bool:
    """Say whether at least half of the texts below some titles look like documents of their own."""
    return sum(map(_is_document, _texts(lines, heads))) >= max(2, len(heads) / 2)


def _is_document(lines: Sequence[TextLine]) -> bool:
    body = [line for line in lines if line.role not in UNREAD]
    if any(is_date_line(line.text) for line in body) or any(is_number_line(line.text) for line in body[:3]):
        return True
    return any(_SALUTATION.fullmatch(line.text) and not line.enumerator for line in body[:_BELOW])


def _unnumbered(lines: Sequence[TextLine]) -> list[DocumentHead]:
    """Return the documents of a volume whose titles are dated, or stand beside a document number, and whose texts are
    signed."""
    found: list[DocumentHead] = []
    for index, line in enumerate(lines):
        head = None
        if may_end_title(line.text):
            head = title_above(lines, index + 1)
        elif is_number_line(line.text):
            head = title_above(lines, index) or red_head(lines, index)
        if head and not (found and (head.start < found[-1].title_stop or head.title in found[-1].title)):
            found.append(head)
    found = _signed(lines, _with_text(lines, found))
    dated = sum(head.date is not None for head in found)
    enough = dated >= _FEWEST_DATED or len(found) >= _FEWEST_SIGNED
    return found if enough and _are_documents(lines, found) else []


def _signed(lines: Sequence[TextLine], heads: Sequence[DocumentHead]) -> list[DocumentHead]:
    """Return the heads whose text above ends the document above it: with the date of a signature, unless the title is
    dated."""
    found: list[DocumentHead] = []
    for head in heads:
        above = lines[found[-1].title_stop : head.start] if found else ()
        if not found or head.date or any(is_date_line(line.text) for line in above):
            found.append(head)
    return found


def _start(lines: Sequence[TextLine], head: DocumentHead) -> int:
    """Return the index of the line that a document begins with: that of its title, or of the page furniture and the
    heading of a group of documents right above it."""
    start = head.start
    while True:
        while start and lines[start - 1].role in UNREAD:
            start -= 1
        above = lines[start - 1] if start and head.ordinal == 1 else None
        number = above.enumerator if above else None
        if not (above and number and 0 < number.rank < head.rank and above.width <= _WIDEST_GROUP):
            return start
        if any(mark in above.text for mark in SENTENCE_ENDS + CLOSERS[2:4] + "，；："):
            return start
        start -= 1


def _has_front(lines: Sequence[TextLine]) -> bool:
    """Say whether the lines above the first document are more than a heading of it."""
    body = [line for line in lines if line.role not in UNREAD]
    return len(body) > _LONGEST_FRONT or any(ends_sentence(line.text) for line in body)
