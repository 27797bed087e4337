"""Kinds of values on the command line, whose errors are said in the language of the reader.

Click names its own when the program starts, where no language is chosen yet.
"""

from __future__ import annotations

from typing import Any

import click

from ...corpus.messages import any_of
from ..language.translation import gettext, translated


class PathType(click.Path):
    """The path of a file or folder."""

    @property
    def name(self) -> str:
        """Return what errors call it."""
        return gettext("path") if self.file_okay and self.dir_okay else gettext("file")

    @name.setter
    def name(self, name: str) -> None:
        """Leave what Click calls it aside."""


class Integer(click.types.IntParamType):
    """A whole number."""

    @property
    def name(self) -> str:  # type: ignore[override]
        """Return what errors call it."""
        return gettext("integer")


class IntRange(click.IntRange):
    """A whole number in a range."""

    @property
    def name(self) -> str:  # type: ignore[override]
        """Return what errors call it."""
        return gettext("integer")


class Choice(click.Choice[str]):
    """One of given values."""

    def get_invalid_choice_message(self, value: Any, ctx: click.Context | None) -> str:
        """Return what is said of a value that is none of them."""
        choices = translated(any_of(self.choices))
        return gettext("“{value}” is not one of {choices}.", value=value, choices=choices)
