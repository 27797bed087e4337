"""Sheets: a document laid out at the width of a window, of which lines are made when they are drawn."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from ...corpus.model import Passage
from ...index.library import Corpus
from ...index.model import IndexedDocument, Span
from ..display.terminal import header, lines_of, paragraph, style_of
from ..request import Request

if TYPE_CHECKING:
    from rich.text import Text

_KEPT = 200  # passages, more than a window shows
_ABOVE = 4  # a fourth of the window stands above what is gone to

Anchor = tuple[int, int]
"""A line of a sheet at whatever width: the number of a passage, 0 for what is before the first, and how many lines
after its beginning."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What of a document is to be read: passages that follow one another, and by their numbers the matches in them."""

    document: IndexedDocument
    passages: Sequence[Passage]
    spans: Mapping[int, Sequence[Span]]

    @property
    def is_whole(self) -> bool:
        """Say whether it is all of the document."""
        return len(self.passages) == self.document.passages


def reading(
    corpus: Corpus, document: IndexedDocument, request: Request | None, numbers: range | None = None
) -> Reading:
    """Return a document to be read with what a request seeks marked in it: all of its passages, or those of some
    numbers.

    Raises:
        QueryTimeoutError: A regular expression takes too long.
        IndexDamagedError: A file of the index is not as it was written.
    """
    numbers = numbers or range(1, document.passages + 1)
    hits = (request and request.marks(corpus, document)) or ()
    return Reading(
        document,
        [corpus.passage(document, number) for number in numbers],
        {hit.passage.number: hit.spans for hit in hits},
    )


class Sheet:
    """A reading at a width in cells, as `zhengce show` lays it out; its lines are numbered from 0."""

    def __init__(self, reading: Reading, width: int) -> None:
        self.reading = reading
        self.width = width
        self._first = reading.passages[0].number if reading.passages else 1
        self._header = list(header(reading.document, width)) if self._first == 1 else []
        # A blank line stands before each passage.
        heights = (1 + len(lines_of(passage, width)) for passage in reading.passages)
        self._starts = list(accumulate(heights, initial=len(self._header)))
        self._drawn = lru_cache(_KEPT)(self._draw)

    def __len__(self) -> int:
        """Return the number of lines."""
        return self._starts[-1]

    def __contains__(self, passage: object) -> bool:
        """Say whether a passage stands on it."""
        return passage in range(self._first, self._first + len(self.reading.passages))

    def line(self, number: int) -> Text | None:
        """Return a line, or None where it is blank."""
        passage, lines_after = self.anchor(number)
        if not passage:
            return self._header[lines_after]
        return self._drawn(passage)[lines_after - 1] if lines_after else None

    def anchor(self, number: int) -> Anchor:
        """Return what stands on a line, the blank one before a passage being its first."""
        index = bisect_right(self._starts, number) - 1
        if index < 0:
            return 0, number
        return self._first + index, number - self._starts[index]

    def line_of(self, anchor: Anchor) -> int:
        """Return the line on which something stands, or what is nearest to it."""
        passage, lines_after = anchor
        if not passage:
            return lines_after
        index = min(max(passage - self._first, 0), len(self._starts) - 1)
        return self._starts[index] + lines_after

    def lines_of(self, passage: int) -> range:
        """Return the lines of a passage, without the blank one before it."""
        index = passage - self._first
        return range(self._starts[index] + 1, self._starts[index + 1])

    def match_in(self, passage: int) -> int:
        """Return the line on which the first match in a passage begins, or the passage where there is none."""
        lines = self.lines_of(passage)
        place = min((start for start, _ in self.reading.spans.get(passage, ())), default=0)
        ends = [end for _, end in lines_of(self.reading.passages[passage - self._first], self.width)]
        return min(lines.start + bisect_right(ends, place), max(lines.stop - 1, lines.start))

    def top_for(self, passage: int, height: int) -> int:
        """Return the line to begin with in a window of a height, so that a passage is seen from its beginning, or
        else its first match."""
        start, match = self.lines_of(passage).start, self.match_in(passage)
        above = height // _ABOVE
        return max(0, start - above if match < start - above + height - 1 else match - above)

    def _draw(self, number: int) -> list[Text]:
        passage = self.reading.passages[number - self._first]
        spans = self.reading.spans.get(number, ())
        return list(paragraph(passage, self.width, spans, style=style_of(passage)))
