"""Heads of the documents in a volume: titles with a number, a date or a document number, and red heads (红头)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..notation.dates import find_day, is_date_line
from ..notation.document_numbers import is_number_line
from .lines import AGENCY, GENRES, SENTENCE_ENDS, TextLine, ends_sentence, is_bracketed

UNREAD = ("furniture", "comment")
"""The roles of lines that are no part of the text."""

_ATTACHMENT_RANK = 0  # that of 附件 in the table of `zhengce.corpus.notation.numbering`
_MOST_TITLE_LINES = 10
_LONGEST_TITLE = 160  # characters
_SHORTEST_TITLE = 8
_DIGITS, _NUMERALS = r"\s*\d{1,2}\s*", "[一二三四五六七八九十]{1,3}"
_DATED = re.compile(
    rf"[（(]\s*(?P<date>(?:19|20)\d\d\s*年{_DIGITS}月(?:{_DIGITS}日|(?P<cut>{_DIGITS}))"
    rf"|[一二][一二三四五六七八九〇零○]{{3}}年{_NUMERALS}月{_NUMERALS}日"
    r"|(?:19|20)\d\d(?P<mark>[-./])\d{1,2}(?P=mark)\d{1,2})\s*[）)]?\s*$"
)
_BRACKETS = r"(?:\s*[（(][^（）()]*[）)])*"
_GENRE = re.compile(rf"[^。！？；]*(?:{GENRES}|要点|工程|政策|举措|安排)\s*[》〉」”]?{_BRACKETS}\s*")
_ABOUT = re.compile(rf"[^。，；：！？]*(?:{AGENCY})\s*(?:关于|印发)[^。；：！？]*(?:{GENRES})[》」”]?{_BRACKETS}\s*")
_TITLED = re.compile(
    rf"(?P<agency>[\u4e00-\u9fff]{{2,24}}?(?:{AGENCY}))(?P<others>等(?:\d+\s*(?:个)?\s*(?:部门|单位))?|等部门)?"
    r"\s*(?:印发)?(?:关于|印发|转发)"
)
_RED_HEAD = re.compile(r"[^。，；：《》]{2,40}文\s*件")
_TORN = re.compile(
    r"(?<=[\u4e00-\u9fff《“（])\s+(?=\d)|(?<=\d)\s+(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff》”])\s+(?=[《“])"
)


class DocumentHead(NamedTuple):
    """The head of a document in a volume.

    The document begins with the line at index ``start``; the lines from ``title_start`` to before ``title_stop`` are
    its title, except for page furniture among them. ``title`` is the title without its number and date, ``date`` the
    date behind it in ISO 8601. ``rank`` and ``ordinal`` are those of its number, 0 if it has none.
    """

    start: int
    title_start: int
    title_stop: int
    title: str
    date: str | None = None
    rank: int = 0
    ordinal: int = 0

    @property
    def agency(self) -> str | None:
        """Return the agency that the title begins with, None if there is none, or if it is one of several."""
        match = _TITLED.match(self.title)
        return match["agency"] if match and not match["others"] else None


def may_end_title(text: str) -> bool:
    """Say whether a text ends with a day in brackets, as a dated title does."""
    return ("月" in text or text[-1] in "）)") and bool(_DATED.search(text))


def numbered_title(lines: Sequence[TextLine], start: int) -> DocumentHead | None:
    """Return the numbered title that begins in a line if it ends with a date or above a document number."""
    for stop, text in _growing(lines, start):
        below = _below(lines, stop)
        if (match := _DATED.search(text)) and _is_title(text[: match.start()]):
            if not (match["cut"] and below and below.text[0] in "日）)0123456789"):
                return _head(lines, start, stop, text[: match.start()], _day(match))
        elif below and is_number_line(below.text) and _is_title(text):
            return _head(lines, start, stop, text)
    return None


def undated_title(lines: Sequence[TextLine], start: int) -> DocumentHead | None:
    """Return the numbered title that begins in a line if it names an agency, a subject (关于…) and a genre."""
    titles = [(stop, text) for stop, text in _growing(lines, start) if _ABOUT.fullmatch(text)]
    return _head(lines, start, *titles[-1]) if titles else None


def title_above(lines: Sequence[TextLine], stop: int) -> DocumentHead | None:
    """Return the title that ends above the line at ``stop``, if a line that ends a text stands above it."""
    text = ""
    index = stop
    for _ in range(_MOST_TITLE_LINES):
        above = _above(lines, index)
        if above is None or lines[above].enumerator or not _may_go_on(lines[above]):
            return None
        index, text = above, lines[above].text + text
        if len(text) > _LONGEST_TITLE or any(mark in text for mark in SENTENCE_ENDS + "；：:"):
            return None
        if _begins(lines, index):
            break
    else:
        return None
    match = _DATED.search(text)
    bare = text[: match.start()] if match else text
    # A title above a document number names its agency; one with a date need not.
    if not (_is_title(bare) if match else _ABOUT.fullmatch(bare)):
        return None
    return _head(lines, index, stop, bare, _day(match) if match else None)


def red_head(lines: Sequence[TextLine], number: int) -> DocumentHead | None:
    """Return the head of a document whose number stands below the name of its agency (…文件) and above its title."""
    above = _above(lines, number)
    if above is None or not _RED_HEAD.fullmatch(lines[above].text) or not _begins(lines, above):
        return None
    first = next((i for i in range(number + 1, len(lines)) if lines[i].role not in UNREAD), len(lines))
    if first == len(lines):
        return None
    titles = [(stop, text) for stop, text in _growing(lines, first) if _is_title(text)]
    return _head(lines, first, *titles[-1])._replace(start=above) if titles else None


def _growing(lines: Sequence[TextLine], start: int) -> Iterator[tuple[int, str]]:
    """Yield the index behind each line that a title beginning at ``start`` may end with, and the text so far without
    its number."""
    enumerator = lines[start].enumerator
    text = ""
    count = 0
    for index in range(start, len(lines)):
        line = lines[index]
        if line.role in UNREAD:
            continue
        if line.role not in ("text", "title", "heading", "standalone") or (index > start and not _may_go_on(line)):
            return
        text += line.text
        count += 1
        bare = text[enumerator.length :].strip() if enumerator else text
        if count > _MOST_TITLE_LINES or len(bare) > _LONGEST_TITLE or any(mark in bare for mark in "。！？；："):
            return
        yield index + 1, bare


def _may_go_on(line: TextLine) -> bool:
    return line.enumerator is None and not is_date_line(line.text) and not is_number_line(line.text)


def _is_title(text: str) -> bool:
    return len(text) >= _SHORTEST_TITLE and bool(_GENRE.fullmatch(text))


def _below(lines: Sequence[TextLine], index: int) -> TextLine | None:
    """Return the first line from an index on that is not page furniture."""
    return next((line for line in lines[index : index + _MOST_TITLE_LINES] if line.role not in UNREAD), None)


def _above(lines: Sequence[TextLine], index: int) -> int | None:
    """Return the index of the nearest line above that is not page furniture."""
    return next((i for i in range(index - 1, max(-1, index - 30), -1) if lines[i].role not in UNREAD), None)


def _begins(lines: Sequence[TextLine], index: int) -> bool:
    """Say whether a document may begin with a line: above it a text or a signature ends, and no attachment begins."""
    above = _above(lines, index)
    if above is None:
        return True
    line = lines[above]
    if line.enumerator and line.enumerator.rank == _ATTACHMENT_RANK:
        return False
    return ends_sentence(line.text) or is_date_line(line.text) or is_bracketed(line.text)


def _head(lines: Sequence[TextLine], start: int, stop: int, text: str, date: str | None = None) -> DocumentHead:
    number = lines[start].enumerator
    title = _TORN.sub("", " ".join(text.split()))
    return DocumentHead(start, start, stop, title, date, number.rank if number else 0, number.ordinal if number else 0)


def _day(match: re.Match[str]) -> str | None:
    """Return the day of a match of `_DATED`, of which the last characters may be lost."""
    return find_day(match["date"].rstrip() + ("日" if match["cut"] else ""))
