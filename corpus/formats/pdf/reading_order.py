"""Reading order: the rows of all pages in the order they are read, each with its role."""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ...extraction import LineRole, SourceLine
from ...structure.paragraphs import join
from .headers_footers import PageRows, body_size, headers_and_footers
from .layout import Page, PageRow, Rule, TextRun, columns, is_apart, join_runs, line_distance, plain_rows, rows
from .tables import Table, find_tables

_MARGIN_LINES = 0.1  # share of a file's lines that begin at a left edge
_WIDEST_INDENT = 5.0  # ems
_SHORT_PAGE = 3.0  # lines by which the last page of a chapter ends early
_SMALLER = 0.93  # ratio of a footnote's type size to the text's
_NOTE_RULE = (0.1, 0.6)  # share of a column's width that the rule above footnotes takes
_NOTE = re.compile(r"[①-⑳⓪❶-❿*＊※†‡]|[\[［〔(（]?\d{1,2}[\]］〕)）]?(?=\s*[^\s\d.．、,，:：])|注\s*\d*\s*[：:]")
_CELL_EDGE = re.compile(r"\s*\t\s*")


@dataclass(frozen=True, slots=True)
class _OrderedLine:
    """A row with its role, its indent in ems, and whether it is set apart from the row before."""

    row: PageRow
    role: LineRole | None
    indent: float = 0.0
    apart: bool = False


@dataclass(frozen=True, slots=True)
class _PageText:
    """A page, its runs outside of tables, and its tables with the runs inside them."""

    page: Page
    runs: list[TextRun]
    tables: list[tuple[Table, list[TextRun]]]


def page_lines(pages: Sequence[tuple[int, Page]]) -> tuple[SourceLine, ...]:
    """Return the lines of numbered pages in reading order.

    Indents are written as ideographic spaces; a blank line stands between lines that are set apart.
    """
    texts = [_page_text(page) for _, page in pages]
    body = body_size(run for text in texts for run in text.runs)
    plain = [PageRows(text.page.box[1], text.page.box[3], tuple(plain_rows(text.runs))) for text in texts]
    repeated = headers_and_footers(plain, body)
    # Left and right pages may have margins of their own.
    edges = [_edges(plain[side::2], repeated[side::2]) for side in (0, 1)]
    floors = [_floor(plain[side::2], repeated[side::2]) for side in (0, 1)]
    found: list[SourceLine] = []
    number = 0
    before_early = False
    for index, (page_number, _) in enumerate(pages):
        lines = _lines(texts[index], plain[index].rows, repeated[index], edges[index % 2], body)
        fresh = before_early
        for line in lines:
            if found and (line.apart or (fresh and line.role is None)):
                found.append(SourceLine(number, "", page=page_number))
            fresh = fresh and line.role == "furniture"
            number += 1
            found.append(SourceLine(number, _text(line), line.role, page=page_number, whole=line.role == "table"))
        before_early = _ends_early(lines, floors[index % 2])
    return tuple(found)


def _text(line: _OrderedLine) -> str:
    halves = round(2 * line.indent)
    return "\u3000" * (halves // 2) + " " * (halves % 2) + line.row.text


def _page_text(page: Page) -> _PageText:
    remaining = join_runs(page.runs, page.rules)
    tables: list[tuple[Table, list[TextRun]]] = []
    for table in find_tables(page.rules):
        held = [run for run in remaining if table.holds(run)]
        if held:
            tables.append((table, held))
            remaining = [run for run in remaining if not table.holds(run)]
    return _PageText(page, remaining, tables)


def _edges(pages: Sequence[PageRows], repeated: Sequence[set[PageRow]]) -> Counter[int]:
    """Return the usual left edges of lines, in points, each with the number of lines that begin near it."""
    lefts = Counter(
        round(row.left) for page, excluded in zip(pages, repeated, strict=True) for row in page.rows
        if row not in excluded
    )  # fmt: skip
    least = _MARGIN_LINES * sum(lefts.values())
    near = {left: lefts[left - 1] + lefts[left] + lefts[left + 1] for left in list(lefts)}
    return Counter({left: count for left, count in near.items() if count >= least})


def _floor(pages: Sequence[PageRows], repeated: Sequence[set[PageRow]]) -> float:
    """Return the median height of the last line of a page, in points."""
    lowest = [
        min((row.baseline for row in page.rows if row not in excluded), default=None)
        for page, excluded in zip(pages, repeated, strict=True)
    ]
    known = [height for height in lowest if height is not None]
    return statistics.median(known) if known else 0.0


def _ends_early(lines: Sequence[_OrderedLine], floor: float) -> bool:
    text = [line.row for line in lines if line.role is None]
    return bool(text) and text[-1].baseline > floor + _SHORT_PAGE * 1.5 * text[-1].size


def _lines(
    page_text: _PageText, plain: Sequence[PageRow], repeated: set[PageRow], edges: Counter[int], body: float
) -> list[_OrderedLine]:
    """Return the lines of a page: headers, then columns and tables from the top, then footers."""
    page, excluded = page_text.page, {run for row in repeated for run in row.runs}
    text = [run for run in page_text.runs if run not in excluded]
    middle = (page.box[1] + page.box[3]) / 2
    found = [_OrderedLine(row, "furniture") for row in plain if row in repeated and row.baseline >= middle]
    # A table divides a page as a line across all columns does.
    above = float("inf")
    for table, held in sorted(page_text.tables, key=lambda each: -each[0].top):
        part = [run for run in text if table.top < run.baseline <= above]
        found.extend(_column_lines(part, edges, page.rules, body))
        found.extend(_OrderedLine(row, "table", apart=not number) for number, row in enumerate(table.rows(held)))
        above = min(above, table.top)
    found.extend(_column_lines([run for run in text if run.baseline <= above], edges, page.rules, body))
    for aside in page.aside:
        found.extend(_OrderedLine(row, "caption", apart=True) for row in rows(join_runs(aside)))
    found.extend(_OrderedLine(row, "furniture") for row in plain if row in repeated and row.baseline < middle)
    found.extend(_OrderedLine(PageRow((run,)), "furniture") for run in page.slanting)
    return found


def _column_lines(
    runs: Sequence[TextRun], edges: Counter[int], rules: Sequence[Rule], body: float
) -> list[_OrderedLine]:
    found: list[_OrderedLine] = []
    for column in columns(runs):
        left = _left(column, edges)
        there = rows(column)
        notes = _footnotes(there, rules, body)
        distance = line_distance(there)
        previous: PageRow | None = None
        for row in there[: len(there) - notes]:
            apart = is_apart(previous, row, distance) if previous else _begins_apart(found, row)
            indent = max(0.0, (row.left - left) / row.size)
            role: LineRole | None = "table" if row.table else None
            found.append(_OrderedLine(row, role, 0.0 if row.table else indent, apart))
            previous = row
        found.extend(_OrderedLine(row, "footnote") for row in _joined_notes(there[len(there) - notes :]))
    return found


def _begins_apart(found: Sequence[_OrderedLine], row: PageRow) -> bool:
    """Tell whether the first row of a column is set in another type size than the column before."""
    return bool(found) and is_apart(found[-1].row, row, float("inf"))


def _left(column: Sequence[TextRun], edges: Counter[int]) -> float:
    """Return the left edge of a column. If all of its lines are indented, it is a usual edge close by."""
    leftmost = min(run.left for run in column)
    size = statistics.median(run.size for run in column)
    usual = [edge for edge in edges if leftmost - _WIDEST_INDENT * size <= edge <= leftmost + 0.5 * size]
    return float(min(leftmost, min(usual, default=leftmost)))


def _footnotes(found: Sequence[PageRow], rules: Sequence[Rule], body: float) -> int:
    """Return the number of rows at the bottom of a column that are footnotes: in smaller type, below a short rule."""
    count = 0
    for row in reversed(found):
        if row.table or row.size >= _SMALLER * body:
            break
        count += 1
    if not 0 < count < len(found):
        return 0
    left, right = min(row.left for row in found), max(row.right for row in found)
    for start in range(len(found) - count, len(found)):
        upper, lower = found[start - 1].baseline, found[start].baseline + 0.5 * found[start].size
        for rule in rules:
            share = (rule.right - rule.left) / max(right - left, 1.0)
            across = left - 20 <= rule.left and _NOTE_RULE[0] <= share <= _NOTE_RULE[1]
            if across and rule.top - rule.bottom < 3 and lower - 3 <= rule.bottom <= upper:
                return len(found) - start
    return 0


def _joined_notes(found: Iterable[PageRow]) -> Iterator[PageRow]:
    """Yield footnotes, the lines of each joined into one row."""
    notes: list[list[PageRow]] = []
    for row in found:
        if notes and not _NOTE.match(row.text):
            notes[-1].append(row)
        else:
            notes.append([row])
    for note in notes:
        first = note[0].runs[0]
        text = join([_CELL_EDGE.sub(" ", row.text) for row in note])
        yield PageRow((TextRun(text, first.left, note[0].right, first.baseline, first.size),))
