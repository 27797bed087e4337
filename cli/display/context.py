"""Hits with their neighbouring passages, without showing a passage twice."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, pairwise

from ...index.library import Corpus
from ...index.model import HitWithNeighbours
from ...index.search.results import Results


def in_context(
    corpus: Corpus, results: Results, limit: int | None, before: int, after: int
) -> Iterator[HitWithNeighbours]:
    """Yield the first ``limit`` hits (None: all), each with up to so many neighbours ``before`` and ``after`` it. A
    passage between two hits is a neighbour of only one of them."""
    shown: tuple[str, int] | None = None
    for hit, following in pairwise(chain(results.hits(limit), (None,))):
        assert hit
        document, number = hit.document, hit.passage.number
        first, last = max(1, number - before), min(document.passages, number + after)
        if shown and shown[0] == document.id and shown[1] < number:
            first = max(first, shown[1] + 1)
        if following and following.document.id == document.id and following.passage.number > number:
            last = min(last, following.passage.number - 1)
        yield HitWithNeighbours(
            hit,
            tuple(corpus.passage(document, each) for each in range(first, number)),
            tuple(corpus.passage(document, each) for each in range(number + 1, last + 1)),
            follows=shown == (document.id, first - 1),
        )
        shown = document.id, last
