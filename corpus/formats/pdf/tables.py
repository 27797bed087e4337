"""Tables on pages: tells by the rules drawn around them which texts stand in one cell, and which cells in a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...structure.paragraphs import join
from .layout import PageRow, Rule, TextRun, rows

_TOUCH = 3.0  # points by which rules that meet may miss each other
_MOST_RULES = 2_000  # of a page; drawings have more


@dataclass(frozen=True, slots=True)
class Table:
    """The rules of one table, upright and level."""

    upright: tuple[Rule, ...]
    level: tuple[Rule, ...]

    @property
    def top(self) -> float:
        """Return the upper edge."""
        return max(rule.top for rule in self.upright)

    def holds(self, run: TextRun) -> bool:
        """Say whether a text stands within the table."""
        return self._has_point(*_centre(run))

    def encloses(self, rule: Rule) -> bool:
        """Say whether a rule is drawn within the table."""
        return self._has_point((rule.left + rule.right) / 2, (rule.bottom + rule.top) / 2)

    def _has_point(self, x: float, y: float) -> bool:
        within = min(rule.left for rule in self.level) <= x <= max(rule.right for rule in self.level)
        return within and min(rule.bottom for rule in self.upright) <= y <= self.top

    def rows(self, runs: Sequence[TextRun]) -> list[PageRow]:
        """Return the rows that texts within the table make; a cell over several rows is in the first of them."""
        cells: dict[tuple[float, float], list[TextRun]] = {}
        for run in runs:
            x, y = _centre(run)
            top = min((rule.top for rule in self.level if rule.top >= y and _spans(rule, x)), default=self.top)
            left = max((rule.left for rule in self.upright if rule.left <= x and _crosses(rule, y)), default=run.left)
            cells.setdefault((_snap(top), _snap(left)), []).append(run)
        tops = sorted({top for top, _ in cells}, reverse=True)
        found = []
        for top in tops:
            lefts = sorted(left for above, left in cells if above == top)
            found.append(PageRow(tuple(_cell(cells[top, left]) for left in lefts), table=True))
        return found


def _snap(edge: float) -> float:
    return round(edge / _TOUCH) * _TOUCH


def _centre(run: TextRun) -> tuple[float, float]:
    return (run.left + run.right) / 2, run.baseline + 0.35 * run.size


def _spans(rule: Rule, x: float) -> bool:
    return rule.left - _TOUCH <= x <= rule.right + _TOUCH


def _crosses(rule: Rule, y: float) -> bool:
    return rule.bottom - _TOUCH <= y <= rule.top + _TOUCH


def _cell(runs: Sequence[TextRun]) -> TextRun:
    """Return the lines of a cell as one."""
    lines = rows(runs)
    text = join([row.text for row in lines])
    left, right = min(run.left for run in runs), max(run.right for run in runs)
    return TextRun(text, left, right, lines[0].baseline, lines[0].size)


def tables(rules: Sequence[Rule]) -> list[Table]:
    """Return the tables among the rules of a page: rules that meet, around two cells at least."""
    if len(rules) > _MOST_RULES:
        return []
    upright = [rule for rule in rules if rule.top - rule.bottom > rule.right - rule.left]
    level = [rule for rule in rules if rule.top - rule.bottom <= rule.right - rule.left]
    groups: list[tuple[list[Rule], list[Rule]]] = []
    for rule in upright:
        met = [group for group in groups if any(_meet(rule, other) for other in group[1])]
        met_level = [other for other in level if _meet(rule, other)]
        if not met_level:
            continue
        known = {id(other) for group in met for other in group[1]}
        merged = [rule], [other for other in met_level if id(other) not in known]
        for group in met:
            merged[0].extend(group[0])
            merged[1].extend(group[1])
            groups.remove(group)
        groups.append(merged)
    return [_with_inner(Table(tuple(up), tuple(across)), upright) for up, across in groups if _has_cells(up, across)]


def _with_inner(table: Table, upright: Sequence[Rule]) -> Table:
    """Return a table with those pieces of its upright rules that meet no level one: where other columns have more
    rows, the rules are drawn in as many pieces."""
    known = set(table.upright)
    inner = [rule for rule in upright if rule not in known and table.encloses(rule)]
    return Table((*table.upright, *inner), table.level)


def _meet(upright: Rule, level: Rule) -> bool:
    across = level.left - _TOUCH <= upright.left <= level.right + _TOUCH
    return across and upright.bottom - _TOUCH <= level.bottom <= upright.top + _TOUCH


def _has_cells(upright: Sequence[Rule], level: Sequence[Rule]) -> bool:
    """Say whether rules part columns from each other rather than only frame a text."""
    return len({_snap(rule.left) for rule in upright}) > 2 and len({_snap(rule.top) for rule in level}) > 1
