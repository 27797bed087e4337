"""The frame of the window: the looks of its parts, their heads, and the message below the query."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rich.text import Text
from textual.app import SuspendNotSupported
from textual.widgets import Static

from ...corpus.errors import ZhengceError
from ..display.layout import cells, harmless
from ..display.theme import FRAME, NOTE, WARNING
from ..exit_codes import INTERRUPTED
from ..language.translation import gettext, translated
from .background import BackgroundApp
from .hit_lines import shortened

_BREAKPOINTS = [(0, "-stacked"), (90, "-wide")]  # below 90 cells, the document is below the hits

_CSS = f"""
#top {{ height: 1; }}
#top > Static {{ width: auto; }}
#query {{ width: 1fr; margin-left: 1; }}
#query > .input--selection {{ background: ansi_default; color: ansi_default; text-style: reverse; }}
#prompt.-focused {{ text-style: reverse; }}
#message {{ display: none; height: auto; max-height: 8; padding: 0 1; border-left: outer {WARNING}; }}
#panes {{ layout: horizontal; height: 1fr; }}
#panes > Vertical {{ height: 1fr; }}
#left {{ width: 1fr; max-width: 64; }}
#right {{ width: 1fr; border-left: solid {FRAME}; }}
.-stacked #panes {{ layout: vertical; }}
.-stacked #left {{ width: 1fr; max-width: 100%; height: 1fr; }}
.-stacked #right {{ width: 1fr; height: 1fr; border-left: none; }}
.head {{ height: 1; text-style: underline; }}
.head.-focused {{ text-style: bold reverse; }}
Pane {{ height: 1fr; }}
#status {{ height: 1; }}
"""


class Frame(BackgroundApp):
    """A window with a query, a message, two panes with heads, and a line at the bottom."""

    CSS = _CSS
    HORIZONTAL_BREAKPOINTS = _BREAKPOINTS
    ENABLE_COMMAND_PALETTE = False

    def __init__(self) -> None:
        # The terminal's own colours: it knows whether its background is dark or light.
        super().__init__(ansi_color=True)
        self._is_passing = False

    def say(self, message: str, *, passing: bool = False) -> None:
        """Show a message below the query; an empty one closes it. A ``passing`` one closes when the reader goes on."""
        box = self.query_one("#message", Static)
        box.update(Text("\n".join(map(harmless, translated(message).split("\n")))))
        box.display = bool(message)
        self._is_passing = passing

    def go_on(self) -> None:
        """Close a message that says only what was done."""
        if self._is_passing:
            self.say("")

    def show_head(self, name: str, text: str) -> None:
        """Show the head of a pane."""
        head = self.query_one(name, Static)
        said = f"  {shortened(harmless(text), head.size.width - 2)}"
        head.update(Text(said + " " * (head.size.width - cells(said))))

    def show_switches(self, switches: Sequence[str]) -> None:
        """Show how the query is asked beside it."""
        # Appended, it has the yellow of the terminal; as the look of the whole text it would have one of Textual's.
        self.query_one("#switches", Static).update(Text().append("  ".join(("", *switches)), NOTE))

    def action_interrupt(self) -> None:
        """End with the exit code of an interrupted program."""
        self.exit(return_code=INTERRUPTED)

    @contextmanager
    def errors_shown(self) -> Iterator[None]:
        """Show an error of the block as a message."""
        try:
            yield
        except ZhengceError as error:
            self.say(str(error))
        except SuspendNotSupported:
            self.say(gettext("The window cannot leave this terminal to another program."))
