"""CSV (RFC 4180): rows for spreadsheets and statistics."""

from __future__ import annotations

from ..display.layout import harmless
from .delimited import DelimitedWriter, inert


def clean(text: str) -> str:
    """Return a text that a terminal only shows and a spreadsheet does not take for a formula."""
    # A million texts of a hundred thousand rows come here; nearly all are printable.
    return inert(text if text.isprintable() else harmless(text, tabs=True))


class Writer(DelimitedWriter):
    """Writes rows with commas between the cells."""

    def __init__(self) -> None:
        super().__init__(",", "\r\n", clean)
