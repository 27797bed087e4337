"""The line of the window where the query is typed; Up and Down go through the queries of before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input


class QueryInput(Input):
    """A line for a query. ``earlier`` returns the queries of before, the last one first."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("up", "recall(1)"), Binding("down", "recall(-1)")]

    def __init__(self, query: str, earlier: Callable[[], Sequence[str]]) -> None:
        super().__init__(query, id="query", compact=True, select_on_focus=False)
        self._earlier = earlier
        self._queries: Sequence[str] = (query,)
        self._position = 0

    def action_recall(self, step: int) -> None:
        """Go to an earlier query, or back to a later one; the first is what was typed."""
        if self._queries[self._position] != self.value:
            self._queries, self._position = (self.value,), 0
        if not self._position:
            self._queries = (self.value, *(each for each in self._earlier() if each != self.value))
        self._position = min(max(self._position + step, 0), len(self._queries) - 1)
        self.value = self._queries[self._position]
        self.cursor_position = len(self.value)
