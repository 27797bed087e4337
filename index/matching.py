"""Matching: finds every occurrence of a term in the folded texts, as bytes."""

from __future__ import annotations

from collections.abc import Collection

from .store import ByteRange, Store


def find(
    store: Store, folded: str, *, words: bool = False, within: Collection[range] = ()
) -> dict[int, list[ByteRange]]:
    """Return where a folded term stands, in order: passages' ordinals with the byte ranges in each.

    Occurrences that overlap count each for itself; none begins or ends within a character of the text that
    folds to several. ``words`` keeps those that begin and end at word
    boundaries; ``within`` looks in some ranges of passages only.
    """
    needle = folded.encode()
    found: dict[int, list[ByteRange]] = {}
    for passages in within or (range(len(store)),):
        position, stop = store.start(passages.start), store.start(passages.stop)
        boundary = position  # where the passage at hand ends
        ordinal = passages.start
        while (position := store.folded.find(needle, position, stop)) >= 0:
            end = position + len(needle)
            if not words or store.is_word(position, end):
                if position >= boundary:
                    ordinal = store.ordinal(position)
                    boundary = store.start(ordinal + 1)
                found.setdefault(ordinal, []).append((position, end))
            position += 1
    whole = {ordinal: list(store.whole(ordinal, ranges)) for ordinal, ranges in found.items()}
    return {ordinal: ranges for ordinal, ranges in whole.items() if ranges}
