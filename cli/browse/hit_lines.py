"""The two lines of a hit in the list of hits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...index.model import Hit, Span, separate
from ..display.layout import cells, harmless
from ..display.terminal import as_drawn, one_line
from ..display.theme import DOCUMENT, FAINT, match_of

if TYPE_CHECKING:
    from rich.text import Text

LINES = 2
"""The number of lines of a hit."""

_BEFORE = 3  # a third of the line is context before the match
_LEAST = 6  # cells; less of a heading tells nothing
_GAP = 2  # cells


def hit_lines(hit: Hit, width: int) -> tuple[Text, Text]:
    """Return the lines at a width in cells: the place with the heading above it, and the first match in context."""
    number = f":{hit.passage.number}"
    id_ = shortened_id(harmless(hit.document.id), width - len(number))
    place = one_line(id_ + number, DOCUMENT)
    room = width - cells(id_ + number) - _GAP
    heading = harmless(hit.passage.section[-1]) if hit.passage.section else ""
    if heading and room >= min(_LEAST, cells(heading)):
        place.append(" " * _GAP).append(shortened(heading, room), FAINT)
    text = as_drawn(hit.passage.text)
    start, end = around(text, hit.spans[0] if hit.spans else (0, 0), width)
    before, after = "…" if start else "", "…" if end < len(text) else ""
    context = one_line(before + text[start:end] + after)
    for (first, last), term in separate(hit.marks):
        if first < end and last > start:
            offset = len(before) - start
            context.stylize(match_of(term), max(first, start) + offset, min(last, end) + offset)
    return place, context


def shortened_id(id_: str, width: int) -> str:
    """Return as much of the id of a document as fits a width in cells. Its folders are left out first."""
    shown, rest = id_, id_
    while cells(shown) > width and "/" in rest:
        _, _, rest = rest.partition("/")
        shown = f"…/{rest}"
    return shown if cells(shown) <= width else shortened(rest, width)


def around(text: str, span: Span, width: int) -> Span:
    """Return the range of a text around a span that fits a width in cells, with a cell to spare for … on each side
    where something is left out."""
    start, end = span
    while start > 0 and cells(text[start - 1 : span[0]]) < width // _BEFORE:
        start -= 1
    end = max(start + len(shortened(text[start : start + width], width - (start > 0), mark="")), start)
    if end < len(text):
        return start, start + len(shortened(text[start:end], width - 1 - (start > 0), mark=""))
    while start > 0 and cells(text[start - 1 :]) <= width - (start > 1):
        start -= 1
    return start, end


def shortened(text: str, width: int, mark: str = "…") -> str:
    """Return a text, or as much of its beginning as fits a width in cells together with a mark for the rest."""
    if len(text) <= width and cells(text) <= width:
        return text
    room, end = width - cells(mark), 0
    while end < len(text) and (room := room - cells(text[end])) >= 0:
        end += 1
    return text[:end] + mark if width >= cells(mark) else ""
