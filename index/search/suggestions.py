"""Suggestions: words and strings that do occur, for a term that does not."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher
from itertools import groupby, islice
from typing import TYPE_CHECKING

from ..storage.snapshot import Snapshot
from .scanner import count_by_passage, positions

if TYPE_CHECKING:
    from ..storage.word_index import WordIndex

_LONGEST = 30  # characters; of a longer text, all parts would be too many to look for


def suggest(snapshot: Snapshot, index: WordIndex, folded: str, limit: int) -> list[tuple[str, int]]:
    """Return up to ``limit`` words of the index like a folded text, each with its number of passages.

    Candidates share two neighbouring characters with it that tell something (for a text of one character, that one).
    They are ordered by likeness (J. Ratcliff and J. Metzener, "Pattern Matching: The Gestalt Approach", 1988), then by
    frequency.
    """
    parts = {*_telling(folded, 2)} or {folded}
    matcher = SequenceMatcher(b=folded, autojunk=False)

    def unlikeness(word: str) -> float:
        matcher.set_seq1(word)
        return -round(matcher.ratio(), 2)

    # To look up how frequent all words are would take longer than to compare them.
    unlike = {word: unlikeness(word) for word in index.words_with(parts)}
    alike = groupby(sorted(unlike, key=unlike.__getitem__), unlike.__getitem__)
    likest = (word for _, words in alike for word in _frequent(index, words))
    return [(word, _passages(snapshot, word)) for word in islice(likest, limit)]


def _frequent(index: WordIndex, words: Iterable[str]) -> list[str]:
    """Return the words that occur, the most frequent first."""
    counts = {word: count for word in words if (count := index.frequency(word))}
    return sorted(counts, key=lambda word: (-counts[word], word))


def longest_parts(snapshot: Snapshot, folded: str) -> list[tuple[str, int]]:
    """Return the longest parts, of two characters or more, of a folded text that occur, each with its number of
    passages, in their order in it. They are without marks, and have a letter if the text has any."""
    for size in range(min(len(folded), _LONGEST) - 1, 1, -1):
        parts = _telling(folded, size)
        if found := [(part, count) for part in parts if (count := _passages(snapshot, part))]:
            return found
    return []


def _telling(folded: str, size: int) -> list[str]:
    """Return the parts of a size, each once, that tell something of a text: 2021 tells nothing of 国发〔2021〕."""
    parts = dict.fromkeys(folded[start : start + size] for start in range(len(folded) - size + 1))
    has_letters = any(map(str.isalpha, folded))
    return [part for part in parts if part.isalnum() and (not has_letters or any(map(str.isalpha, part)))]


def _passages(snapshot: Snapshot, folded: str) -> int:
    return sum(
        len(count_by_passage(segment, positions(segment, folded, segment.alive))) for segment in snapshot.segments
    )
