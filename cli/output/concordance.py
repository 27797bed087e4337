"""Shows a concordance, or the neighbours of its occurrences: on a terminal, in a pipe, or as an export."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ...index.library import Corpus
from ...index.records.head import Head, head_of
from ...index.records.objects import json_line, occurrence_records
from ...index.search.concordance import Concordance, ConcordanceLine, ContextWidth, Neighbour
from ..destination import open_destination
from ..display import concordance as drawing
from ..display.layout import wrap
from ..display.messages import say
from ..display.theme import FAINT, match_of, paint
from ..display.wording import found, plural
from ..export.interface import ConcordanceExport, NeighbourExport, NeighbourWriter
from ..request import Request
from .options import OutputOptions
from .writing import citing, write_export, write_lines, write_page

DEFAULT_LINES = 50

_CONTEXT = 40  # characters on either side of a match, if none are asked for
_CONTEXT_ON_PAPER = 20  # what fits on a line of a page
_MORE = "shown; -n 0 shows all."


def default_context_width(options: OutputOptions) -> ContextWidth | None:
    """Return the context on either side if none is asked for. None means what fits the terminal."""
    if options.on_terminal:
        return None
    return ContextWidth(_CONTEXT_ON_PAPER if options.is_laid_out_export else _CONTEXT)


@dataclass(frozen=True)
class _Shown:
    """What is shown of a concordance: the first ``limit`` (None: all) of its lines, or of the ``counts`` of its
    neighbours."""

    concordance: Concordance
    neighbour: Neighbour | None
    counts: list[tuple[str, int]]
    limit: int | None

    @property
    def sample(self) -> list[str]:
        """Return which occurrences have lines, if not all."""
        drawn, total = len(self.concordance), self.concordance.total
        return [] if drawn == total else [f"a random sample of {drawn:,} of {total:,}, seed {self.concordance.seed}"]

    @property
    def order(self) -> list[str]:
        """Return the order of the lines, if it is not reading order, or what the counts are of."""
        if self.neighbour:
            return [f"counted by {self.neighbour}"]
        keys = ", ".join(map(str, self.concordance.sort))
        return [f"sorted by {keys}"] if keys else []

    @property
    def part(self) -> list[str]:
        """Return how much is shown, if not all."""
        total, what = (len(self.counts), "neighbour") if self.neighbour else (len(self.concordance), "line")
        return [f"{plural(self.limit, what)} of {total:,}"] if self.limit is not None and self.limit < total else []

    @property
    def lines(self) -> Iterator[ConcordanceLine]:
        """Return the lines that are shown."""
        return self.concordance.lines(self.limit)


def show_concordance(
    corpus: Corpus, concordance: Concordance, neighbour: Neighbour | None, request: Request, options: OutputOptions
) -> None:
    """Show the lines of a concordance, or the counts of a neighbour of its occurrences."""
    counts = concordance.neighbours(neighbour) if neighbour else []
    shown = _Shown(concordance, neighbour, counts, options.most(DEFAULT_LINES))
    if options.on_terminal:
        write_page(_page(shown, options), options)
        return
    _write(corpus, shown, request, options)
    if options.to_file:
        say(f"{found(concordance.results.counts)}; written to {options.file}.")
        return
    for each in shown.sample:
        say(f"{each}.")
    for each in shown.part:
        say(f"{each} {_MORE}")


def _write(corpus: Corpus, shown: _Shown, request: Request, options: OutputOptions) -> None:
    """Write an export, or lines for a pipe."""
    results = shown.concordance.results

    def head() -> Head:
        about = [*shown.sample, *shown.order, *shown.part]
        conditions = request.conditions
        return head_of(corpus, request.query, results.reading, results.counts, filters=conditions, shown=about)

    if shown.neighbour:
        writer = options.export_format.writer()
        assert isinstance(writer, NeighbourWriter)
        counts, total = shown.counts[: shown.limit], len(shown.concordance)
        with open_destination(options.file) as stream:
            about = head() if options.is_export else None
            writer.write_neighbours(NeighbourExport(about, counts, total, options.bom), stream)
    elif options.is_export:
        export = ConcordanceExport(
            head=head(),
            by_document=lambda: results.by_document,
            cite=citing(options.style),
            styled=options.style is not None,
            bom=options.bom,
            lines=shown.lines,
            terms=shown.concordance.terms,
        )
        write_export(export, options)
    else:
        write_lines(_plain_lines(shown, options), None)


def _page(shown: _Shown, options: OutputOptions) -> Iterator[str]:
    """Yield what a terminal shows: a head, the lines or the counts, and how much of all that is."""
    width, color = shutil.get_terminal_size().columns, options.colored
    results = shown.concordance.results
    for head in (", ".join((found(results.counts), *shown.order)), *shown.sample):
        yield from _wrapped(head, width, color=color)
    if len(results.terms) > 1:
        yield drawing.legend(results.terms, color=color)
    yield ""
    if shown.neighbour:
        yield from drawing.bars(shown.counts[: shown.limit], len(shown.concordance), width, color=color)
    else:
        yield from drawing.concordance_lines(shown.lines, width, color=color)
    for part in shown.part:
        yield ""
        yield from _wrapped(f"{part} {_MORE}", width, color=color)


def _wrapped(text: str, width: int, *, color: bool) -> Iterator[str]:
    return (paint(text[start:end], FAINT, color=color) for start, end in wrap(text, width))


def _plain_lines(shown: _Shown, options: OutputOptions) -> Iterable[str]:
    """Return the lines for a pipe."""
    if options.as_records:
        cite = citing(options.style) if options.style else None
        return map(json_line, occurrence_records(shown.lines, shown.concordance.terms, cite))
    return (_plain_line(line, color=options.colored) for line in shown.lines)


def _plain_line(line: ConcordanceLine, *, color: bool) -> str:
    match = paint(drawing.shown(line.match), match_of(line.term), color=color)
    return "\t".join((drawing.place_of(line), drawing.shown(line.left), match, drawing.shown(line.right)))
