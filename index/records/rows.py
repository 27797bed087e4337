"""Rows: passages, occurrences and counts as tables with named columns, for spreadsheets and data frames.

>>> from zhengce.index import open_corpus, passage_rows
>>> first = next(passage_rows(open_corpus().search("中欧班列").hits()))
>>> first.document, first.passage, first.matches
('chengyu', 17, '中欧班列; 中欧班列; 中欧班列')
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from ...corpus.messages import message
from ...corpus.model import Metadata, Passage
from ..citations import short
from ..descriptions import responsible, section_path, source_ranges
from ..model import Counts, Hit, IndexedDocument

if TYPE_CHECKING:
    from ..citations.reference import Cite
    from ..search.concordance import ConcordanceLine

Clean = Callable[[str], str]
"""Makes a text fit for a cell. It is called once for a text that several rows share."""


class PassageRow(NamedTuple):
    """A passage found. ``lines`` are its source lines, ``matches`` the texts of its occurrences with ; between them,
    and ``place`` is what every command takes: chengyu:17."""

    document: str
    title: str
    number: str
    date: str
    by: str
    section: str
    passage: int
    page: int | None
    lines: str
    occurrences: int
    matches: str
    text: str
    citation: str
    place: str


class OccurrenceRow(NamedTuple):
    """An occurrence with its context, a line of a concordance."""

    document: str
    title: str
    number: str
    date: str
    by: str
    section: str
    passage: int
    page: int | None
    lines: str
    term: str
    left: str
    match: str
    right: str
    citation: str
    place: str


class DocumentRow(NamedTuple):
    """How much was found in a document."""

    document: str
    title: str
    number: str
    date: str | None
    occurrences: int
    passages: int


class YearRow(NamedTuple):
    """How much was found in the documents of a year, or of ``unknown``."""

    year: int | str
    occurrences: int
    passages: int
    documents: int


class NeighbourRow(NamedTuple):
    """What stands beside matches, how often, and in how many percent of the occurrences."""

    neighbour: str
    occurrences: int
    percent: str


def unchanged(text: str) -> str:
    """Return a text as it is."""
    return text


def passage_rows(hits: Iterable[Hit], cite: Cite = short.cite, clean: Clean = unchanged) -> Iterator[PassageRow]:
    """Yield a row for each hit; ``cite`` makes the citations."""
    for document, group in groupby(hits, lambda hit: hit.document):
        shared = _document(document, clean)
        for hit in group:
            passage, spans = hit.passage, hit.spans
            matches = clean("; ".join(passage.text[start:end] for start, end in spans))
            cited = clean(cite(document, passage)), clean(document.place(passage.number))
            yield PassageRow._make(
                (*shared, *_passage(passage, clean), len(spans), matches, clean(passage.text), *cited)
            )


def occurrence_rows(
    lines: Iterable[ConcordanceLine], terms: Sequence[str], cite: Cite = short.cite, clean: Clean = unchanged
) -> Iterator[OccurrenceRow]:
    """Yield a row for each line of a concordance; ``terms`` are those that the lines name by number."""
    terms = list(map(clean, terms))
    for document, in_document in groupby(lines, lambda line: line.document):
        of_document = _document(document, clean)
        for passage, in_passage in groupby(in_document, lambda line: line.passage):
            shared = (*of_document, *_passage(passage, clean))
            cited = clean(cite(document, passage)), clean(document.place(passage.number))
            for line in in_passage:
                context = (terms[line.term], clean(line.left), clean(line.match), clean(line.right))
                yield OccurrenceRow._make((*shared, *context, *cited))


def document_rows(counts: Mapping[IndexedDocument, Counts]) -> Iterator[DocumentRow]:
    """Yield a row for each document in which something was found, given how much."""
    for document, found in counts.items():
        metadata = document.metadata
        yield DocumentRow(
            document.id, metadata.title, _number(metadata), metadata.date, found.occurrences, found.passages
        )


def year_rows(counts: Mapping[IndexedDocument, Counts]) -> Iterator[YearRow]:
    """Yield a row for each year in which a document with matches was made, in order."""
    years: dict[str, Counter[str]] = {}
    for document, found in counts.items():
        date = document.metadata.date
        of_year = years.setdefault(date[:4] if date else "unknown", Counter())
        of_year.update(occurrences=found.occurrences, passages=found.passages, documents=1)
    for year, of_year in sorted(years.items()):
        number = int(year) if year.isdigit() else message("unknown")
        yield YearRow(number, of_year["occurrences"], of_year["passages"], of_year["documents"])


def neighbour_rows(counted: Iterable[tuple[str, int]], total: int, clean: Clean = unchanged) -> Iterator[NeighbourRow]:
    """Yield a row for each neighbour that was counted, of ``total`` occurrences."""
    for text, count in counted:
        yield NeighbourRow(clean(text), count, f"{100 * count / total:.2f}")


def _document(document: IndexedDocument, clean: Clean) -> tuple[str, ...]:
    metadata = document.metadata
    texts = (document.id, metadata.title, _number(metadata), metadata.date or "", responsible(document) or "")
    return tuple(map(clean, texts))


def _passage(passage: Passage, clean: Clean) -> tuple[str, int, int | None, str]:
    return clean(section_path(passage.section)), passage.number, passage.page, source_ranges(passage)


def _number(metadata: Metadata) -> str:
    return str(metadata.number) if metadata.number else ""
