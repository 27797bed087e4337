"""Commands and options of Click whose help is said in the language of the reader."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from ...corpus.messages import Message
from ..language.translation import gettext, speak_in_click, translated
from .formatter import COMMENT, VERBATIM, Formatter, paragraphs_of
from .usage import no_such_command

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

_NAME = r"(?<![\w-])[A-Z]{2,}(?![\w-])"  # of a value: PATH, and FIELD and VALUE in FIELD=VALUE


class Context(click.Context):
    """A context whose help is laid out in cells."""

    formatter_class = Formatter


class Option(click.Option):
    """An option whose help and value are named in the language of the reader. Help that is made of parts is a message;
    other help is collected from the commands."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        if isinstance(named.get("help"), Message):
            # Click has made a plain text of it.
            self.help = named["help"]

    def make_metavar(self, ctx: click.Context) -> str:
        """Return the name of the value."""
        return _named(super().make_metavar(ctx))

    def get_error_hint(self, ctx: click.Context | None) -> str:
        """Return what errors call it."""
        return " / ".join(self.opts)

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return the option and its help, followed by what Click adds to it."""
        record = super().get_help_record(ctx)
        if record is None or not self.help:
            return record
        return record[0], _said(self.help) + record[1].removeprefix(self.help)


class Argument(click.Argument):
    """An argument that is named in the language of the reader."""

    def make_metavar(self, ctx: click.Context) -> str:
        """Return the name of the value."""
        return _named(super().make_metavar(ctx))

    def get_error_hint(self, ctx: click.Context | None) -> str:
        """Return what errors call it: its name, without the marks that it may be left out or repeated."""
        if ctx is None:
            return self.human_readable_name
        name = self.make_metavar(ctx).removesuffix("...")
        return name[1:-1] if name.startswith("[") else name


class Command(click.Command):
    """A command whose help is said in the language of the reader."""

    context_class = Context
    _shows_help: Option | None = None

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the command line.

        Raises:
            click.UsageError: It is wrong; what is wrong is said in the language of the reader, for which it is read
                once more.
        """
        try:
            return super().parse_args(ctx, [*args])
        except click.UsageError:
            speak_in_click()
            return super().parse_args(ctx, args)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the command does."""
        if self.help:
            formatter.write_paragraph()
            with formatter.indentation():
                formatter.write_text(translated_help(self.help))

    def get_short_help_str(self, limit: int = 45) -> str:
        """Return in a sentence what the command does."""
        return gettext(self.short_help or paragraphs_of(self.help or "")[0])

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return what follows the name of the command in its usage."""
        return [_named(each) for each in super().collect_usage_pieces(ctx)]

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Return the options, and the commands of a group, that begin so, each with its help."""
        found = super().shell_complete(ctx, incomplete)
        for item in found:
            item.help = _said(item.help) if item.help else None
        return found

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the option that shows the help. Click's own asks for its translation in every run, which opens a
        catalogue: 3 ms."""
        names = self.get_help_option_names(ctx)
        if not names or not self.add_help_option:
            return None
        if self._shows_help is None or self._shows_help.opts != [*names]:
            self._shows_help = Option(
                names, is_flag=True, is_eager=True, expose_value=False, callback=_show_help,
                help="Show this message and exit.",
            )  # fmt: skip
        return self._shows_help


class Group(Command, click.Group):
    """A group of commands whose help is said in the language of the reader."""

    command_class = Command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that the arguments begin with.

        Raises:
            click.UsageError: There is none of that name.
        """
        name = args[0]
        if not ctx.resilient_parsing and not name.startswith("-") and self.get_command(ctx, name) is None:
            raise click.UsageError(translated(no_such_command(name, name, self.list_commands(ctx))), ctx)
        return super().resolve_command(ctx, args)


command = partial(click.command, cls=Command)
option = partial(click.option, cls=Option)
argument = partial(click.argument, cls=Argument)


def group(**attributes: Any) -> Callable[[Callable[..., Any]], Group]:
    """Return a decorator that makes a group of a function; ``attributes`` are those of Click."""
    made: Callable[[Callable[..., Any]], Group] = click.group(**{"cls": Group, **attributes})
    return made


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


def _said(text: str) -> str:
    return translated(text) if isinstance(text, Message) else gettext(text)


def _named(metavar: str) -> str:
    """Return the name of a value in the language of the reader."""
    return re.sub(_NAME, lambda name: gettext(name[0]), metavar)


def _show_help(context: click.Context, parameter: click.Parameter, asked: bool) -> None:
    if asked and not context.resilient_parsing:
        from .. import pager

        pager.write(context.get_help().split("\n"), paged=sys.stdout.isatty())
        context.exit()


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
    yield from (name for metavar in named for name in re.findall(_NAME, metavar))
