"""``zhengce outline``: shows the headings of a document."""

from __future__ import annotations

from ...index.chosen import Chosen
from ..display.messages import nothing_found, say
from ..exit_codes import FOUND, NOTHING
from ..help.command import argument, command
from ..language.translation import gettext
from ..opening import open_place
from ..output.options import Color, OutputOptions
from ..output.outline import show_outline
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
from .query_marks import requested


@command()
@argument("place", metavar="DOC", shell_complete=complete_documents)
@chosen_option
@query_option
@format_option
@output_option
@pager_option
@color_option
def outline(
    place: str, chosen: Chosen, query: str | None, format_: str, file: str | None, no_pager: bool, color: Color
) -> int:
    """Show the headings of a document, each with the number of its passage.

    With --query, each heading also has the number of matches below it, down to the next heading of its level.

    \b
    zhengce outline chengyu
    zhengce outline chengyu --query 班列
    zhengce outline xining -f jsonl
    """
    check_listing(file)
    corpus, document, _ = open_place(chosen, place)
    results = None
    if query is not None:
        request = requested(corpus, query)._replace(documents=(document.id,))
        results = request.search(corpus, "document")
        if not results:
            say(nothing_found(corpus, results, request))
            return NOTHING
    headings = corpus.outline(document, results)
    if not headings:
        say(gettext("{document} has no headings.", document=document.id))
        return NOTHING
    output = OutputOptions(format=format_, file=file, paged=not no_pager, color=color)
    show_outline(document, headings, output, counted=results is not None)
    name_corpus(corpus, output)
    return FOUND
