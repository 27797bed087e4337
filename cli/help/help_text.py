"""Help texts in paragraphs: how they are said in another language, and what of them a catalogue has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from inspect import cleandoc

import click

from ...corpus.messages import Message
from ..language.translation import gettext

VERBATIM = "\b"
"""Begins a paragraph whose lines stay as they are, as Click has it."""

COMMENT = "  "
"""Parts a command from what is said of it."""

NAME = r"(?<![\w-])[A-Z]{2,}(?![\w-])"  # of a value: PATH, and FIELD and VALUE in FIELD=VALUE


def paragraphs_of(text: str) -> list[str]:
    r"""Return the paragraphs of a help text: one line each, but those that begin with \b keep their lines."""
    found = (each.strip("\n") for each in re.split(r"\n\s*\n", cleandoc(text)))
    return [each if each.startswith(VERBATIM) else " ".join(each.split("\n")) for each in found if each]


def translated_help(text: str) -> str:
    """Return a help text in the language of the reader, paragraph by paragraph; of lines that stay as they are, what
    stands beside a command."""
    return "\n\n".join(_translated(paragraph) for paragraph in paragraphs_of(text))


def _translated(paragraph: str) -> str:
    if not paragraph.startswith(VERBATIM):
        return gettext(paragraph)
    return "\n".join(_commented(line) for line in paragraph.split("\n"))


def _commented(line: str) -> str:
    written, gap, comment = line.rpartition(COMMENT)
    return f"{written}{gap}{gettext(comment)}" if written.strip() else line


def help_messages(context: click.Context) -> Iterator[str]:
    """Yield every message that the help of a command is made of, as the source has it."""
    command = context.command
    for paragraph in paragraphs_of(command.help or ""):
        if paragraph.startswith(VERBATIM):
            yield from (line.rpartition(COMMENT)[2] for line in paragraph.split("\n") if COMMENT in line.strip())
        else:
            yield paragraph
    if command.short_help:
        yield command.short_help
    named = [*click.Command.collect_usage_pieces(command, context), getattr(command, "subcommand_metavar", "")]
    for parameter in command.params:
        help_ = getattr(parameter, "help", None)
        if help_ and not isinstance(help_, Message):
            yield help_
        named.append(parameter.make_metavar(context))
    yield from (name for metavar in named for name in re.findall(NAME, metavar))
