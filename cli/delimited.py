"""Delimited: passages and concordances as rows of CSV and TSV, for spreadsheets and statistics; the head stands below
them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby
from typing import TextIO

from ..corpus.model import Passage
from ..index.concordance import Line
from ..index.model import IndexedDocument
from .exports import Cite, ConcordanceExport, Export, HitWithNeighbours, PassageExport
from .layout import harmless
from .wording import by, section_path, source_ranges

_PLACE = ("document", "title", "number", "date", "by", "section", "passage", "page", "lines")
PASSAGE_COLUMNS = (*_PLACE, "occurrences", "matches", "text", "citation")
LINE_COLUMNS = (*_PLACE, "term", "left", "match", "right", "citation")

Cell = str | int | None

# A spreadsheet takes what begins so for a formula, some also the full-width forms.
_FORMULA = re.compile(r"\s*[=+\-@\t\r＝＋－＠]")
_BOM = "\ufeff"


def write_passages_csv(export: PassageExport, stream: TextIO) -> None:
    """Write CSV (RFC 4180), a row for each passage."""
    _write(export, PASSAGE_COLUMNS, passage_rows(export), stream, ",")


def write_passages_tsv(export: PassageExport, stream: TextIO) -> None:
    """Write a row for each passage, fields between tabs; a tab in a text becomes a space."""
    _write(export, PASSAGE_COLUMNS, passage_rows(export), stream, "\t")


def write_concordance_csv(export: ConcordanceExport, stream: TextIO) -> None:
    """Write CSV (RFC 4180), a row for each occurrence."""
    _write(export, LINE_COLUMNS, line_rows(export), stream, ",")


def write_concordance_tsv(export: ConcordanceExport, stream: TextIO) -> None:
    """Write a row for each occurrence, fields between tabs; a tab in a text becomes a space."""
    _write(export, LINE_COLUMNS, line_rows(export), stream, "\t")


def passage_rows(export: PassageExport) -> Iterator[tuple[Cell, ...]]:
    """Yield the row of each passage."""
    for document, group in groupby(export.hits, lambda each: each.hit.document):
        of_document = _document(document)
        for each in group:
            passage, spans = each.hit.passage, each.hit.spans
            matches = "; ".join(passage.text[start:end] for start, end in spans)
            found = (len(spans), matches, passage.text, export.cite(document, passage))
            yield (*of_document, *_passage(passage), *found)


def line_rows(export: ConcordanceExport) -> Iterator[tuple[Cell, ...]]:
    """Yield the row of each line of a concordance."""
    for document, group in groupby(export.lines, lambda line: line.document):
        of_document = _document(document)
        for line in group:
            context = (export.terms[line.term], line.left, line.match, line.right)
            yield (*of_document, *_passage(line.passage), *context, export.cite(document, line.passage))


def inert(cell: Cell) -> Cell:
    """Return a cell that no spreadsheet takes for a formula: an apostrophe is put before what looks like one."""
    if not isinstance(cell, str):
        return cell
    return "'" + cell if _FORMULA.match(cell) else cell


def write_table(
    names: Sequence[str], rows: Iterable[Sequence[Cell]], stream: TextIO, delimiter: str, *, bom: bool = False
) -> None:
    """Write rows under the names of their columns, with commas or tabs between their cells."""
    tabs = delimiter != "\t"
    if bom:
        stream.write(_BOM)
    table = csv.writer(stream, delimiter=delimiter, lineterminator="\r\n" if tabs else "\n")

    def cell(value: Cell) -> Cell:
        if not isinstance(value, str):
            return value
        # Twelve cells of each of a hundred thousand rows come here: what most of them need not is not called.
        if not value.isprintable():
            value = harmless(value if tabs else value.replace("\t", " "), tabs=True)
        return inert(value)

    table.writerow(names)
    table.writerows(map(cell, row) for row in rows)


def _document(document: IndexedDocument) -> tuple[Cell, ...]:
    metadata = document.metadata
    number = str(metadata.number) if metadata.number else None
    return document.id, metadata.title, number, metadata.date, by(document)


def _passage(passage: Passage) -> tuple[Cell, ...]:
    return section_path(passage.section), passage.number, passage.page, source_ranges(passage)


def _write(
    export: Export, names: Sequence[str], rows: Iterable[Sequence[Cell]], stream: TextIO, delimiter: str
) -> None:
    head = ((f"# {name}", value) for name, value in export.head.lines())
    write_table(names, chain(rows, [()], head), stream, delimiter, bom=export.bom)
