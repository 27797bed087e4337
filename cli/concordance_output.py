"""Concordances as they are asked for: on a terminal, as lines with tabs, as JSON lines, counted, or exported."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any, TextIO

from ..index.library import Corpus
from ..index.search.concordance import Concordance, ConcordanceLine, ContextWidth, Neighbour
from .display import concordance as drawing
from .display.layout import harmless
from .display.messages import say
from .display.wording import found, plural
from .export import jsonl as jsonlines
from .export.csv import CSV, TSV, write_rows
from .export.table import BY_NAME, ConcordanceExport, Head, head_of
from .output import output
from .request import Request
from .view import View, citing, write_export, write_lines

DEFAULT_LINES = 50
COUNTED = ("text", "jsonl", "csv", "tsv")
"""The formats in which neighbours are counted."""

_MORE = "shown; -n 0 shows all."


def default_context_width(view: View) -> ContextWidth | None:
    """Return the context on either side where none was asked for: on a terminal, what there is room for (None)."""
    if view.on_terminal:
        return None
    return ContextWidth(20 if view.is_export and BY_NAME[view.format].laid_out else 40)


def show_concordance(
    corpus: Corpus,
    concordance: Concordance,
    neighbour: Neighbour | None,
    request: Request,
    view: View,
) -> None:
    """Show the lines of a concordance, or what stands beside the occurrences and how often."""
    results, limit = concordance.results, view.most(DEFAULT_LINES)
    counted = concordance.neighbours(neighbour) if neighbour else []
    drawn, part = _drawn(concordance), _part(concordance, neighbour, counted, limit)
    shown = [*drawn, *_order(concordance, neighbour), *part]
    if view.on_terminal:
        write_lines(_page(concordance, neighbour, counted, limit, view), None)
        return

    def head() -> Head:
        return head_of(corpus, request.query, results.reading, results.counts, filters=request.conditions, shown=shown)

    if neighbour:
        with output(view.file) as stream:
            _write_counts(counted[:limit], len(concordance), head() if view.is_export else None, stream, view)
    elif view.is_export:
        export = ConcordanceExport(
            head=head(),
            by_document=lambda: results.by_document,
            cite=citing(view.style),
            styled=view.style is not None,
            bom=view.bom,
            lines=concordance.lines(limit),
            terms=tuple(term.text for term in results.terms),
        )
        write_export(export, view)
    else:
        write_lines(_plain_lines(concordance, limit, view), None)
    if view.to_file:
        say(f"{found(results.counts)}; written to {view.file}.")
    else:
        for each in drawn:
            say(f"{each}.")
        for each in part:
            say(f"{each} {_MORE}")


def _drawn(concordance: Concordance) -> list[str]:
    """Return of which occurrences there are lines, if not of all."""
    if len(concordance) == concordance.total:
        return []
    return [f"a random sample of {len(concordance):,} of {concordance.total:,}, seed {concordance.seed}"]


def _order(concordance: Concordance, neighbour: Neighbour | None) -> list[str]:
    """Return in which order lines are, if not in reading order, or by what they are counted."""
    if neighbour:
        return [f"counted by {neighbour}"]
    return [f"sorted by {', '.join(map(str, concordance.sort))}"] if concordance.sort else []


def _part(
    concordance: Concordance, neighbour: Neighbour | None, counted: Sequence[tuple[str, int]], limit: int | None
) -> list[str]:
    """Return how much is shown, if not all."""
    total, what = (len(counted), "neighbour") if neighbour else (len(concordance), "line")
    return [f"{plural(limit, what)} of {total:,}"] if limit is not None and limit < total else []


def _page(
    concordance: Concordance,
    neighbour: Neighbour | None,
    counted: Sequence[tuple[str, int]],
    limit: int | None,
    view: View,
) -> Iterator[str]:
    """Yield what is shown on a terminal: a head, the lines or the neighbours counted, and how much that is."""
    width = shutil.get_terminal_size().columns
    terms = concordance.results.terms
    before, behind = (drawing.FAINT, drawing.RESET) if view.colored else ("", "")
    counts = found(concordance.results.counts)
    for head in (", ".join((counts, *_order(concordance, neighbour))), *_drawn(concordance)):
        yield f"{before}{head}{behind}"
    if len(terms) > 1:
        yield drawing.legend(terms, color=view.colored)
    yield ""
    if neighbour:
        yield from drawing.bars(counted[:limit], len(concordance), width, color=view.colored)
    else:
        yield from drawing.concordance_lines(concordance.lines(limit), width, color=view.colored)
    for part in _part(concordance, neighbour, counted, limit):
        yield ""
        yield f"{before}{part} {_MORE}{behind}"


def _plain_lines(concordance: Concordance, limit: int | None, view: View) -> Iterator[str]:
    """Yield the lines for a pipe."""
    lines = concordance.lines(limit)
    if view.format == "jsonl":
        cite = citing(view.style) if view.style else None
        terms = [term.text for term in concordance.results.terms]
        return map(jsonlines.line, jsonlines.occurrence_records(lines, terms, cite))
    return (_plain_line(line, color=view.colored) for line in lines)


def _plain_line(line: ConcordanceLine, *, color: bool) -> str:
    place, match = drawing.place_of(line), drawing.shown(line.match)
    return "\t".join(
        (
            place,
            drawing.shown(line.left),
            drawing.painted(match, line.term) if color else match,
            drawing.shown(line.right),
        )
    )


def _write_counts(
    counted: Sequence[tuple[str, int]], total: int, head: Head | None, stream: TextIO, view: View
) -> None:
    """Write neighbours with how often they stand there, and the head of an export."""
    match view.format:
        case "csv" | "tsv":
            form = CSV if view.format == "csv" else TSV
            rows = ((form.clean(text), count, f"{100 * count / total:.2f}") for text, count in counted)
            write_rows(("neighbour", "occurrences", "percent"), rows, head, stream, form, bom=view.bom)
        case "jsonl":
            searched: list[dict[str, Any]] = [{"search": head.record()}] if head else []
            records = ({"neighbour": text, "occurrences": count} for text, count in counted)
            stream.writelines(jsonlines.line(record) + "\n" for record in chain(searched, records))
        case _:
            about = head.lines() if head else ()
            stream.writelines(f"# {name}: {harmless(value)}\n" for name, value in about)
            stream.writelines(f"{count}\t{drawing.shown(text)}\n" for text, count in counted)
