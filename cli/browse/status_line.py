"""The status line of the window: how much was found, the rank of the current hit, and the keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...index.model import Counts
from ..display.layout import cells
from ..display.theme import KEY, TITLE
from ..display.wording import found

if TYPE_CHECKING:
    from rich.text import Text

HINTS = (("/", "query"), ("n", "next"), ("m", "mark"), ("e", "export"), ("q", "quit"), ("?", "keys"))
"""Keys and what they do, the most important last: where there is no room, the first are left out."""

_GAP = 2  # cells


def status_line(counts: Counts, rank: int | None, marked: int, width: int) -> Text:
    """Return the line at a width in cells. ``rank`` is that of the current hit, counted from 1, or None without
    hits."""
    from rich.text import Text

    line = Text(no_wrap=True, overflow="crop", end="")
    said = [found(counts)] if rank else []
    said += [f"{rank:,}/{counts.passages:,}"] if rank else []
    said += [f"{marked:,} marked"] if marked else []
    # In a narrow window the rank is worth more than the counts.
    if rank and cells((" " * _GAP).join(said)) > width:
        said.pop(0)
    line.append((" " * _GAP).join(said), TITLE)
    hints = list(HINTS)
    while hints and len(line) + _GAP + _width(hints) > width:
        hints.pop(0)
    line.append(" " * (width - len(line) - _width(hints)))
    for index, (key, about) in enumerate(hints):
        line.append(" " * _GAP if index else "").append(key, KEY).append(f" {about}")
    return line


def _width(hints: list[tuple[str, str]]) -> int:
    return sum(cells(key) + 1 + cells(about) for key, about in hints) + _GAP * max(len(hints) - 1, 0)
