"""Layout: where the lines of a text stand on the printed page, as far as their widths tell."""

from __future__ import annotations

from collections.abc import Sequence

from ..notation.dates import is_date_line
from .columns import INDENT, SLACK, column_edge, has_room, loses_indents, printed_lines
from .lines import INTERRUPTING, SIGNATURE, TextLine, ends_clause, ends_sentence


class Layout:
    """The lines of a text as printed: which share a printed line, and which printed lines reach the column's edge.

    ``lines`` are the source lines and ``row`` gives the index of the printed line that each stands in; ``signing`` are
    the indices of the source lines that sign the text, and ``full`` says of each printed line whether it is full.
    """

    def __init__(self, lines: Sequence[TextLine]) -> None:
        self.lines = lines
        self.signing = _signing_lines(lines)
        self._printed = printed_lines(lines, self.signing)
        self.row = [index for index, printed in enumerate(self._printed) for _ in range(printed.start, printed.stop)]
        self._edges = [column_edge(self._printed, index) for index in range(len(self._printed))]
        self.full = [self._is_full(row) for row in range(len(self._printed))]
        self._loses_indents = loses_indents(self._printed, self._edges, lines)

    def reaches_edge(self, index: int, count: int) -> bool:
        """Say whether the source line at ``index``, the last of a block of ``count``, reaches the edge of its column.

        A block's first printed line may lack what is lost of its indent.
        """
        row = self.row[index]
        return self.full[row] or (self._is_first(row, count) and self._is_full(row, SLACK + INDENT))

    def is_wrapped(self, index: int, count: int) -> bool:
        """Say whether the column's edge broke the printed line that ends at ``index``, the last source line of a block
        of ``count``, and the next one does not look like the first of a paragraph."""
        row = self.row[index]
        indent = INDENT if self._loses_indents and self._is_first(row, count) else 0
        if not self._is_full(row, SLACK + indent) or has_room(self._printed, self._edges, row, self.lines, indent):
            return False
        return not self._looks_first(row + 1)

    def is_inside(self, index: int) -> bool:
        """Say whether the printed line of a source line goes on behind it."""
        return index + 1 < self._printed[self.row[index]].stop

    def _is_full(self, row: int, slack: int = SLACK) -> bool:
        edge = self._edges[row]
        return edge is not None and self._printed[row].width >= edge - slack

    def _is_first(self, row: int, count: int) -> bool:
        """Say whether a printed line is the first of a block that has ``count`` source lines so far."""
        return count <= self._printed[row].stop - self._printed[row].start

    def _looks_first(self, row: int) -> bool:
        """Say whether a printed line looks like the first of a paragraph that has lost its indent: it runs on, and yet
        is two characters shorter than the column."""
        above, this = self._printed[row - 1], self._printed[row]
        text = self.lines[this.stop - 1].text
        if ends_sentence(text):
            return False
        if self._loses_indents:
            return self._is_full(row, SLACK + INDENT) and has_room(self._printed, self._edges, row, self.lines)
        return 3 <= above.width - this.width <= 6 and not ends_clause(text)


def _signing_lines(lines: Sequence[TextLine]) -> set[int]:
    """Return the indices of the lines right above a date that name who signs; each is a block of its own."""
    found: set[int] = set()
    for index, line in enumerate(lines):
        above = index - 1
        if line.role != "standalone" or not is_date_line(line.text):
            continue
        while above >= 0 and (lines[above].role in INTERRUPTING or _signs(lines[above])):
            found.add(above)
            above -= 1
    return found


def _signs(line: TextLine) -> bool:
    return line.role == "text" and not line.enumerator and bool(SIGNATURE.fullmatch(line.text))
