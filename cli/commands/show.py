"""``zhengce show``: shows a document or a passage."""

from __future__ import annotations

from ...index.chosen import Chosen
from ..help.command import argument, command, option
from ..help.values import IntRange
from ..opening import open_place
from ..output.documents import show_document
from ..output.options import Color, OutputOptions
from ..output.writing import name_corpus
from .options import (
    check_listing,
    chosen_option,
    color_option,
    complete_documents,
    format_option,
    output_option,
    pager_option,
    query_option,
)
from .query_marks import matches_in


@command()
@argument("place", metavar="DOC[:PASSAGE]", shell_complete=complete_documents)
@chosen_option
@option(
    "-C", "--context", metavar="N", type=IntRange(min=0), default=1, show_default=True,
    help="Also show N passages before and after the passage.",
)  # fmt: skip
@option("--long", is_flag=True, help="Also show all that is known of the document, and where it comes from.")
@query_option
@format_option
@output_option
@pager_option
@color_option
def show(
    place: str,
    chosen: Chosen,
    context: int,
    long: bool,
    query: str | None,
    format_: str,
    file: str | None,
    no_pager: bool,
    color: Color,
) -> None:
    """Show a document, or one of its passages with the passages around it.

    DOC is the id of a document, as listed by zhengce docs, or a part of its id, its file's name, its 发文字号 or its
    title that means no other document.

    \b
    zhengce show chengyu
    zhengce show chengyu:17
    zhengce show 渝府办发〔2022〕86号:17          also 86号:17
    zhengce show chengyu:17 --query 中欧班列      with its matches in colour
    zhengce show chengyu:17 --query               the same for the last query
    zhengce show chengyu:17 --long               above it, title, date, issuers … and their origins
    zhengce show xining -o xining.txt
    """
    check_listing(file)
    corpus, document, number = open_place(chosen, place)
    output = OutputOptions(format=format_, file=file, paged=not no_pager, color=color)
    marks = matches_in(corpus, document, query)
    path = corpus.paths[document.id] if long else None
    if number is None:
        show_document(document, list(corpus.passages(document)), output, marks=marks, path=path)
        name_corpus(corpus, output)
        return
    passage = corpus.passage(document, number)
    before, after = corpus.neighbours(document, number, context)
    show_document(document, [*before, passage, *after], output, asked=number, marks=marks, path=path)
    name_corpus(corpus, output)
