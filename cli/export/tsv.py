"""TSV: the rows of CSV with tabs between the cells. A tab in a text becomes a space."""

from __future__ import annotations

from ..display.layout import harmless
from .delimited import DelimitedWriter, inert


def clean(text: str) -> str:
    """Return a text without tabs that a terminal only shows and a spreadsheet does not take for a formula."""
    return inert(text if text.isprintable() else harmless(text.replace("\t", " ")))


class Writer(DelimitedWriter):
    """Writes rows with tabs between the cells."""

    def __init__(self) -> None:
        super().__init__("\t", "\n", clean)
