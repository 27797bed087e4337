"""The explanation of a query as an indented tree."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...corpus.messages import counted
from ...index.search.explanation import Step
from ..language.translation import translated
from .layout import harmless
from .theme import FAINT, TITLE

if TYPE_CHECKING:
    from rich.text import Text


def explanation_lines(step: Step) -> Iterator[Text]:
    """Yield a line for each part of a query, indented below the part that contains it, then its particulars."""
    from rich.text import Text

    for indent, part in _walk(step, 0):
        yield Text.assemble("  " * indent, (harmless(part.query), TITLE), "  ", translated(part.meaning))
        matches = counted("matches {count:,} passage", "matches {count:,} passages", part.passages)
        for particular in (*part.particulars, matches):
            yield Text.assemble("  " * indent + "    ", (harmless(translated(particular)), FAINT))


def _walk(step: Step, indent: int) -> Iterator[tuple[int, Step]]:
    yield indent, step
    for part in step.parts:
        yield from _walk(part, indent + 1)
