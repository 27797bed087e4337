"""XLSX: passages and concordances as a sheet of rows, with sheets of counts by document and by year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import tee
from tempfile import TemporaryDirectory
from typing import TextIO

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ...index.records.rows import (
    DocumentRow,
    OccurrenceRow,
    PassageRow,
    YearRow,
    document_rows,
    occurrence_rows,
    passage_rows,
    year_rows,
)
from ..display.layout import cells as cells_of
from ..display.layout import harmless
from ..display.snippets import marked
from ..language.translation import pgettext, translated
from .headings import headings
from .interface import Cell, ConcordanceExport, Export, PassageExport, TableExport, TableWriter, head_lines

Row = Sequence[Cell]

_MOST_ROWS = 1_048_576
_MOST_CHARACTERS = 32_767  # of a cell
_FILTER_BUTTON = 3  # the width that it takes beside a heading
_WIDTHS = {
    "document": 16, "title": 32, "number": 20, "date": 12, "by": 22, "section": 28, "text": 80, "left": 50,
    "match": 14, "right": 50, "matches": 18, "citation": 40, "place": 20, "Query": 12,
    "issuers": 28, "source": 20, "family": 28, "key": 32, "passages_matched": 17, "per_10000_characters": 21,
}  # fmt: skip


class Writer(TableWriter):
    """Writes a workbook: rows, counts by document and by year, and the head."""

    def write_passages(self, export: PassageExport, stream: TextIO) -> None:
        """Write a row for each passage, its matches in colour."""
        hits, again = tee(each.hit for each in export.hits)
        parts = ([(part, term is not None) for part, term in marked(hit.passage.text, hit.marks)] for hit in hits)
        rows = zip(passage_rows(again, export.cite), parts, strict=True)
        _write(export, pgettext("sheet", "Hits"), PassageRow._fields, "text", rows, stream)

    def write_concordance(self, export: ConcordanceExport, stream: TextIO) -> None:
        """Write a row for each occurrence, the match in colour."""
        rows = ((row, [(row.match, True)]) for row in occurrence_rows(export.lines, export.terms, export.cite))
        _write(export, pgettext("sheet", "Lines"), OccurrenceRow._fields, "match", rows, stream)

    def write_table(self, table: TableExport, stream: TextIO) -> None:
        """Write a row for each row of the table, and on a sheet of its own what it is about."""
        with _workbook(stream) as workbook:
            sheet = _Rows(workbook, translated(table.title), table.names)
            for row in table.rows:
                sheet.write(row)
            sheet.close()
            if table.head:
                _sheet(workbook, pgettext("sheet", "About"), (), head_lines(table.head))


@contextmanager
def _workbook(stream: TextIO) -> Iterator[xlsxwriter.Workbook]:
    """Open a workbook that is written to a stream at the end. The library puts rows into a file on the disk as they
    come, and from there into the workbook.

    Raises:
        OSError: There is no room, or the reader of the output has closed it.
    """
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    # After an error, the library leaves its files, and as a context manager it writes the rows that it has.
    with TemporaryDirectory(prefix="zhengce-") as folder:
        workbook = xlsxwriter.Workbook(stream.buffer, {**options, "tmpdir": folder})
        yield workbook
        _finish(workbook)


def _write(
    export: Export,
    title: str,
    names: tuple[str, ...],
    column: str,
    rows: Iterable[tuple[Row, Iterable[tuple[str, bool]]]],
    stream: TextIO,
) -> None:
    """Write a workbook of rows, counts and the head. ``column`` is the one that each row has in parts, some of which
    are matches."""
    with _workbook(stream) as workbook:
        sheet = _Rows(workbook, title, names)
        column_of_parts = names.index(column)
        for row, parts in rows:
            sheet.write(row, column_of_parts, parts)
        sheet.close()
        counts = export.by_document()
        _sheet(workbook, pgettext("sheet", "Documents"), DocumentRow._fields, document_rows(counts))
        _sheet(workbook, pgettext("sheet", "Years"), YearRow._fields, year_rows(counts))
        _sheet(workbook, pgettext("sheet", "About"), (), head_lines(export.head))


def _finish(workbook: xlsxwriter.Workbook) -> None:
    """Write the workbook. An error is raised as that of the output, without a circle that would keep the archive, which
    tries again when it is thrown away."""
    try:
        workbook.close()
        return
    except FileCreateError as error:
        (reason,) = error.args
    try:
        raise reason
    finally:
        del reason


class _Rows:
    """Rows under the names of their columns; if a sheet is full, another one continues it."""

    def __init__(self, workbook: xlsxwriter.Workbook, title: str, names: Sequence[str]) -> None:
        self._workbook = workbook
        self._title = title
        self._names = names
        self._plain = workbook.add_format({"text_wrap": True, "valign": "top"})
        self._match = workbook.add_format({"bold": True, "font_color": "#C00000"})
        self._sheets = 0
        self._new_sheet()

    def write(self, cells: Row, column_of_parts: int | None = None, parts: Iterable[tuple[str, bool]] = ()) -> None:
        """Write a row. The cell of ``column_of_parts`` is made of ``parts``, with the matches in colour."""
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
        """Finish the current sheet."""
        self._sheet.autofilter(0, 0, self._row - 1, len(self._names) - 1)

    def _new_sheet(self) -> None:
        self._sheets += 1
        self._sheet = self._workbook.add_worksheet(
            self._title if self._sheets == 1 else f"{self._title} {self._sheets}"
        )
        self._row = 1
        _write_names(self._workbook, self._sheet, self._names)

    def _write_text(self, column: int, parts: Sequence[tuple[str, bool]]) -> None:
        """Write a text with its matches in colour. A rich string needs several parts and must fit into a cell; other
        texts have one colour."""
        text = "".join(part for part, _ in parts)
        if len(parts) < 2 or len(text) > _MOST_CHARACTERS:
            look = self._match if parts and parts[0][1] else self._plain
            _write_cell(self._sheet, self._row, column, text, look)
            return
        written: list[str | Format] = []
        for part, match in parts:
            written += [self._match, harmless(part, tabs=True)] if match else [harmless(part, tabs=True)]
        self._sheet.write_rich_string(self._row, column, *written, self._plain)


def _sheet(workbook: xlsxwriter.Workbook, title: str, names: Sequence[str], lines: Iterable[Row]) -> None:
    sheet = workbook.add_worksheet(title)
    plain = workbook.add_format({"valign": "top"})
    if names:
        _write_names(workbook, sheet, names)
    else:
        sheet.set_column(0, 0, 12)
    for row, cells in enumerate(lines, start=1 if names else 0):
        for column, cell in enumerate(cells):
            _write_cell(sheet, row, column, cell, plain)


def _write_names(workbook: xlsxwriter.Workbook, sheet: Worksheet, names: Sequence[str]) -> None:
    bold = workbook.add_format({"bold": True, "bottom": 1})
    sheet.freeze_panes(1, 0)
    for column, (name, heading) in enumerate(zip(names, headings(names), strict=True)):
        sheet.set_column(column, column, max(_WIDTHS.get(name, 11), cells_of(heading) + _FILTER_BUTTON))
        sheet.write_string(0, column, heading, bold)


def _write_cell(sheet: Worksheet, row: int, column: int, cell: Cell, look: Format) -> None:
    """Write a cell as a number or a text; a text never becomes a formula or a link."""
    if isinstance(cell, (int, float)):
        sheet.write_number(row, column, cell, look)
    elif cell:
        text = harmless(translated(cell), tabs=True)
        if len(text) > _MOST_CHARACTERS:
            text = text[: _MOST_CHARACTERS - 1] + "…"
        sheet.write_string(row, column, text, look)
