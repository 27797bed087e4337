"""``zhengce search``: finds passages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import click

from ...corpus.messages import Message, all_of, listed, message, sentences
from ...index.chosen import Chosen
from ...index.query.arguments import query_of
from ...index.search.results import Sort
from ..display.layout import DOCUMENTS
from ..display.messages import nothing_found, other_reading, say
from ..display.snippets import DEFAULT_CHARACTERS
from ..exit_codes import FOUND, NOTHING
from ..export.table import BY_NAME, EXPORTS, ExportFormat
from ..help.command import argument, command, option
from ..help.values import Choice, IntRange
from ..language.translation import gettext, translated
from ..opening import open_shown
from ..output.options import Color, Contents, Headings, Layout, OutputOptions
from ..output.search_results import show_results
from ..output.writing import name_corpus
from ..request import Request
from .export_options import (
    bom_option,
    check_headings,
    export_option,
    fields_option,
    headings_option,
    read_fields,
    read_format,
    style_option,
)
from .options import (
    WORDS_OR_KEYWORDS,
    WRITTEN_FILE,
    QueryCommand,
    as_one,
    chosen_option,
    color_option,
    complete_query,
    contradiction,
    documents_option,
    keywords_option,
    layout_option,
    pager_option,
    words_option,
)

if TYPE_CHECKING:
    from ...index.grouped_counts import CountBy


class SearchOptions(NamedTuple):
    """What the command line of `search` says."""

    query: tuple[str, ...]
    chosen: Chosen
    keywords: bool
    words: bool
    limit: int | None
    context: int | None
    before: int | None
    after: int | None
    characters: int | None
    full: bool
    documents: tuple[str, ...]
    sort: Sort | None
    count_only: bool
    documents_only: bool
    format_: str | None
    file: str | None
    style: str | None
    bom: bool
    headings: Headings | None
    with_files: bool
    fields: str | None
    as_json: bool
    also: tuple[str, ...]
    per_document: int | None
    flat: bool
    count_by: CountBy | None
    layout: Layout
    no_pager: bool
    color: Color

    @property
    def request(self) -> Request:
        """Return what is searched for."""
        if not self.query and not self.also:
            missing = message("The argument {name} is missing.", name=gettext("QUERY"))
            hint = message("zhengce docs --count-by counts documents without one.") if self.count_by else ""
            raise click.UsageError(translated(sentences((missing, hint))))
        query = query_of(self.query, self.also, keywords=self.keywords)
        return Request(query, self.keywords, self.words, self.documents)

    @property
    def contents(self) -> Contents:
        """Return what of the results is shown."""
        if self.count_by:
            return "groups"
        return "counts" if self.count_only else "documents" if self.documents_only else "passages"

    def output(self) -> OutputOptions:
        """Return how the results are shown.

        Raises:
            click.UsageError: The options contradict each other.
        """
        asked = "jsonl" if self.as_json else self.format_
        format_, style = read_format(asked, self.file, self.style, bom=self.bom)
        for one, other, said in self._contradictions(BY_NAME[format_], style):
            if one and other:
                raise click.UsageError(translated(said))
        around = self.context or 0
        return check_headings(
            OutputOptions(
                contents=self.contents,
                format=format_,
                file=self.file,
                limit=self.limit,
                before=around if self.before is None else self.before,
                after=around if self.after is None else self.after,
                characters=self.characters,
                full=self.full,
                color=self.color,
                style=style,
                bom=self.bom,
                with_files=self.with_files,
                fields=read_fields(self.fields),
                layout=self.layout,
                paged=not self.no_pager,
                per_document=self.per_document,
                flat=self.flat,
                count_by=self.count_by,
                headings=self.headings,
            )
        )

    def _contradictions(self, chosen: ExportFormat, style: str | None) -> Iterator[tuple[object, object, Message]]:
        """Yield options that contradict each other if both are given, with what to say then."""
        listing = all_of(each.name for each in EXPORTS if each.is_listing)
        counted = listed(each.name for each in EXPORTS if each.is_listing or each.has_tables)
        yield self.keywords, self.words, WORDS_OR_KEYWORDS
        yield self.full, self.characters, contradiction("--full", "--chars")
        yield self.count_only, self.documents_only, contradiction("-c", "-l")
        yield self.as_json, self.format_ not in (None, "jsonl"), contradiction("--json", f"-f {self.format_}")
        yield self.with_files, self.fields, contradiction("-H", "--fields")
        yield (
            self.fields,
            not chosen.has_tables and (not chosen.is_drawn or self.file),
            message(
                "--fields is for lines, {tables}, not for {format}.",
                tables=listed(each.name for each in EXPORTS if each.has_tables),
                format=chosen.name,
            ),
        )
        yield self.flat, self.per_document is not None, contradiction("--flat", "--per-doc")
        yield (
            self.characters,
            not chosen.is_drawn or self.file,
            message("--chars is for reading; JSON lines and files have whole passages."),
        )
        yield (
            self.count_only or self.documents_only,
            not chosen.is_listing,
            message("-c and -l are for {formats}, not for {format}.", formats=listing, format=chosen.name),
        )
        yield (
            self.with_files,
            self.count_only or self.documents_only or not chosen.is_drawn or self.file or style,
            message("-H is for lines of passages; it goes with no other form of output."),
        )
        of_passages = (self.with_files, self.fields, style, self.full, self.characters, self.flat, self.sort)
        numbers = (self.before, self.after, self.context, self.per_document)
        yield (
            self.count_by,
            self.count_only or self.documents_only or any(of_passages) or any(each is not None for each in numbers),
            message("--count-by counts; it goes with no option for passages, -c or -l."),
        )
        yield (
            self.count_by,
            not chosen.is_listing and not chosen.has_tables,
            message("--count-by is for {formats}, not for {format}.", formats=counted, format=chosen.name),
        )


@command(cls=QueryCommand)
@argument("query", nargs=-1, shell_complete=complete_query)
@option("-e", "also", metavar="QUERY", multiple=True, help="Also find passages that match this one. May be repeated.")
@chosen_option
@keywords_option
@words_option
@option(
    "-n", "--limit", metavar="N", type=IntRange(min=0),
    help="Show at most N passages, or N rows of counts; 0 shows all.  [default: on a terminal a few passages of each "
    f"document, of {DOCUMENTS} documents; else all]",
)  # fmt: skip
@option(
    "--per-doc", "per_document", metavar="N", type=IntRange(min=0),
    help="On a terminal, show at most N passages of each document; 0 shows all.  [default: 3, or `per_doc` of "
    "the configuration]",
)  # fmt: skip
@option("--flat", is_flag=True, help="On a terminal, show passages in reading order, not grouped by document.")
@option("-A", "--after", metavar="N", type=IntRange(min=0), help="Also show N passages after each.")
@option("-B", "--before", metavar="N", type=IntRange(min=0), help="Also show N passages before each.")
@option("-C", "--context", metavar="N", type=IntRange(min=0), help="Also show N passages before and after each.")
@option(
    "--chars", "characters", metavar="N", type=IntRange(min=1),
    help=f"Show N characters on either side of a match.  [default: {DEFAULT_CHARACTERS} on a terminal, else all]",
)  # fmt: skip
@option("--full", is_flag=True, help="Show whole passages.")
@documents_option
@option(
    "--sort", type=Choice(["relevance", "document", "date", "-date"]),
    help="Order of passages; date: the oldest documents first, -date: the newest.  [default: relevance with -k and for "
    "several terms, else document; document also in text, markdown, html and docx files that have all passages]",
)  # fmt: skip
@option("-c", "--count", "count_only", is_flag=True, help="Print only the counts.")
@option("-l", "--documents-only", is_flag=True, help="List only the documents that have matches.")
@option(
    "--count-by", type=Choice(["year", "document", "issuer", "region", "genre", "section"]),
    help="Count by year, document, … instead, with the occurrences per 10,000 characters.",
)  # fmt: skip
@export_option
@option(
    "-o", "--output", "file", metavar="FILE", type=WRITTEN_FILE, help="Write the passages to a file, with citations."
)
@style_option
@bom_option
@headings_option
@option(
    "-H", "--lines", "with_files", is_flag=True,
    help="Print file:line:text, as grep does, for editors; of a PDF, the page.",
)  # fmt: skip
@fields_option
@option("--json", "as_json", is_flag=True, help="The same as -f jsonl.")
@layout_option
@pager_option
@color_option
@as_one(SearchOptions)
def search(options: SearchOptions) -> int:
    """Find passages.

    A term matches its characters exactly, wherever they occur. Several terms must occur in the same passage. Put a
    query that contains quotation marks, brackets, | or * in single quotes, because the shell interprets these.

    \b
    zhengce search 中欧班列
    zhengce search 多式联运 一单制                both in the passage
    zhengce search '“一带一路” 沿线'              a phrase and a term
    zhengce search '(成都 | 重庆) 班列 -西宁'     either of two, and not a third
    zhengce search 成都 NEAR/10 班列              near each other; PRE/10: in this order
    zhengce search 物流 SENT 成本                 in the same sentence; SECT, DOC
    zhengce search '中欧*列'                      with a gap; ? is one character
    zhengce search '/[0-9.]+亿元/'                a regular expression
    zhengce search 多式联运 issuer:四川 year:2022
    zhengce search =人民                          the word, not 人民政府; -w: every term
    zhengce search -k 怎样降低物流成本            natural language
    zhengce search 跨境电商 -o hits.txt           all passages, as text with citations
    zhengce search 国际班列 -f jsonl | jq -r .text
    vim -q <(zhengce search 国际班列 -H)           from hit to hit in an editor
    zhengce search 物流 --count-by issuer          how often, and how densely, in whose texts
    zhengce search 物流 -o hits.docx --cite gbt7714
    zhengce search 物流 -o references.bib
    zhengce search 物流 --in ~/documents          a folder of yours, at once
    """
    output = options.output()
    corpus = open_shown(options.chosen)
    request = options.request.resolved(corpus)
    sort = options.sort
    reads_through = output.is_laid_out_export and output.limit is None and not request.keywords
    if reads_through or (output.flat and output.as_page):
        # It is read from beginning to end, document after document.
        sort = sort or "document"
    results = request.search(corpus, sort)
    if results and output.on_terminal:
        from ..history import remember

        remember(request, corpus, results.counts)
    if results or options.count_only:
        show_results(corpus, results, request, output)
        name_corpus(corpus, output)
        if note := other_reading(corpus, results, request):
            say(note)
    else:
        say(nothing_found(corpus, results, request))
    return FOUND if results else NOTHING
