"""Columns: the rows that lines stand in on the page, and whether a row reaches the edge of its column.

A row is one line of the text, or several: a reader of PDFs tears a justified row apart where its gaps are wide, behind
a mark or before an opening one. The parts add up to the measure of the column.
"""

from __future__ import annotations

import itertools
import re
import statistics
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from .lines import (
    CLAUSE_ENDS,
    CLOSERS,
    OPENERS,
    SENTENCE_ENDS,
    TextLine,
    ends_clause,
    ends_sentence,
    is_bracketed,
    is_empty_field,
    starts_with_label,
    typeset_width,
)

SLACK = 4  # cells that a full row may lack, since 避头尾 moves a mark or two
INDENT = 4  # cells that a paragraph's first row lacks where its indent of two characters is lost
WIDEST_COLUMN = 120  # cells; wider lines are paragraphs that no layout has wrapped
_SHORTEST_COLUMN = 3  # rows
_WINDOW = 12  # rows looked at on either side for the measure of a column
_NARROWEST_MEASURE = 48  # cells; narrower columns are not seen torn
_OVERHANG = 2  # cells that marks may stand out beyond the measure
_MOST_PARTS = 10  # of a row
_FEWEST_TEARS = 5  # in a text, and one in so many lines
_LINES_PER_TEAR = 50

_MOST_OFF = 8  # cells by which the parts of a row may miss the measure
# What it costs to read a row so, in cells by which its width is wrong: to end a paragraph, to end without a mark as a
# title does, to break a sentence off, and to begin a paragraph where none has visibly ended.
_COST_OF_END, _COST_OF_LABEL, _COST_OF_BREAK, _COST_OF_START = 3, 5, 20, 2
_LATIN_SLACK = 2  # cells
_LATIN = re.compile(r"[A-Za-z0-9]")
_ADDRESSEES = re.compile(r"(?:单位|部门|政府|机构|委员会|[局办处司])：$")  # a notice begins below them
# What cannot be broken: opening marks, a character or Latin word, and the marks that follow.
_WORD = re.compile(r"[“‘「『（(【〔《]*(?:[A-Za-z0-9.%-]+|.)[”’」』）)】〕》，、；：。！？,;:!?…]*")
_MARKS = SENTENCE_ENDS + CLAUSE_ENDS + CLOSERS + "—．."


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """The lines from ``start`` up to ``stop`` (excluded), by index, that stand in one row of a page; its ``width`` in
    cells, whether it is of running text, and whether there is a gap before it."""

    start: int
    stop: int
    width: int
    text: bool
    gap: bool


def rows(lines: Sequence[TextLine], alone: Container[int]) -> list[PrintedLine]:
    """Return the rows that lines stand in, in their order; those of the indices ``alone`` have a row to themselves."""
    measure = _torn_measure(lines)
    found: list[PrintedLine] = []
    for start, stop in _runs(lines, alone) if measure else ((0, len(lines)),):
        ends = _row_ends(lines, start, stop, measure) if stop - start > 1 and measure else range(start + 1, stop + 1)
        for end in ends:
            first = lines[start]
            width = sum(line.width for line in lines[start:end])
            found.append(PrintedLine(start, end, width, first.role == "text" or end - start > 1, first.gap > 0))
            start = end
    return found


def column_edge(rows: Sequence[PrintedLine], index: int) -> int | None:
    """Return the width of the column that a row stands in, None where no column shows.

    A column shows in three rows or more that end near one another; the third widest is its measure, since digits and
    hanging marks make single rows wider.
    """
    if rows[index].text and rows[index].width > WIDEST_COLUMN:
        return None
    widths = sorted((row.width for row in _column(rows, index)), reverse=True)
    if len(widths) < _SHORTEST_COLUMN:
        return None
    widest, edge = widths[0], widths[_SHORTEST_COLUMN - 1]
    return None if widest > WIDEST_COLUMN or edge < widest - SLACK else edge


def has_room(
    rows: Sequence[PrintedLine], edges: Sequence[int | None], index: int, lines: Sequence[TextLine], indent: int = 0
) -> bool:
    """Say whether the first word of the row below would have found room in a row, so that it was broken on purpose.

    ``edges`` are those of the columns that the rows stand in; ``indent`` is what the row lacks of its width.
    """
    edge = edges[index]
    if edge is None or index + 1 == len(rows):
        return True
    measure = statistics.median_low(row.width for row in _column(rows, index) if row.width >= edge - SLACK)
    row, below = rows[index], lines[rows[index + 1].start].text
    # Digits and letters are of many widths.
    slack = _LATIN_SLACK if any(_LATIN.search(line.text) for line in lines[row.start : row.stop]) else 0
    word = _WORD.match(below)
    return row.width + indent + slack + (typeset_width(word[0]) if word else 0) <= measure


def loses_indents(rows: Sequence[PrintedLine], edges: Sequence[int | None], lines: Sequence[TextLine]) -> bool:
    """Say whether the text has lost the indent of its paragraphs, so that their first rows end before the edge.

    It shows in the rows that begin with a number and have another row below.
    """
    lost = kept = 0
    for index, (row, below) in enumerate(itertools.pairwise(rows)):
        edge = edges[index]
        if (
            edge is None
            or not lines[row.start].enumerator
            or lines[row.start].indent
            or below.gap
            or lines[below.start].enumerator
        ):
            continue
        if ends_sentence(lines[row.stop - 1].text):
            continue
        lost += SLACK // 2 < edge - row.width <= SLACK // 2 + INDENT
        kept += row.width >= edge - SLACK // 2
    return lost > 2 * kept


def _column(rows: Sequence[PrintedLine], index: int) -> list[PrintedLine]:
    """Return the rows near a row that share its column: those in the same run without a gap, or, where
    the run is too short to tell, all that are near."""
    near = range(max(0, index - _WINDOW), min(len(rows), index + _WINDOW + 1))
    first = next((i for i in range(index, near.start, -1) if rows[i].gap), near.start)
    last = next((i for i in range(index + 1, near.stop) if rows[i].gap), near.stop)
    run = range(first, last) if last - first >= _SHORTEST_COLUMN else near
    return [rows[i] for i in run if rows[i].text]


def _torn_measure(lines: Sequence[TextLine]) -> int | None:
    """Return the measure of a text whose rows are torn, None for all others: nobody else ends many lines with a comma
    well before the edge, in a column that is wide enough."""
    pairs = itertools.pairwise(lines)
    inner = [line for line, following in pairs if not following.gap and line.role == "text" and not line.whole]
    widths = Counter(line.width for line in inner if _NARROWEST_MEASURE <= line.width <= WIDEST_COLUMN)
    if not widths:
        return None
    measure = max(widths, key=lambda width: (widths[width], width))
    tears = sum(line.width < measure - SLACK - INDENT and line.text[-1] in "，、" for line in inner)
    return measure if tears >= max(_FEWEST_TEARS, len(lines) // _LINES_PER_TEAR) else None


def _runs(lines: Sequence[TextLine], alone: Container[int]) -> Iterator[tuple[int, int]]:
    """Yield start and stop of the lines that may stand in rows together: adjacent ones of running text."""
    start = 0
    torn = [index not in alone and _is_torn(line) for index, line in enumerate(lines)]
    for index in range(1, len(lines) + 1):
        if index == len(lines) or lines[index].gap or not (torn[index] and torn[index - 1]):
            yield start, index
            start = index


def _is_torn(line: TextLine) -> bool:
    return (line.role == "text" or is_empty_field(line.text)) and not line.whole and not line.level


def _row_ends(lines: Sequence[TextLine], start: int, stop: int, measure: int) -> list[int]:
    """Return where the rows of a run of lines end, read so that their widths fit the measure best."""
    # The least cost of reading the lines up to each, and where the last row begins then.
    costs: dict[int, tuple[float, int]] = {start: (0, start)}
    for first in range(start, stop):
        begins = first == start or lines[first].enumerator is not None or _ends_paragraph(lines[first - 1].text)
        width = 0
        for last in range(first, min(stop, first + _MOST_PARTS)):
            if last > first and not _may_tear(lines[last - 1], lines[last]):
                break
            if last > first == start and is_bracketed(lines[first].text):
                break
            width += lines[last].width
            if last > first and width > measure + _OVERHANG:
                break
            off = min(abs(measure - width), abs(measure - INDENT - width) + (0 if begins else _COST_OF_START))
            if last > first and off > _MOST_OFF:
                continue
            if last == first and off > SLACK:
                off = _cost_of_short(lines[last].text)
            cost = costs[first][0] + off
            if last + 1 not in costs or cost < costs[last + 1][0]:
                costs[last + 1] = (cost, first)
    ends = [stop]
    while (begin := costs[ends[-1]][1]) > start:
        ends.append(begin)
    return ends[::-1]


def _cost_of_short(text: str) -> int:
    if _ends_paragraph(text):
        return _COST_OF_END
    return _COST_OF_BREAK if text[-1] in "，、" else _COST_OF_LABEL


def _ends_paragraph(text: str) -> bool:
    return ends_sentence(text) or text[-1] in "：:；;"


def _may_tear(line: TextLine, following: TextLine) -> bool:
    """Say whether a row can be torn between two lines: behind a mark or before an opening one, and not where a number
    begins a paragraph."""
    if (
        _ADDRESSEES.search(line.text)
        or (following.enumerator and following.enumerator.firm)
        or (starts_with_label(following.text) and not ends_clause(line.text))
    ):
        return False
    number = line.enumerator is not None and line.enumerator.length == len(line.text)
    return number or line.text[-1] in _MARKS or following.text[0] in OPENERS + _MARKS
