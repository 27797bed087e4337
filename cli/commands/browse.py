"""``zhengce browse``: opens the window."""

from __future__ import annotations

import click

from ..browse.launch import open_window
from ..request import Request
from .options import QueryCommand, complete_query, corpus_option, documents_option, words_option


@click.command(cls=QueryCommand)
@click.argument("query", nargs=-1, shell_complete=complete_query)
@corpus_option
@words_option
@documents_option
def browse(query: tuple[str, ...], corpus_name: str, words: bool, documents: tuple[str, ...]) -> int:
    """Read hits in their documents, in a window that fills the terminal.

    Type further queries in the window. ? lists the keys.

    \b
    zhengce browse
    zhengce browse 中欧班列
    zhengce browse -w 发展 --doc chengdu
    """
    return open_window(corpus_name, Request(" ".join(query), words=words, documents=documents))
