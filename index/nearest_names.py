"""The documents whose names are most like a name that means none of them.

Names are compared as J. Ratcliff and J. Metzener do ("Pattern Matching: The Gestalt Approach", 1988), which takes 60 µs
a name. So first it is looked up, for all names at once, how much of the name asked for each of them could have at most.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

_COMPARED = 100  # characters of a name; a longer one would take long to compare
_STATE = "中华人民共和国"
_BESIDE_CORE = re.compile(rf"{_STATE}|\s*\([^()]*\)$")
_NEVER_FOLDED = "\n"

Names = Sequence[str]
"""The names of one document, folded."""


class Likeness(NamedTuple):
    """How like a name is to the one asked for; greater is more like.

    Whether both are the same but for 中华人民共和国 and a version in brackets, whether one begins with the other, which
    share of the one asked for is in runs of two or more that both have, and the ratio of Ratcliff and Metzener.
    """

    is_same: bool
    begins: bool
    share: float
    ratio: float


def fold_all(texts: Sequence[str], fold: Callable[[str], str]) -> list[str]:
    """Return the folded forms of texts. They are folded in one go, which takes a tenth of the time: a tab between two
    of them stays one."""
    folded = fold("\t".join(filter(None, texts))).split("\t")
    if len(folded) != sum(map(bool, texts)) or any("\t" in text for text in texts):
        return [fold(text) for text in texts]
    each = iter(folded)
    return [next(each) if text else "" for text in texts]


def nearest(documents: Sequence[Names], asked: str, least: float, count: int) -> list[int]:
    """Return which of some documents have a name that is the same as a folded name or begins with it or has at least a
    share of it: at most ``count``, the most like it first."""
    asked = asked[:_COMPARED]
    likeness = _Likenesses(asked)
    most = _greatest_shares(documents, asked)
    first = {index: None for index, names in enumerate(documents) if any(map(likeness.may_begin, names))}
    rest = sorted((index for index in range(len(documents)) if index not in first), key=lambda index: -most[index])
    best: list[tuple[Likeness, int]] = []
    for index in (*first, *rest):
        at_most = Likeness(False, False, most[index], 1.0)
        beaten = len(best) == count and at_most < best[-1][0]
        if index not in first and (beaten or at_most.share < least):
            break
        found = max(map(likeness.of, documents[index]))
        if found.begins or found.share >= least:
            best = sorted([*best, (found, index)], key=lambda each: (*(-value for value in each[0]), each[1]))[:count]
    return [index for _, index in best]


def _greatest_shares(documents: Sequence[Names], asked: str) -> list[float]:
    """Return for each document the share of a name that stands in pairs of characters which one of its names has."""
    joined = _NEVER_FOLDED.join(name for names in documents for name in names) + _NEVER_FOLDED
    starts = list(accumulate((len(name) + 1 for names in documents for name in names), initial=0))
    covered = [0] * len(starts)
    for place, pair in enumerate(map("".join, pairwise(asked))):
        position = joined.find(pair)
        while position >= 0:
            index = bisect_right(starts, position) - 1
            covered[index] |= 0b11 << place
            position = joined.find(pair, starts[index + 1])
    shares, first = [], 0
    for names in documents:
        most = max((each.bit_count() for each in covered[first : first + len(names)]), default=0)
        shares.append(most / max(1, len(asked)))
        first += len(names)
    return shares


class _Likenesses:
    """Compares names with the one that is ``asked`` for."""

    def __init__(self, asked: str) -> None:
        from difflib import SequenceMatcher

        self._asked, self._core = asked, _core(asked)
        self._matcher = SequenceMatcher(b=asked, autojunk=False)
        self._known: dict[str, Likeness] = {}

    def may_begin(self, name: str) -> bool:
        """Say whether a name may begin as the one asked for does, or be the same; few names do."""
        start = self._core[:2]
        return start in name or (_STATE in name and all(character in name for character in start))

    def of(self, name: str) -> Likeness:
        """Return how like a name is to the one asked for."""
        if name not in self._known:
            self._known[name] = self._compared(name)
        return self._known[name]

    def _compared(self, name: str) -> Likeness:
        core, other, asked = self._core, _core(name), self._asked
        begins = min(len(core), len(other)) > 1 and (core.startswith(other) or other.startswith(core))
        if len(asked) > 1 and asked in name:
            return Likeness(core == other, begins, 1.0, 2 * len(asked) / (len(asked) + len(name)))
        self._matcher.set_seq1(name)
        common = sum(block.size for block in self._matcher.get_matching_blocks() if block.size > 1)
        return Likeness(core == other, begins, common / max(len(asked), 1), self._matcher.ratio())


def _core(folded: str) -> str:
    """Return a name without the folder, 中华人民共和国, and the version in brackets behind it."""
    return _BESIDE_CORE.sub("", folded.rpartition("/")[2])
