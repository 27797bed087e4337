"""``zhengce explain``: shows how a query is read."""

from __future__ import annotations

from ...index.chosen import Chosen
from ...index.query.arguments import query_of
from ..display.explanation_tree import explanation_lines
from ..help.command import argument, command
from ..opening import open_shown
from ..output.options import Color, OutputOptions
from ..output.writing import name_corpus, print_lines
from .options import QueryCommand, chosen_option, color_option, complete_query, words_option


@command(cls=QueryCommand)
@argument("query", nargs=-1, required=True, shell_complete=complete_query)
@chosen_option
@words_option
@color_option
def explain(query: tuple[str, ...], chosen: Chosen, words: bool, color: Color) -> None:
    """Show how a query is read.

    For each part: its meaning, the text that is compared, the words jieba cuts it into, how many blocks of text must
    be read to find it, and how many passages match.

    \b
    zhengce explain '(成都 | 重庆) 班列 -西宁'
    zhengce explain '中歐*列 date:2022-07..2023'
    """
    corpus, output = open_shown(chosen), OutputOptions(color=color)
    step = corpus.explain(query_of(query), words=words)
    print_lines(lambda width: explanation_lines(step), output)
    name_corpus(corpus, output)
