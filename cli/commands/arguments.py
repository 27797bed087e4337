"""Arguments: a query on the command line, whose words may look like options."""

from __future__ import annotations

import re

import click

# What no option begins with: -重庆, -(成都 | 重庆), -"…", -=人民, -/…/.
_NOT = re.compile(r"-(?=[^\x00-\x7f]|[(\"=/])")
_NOT_OR_OPTIONS = re.compile(r"-[A-Za-z]{2,}")


class QueryCommand(click.Command):
    """A command that takes a query, in which -重庆 is no option but means NOT 重庆."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the command line; what an option would not be is given to the query, its dash as the full-width
        one, which is the same to the query and nothing to Click.

        Raises:
            click.UsageError: An option is not known, or is wrong; the message says how to write NOT.
        """
        doubtful = [each[1:] for each in args if _NOT_OR_OPTIONS.fullmatch(each)]
        written = [_NOT.sub("－", each, count=1) if _NOT.match(each) else each for each in args]
        try:
            return super().parse_args(ctx, written)
        except click.UsageError as error:
            if not doubtful:
                raise
            hint = f"If passages with {doubtful[0]} are to be left out, write NOT {doubtful[0]}."
            raise click.UsageError(f"{error.format_message()} {hint}", ctx) from error
