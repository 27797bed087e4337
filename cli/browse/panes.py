"""Panes: parts of the window that draw the lines that are seen and no others, however many there are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from ...corpus.errors import ZhengceError

GUTTER = 2
"""The cells before each line: a bar beside what is current, and the sign of a mark."""

_BAR = Style(color="blue", reverse=True)  # without colours, it is still reversed
_CHOSEN = Style(reverse=True, bold=True)
_MARK = Style(color="magenta", bold=True)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a pane: its text, if it is not blank, whether it is of what is current, whether that is marked, and
    whether the keys act on it as a whole."""

    text: Text | None = None
    is_current: bool = False
    is_marked: bool = False
    is_chosen: bool = False


class Pane(ScrollView, can_focus=True):
    """A part of the window that scrolls by lines. What it shows may fail to be read: then it says so to the window."""

    ALLOW_SELECT = False

    DEFAULT_CSS = """
    Pane {
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-size-vertical: 1;
        scrollbar-background: ansi_default;
        scrollbar-background-hover: ansi_default;
        scrollbar-background-active: ansi_default;
        scrollbar-color: ansi_blue;
        scrollbar-color-hover: ansi_bright_blue;
        scrollbar-color-active: ansi_bright_blue;
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "go(1)"),
        Binding("up,k", "go(-1)"),
        Binding("pagedown,ctrl+f", "page(2)"),
        Binding("pageup,ctrl+b", "page(-2)"),
        Binding("ctrl+d", "page(1)"),
        Binding("ctrl+u", "page(-1)"),
        Binding("home,g", "end(False)"),
        Binding("end,G", "end(True)"),
    ]

    class Failed(Message):
        """What was to be shown cannot be read."""

        def __init__(self, error: ZhengceError) -> None:
            self.error = error
            super().__init__()

    @property
    def line_width(self) -> int:
        """Return the cells that a line has, behind the gutter."""
        return max(self.scrollable_content_region.width - GUTTER, 1)

    @property
    def lines_seen(self) -> int:
        """Return how many lines are seen at once."""
        return max(self.scrollable_content_region.height, 1)

    def measure(self, lines: int) -> None:
        """Take in how many lines there are."""
        self.virtual_size = Size(self.scrollable_content_region.width, lines)

    def go_to(self, line: int) -> None:
        """Scroll so that a line is the first that is seen, if there are so many after it."""
        self.scroll_to(y=line, animate=False, force=True)

    def line(self, number: int) -> Line:
        """Return a line that there is.

        Raises:
            ZhengceError: It cannot be read.
        """
        raise NotImplementedError

    def render_line(self, y: int) -> Strip:
        """Draw a line that is seen, counted from the first."""
        number, style = self.scroll_offset.y + y, self.rich_style
        width = self.scrollable_content_region.width
        if not 0 <= number < self.virtual_size.height:
            return Strip.blank(width, style)
        try:
            line = self.line(number)
        except ZhengceError as error:
            # Straight to the window: while it is drawn, what is posted here does not come so far.
            self.app.post_message(self.Failed(error))
            return Strip.blank(width, style)
        bar, mark = Segment(" ", _BAR if line.is_current else None), "*" if line.is_marked else " "
        text = line.text or Text()
        if line.is_chosen:
            # As a whole: its colours would be hard to read.
            strip = Strip([Segment(mark + text.plain)]).adjust_cell_length(width - 1)
            return Strip([bar, *strip.apply_style(_CHOSEN)]).apply_style(style)
        drawn = Strip([bar, Segment(mark, _MARK), *text.render(self.app.console)])
        return drawn.adjust_cell_length(width).apply_style(style)

    def action_go(self, lines: int) -> None:
        """Go on by lines."""
        self.scroll_relative(y=lines, animate=False, force=True)

    def action_page(self, halves: int) -> None:
        """Go on by halves of what is seen."""
        self.action_go(halves * max(self.lines_seen - 1, 1) // 2)

    def action_end(self, last: bool) -> None:
        """Go to the first or the last line."""
        self.go_to(self.virtual_size.height if last else 0)

    def on_resize(self, event: events.Resize) -> None:
        """Lay out anew."""
        self.lay_out()

    def lay_out(self) -> None:
        """Lay out what is shown at the width that there is."""
        raise NotImplementedError
