"""Delimited: passages and concordances as rows of CSV and TSV, for spreadsheets and statistics; the head stands below
them."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TextIO

from ...corpus.model import Passage
from ...index.descriptions import responsible, section_path, source_ranges
from ...index.model import IndexedDocument
from ...index.search.concordance import ConcordanceLine
from ..display.layout import harmless
from .table import ConcordanceExport, Head, HitWithNeighbours, PassageExport

_PLACE = ("document", "title", "number", "date", "by", "section", "passage", "page", "lines")
PASSAGE_COLUMNS = (*_PLACE, "occurrences", "matches", "text", "citation")
LINE_COLUMNS = (*_PLACE, "term", "left", "match", "right", "citation")

Cell = str | int | None
Row = tuple[Cell, ...]
Clean = Callable[[str], str]

# A spreadsheet takes what begins so for a formula, some also the full-width forms.
_FORMULA = re.compile(r"\s*[=+\-@\t\r＝＋－＠]")
_BOM = "\ufeff"


def inert(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: an apostrophe is put before what looks like one."""
    return "'" + text if _FORMULA.match(text) else text


def _in_csv(text: str) -> str:
    # A million texts of a hundred thousand rows come here; nearly all are printable.
    return inert(text if text.isprintable() else harmless(text, tabs=True))


def _in_tsv(text: str) -> str:
    return inert(text if text.isprintable() else harmless(text.replace("\t", " "), tabs=True))


@dataclass(frozen=True, slots=True)
class Delimited:
    """A form of rows: what stands between cells, what ends a row, and what makes a text clean for a cell."""

    delimiter: str
    end: str
    clean: Clean


CSV = Delimited(",", "\r\n", _in_csv)
"""RFC 4180."""

TSV = Delimited("\t", "\n", _in_tsv)
"""A tab in a text becomes a space."""


def write_passages_csv(export: PassageExport, stream: TextIO) -> None:
    """Write a row of CSV for each passage."""
    _write_passages(export, stream, CSV)


def write_passages_tsv(export: PassageExport, stream: TextIO) -> None:
    """Write a row for each passage, tabs between its cells."""
    _write_passages(export, stream, TSV)


def write_concordance_csv(export: ConcordanceExport, stream: TextIO) -> None:
    """Write a row of CSV for each occurrence."""
    _write_concordance(export, stream, CSV)


def write_concordance_tsv(export: ConcordanceExport, stream: TextIO) -> None:
    """Write a row for each occurrence, tabs between its cells."""
    _write_concordance(export, stream, TSV)


def write_rows(
    names: Sequence[str], rows: Iterable[Row], head: Head | None, stream: TextIO, form: Delimited, *, bom: bool = False
) -> None:
    """Write rows of clean cells under the names of their columns, and below them the head of an export."""
    if bom:
        stream.write(_BOM)
    table = csv.writer(stream, delimiter=form.delimiter, lineterminator=form.end)
    table.writerow(names)
    table.writerows(rows)
    if head:
        table.writerow(())
        table.writerows((f"# {name}", form.clean(value)) for name, value in head.lines())


def passage_rows(export: PassageExport, clean: Clean) -> Iterator[tuple[HitWithNeighbours, Row]]:
    """Yield the hits, each with its row, whose texts are made ``clean``: those of a document once for its hits."""
    for document, group in groupby(export.hits, lambda each: each.hit.document):
        of_document = _document(document, clean)
        for each in group:
            passage, spans = each.hit.passage, each.hit.spans
            matches = clean("; ".join(passage.text[start:end] for start, end in spans))
            citation = clean(export.cite(document, passage))
            yield each, (*of_document, *_passage(passage, clean), len(spans), matches, clean(passage.text), citation)


def line_rows(export: ConcordanceExport, clean: Clean) -> Iterator[tuple[ConcordanceLine, Row]]:
    """Yield the lines of a concordance, each with its row, whose texts are made ``clean``: those of a document and of a
    passage once for the lines that follow each other."""
    terms = list(map(clean, export.terms))
    for document, in_document in groupby(export.lines, lambda line: line.document):
        of_document = _document(document, clean)
        for passage, in_passage in groupby(in_document, lambda line: line.passage):
            place = (*of_document, *_passage(passage, clean))
            citation = clean(export.cite(document, passage))
            for line in in_passage:
                context = (terms[line.term], clean(line.left), clean(line.match), clean(line.right))
                yield line, (*place, *context, citation)


def _write_passages(export: PassageExport, stream: TextIO, form: Delimited) -> None:
    rows = (row for _, row in passage_rows(export, form.clean))
    write_rows(PASSAGE_COLUMNS, rows, export.head, stream, form, bom=export.bom)


def _write_concordance(export: ConcordanceExport, stream: TextIO, form: Delimited) -> None:
    rows = (row for _, row in line_rows(export, form.clean))
    write_rows(LINE_COLUMNS, rows, export.head, stream, form, bom=export.bom)


def _document(document: IndexedDocument, clean: Clean) -> Row:
    metadata = document.metadata
    number = str(metadata.number) if metadata.number else ""
    return tuple(map(clean, (document.id, metadata.title, number, metadata.date or "", responsible(document) or "")))


def _passage(passage: Passage, clean: Clean) -> Row:
    return clean(section_path(passage.section)), passage.number, passage.page, source_ranges(passage)
