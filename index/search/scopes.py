"""Scopes: the ranges of passages that a search looks in."""

from __future__ import annotations

from collections.abc import Sequence

from ..storage.segment import Segment


def in_segment(segment: Segment, within: Sequence[range]) -> list[range]:
    """Return the parts of some ranges of passages that lie in a segment, by the segment's own ordinals."""
    local = [range(each.start - segment.base, each.stop - segment.base) for each in within]
    return intersect(local, segment.alive)


def intersect(one: Sequence[range], other: Sequence[range]) -> list[range]:
    """Return the ranges that lie in both; either is in order and without overlap."""
    common: list[range] = []
    first = second = 0
    while first < len(one) and second < len(other):
        start, stop = max(one[first].start, other[second].start), min(one[first].stop, other[second].stop)
        if start < stop:
            common.append(range(start, stop))
        if one[first].stop < other[second].stop:
            first += 1
        else:
            second += 1
    return common


def joined(segments: Sequence[Segment], scopes: Sequence[Sequence[range]]) -> list[range]:
    """Return the ranges given for each of some segments, by the ordinals of the snapshot."""
    return [
        range(each.start + segment.base, each.stop + segment.base)
        for segment, scope in zip(segments, scopes, strict=True)
        for each in scope
    ]
