"""The layout of a document at the width of the window. Its lines are made when they are drawn."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from ...corpus.model import Passage
from ...index.library import Corpus
from ...index.model import IndexedDocument, Occurrence
from ..display.terminal import header, lines_of, paragraph, style_of
from .hit_lines import shortened_id

if TYPE_CHECKING:
    from rich.text import Text

_ID = 24  # cells
_KEPT = 200  # passages whose lines are kept, more than a window shows
_ABOVE = 4  # a fourth of the window is above the passage that is turned to

Anchor = tuple[int, int]
"""A line at any width: the number of a passage (0: the header) and the number of lines after its beginning."""


@dataclass(frozen=True, slots=True)
class DocumentPart:
    """Consecutive passages of a document, or all of them, and the matches in each by its number."""

    document: IndexedDocument
    passages: Sequence[Passage]
    marks: Mapping[int, Sequence[Occurrence]]

    @property
    def is_whole(self) -> bool:
        """Tell whether it is all of the document."""
        return len(self.passages) == self.document.passages


def head_of(document: IndexedDocument) -> str:
    """Return what stands above a document: its id, of a long one the end, and its title unless this is in the id."""
    title, file = document.metadata.title, document.id.rsplit("/", 1)[-1]
    return file if title in file else f"{shortened_id(document.id, _ID)}  {title}"


def read_part(
    corpus: Corpus,
    document: IndexedDocument,
    marks: Mapping[int, Sequence[Occurrence]],
    numbers: range | None = None,
) -> DocumentPart:
    """Read the passages of a document that have some ``numbers`` (None: all), which are shown with some matches.

    Raises:
        IndexDamagedError: A file of the index is not as it was written.
    """
    numbers = numbers or range(1, document.passages + 1)
    return DocumentPart(document, [corpus.passage(document, number) for number in numbers], marks)


class DocumentLayout:
    """A part of a document laid out at a width in cells, as `zhengce show` prints it. Its lines are numbered from 0."""

    def __init__(self, part: DocumentPart, width: int) -> None:
        self.part = part
        self.width = width
        self._first = part.passages[0].number if part.passages else 1
        self._header = list(header(part.document, width)) if self._first == 1 else []
        # A blank line comes before each passage.
        heights = (1 + len(lines_of(passage, width)) for passage in part.passages)
        self._starts = list(accumulate(heights, initial=len(self._header)))
        self._drawn = lru_cache(_KEPT)(self._draw)

    def __len__(self) -> int:
        """Return the number of lines."""
        return self._starts[-1]

    def __contains__(self, passage: object) -> bool:
        """Tell whether it has the passage of a number."""
        return passage in range(self._first, self._first + len(self.part.passages))

    def line(self, number: int) -> Text | None:
        """Return a line, or None if it is blank."""
        passage, lines_after = self.anchor(number)
        if not passage:
            return self._header[lines_after]
        return self._drawn(passage)[lines_after - 1] if lines_after else None

    def anchor(self, number: int) -> Anchor:
        """Return the anchor of a line. The first line of a passage is the blank one before it."""
        index = bisect_right(self._starts, number) - 1
        if index < 0:
            return 0, number
        return self._first + index, number - self._starts[index]

    def line_of(self, anchor: Anchor) -> int:
        """Return the line of an anchor, or the nearest one there is: at another width, the last one of the passage."""
        passage, lines_after = anchor
        if not passage:
            return min(lines_after, len(self._header))
        index = min(max(passage - self._first, 0), len(self._starts) - 1)
        last = self._starts[index + 1] - 1 if index + 1 < len(self._starts) else self._starts[index]
        return min(self._starts[index] + lines_after, max(last, self._starts[index]))

    def lines_of(self, passage: int) -> range:
        """Return the lines of a passage, without the blank one before it."""
        index = passage - self._first
        return range(self._starts[index] + 1, self._starts[index + 1])

    def match_in(self, passage: int) -> int:
        """Return the line where the first match in a passage begins, or its first line if it has no match."""
        lines = self.lines_of(passage)
        offset = min((mark.span[0] for mark in self.part.marks.get(passage, ())), default=0)
        ends = [end for _, end in lines_of(self.part.passages[passage - self._first], self.width)]
        return min(lines.start + bisect_right(ends, offset), max(lines.stop - 1, lines.start))

    def top_for(self, passage: int, height: int) -> int:
        """Return the first line to show in a window of a height, so that a passage is seen from its beginning; if its
        first match would then be out of view, so that this is seen."""
        start, match = self.lines_of(passage).start, self.match_in(passage)
        above = height // _ABOVE
        return max(0, start - above if match < start - above + height - 1 else match - above)

    def _draw(self, number: int) -> list[Text]:
        passage = self.part.passages[number - self._first]
        marks = self.part.marks.get(number, ())
        return list(paragraph(passage, self.width, marks, style=style_of(passage)))
