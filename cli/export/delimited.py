"""Delimited text: what CSV and TSV share. The head stands below the rows, where it hinders no program."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from typing import TextIO

from ...index.records.head import Head
from ...index.records.rows import (
    Clean,
    NeighbourRow,
    OccurrenceRow,
    neighbour_rows,
    occurrence_rows,
    passage_rows,
)
from ..language.translation import translated
from .headings import headings
from .interface import (
    Cell,
    ConcordanceExport,
    NeighbourExport,
    NeighbourWriter,
    PassageExport,
    TableExport,
    TableWriter,
    head_lines,
)

# A spreadsheet reads a text that begins like this as a formula; some spreadsheets also know the full-width forms.
_FORMULA = re.compile(r"\s*[=+\-@\t\r＝＋－＠]")
BOM = "\ufeff"


class DelimitedWriter(NeighbourWriter, TableWriter):
    """Writes rows: ``delimiter`` stands between cells, ``end`` ends a row, ``clean`` makes a text fit for a cell."""

    def __init__(self, delimiter: str, end: str, clean: Clean) -> None:
        self._delimiter = delimiter
        self._end = end
        self._clean = clean

    def write_passages(self, export: PassageExport, stream: TextIO) -> None:
        """Write a row for each passage."""
        rows = passage_rows((each.hit for each in export.hits), export.cite, self._clean)
        cells = ([getattr(row, name) for name in export.columns] for row in rows)
        self._write(export.columns, cells, export.head, stream, bom=export.bom)

    def write_concordance(self, export: ConcordanceExport, stream: TextIO) -> None:
        """Write a row for each occurrence."""
        rows = occurrence_rows(export.lines, export.terms, export.cite, self._clean)
        self._write(OccurrenceRow._fields, rows, export.head, stream, bom=export.bom)

    def write_neighbours(self, export: NeighbourExport, stream: TextIO) -> None:
        """Write a row for each neighbour."""
        rows = neighbour_rows(export.counted, export.total, self._clean)
        self._write(NeighbourRow._fields, rows, export.head, stream, bom=export.bom)

    def write_table(self, table: TableExport, stream: TextIO) -> None:
        """Write the rows of a table."""
        rows = (
            [self._clean(translated(cell)) if isinstance(cell, str) else cell for cell in row] for row in table.rows
        )
        self._write(table.names, rows, table.head, stream, bom=table.bom)

    def _write(
        self,
        names: Sequence[str],
        rows: Iterable[Sequence[Cell]],
        head: Head | None,
        stream: TextIO,
        *,
        bom: bool,
    ) -> None:
        if bom:
            stream.write(BOM)
        table = csv.writer(stream, delimiter=self._delimiter, lineterminator=self._end)
        table.writerow(headings(names))
        table.writerows(rows)
        for number, (name, value) in enumerate(head_lines(head) if head else ()):
            if number == 0:
                table.writerow(())
            table.writerow((f"# {name}", self._clean(value)))


def inert(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: an apostrophe is put before what looks like one."""
    return "'" + text if _FORMULA.match(text) else text
