"""Results: the passages that a search found, read from disk only as they are asked for."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import repeat
from typing import Protocol

from ..model import Counts, Hit, IndexedDocument, LocatedPassage, Occurrence, Span
from ..storage.checked_files import damaged
from ..storage.segment_files import FOLDED
from ..storage.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class TermCount:
    """The number of passages of the searched documents that hold a part of a query by itself. ``is_string`` says that
    the part is a plain string, not a pattern or several parts joined."""

    text: str
    passages: int
    is_string: bool = True


class Matches(Protocol):
    """What a way of searching has found. Passages are named by their ordinals in the snapshot."""

    conditions: tuple[str, ...]
    searched: int

    @property
    def reading(self) -> str:
        """Return the query as it was read, written in full."""

    def __len__(self) -> int:
        """Return the number of passages."""

    @property
    def terms(self) -> tuple[TermCount, ...]:
        """Return what was found of each string, pattern or word by itself."""

    @abstractmethod
    def parts(self) -> Sequence[TermCount]:
        """Return what was found of each part of the query, up to what it asks of them together."""

    @abstractmethod
    def ordinals(self) -> Sequence[int]:
        """Return the passages in reading order."""

    @abstractmethod
    def ranked(self, limit: int | None = None) -> Sequence[int]:
        """Return the passages, the most relevant first: so many of them, or all."""

    @abstractmethod
    def spans(self, ordinal: int) -> Sequence[Span]:
        """Return the occurrences in a passage, in characters of its folded text and in order."""

    @abstractmethod
    def spans_by_term(self, ordinal: int) -> Sequence[Sequence[Span]]:
        """Return where each of the terms stands by itself in a passage, in the order of ``terms``."""

    @abstractmethod
    def occurrences(self, ordinal: int) -> int:
        """Return the number of occurrences in a passage."""

    @abstractmethod
    def score(self, ordinal: int) -> float:
        """Return the relevance of a passage."""

    @abstractmethod
    def counts(self) -> Counts:
        """Return the number of occurrences, passages and documents."""


class Results:
    """What a search found, in the order asked for. Passages are read from disk as they are asked for.

    ``conditions`` are those on documents that all passages have to meet, and ``searched`` is the number of passages
    of documents that do. ``ranked`` says that the most relevant passages come first, instead of reading order.
    """

    def __init__(self, snapshot: Snapshot, matches: Matches, *, ranked: bool) -> None:
        self._snapshot = snapshot
        self._matches = matches
        self.ranked = ranked
        self.conditions = matches.conditions
        self.searched = matches.searched

    def __len__(self) -> int:
        """Return the number of passages found."""
        return len(self._matches)

    def __iter__(self) -> Iterator[Hit]:
        return self.hits()

    def hits(self, limit: int | None = None) -> Iterator[Hit]:
        """Yield the passages found, the first ``limit`` of them or all.

        Raises:
            IndexDamagedError: A file of the index is not as it was written.
        """
        matches = self._matches
        yield from map(self._hit, matches.ranked(limit) if self.ranked else matches.ordinals()[:limit])

    def hit(self, rank: int) -> Hit:
        """Return the passage found at a rank, from 0, in the order asked for.

        Raises:
            IndexError: Fewer passages were found.
            IndexDamagedError: A file of the index is not as it was written.
        """
        return self._hit(self._order[rank])

    def occurrences(self) -> Mapping[int, int]:
        """Return how many occurrences there are in each passage found, by the passages' ordinals, in reading order."""
        return {ordinal: self._matches.occurrences(ordinal) for ordinal in self._matches.ordinals()}

    def located(self, ordinal: int, *, words: bool = False) -> LocatedPassage:
        """Return a passage found with its occurrences and, with ``words``, where words begin in it.

        Raises:
            IndexDamagedError: A file of the index is not as it was written.
        """
        passage = self._snapshot.passage(ordinal)
        way_back = self._way_back(ordinal, passage.text)
        marks = sorted((*way_back(*span), term) for span, term in self._terms_of(ordinal))
        starts: tuple[int, ...] = ()
        if words:
            segment, local = self._snapshot.segment(ordinal)
            starts = tuple(way_back(offset, offset + 1)[0] for offset in segment.word_starts(local))
        return LocatedPassage(
            self._document(ordinal),
            passage,
            tuple(Occurrence((start, end), term) for start, end, term in marks),
            starts,
        )

    def fold(self, text: str) -> str:
        """Return the folded form of a text, by which texts are compared."""
        return self._snapshot.folding.fold(text)

    def _terms_of(self, ordinal: int) -> Iterator[tuple[Span, int]]:
        """Yield the occurrences in a passage, each with the number of the first term that stands there."""
        spans = self._matches.spans(ordinal)
        if not self._several:
            return zip(spans, repeat(0))
        terms: dict[Span, int] = {}
        for term, spans_of_term in enumerate(self._matches.spans_by_term(ordinal)):
            for span in spans_of_term:
                terms.setdefault(span, term)
        return ((span, terms.get(span, 0)) for span in spans)

    @cached_property
    def _several(self) -> bool:
        return len(self._matches.terms) > 1

    @property
    def reading(self) -> str:
        """Return the query as it was read, written in full; of a question, its words."""
        return self._matches.reading

    @property
    def counts(self) -> Counts:
        """Return the occurrences, passages and documents found, whatever is shown of them."""
        return self._matches.counts()

    @property
    def terms(self) -> tuple[TermCount, ...]:
        """Return what was found of each string and pattern of the query, or each word of a question, by itself."""
        return self._matches.terms

    def parts(self) -> Sequence[TermCount]:
        """Return what was found of each part of the query, up to what it asks of them together."""
        return self._matches.parts()

    @cached_property
    def by_document(self) -> dict[IndexedDocument, Counts]:
        """Return what was found in each document that has any, in reading order."""
        grouped: dict[IndexedDocument, list[int]] = {}
        passages = range(0)
        for ordinal in self._matches.ordinals():
            if ordinal not in passages:
                document = self._document(ordinal)
                passages = range(document.first, document.first + document.passages)
                grouped[document] = []
            grouped[document].append(ordinal)
        return {
            document: Counts(sum(map(self._matches.occurrences, ordinals)), len(ordinals), 1)
            for document, ordinals in grouped.items()
        }

    @cached_property
    def _order(self) -> Sequence[int]:
        """The passages in the order asked for."""
        return self._matches.ranked() if self.ranked else self._matches.ordinals()

    def _hit(self, ordinal: int) -> Hit:
        passage = self._snapshot.passage(ordinal)
        spans = self._in_text(ordinal, passage.text, self._matches.spans(ordinal))
        return Hit(self._document(ordinal), passage, spans, self._matches.score(ordinal))

    def _document(self, ordinal: int) -> IndexedDocument:
        last = self._last_document
        if last is None or not last.first <= ordinal < last.first + last.passages:
            last = self._last_document = self._snapshot.document(ordinal)
        return last

    _last_document: IndexedDocument | None = None

    def _in_text(self, ordinal: int, text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
        """Return where spans of a folded passage stand in its text. The offset map is not stored but made again, since
        few passages are shown."""
        if not spans:
            return ()
        way_back = self._way_back(ordinal, text)
        return tuple(sorted(way_back(*span) for span in spans))

    def _way_back(self, ordinal: int, text: str) -> Callable[[int, int], Span]:
        """Return the function that says where a span of a folded passage stands in its text."""
        folding = self._snapshot.folding
        segment, local = self._snapshot.segment(ordinal)
        stored = segment.folded(local)
        if folding.keeps_offsets(text, stored):
            return _unchanged
        folded = folding.fold_with_map(text)
        if folded.text != stored:
            raise damaged(segment.folder / FOLDED)
        return folded.span


def _unchanged(start: int, end: int) -> Span:
    return start, end
