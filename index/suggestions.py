"""Suggestions: words and strings that do occur, for a term that does not."""

from __future__ import annotations

from difflib import SequenceMatcher
from itertools import islice
from typing import TYPE_CHECKING

from .scanning import count_by_passage, positions
from .store import Store

if TYPE_CHECKING:
    from .wordindex import WordIndex

_LONGEST = 30  # characters; of a longer text, all parts would be too many to look for


def suggest(store: Store, index: WordIndex, folded: str, limit: int) -> list[tuple[str, int]]:
    """Return up to ``limit`` words of the index like a folded text, each with its number of passages.

    Candidates share two neighbouring characters with it (for a text of one character, that one); they are
    ordered by likeness (J. Ratcliff and J. Metzener, "Pattern Matching: The Gestalt Approach", 1988), then
    by frequency.
    """
    parts = {folded[i : i + 2] for i in range(len(folded) - 1)} or {folded}
    likeness = SequenceMatcher(b=folded, autojunk=False)

    def order(item: tuple[str, int]) -> tuple[float, int, str]:
        likeness.set_seq1(item[0])
        return -round(likeness.ratio(), 2), -item[1], item[0]

    # The index counts the passages of documents that are no more as well.
    likest = sorted(index.words_with(parts).items(), key=order)
    counted = ((word, _passages(store, word)) for word, _ in likest)
    return list(islice(((word, count) for word, count in counted if count), limit))


def longest_parts(store: Store, folded: str) -> list[tuple[str, int]]:
    """Return the longest parts, of two characters or more, of a folded text that occur, each with its number of
    passages, in their order in it."""
    for size in range(min(len(folded), _LONGEST) - 1, 1, -1):
        parts = dict.fromkeys(folded[start : start + size] for start in range(len(folded) - size + 1))
        if found := [(part, count) for part in parts if (count := _passages(store, part))]:
            return found
    return []


def _passages(store: Store, folded: str) -> int:
    return sum(len(count_by_passage(segment, positions(segment, folded, segment.alive))) for segment in store.segments)
