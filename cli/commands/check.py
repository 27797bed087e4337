"""``zhengce check``: lists what is doubtful of what is said of the documents."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator

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
from ..output.writing import name_corpus, write_page
from .options import format_option, one_chosen_option, pager_option


@command(short_help="List what is doubtful of the documents, and how to mend it.")
@one_chosen_option
@format_option
@pager_option
def check(chosen: Chosen, format_: str, no_pager: bool) -> int:
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
    counted: Counter[str] = Counter()

    def lines() -> Iterator[str]:
        for doubt in doubts(corpus, definition, read_corrections(definition.folder)):
            counted[doubt.document] += 1
            yield from _lines(doubt, format_)

    options = OutputOptions(format=format_, paged=not no_pager)
    write_page(lines(), options._replace(paged=options.paged and options.on_terminal))
    found = counted.total()
    if found and BY_NAME[format_].is_drawn:
        size = ngettext("{count:,} document", "{count:,} documents", len(corpus.documents))
        say(
            ngettext(
                "{count:,} doubt about {some:,} of {documents}.",
                "{count:,} doubts about {some:,} of {documents}.",
                found,
                some=len(counted),
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
    name_corpus(corpus, options)
    return DOUBTFUL if found else FOUND


def _lines(doubt: Doubt, format_: str) -> Iterator[str]:
    if not BY_NAME[format_].is_drawn:
        from ...index.records.objects import json_line

        yield json_line(doubt._asdict())
        return
    text = translated(doubt.text)
    if sys.stdout.isatty():
        yield harmless(gettext("{document}: {doubt}", document=doubt.document, doubt=text))
        yield f"    {harmless(doubt.command)}"
    else:
        yield "\t".join(map(harmless, doubt._replace(text=text)))
