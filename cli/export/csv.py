"""CSV (RFC 4180): rows for spreadsheets and statistics."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import TextIO

from ...index.model import IndexedDocument
from ..display.layout import harmless
from .delimited import BOM, DelimitedWriter, inert


def clean(text: str) -> str:
    """Return a text that a terminal only shows and a spreadsheet does not take for a formula."""
    # A million texts of a hundred thousand rows come here; nearly all are printable.
    return inert(text if text.isprintable() else harmless(text, tabs=True))


class Writer(DelimitedWriter):
    """Writes rows with commas between the cells."""

    def __init__(self) -> None:
        super().__init__(",", "\r\n", clean)


def write_documents(documents: Iterable[IndexedDocument], stream: TextIO, *, bom: bool) -> None:
    """Write documents as a table to be edited. ``bom`` puts a byte order mark before it."""
    from ...index.records.document_table import COLUMNS, document_cells

    stream.write(BOM if bom else "")
    table = csv.writer(stream, lineterminator="\r\n")
    table.writerow(column.name for column in COLUMNS)
    table.writerows(map(clean, document_cells(document)) for document in documents)
