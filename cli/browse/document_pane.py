"""The pane that shows a document with its matches, the current passage in view."""

from __future__ import annotations

from .document_layout import DocumentLayout, DocumentPart
from .panes import Pane, PaneLine
from .selection import Selection


class DocumentPane(Pane):
    """A document, one of whose passages is current. Its lines have up to ``widest`` cells."""

    def __init__(self, selection: Selection, widest: int) -> None:
        super().__init__()
        self._selection = selection
        self._widest = widest
        self._document: DocumentLayout | None = None
        self._passage = 0
        self._height = 0

    @property
    def line_width(self) -> int:
        """Return the width of a line in cells, after the gutter."""
        return min(super().line_width, self._widest)

    @property
    def part(self) -> DocumentPart | None:
        """Return what is shown."""
        return self._document.part if self._document else None

    def __contains__(self, passage: object) -> bool:
        """Tell whether the passage of a number is among those shown."""
        return self._document is not None and passage in self._document

    def show(self, part: DocumentPart, passage: int) -> None:
        """Show a part of a document, scrolled to one of its passages."""
        self._document = DocumentLayout(part, self.line_width)
        self.turn_to(passage)

    def show_more(self, layout: DocumentLayout) -> None:
        """Show more of the same document, or the same at another width; the line at the top stays there."""
        top = self._document.anchor(self.scroll_offset.y) if self._document else (0, 0)
        self._document = layout
        self._show_from(layout.line_of(top))

    def turn_to(self, passage: int) -> None:
        """Make another passage the current one, and scroll to it."""
        assert self._document
        self._passage = passage
        self._height = self.lines_seen
        self._show_from(self._document.top_for(passage, self._height))

    def clear(self) -> None:
        """Show nothing."""
        self._document = None
        self._show_from(0)

    def line(self, number: int) -> PaneLine:
        """Return a line of the document."""
        assert self._document
        passage, line = self._document.anchor(number)
        text = self._document.line(number)
        if not passage or not line:
            return PaneLine(text)
        is_selected = line == 1 and (self._document.part.document.id, passage) in self._selection
        return PaneLine(text, passage == self._passage, is_selected)

    def lay_out(self) -> None:
        """Lay out for a new size. The line at the top stays there, and the current passage stays in view."""
        if self._document is None:
            return
        was_seen = self._sees_match(self._height)
        self._height = self.lines_seen
        if self._document.width != self.line_width:
            self.show_more(DocumentLayout(self._document.part, self.line_width))
        else:
            self._show_from(self.scroll_offset.y)
        if was_seen and not self._sees_match(self._height):
            self.turn_to(self._passage)

    def _sees_match(self, height: int) -> bool:
        assert self._document
        return 0 <= self._document.match_in(self._passage) - self.scroll_offset.y < height

    def _show_from(self, top: int) -> None:
        self.measure(len(self._document) if self._document else 0)
        self.go_to(top)
        self.refresh()
