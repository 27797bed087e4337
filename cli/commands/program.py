"""The program: a group that imports a command when it is asked for."""

from __future__ import annotations

from importlib import import_module

import click

COMMANDS = (
    "search",
    "kwic",
    "browse",
    "docs",
    "show",
    "outline",
    "open",
    "cite",
    "explain",
    "index",
    "corpora",
    "help",
)
"""The commands in the order in which `zhengce --help` lists them. Each is a function of a module of its own name."""


class Program(click.Group):
    """A group of commands in modules beside this one. A search imports none but its own, which saves it 3 ms."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, or None if there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f".{cmd_name}", __package__), cmd_name)
        return command


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="zhengce", message="zhengce %(version)s")
def zhengce() -> None:
    """Search Chinese policy texts (政策) from the terminal.

    \b
    zhengce search 中欧班列             passages that mention 中欧班列
    zhengce docs                        the documents and their metadata
    zhengce show chengyu                one document, paragraph by paragraph
    zhengce explain '成都 NEAR/10 班列'   how a query is read
    zhengce help                        topics: queries, formats, exports, …

    Five documents come with the program; the first search builds their index. `zhengce index` makes a corpus of your
    own documents.
    """
