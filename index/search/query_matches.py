"""Exact search: the passages that match a query, their occurrences and their ranks."""

from __future__ import annotations

import heapq
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from ..model import Counts, Span
from ..query.ast import (
    Alias,
    And,
    Dates,
    Field,
    Node,
    Not,
    Or,
    Regex,
    Term,
    Wildcard,
    found_children,
    ranked_parts,
    string_nodes,
)
from ..query.writer import write
from ..storage.segment import Segment
from ..storage.snapshot import Snapshot
from .conditions import DocumentNode, documents_with, is_on_documents
from .deadline import Deadline
from .evaluator import Evaluator, PassageCounts
from .matches import TermCount
from .ranking import Lengths, document_scores, lengths, passage_scores
from .scopes import in_segment, intersect, joined


class QueryMatches:
    """The passages that match the root of a query, with what is needed to rank and to show them.

    Raises:
        QueryTimeoutError: A regular expression takes too long.
        IndexDamagedError: A file of the index is not as it was written.
    """

    def __init__(self, snapshot: Snapshot, root: Node, within: Sequence[range]) -> None:
        """``within`` are the ranges of passages to look in."""
        self._snapshot = snapshot
        self._root = root
        conditions = _conditions(root)
        self._deadline = deadline = Deadline()
        scopes = [_scope(segment, snapshot, conditions, within) for segment in snapshot.segments]
        self._evaluators = [
            Evaluator(segment, snapshot.folding, scope, deadline)
            for segment, scope in zip(snapshot.segments, scopes, strict=True)
        ]
        self._found: list[PassageCounts] = [evaluator.find(root) for evaluator in self._evaluators]
        self.conditions = tuple(map(write, conditions))
        self.scope: Sequence[range] = joined(snapshot.segments, scopes)

    @property
    def reading(self) -> str:
        """Return the query as it was read, written in full."""
        return write(self._root)

    @cached_property
    def terms(self) -> tuple[TermCount, ...]:
        """Return what was found of each string and pattern by itself."""
        return tuple(map(self._count, string_nodes(self._root)))

    @cached_property
    def has_several_terms(self) -> bool:
        """Tell whether there are several terms, without looking for them."""
        return len(string_nodes(self._root)) > 1

    def parts(self) -> Sequence[TermCount]:
        """Return what was found of each part of the query, up to what it asks of them together."""
        return list(map(self._count, dict.fromkeys(_parts(self._root))))

    def _count(self, part: Node) -> TermCount:
        # The evaluators remember what they found on the way to the whole query.
        passages = sum(len(evaluator.find(part)) for evaluator in self._evaluators)
        if isinstance(part, (Term, Wildcard, Regex)):
            return TermCount(part.text, passages, is_string=isinstance(part, Term))
        return TermCount(write(part), passages, is_string=False)

    def __len__(self) -> int:
        """Return the number of passages."""
        return sum(map(len, self._found))

    def ordinals(self) -> Sequence[int]:
        """Return the passages in reading order."""
        return self._snapshot.in_reading_order(self._ordinals)

    def ranked(self, limit: int | None = None) -> Sequence[int]:
        """Return the passages, the most relevant first: so many of them, or all."""
        scores = (score for number, found in enumerate(self._found) for score in self._scores(number, found))
        order = self._ordinals if self._snapshot.in_order else map(self._snapshot.reading_rank, self._ordinals)
        keyed = ((-score, rank, ordinal) for score, rank, ordinal in zip(scores, order, self._ordinals, strict=True))
        chosen = sorted(keyed) if limit is None else heapq.nsmallest(limit, keyed)
        return [ordinal for _, _, ordinal in chosen]

    def spans(self, ordinal: int) -> Sequence[Span]:
        """Return the occurrences in a passage, in characters of its folded text and in order."""
        number, local = self._segment_of(ordinal)
        self._deadline.renew()
        return self._evaluators[number].spans(self._root, local) or ()

    def spans_by_term(self, ordinal: int) -> Sequence[Sequence[Span]]:
        """Return where each string and pattern stands by itself in a passage, in the order of ``terms``."""
        number, local = self._segment_of(ordinal)
        self._deadline.renew()
        return [self._evaluators[number].spans(node, local) or () for node in string_nodes(self._root)]

    def occurrences(self, ordinal: int) -> int:
        """Return the number of occurrences in a passage."""
        number, local = self._segment_of(ordinal)
        return self._found[number][local]

    def score(self, ordinal: int) -> float:
        """Return the relevance of a passage."""
        number, local = self._segment_of(ordinal)
        return next(self._scores(number, (local,)))

    def counts(self) -> Counts:
        """Return the number of occurrences, passages and documents."""
        occurrences = sum(sum(found.values()) for found in self._found)
        documents = sum(map(_documents, self._snapshot.segments, self._found))
        return Counts(occurrences, len(self), documents)

    @cached_property
    def _ordinals(self) -> list[int]:
        segments = self._snapshot.segments
        return [segment.base + each for segment, found in zip(segments, self._found, strict=True) for each in found]

    def _scores(self, number: int, ordinals: Iterable[int]) -> Iterator[float]:
        """Yield the scores of passages of a segment, in order."""
        segment = self._snapshot.segments[number]
        return passage_scores(segment, self._lengths, self._of_documents[number], self._parts[number], ordinals)

    @cached_property
    def _lengths(self) -> Lengths:
        return lengths(self._snapshot.segments)

    @cached_property
    def _of_documents(self) -> list[dict[int, float]]:
        each = zip(self._snapshot.segments, self._found, strict=True)
        return [document_scores(segment, self._lengths, found) for segment, found in each]

    @cached_property
    def _parts(self) -> list[list[PassageCounts]]:
        """What was found of the parts that passages are ranked by, for each segment."""
        return [
            [evaluator.part(part, self._root) for part in ranked_parts(self._root)] for evaluator in self._evaluators
        ]

    def _segment_of(self, ordinal: int) -> tuple[int, int]:
        """Return the number of a passage's segment, and its ordinal there."""
        segment, local = self._snapshot.segment(ordinal)
        return self._snapshot.segments.index(segment), local


def _parts(node: Node) -> Iterator[Node]:
    """Yield the parts of a node, each after its own parts; what is to be absent is one part."""
    for child in found_children(node):
        yield from _parts(child)
    if not isinstance(node, (And, Or, Alias)):
        yield node


def _conditions(root: Node) -> list[DocumentNode]:
    """Return the conditions on documents that every passage must meet."""
    match root:
        case And(operands):
            return [condition for operand in operands for condition in _conditions(operand)]
        case Alias(operand=operand):
            return _conditions(operand)
        case Field() | Dates() | Or() | Not() if is_on_documents(root):
            return [root]
    return []


def _scope(
    segment: Segment, snapshot: Snapshot, conditions: Sequence[DocumentNode], within: Sequence[range]
) -> list[range]:
    """Return where to look in a segment: some ranges of passages, in the documents that meet conditions."""
    scope = in_segment(segment, within)
    for condition in conditions:
        scope = intersect(scope, documents_with(condition, segment, snapshot.folding))
    return scope


def _documents(segment: Segment, found: PassageCounts) -> int:
    """Return the number of documents that passages lie in, by jumping from one document to the next."""
    ordinals, firsts = list(found), segment.document_firsts
    count = position = 0
    while position < len(ordinals):
        count += 1
        after = segment.document_at(ordinals[position]) + 1
        if after == len(firsts):
            break
        position = bisect_left(ordinals, firsts[after], position)
    return count
