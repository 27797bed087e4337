"""``zhengce completion``: prints the script that completes commands in a shell."""

from __future__ import annotations

import click

from ....corpus.messages import listed
from ...completion.scripts import INSTALL
from ...completion.shells import current_shell, script
from ...help.command import argument, command
from ...help.values import Choice
from ...language.translation import gettext, translated


@command()
@argument("shell", type=Choice(list(INSTALL)), required=False)
@click.pass_context
def completion(context: click.Context, shell: str | None) -> None:
    """Print the script that completes commands in a shell.

    Its first lines say how it is installed. It completes commands, options, corpora, documents by id and title, fields
    and issuers in queries, aliases, formats, styles, settings and topics.

    \b
    zhengce completion bash
    zhengce completion zsh
    """
    chosen = shell or current_shell()
    if chosen is None:
        raise click.UsageError(gettext("Which shell? Write one of {names}.", names=translated(listed(INSTALL))))
    root = context.find_root().command
    note = gettext("Completion for {shell}. To install it, type once:", shell=chosen)
    click.echo(f"# {note}\n#   {INSTALL[chosen]}\n")
    click.echo(script(chosen, root), nl=False)
