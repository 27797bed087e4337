"""Concordances as they are asked for: on a terminal, as lines with tabs, as JSON lines, or counted."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import partial
from typing import Any

from ..index.concordance import Concordance, Line, Neighbour, Reach
from . import concordance as drawing
from . import jsonlines
from .layout import harmless
from .messages import say
from .output import output
from .view import View
from .wording import found, plural

DEFAULT_LINES = 50
DEFAULT_REACH = Reach(40)
"""The context on either side where no window says how much there is room for."""


def show_concordance(concordance: Concordance, neighbour: Neighbour | None, view: View) -> None:
    """Show the lines of a concordance, or what stands beside the occurrences and how often."""
    shown = (0 if view.to_file else DEFAULT_LINES) if view.limit is None else view.limit
    with output(view.file) as stream:
        stream.writelines(line + "\n" for line in _lines(concordance, neighbour, shown or None, view))


def _lines(concordance: Concordance, neighbour: Neighbour | None, limit: int | None, view: View) -> Iterator[str]:
    """Yield what is written: the lines, or the neighbours counted; on a terminal with a head."""
    counted = concordance.neighbours(neighbour) if neighbour else []
    heads = _head(concordance, len(counted) if neighbour else len(concordance), limit, neighbour)
    if not view.on_terminal:
        if concordance.sample is not None or limit is not None:
            for head in heads[1:]:
                say(head)
        yield from (
            _plain_counts(counted[:limit], view)
            if neighbour
            else map(partial(_plain_line, concordance, view), concordance.lines(limit))
        )
        return
    width = shutil.get_terminal_size().columns
    terms = concordance.results.terms
    before, behind = (drawing.FAINT, drawing.RESET) if view.colored else ("", "")
    for head in heads:
        yield f"{before}{head}{behind}"
    if len(terms) > 1:
        yield drawing.legend(terms, color=view.colored)
    yield ""
    if neighbour:
        yield from drawing.bars(counted[:limit], len(concordance), width, color=view.colored)
    else:
        yield from drawing.concordance_lines(concordance.lines(limit), width, color=view.colored)


def _head(concordance: Concordance, lines: int, limit: int | None, neighbour: Neighbour | None) -> list[str]:
    """Return what is said of the lines: what was found, what was drawn of it, how much of that is shown."""
    heads = [found(concordance.results.counts)]
    if len(concordance) < concordance.total:
        heads.append(f"a random sample of {len(concordance):,} of {concordance.total:,}, seed {concordance.seed}.")
    if limit is not None and limit < lines:
        what = plural(limit, "neighbour" if neighbour else "line")
        heads.append(f"{what} of {lines:,} shown; -n 0 shows all.")
    if concordance.sort:
        heads[0] += f", sorted by {', '.join(map(str, concordance.sort))}"
    if neighbour:
        heads[0] += f", counted by {neighbour}"
    return heads


def _plain_line(concordance: Concordance, view: View, line: Line) -> str:
    if view.format == "jsonl":
        return jsonlines.line(_record(concordance, line))
    place = f"{harmless(line.document.id)}:{line.passage.lines[0][0]}"
    match = drawing.painted(drawing.shown(line.match), line.term) if view.colored else drawing.shown(line.match)
    return "\t".join((place, drawing.shown(line.left), match, drawing.shown(line.right)))


def _record(concordance: Concordance, line: Line) -> dict[str, Any]:
    record = jsonlines.passage_record(line.document, line.passage)
    del record["text"]
    context = {"left": line.left, "match": line.match, "right": line.right}
    return {**record, "span": list(line.span), "term": concordance.results.terms[line.term].text, **context}


def _plain_counts(counted: list[tuple[str, int]], view: View) -> Iterator[str]:
    for text, count in counted:
        if view.format == "jsonl":
            yield jsonlines.line({"neighbour": text, "occurrences": count})
        else:
            yield f"{count}\t{drawing.shown(text)}"
