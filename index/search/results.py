"""Results: the passages that a search found, read from disk only as they are asked for."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice, repeat
from typing import Literal, NamedTuple

from ...corpus.closed import assert_never
from ..model import Counts, Hit, IndexedDocument, LocatedPassage, Occurrence, Span
from ..storage.checked_files import damaged
from ..storage.segment_files import FOLDED
from ..storage.snapshot import Snapshot
from .matches import Matches, TermCount

Sort = Literal["relevance", "document", "date", "-date"]
"""The order of passages: by relevance, in reading order, or by the date of the document, the oldest first or last;
documents without a date come last."""

_LOOKED_AT = 1000
"""The number of the most relevant passages among which the best ones of each document are looked for."""


class DocumentHits(NamedTuple):
    """What was found in a document: how much, and the ordinals of all or some of its passages."""

    document: IndexedDocument
    counts: Counts
    ordinals: Sequence[int]


class Results:
    """What a search found, in the order asked for. Passages are read from disk as they are asked for.

    ``conditions`` are those on documents that all passages have to meet, and ``searched`` is the number of passages
    of documents that do. ``sort`` is the order.
    """

    def __init__(self, snapshot: Snapshot, matches: Matches, *, sort: Sort) -> None:
        self._snapshot = snapshot
        self._matches = matches
        self.sort = sort
        self.conditions = matches.conditions
        self.searched = sum(map(len, matches.scope))

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
        yield from map(self.hit_of, self.ordinals(limit))

    @property
    def ranked(self) -> bool:
        """Tell whether the most relevant passages come first."""
        return self.sort == "relevance"

    def ordinals(self, limit: int | None = None) -> Sequence[int]:
        """Return the ordinals of the passages found, the first ``limit`` of them or all."""
        match self.sort:
            case "relevance":
                return self._matches.ranked(limit)
            case "document":
                return self._matches.ordinals()[:limit]
            case "date" | "-date":
                return [ordinal for document in self._by_date() for ordinal in self._grouped[document]][:limit]
            case _:
                assert_never(self.sort)

    def look(self, per_document: int | None = None) -> Iterator[DocumentHits]:
        """Yield the documents found, in the order asked for, each with its first passages, or its most relevant ones
        if these come first: ``per_document`` of them, or all.

        Of very many passages only the documents of the most relevant ones are yielded, in the order of relevance.
        """
        match self.sort:
            case "relevance":
                best: dict[IndexedDocument, list[int]] = {}
                for ordinal in self._matches.ranked(_LOOKED_AT):
                    best.setdefault(self.document(ordinal), []).append(ordinal)
                for document, ranked in best.items():
                    chosen = self._grouped[document] if per_document is None else sorted(ranked[:per_document])
                    yield DocumentHits(document, self.by_document[document], chosen)
            case "document":
                for document in self._grouped:
                    yield DocumentHits(document, self.by_document[document], self._first(document, per_document))
            case "date" | "-date":
                for document in self._by_date():
                    yield DocumentHits(document, self.by_document[document], self._first(document, per_document))
            case _:
                assert_never(self.sort)

    def _first(self, document: IndexedDocument, count: int | None) -> Sequence[int]:
        """Return the first passages of a document, or all: its title and headings only if there are too few others."""
        ordinals = self._grouped[document]
        if count is None or len(ordinals) <= count:
            return ordinals
        others = list(islice((each for each in ordinals if not self._snapshot.is_heading(each)), count))
        headings = [each for each in ordinals if self._snapshot.is_heading(each)] if len(others) < count else []
        return sorted([*others, *headings[: count - len(others)]])

    def _by_date(self) -> Sequence[IndexedDocument]:
        dated = [document for document in self._grouped if document.metadata.date]
        undated = [document for document in self._grouped if not document.metadata.date]
        dated.sort(key=lambda document: document.metadata.date or "", reverse=self.sort == "-date")
        return [*dated, *undated]

    def groups(self) -> list[DocumentHits]:
        """Return all documents found, each with all of its passages, in the order asked for: a document stands where
        the first of its passages does."""
        rank = {ordinal: each for each, ordinal in enumerate(self._order)}
        groups = [
            DocumentHits(document, self.by_document[document], sorted(ordinals, key=rank.__getitem__))
            for document, ordinals in self._grouped.items()
        ]
        return sorted(groups, key=lambda group: rank[group.ordinals[0]])

    def hit(self, rank: int) -> Hit:
        """Return the passage found at a rank, from 0, in the order asked for.

        Raises:
            IndexError: Fewer passages were found.
            IndexDamagedError: A file of the index is not as it was written.
        """
        return self.hit_of(self._order[rank])

    def occurrences(self) -> Mapping[int, int]:
        """Return how many occurrences there are in each passage found, by the passages' ordinals, in reading order."""
        return {ordinal: self._matches.occurrences(ordinal) for ordinal in self._matches.ordinals()}

    def located(self, ordinal: int, *, words: bool = False) -> LocatedPassage:
        """Return a passage found with its occurrences and, with ``words``, where words begin in it.

        Raises:
            IndexDamagedError: A file of the index is not as it was written.
        """
        passage = self._snapshot.passage(ordinal)
        marks = tuple(Occurrence(span, term) for span, term in self._marks(ordinal, passage.text))
        starts: tuple[int, ...] = ()
        if words:
            segment, local = self._snapshot.segment(ordinal)
            way_back = self._way_back(ordinal, passage.text)
            starts = tuple(way_back(offset, offset + 1)[0] for offset in segment.word_starts(local))
        return LocatedPassage(self.document(ordinal), passage, marks, starts)

    def fold(self, text: str) -> str:
        """Return the folded form of a text, by which texts are compared."""
        return self._snapshot.folding.fold(text)

    def _terms_of(self, ordinal: int) -> Iterator[tuple[Span, int]]:
        """Yield the occurrences in a passage, each with the number of the first term that stands there."""
        spans = self._matches.spans(ordinal)
        if not self._matches.has_several_terms:
            return zip(spans, repeat(0))
        terms: dict[Span, int] = {}
        for term, spans_of_term in enumerate(self._matches.spans_by_term(ordinal)):
            for span in spans_of_term:
                terms.setdefault(span, term)
        return ((span, terms.get(span, 0)) for span in spans)

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
        return {
            document: Counts(sum(map(self._matches.occurrences, ordinals)), len(ordinals), 1)
            for document, ordinals in self._grouped.items()
        }

    @property
    def searched_documents(self) -> list[IndexedDocument]:
        """Return the documents that were searched, in reading order, whether or not anything was found in them: those
        that were named and meet the conditions on documents."""
        scope = self._matches.scope
        starts = [passages.start for passages in scope]
        # Ranges begin and end with documents.
        return [
            document
            for document in self._snapshot.documents
            if (index := bisect_right(starts, document.first) - 1) >= 0 and document.first in scope[index]
        ]

    def section(self, ordinal: int) -> Sequence[str]:
        """Return the headings above a passage, outermost first; a heading is in the section that it opens."""
        segment, local = self._snapshot.segment(ordinal)
        return [heading for _, heading in segment.path(segment.sections[local])]

    def text(self, ordinal: int) -> str:
        """Return the text of a passage that was searched, whether or not anything was found in it."""
        return self._snapshot.passage(ordinal).text

    @property
    def found_in(self) -> Iterable[IndexedDocument]:
        """Return the documents that have any, in reading order, without counting what is in each."""
        return self._grouped.keys()

    def documents(self) -> Iterator[tuple[IndexedDocument, Counts]]:
        """Yield the documents that have any with what was found in each: by date if passages are, else in reading
        order."""
        order = self._by_date() if self.sort in ("date", "-date") else self.by_document
        return ((document, self.by_document[document]) for document in order)

    @cached_property
    def _grouped(self) -> dict[IndexedDocument, Sequence[int]]:
        """The ordinals of the passages found, by document, in reading order."""
        grouped: dict[IndexedDocument, Sequence[int]] = {}
        ordinals, position = self._matches.ordinals(), 0
        while position < len(ordinals):
            document = self.document(ordinals[position])
            last = document.first + document.passages
            # The passages of a document follow each other, and what follows them is beyond it or, after an update,
            # before it.
            first = document.first
            end = bisect_left(ordinals, True, position, key=lambda each: not first <= each < last)
            grouped[document] = ordinals[position:end]
            position = end
        return grouped

    @cached_property
    def _order(self) -> Sequence[int]:
        """The passages in the order asked for."""
        return self.ordinals()

    def hit_of(self, ordinal: int) -> Hit:
        """Return a passage found, by its ordinal.

        Raises:
            IndexDamagedError: A file of the index is not as it was written.
        """
        passage = self._snapshot.passage(ordinal)
        marks = self._marks(ordinal, passage.text)
        spans, terms = (
            tuple(span for span, _ in marks),
            tuple(term for _, term in marks) if self._matches.has_several_terms else (),
        )
        return Hit(self.document(ordinal), passage, spans, self._matches.score(ordinal), terms)

    def _marks(self, ordinal: int, text: str) -> list[tuple[Span, int]]:
        """Return the occurrences in a passage in order, each with the number of the first term that stands there. The
        offset map is not stored but made again, since few passages are shown."""
        found = list(self._terms_of(ordinal))
        if not found:
            return []
        way_back = self._way_back(ordinal, text)
        return sorted((way_back(*span), term) for span, term in found)

    def document(self, ordinal: int) -> IndexedDocument:
        """Return the document of a passage, by the passage's ordinal."""
        last = self._last_document
        if last is None or not last.first <= ordinal < last.first + last.passages:
            last = self._last_document = self._snapshot.document(ordinal)
        return last

    _last_document: IndexedDocument | None = None

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
