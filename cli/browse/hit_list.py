"""The list of hits: each read from disk when it is drawn."""

from __future__ import annotations

from functools import lru_cache
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from ...index.model import Hit
from ...index.search.results import Results
from .hit_lines import LINES, entry
from .panes import Line, Pane
from .selection import Marks

_KEPT = 500  # hits, more than are seen at once


class HitList(Pane):
    """The hits of a question, one of which is current."""

    class Moved(Message):
        """Another hit has become the current one."""

    class Chosen(Message):
        """The current hit is to be read."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "choose")]

    def __init__(self, marks: Marks) -> None:
        super().__init__()
        self._marks = marks
        self._results: Results | None = None
        self._hit = lru_cache(_KEPT)(self._read)
        self.place = 0

    def __len__(self) -> int:
        """Return the number of hits."""
        return len(self._results) if self._results else 0

    def __bool__(self) -> bool:
        """Say that it is there, be it empty."""
        return True

    def show(self, results: Results | None) -> None:
        """Show the hits of another question, the first of them being the current one."""
        self._results = results
        self.place = 0
        self._hit.cache_clear()
        self.lay_out()
        self.post_message(self.Moved())

    @property
    def current(self) -> Hit | None:
        """Return the current hit.

        Raises:
            ZhengceError: It cannot be read.
        """
        return self._hit(self.place) if len(self) else None

    def move(self, place: int) -> None:
        """Make another hit the current one, the nearest that there is."""
        place = min(max(place, 0), len(self) - 1)
        if place == self.place or not len(self):
            return
        self.place = place
        self._follow()
        self.refresh()
        self.post_message(self.Moved())

    def line(self, number: int) -> Line:
        """Return a line of an entry."""
        place, line = divmod(number, LINES)
        if place >= len(self):
            return Line()
        hit, current = self._hit(place), place == self.place
        marked = line == 0 and (hit.document.id, hit.passage.number) in self._marks
        chosen = line == 0 and current and self.has_focus
        return Line(entry(hit, self.line_width)[line], current, marked, chosen)

    def lay_out(self) -> None:
        """Take in how many lines there are."""
        # The last entries can be scrolled to whole, whether or not their lines fill the window.
        self.measure(len(self) * LINES + (self.lines_seen % LINES if len(self) else 0))
        self._follow()
        self.refresh()

    def action_go(self, lines: int) -> None:
        """Go on by hits."""
        self.move(self.place + lines)

    def action_page(self, halves: int) -> None:
        """Go on by halves of what is seen."""
        self.move(self.place + halves * max(self.lines_seen // LINES, 1) // 2)

    def action_end(self, last: bool) -> None:
        """Go to the first or the last hit."""
        self.move(len(self) - 1 if last else 0)

    def action_choose(self) -> None:
        """Read the current hit."""
        self.post_message(self.Chosen())

    def on_click(self, event: events.Click) -> None:
        """Make the hit that is pointed at the current one."""
        offset = event.get_content_offset(self)
        if offset is not None:
            self.move((self.scroll_offset.y + offset.y) // LINES)

    def _follow(self) -> None:
        """Scroll so far that the current hit is seen."""
        first, seen = self.place * LINES, self.lines_seen
        if first < self.scroll_offset.y:
            self.go_to(first)
        elif first + LINES > self.scroll_offset.y + seen:
            self.go_to(first + LINES - seen // LINES * LINES)

    def _read(self, place: int) -> Hit:
        assert self._results
        return self._results.hit(place)
