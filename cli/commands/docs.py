"""``zhengce docs``: lists the documents."""

from __future__ import annotations

import click

from ..display.progress import open_shown
from ..export.table import BY_NAME, EXPORTS, format_of
from ..output.documents import show_documents
from ..output.options import Color, OutputOptions
from ..output.writing import name_corpus
from .export_options import bom_option
from .options import color_option, corpus_option, output_option

FORMATS = [each.name for each in EXPORTS if each.lists_documents]


@click.command(short_help="List the documents.")
@corpus_option
@click.option(
    "--long", is_flag=True,
    help="Also show the file, where each field comes from, other versions of the law, and what repeals it.",
)  # fmt: skip
@click.option(
    "-f", "--format", "format_", type=click.Choice(FORMATS),
    help="Write text, one JSON object per line, or a table to be edited, which zhengce set --from takes.  "
    "[default: by the ending of the -o FILE, else text]",
)  # fmt: skip
@output_option
@bom_option
@color_option
def docs(corpus_name: str, long: bool, format_: str | None, file: str | None, bom: bool, color: Color) -> None:
    """List the documents: title, 发文字号, date, issuer, number of passages and characters.

    \b
    zhengce docs
    zhengce docs --long
    zhengce docs -f jsonl
    zhengce docs -o documents.csv --bom      to edit in Excel
    """
    chosen = format_ or format_of(file)
    if chosen not in FORMATS:
        raise click.UsageError(f"Documents are not listed as {chosen}; write -f {', -f '.join(FORMATS)}.")
    if bom and not BY_NAME[chosen].takes_bom:
        raise click.UsageError(f"--bom is for csv, not for {chosen}.")
    corpus = open_shown(corpus_name)
    output = OutputOptions(format=chosen, file=file, color=color, bom=bom)
    show_documents(corpus, output, long=long)
    name_corpus(corpus, output)
