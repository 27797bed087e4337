"""Tables with rules: which runs stand in one cell, and which cells in one row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...structure.paragraphs import join
from .layout import PageRow, Rule, TextRun, rows

_TOUCH = 3.0  # points; rules that come this close meet
_MOST_RULES = 2_000  # on a page; a drawing has more


@dataclass(frozen=True, slots=True)
class Table:
    """The rules of one table."""

    vertical: tuple[Rule, ...]
    horizontal: tuple[Rule, ...]

    @property
    def top(self) -> float:
        """The upper edge."""
        return max(rule.top for rule in self.vertical)

    def holds(self, run: TextRun) -> bool:
        """Tell whether a run stands inside the table."""
        return self._has_point(*_centre(run))

    def encloses(self, rule: Rule) -> bool:
        """Tell whether a rule is drawn inside the table."""
        return self._has_point((rule.left + rule.right) / 2, (rule.bottom + rule.top) / 2)

    def _has_point(self, x: float, y: float) -> bool:
        within = min(rule.left for rule in self.horizontal) <= x <= max(rule.right for rule in self.horizontal)
        return within and min(rule.bottom for rule in self.vertical) <= y <= self.top

    def rows(self, runs: Sequence[TextRun]) -> list[PageRow]:
        """Return the rows of the table, given the runs inside it. A cell that spans rows belongs to the first."""
        cells: dict[tuple[float, float], list[TextRun]] = {}
        for run in runs:
            x, y = _centre(run)
            top = min((rule.top for rule in self.horizontal if rule.top >= y and _spans(rule, x)), default=self.top)
            left = max((rule.left for rule in self.vertical if rule.left <= x and _crosses(rule, y)), default=run.left)
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
    """Return the lines of a cell joined into one run."""
    lines = rows(runs)
    text = join([row.text for row in lines])
    left, right = min(run.left for run in runs), max(run.right for run in runs)
    return TextRun(text, left, right, lines[0].baseline, lines[0].size)


def find_tables(rules: Sequence[Rule]) -> list[Table]:
    """Return the tables of a page: groups of rules that meet and enclose at least two columns."""
    if len(rules) > _MOST_RULES:
        return []
    vertical = [rule for rule in rules if rule.top - rule.bottom > rule.right - rule.left]
    horizontal = [rule for rule in rules if rule.top - rule.bottom <= rule.right - rule.left]
    groups: list[tuple[list[Rule], list[Rule]]] = []
    for rule in vertical:
        met = [group for group in groups if any(_meet(rule, other) for other in group[1])]
        met_horizontal = [other for other in horizontal if _meet(rule, other)]
        if not met_horizontal:
            continue
        known = {id(other) for group in met for other in group[1]}
        merged = [rule], [other for other in met_horizontal if id(other) not in known]
        for group in met:
            merged[0].extend(group[0])
            merged[1].extend(group[1])
            groups.remove(group)
        groups.append(merged)
    return [_with_inner(Table(tuple(up), tuple(across)), vertical) for up, across in groups if _has_cells(up, across)]


def _with_inner(table: Table, vertical: Sequence[Rule]) -> Table:
    """Return a table with the vertical rules inside it that meet no horizontal rule: a vertical rule may be drawn in as
    many parts as another column has rows."""
    known = set(table.vertical)
    inner = [rule for rule in vertical if rule not in known and table.encloses(rule)]
    return Table((*table.vertical, *inner), table.horizontal)


def _meet(vertical: Rule, horizontal: Rule) -> bool:
    across = horizontal.left - _TOUCH <= vertical.left <= horizontal.right + _TOUCH
    return across and vertical.bottom - _TOUCH <= horizontal.bottom <= vertical.top + _TOUCH


def _has_cells(vertical: Sequence[Rule], horizontal: Sequence[Rule]) -> bool:
    """Tell whether rules separate columns rather than only frame a text."""
    return len({_snap(rule.left) for rule in vertical}) > 2 and len({_snap(rule.top) for rule in horizontal}) > 1
