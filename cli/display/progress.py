"""Shows the progress of a build on stderr."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from ..language.translation import gettext, ngettext
from .layout import harmless
from .messages import say

if TYPE_CHECKING:
    from ...index.indexing.build import Progress


@contextmanager
def progress_display() -> Iterator[Progress]:
    """Return a listener for a build: a bar on a terminal, elsewhere one line when it begins.

    The bar of Rich is imported only when a build begins, because most searches need none.
    """
    with ExitStack() as stack:
        bars: list[Progress] = []

        def listen(done: int, total: int, document: str) -> None:
            if not bars:
                bars.append(stack.enter_context(_bar()) if sys.stderr.isatty() else _announce)
            bars[0](done, total, document)

        yield listen


@contextmanager
def _bar() -> Iterator[Progress]:
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn(gettext("Building the index")),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(elapsed_when_finished=True),
        TextColumn("{task.description}"),
    )
    with Bar(*columns, console=Console(stderr=True, markup=False), transient=True) as bar:
        task = bar.add_task("", total=None, rate="")

        def listen(done: int, total: int, document: str) -> None:
            elapsed = bar.tasks[task].elapsed or 0
            rate = f"{done / elapsed:,.0f}/s" if done and elapsed else ""
            bar.update(task, completed=done, total=total, description=escape(harmless(document)), rate=rate)

        yield listen


def _announce(done: int, total: int, document: str) -> None:
    if not done and not document:
        say(
            ngettext("building the index of {count:,} document …", "building the index of {count:,} documents …", total)
        )
