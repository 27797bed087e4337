"""Results: the passages that a search found, read from disk as they are asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from .model import Counts, Hit, IndexedDocument
from .store import ByteRange, Store


@dataclass(frozen=True, slots=True)
class Match:
    """A passage that was found: its ordinal, its score, and its occurrences in the folded texts."""

    ordinal: int
    score: float
    ranges: tuple[ByteRange, ...]


@dataclass(frozen=True, slots=True)
class TermCount:
    """In how many passages of the searched documents a term of a query stands by itself."""

    text: str
    passages: int


class Results:
    """What a search found, in the order asked for. Passages are read from disk as they are asked for."""

    def __init__(self, store: Store, matches: Sequence[Match], terms: Sequence[TermCount]) -> None:
        self._store = store
        self._matches = matches
        self.terms = tuple(terms)

    def __len__(self) -> int:
        """Return the number of passages found."""
        return len(self._matches)

    def __iter__(self) -> Iterator[Hit]:
        return self.hits()

    def hits(self, limit: int | None = None) -> Iterator[Hit]:
        """Yield the passages found, the first ``limit`` of them or all."""
        for match in self._matches[:limit]:
            passage = self._store.passage(match.ordinal)
            spans = self._store.spans(match.ordinal, passage.text, match.ranges)
            yield Hit(self._store.document(match.ordinal), passage, spans, match.score)

    @property
    def counts(self) -> Counts:
        """Return the occurrences, passages and documents found, whatever is shown of them."""
        return Counts(sum(len(match.ranges) for match in self._matches), len(self), len(self.by_document))

    @cached_property
    def by_document(self) -> dict[IndexedDocument, Counts]:
        """Return what was found in each document that has any, in reading order."""
        grouped: dict[int, list[Match]] = {}
        for match in self._matches:
            grouped.setdefault(self._store.document(match.ordinal).first, []).append(match)
        return {
            document: Counts(
                sum(len(match.ranges) for match in grouped[document.first]), len(grouped[document.first]), 1
            )
            for document in self._store.documents
            if document.first in grouped
        }
