"""Scanning: finds every occurrence of a string in the folded texts of a segment."""

from __future__ import annotations

import mmap
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from ..storage.segment import Segment
from ..storage.segment_files import SAMPLE_UNITS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_ODD = (1).__and__


def positions(segment: Segment, folded: str, within: Sequence[range]) -> list[int]:
    """Return where a folded string stands in some ranges of passages, in units and in order; occurrences may
    overlap."""
    needle = folded.encode("utf-16-le")
    # `re` finds literal bytes faster than a loop over `find`, but not occurrences that overlap.
    search = None if _overlaps_itself(folded) else re.compile(re.escape(needle)).finditer
    found: list[int] = []
    for start, end in segment.stretches(segment.bigrams.candidates(folded), within):
        data = segment.checked(start, end)
        places = [match.start() for match in search(data, start * 2, end * 2)] if search else []
        # Bytes may match from the middle of one unit to the middle of another, and hide an occurrence.
        if search is None or any(map(_ODD, places)):
            places = _places(data, needle, start * 2, end * 2)
        found += [place >> 1 for place in places]
    return found


def _overlaps_itself(folded: str) -> bool:
    return any(folded.startswith(folded[-size:]) for size in range(1, len(folded)))


def _places(data: mmap.mmap | bytes, needle: bytes, start: int, end: int) -> list[int]:
    """Return at which bytes of some units a string of units begins."""
    places, place = list[int](), data.find(needle, start, end)
    while place >= 0:
        if not place & 1:
            places.append(place)
        place = data.find(needle, place + 1, end)
    return places


def count_by_passage(segment: Segment, positions: Iterable[int]) -> dict[int, int]:
    """Return how many of some positions lie in each passage; they must be in order."""
    starts, sampled, shift = segment.starts, segment.sampled_ordinals, SAMPLE_UNITS.bit_length() - 1
    counts: dict[int, int] = {}
    ordinal = end = 0
    for unit in positions:
        if unit < end:
            counts[ordinal] += 1
            continue
        # Written out, since a common term comes here fifty thousand times: `Segment.ordinal`.
        ordinal = sampled[unit >> shift]
        end = starts[ordinal + 1]
        while end <= unit:
            ordinal += 1
            end = starts[ordinal + 1]
        counts[ordinal] = 1
    return counts


def count_passages(segment: Segment, positions: NDArray[np.int64]) -> int:
    """Return in how many passages some positions lie, which must be in order."""
    import numpy as np

    ordinals = np.searchsorted(np.asarray(segment.starts), positions, side="right")
    return int(np.count_nonzero(np.diff(ordinals))) + 1 if len(ordinals) else 0
