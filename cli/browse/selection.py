"""Marks: passages that a reader has marked in a window, and what is written of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ...index.citations import short
from ...index.library import Corpus
from ...index.model import Counts, Hit, HitWithNeighbours, IndexedDocument
from ...index.records.head import head_of
from ..destination import STANDARD_OUTPUT, OutputError
from ..export.interface import PassageExport
from ..export.table import format_of
from ..output.options import OutputOptions
from ..output.writing import write_export
from ..request import Request

CONDITION = "marked in zhengce browse"


@dataclass(frozen=True, slots=True)
class Marked:
    """A hit that was marked, with the request that it answers."""

    hit: Hit
    request: Request


class Marks:
    """The passages that are marked, each once, whatever requests come after."""

    def __init__(self) -> None:
        self._marked: dict[tuple[str, int], Marked] = {}

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._marked)

    def __contains__(self, place: tuple[str, int]) -> bool:
        """Say whether a passage is marked, given by the id of its document and its number."""
        return place in self._marked

    def toggle(self, hit: Hit, request: Request) -> bool:
        """Mark a passage, or take its mark away; say which it was."""
        place = hit.document.id, hit.passage.number
        if self._marked.pop(place, None):
            return False
        self._marked[place] = Marked(hit, request)
        return True

    def all(self) -> list[Marked]:
        """Return them in the order in which they were marked."""
        return list(self._marked.values())


def in_order(marked: Iterable[Marked], documents: Sequence[IndexedDocument]) -> list[Marked]:
    """Return marked passages in reading order, given the documents in theirs."""
    places = {document.id: place for place, document in enumerate(documents)}
    return sorted(marked, key=lambda each: (places[each.hit.document.id], each.hit.passage.number))


def export_of_marks(corpus: Corpus, marked: Sequence[Marked]) -> PassageExport:
    """Return the export of passages, given as they were marked; they are written in reading order."""
    hits = [each.hit for each in in_order(marked, corpus.documents)]
    by_document: dict[IndexedDocument, Counts] = {}
    for hit in hits:
        counts = by_document.get(hit.document, Counts(0, 0, 1))
        by_document[hit.document] = Counts(counts.occurrences + len(hit.spans), counts.passages + 1, 1)
    total = Counts(sum(each.occurrences for each in by_document.values()), len(hits), len(by_document))
    query, conditions = queries_of(marked)
    return PassageExport(
        head=head_of(corpus, query, query, total, filters=(*conditions, CONDITION)),
        by_document=lambda: by_document,
        cite=short.cite,
        styled=False,
        bom=False,
        hits=map(HitWithNeighbours, hits),
        context=False,
    )


def write(export: PassageExport, file: str) -> None:
    """Write an export to a file, in the format that its ending tells.

    Raises:
        MissingWriterError: A library is not installed that the format needs.
        OutputError: The file cannot be written.
    """
    if file == STANDARD_OUTPUT:
        raise OutputError("The window has taken standard output; give the name of a file.")
    write_export(export, OutputOptions(format=format_of(file), file=file))


def file_named(given: str) -> str:
    """Return the name of a file that was asked for in a window, where no shell has read it: ~ is the user's home."""
    file = given.strip()
    return str(Path.home() / file[2:]) if file.startswith("~/") else file


def queries_of(marked: Iterable[Marked]) -> tuple[str, tuple[str, ...]]:
    """Return what was asked for, each query once, and the conditions of them all; where these are not the same, each
    query has its own beside it."""
    requests = list(dict.fromkeys(each.request for each in marked))
    if len({each.conditions for each in requests}) == 1:
        return "; ".join(each.query for each in requests), requests[0].conditions
    said = (f"{each.query} ({', '.join(each.conditions)})" if each.conditions else each.query for each in requests)
    return "; ".join(said), ()
