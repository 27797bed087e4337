"""Outlines as they are asked for: on a terminal as a tree, in a pipe as lines with tabs, or as JSON lines."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from ..index.descriptions import about
from ..index.model import IndexedDocument
from ..index.search.outline import Heading
from .display.concordance import FAINT, PLACE, RESET
from .display.layout import harmless, wrap
from .export import jsonl as jsonlines
from .view import View

_NUMBER = 5  # cells
_INDENT = 2
_LEAST = 10  # cells that are left for a heading however deep it is


def outline_lines(
    document: IndexedDocument, headings: Sequence[Heading], view: View, *, counted: bool
) -> Iterator[str]:
    """Yield the outline of a document; ``counted`` says that there is something to count beside the headings."""
    if view.on_terminal:
        yield from _tree(document, headings, shutil.get_terminal_size().columns, counted=counted, color=view.colored)
        return
    for heading in headings:
        count = {"occurrences": heading.occurrences} if counted else {}
        if view.format == "jsonl":
            record = asdict(heading)
            del record["occurrences"]
            yield jsonlines.line({"document": document.id, **record, **count})
        else:
            fields = (f"{document.id}:{heading.passage}", str(heading.depth), *map(str, count.values()), heading.text)
            yield "\t".join(map(harmless, fields))


def _tree(
    document: IndexedDocument, headings: Sequence[Heading], width: int, *, counted: bool, color: bool
) -> Iterator[str]:
    """Yield a line for each heading: its passage, how often, and itself under those that it is below."""
    place, faint, reset = (PLACE, FAINT, RESET) if color else ("", "", "")
    yield from _wrapped(f"{harmless(document.id)}  {harmless(document.metadata.title)}", width, place, reset)
    yield from _wrapped(harmless(about(document)), width, faint, reset)
    yield ""
    digits = max((len(f"{each.occurrences:,}") for each in headings), default=0) + 2 if counted else 0
    for heading in headings:
        margin = _NUMBER + digits + 2 + min(_INDENT * heading.depth, max(width - _NUMBER - digits - 2 - _LEAST, 0))
        count = f"{heading.occurrences or '':>{digits}{',' if heading.occurrences else ''}}" if counted else ""
        text = harmless(heading.text)
        for index, (start, end) in enumerate(wrap(text, max(width - margin, _LEAST))):
            before = f"{faint}{heading.passage:>{_NUMBER}}{reset}{count}" if index == 0 else " " * (_NUMBER + digits)
            quiet = counted and not heading.occurrences
            shown = f"{faint}{text[start:end]}{reset}" if quiet else text[start:end]
            yield before + " " * (margin - _NUMBER - digits) + shown


def _wrapped(text: str, width: int, style: str, reset: str) -> Iterator[str]:
    for start, end in wrap(text, width):
        yield f"{style}{text[start:end]}{reset}"
