"""Ranking: BM25 over the occurrences of terms."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from .store import ByteRange, Store

K1, B = 1.2, 0.75


def bm25(store: Store, found: Sequence[Mapping[int, Sequence[ByteRange]]], passages: Sequence[int]) -> list[float]:
    """Return the score of each passage for the terms whose occurrences were found.

    A term weighs the more the fewer passages hold it, and an occurrence the more the shorter its passage.
    Lengths are in bytes of folded text. After S. Robertson and H. Zaragoza, "The Probabilistic Relevance
    Framework: BM25 and Beyond" (2009), eq. 3.15, with the inverse document frequency ``ln(1 + …)`` that
    cannot become negative.
    """
    weights = [math.log(1 + (len(store) - len(term) + 0.5) / (len(term) + 0.5)) for term in found]
    mean = store.mean_length
    scores = []
    for passage in passages:
        norm = K1 * (1 - B + B * store.length(passage) / mean)
        score = 0.0
        for weight, term in zip(weights, found, strict=True):
            count = len(term.get(passage, ()))
            score += weight * count * (K1 + 1) / (count + norm)
        scores.append(round(score, 4))
    return scores
