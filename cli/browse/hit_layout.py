"""The layout of the list of hits at the width of the window: documents, and the hits below each."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate, chain
from typing import TYPE_CHECKING, NamedTuple

from ...index.search.matches import TermCount
from ...index.search.results import DocumentHits
from ..display.found_counts import term_counts
from ..display.layout import cells
from ..display.search_page import document_header
from ..display.wording import place_label
from .hit_lines import LINES

if TYPE_CHECKING:
    from rich.text import Text

_PLACE_SHARE = 3  # a place that takes more than a third of the width has a line of its own


class HitLine(NamedTuple):
    """A line of a hit: the rank of the hit, which of its lines it is, and the cells of the column of places."""

    rank: int
    line: int
    column: int


class HitLayout:
    """The hits of a search, by document, laid out at a width in cells. Lines are numbered from 0, and so are ranks: a
    hit's place in the list. For several ``terms``, the first lines say how often each occurs."""

    def __init__(self, groups: Sequence[DocumentHits], terms: Sequence[TermCount], width: int) -> None:
        self.groups = groups
        self.width = width
        self._terms = terms
        self._head = list(term_counts(terms, width)) if groups and len(terms) > 1 else []
        self._ordinals = list(chain.from_iterable(group.ordinals for group in groups))
        self._ranks = [0, *accumulate(len(group.ordinals) for group in groups)]
        self._headers = [list(document_header(each.document, each.counts.occurrences, width)) for each in groups]
        heights = (
            1 + len(header) + LINES * len(group.ordinals) for header, group in zip(self._headers, groups, strict=True)
        )
        # A blank line comes before each document but a first one at the top.
        self._starts = list(accumulate(heights, initial=len(self._head) - (not self._head)))
        self._columns = [self._column(group) for group in groups]

    def __len__(self) -> int:
        """Return the number of lines."""
        return max(self._starts[-1], 0)

    def at(self, width: int) -> HitLayout:
        """Return the layout of the same hits at another width."""
        return HitLayout(self.groups, self._terms, width)

    @property
    def ordinals(self) -> Sequence[int]:
        """Return the passages by rank."""
        return self._ordinals

    def line(self, number: int) -> Text | HitLine | None:
        """Return what stands in a line: text, a line of a hit, or nothing."""
        if number < len(self._head):
            return self._head[number]
        group = self._group_at(number)
        header, line = self._headers[group], number - self._starts[group] - 1
        if line < len(header):
            return header[line] if line >= 0 else None
        hit, line = divmod(line - len(header), LINES)
        return HitLine(self._ranks[group] + hit, line, self._columns[group])

    def begins(self, number: int) -> bool:
        """Tell whether a list may begin with a line: not with the second line of a hit or of a title."""
        if number < len(self._head):
            return True
        group = self._group_at(number)
        line = number - self._starts[group] - 1 - len(self._headers[group])
        return line % LINES == 0 if line >= 0 else line <= -len(self._headers[group])

    def line_of(self, rank: int) -> int:
        """Return the first line of a hit."""
        group = self.group_of(rank)
        return self._starts[group] + 1 + len(self._headers[group]) + LINES * (rank - self._ranks[group])

    def top_of(self, rank: int) -> int:
        """Return the first line to be seen with a hit: of the first one of a document, the line of its title; of the
        first one of all, the first line."""
        group = self.group_of(rank)
        if rank == self._ranks[group]:
            return self._starts[group] + 1 if group else 0
        return self.line_of(rank)

    def rank_at(self, number: int) -> int:
        """Return the rank of the hit at a line, or of the nearest one of the same document."""
        group = self._group_at(number)
        hit = (number - self.line_of(self._ranks[group])) // LINES
        return min(max(self._ranks[group] + hit, self._ranks[group]), self._ranks[group + 1] - 1)

    def group_of(self, rank: int) -> int:
        """Return the number of the document that a hit is in."""
        return bisect_right(self._ranks, rank) - 1

    def first_of(self, group: int) -> int:
        """Return the rank of the first hit of a document, or of the last or first document if there is no such."""
        return self._ranks[min(max(group, 0), len(self._ranks) - 2)]

    def _group_at(self, number: int) -> int:
        return min(max(bisect_right(self._starts, number) - 1, 0), len(self._starts) - 2)

    def _column(self, group: DocumentHits) -> int:
        """Return the cells of the column of places, or 0 if they have lines of their own."""
        needed = cells(place_label(group.document, max(group.ordinals) - group.document.first + 1))
        return needed if needed * _PLACE_SHARE <= self.width else 0
