"""Context: hits with their neighbouring passages, each passage shown once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, pairwise

from ...corpus.model import Passage
from ...index.library import Corpus
from ...index.model import Hit
from ...index.search.results import Results


@dataclass(frozen=True, slots=True)
class HitInContext:
    """A hit with the neighbours to show before and after it; ``follows`` says that nothing is left out
    between this and what was shown last."""

    before: tuple[Passage, ...]
    hit: Hit
    after: tuple[Passage, ...]
    follows: bool


def in_context(corpus: Corpus, results: Results, limit: int | None, context: int) -> Iterator[HitInContext]:
    """Yield the first ``limit`` hits (None: all), each with up to ``context`` neighbours on either side, less
    those that belong to the hit before or the one after."""
    shown: tuple[str, int] | None = None
    for hit, following in pairwise(chain(results.hits(limit), (None,))):
        assert hit
        document, number = hit.document, hit.passage.number
        first, last = max(1, number - context), min(document.passages, number + context)
        if shown and shown[0] == document.id and shown[1] < number:
            first = max(first, shown[1] + 1)
        if following and following.document.id == document.id and following.passage.number > number:
            last = min(last, following.passage.number - 1)
        before = tuple(corpus.passage(document, each) for each in range(first, number))
        after = tuple(corpus.passage(document, each) for each in range(number + 1, last + 1))
        yield HitInContext(before, hit, after, follows=shown == (document.id, first - 1))
        shown = document.id, last
