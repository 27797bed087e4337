"""Options and arguments that several commands share, and what turns them into one object."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

import click

from ...index.indexing.corpora import BUNDLED
from ..export.table import EXPORTS

_Options = TypeVar("_Options")
_Value = TypeVar("_Value")

LAST_QUERY = ""
"""The value of --query where it stands by itself."""

# A dash before one of these begins no option but NOT: -重庆, -(成都 | 重庆), -"…", -=人民, -/…/.
_NOT = re.compile(r"-(?=[^\x00-\x7f]|[(\"=/])")
_NOT_OR_OPTIONS = re.compile(r"-[A-Za-z]{2,}")

corpus_option = click.option(
    "--corpus", "corpus_name", default=BUNDLED, show_default=True, envvar="ZHENGCE_CORPUS", show_envvar=True,
    metavar="NAME", help="The corpus to use.",
)  # fmt: skip
words_option = click.option("-w", "--word", "words", is_flag=True, help="Match whole words only, as jieba cuts them.")
documents_option = click.option(
    "--doc",
    "documents",
    multiple=True,
    metavar="DOC",
    help="Search only this document, named as for zhengce show. May be repeated.",
)
query_option = click.option(
    "--query", is_flag=False, flag_value=LAST_QUERY, metavar="[QUERY]",
    help="Mark or count the matches of a query; without QUERY, of the last one searched for on a terminal.",
)  # fmt: skip
color_option = click.option(
    "--color", type=click.Choice(["auto", "always", "never"]), default="auto", show_default=True,
    help="When to use colour; auto: on a terminal, unless NO_COLOR is set.",
)  # fmt: skip
format_option = click.option(
    "-f", "--format", "format_", type=click.Choice([each.name for each in EXPORTS if each.is_listing]),
    default=EXPORTS[0].name, show_default=True, help="Write text, or one JSON object per line.",
)  # fmt: skip
output_option = click.option("-o", "--output", "file", metavar="FILE", help="Write to a file.")


def as_one(kind: Callable[..., _Options]) -> Callable[[Callable[[_Options], _Value]], Callable[..., _Value]]:
    """Return a decorator for a command that takes its options as one object of a class that has a field for each."""

    def decorate(command: Callable[[_Options], _Value]) -> Callable[..., _Value]:
        @wraps(command)
        def run(**options: Any) -> _Value:
            return command(kind(**options))

        return run

    return decorate


class QueryCommand(click.Command):
    """A command that takes a query, in which -重庆 is no option but means NOT 重庆."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the command line. A dash that means NOT is replaced by the full-width one, which means the same in a
        query and nothing to Click.

        Raises:
            click.UsageError: An option is unknown or wrong. If it may have been meant as NOT, the message says how to
                write that.
        """
        doubtful = [each[1:] for each in args if _NOT_OR_OPTIONS.fullmatch(each)]
        written = [_NOT.sub("－", each, count=1) if _NOT.match(each) else each for each in args]
        try:
            return super().parse_args(ctx, written)
        except click.UsageError as error:
            if not doubtful:
                raise
            hint = f"To leave out passages with {doubtful[0]}, write NOT {doubtful[0]}."
            raise click.UsageError(f"{error.format_message()} {hint}", ctx) from error
