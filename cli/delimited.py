"""Delimited: hits as rows of CSV and TSV, for spreadsheets and statistics; the head stands below them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from typing import TextIO

from .exports import Export, HitWithNeighbours
from .layout import harmless
from .wording import section_path, source_ranges

COLUMNS = ("document", "title", "number", "date", "by", "section", "passage", "page", "lines")
PER_PASSAGE = ("occurrences", "matches", "text")
PER_OCCURRENCE = ("left", "match", "right")

Cell = str | int | None

# A spreadsheet takes what begins so for a formula, some also the full-width forms.
_FORMULA = re.compile(r"\s*[=+\-@\t\r＝＋－＠]")
_BOM = "\ufeff"


def write_csv(export: Export, stream: TextIO) -> None:
    """Write CSV (RFC 4180)."""
    _write(export, stream, ",")


def write_tsv(export: Export, stream: TextIO) -> None:
    """Write rows between tabs; a tab in a text becomes a space."""
    _write(export, stream, "\t")


def columns(export: Export) -> tuple[str, ...]:
    """Return the names of the columns."""
    return (*COLUMNS, *(PER_OCCURRENCE if export.per_occurrence else PER_PASSAGE), "citation")


def rows(export: Export, each: HitWithNeighbours) -> Iterator[tuple[Cell, ...]]:
    """Yield the rows of a hit: one, or one for each occurrence; one without an occurrence has none to show."""
    hit = each.hit
    document, passage, metadata = hit.document, hit.passage, hit.document.metadata
    number = str(metadata.number) if metadata.number else None
    by = "、".join(metadata.issuers or metadata.authors) or metadata.source
    section, lines = section_path(passage.section), source_ranges(passage)
    first = (document.id, metadata.title, number, metadata.date, by, section, passage.number, passage.page, lines)
    last = export.cite(document, passage)
    text = passage.text
    if export.per_occurrence:
        for start, end in hit.spans or ((0, 0),):
            yield (*first, text[:start], text[start:end], text[end:], last)
    else:
        matches = "; ".join(text[start:end] for start, end in hit.spans)
        yield (*first, len(hit.spans), matches, text, last)


def inert(cell: Cell) -> Cell:
    """Return a cell that no spreadsheet takes for a formula: an apostrophe is put before what looks like one."""
    if not isinstance(cell, str):
        return cell
    return "'" + cell if _FORMULA.match(cell) else cell


def _write(export: Export, stream: TextIO, delimiter: str) -> None:
    tabs = delimiter != "\t"
    if export.bom:
        stream.write(_BOM)
    table = csv.writer(stream, delimiter=delimiter, lineterminator="\r\n" if tabs else "\n")

    def cell(value: Cell) -> Cell:
        if not isinstance(value, str):
            return value
        return inert(harmless(value if tabs else value.replace("\t", " "), tabs=True))

    table.writerow(columns(export))
    for each in export.hits:
        table.writerows(map(cell, row) for row in rows(export, each))
    table.writerow(())
    table.writerows((f"# {name}", cell(value)) for name, value in export.head.lines())
