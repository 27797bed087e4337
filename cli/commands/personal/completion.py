"""``zhengce completion``: prints the script that completes commands in a shell."""

from __future__ import annotations

import click

from ...completion.scripts import INSTALL
from ...completion.shells import current_shell, script
from ...help.command import argument, command


@command()
@argument("shell", type=click.Choice(list(INSTALL)), required=False)
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
        raise click.UsageError(f"Which shell? Write one of {', '.join(INSTALL)}.")
    root = context.find_root().command
    click.echo(f"# Completion for {chosen}. To install it, type once:\n#   {INSTALL[chosen]}\n")
    click.echo(script(chosen, root), nl=False)
