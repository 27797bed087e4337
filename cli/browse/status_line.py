"""The status line of the window: how much was found, the rank of the current hit, and the keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...corpus.messages import in_context
from ...index.model import Counts
from ..display.layout import cells
from ..display.theme import KEY, TITLE
from ..display.wording import found
from ..language.translation import gettext, ngettext, translated

if TYPE_CHECKING:
    from rich.text import Text

HINTS = (
    ("/", in_context("key", "query")),
    ("n", in_context("key", "next")),
    ("y", in_context("key", "copy")),
    ("m", in_context("key", "mark")),
    ("e", in_context("key", "export")),
    ("q", in_context("key", "quit")),
    ("?", in_context("key", "keys")),
)
"""Keys and what they do, the most important last: where there is no room, the first are left out."""

_GAP = 2  # cells


def status_line(counts: Counts, rank: int | None, marked: int, width: int, corpus: str | None = None) -> Text:
    """Return the line at a width in cells. ``rank`` is that of the current hit, counted from 1, or None without
    hits; ``corpus`` names the corpus, if it is to be named."""
    from rich.text import Text

    line = Text(no_wrap=True, overflow="crop", end="")
    others = [f"{rank:,}/{counts.passages:,}"] if rank else []
    others += [gettext("{count:,} marked", count=marked)] if marked else []
    others += [corpus] if corpus else []
    # In a narrow window the rank is worth more than the counts, and the last hint more than all of these.
    occurrences = ngettext("{count:,} occurrence", "{count:,} occurrences", counts.occurrences)
    counted = ([found(counts)], [occurrences]) if rank else ()
    hints = [(key, translated(about)) for key, about in HINTS]
    room = width - _GAP - _width(hints[-1:])
    tried = ([*each, *others] for each in (*counted, []))
    said = next((each for each in tried if cells((" " * _GAP).join(each)) <= room), others)
    line.append((" " * _GAP).join(said), TITLE)
    while hints and line.cell_len + _GAP + _width(hints) > width:
        hints.pop(0)
    line.append(" " * (width - line.cell_len - _width(hints)))
    for index, (key, about) in enumerate(hints):
        line.append(" " * _GAP if index else "").append(key, KEY).append(f" {about}")
    return line


def _width(hints: list[tuple[str, str]]) -> int:
    return sum(cells(key) + 1 + cells(about) for key, about in hints) + _GAP * max(len(hints) - 1, 0)
