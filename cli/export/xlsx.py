"""Workbook: passages and concordances as rows of a sheet of XLSX, with sheets of counts by document and by year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TextIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ..display.layout import harmless
from ..display.snippets import marked
from .csv import LINE_COLUMNS, PASSAGE_COLUMNS, Cell, Row, line_rows, passage_rows
from .table import ConcordanceExport, Export, PassageExport

_MOST_ROWS = 1_048_576
_MOST_CHARACTERS = 32_767  # of a cell
_WIDTHS = {
    "document": 16, "title": 32, "number": 20, "date": 12, "by": 22, "section": 28, "text": 80, "left": 50,
    "match": 14, "right": 50, "matches": 18, "citation": 40, "Query": 12,
}  # fmt: skip


def write_passages(export: PassageExport, stream: TextIO) -> None:
    """Write a workbook with a row for each passage, its matches in colour."""
    text = PASSAGE_COLUMNS.index("text")
    rows = (
        (row, text, marked(each.hit.passage.text, each.hit.spans)) for each, row in passage_rows(export, _unchanged)
    )
    _write(export, "Hits", PASSAGE_COLUMNS, rows, stream)


def write_concordance(export: ConcordanceExport, stream: TextIO) -> None:
    """Write a workbook with a row for each occurrence."""
    match = LINE_COLUMNS.index("match")
    rows = ((row, match, [(line.match, True)]) for line, row in line_rows(export, _unchanged))
    _write(export, "Lines", LINE_COLUMNS, rows, stream)


def _unchanged(text: str) -> str:
    """Return a text as it is: how it is written makes it harmless."""
    return text


def _write(
    export: Export,
    title: str,
    names: tuple[str, ...],
    rows: Iterable[tuple[Row, int, Iterable[tuple[str, bool]]]],
    stream: TextIO,
) -> None:
    """Write a workbook of rows, counts and the head. Each row has one column of parts, matches among them. Rows go to a
    file on the disk as they come, and from there into the workbook."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream.buffer, options) as workbook:
        sheet = _Rows(workbook, title, names)
        for row, column, parts in rows:
            sheet.write(row, column, parts)
        sheet.close()
        counts = export.by_document()
        _sheet(
            workbook,
            "Documents",
            ("document", "title", "number", "date", "occurrences", "passages"),
            (
                (document.id, document.metadata.title, str(document.metadata.number or ""), document.metadata.date,
                 of_it.occurrences, of_it.passages)
                for document, of_it in counts.items()
            ),
        )  # fmt: skip
        years: dict[str, Counter[str]] = {}
        for document, of_it in counts.items():
            year = years.setdefault(_year(document.metadata.date), Counter())
            year.update(occurrences=of_it.occurrences, passages=of_it.passages, documents=1)
        counted = ("occurrences", "passages", "documents")
        _sheet(
            workbook,
            "Years",
            ("year", *counted),
            (
                (int(year) if year.isdigit() else year, *(years[year][name] for name in counted))
                for year in sorted(years)
            ),
        )
        _sheet(workbook, "About", (), export.head.lines())


class _Rows:
    """Rows under the names of their columns; where a sheet is full, another goes on."""

    def __init__(self, workbook: xlsxwriter.Workbook, title: str, names: tuple[str, ...]) -> None:
        self._workbook = workbook
        self._title = title
        self._names = names
        self._plain = workbook.add_format({"text_wrap": True, "valign": "top"})
        self._match = workbook.add_format({"bold": True, "font_color": "#C00000"})
        self._sheets = 0
        self._new_sheet()

    def write(self, cells: Row, column_of_parts: int, parts: Iterable[tuple[str, bool]]) -> None:
        """Write a row; the cell in one column is written of ``parts``, the matches among them in colour."""
        if self._row == _MOST_ROWS:
            self.close()
            self._new_sheet()
        for column, cell in enumerate(cells):
            if column == column_of_parts:
                self._write_text(column, list(parts))
            else:
                _write_cell(self._sheet, self._row, column, cell, self._plain)
        self._row += 1

    def close(self) -> None:
        """End the sheet that rows were written to."""
        self._sheet.autofilter(0, 0, self._row - 1, len(self._names) - 1)

    def _new_sheet(self) -> None:
        self._sheets += 1
        self._sheet = self._workbook.add_worksheet(
            self._title if self._sheets == 1 else f"{self._title} {self._sheets}"
        )
        self._row = 1
        _write_names(self._workbook, self._sheet, self._names)

    def _write_text(self, column: int, parts: Sequence[tuple[str, bool]]) -> None:
        """Write a text with its matches in colour, if it has several parts, as the library wants, and fits."""
        text = "".join(part for part, _ in parts)
        if len(parts) < 2 or len(text) > _MOST_CHARACTERS:
            look = self._match if parts and parts[0][1] else self._plain
            _write_cell(self._sheet, self._row, column, text, look)
            return
        written: list[str | Format] = []
        for part, match in parts:
            written += [self._match, harmless(part, tabs=True)] if match else [harmless(part, tabs=True)]
        self._sheet.write_rich_string(self._row, column, *written, self._plain)


def _year(date: str | None) -> str:
    return date[:4] if date else "unknown"


def _sheet(
    workbook: xlsxwriter.Workbook, title: str, names: tuple[str, ...], lines: Iterable[tuple[Cell, ...]]
) -> None:
    sheet = workbook.add_worksheet(title)
    plain = workbook.add_format({"valign": "top"})
    if names:
        _write_names(workbook, sheet, names)
    else:
        sheet.set_column(0, 0, 12)
    for row, cells in enumerate(lines, start=1 if names else 0):
        for column, cell in enumerate(cells):
            _write_cell(sheet, row, column, cell, plain)


def _write_names(workbook: xlsxwriter.Workbook, sheet: Worksheet, names: tuple[str, ...]) -> None:
    bold = workbook.add_format({"bold": True, "bottom": 1})
    sheet.freeze_panes(1, 0)
    for column, name in enumerate(names):
        sheet.set_column(column, column, _WIDTHS.get(name, 11))
        sheet.write_string(0, column, name, bold)


def _write_cell(sheet: Worksheet, row: int, column: int, cell: Cell, look: Format) -> None:
    """Write a cell as what it is: a text is never taken for a formula or an address."""
    if isinstance(cell, int):
        sheet.write_number(row, column, cell, look)
    elif cell:
        text = harmless(cell, tabs=True)
        if len(text) > _MOST_CHARACTERS:
            text = text[: _MOST_CHARACTERS - 1] + "…"
        sheet.write_string(row, column, text, look)
