"""Commands and options of Click whose help is said in the language of the reader."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from ...corpus.messages import Message
from ..language.translation import gettext, speak_in_click, translated

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


class Context(click.Context):
    """A context whose help is laid out in cells."""

    def make_formatter(self) -> click.HelpFormatter:
        """Return what writes the help; few runs need it."""
        from .formatter import Formatter

        return Formatter(width=self.terminal_width, max_width=self.max_content_width)


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

    def get_help_extra(self, ctx: click.Context) -> click.types.OptionHelpExtra:
        """Return what Click adds to the help, without ranges such as x>=0, which the help says in words."""
        extra = super().get_help_extra(ctx)
        extra.pop("range", None)
        return extra

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
            from .help_text import translated_help

            formatter.write_paragraph()
            with formatter.indentation():
                formatter.write_text(translated_help(self.help))

    def get_short_help_str(self, limit: int = 45) -> str:
        """Return in a sentence what the command does."""
        from .help_text import paragraphs_of

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
            from .usage import no_such_command

            raise click.UsageError(translated(no_such_command(name, name, self.list_commands(ctx))), ctx)
        return super().resolve_command(ctx, args)


command = partial(click.command, cls=Command)
option = partial(click.option, cls=Option)
argument = partial(click.argument, cls=Argument)


def group(**attributes: Any) -> Callable[[Callable[..., Any]], Group]:
    """Return a decorator that makes a group of a function; ``attributes`` are those of Click."""
    made: Callable[[Callable[..., Any]], Group] = click.group(**{"cls": Group, **attributes})
    return made


def _said(text: str) -> str:
    return translated(text) if isinstance(text, Message) else gettext(text)


def _named(metavar: str) -> str:
    """Return the name of a value in the language of the reader."""
    from .help_text import NAME

    return re.sub(NAME, lambda name: gettext(name[0]), metavar)


def _show_help(context: click.Context, parameter: click.Parameter, asked: bool) -> None:
    if asked and not context.resilient_parsing:
        from .. import pager

        pager.write(context.get_help().split("\n"), paged=sys.stdout.isatty())
        context.exit()
