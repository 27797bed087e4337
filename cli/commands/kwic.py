"""The commands to read with: occurrences in their context, the headings of a document, its file."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

import click

from ..display.messages import nothing_found, say
from ..display.progress import open_shown
from ..display.wording import filters
from ..exit_codes import FOUND, NOTHING
from ..last_query import Asked, remember
from ..output import output
from ..view import Color, View
from .arguments import QueryCommand
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
from .places import asked_for, find_place

if TYPE_CHECKING:
    from ...index.search.concordance import ContextWidth, Neighbour, SortKey

_Value = TypeVar("_Value")


def _read(read: Callable[[str], _Value], given: str | None) -> _Value | None:
    try:
        return None if given is None else read(given)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


# What only these options need is not imported for a search.
def _sort(context: click.Context, parameter: click.Parameter, given: str | None) -> tuple[SortKey, ...] | None:
    from ...index.search.concordance import read_sort

    return _read(read_sort, given)


def _reach(context: click.Context, parameter: click.Parameter, given: str | None) -> ContextWidth | None:
    from ...index.search.concordance import read_context_width

    return _read(read_context_width, given)


def _neighbour(context: click.Context, parameter: click.Parameter, given: str | None) -> Neighbour | None:
    from ...index.search.concordance import read_neighbour

    return _read(read_neighbour, given)


@click.command(cls=QueryCommand)
@click.argument("query", nargs=-1, required=True)
@corpus_option
@word_option
@click.option(
    "-n", "--limit", type=click.IntRange(min=0),
    help="Show so many lines, 0 for all.  [default: 50; all of them with -o]",
)  # fmt: skip
@documents_option
@click.option(
    "--sort", "keys", metavar="KEYS", callback=_sort,
    help="Up to three: R1, L2, … for characters beside the match, R1w, … for words; document, date, position.",
)  # fmt: skip
@click.option(
    "--span", "reach", metavar="N|Nw", callback=_reach,
    help="Context on either side, in characters or words.  [default: what the window has room for; in a pipe, 40]",
)  # fmt: skip
@click.option("--sample", type=click.IntRange(min=1), metavar="N", help="Draw so many occurrences at random.")
@click.option("--seed", type=int, default=1, show_default=True, help="What the sample is drawn by; the same, the same.")
@click.option(
    "--group", "neighbour", metavar="KEY", callback=_neighbour,
    help="Count what stands beside the matches instead: R1, L1w, …",
)  # fmt: skip
@export_option
@click.option("-o", "--output", "file", metavar="FILE", help="Write the lines to a file, with citations.")
@style_option
@bom_option
@color_option
def kwic(
    query: tuple[str, ...],
    name: str,
    word: bool,
    limit: int | None,
    documents: tuple[str, ...],
    keys: tuple[SortKey, ...] | None,
    reach: ContextWidth | None,
    sample: int | None,
    seed: int,
    neighbour: Neighbour | None,
    format_: str | None,
    file: str | None,
    style: str | None,
    bom: bool,
    color: Color,
) -> int:
    """Show each occurrence on a line, in its context (a concordance).

    The matches stand in one column, so that what comes before and after them can be read down the page. In a pipe,
    fields stand between tabs: the place, as zhengce show takes it, context before, match, context after. Files have a
    row for each occurrence, and say of what search they are.

    \b
    zhengce kwic 中欧班列
    zhengce kwic 中欧班列 --sort R1,R2            by the characters that follow
    zhengce kwic 开放 --sort L1w                  by the word before
    zhengce kwic '成都 | 重庆' --sort date,R1     each term in its colour
    zhengce kwic 开放 --sample 20 --seed 7        twenty, drawn at random
    zhengce kwic 物流 --group R1w                 the words that follow, counted
    zhengce kwic 合作 --span 5w -n 0 > lines.tsv
    zhengce kwic 合作 --span 30 -o lines.docx     also csv, tsv, xlsx, html, md, txt, jsonl
    zhengce kwic 合作 --group R1 -o counts.csv
    """
    from ...index.search.concordance import Concordance
    from ..concordance_output import COUNTED, default_context_width, show_concordance

    format_, style = read_format(format_, file, style, bom=bom)
    if neighbour and keys:
        raise click.UsageError("--group counts neighbours, the most frequent first; it does not go with --sort.")
    if neighbour and format_ not in COUNTED:
        raise click.UsageError(f"--group goes with {', '.join(COUNTED)}, not {format_}.")
    view = View(format=format_, file=file, limit=limit, color=color, style=style, bom=bom)
    corpus = open_shown(name)
    source = " ".join(query)
    results = corpus.search(source, words=word, documents=documents, sort="document")
    if not results:
        say(nothing_found(corpus, results, keywords=False, words=word, documents=documents))
        return NOTHING
    if view.on_terminal:
        remember(Asked(source, words=word), corpus.home)
    concordance = Concordance(results, keys or (), reach or default_context_width(view), sample, seed)
    if not len(concordance):
        say("the query asks for passages rather than for something in them; zhengce search shows these.")
        return NOTHING
    show_concordance(corpus, concordance, neighbour, source, filters(words=word, documents=documents), view)
    return FOUND


@click.command()
@click.argument("name_of_document", metavar="DOC")
@corpus_option
@query_option
@format_option
@click.option("-o", "--output", "file", metavar="FILE", help="Write to a file.")
@color_option
def outline(name_of_document: str, name: str, query: str | None, format_: str, file: str | None, color: Color) -> int:
    """Show the headings of a document, with the numbers of the passages that they begin with.

    With --query, each has beside it how many matches there are under it and under those below it.

    \b
    zhengce outline chengyu
    zhengce outline chengyu --query 班列
    zhengce outline xining -f jsonl
    """
    from ..outline_output import outline_lines

    corpus = open_shown(name)
    document = corpus.document(name_of_document)
    results = None
    if query is not None:
        asked, within = asked_for(corpus, query), [document.id]
        keywords, words = asked.keywords, asked.words
        results = corpus.search(asked.query, keywords=keywords, words=words, documents=within, sort="document")
        if not results:
            say(nothing_found(corpus, results, keywords=keywords, words=words, documents=within))
            return NOTHING
    headings = corpus.outline(document, results)
    if not headings:
        say(f"{document.id} has no headings.")
        return NOTHING
    view = View(format=format_, file=file, color=color)
    with output(file) as stream:
        lines = outline_lines(document, headings, view, counted=results is not None)
        stream.writelines(line + "\n" for line in lines)
    return FOUND


@click.command("open")
@click.argument("place", metavar="DOC[:PASSAGE]")
@corpus_option
def open_(place: str, name: str) -> None:
    """Open a document's file, at the line or page of a passage.

    Texts are opened in the editor that VISUAL or EDITOR names, at the line if it is one that is known to take it; PDFs
    in the viewer that PDFVIEWER names; other files, and where none of these is set, with what the desktop opens them.

    \b
    EDITOR=vim zhengce open chengyu:17
    VISUAL='code --wait' zhengce open chengyu:17
    """
    from ...index.descriptions import position_in_file
    from ..editors import command, open_file

    corpus = open_shown(name)
    document, number = find_place(corpus, place)
    passage = corpus.passage(document, number) if number is not None else None
    asked = command(document, passage, corpus.paths[document.id], os.environ)
    if passage and (in_file := position_in_file(document, passage)):
        say(f"{document.id}:{passage.number} stands in {in_file} of {corpus.paths[document.id]}.")
    open_file(asked)


@click.command(cls=QueryCommand)
@click.argument("query", nargs=-1)
@corpus_option
@word_option
@documents_option
def browse(query: tuple[str, ...], name: str, word: bool, documents: tuple[str, ...]) -> int:
    """Read hits in their documents, in a window that fills the terminal.

    A query can be given, and others are typed in the window. ? shows the keys.

    \b
    zhengce browse
    zhengce browse 中欧班列
    zhengce browse -w 发展 --doc chengdu
    """
    from ..browse.launch import browse as browse_

    return browse_(name, " ".join(query), words=word, documents=documents)
