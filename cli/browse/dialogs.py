"""Dialogs of the window: its keys, and the name of a file to export to."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from ..display.layout import cells
from ..display.theme import FAINT, FRAME, KEY, TITLE
from ..export.table import EXPORTS
from .selection import file_named

KEYS = (
    ("/", "go to the query; Enter searches, Esc goes back to the hits"),
    ("↑  ↓", "in the query: the queries of before"),
    ("n  N", "next hit, previous hit"),
    ("j  k  ↓  ↑", "one hit or line down, up"),
    ("PgDn  PgUp", "one page down, up; Ctrl-D and Ctrl-U: half a page"),
    ("g  G", "go to the first, to the last; also Home and End"),
    ("Tab", "switch between the hits and the document; Enter opens the document"),
    ("m  Space", "mark the passage, or remove its mark"),
    ("e", "export the marked passages, or all hits if none is marked, to a file"),
    ("w", "match whole words only, or every occurrence"),
    ("o", "open the file of the document at this passage"),
    ("Esc", "close a message"),
    ("?", "show these keys"),
    ("q  Ctrl-C", "quit"),
)
"""The keys of the window and what they do."""

_MOUSE = "Click a hit to go to it. In most terminals, hold Shift to select text."


class Dialog(ModalScreen[str]):
    """A box in the middle of the window."""

    DEFAULT_CSS = f"""
    Dialog {{ align: center middle; background: ansi_default; }}
    Dialog > .dialog {{
        width: 90%;
        max-width: 84;
        height: auto;
        max-height: 100%;
        border: round {FRAME};
        padding: 0 1;
    }}
    Dialog Input {{ margin: 1 0; }}
    """


class KeysDialog(Dialog):
    """The keys of the window. Any key closes it."""

    def compose(self) -> ComposeResult:
        """Lay out the dialog."""
        width = max(cells(keys) for keys, _ in KEYS) + 2
        text = Text()
        for keys, about in KEYS:
            text.append(keys.ljust(width + len(keys) - cells(keys)), KEY).append(f"{about}\n")
        with VerticalScroll(classes="dialog"):
            yield Static(text.append(f"\n{_MOUSE}"))

    def on_key(self, event: events.Key) -> None:
        """Close, unless the key scrolls."""
        if event.key not in ("up", "down", "pageup", "pagedown", "ctrl+c"):
            event.stop()
            self.dismiss("")

    def on_click(self) -> None:
        """Close."""
        self.dismiss("")


class FileDialog(Dialog):
    """Asks for the name of a file to write. Its result is empty if there is none to write."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss('')")]

    def __init__(self, what: str, file: str) -> None:
        super().__init__()
        self._what = what
        self._file = file
        self._replaced = ""

    def compose(self) -> ComposeResult:
        """Lay out the dialog."""
        endings = ", ".join(each.suffixes[0] for each in EXPORTS)
        with Vertical(classes="dialog"):
            yield Static(Text(f"Export {self._what} to a file", TITLE))
            yield Input(self._file, compact=True, select_on_focus=False)
            yield Static(Text(f"The ending of the name is the format: {endings}", FAINT))
            yield Static(Text("Enter writes the file, Esc cancels", FAINT), id="advice")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Return the name. If there is such a file already, ask first."""
        event.stop()
        file = file_named(event.value)
        if file and file != self._replaced and Path(file).is_file():
            self._replaced = file
            self.query_one("#advice", Static).update(Text("The file exists. Press Enter again to replace it.", TITLE))
        elif file:
            self.dismiss(file)
