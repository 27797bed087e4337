"""The two lines of a hit in the list of hits: its place, the section it is in, and its first match in context."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ...index.model import Hit, Span, separate
from ..display.layout import cells, harmless, wrap
from ..display.search_page import path_line
from ..display.terminal import as_drawn, one_line
from ..display.theme import CHOSEN, FAINT, PLACE, match_of
from ..display.wording import place_label

if TYPE_CHECKING:
    from rich.text import Text

LINES = 2
"""The number of lines of a hit."""

_INDENT = 2  # cells
_GAP = 2  # cells
_BEFORE = 3  # a third of what is shown is before the match
_LEAST = 6  # cells; less of a heading tells nothing
_HEADING = 20  # cells that are kept for a heading beside a long id


def hit_lines(
    hit: Hit, width: int, column: int = 0, section: Sequence[str] = (), *, chosen: bool = False
) -> tuple[Text, Text]:
    """Return the lines at a width in cells. The place has a column of so many cells and the text stands beside it, or
    below it if this is 0. ``section`` are the headings to be shown, ``chosen`` tells that the keys act on the hit."""
    place = place_label(hit.document, hit.passage.number) if column else _place(hit, width - _INDENT)
    first = one_line(" " * _INDENT).append(place, CHOSEN if chosen else PLACE)
    beside = _INDENT + max(column, cells(place)) + _GAP
    below = beside if column else 2 * _INDENT
    path = path_line(section, width - beside) if section and width - beside >= _LEAST else ""
    lines = _context(hit, width - below, 1 if path or not column else LINES)
    if path or not column:
        lines.insert(0, one_line(path, FAINT))
    first.append(" " * (beside - len(first.plain) - (cells(place) - len(place)))).append_text(lines[0])
    first.rstrip()
    second = one_line(" " * below).append_text(lines[1]) if len(lines) > 1 else one_line("")
    return first, second


def _place(hit: Hit, width: int) -> str:
    """Return the place of a hit in a line of its own: without the folders of the id, in all hits of a document, if they
    would leave no room for a heading."""
    id_, number = harmless(hit.document.id), f":{hit.passage.number}"
    if cells(id_) + len(f":{hit.document.passages}") + _GAP + _HEADING > width and "/" in id_:
        id_ = f"…/{id_.rsplit('/', 1)[-1]}"
    return shortened(id_, width - len(number)) + number


def _context(hit: Hit, width: int, lines: int) -> list[Text]:
    """Return the first match of a hit with what is around it, in so many lines or fewer."""
    text, room = as_drawn(hit.passage.text), lines * width
    while True:
        start, end = around(text, hit.spans[0] if hit.spans else (0, 0), room)
        before, after = "…" if start else "", "…" if end < len(text) else ""
        shown = before + text[start:end] + after
        ranges = wrap(shown, width)
        if len(ranges) <= lines or room <= 1:
            break
        room -= 1
    line = one_line(shown)
    for span, look in _marked(hit, start, end, len(before) - start):
        line.stylize(look, *span)
    return [line[first:last] for first, last in ranges[:lines]] or [one_line("")]


def _marked(hit: Hit, start: int, end: int, offset: int) -> Iterator[tuple[Span, str]]:
    for (first, last), term in separate(hit.marks):
        if first < end and last > start:
            yield (max(first, start) + offset, min(last, end) + offset), match_of(term)


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
    if start <= width // 2 and cells(text[:start]) <= width // 2:
        start = 0
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
