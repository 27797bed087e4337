"""Shows a concordance, or the neighbours of its occurrences: on a terminal, in a pipe, or as an export."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ...corpus.messages import Message, counted, listed, message
from ...index.library import Corpus
from ...index.records.head import Head, head_of
from ...index.records.objects import json_line, occurrence_records
from ...index.search.concordance import Concordance, ConcordanceLine, ContextWidth, Neighbour
from ..destination import open_destination
from ..display import concordance as drawing
from ..display.layout import wrap
from ..display.messages import say
from ..display.theme import FAINT, match_of, paint
from ..display.wording import found, found_in_all
from ..export.interface import ConcordanceExport, NeighbourExport, NeighbourWriter
from ..language.translation import gettext, speaking, translated
from ..request import Request
from .options import OutputOptions
from .writing import citing, write_export, write_lines, write_page

DEFAULT_LINES = 50

_CONTEXT = 40  # characters on either side of a match, if none are asked for
_CONTEXT_ON_PAPER = 20  # what fits on a line of a page


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
    def sample(self) -> list[Message]:
        """Return which occurrences have lines, if not all."""
        drawn, total = len(self.concordance), self.concordance.total
        if drawn == total:
            return []
        seed = self.concordance.seed
        return [message("a random sample of {drawn:,} of {total:,}, seed {seed}", drawn=drawn, total=total, seed=seed)]

    @property
    def order(self) -> list[Message]:
        """Return the order of the lines, if it is not reading order, or what the counts are of."""
        if self.neighbour:
            return [message("counted by {key}", key=str(self.neighbour))]
        keys = [str(each) for each in self.concordance.sort]
        return [message("sorted by {keys}", keys=listed(keys))] if keys else []

    @property
    def part(self) -> list[Message]:
        """Return how much is shown, if not all."""
        total = len(self.counts) if self.neighbour else len(self.concordance)
        if self.limit is None or self.limit >= total:
            return []
        if self.neighbour:
            return [
                counted(
                    "{count:,} neighbour of {total:,}", "{count:,} neighbours of {total:,}", self.limit, total=total
                )
            ]
        return [counted("{count:,} line of {total:,}", "{count:,} lines of {total:,}", self.limit, total=total)]

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
        say(gettext("{found}; written to {file}.", found=found(concordance.results.counts), file=options.file))
        return
    for each in shown.sample:
        say(gettext("{sentence}.", sentence=each))
    for each in shown.part:
        say(gettext("{part} shown; -n 0 shows all.", part=each))


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
        with speaking(options.language), open_destination(options.file) as stream:
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
    counts = found_in_all(results.counts)
    heads = [gettext("{found}, {order}", found=counts, order=each) for each in shown.order] or [counts]
    for head in (*heads, *map(translated, shown.sample)):
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
        yield from _wrapped(gettext("{part} shown; -n 0 shows all.", part=part), width, color=color)


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
