"""Panes: parts of the window that scroll by lines, and make only those lines that are in view."""

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
from ..display.theme import CHOSEN, CURRENT, FRAME, FRAME_UNDER_POINTER, SELECTED

GUTTER = 2
"""The cells before each line: a bar beside what is current, and a sign beside what is marked."""

_CURRENT, _CHOSEN, _SELECTED = map(Style.parse, (CURRENT, CHOSEN, SELECTED))


@dataclass(frozen=True, slots=True)
class PaneLine:
    """A line of a pane: its text (None: blank), whether it belongs to what is current, whether that is marked, and
    whether it is what the keys act on."""

    text: Text | None = None
    is_current: bool = False
    is_selected: bool = False
    is_chosen: bool = False


class Pane(ScrollView, can_focus=True):
    """A part of the window that scrolls by lines. If a line cannot be read, it tells the window."""

    ALLOW_SELECT = False

    DEFAULT_CSS = f"""
    Pane {{
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-size-vertical: 1;
        scrollbar-background: ansi_default;
        scrollbar-background-hover: ansi_default;
        scrollbar-background-active: ansi_default;
        scrollbar-color: {FRAME};
        scrollbar-color-hover: {FRAME_UNDER_POINTER};
        scrollbar-color-active: {FRAME_UNDER_POINTER};
    }}
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
        """Something cannot be read that should be shown."""

        def __init__(self, error: ZhengceError) -> None:
            self.error = error
            super().__init__()

    @property
    def line_width(self) -> int:
        """Return the width of a line in cells, after the gutter."""
        return max(self.scrollable_content_region.width - GUTTER, 1)

    @property
    def lines_seen(self) -> int:
        """Return the number of lines in view."""
        return max(self.scrollable_content_region.height, 1)

    def measure(self, lines: int) -> None:
        """Set the number of lines."""
        self.virtual_size = Size(self.scrollable_content_region.width, lines)

    def go_to(self, line: int) -> None:
        """Scroll so that a line is at the top, or as far as there are lines."""
        self.scroll_to(y=line, animate=False, force=True)

    def line(self, number: int) -> PaneLine:
        """Return the line of a number, counted from 0.

        Raises:
            ZhengceError: It cannot be read.
        """
        raise NotImplementedError

    def render_line(self, y: int) -> Strip:
        """Draw the line at a row of the pane."""
        number, style = self.scroll_offset.y + y, self.rich_style
        width = self.scrollable_content_region.width
        if not 0 <= number < self.virtual_size.height:
            return Strip.blank(width, style)
        try:
            line = self.line(number)
        except ZhengceError as error:
            # To the window itself: a message posted to this pane while it is drawn does not get there.
            self.app.post_message(self.Failed(error))
            return Strip.blank(width, style)
        bar, sign = Segment(" ", _CURRENT if line.is_current else None), "*" if line.is_selected else " "
        text = line.text or Text()
        if line.is_chosen:
            # In one style, because its colours would be hard to read when reversed.
            strip = Strip([Segment(sign + text.plain)]).adjust_cell_length(width - 1)
            return Strip([bar, *strip.apply_style(_CHOSEN)]).apply_style(style)
        drawn = Strip([bar, Segment(sign, _SELECTED), *text.render(self.app.console)])
        return drawn.adjust_cell_length(width).apply_style(style)

    def action_go(self, lines: int) -> None:
        """Scroll by a number of lines."""
        self.scroll_relative(y=lines, animate=False, force=True)

    def action_page(self, halves: int) -> None:
        """Scroll by a number of half pages."""
        self.action_go(halves * max(self.lines_seen - 1, 1) // 2)

    def action_end(self, last: bool) -> None:
        """Scroll to the first or the last line."""
        self.go_to(self.virtual_size.height if last else 0)

    def on_resize(self, event: events.Resize) -> None:
        """Lay out for the new size."""
        self.lay_out()

    def lay_out(self) -> None:
        """Lay out for the present size."""
        raise NotImplementedError
