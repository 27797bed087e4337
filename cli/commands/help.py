"""``zhengce help``: lists topics and commands, shows a topic, or the options of a command."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from ...corpus.messages import Message, all_of, message, sentences
from ..config.current import current
from ..help.command import Context, argument, command, option
from ..help.usage import nearest, no_such_command
from ..language.translation import gettext, translated
from .options import complete_topics


@command()
@argument("words", metavar="[TOPIC|COMMAND]", nargs=-1, shell_complete=complete_topics)
@option("--man", is_flag=True, help="Write all of the help as a man page (roff).")
@click.pass_context
def help(context: click.Context, words: tuple[str, ...], man: bool) -> None:  # noqa: A001 - the name of the command
    """Show help on a topic or a command.

    Without a name, list the topics and commands.

    \b
    zhengce help
    zhengce help query
    zhengce help kwic
    zhengce help --man | man -l -
    """
    from ..help.table import NAMES, read_topic

    program = context.find_root()
    if man:
        if words:
            raise click.UsageError(gettext("--man writes all of the help; leave the name out."))
        from ..help.manual import manual

        click.echo("\n".join(manual(program)))
    elif not words:
        _page(_listing(program))
    elif len(words) == 1 and words[0] in NAMES:
        _show(read_topic(words[0]))
    else:
        _page(_command(program, words).get_help())


def _listing(program: click.Context) -> str:
    """Return the topics and the commands, a line each."""
    from ..help.table import NAMES, about

    formatter = program.make_formatter()
    heading = gettext("Show help on a topic or a command: zhengce help NAME")
    formatter.write(f"{heading}\n")
    commands = _commands(program)
    with formatter.section(gettext("Topics")):
        formatter.write_dl([(name, about(name)) for name in NAMES])
    with formatter.section(gettext("Commands")):
        formatter.write_dl([(name, command.get_short_help_str(limit=100)) for name, command in commands.items()])
    both = [name for name in commands if name in NAMES]
    formatter.write_paragraph()
    formatter.write_text(gettext("For the options of {commands}, use zhengce COMMAND --help.", commands=all_of(both)))
    return formatter.getvalue().rstrip("\n")


def _commands(context: click.Context) -> dict[str, click.Command]:
    """Return the commands of a group by name, in the order of its own help; none where there is no group."""
    group = context.command
    if not isinstance(group, click.Group):
        return {}
    commands = {name: group.get_command(context, name) for name in group.list_commands(context)}
    return {name: command for name, command in commands.items() if command}


def _command(program: click.Context, words: Sequence[str]) -> click.Context:
    """Return the context of a command that is named by its words, as in ``corpora show``.

    Raises:
        click.UsageError: There is none.
    """
    context = program
    for count, word in enumerate(words, 1):
        commands = _commands(context)
        if word not in commands:
            name = " ".join(words[:count])
            said = _unknown(name, word, list(commands)) if context is program else no_such_command(name, word, commands)
            raise click.UsageError(translated(said))
        context = Context(commands[word], context, info_name=word, **commands[word].context_settings)
    return context


def _unknown(name: str, word: str, commands: Sequence[str]) -> Message:
    """Return the message for a name that is neither topic nor command."""
    from ..help.table import NAMES

    unknown = message("There is no topic or command “{name}”.", name=name)
    return sentences((unknown, nearest(word, [*commands, *NAMES])))


def _show(markdown: str) -> None:
    """Show a topic: drawn on a terminal, as it is in a pipe."""
    from ..output.options import OutputOptions

    options = OutputOptions()
    if not options.on_terminal:
        click.echo(markdown, nl=False)
        return
    from ..display.terminal import console
    from ..help.drawing import draw

    screen = console("auto" if options.colored else None)
    with screen.capture() as capture:
        draw(markdown, screen, current().width)
    _page(capture.get().rstrip("\n"))


def _page(text: str) -> None:
    """Write a text, on a terminal through the pager if it has more lines than that."""
    from .. import pager

    pager.write(text.split("\n"), paged=sys.stdout.isatty())
