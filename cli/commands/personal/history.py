"""``zhengce history``: lists the last queries."""

from __future__ import annotations

import click

from ....index.storage.generations import home
from ...config.current import current
from ...display.layout import harmless
from ...display.messages import say
from ...display.theme import FAINT, paint
from ...display.wording import found
from ...exit_codes import FOUND, NOTHING
from ...help.command import command, option
from ...help.values import IntRange
from ...history import Entry, clear
from ...history import history as entries_in
from ...language.translation import gettext, ngettext
from ...output.options import OutputOptions
from ...output.writing import write_lines

DEFAULT_LIMIT = 20


@command()
@option(
    "-n", "--limit", metavar="N", type=IntRange(min=0), default=DEFAULT_LIMIT, show_default=True,
    help="Show the last N queries; 0 shows all.",
)  # fmt: skip
@option("--clear", "forget", is_flag=True, help="Forget all queries.")
def history(limit: int, forget: bool) -> int:
    """List the last queries.

    These are the queries that found something on a terminal, the last one at the end: when it was, how much was found,
    in which corpus. `zhengce show DOC --query` marks the last one. In a pipe, tabs separate the fields.
    zhengce config set history false keeps none.

    \b
    zhengce history
    zhengce history -n 5
    """
    if forget:
        click.echo(ngettext("{count:,} query forgotten.", "{count:,} queries forgotten.", clear(home())))
        return FOUND
    entries = entries_in(home())
    if not entries:
        if current().history:
            say(gettext("there are no queries yet."))
        else:
            say(gettext("there are no queries yet; none are kept, because history is false in the configuration."))
        return NOTHING
    output = OutputOptions(color=current().color)
    write_lines((_line(entry, output) for entry in entries[-limit:]), None)
    return FOUND


def _line(entry: Entry, output: OutputOptions) -> str:
    options = "".join((" -k" * entry.request.keywords, " -w" * entry.request.words))
    documents = "".join(f" --doc {each}" for each in entry.request.documents)
    query = f"{entry.request.query}{options}{documents}"
    when = entry.time[:16].replace("T", " ")
    if output.on_terminal:
        about = paint(f"{found(entry.counts)} · {harmless(entry.corpus)}", FAINT, color=output.colored)
        return f"{harmless(when)}  {harmless(query)}\n{' ' * len(when)}  {about}"
    return "\t".join(map(harmless, (entry.time, entry.corpus, *map(str, entry.counts), query)))
