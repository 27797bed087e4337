"""The selection: passages that a reader has marked in the window, and their export."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from pathlib import Path

from ...corpus.messages import listed, message
from ...index.library import Corpus
from ...index.model import Counts, Hit, HitWithNeighbours, IndexedDocument
from ...index.records.head import head_of
from ..destination import OutputError, is_standard_output
from ..export.interface import PassageExport
from ..export.table import format_of
from ..language.translation import ngettext
from ..output.options import OutputOptions
from ..output.search_results import passage_export
from ..output.writing import citing, write_export
from ..request import Request
from .answers import Answer

CONDITION = message("marked in zhengce browse")


@dataclass(frozen=True, slots=True)
class SelectedHit:
    """A hit that was marked, with the request that found it."""

    hit: Hit
    request: Request


class Selection:
    """The passages that are marked. A passage is marked once, whichever request finds it, and stays marked when
    another query is asked."""

    def __init__(self) -> None:
        self._selected: dict[tuple[str, int], SelectedHit] = {}

    def __len__(self) -> int:
        """Return the number of passages."""
        return len(self._selected)

    def __contains__(self, place: tuple[str, int]) -> bool:
        """Tell whether a passage is marked, given the id of its document and its number."""
        return place in self._selected

    def toggle(self, hit: Hit, request: Request) -> bool:
        """Mark a passage, or remove its mark; tell whether it is marked now."""
        place = hit.document.id, hit.passage.number
        if self._selected.pop(place, None):
            return False
        self._selected[place] = SelectedHit(hit, request)
        return True

    def all(self) -> list[SelectedHit]:
        """Return the passages in the order in which they were marked."""
        return list(self._selected.values())


def in_order(selected: Iterable[SelectedHit], documents: Sequence[IndexedDocument]) -> list[SelectedHit]:
    """Return marked passages in reading order, which that of the ``documents`` gives."""
    ranks = {document.id: rank for rank, document in enumerate(documents)}
    return sorted(selected, key=lambda each: (ranks[each.hit.document.id], each.hit.passage.number))


def selection_export(corpus: Corpus, selected: Sequence[SelectedHit], style: str | None = None) -> PassageExport:
    """Return the export of marked passages, which are written in reading order and cited in a style."""
    hits = [each.hit for each in in_order(selected, corpus.documents)]
    by_document: dict[IndexedDocument, Counts] = {}
    for hit in hits:
        counts = by_document.get(hit.document, Counts(0, 0, 1))
        by_document[hit.document] = Counts(counts.occurrences + len(hit.spans), counts.passages + 1, 1)
    total = Counts(sum(each.occurrences for each in by_document.values()), len(hits), len(by_document))
    query, conditions = queries_of(selected)
    return PassageExport(
        head=head_of(corpus, query, query, total, filters=(*conditions, CONDITION)),
        by_document=lambda: by_document,
        cite=citing(style),
        styled=style is not None,
        bom=False,
        hits=map(HitWithNeighbours, hits),
        context=False,
    )


def results_export(corpus: Corpus, answered: Answer, file: str, style: str | None = None) -> PassageExport:
    """Return the export of all hits to a file: in the order asked for, or, as `zhengce search` has it, in reading order
    where the format is for reading."""
    options, (request, sort) = OutputOptions(format=format_of(file), file=file, style=style), answered.question
    results = answered.results
    if results is None or (options.is_laid_out_export and not sort and not request.keywords):
        results = request.search(corpus, "document")
    return passage_export(corpus, results, request, None, options)


def write(export: PassageExport, file: str) -> None:
    """Write an export to a file, in the format that its ending tells.

    Raises:
        MissingWriterError: A library that the format needs is not installed.
        OutputError: The file cannot be written.
    """
    if is_standard_output(file):
        raise OutputError(message("The window uses standard output itself; give the name of a file."))
    write_export(export, OutputOptions(format=format_of(file), file=file))


def exported(marked: int, found: int) -> str:
    """Return which passages are exported, in words: those that are marked, or else all that were found."""
    if marked:
        return ngettext("{count:,} marked passage", "{count:,} marked passages", marked)
    return ngettext("all {count:,} passage", "all {count:,} passages", found)


def file_named(given: str) -> str:
    """Return the file that a name typed in the window means. No shell has read it, so ~ is replaced here."""
    file = given.strip()
    return str(Path.home() / file[2:]) if file.startswith("~/") else file


def queries_of(selected: Iterable[SelectedHit]) -> tuple[str, tuple[str, ...]]:
    """Return the queries that found the passages, each once, and their conditions. If the conditions differ, they
    stand beside each query instead."""
    requests = list(dict.fromkeys(each.request for each in selected))
    if len({each.conditions for each in requests}) == 1:
        return reduce(_beside, (each.query for each in requests)), requests[0].conditions
    return reduce(_beside, map(_with_conditions, requests)), ()


def _beside(queries: str, query: str) -> str:
    return message("{queries}; {query}", queries=queries, query=query)


def _with_conditions(request: Request) -> str:
    if not request.conditions:
        return request.query
    return message("{query} ({conditions})", query=request.query, conditions=listed(request.conditions))
