"""``zhengce docs``: lists the documents."""

from __future__ import annotations

from typing import NamedTuple

import click

from ...corpus.messages import any_of
from ...index.chosen import Chosen
from ...index.document_list import DocumentSort, list_documents
from ...index.grouped_counts import DocumentGroup, count_by, count_documents
from ...index.query.arguments import query_of
from ..display.messages import nothing_found, say
from ..exit_codes import FOUND, NOTHING
from ..export.table import EXPORTS, format_of
from ..help.command import argument, command, option
from ..help.values import Choice, IntRange
from ..language.translation import gettext, translated
from ..opening import open_shown
from ..output.counts import show_counts
from ..output.documents import show_documents
from ..output.options import Color, Headings, Layout, OutputOptions
from ..output.writing import name_corpus
from ..request import Request
from .export_options import bom_option, check_bom, check_headings, headings_option
from .options import (
    QueryCommand,
    as_one,
    chosen_option,
    color_option,
    complete_query,
    documents_option,
    layout_option,
    output_option,
    pager_option,
    words_option,
)

FORMATS = [each.name for each in EXPORTS if each.is_listing or each.has_tables]


class DocsOptions(NamedTuple):
    """What the command line of `docs` says."""

    query: tuple[str, ...]
    chosen: Chosen
    words: bool
    documents: tuple[str, ...]
    sort: DocumentSort | None
    limit: int | None
    long: bool
    count_by: DocumentGroup | None
    format_: str | None
    file: str | None
    bom: bool
    headings: Headings | None
    layout: Layout
    no_pager: bool
    color: Color

    @property
    def request(self) -> Request:
        """Return what the documents are searched for; its query is empty if all are listed."""
        return Request(query_of(self.query), words=self.words, documents=self.documents)

    def output(self) -> OutputOptions:
        """Return how they are listed.

        Raises:
            click.UsageError: The options contradict each other.
        """
        chosen = self.format_ or format_of(self.file)
        if chosen not in FORMATS:
            options = translated(any_of(f"-f {each}" for each in FORMATS))
            raise click.UsageError(
                gettext("Documents are not listed as {format}; write {options}.", format=chosen, options=options)
            )
        if self.bom:
            check_bom(chosen)
        if self.count_by and (self.long or self.sort):
            raise click.UsageError(gettext("--count-by counts documents; it goes with neither --long nor --sort."))
        return check_headings(
            OutputOptions(
                format=chosen,
                file=self.file,
                limit=self.limit,
                color=self.color,
                bom=self.bom,
                layout=self.layout,
                paged=not self.no_pager,
                count_by=self.count_by,
                headings=self.headings,
            )
        )


@command(cls=QueryCommand, short_help="List the documents.")
@argument("query", metavar="[QUERY]...", nargs=-1, shell_complete=complete_query)
@chosen_option
@words_option
@documents_option
@option(
    "--sort", type=Choice(["date", "-date", "title", "hits"]),
    help="Order; date: the oldest first, -date: the newest, hits: the most occurrences.  [default: as the files are "
    "read, the versions of a law together, the newest first]",
)  # fmt: skip
@option("-n", "--limit", metavar="N", type=IntRange(min=0), help="List at most N documents.  [default: all]")
@option(
    "--long", is_flag=True,
    help="Also show the file, where each field comes from, other versions of the law, and what repeals it.",
)  # fmt: skip
@option(
    "--count-by", type=Choice(["year", "issuer", "region", "genre"]),
    help="Count the documents by year, issuer, … instead.",
)  # fmt: skip
@option(
    "-f", "--format", "format_", type=Choice(FORMATS),
    help="Write text, one JSON object per line, or a table; zhengce set --from takes back a csv or tsv that was "
    "edited.  [default: by the ending of the -o FILE, else text]",
)  # fmt: skip
@output_option
@bom_option
@headings_option
@layout_option
@pager_option
@color_option
@as_one(DocsOptions)
def docs(options: DocsOptions) -> int:
    """List the documents: title, 发文字号, date, issuers, number of characters.

    QUERY is written as for zhengce search, and lists the documents with passages that match. If it asks for more than
    conditions, as issuer:四川 is one, each document has the number of its occurrences and of the passages that match.

    \b
    zhengce docs
    zhengce docs issuer:四川 year:2022
    zhengce docs 中欧班列 --sort hits
    zhengce docs --long
    zhengce docs --count-by year
    zhengce docs --sort -date -n 10 -f jsonl
    zhengce docs -o documents.csv --bom      to edit in Excel
    """
    output = options.output()
    corpus = open_shown(options.chosen)
    request = options.request.resolved(corpus)
    results = request.search(corpus, "document") if request.query else None
    if results is not None and not results:
        say(nothing_found(corpus, results, request))
        return NOTHING
    if results and results.terms and output.on_terminal:
        from ..history import remember

        remember(request, corpus, results.counts)
    listed = list_documents(corpus, results, documents=request.documents, sort=options.sort)
    if options.sort == "hits" and listed.counts is None:
        raise click.UsageError(gettext("--sort hits is for a QUERY with something that occurs in the text."))
    if by := options.count_by:
        counted = count_documents(listed, by) if results is None or listed.counts is None else count_by(results, by)
        show_counts(corpus, counted, results, request, output)
    else:
        show_documents(corpus, listed, request, results, output, long=options.long)
    name_corpus(corpus, output)
    return FOUND
