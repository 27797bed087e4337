"""The program: a group that imports a command when it is asked for."""

from __future__ import annotations

import os
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

from ..config.current import current
from ..config.reading import read_configuration
from ..display.messages import no_command, say
from ..help.command import Group, Option, group
from ..language.choice import chosen_language
from ..language.translation import gettext, speak

GROUPS: dict[str, dict[str, str]] = {
    "Find": {
        "search": "Find passages.",
        "kwic": "Show each occurrence on a line, with its context (a concordance).",
        "docs": "List the documents.",
    },
    "Read": {
        "browse": "Read hits in their documents, in a window that fills the terminal.",
        "show": "Show a document, or one of its passages with the passages around it.",
        "outline": "Show the headings of a document, each with the number of its passage.",
        "open": "Open the file of a document, at the line or page of a passage.",
    },
    "Take away": {
        "cite": "Cite documents, or passages of them.",
    },
    "Understand": {
        "explain": "Show how a query is read.",
        "help": "Show help on a topic or a command.",
    },
    "Keep": {
        "index": "Build or update the index of a corpus.",
        "corpora": "List the corpora; show, rename or remove one.",
        "use": "Choose the corpus that all commands use.",
        "check": "List what is doubtful of the documents, and how to mend it.",
        "set": "Set title, date, issuers, … of a document by hand.",
    },
    "Settle": {
        "config": "Show the settings; set or unset one.",
        "history": "List the last queries.",
        "completion": "Print the script that completes commands in a shell.",
    },
}
"""The commands by what they are for, in the order in which `zhengce --help` lists them, and what each does. Each is a
function of a module of its own name."""

COMMANDS: dict[str, str] = {name: about for group in GROUPS.values() for name, about in group.items()}

_PERSONAL = ("config", "use", "history", "completion")


class Program(Group):
    """A group of commands in modules beside this one. A search imports no other command, which would take it 25 ms."""

    def main(self, args: Sequence[str] | None = None, *rest: Any, **extra: Any) -> Any:
        """Run a command line with the configuration, in the language of the reader."""
        configuration = read_configuration()
        speak(chosen_language(configuration.language, os.environ))
        return super().main(args, *rest, obj=configuration, **extra)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, or None if there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        module = f".personal.{cmd_name}" if cmd_name in _PERSONAL else f".{cmd_name}"
        command: click.Command = getattr(import_module(module, __package__), cmd_name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that the arguments begin with.

        Raises:
            click.UsageError: There is none of that name; it says how to search for it.
        """
        name = args[0]
        if name not in COMMANDS and not name.startswith("-") and not ctx.resilient_parsing:
            raise click.UsageError(no_command(args, list(COMMANDS)), ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        widest = max(map(len, COMMANDS))
        for title, commands in GROUPS.items():
            with formatter.section(gettext(title)):
                formatter.write_dl([(name.ljust(widest), gettext(about)) for name, about in commands.items()])


@group(cls=Program, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(
    None, "-V", "--version", package_name="zhengce", message="zhengce %(version)s",
    cls=Option, help="Show the version and exit.",
)  # fmt: skip
def zhengce() -> None:
    """Search Chinese policy texts (政策) from the terminal.

    \b
    zhengce search 中欧班列               passages that mention 中欧班列
    zhengce docs                          the documents and their metadata
    zhengce show chengyu                  one document, paragraph by paragraph
    zhengce explain '成都 NEAR/10 班列'   how a query is read
    zhengce help                          topics: queries, formats, exports, …

    Five documents come with the program; the first search builds their index. `zhengce index` makes a corpus of your
    own documents.
    """
    for problem in current().problems:
        say(problem)
