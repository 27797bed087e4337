"""The program: a group that imports a command when it is asked for."""

from __future__ import annotations

from importlib import import_module

import click

COMMANDS = {
    "search": "Find passages.",
    "kwic": "Show each occurrence on a line, with its context (a concordance).",
    "browse": "Read hits in their documents, in a window that fills the terminal.",
    "docs": "List the documents.",
    "show": "Show a document, or one of its passages with the passages around it.",
    "outline": "Show the headings of a document, each with the number of its passage.",
    "open": "Open the file of a document, at the line or page of a passage.",
    "cite": "Cite documents, or passages of them.",
    "explain": "Show how a query is read.",
    "set": "Set title, date, issuers, … of a document by hand.",
    "check": "List what is doubtful of the documents, and how to mend it.",
    "index": "Build or update the index of a corpus.",
    "corpora": "List the corpora; show, rename or remove one.",
    "help": "Show help on a topic or a command.",
}
"""The commands in the order in which `zhengce --help` lists them, and what each does. Each is a function of a module of
its own name."""


class Program(click.Group):
    """A group of commands in modules beside this one. A search imports no other command, which would take it 25 ms."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, or None if there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f".{cmd_name}", __package__), cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


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
