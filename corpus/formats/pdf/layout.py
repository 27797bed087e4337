"""The layout of a page: characters joined to runs, runs to rows, rows in columns."""

from __future__ import annotations

import re
import statistics
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ...notation.numbering import find_enumerator

# Gaps and widths are in ems, that is multiples of the type size.
_SAME_LINE = 0.5  # share of its height that the smaller of two runs on one line has in common with the larger
_WORD = 0.2  # least gap between words; Latin letters stand closer
_CHINESE_WORD = 0.75  # least gap between two Chinese characters that is a space
_WIDEST_GAP = 1.0  # within a run; columns stand further apart
_OVERLAP = -1.0  # widest overlap within a run; text from OCR may be wider than the picture of it
_CELL = 1.5  # least gap between cells of a table without rules
_ROWS_OF_COLUMN = 4  # at least
_MOST_PARTS = 20  # depth to which a page is divided
_NARROWEST_COLUMN = 8.0  # a narrower one is a column of a table
_FILLED = 0.6  # share of a column's width that the median line of running text fills
_ROWS_OF_TABLE = 3  # at least, without rules
_ALIGNED = 1.0  # distance up to which left edges of cells are aligned
_WIDE_GAP = 1.5  # ratio to the usual line distance from which a line is set apart
_OTHER_SIZE = 1.15  # ratio of type sizes from which a line is set apart

_HAN = re.compile(r"[\u2e80-\u2fdf\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_MARK = re.compile(r"[\u3001-\u303f\uff00-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65“”‘’—…]")
_SPREAD = re.compile(rf"{_HAN.pattern}(?: +{_HAN.pattern})+")  # a letterspaced title: 中 华 人 民 共 和 国
_CHINESE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff“”‘’—…·]")


Box = tuple[float, float, float, float]
"""Left, bottom, right and top."""


@dataclass(frozen=True, slots=True)
class TextRun:
    """Characters side by side on one baseline. Positions are in points and grow to the right and upwards; ``size`` is
    the type size."""

    text: str
    left: float
    right: float
    baseline: float
    size: float

    @property
    def bottom(self) -> float:
        """The lower edge of the characters."""
        return self.baseline - 0.12 * self.size

    @property
    def top(self) -> float:
        """The upper edge of the characters."""
        return self.baseline + 0.88 * self.size


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line drawn on the page, vertical or horizontal."""

    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True, slots=True)
class Page:
    """A page, turned so that most of its text is upright.

    ``aside`` is text at a right angle to the rest, one tuple for each direction; ``slanting`` is text at other angles,
    such as watermarks. ``outside`` counts the characters beyond the edges of the page. ``pictured`` tells that a
    picture covers most of the page, ``empty`` that nothing is drawn on it.
    """

    box: Box
    runs: tuple[TextRun, ...]
    aside: tuple[tuple[TextRun, ...], ...]
    slanting: tuple[TextRun, ...]
    rules: tuple[Rule, ...]
    outside: int
    pictured: bool
    empty: bool

    @property
    def text(self) -> str:
        """All text, in drawing order."""
        return "".join(run.text for runs in (self.runs, *self.aside, self.slanting) for run in runs)


@dataclass(frozen=True, slots=True)
class PageRow:
    """Runs on one line of a page or of a column, from left to right."""

    runs: tuple[TextRun, ...]
    table: bool = False

    @property
    def text(self) -> str:
        """The text: the cells of a table row separated by tabs, other runs by spaces."""
        if self.table:
            return "\t".join(run.text for run in self.runs)
        joined = " ".join(run.text for run in self.runs)
        return joined.replace(" ", "") if _SPREAD.fullmatch(joined) else joined

    @property
    def left(self) -> float:
        """The left edge."""
        return self.runs[0].left

    @property
    def right(self) -> float:
        """The right edge."""
        return self.runs[-1].right

    @property
    def size(self) -> float:
        """The type size of the widest run."""
        return max(self.runs, key=lambda run: run.right - run.left).size

    @property
    def baseline(self) -> float:
        """The baseline of the widest run."""
        return max(self.runs, key=lambda run: run.right - run.left).baseline


def space_between(before: str, after: str, gap: float, size: float, spaced: bool = False) -> str:
    """Return what separates two texts on a line: a space or nothing.

    ``gap`` and ``size`` are in points; ``spaced`` tells that the file has a space character in the gap.
    """
    chinese = [bool(_CHINESE.match(character)) for character in (before[-1], after[0])]
    if spaced and not any(chinese):
        return " "
    # Chinese punctuation fills half of its square or less.
    if not spaced and gap < size and (_MARK.match(before[-1]) or _MARK.match(after[0])):
        return ""
    least = _CHINESE_WORD if all(chinese) and not spaced else _WORD
    return " " if gap >= least * size else ""


def join_runs(runs: Iterable[TextRun], rules: Sequence[Rule] = ()) -> list[TextRun]:
    """Join runs that stand close together on one line, with no vertical rule between them."""
    vertical = [rule for rule in rules if rule.top - rule.bottom > rule.right - rule.left]
    found: list[TextRun] = []
    for group in _side_by_side(runs):
        joined: list[TextRun] = []
        for run in group:
            at = next((i for i in reversed(range(len(joined))) if _adjoins(joined[i], run, vertical)), None)
            if at is None:
                joined.append(run)
            else:
                joined[at] = _join(joined[at], run)
        found.extend(joined)
    return found


def _side_by_side(runs: Iterable[TextRun]) -> list[list[TextRun]]:
    """Group runs into lines: from the top, each line from left to right."""
    groups: list[list[TextRun]] = []
    tallest: TextRun | None = None
    for run in sorted(runs, key=lambda run: -run.baseline):
        if tallest and _on_one_line(tallest, run):
            groups[-1].append(run)
            tallest = max(tallest, run, key=lambda run: run.size)
        else:
            groups.append([run])
            tallest = run
    for group in groups:
        group.sort(key=lambda run: run.left)
    return groups


def _on_one_line(one: TextRun, other: TextRun) -> bool:
    common = min(one.top, other.top) - max(one.bottom, other.bottom)
    return common >= _SAME_LINE * min(one.size, other.size)


def _adjoins(run: TextRun, following: TextRun, vertical: Sequence[Rule]) -> bool:
    gap = following.left - run.right
    size = max(run.size, following.size)
    if not _OVERLAP * size <= gap <= _WIDEST_GAP * size or not _on_one_line(run, following):
        return False
    return not any(
        run.right - 0.5 <= rule.left <= following.left + 0.5 and rule.bottom < run.baseline + 0.4 * size < rule.top
        for rule in vertical
    )


def _join(run: TextRun, following: TextRun) -> TextRun:
    larger = max(run, following, key=lambda each: each.size)
    space = space_between(run.text, following.text, following.left - run.right, larger.size)
    right = max(run.right, following.right)
    return TextRun(run.text + space + following.text, run.left, right, larger.baseline, larger.size)


def columns(runs: Sequence[TextRun], depth: int = 0) -> list[list[TextRun]]:
    """Divide runs into columns, in reading order.

    A column is found by a vertical gutter that no run crosses; the parts above and below are divided in turn.
    """
    best: tuple[int, list[TextRun], list[TextRun], list[TextRun], list[TextRun]] | None = None
    least = 2 * _ROWS_OF_COLUMN
    heights = sorted(run.baseline for run in runs)
    for gutter in sorted({round(run.right) + 1 for run in runs}) if len(runs) >= least and depth < _MOST_PARTS else ():
        for top, bottom in _bands(runs, gutter):
            if bisect_left(heights, top) - bisect_right(heights, bottom) < max(least, best[0] + 1 if best else 0):
                continue
            inside = [run for run in runs if bottom < run.baseline < top]
            left = [run for run in inside if run.left < gutter]
            right = [run for run in inside if run.left >= gutter]
            if _is_column(left) and _is_column(right):
                above = [run for run in runs if run.baseline >= top]
                best = len(inside), above, left, right, [run for run in runs if run.baseline <= bottom]
    if best is None:
        return [list(runs)] if runs else []
    return [column for part in best[1:] for column in columns(part, depth + 1)]


def _bands(runs: Sequence[TextRun], gutter: float) -> list[tuple[float, float]]:
    """Return the ranges of height, as top and bottom, in which no run crosses a gutter."""
    edge = float("inf")
    crossing = sorted({run.baseline for run in runs if run.left < gutter < run.right - 1}, reverse=True)
    edges = [edge, *crossing, -edge]
    return list(pairwise(edges))


def _is_column(runs: Sequence[TextRun]) -> bool:
    """Tell whether runs are lines of text rather than cells of a table."""
    if len(runs) < _ROWS_OF_COLUMN:
        return False
    size = statistics.median(run.size for run in runs)
    width = max(run.right for run in runs) - min(run.left for run in runs)
    if width < _NARROWEST_COLUMN * size:
        return False
    return statistics.median(run.right - run.left for run in runs) >= _FILLED * width


def plain_rows(runs: Iterable[TextRun]) -> list[PageRow]:
    """Return runs as rows, from the top."""
    return [PageRow(tuple(group)) for group in _side_by_side(runs)]


def rows(column: Iterable[TextRun]) -> list[PageRow]:
    """Return the rows of a column; rows that form a table without rules are marked."""
    found = plain_rows(column)
    cells = [_cells(row) for row in found]
    aligned = [_aligned(one, other) for one, other in pairwise(cells)]
    start = 0
    for index in range(len(found)):
        if index < len(aligned) and aligned[index]:
            continue
        if index + 1 - start >= _ROWS_OF_TABLE:
            found[start : index + 1] = [PageRow(each, table=True) for each in cells[start : index + 1]]
        start = index + 1
    return found


def _cells(row: PageRow) -> tuple[TextRun, ...]:
    """Return the cells that a row would have if it belonged to a table."""
    cells = [row.runs[0]]
    for run in row.runs[1:]:
        if run.left - cells[-1].right < _CELL * run.size:
            cells[-1] = _join(cells[-1], run)
        else:
            cells.append(run)
    # A number or bullet and its text, as in a table of contents, is no table row.
    marked = find_enumerator(f"{cells[0].text} {cells[-1].text}") or not any(map(str.isalnum, cells[0].text))
    if len(cells) == 2 and marked:
        return (_join(*cells),)
    return tuple(cells)


def _aligned(cells: Sequence[TextRun], below: Sequence[TextRun]) -> bool:
    """Tell whether cells of two rows, apart from the first ones, are aligned on the left."""
    return any(abs(cell.left - under.left) < _ALIGNED * cell.size for cell in cells[1:] for under in below[1:])


def line_distance(found: Sequence[PageRow]) -> float:
    """Return the median distance of lines, in points."""
    distances = [
        row.baseline - following.baseline
        for row, following in pairwise(found)
        if 0.8 * row.size < row.baseline - following.baseline < 4 * row.size
    ]
    return statistics.median(distances) if distances else 2 * found[0].size if found else 0.0


def is_apart(row: PageRow, following: PageRow, distance: float) -> bool:
    """Tell whether a row is set apart from the row above it by its distance or type size."""
    if max(row.size, following.size) > _OTHER_SIZE * min(row.size, following.size):
        return True
    return row.baseline - following.baseline > _WIDE_GAP * distance
