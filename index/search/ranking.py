"""Ranking: how relevant a passage is to a query, by its own occurrences and those of its document."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ..storage.segment import Segment

K1, B = 1.2, 0.75
DOCUMENT_WEIGHT = 0.25
"""The weight of a document's score beside the passage's own."""

Counts = Mapping[int, int]
"""Passages of a segment, in order, each with a number of occurrences."""


class Lengths(NamedTuple):
    """The mean lengths of passages and of documents, in units of folded text."""

    passage: float
    document: float


def lengths(segments: Sequence[Segment]) -> Lengths:
    """Return the mean lengths over some segments."""
    alive = [(segment, passages) for segment in segments for passages in segment.alive]
    units = sum(segment.starts[each.stop] - segment.starts[each.start] for segment, each in alive)
    documents = sum(segment.document_count for segment in segments)
    return Lengths(units / max(1, sum(len(each) for _, each in alive)), units / max(1, documents))


def document_scores(segment: Segment, means: Lengths, found: Counts) -> dict[int, float]:
    """Return what the documents of a segment add to the scores of their passages, given what was found of a query."""
    matches, counts = list(found), list(found.values())
    scores: dict[int, float] = {}
    first = 0
    while first < len(matches):
        number = segment.document_at(matches[first])
        begin, end = segment.document_firsts[number], segment.end(number)
        last = bisect_left(matches, end, first)
        length = (segment.starts[end] - segment.starts[begin]) / means.document
        scores[number] = DOCUMENT_WEIGHT * _saturated(sum(counts[first:last]), length)
        first = last
    return scores


def passage_scores(
    segment: Segment, means: Lengths, documents: Mapping[int, float], parts: Sequence[Counts], ordinals: Iterable[int]
) -> Iterator[float]:
    """Yield the scores of passages of a segment that match a query, which must be given in order.

    ``documents`` is what their documents add, ``parts`` what was found of each part of the query. A passage's score is
    the sum over the parts of their occurrences in it, plus a quarter of the same for the occurrences in all of its
    document's passages that match: of two equal passages, the one in the more relevant document comes first. The
    score grows less and less with each further occurrence, and is higher in a shorter passage, as in BM25 (S. Robertson
    and H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009, eq. 3.15), but without
    inverse document frequency: who asks for several parts wants each of them, and to count the passages that hold each
    would mean reading them all.
    """
    starts = segment.starts
    floor, slope = K1 * (1 - B), K1 * B / means.passage
    counts_in = [part.get for part in parts]
    end, of_document = 0, 0.0
    for ordinal in ordinals:
        if ordinal >= end:
            number = segment.document_at(ordinal)
            of_document, end = documents[number], segment.end(number)
        norm = floor + slope * (starts[ordinal + 1] - starts[ordinal])
        score = of_document
        for count_in in counts_in:
            if count := count_in(ordinal, 0):
                score += (K1 + 1) * count / (count + norm)
        yield round(score, 4)


def _saturated(count: int, length: float) -> float:
    """Return the BM25 score of a number of occurrences in a text; ``length`` is in multiples of the mean length."""
    return count * (K1 + 1) / (count + K1 * (1 - B + B * length))
