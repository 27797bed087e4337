"""Options that several commands share."""

from __future__ import annotations

import click

from ...index.citations.styles import STYLE_BY_NAME
from ...index.indexing.corpora import BUNDLED
from ..export.table import EXPORTS, format_of

LAST_QUERY = ""
"""The value of --query where it stands by itself."""

corpus_option = click.option(
    "--corpus", "name", default=BUNDLED, show_default=True, envvar="ZHENGCE_CORPUS", show_envvar=True, metavar="NAME",
    help="The corpus to use.",
)  # fmt: skip
word_option = click.option("-w", "--word", is_flag=True, help="Only whole words, as jieba cuts them.")
documents_option = click.option(
    "--doc", "documents", multiple=True, metavar="ID", help="Search in this document only; may be repeated."
)
query_option = click.option(
    "--query", is_flag=False, flag_value=LAST_QUERY, metavar="[QUERY]",
    help="Mark what a query matches, or count it; without QUERY, the last one searched for on a terminal.",
)  # fmt: skip
color_option = click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="Colour: auto is for terminals only and heeds NO_COLOR.",
)
format_option = click.option(
    "-f", "--format", "format_", type=click.Choice(["text", "jsonl"]), default="text", show_default=True,
    help="Text, or one JSON object a line.",
)  # fmt: skip
export_option = click.option(
    "-f", "--format", "format_", type=click.Choice([each.name for each in EXPORTS]),
    help=f"{'; '.join(f'{each.name}: {each.about}' for each in EXPORTS)}.  "
    "[default: by the ending of -o, else text]",
)  # fmt: skip
style_option = click.option(
    "--cite", "style", type=click.Choice(list(STYLE_BY_NAME)),
    help="Style of citations: GB/T 7714—2015, APA 7, Chicago 17, or a bibliography in BibTeX or CSL-JSON.",
)  # fmt: skip
bom_option = click.option("--bom", is_flag=True, help="Begin csv and tsv with the mark by which Excel knows UTF-8.")


def read_format(format_: str | None, file: str | None, style: str | None, *, bom: bool) -> tuple[str, str | None]:
    """Return the format of what is written, which the ending of a file's name or a bibliography may tell, and the
    style of the citations in it.

    Raises:
        click.UsageError: The options contradict each other.
    """
    bibliography = style is not None and STYLE_BY_NAME[style].is_bibliography
    chosen = format_ or (style if style and bibliography else format_of(file))
    if bibliography and chosen != style:
        raise click.UsageError(f"--cite {style} is a bibliography by itself; leave -f {chosen} out.")
    if bom and chosen not in ("csv", "tsv"):
        raise click.UsageError(f"--bom is for csv and tsv, not {chosen}.")
    return chosen, None if bibliography else style
