"""The pane that lists the hits. Each hit is read from disk when it is drawn."""

from __future__ import annotations

from functools import lru_cache
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from ...index.model import Hit
from ...index.search.results import Results
from .hit_lines import LINES, hit_lines
from .panes import Pane, PaneLine
from .selection import Selection

_KEPT = 500  # hits, more than are seen at once


class HitList(Pane):
    """The hits of a search, one of which is current. ``rank`` is its rank, counted from 0."""

    class Moved(Message):
        """Another hit has become the current one."""

    class Chosen(Message):
        """The reader wants to read the current hit."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "choose")]

    def __init__(self, selection: Selection) -> None:
        super().__init__()
        self._selection = selection
        self._results: Results | None = None
        self._hit = lru_cache(_KEPT)(self._read)
        self.rank = 0

    def __len__(self) -> int:
        """Return the number of hits."""
        return len(self._results) if self._results else 0

    def __bool__(self) -> bool:
        """Return True: Textual asks whether there is a widget, which there is even without hits."""
        return True

    def show(self, results: Results | None) -> None:
        """Show the hits of another search, the first of them current."""
        self._results = results
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

    def line(self, number: int) -> PaneLine:
        """Return a line of a hit."""
        rank, line = divmod(number, LINES)
        if rank >= len(self):
            return PaneLine()
        hit, is_current = self._hit(rank), rank == self.rank
        is_selected = line == 0 and (hit.document.id, hit.passage.number) in self._selection
        is_chosen = line == 0 and is_current and self.has_focus
        return PaneLine(hit_lines(hit, self.line_width)[line], is_current, is_selected, is_chosen)

    def lay_out(self) -> None:
        """Set the number of lines."""
        # Blank lines at the end let the last hits be scrolled to in whole, even if the window has an odd height.
        self.measure(len(self) * LINES + (self.lines_seen % LINES if len(self) else 0))
        self._follow()
        self.refresh()

    def action_go(self, lines: int) -> None:
        """Move by a number of hits."""
        self.move(self.rank + lines)

    def action_page(self, halves: int) -> None:
        """Move by a number of half pages."""
        self.move(self.rank + halves * max(self.lines_seen // LINES, 1) // 2)

    def action_end(self, last: bool) -> None:
        """Move to the first or the last hit."""
        self.move(len(self) - 1 if last else 0)

    def action_choose(self) -> None:
        """Read the current hit."""
        self.post_message(self.Chosen())

    def on_click(self, event: events.Click) -> None:
        """Make the hit under the pointer the current one."""
        offset = event.get_content_offset(self)
        if offset is not None:
            self.move((self.scroll_offset.y + offset.y) // LINES)

    def _follow(self) -> None:
        """Scroll as far as needed to see the current hit."""
        first, seen = self.rank * LINES, self.lines_seen
        if first < self.scroll_offset.y:
            self.go_to(first)
        elif first + LINES > self.scroll_offset.y + seen:
            self.go_to(first + LINES - seen // LINES * LINES)

    def _read(self, rank: int) -> Hit:
        assert self._results
        return self._results.hit(rank)
