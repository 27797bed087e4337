"""Dialogs of the window: its keys, and the file to export to with the style of its citations."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar, NamedTuple, TypeVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from ...corpus.messages import message
from ...index.citations.styles import STYLE_BY_NAME, STYLES
from ..display.layout import cells
from ..display.theme import FAINT, FRAME, KEY, TITLE
from ..export.table import EXPORTS
from ..language.translation import gettext, translated
from .selection import file_named

KEYS = (
    ("/", message("go to the query; Enter searches, Esc goes back")),
    ("↑  ↓", message("in the query: the queries of before")),
    ("n  N", message("next hit, previous hit")),
    ("d  D", message("next document, previous document")),
    ("j  k  ↓  ↑", message("one hit or line down, up")),
    ("PgDn  PgUp", message("one page down, up; Ctrl-D, Ctrl-U: half of it")),
    ("g  G", message("go to the first, to the last; also Home, End")),
    ("Tab", message("hits or document; Enter goes to the document")),
    ("y", message("copy the passage with its citation")),
    ("c", message("choose the style of citations")),
    ("m  Space", message("mark the passage, or remove its mark")),
    ("e", message("export what is marked, or else all hits")),
    ("w", message("whole words only (-w), or every occurrence")),
    ("K", message("keywords in natural language (-k), or terms")),
    ("s", message("sort by relevance, document, date")),
    ("o", message("open the file of the document at this passage")),
    ("Esc", message("close a message")),
    ("?", message("show these keys")),
    ("q  Ctrl-C", message("quit")),
)
"""The keys of the window and what they do."""

CITATION_STYLES = (None, *(each.name for each in STYLES if not each.is_bibliography))
"""The styles that passages are cited in; None is the program's own."""

_MOUSE = message("Click a hit to go to it; Shift and the mouse select text.")
_STYLE_KEYS = "↑ ↓"

_Result = TypeVar("_Result")


def style_title(style: str | None) -> str:
    """Return the name of a style of citations as people know it."""
    return STYLE_BY_NAME[style].title if style else gettext("short, with the place")


def next_style(style: str | None, step: int = 1) -> str | None:
    """Return the style of citations after one, or before it; after the last comes the first."""
    return CITATION_STYLES[(CITATION_STYLES.index(style) + step) % len(CITATION_STYLES)]


class Destination(NamedTuple):
    """Where an export is written, and the style of its citations."""

    file: str
    style: str | None


class Dialog(ModalScreen[_Result]):
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


class KeysDialog(Dialog[None]):
    """The keys of the window. Any key closes it."""

    def compose(self) -> ComposeResult:
        """Lay out the dialog."""
        width = max(cells(keys) for keys, _ in KEYS) + 2
        text = Text()
        for keys, about in KEYS:
            text.append(keys.ljust(width + len(keys) - cells(keys)), KEY).append(f"{translated(about)}\n")
        with VerticalScroll(classes="dialog"):
            yield Static(text.append(translated(_MOUSE)))

    def on_key(self, event: events.Key) -> None:
        """Close, unless the key scrolls."""
        if event.key not in ("up", "down", "pageup", "pagedown", "ctrl+c"):
            event.stop()
            self.dismiss()

    def on_click(self) -> None:
        """Close."""
        self.dismiss()


class FileDialog(Dialog[Destination]):
    """Asks for the file to write and the style of its citations. It has no result if there is nothing to write."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss"),
        Binding("down", "style(1)"),
        Binding("up", "style(-1)"),
    ]

    def __init__(self, what: str, proposed: Destination) -> None:
        super().__init__()
        self._what = what
        self._file, self._style = proposed
        self._replaced = ""

    def compose(self) -> ComposeResult:
        """Lay out the dialog."""
        endings = ", ".join(each.suffixes[0] for each in EXPORTS)
        formats = gettext("The ending of the name is the format: {endings}", endings=endings)
        title = gettext("Export {passages} to a file", passages=self._what)
        with Vertical(classes="dialog"):
            yield Static(Text(title, TITLE))
            yield Input(self._file, compact=True, select_on_focus=False)
            yield Static(self._cited_as(), id="style")
            yield Static(Text(formats, FAINT))
            yield Static(Text(gettext("Enter writes the file, Esc cancels"), FAINT), id="advice")

    def action_style(self, step: int) -> None:
        """Choose another style."""
        self._style = next_style(self._style, step)
        self.query_one("#style", Static).update(self._cited_as())

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Return the file and the style. If there is such a file already, ask first."""
        event.stop()
        file = file_named(event.value)
        if file and file != self._replaced and Path(file).is_file():
            self._replaced = file
            advice = gettext("The file exists. Press Enter again to replace it.")
            self.query_one("#advice", Static).update(Text(advice, TITLE))
        elif file:
            self.dismiss(Destination(file, self._style))

    def _cited_as(self) -> Text:
        style = style_title(self._style)
        line = _emphasized(gettext("Citations: {style}", style=style), style, TITLE)
        return line.append("  ").append(
            _emphasized(gettext("({keys} for another style)", keys=_STYLE_KEYS), _STYLE_KEYS, KEY, FAINT)
        )


def _emphasized(sentence: str, part: str, look: str, other: str = "") -> Text:
    """Return a sentence with a look for a part of it and another look for the rest."""
    before, part, after = sentence.partition(part)
    return Text().append(before, other).append(part, look).append(after, other)
