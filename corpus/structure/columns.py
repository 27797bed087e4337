"""Columns: which source lines stand in one printed line, and whether that line reaches the edge of its column.

A printed line is usually one source line. PDF readers tear justified lines apart where the gaps are wide, behind a mark
or before an opening one; then one printed line is several source lines, whose widths add up to the column's measure.
No library does this for plain text: layout analysis starts from coordinates, which the text of a page has lost.
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

SLACK = 4  # cells that a full line may lack, since line-breaking rules (避头尾) move a mark or two
INDENT = 4  # cells that a paragraph's first line lacks where its indent of two characters is lost
WIDEST_COLUMN = 120  # cells; wider lines are paragraphs that no layout has wrapped
_SHORTEST_COLUMN = 3  # printed lines
_WINDOW = 12  # printed lines looked at on either side to measure a column
_NARROWEST_MEASURE = 48  # cells; lines torn apart are looked for in wider columns only
_OVERHANG = 2  # cells by which marks may hang out beyond the measure
_MOST_PARTS = 10  # source lines in a printed line
_FEWEST_TEARS = 5  # in a text, and at least one in _LINES_PER_TEAR lines
_LINES_PER_TEAR = 50

_MOST_OFF = 8  # cells by which the parts of a printed line may miss the measure
# The cost of reading a printed line so, in cells by which its width is off: it ends a paragraph, it ends without a mark
# as a title does, it breaks a sentence off, it begins a paragraph where none has visibly ended.
_COST_OF_END, _COST_OF_LABEL, _COST_OF_BREAK, _COST_OF_START = 3, 5, 20, 2
_LATIN_SLACK = 2  # cells
_LATIN = re.compile(r"[A-Za-z0-9]")
_ADDRESSEES = re.compile(r"(?:单位|部门|政府|机构|委员会|[局办处司])：$")  # a notice begins below them
# What cannot be broken: opening marks, a character or Latin word, and the marks that follow.
_WORD = re.compile(r"[“‘「『（(【〔《]*(?:[A-Za-z0-9.%-]+|.)[”’」』）)】〕》，、；：。！？,;:!?…]*")
_MARKS = SENTENCE_ENDS + CLAUSE_ENDS + CLOSERS + "—．."


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line of the printed page: the source lines from index ``start`` up to ``stop`` (excluded).

    ``width`` is in terminal cells; ``text`` marks running text, ``gap`` a gap above.
    """

    start: int
    stop: int
    width: int
    text: bool
    gap: bool


def printed_lines(lines: Sequence[TextLine], alone: Container[int]) -> list[PrintedLine]:
    """Return the printed lines of a text in order. Source lines with an index in ``alone`` are not joined to others."""
    measure = _torn_measure(lines)
    found: list[PrintedLine] = []
    for start, stop in _runs(lines, alone) if measure else ((0, len(lines)),):
        one_each = range(start + 1, stop + 1)
        for end in _printed_ends(lines, start, stop, measure) if measure and len(one_each) > 1 else one_each:
            first = lines[start]
            width = sum(line.width for line in lines[start:end])
            found.append(PrintedLine(start, end, width, first.role == "text" or end - start > 1, first.gap > 0))
            start = end
    return found


def column_edge(printed: Sequence[PrintedLine], index: int) -> int | None:
    """Return the width of the column around a printed line, None where there is no column.

    A column is three printed lines or more that end near one another. Its width is that of the third widest, since
    digits and hanging marks make single lines wider.
    """
    if printed[index].text and printed[index].width > WIDEST_COLUMN:
        return None
    widths = sorted((line.width for line in _column(printed, index)), reverse=True)
    if len(widths) < _SHORTEST_COLUMN:
        return None
    widest, edge = widths[0], widths[_SHORTEST_COLUMN - 1]
    return None if widest > WIDEST_COLUMN or edge < widest - SLACK else edge


def has_room(
    printed: Sequence[PrintedLine],
    edges: Sequence[int | None],
    index: int,
    lines: Sequence[TextLine],
    indent: int = 0,
) -> bool:
    """Say whether a printed line had room for the first word of the next one, so that it was broken on purpose.

    ``edges`` are the `column_edge` of each printed line; ``indent`` is what the line lacks of its width.
    """
    edge = edges[index]
    if edge is None or index + 1 == len(printed):
        return True
    measure = statistics.median_low(line.width for line in _column(printed, index) if line.width >= edge - SLACK)
    this, below = printed[index], lines[printed[index + 1].start].text
    # Digits and letters are of many widths.
    slack = _LATIN_SLACK if any(_LATIN.search(line.text) for line in lines[this.start : this.stop]) else 0
    word = _WORD.match(below)
    return this.width + indent + slack + (typeset_width(word[0]) if word else 0) <= measure


def loses_indents(printed: Sequence[PrintedLine], edges: Sequence[int | None], lines: Sequence[TextLine]) -> bool:
    """Say whether the text has lost the indents of its paragraphs, so that their first lines end before the edge.

    The evidence is numbered lines with another line below: most of them end two characters early.
    """
    lost = kept = 0
    for index, (this, below) in enumerate(itertools.pairwise(printed)):
        edge, first = edges[index], lines[this.start]
        if edge is None or not first.enumerator or first.indent or below.gap or lines[below.start].enumerator:
            continue
        if ends_sentence(lines[this.stop - 1].text):
            continue
        lost += SLACK // 2 < edge - this.width <= SLACK // 2 + INDENT
        kept += this.width >= edge - SLACK // 2
    return lost > 2 * kept


def _column(printed: Sequence[PrintedLine], index: int) -> list[PrintedLine]:
    """Return the printed lines that share a column with one: those around it up to the next gaps, or all that are near
    where these are too few to measure."""
    near = range(max(0, index - _WINDOW), min(len(printed), index + _WINDOW + 1))
    first = next((i for i in range(index, near.start, -1) if printed[i].gap), near.start)
    last = next((i for i in range(index + 1, near.stop) if printed[i].gap), near.stop)
    run = range(first, last) if last - first >= _SHORTEST_COLUMN else near
    return [printed[i] for i in run if printed[i].text]


def _torn_measure(lines: Sequence[TextLine]) -> int | None:
    """Return the measure of a text whose printed lines are torn apart, None for other texts.

    The evidence is many lines that end in a comma well before the edge of a column that is wide enough.
    """
    pairs = itertools.pairwise(lines)
    inner = [line for line, following in pairs if not following.gap and line.role == "text" and not line.whole]
    widths = Counter(line.width for line in inner if _NARROWEST_MEASURE <= line.width <= WIDEST_COLUMN)
    if not widths:
        return None
    measure = max(widths, key=lambda width: (widths[width], width))
    tears = sum(line.width < measure - SLACK - INDENT and line.text[-1] in "，、" for line in inner)
    return measure if tears >= max(_FEWEST_TEARS, len(lines) // _LINES_PER_TEAR) else None


def _runs(lines: Sequence[TextLine], alone: Container[int]) -> Iterator[tuple[int, int]]:
    """Yield start and stop of each run of adjacent lines of running text, which may share printed lines."""
    start = 0
    torn = [index not in alone and _is_torn(line) for index, line in enumerate(lines)]
    for index in range(1, len(lines) + 1):
        if index == len(lines) or lines[index].gap or not (torn[index] and torn[index - 1]):
            yield start, index
            start = index


def _is_torn(line: TextLine) -> bool:
    return (line.role == "text" or is_empty_field(line.text)) and not line.whole and not line.level


def _printed_ends(lines: Sequence[TextLine], start: int, stop: int, measure: int) -> list[int]:
    """Return where the printed lines of a run end: the division whose widths fit the measure best.

    Found by dynamic programming, as TeX breaks paragraphs into lines: the cost of a division is the sum of its lines'.
    """
    # The least cost of the lines up to each index, and where the last printed line begins then.
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
    """Say whether a printed line can be torn between two source lines: behind a mark or before an opening one, and not
    where a number begins a paragraph."""
    if (
        _ADDRESSEES.search(line.text)
        or (following.enumerator and following.enumerator.firm)
        or (starts_with_label(following.text) and not ends_clause(line.text))
    ):
        return False
    number = line.enumerator is not None and line.enumerator.length == len(line.text)
    return number or line.text[-1] in _MARKS or following.text[0] in OPENERS + _MARKS
