"""``zhengce browse``: opens the window."""

from __future__ import annotations

import click

from ...index.chosen import Chosen
from ...index.citations.styles import STYLES
from ...index.query.arguments import query_of
from ...index.search.results import Sort
from ..browse.launch import open_window
from ..help.command import argument, command, option
from ..help.values import Choice
from ..language.translation import translated
from ..request import Request
from .options import (
    WORDS_OR_KEYWORDS,
    QueryCommand,
    chosen_option,
    complete_query,
    documents_option,
    keywords_option,
    words_option,
)


@command(cls=QueryCommand)
@argument("query", nargs=-1, shell_complete=complete_query)
@chosen_option
@keywords_option
@words_option
@documents_option
@option(
    "--sort", type=Choice(["relevance", "document", "date", "-date"]),
    help="Order of hits; date: the oldest documents first, -date: the newest.  [default: relevance with -k and for "
    "several terms, else document]",
)  # fmt: skip
@option(
    "--cite", "style", type=Choice([each.name for each in STYLES if not each.is_bibliography]),
    help="Citation style of what is copied and exported.  [default: the short one, with the place]",
)  # fmt: skip
def browse(
    query: tuple[str, ...],
    chosen: Chosen,
    keywords: bool,
    words: bool,
    documents: tuple[str, ...],
    sort: Sort | None,
    style: str | None,
) -> int:
    """Read hits in their documents, in a window that fills the terminal.

    Type further queries in the window. ? lists the keys.

    \b
    zhengce browse
    zhengce browse 中欧班列
    zhengce browse -k 怎样降低物流成本
    zhengce browse -w 发展 --doc chengdu
    zhengce browse 开放 --sort=-date --cite gbt7714
    """
    if keywords and words:
        raise click.UsageError(translated(WORDS_OR_KEYWORDS))
    request = Request(query_of(query, keywords=keywords), keywords, words, documents)
    return open_window(chosen, request, sort, style)
