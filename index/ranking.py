"""Ranking: how much a passage, and the document that it is in, is about what was searched for."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence

from .segment import Segment

K1, B = 1.2, 0.75
DOCUMENT_WEIGHT = 0.25
"""What a document's score counts beside the passage's own."""

Parts = Sequence[Mapping[int, int]]
"""Of each part of a query, the passages of a segment that hold it, in order, with the number of occurrences."""


class Ranking:
    """Scores passages for the parts of a query.

    A passage's score is its BM25 for the occurrences of the parts, plus a quarter of its document's: of two
    passages alike, the one in a document about the matter comes first. A part weighs the more the fewer
    passages hold it, an occurrence the more the shorter its passage; lengths are in units of folded text.
    After S. Robertson and H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009),
    eq. 3.15, with the inverse document frequency ``ln(1 + …)`` that cannot become negative.
    """

    def __init__(self, segments: Sequence[Segment], parts: Sequence[Parts], searched: int) -> None:
        """Take the segments, what was found in each, and in how many passages it was looked for."""
        self._segments = segments
        self._parts = parts
        self._of_documents: dict[int, dict[int, float]] = {}
        found = [sum(map(len, each)) for each in zip(*parts, strict=True)]
        self._weights = [math.log(1 + (searched - count + 0.5) / (count + 0.5)) * (K1 + 1) for count in found]
        units = sum(segment.starts[-1] for segment in segments)
        self._passage_length = units / max(1, sum(map(len, segments)))
        self._document_length = units / max(1, sum(len(segment.document_firsts) for segment in segments))

    def score(self, number: int, ordinal: int) -> float:
        """Return the score of a passage of a segment."""
        return next(self.scores(number, (ordinal,)))

    def scores(self, number: int, ordinals: Iterable[int]) -> Iterator[float]:
        """Yield the scores of passages of a segment, which must be in order."""
        segment, parts = self._segments[number], self._parts[number]
        if number not in self._of_documents:
            self._of_documents[number] = self._documents(segment, parts)
        documents = self._of_documents[number]
        weights, starts = self._weights, segment.starts
        floor, slope = K1 * (1 - B), K1 * B / self._passage_length
        counts = [found.get for found in parts]
        end, of_document = 0, 0.0
        for ordinal in ordinals:
            if ordinal >= end:
                document = segment.document_at(ordinal)
                of_document, end = documents.get(document, 0.0), _end(segment, document)
            norm = floor + slope * (starts[ordinal + 1] - starts[ordinal])
            score = of_document
            for weight, count_in in zip(weights, counts, strict=True):
                if count := count_in(ordinal):
                    score += weight * count / (count + norm)
            yield round(score, 4)

    def _documents(self, segment: Segment, parts: Parts) -> dict[int, float]:
        """Return what documents add to the scores of their passages."""
        floor, slope = K1 * (1 - B), K1 * B / self._document_length
        scores: dict[int, float] = {}
        for weight, found in zip(self._weights, parts, strict=True):
            for number, count in _by_document(segment, found).items():
                first, end = segment.document_firsts[number], _end(segment, number)
                length = segment.starts[end] - segment.starts[first]
                score = weight * count / (count + floor + slope * length)
                scores[number] = scores.get(number, 0.0) + DOCUMENT_WEIGHT * score
        return scores


def _by_document(segment: Segment, found: Mapping[int, int]) -> dict[int, int]:
    """Return the number of occurrences in each document that has any."""
    ordinals, counts = list(found), list(found.values())
    totals: dict[int, int] = {}
    first = 0
    while first < len(ordinals):
        number = segment.document_at(ordinals[first])
        last = bisect_left(ordinals, _end(segment, number), first)
        totals[number] = sum(counts[first:last])
        first = last
    return totals


def _end(segment: Segment, number: int) -> int:
    """Return the passage after the last of a document."""
    after = number + 1
    return segment.document_firsts[after] if after < len(segment.document_firsts) else len(segment)
