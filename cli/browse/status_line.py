"""The status line of the window: how much was found, the rank of the current hit, and the keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...index.model import Counts
from ..display.layout import cells
from ..display.theme import KEY, TITLE
from ..display.wording import found, plural

if TYPE_CHECKING:
    from rich.text import Text

HINTS = (
    ("/", "query"), ("n", "next"), ("y", "copy"), ("m", "mark"), ("e", "export"), ("q", "quit"), ("?", "keys"),
)  # fmt: skip
"""Keys and what they do, the most important last: where there is no room, the first are left out."""

_GAP = 2  # cells


def status_line(counts: Counts, rank: int | None, marked: int, width: int, corpus: str | None = None) -> Text:
    """Return the line at a width in cells. ``rank`` is that of the current hit, counted from 1, or None without
    hits; ``corpus`` names the corpus, if it is to be named."""
    from rich.text import Text

    line = Text(no_wrap=True, overflow="crop", end="")
    others = [f"{rank:,}/{counts.passages:,}"] if rank else []
    others += [f"{marked:,} marked"] if marked else []
    others += [corpus] if corpus else []
    # In a narrow window the rank is worth more than the counts, and the last hint more than all of these.
    counted = ([found(counts)], [plural(counts.occurrences, "occurrence")]) if rank else ()
    room = width - _GAP - _width([*HINTS[-1:]])
    tried = ([*each, *others] for each in (*counted, []))
    said = next((each for each in tried if cells((" " * _GAP).join(each)) <= room), others)
    line.append((" " * _GAP).join(said), TITLE)
    hints = list(HINTS)
    while hints and line.cell_len + _GAP + _width(hints) > width:
        hints.pop(0)
    line.append(" " * (width - line.cell_len - _width(hints)))
    for index, (key, about) in enumerate(hints):
        line.append(" " * _GAP if index else "").append(key, KEY).append(f" {about}")
    return line


def _width(hints: list[tuple[str, str]]) -> int:
    return sum(cells(key) + 1 + cells(about) for key, about in hints) + _GAP * max(len(hints) - 1, 0)
