"""Suggestions: words that do occur, for a term that does not."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .keywords import WordIndex


def suggest(index: WordIndex, folded: str, limit: int) -> list[tuple[str, int]]:
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

    return sorted(index.words_with(parts).items(), key=order)[:limit]
