"""``zhengce kwic``: shows a concordance."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeVar

import click

from ...corpus.messages import listed
from ...index.chosen import Chosen
from ...index.query.arguments import query_of
from ...index.search.concordance import (
    Concordance,
    ContextWidth,
    Neighbour,
    SortKey,
    read_context_width,
    read_neighbour,
    read_sort,
)
from ..display.messages import nothing_found, say
from ..exit_codes import FOUND, NOTHING
from ..export.table import BY_NAME, EXPORTS
from ..help.command import argument, command, option
from ..help.values import Integer, IntRange
from ..language.translation import gettext, translated
from ..opening import open_shown
from ..output.concordance import DEFAULT_LINES, default_context_width, show_concordance
from ..output.options import Color, Headings, OutputOptions
from ..output.writing import name_corpus
from ..request import Request
from .export_options import bom_option, check_headings, export_option, headings_option, read_format, style_option
from .options import (
    WRITTEN_FILE,
    QueryCommand,
    as_one,
    chosen_option,
    color_option,
    complete_query,
    documents_option,
    pager_option,
    words_option,
)

_Value = TypeVar("_Value")


class KwicOptions(NamedTuple):
    """What the command line of `kwic` says."""

    query: tuple[str, ...]
    chosen: Chosen
    words: bool
    limit: int | None
    documents: tuple[str, ...]
    sort: tuple[SortKey, ...] | None
    width: ContextWidth | None
    span: ContextWidth | None
    sample: int | None
    seed: int
    neighbour: Neighbour | None
    format_: str | None
    file: str | None
    style: str | None
    bom: bool
    headings: Headings | None
    no_pager: bool
    color: Color

    @property
    def request(self) -> Request:
        """Return what is searched for."""
        return Request(query_of(self.query), words=self.words, documents=self.documents)

    def output(self) -> OutputOptions:
        """Return how the lines are shown.

        Raises:
            click.UsageError: The options contradict each other.
        """
        format_, style = read_format(self.format_, self.file, self.style, bom=self.bom)
        if self.neighbour and self.sort:
            raise click.UsageError(
                gettext("--group lists the most frequent neighbours first; it does not go with --sort.")
            )
        if self.neighbour and not BY_NAME[format_].counts_neighbours:
            counting = listed(each.name for each in EXPORTS if each.counts_neighbours)
            raise click.UsageError(
                gettext("--group goes with {formats}, not with {format}.", formats=counting, format=format_)
            )
        return check_headings(
            OutputOptions(
                format=format_,
                file=self.file,
                limit=self.limit,
                color=self.color,
                style=style,
                bom=self.bom,
                paged=not self.no_pager,
                headings=self.headings,
            )
        )


def _read_by(read: Callable[[str], _Value]) -> Callable[[click.Context, click.Parameter, str | None], _Value | None]:
    """Return the callback of an option whose value a function reads, which raises a ValueError if it cannot."""

    def callback(context: click.Context, parameter: click.Parameter, given: str | None) -> _Value | None:
        try:
            return None if given is None else read(given)
        except ValueError as error:
            raise click.BadParameter(translated(str(error))) from None

    return callback


@command(cls=QueryCommand)
@argument("query", nargs=-1, required=True, shell_complete=complete_query)
@chosen_option
@words_option
@option(
    "-n", "--limit", metavar="N", type=IntRange(min=0),
    help=f"Show at most N lines; 0 shows all.  [default: {DEFAULT_LINES} on a terminal, else all]",
)  # fmt: skip
@documents_option
@option(
    "--sort", metavar="KEYS", callback=_read_by(read_sort),
    help="Up to three keys: R1, L2, … for a character after or before the match, R1w, L2w, … for a word; document, "
    "date, position.",
)  # fmt: skip
@option(
    "--width", metavar="N|Nw", callback=_read_by(read_context_width),
    help="Context on either side, in characters or words.  [default: what fits the window; elsewhere 40, or 20 in "
    "text, markdown, html and docx files]",
)  # fmt: skip
@option("--span", hidden=True, callback=_read_by(read_context_width), help="The former name of --width.")
@option("--sample", type=IntRange(min=1), metavar="N", help="Show a random sample of N occurrences.")
@option(
    "--seed", type=Integer(), default=1, show_default=True, help="Random seed; the same seed gives the same sample."
)
@option(
    "--group", "neighbour", metavar="KEY", callback=_read_by(read_neighbour),
    help="Count the neighbours of the matches instead: R1, L1w, …",
)  # fmt: skip
@export_option
@option("-o", "--output", "file", metavar="FILE", type=WRITTEN_FILE, help="Write the lines to a file, with citations.")
@style_option
@bom_option
@headings_option
@pager_option
@color_option
@as_one(KwicOptions)
def kwic(options: KwicOptions) -> int:
    """Show each occurrence on a line, with its context (a concordance).

    The matches are aligned in one column, so that you can read the context down the page. In a pipe, tabs separate
    the fields: place (as zhengce show takes it), left context, match, right context. A file has a row for each
    occurrence, and says which search it comes from.

    \b
    zhengce kwic 中欧班列
    zhengce kwic 中欧班列 --sort R1,R2            by the characters that follow
    zhengce kwic 开放 --sort L1w                  by the word before
    zhengce kwic '成都 | 重庆' --sort date,R1     each term in its colour
    zhengce kwic 开放 --sample 20 --seed 7        a random sample of twenty
    zhengce kwic 物流 --group R1w                 the words that follow, counted
    zhengce kwic 合作 --width 5w > lines.tsv
    zhengce kwic 合作 --width 30 -o lines.docx    also csv, tsv, xlsx, html, md, txt, jsonl
    zhengce kwic 合作 --group R1 -o counts.csv
    """
    output = options.output()
    corpus = open_shown(options.chosen)
    request = options.request.resolved(corpus)
    results = request.search(corpus, "document")
    if not results:
        say(nothing_found(corpus, results, request))
        return NOTHING
    if output.on_terminal:
        from ..history import remember

        remember(request, corpus, results.counts)
    context_width = options.width or options.span or default_context_width(output)
    concordance = Concordance(results, options.sort or (), context_width, options.sample, options.seed)
    if not len(concordance):
        say(
            gettext(
                "the query only has conditions on passages, so there are no occurrences; "
                "zhengce search shows the passages."
            )
        )
        return NOTHING
    show_concordance(corpus, concordance, options.neighbour, request, output)
    name_corpus(corpus, output)
    return FOUND
