"""Delimited: passages and concordances as rows of CSV and TSV, for spreadsheets and statistics; the head stands below
them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
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
    return (passage_row(each, export.cite) for each in export.hits)


def passage_row(each: HitWithNeighbours, cite: Cite) -> tuple[Cell, ...]:
    """Return the row of a passage."""
    hit = each.hit
    document, passage = hit.document, hit.passage
    matches = "; ".join(passage.text[start:end] for start, end in hit.spans)
    return (*_place(document, passage), len(hit.spans), matches, passage.text, cite(document, passage))


def line_rows(export: ConcordanceExport) -> Iterator[tuple[Cell, ...]]:
    """Yield the row of each line of a concordance."""
    return (line_row(line, export.terms, export.cite) for line in export.lines)


def line_row(line: Line, terms: Sequence[str], cite: Cite) -> tuple[Cell, ...]:
    """Return the row of a line of a concordance."""
    document, passage = line.document, line.passage
    context = (terms[line.term], line.left, line.match, line.right)
    return (*_place(document, passage), *context, cite(document, passage))


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
        return inert(harmless(value if tabs else value.replace("\t", " "), tabs=True))

    table.writerow(names)
    table.writerows(map(cell, row) for row in rows)


def _place(document: IndexedDocument, passage: Passage) -> tuple[Cell, ...]:
    metadata = document.metadata
    number = str(metadata.number) if metadata.number else None
    section, lines = section_path(passage.section), source_ranges(passage)
    first = (document.id, metadata.title, number, metadata.date, by(document))
    return (*first, section, passage.number, passage.page, lines)


def _write(
    export: Export, names: Sequence[str], rows: Iterable[Sequence[Cell]], stream: TextIO, delimiter: str
) -> None:
    head = ((f"# {name}", value) for name, value in export.head.lines())
    write_table(names, chain(rows, [()], head), stream, delimiter, bom=export.bom)
