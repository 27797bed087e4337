"""``zhengce docs``: lists the documents."""

from __future__ import annotations

import click

from ..display.progress import open_shown
from ..output.documents import show_documents
from ..output.options import Color, OutputOptions
from .options import color_option, corpus_option, format_option


@click.command(short_help="List the documents.")
@corpus_option
@click.option("--long", is_flag=True, help="Also show the file, other versions of the law, and what repeals it.")
@format_option
@color_option
def docs(corpus_name: str, long: bool, format_: str, color: Color) -> None:
    """List the documents: title, 发文字号, date, issuer, number of passages and characters.

    \b
    zhengce docs
    zhengce docs --long
    zhengce docs -f jsonl
    """
    corpus = open_shown(corpus_name)
    show_documents(corpus, OutputOptions(format=format_, color=color), long=long)
