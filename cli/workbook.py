"""Workbook: hits as rows of a sheet of XLSX, and sheets of counts by document and by year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TextIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from .delimited import Cell, columns, rows
from .exports import Export, HitWithNeighbours
from .layout import harmless
from .snippets import marked

_MOST_ROWS = 1_048_576
_MOST_CHARACTERS = 32_767  # of a cell
_WIDTHS = {
    "document": 16, "title": 32, "number": 20, "date": 12, "by": 22, "section": 28, "text": 80, "left": 50,
    "match": 14, "right": 50, "matches": 18, "citation": 40, "Query": 12,
}  # fmt: skip


def write(export: Export, stream: TextIO) -> None:
    """Write a workbook. Rows go to a file on the disk as they come, and from there into the workbook."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream.buffer, options) as workbook:
        _Hits(workbook, export).write()
        counts = export.by_document()
        _sheet(
            workbook,
            "Documents",
            ("document", "title", "number", "date", "occurrences", "passages"),
            (
                (each.id, each.metadata.title, str(each.metadata.number or ""), each.metadata.date,
                 of_it.occurrences, of_it.passages)
                for each, of_it in counts.items()
            ),
        )  # fmt: skip
        years: dict[str, Counter[str]] = {}
        for each, of_it in counts.items():
            year = years.setdefault(_year(each.metadata.date), Counter())
            year.update(occurrences=of_it.occurrences, passages=of_it.passages, documents=1)
        names = ("occurrences", "passages", "documents")
        _sheet(
            workbook,
            "Years",
            ("year", *names),
            ((int(year) if year.isdigit() else year, *(years[year][name] for name in names)) for year in sorted(years)),
        )
        _sheet(workbook, "About", (), export.head.lines())


class _Hits:
    """The sheet of hits; where a sheet is full, another goes on."""

    def __init__(self, workbook: xlsxwriter.Workbook, export: Export) -> None:
        self._workbook = workbook
        self._export = export
        self._plain = workbook.add_format({"text_wrap": True, "valign": "top"})
        self._match = workbook.add_format({"bold": True, "font_color": "#C00000"})
        self._names = columns(export)

    def write(self) -> None:
        sheet, row = self._new_sheet(1), 1
        sheets = 1
        for each in self._export.hits:
            for cells in rows(self._export, each):
                if row == _MOST_ROWS:
                    sheets += 1
                    sheet, row = self._new_sheet(sheets), 1
                self._write_row(sheet, row, cells, each)
                row += 1
        sheet.autofilter(0, 0, row - 1, len(self._names) - 1)

    def _new_sheet(self, number: int) -> Worksheet:
        sheet = self._workbook.add_worksheet("Hits" if number == 1 else f"Hits {number}")
        _write_names(self._workbook, sheet, self._names)
        return sheet

    def _write_row(self, sheet: Worksheet, row: int, cells: tuple[Cell, ...], each: HitWithNeighbours) -> None:
        for column, (name, cell) in enumerate(zip(self._names, cells, strict=True)):
            if name == "text":
                self._write_text(sheet, row, column, each)
            else:
                _write_cell(sheet, row, column, cell, self._match if name == "match" else self._plain)

    def _write_text(self, sheet: Worksheet, row: int, column: int, each: HitWithNeighbours) -> None:
        """Write a passage with its matches in colour, which takes two parts at least, and room for all of them."""
        parts: list[str | Format] = []
        text = each.hit.passage.text
        for part, match in marked(text, each.hit.spans):
            parts += [self._match, harmless(part, tabs=True)] if match else [harmless(part, tabs=True)]
        if len(parts) < 3 or len(text) > _MOST_CHARACTERS:
            _write_cell(sheet, row, column, text, self._plain)
        else:
            sheet.write_rich_string(row, column, *parts, self._plain)


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
