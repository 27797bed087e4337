"""The pane that lists the hits by document. Each hit is read from disk when it is drawn."""

from __future__ import annotations

from functools import lru_cache
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from ...index.model import Hit
from ...index.search.results import Results
from ..display.search_page import section_above
from .hit_layout import HitLayout, HitLine
from .hit_lines import LINES, hit_lines
from .panes import Pane, PaneLine
from .selection import Selection

_KEPT = 500  # hits, more than are seen at once


class HitList(Pane):
    """The hits of a search, one of which is current. ``rank`` is its place in the list, counted from 0."""

    class Moved(Message):
        """Another hit has become the current one."""

    class Chosen(Message):
        """The reader wants to read the current hit."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "choose")]

    def __init__(self, selection: Selection) -> None:
        super().__init__()
        self._selection = selection
        self._results: Results | None = None
        self._list = HitLayout((), (), 1)
        self._hit = lru_cache(_KEPT)(self._read)
        self.rank = 0

    def __len__(self) -> int:
        """Return the number of hits."""
        return len(self._results) if self._results else 0

    def __bool__(self) -> bool:
        """Return True: Textual asks whether there is a widget, which there is even without hits."""
        return True

    def show(self, results: Results, layout: HitLayout) -> None:
        """Show the hits of another search, the first of them current."""
        self._results = results
        self._list = layout
        self.rank = 0
        self._hit.cache_clear()
        self.lay_out()
        self.post_message(self.Moved())

    @property
    def current(self) -> Hit | None:
        """Return the current hit, or None if there are no hits.

        Raises:
            ZhengceError: It cannot be read.
        """
        return self._hit(self.rank) if len(self) else None

    def move(self, rank: int) -> None:
        """Make the hit of another rank the current one, or the nearest hit there is."""
        rank = min(max(rank, 0), len(self) - 1)
        if rank == self.rank or not len(self):
            return
        self.rank = rank
        self._follow()
        self.refresh()
        self.post_message(self.Moved())

    def move_to_document(self, step: int) -> None:
        """Move to the first hit of the next document, or of the one before, with the title at the top."""
        if len(self):
            self.move(self._list.first_of(self._list.group_of(self.rank) + step))
            self.go_to(self._list.top_of(self.rank))

    def line(self, number: int) -> PaneLine:
        """Return a line of a document or a hit."""
        line = self._list.line(number) if number < len(self._list) else None
        if not isinstance(line, HitLine):
            return PaneLine(line)
        hit, is_current = self._hit(line.rank), line.rank == self.rank
        is_selected = line.line == 0 and (hit.document.id, hit.passage.number) in self._selection
        section = self._section(line.rank)
        lines = hit_lines(hit, self.line_width, line.column, section, chosen=is_current and self.has_focus)
        return PaneLine(lines[line.line], is_current, is_selected)

    def _section(self, rank: int) -> tuple[str, ...]:
        """Return the headings above a hit, unless they are those of the hit before."""
        hit = self._hit(rank)
        section = section_above(hit.document, hit.passage)
        if rank and (before := self._hit(rank - 1)).document == hit.document:
            return section if section != section_above(before.document, before.passage) else ()
        return section

    def lay_out(self) -> None:
        """Set the number of lines."""
        if self._list.width != self.line_width:
            self._list = self._list.at(self.line_width)
        # A blank line at the end lets the last hits be scrolled to in whole.
        self.measure(len(self._list) + 1 if len(self) else 0)
        self._follow()
        self.refresh()

    def action_go(self, lines: int) -> None:
        """Move by a number of hits."""
        self.move(self.rank + lines)

    def action_page(self, halves: int) -> None:
        """Move by a number of half pages."""
        if len(self):
            line = self._list.line_of(self.rank) + halves * max(self.lines_seen - LINES, LINES) // 2
            rank, onwards = self._list.rank_at(line), 1 if halves > 0 else -1
            self.move(rank if (rank - self.rank) * onwards > 0 else self.rank + onwards)

    def action_end(self, last: bool) -> None:
        """Move to the first or the last hit."""
        self.move(len(self) - 1 if last else 0)

    def action_choose(self) -> None:
        """Read the current hit."""
        self.post_message(self.Chosen())

    def on_click(self, event: events.Click) -> None:
        """Make the hit under the pointer the current one; of a document, its first hit."""
        offset = event.get_content_offset(self)
        if offset is not None and len(self):
            self.move(self._list.rank_at(self.scroll_offset.y + offset.y))

    def _follow(self) -> None:
        """Scroll as far as needed to see the current hit, with the title above the first hit of a document."""
        if not len(self):
            self.go_to(0)
            return
        first, end, seen = self._list.top_of(self.rank), self._list.line_of(self.rank) + LINES, self.lines_seen
        first = max(first, end - seen)
        if first < self.scroll_offset.y:
            self.go_to(first)
        elif end > self.scroll_offset.y + seen:
            top = end - seen
            while top < first and not self._list.begins(top):
                top += 1
            self.go_to(top)

    def _read(self, rank: int) -> Hit:
        assert self._results
        return self._results.hit_of(self._list.ordinals[rank])
