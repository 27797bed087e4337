"""What a search found of each term and in each document: two lines at most, at the head of its results."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from ...index.model import IndexedDocument
from ...index.search.matches import TermCount
from ..language.translation import gettext, ngettext
from .layout import cells, cut, harmless, wrap
from .terminal import one_line
from .theme import FAINT, match_of

if TYPE_CHECKING:
    from rich.text import Text

_GAP = 2  # cells between terms
_LINES = 2
_NAME = 24  # cells of the name of a document


def term_counts(terms: Sequence[TermCount], width: int) -> Iterator[Text]:
    """Yield the lines that say in how many passages each term is, each term in the colour of its matches: of a long
    question, as many as fit in two lines."""
    chunks = [_term_count(term, number) for number, term in enumerate(terms)]
    shown = len(chunks)
    while len(lines := list(_side_by_side([*chunks[:shown], *_more(len(chunks) - shown)], width))) > _LINES:
        if shown == 1:
            break
        shown -= 1
    yield from lines


def _term_count(term: TermCount, number: int) -> Text:
    passages = ngettext("{count:,} passage", "{count:,} passages", term.passages)
    return one_line(harmless(term.text), match_of(number)).append(f" {passages}", FAINT)


def _more(count: int) -> Iterator[Text]:
    if count:
        yield one_line(gettext("… {count:,} more", count=count), FAINT)


def _side_by_side(chunks: Iterable[Text], width: int) -> Iterator[Text]:
    """Yield lines of as many texts as fit beside each other."""
    line = one_line("")
    for chunk in chunks:
        if line.plain and cells(line.plain) + _GAP + cells(chunk.plain) > width:
            yield line
            line = one_line("")
        line.append(" " * _GAP if line.plain else "").append_text(chunk)
    for start, end in wrap(line.plain, width):
        yield line[start:end]


def document_counts(counted: Iterable[tuple[IndexedDocument, int]], documents: int, width: int) -> str:
    """Return the documents with how often the query occurs in each, as many as fit in two lines. ``documents`` is how
    many there are in all."""
    parts: list[str] = []
    for document, count in counted:
        parts.append(f"{cut(harmless(document.id.rsplit('/', 1)[-1]), _NAME)} {count:,}")
        if cells(" · ".join(parts)) > _LINES * width:
            break
    while len(parts) > 1 and len(wrap(_joined(parts, documents), width)) > _LINES:
        parts.pop()
    return _joined(parts, documents)


def _joined(parts: Sequence[str], documents: int) -> str:
    rest = documents - len(parts)
    return " · ".join([*parts, *(each.plain for each in _more(rest))])
