"""Dialogs: what the window asks and explains in front of everything else."""

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
from ..export.table import EXPORTS
from .selection import file_named

KEYS = (
    ("/", "to the query; Enter searches, Esc leads back to the hits"),
    ("n  N", "the next hit, the previous one"),
    ("j  k  ↓  ↑", "a hit or a line down, up"),
    ("PgDn  PgUp", "a page down, up; Ctrl-D and Ctrl-U half a page"),
    ("g  G", "to the first, to the last; so do Home and End"),
    ("Tab", "from the hits to the document and back; Enter there, too"),
    ("m  Space", "mark the passage, or take its mark away"),
    ("e", "export what is marked, or else all hits, to a file"),
    ("w", "only whole words, or any occurrence"),
    ("o", "open the document's file at this place"),
    ("Esc", "put a message away"),
    ("?", "these keys"),
    ("q  Ctrl-C", "quit"),
)
"""The keys of the window, each with what it does."""

_MOUSE = "The mouse chooses a hit and scrolls; most terminals select text with Shift held down."


class Dialog(ModalScreen[str]):
    """Stands in the middle of the window."""

    DEFAULT_CSS = """
    Dialog { align: center middle; background: ansi_default; }
    Dialog > .dialog {
        width: 90%;
        max-width: 84;
        height: auto;
        max-height: 100%;
        border: round ansi_blue;
        padding: 0 1;
    }
    Dialog Input { margin: 1 0; }
    """


class Help(Dialog):
    """The keys; any of them puts it away."""

    def compose(self) -> ComposeResult:
        """Lay it out."""
        width = max(cells(keys) for keys, _ in KEYS) + 2
        text = Text()
        for keys, about in KEYS:
            text.append(keys.ljust(width + len(keys) - cells(keys)), "bold cyan").append(f"{about}\n")
        with VerticalScroll(classes="dialog"):
            yield Static(text.append(f"\n{_MOUSE}"))

    def on_key(self, event: events.Key) -> None:
        """Go away, unless it is scrolled."""
        if event.key not in ("up", "down", "pageup", "pagedown", "ctrl+c"):
            event.stop()
            self.dismiss("")

    def on_click(self) -> None:
        """Go away."""
        self.dismiss("")


class FileDialog(Dialog):
    """Asks for the name of a file to write. Its result is empty where none is to be written."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss('')")]

    def __init__(self, what: str, file: str) -> None:
        super().__init__()
        self._what = what
        self._file = file
        self._replaced = ""

    def compose(self) -> ComposeResult:
        """Lay it out."""
        endings = ", ".join(each.suffixes[0] for each in EXPORTS)
        with Vertical(classes="dialog"):
            yield Static(Text(f"Export {self._what} to a file", "bold"))
            yield Input(self._file, compact=True, select_on_focus=False)
            yield Static(Text(f"Its ending tells the format: {endings}", "dim"))
            yield Static(Text("Enter writes it, Esc does not", "dim"), id="advice")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give the name back; what would be replaced is asked for again."""
        event.stop()
        file = file_named(event.value)
        if file and file != self._replaced and Path(file).is_file():
            self._replaced = file
            self.query_one("#advice", Static).update(Text("There is such a file. Enter again replaces it.", "bold"))
        elif file:
            self.dismiss(file)
