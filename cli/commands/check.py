"""``zhengce check``: lists what is doubtful of what is said of the documents."""

from __future__ import annotations

import sys

import click

from ...index.chosen import Chosen
from ...index.doubts import Doubt, doubts
from ...index.opening import definitions
from ...index.shell_text import quoted
from ...index.storage.corrections import read_corrections
from ..display.layout import harmless
from ..display.messages import say
from ..exit_codes import DOUBTFUL, FOUND
from ..export.table import BY_NAME
from ..help.command import command
from ..language.translation import gettext, ngettext, translated
from ..opening import open_shown
from ..output.options import OutputOptions
from ..output.writing import name_corpus
from .options import format_option, one_chosen_option


@command(short_help="List what is doubtful of the documents, and how to mend it.")
@one_chosen_option
@format_option
def check(chosen: Chosen, format_: str) -> int:
    """List what is doubtful of the documents, and how to mend it.

    That is: no date; neither issuers nor authors; a title that looks like a source line, the name of a site or of a
    file; dates that contradict each other; two documents with the same text; passages of more than 5,000 characters;
    three or more paragraphs of no more than 2; characters of private use. With each stands the command that mends it
    or shows the place. What was set by hand is not doubted.

    The exit code is 0 if nothing is doubtful, 1 if something is.

    \b
    zhengce check
    zhengce check --corpus mine -f jsonl
    """
    corpus = open_shown(chosen)
    (definition,) = definitions(chosen, corpus.home)
    found = 0
    documents = set()
    for doubt in doubts(corpus, definition, read_corrections(definition.folder)):
        found += 1
        documents.add(doubt.document)
        click.echo(_line(doubt, format_))
    if found and BY_NAME[format_].is_drawn:
        size = ngettext("{count:,} document", "{count:,} documents", len(corpus.documents))
        say(
            ngettext(
                "{count:,} doubt about {some:,} of {documents}.",
                "{count:,} doubts about {some:,} of {documents}.",
                found,
                some=len(documents),
                documents=size,
            )
        )
        if definition.in_cache:
            paths = " ".join(quoted(str(path)) for path in chosen.paths)
            say(
                gettext(
                    "what is set by hand is kept with a corpus: zhengce index --corpus NAME {paths} makes one.",
                    paths=paths,
                )
            )
    name_corpus(corpus, OutputOptions(format=format_))
    return DOUBTFUL if found else FOUND


def _line(doubt: Doubt, format_: str) -> str:
    if not BY_NAME[format_].is_drawn:
        from ...index.records.objects import json_line

        return json_line(doubt._asdict())
    text = translated(doubt.text)
    if sys.stdout.isatty():
        said = gettext("{document}: {doubt}", document=doubt.document, doubt=text)
        return f"{harmless(said)}\n    {harmless(doubt.command)}"
    return "\t".join(map(harmless, doubt._replace(text=text)))
