"""The reader: a document with its matches, the current passage in view."""

from __future__ import annotations

from .document_layout import Reading, Sheet
from .panes import Line, Pane
from .selection import Marks


class Reader(Pane):
    """A document, one of whose passages is current."""

    def __init__(self, marks: Marks) -> None:
        super().__init__()
        self._marks = marks
        self._sheet: Sheet | None = None
        self._passage = 0
        self._lines_seen = 0

    @property
    def reading(self) -> Reading | None:
        """Return what is shown."""
        return self._sheet.reading if self._sheet else None

    def __contains__(self, passage: object) -> bool:
        """Say whether a passage of the document is among those that are shown."""
        return self._sheet is not None and passage in self._sheet

    def show(self, reading: Reading, passage: int) -> None:
        """Show a document at one of its passages."""
        self._sheet = Sheet(reading, self.line_width)
        self.turn_to(passage)

    def show_more(self, sheet: Sheet) -> None:
        """Show more of the same document, all that is seen staying where it is."""
        top = self._sheet.anchor(self.scroll_offset.y) if self._sheet else (0, 0)
        self._sheet = sheet
        self._place(sheet.line_of(top))

    def turn_to(self, passage: int) -> None:
        """Make another passage of what is shown the current one, and scroll to it."""
        assert self._sheet
        self._passage = passage
        self._lines_seen = self.lines_seen
        self._place(self._sheet.top_for(passage, self._lines_seen))

    def clear(self) -> None:
        """Show nothing."""
        self._sheet = None
        self._place(0)

    def line(self, number: int) -> Line:
        """Return a line of the document."""
        assert self._sheet
        passage, line = self._sheet.anchor(number)
        text = self._sheet.line(number)
        if not passage or not line:
            return Line(text)
        marked = line == 1 and (self._sheet.reading.document.id, passage) in self._marks
        return Line(text, passage == self._passage, marked)

    def lay_out(self) -> None:
        """Lay out what is shown at the size that there is: what stands on top stays there, and the current passage in
        view if it was."""
        if self._sheet is None:
            return
        was_seen = self._sees_match(self._lines_seen)
        self._lines_seen = self.lines_seen
        if self._sheet.width != self.line_width:
            self.show_more(Sheet(self._sheet.reading, self.line_width))
        else:
            self._place(self.scroll_offset.y)
        if was_seen and not self._sees_match(self._lines_seen):
            self.turn_to(self._passage)

    def _sees_match(self, lines: int) -> bool:
        assert self._sheet
        return 0 <= self._sheet.match_in(self._passage) - self.scroll_offset.y < lines

    def _place(self, top: int) -> None:
        self.measure(len(self._sheet) if self._sheet else 0)
        self.go_to(top)
        self.refresh()
