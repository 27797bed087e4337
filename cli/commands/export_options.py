"""Options of the commands that export what they find."""

from __future__ import annotations

import re

import click

from ...corpus.messages import all_of, clauses, listed, message
from ...index.citations.styles import STYLE_BY_NAME
from ..export.table import BY_NAME, EXPORTS, format_of
from ..help.command import option
from ..help.values import Choice
from ..language.translation import gettext
from ..output.options import OutputOptions

_FORMATS = clauses(message("{name}: {about}", name=each.name, about=each.about) for each in EXPORTS)

export_option = option(
    "-f", "--format", "format_", type=Choice([each.name for each in EXPORTS]),
    help=message("{formats}.  [default: by the ending of the -o FILE, else text]", formats=_FORMATS),
)  # fmt: skip
style_option = option(
    "--cite", "style", type=Choice(list(STYLE_BY_NAME)),
    help="Citation style: GB/T 7714—2015, APA 7, Chicago 17; or a bibliography in BibTeX or CSL-JSON.",
)  # fmt: skip
bom_option = option(
    "--bom", is_flag=True, help="Start csv and tsv with a byte order mark, by which Excel recognises UTF-8."
)
headings_option = option(
    "--headings", type=Choice(["zh", "en"]),
    help="Language of heads and of the headings of columns in files.  [default: csv and tsv: en; else the language of "
    "the program]",
)  # fmt: skip

FIELDS = (
    "document", "title", "number", "date", "by", "section", "passage", "page", "lines", "occurrences", "matches",
    "text", "citation", "place",
)  # fmt: skip
"""The columns of a passage; those of `zhengce.index.records.rows.PassageRow`, which are not imported for this."""

fields_option = option(
    "--fields", metavar="NAME,…",
    help=message(
        "Only these columns of each passage, as lines with tabs between, csv, tsv or xlsx: {columns}.",
        columns=listed(FIELDS),
    ),
)  # fmt: skip


def read_fields(written: str | None) -> tuple[str, ...]:
    """Return the columns that --fields names.

    Raises:
        click.UsageError: There is no such column.
    """
    from ..export.headings import heading

    # Also under the headings that columns have in the language of the reader.
    called = {heading(each): each for each in FIELDS} if written and not written.isascii() else {}
    listing = (each.strip() for each in re.split("[,，、]", written)) if written else ()
    names = tuple(called.get(each, each) for each in listing)
    for each in names:
        if each not in FIELDS:
            raise click.UsageError(
                gettext("--fields has no column {name}; the columns are {columns}.", name=each, columns=listed(FIELDS))
            )
    return names


def check_headings(output: OutputOptions) -> OutputOptions:
    """Return how something is shown.

    Raises:
        click.UsageError: Headings are asked for in a language, and there are none.
    """
    if output.headings and not output.export_format.headings:
        having = listed(each.name for each in EXPORTS if each.headings)
        raise click.UsageError(
            gettext("--headings is for {formats}, not for {format}.", formats=having, format=output.format)
        )
    if output.headings and not output.is_export:
        raise click.UsageError(gettext("--headings is for files; write one with -o FILE."))
    return output


def read_format(format_: str | None, file: str | None, style: str | None, *, bom: bool) -> tuple[str, str | None]:
    """Return the format to write and the style of its citations. The format may follow from the ending of the file's
    name, or from a style that is a bibliography.

    Raises:
        click.UsageError: The options contradict each other.
    """
    bibliography = style is not None and STYLE_BY_NAME[style].is_bibliography
    chosen = format_ or (style if style and bibliography else format_of(file))
    if bibliography and chosen != style:
        raise click.UsageError(
            gettext("--cite {style} is a format by itself; leave -f {format} out.", style=style, format=chosen)
        )
    if bom:
        check_bom(chosen)
    return chosen, None if bibliography else style


def check_bom(format_: str) -> None:
    """Check that a file in a format may begin with a byte order mark.

    Raises:
        click.UsageError: It may not.
    """
    if not BY_NAME[format_].takes_bom:
        taking = all_of(each.name for each in EXPORTS if each.takes_bom)
        raise click.UsageError(gettext("--bom is for {formats}, not for {format}.", formats=taking, format=format_))
