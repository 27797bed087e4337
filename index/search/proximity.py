"""Proximity: which spans of two sides stand near each other, or within the same sentences."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from ..model import Span

_SENTENCE_END = r'[。!?]+[")]*'


def spans_before(left: Sequence[Span], right: Sequence[Span], distance: int) -> set[Span]:
    """Return the spans of all pairs of which the left one ends at most ``distance`` characters before the right one
    begins. Both sides are in order."""
    starts = [start for start, _ in right]
    chosen: set[Span] = set()
    for span in left:
        followers = right[bisect_left(starts, span[1]) : bisect_right(starts, span[1] + distance)]
        if followers:
            chosen.add(span)
            chosen.update(followers)
    return chosen


def spans_in_sentences(text: str, left: Sequence[Span], right: Sequence[Span], count: int) -> set[Span]:
    """Return the spans of all pairs that do not overlap and lie within ``count`` consecutive sentences of a folded
    text. Both sides are in order."""
    ends = [match.end() for match in re.finditer(_SENTENCE_END, text)]

    def sentences(span: Span) -> tuple[int, int]:
        return bisect_right(ends, span[0]), bisect_right(ends, span[1] - 1)

    placed = [(*sentences(span), span) for span in right]
    firsts = [first for first, _, _ in placed]
    chosen: set[Span] = set()
    for span in left:
        first, last = sentences(span)
        for other_first, other_last, other in placed[bisect_left(firsts, last - count + 1) :]:
            if other_first >= first + count:
                break
            apart = other[1] <= span[0] or span[1] <= other[0]
            if apart and max(last, other_last) - min(first, other_first) < count:
                chosen |= {span, other}
    return chosen
