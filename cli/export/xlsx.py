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

# What is read on paper. These columns come first and are printed, as wide as an A4 page lies; the others, which are for
# sorting and looking up, stand to the right of them.
_PASSAGES = ("title", "date", "section", "place", "text")
_OCCURRENCES = ("place", "left", "match", "right", "title")
_DOCUMENTS = ("title", "number", "date", "issuers", "genre", "region", "document")
_A4 = 9  # as Excel numbers it
_MARGIN = 0.5  # inches
_LINE = 15  # points
_HIGHEST = 409  # points
_WIDENING = 1.1  # a Chinese character is a little wider than two digits, by which Excel measures columns


class Writer(TableWriter):
    """Writes a workbook: rows, counts by document and by year, and the head."""

    def write_passages(self, export: PassageExport, stream: TextIO) -> None:
        """Write a row for each passage, its matches in colour."""
        hits, again = tee(each.hit for each in export.hits)
        parts = ([(part, term is not None) for part, term in marked(hit.passage.text, hit.marks)] for hit in hits)
        names = export.columns
        cells = ([getattr(row, name) for name in names] for row in passage_rows(again, export.cite))
        printed = _PASSAGES if names == PassageRow._fields else names
        _write(export, pgettext("sheet", "Hits"), names, printed, "text", zip(cells, parts, strict=True), stream)

    def write_concordance(self, export: ConcordanceExport, stream: TextIO) -> None:
        """Write a row for each occurrence, the match in colour."""
        rows = ((row, [(row.match, True)]) for row in occurrence_rows(export.lines, export.terms, export.cite))
        _write(export, pgettext("sheet", "Lines"), OccurrenceRow._fields, _OCCURRENCES, "match", rows, stream)

    def write_table(self, table: TableExport, stream: TextIO) -> None:
        """Write a row for each row of the table, and on a sheet of its own what it is about."""
        with _workbook(stream) as workbook:
            printed = _DOCUMENTS if {*_DOCUMENTS} <= {*table.names} else table.names
            sheet = _Rows(workbook, translated(table.title), table.names, printed)
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
    names: Sequence[str],
    printed: Sequence[str],
    column: str,
    rows: Iterable[tuple[Row, Iterable[tuple[str, bool]]]],
    stream: TextIO,
) -> None:
    """Write a workbook of rows, counts and the head. ``printed`` are the columns to print; ``column``, if it is among
    them, is the one that each row has in parts, some of which are matches."""
    with _workbook(stream) as workbook:
        sheet = _Rows(workbook, title, names, printed)
        column_of_parts = names.index(column) if column in names else None
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
    """Rows under the names of their columns, of which those that are ``printed`` come first; if a sheet is full,
    another one continues it."""

    def __init__(self, workbook: xlsxwriter.Workbook, title: str, names: Sequence[str], printed: Sequence[str]) -> None:
        self._workbook = workbook
        self._title = title
        self._printed = len(printed)
        self._order = sorted(range(len(names)), key=lambda at: (_place(printed, names[at]), at))
        self._names = [names[at] for at in self._order]
        self._plain = workbook.add_format({"text_wrap": True, "valign": "top"})
        self._rate = workbook.add_format({"valign": "top", "num_format": "0.00"})
        self._match = workbook.add_format({"bold": True, "font_color": "#C00000"})
        self._sheets = 0
        self._new_sheet()

    def write(self, cells: Row, column_of_parts: int | None = None, parts: Iterable[tuple[str, bool]] = ()) -> None:
        """Write a row. The cell of ``column_of_parts`` is made of ``parts``, with the matches in colour."""
        if self._row == _MOST_ROWS:
            self.close()
            self._new_sheet()
        # LibreOffice does not do this by itself.
        self._sheet.set_row(self._row, _height(self._names, [cells[at] for at in self._order]))
        for column, at in enumerate(self._order):
            if at == column_of_parts:
                self._write_text(column, list(parts))
            else:
                look = self._rate if isinstance(cells[at], float) else self._plain
                _write_cell(self._sheet, self._row, column, cells[at], look)
        self._row += 1

    def close(self) -> None:
        """Finish the current sheet."""
        self._sheet.autofilter(0, 0, self._row - 1, len(self._names) - 1)
        _set_page(self._sheet)
        self._sheet.print_area(0, 0, self._row - 1, self._printed - 1)

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
    _set_page(sheet)
    if names:
        _write_names(workbook, sheet, names)
    else:
        sheet.set_column(0, 0, 12)
    for row, cells in enumerate(lines, start=1 if names else 0):
        for column, cell in enumerate(cells):
            _write_cell(sheet, row, column, cell, plain)


def _height(names: Sequence[str], cells: Row) -> float:
    """Return the height of a row, in points, in which its texts are seen whole, as far as a row can be so high."""
    lines = (
        -(-_WIDENING * cells_of(cell) // _WIDTHS.get(name, 11)) if isinstance(cell, str) else 1
        for name, cell in zip(names, cells, strict=True)
    )
    return min(_LINE * max([1, *lines]), _HIGHEST)


def _place(names: Sequence[str], name: str) -> int:
    return names.index(name) if name in names else len(names)


def _set_page(sheet: Worksheet) -> None:
    """Let a sheet be printed on A4 across, as wide as the page, its headings on each page, numbered at the foot."""
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(_MARGIN, _MARGIN, _MARGIN, 2 * _MARGIN)
    sheet.set_footer("&C&P / &N")


def _write_names(workbook: xlsxwriter.Workbook, sheet: Worksheet, names: Sequence[str]) -> None:
    bold = workbook.add_format({"bold": True, "bottom": 1})
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
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
