"""The commands: what the program is asked, each a few lines over the library."""

from __future__ import annotations

import click

from ...index.citations.styles import STYLE_BY_NAME, STYLES
from ...index.library import Sort
from ..display.layout import harmless
from ..display.messages import nothing_found, say
from ..display.progress import open_shown
from ..display.snippets import DEFAULT_CHARACTERS
from ..display.wording import filters
from ..exit_codes import FOUND, NOTHING
from ..last_query import Asked, remember
from ..view import (
    DEFAULT_LIMIT,
    Color,
    Contents,
    View,
    show_document,
    show_documents,
    show_explanation,
    show_results,
    write_lines,
)
from .arguments import QueryCommand
from .index import corpora, index
from .kwic import browse, kwic, open_, outline
from .options import (
    bom_option,
    color_option,
    corpus_option,
    documents_option,
    export_option,
    format_option,
    query_option,
    read_format,
    style_option,
    word_option,
)
from .places import find_place, matches_in


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="zhengce", message="zhengce %(version)s")
def zhengce() -> None:
    """Search Chinese policy texts (政策) from the terminal.

    \b
    zhengce search 中欧班列             passages that mention 中欧班列
    zhengce docs                        the documents, and what is known of them
    zhengce show chengyu                one document, paragraph by paragraph
    zhengce explain '成都 NEAR/10 班列'   how a query is understood

    Five documents come with the program. Their index is built by the first search. `zhengce index` makes a corpus of
    your own documents.
    """


@zhengce.command(cls=QueryCommand)
@click.argument("query", nargs=-1, required=True)
@corpus_option
@click.option("-k", "--keywords", is_flag=True, help="Natural language: any of its words, the best passages first.")
@word_option
@click.option(
    "-n", "--limit", type=click.IntRange(min=0),
    help=f"Show so many passages, 0 for all.  [default: {DEFAULT_LIMIT}; all with -o, or -f but text and jsonl]",
)  # fmt: skip
@click.option("-C", "--context", type=click.IntRange(min=0), default=0, help="Neighbouring passages to show with each.")
@click.option(
    "--chars", type=click.IntRange(min=1),
    help=f"Characters to show on either side of a match.  [default: {DEFAULT_CHARACTERS} on a terminal, else all]",
)  # fmt: skip
@click.option("--full", is_flag=True, help="Show passages whole.")
@documents_option
@click.option(
    "--sort", type=click.Choice(["relevance", "document"]),
    help="Order of passages.  [default: relevance for keywords and for several terms, else document, as in text, "
    "markdown, html and docx that hold all]",
)  # fmt: skip
@click.option("-c", "--count", is_flag=True, help="Only say how many.")
@click.option("-l", "--documents-only", is_flag=True, help="Only name the documents.")
@export_option
@click.option("-o", "--output", "file", metavar="FILE", help="Write the passages to a file, with citations.")
@style_option
@bom_option
@color_option
def search(
    query: tuple[str, ...],
    name: str,
    keywords: bool,
    word: bool,
    limit: int | None,
    context: int,
    chars: int | None,
    full: bool,
    documents: tuple[str, ...],
    sort: Sort | None,
    count: bool,
    documents_only: bool,
    format_: str | None,
    file: str | None,
    style: str | None,
    bom: bool,
    color: Color,
) -> int:
    """Find passages.

    Terms are found as they stand, wherever they stand; several must be in the same passage. Put a query with
    quotation marks, brackets, | or * into single quotes, since the shell takes these for itself.

    \b
    zhengce search 中欧班列
    zhengce search 多式联运 一单制                both in the passage
    zhengce search '“一带一路” 沿线'              a phrase and a term
    zhengce search '(成都 | 重庆) 班列 -西宁'     either, and not
    zhengce search 成都 NEAR/10 班列              near each other; PRE/10: in this order
    zhengce search 物流 SENT 成本                 in the same sentence; SECT, DOC
    zhengce search '中欧*列'                      with a gap; ? is one character
    zhengce search '/[0-9.]+亿元/'                a regular expression
    zhengce search 多式联运 issuer:四川 year:2022
    zhengce search =人民                          the word, not 人民政府; -w: all of them
    zhengce search -k 怎样降低物流成本            natural language
    zhengce search 跨境电商 -o hits.txt           all passages, as text with citations
    zhengce search 国际班列 -f jsonl -n 0 | jq -r .text
    zhengce search 物流 -o hits.docx --cite gbt7714
    zhengce search 物流 -o references.bib
    """
    if keywords and word:
        raise click.UsageError("-w goes with terms; -k asks for whole words already.")
    format_, styled = read_format(format_, file, style, bom=bom)
    plain = format_ in ("text", "jsonl")
    for one, other, message in (
        (full, chars, "--full and --chars contradict each other."),
        (count, documents_only, "-c and -l contradict each other."),
        (chars, format_ != "text" or file, "--chars is for reading; JSON lines and files have passages whole."),
        (count or documents_only, not plain, f"-c and -l are for text and jsonl, not for {format_}."),
    ):
        if one and other:
            raise click.UsageError(message)
    contents = _contents(count, documents_only)
    view = View(contents, format_, file, limit, context, chars, full, color, styled, bom)
    if view.reads_through and not keywords:
        sort = sort or "document"
    source = " ".join(query)
    corpus = open_shown(name)
    results = corpus.search(source, keywords=keywords, words=word, documents=documents, sort=sort)
    if results and view.on_terminal:
        remember(Asked(source, keywords, word), corpus.home)
    if results or count:
        show_results(corpus, results, source, filters(keywords=keywords, words=word, documents=documents), view)
    if not results and not count:
        say(nothing_found(corpus, results, keywords=keywords, words=word, documents=documents))
    return FOUND if results else NOTHING


@zhengce.command(cls=QueryCommand)
@click.argument("query", nargs=-1, required=True)
@corpus_option
@word_option
@color_option
def explain(query: tuple[str, ...], name: str, word: bool, color: Color) -> None:
    """Show how a query is read and found.

    For each part: what it means, what is compared, how jieba cuts it, how many blocks of text have to be read for
    it, and how many passages match.

    \b
    zhengce explain '(成都 | 重庆) 班列 -西宁'
    zhengce explain '中歐*列 date:2022-07..2023'
    """
    show_explanation(open_shown(name).explain(" ".join(query), words=word), View(color=color))


@zhengce.command(short_help="List the documents.")
@corpus_option
@click.option("--long", "files", is_flag=True, help="Also say of which file, in which format and encoding.")
@format_option
@color_option
def docs(name: str, files: bool, format_: str, color: Color) -> None:
    """List the documents: title, 发文字号, date, issuer, passages and characters.

    \b
    zhengce docs
    zhengce docs --long
    zhengce docs -f jsonl
    """
    corpus = open_shown(name)
    paths = corpus.paths if files else {}
    show_documents(corpus.documents, paths, View(format=format_, color=color))


@zhengce.command()
@click.argument("place", metavar="DOC[:PASSAGE]")
@corpus_option
@click.option(
    "-C", "--context", type=click.IntRange(min=0), default=1, show_default=True,
    help="Neighbours to show on either side of a passage.",
)  # fmt: skip
@query_option
@format_option
@click.option("-o", "--output", "file", metavar="FILE", help="Write to a file.")
@color_option
def show(place: str, name: str, context: int, query: str | None, format_: str, file: str | None, color: Color) -> None:
    """Show a document, or a passage of it with its neighbours.

    DOC is a document's id, as zhengce docs lists them, or an unmistakable beginning of it.

    \b
    zhengce show chengyu
    zhengce show chengyu:17
    zhengce show chengyu:17 --query 中欧班列      with what matches in colour
    zhengce show chengyu:17 --query               the same for the last query
    zhengce show xining -o xining.txt
    """
    corpus = open_shown(name)
    document, number = find_place(corpus, place)
    view = View(format=format_, file=file, color=color)
    spans = matches_in(corpus, document, query)
    if number is None:
        show_document(document, list(corpus.passages(document)), view, spans=spans)
        return
    passage = corpus.passage(document, number)
    before, after = corpus.neighbours(document, number, context)
    show_document(document, [*before, passage, *after], view, asked=number, spans=spans)


@zhengce.command()
@click.argument("places", metavar="DOC[:PASSAGE]...", nargs=-1, required=True)
@corpus_option
@style_option
@click.option("-o", "--output", "file", metavar="FILE", help="Write to a file.")
def cite(places: tuple[str, ...], name: str, style: str | None, file: str | None) -> None:
    """Cite documents, or passages of them.

    In GB/T 7714—2015, or another style. What is not known is marked: [日期不详], n.d.

    \b
    zhengce cite chengyu
    zhengce cite chengyu:17 bazhong --cite apa
    zhengce cite chengyu xining --cite bibtex -o references.bib
    """
    from ...index.citations.reference import Reference

    corpus = open_shown(name)
    references = []
    for place in places:
        document, number = find_place(corpus, place)
        passage = None if number is None else corpus.passage(document, number)
        references.append(Reference(document, passage))
    chosen = STYLE_BY_NAME[style] if style else STYLES[0]
    lines = chosen.lines(references)
    write_lines(lines if chosen.is_bibliography else map(harmless, lines), file)


zhengce.add_command(kwic)
zhengce.add_command(outline)
zhengce.add_command(open_)
zhengce.add_command(browse)
zhengce.add_command(index)
zhengce.add_command(corpora)


def _contents(count: bool, documents_only: bool) -> Contents:
    return "counts" if count else "documents" if documents_only else "passages"
