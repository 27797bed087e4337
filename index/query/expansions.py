"""Aliases: the queries that the names in a query stand for, found one within the other without going in a circle."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from ..errors import QueryError
from .lexer import DEEPEST
from .tokens import Fold, Token

MOST = 200
"""How many aliases a query may use altogether. Twenty of which each names the next twice would be a million."""

_NAME = r"\w[\w-]*"


class Expansions:
    """The aliases of a query while it is read: ``aliases`` by name, and those that are being read."""

    def __init__(self, aliases: Mapping[str, str]) -> None:
        self.aliases = aliases
        self._open: list[str] = []
        self._count = 0
        self._depth = 0

    def of(self, source: str, token: Token, fold: Fold) -> tuple[str, str]:
        """Return the name of the alias that a token asks for, as it was given, and the query it stands for. Names that
        fold alike are the same.

        Raises:
            QueryError: There is no such alias, it leads back to itself, or there are too many.
        """
        written = token.text
        name = next((each for each in self.aliases if each == written), None) or next(
            (each for each in self.aliases if fold(each) == fold(written)), None
        )
        if name is None:
            raise self._unknown(source, token)
        if name in self._open:
            circle = " → ".join(f"@{each}" for each in [*self._open[self._open.index(name) :], name])
            advice = "Let one of them stand for terms."
            raise QueryError(f"The alias @{name} leads back to itself: {circle}.", source, token.start, advice)
        self._count += 1
        if self._count > MOST:
            advice = "Split the query into several."
            raise QueryError(f"The query uses more than {MOST} aliases.", source, token.start, advice)
        return name, self.aliases[name]

    @contextmanager
    def within(self, name: str) -> Iterator[None]:
        """Read what an alias stands for."""
        self._open.append(name)
        yield
        self._open.pop()

    @contextmanager
    def deeper(self, source: str, token: Token) -> Iterator[None]:
        """Read a group or an alias within others.

        Raises:
            QueryError: There are too many of them around it.
        """
        self._depth += 1
        if self._depth > DEEPEST:
            advice = "Leave out brackets that are not needed, and let aliases stand for less."
            raise QueryError("The query is nested too deeply.", source, token.start, advice)
        yield
        self._depth -= 1

    def error(self, name: str, error: QueryError) -> QueryError:
        """Return the error of the query that an alias stands for."""
        prefix = f"In @{name}: "
        message = str(error) if str(error).startswith("In @") else prefix + str(error)
        return QueryError(message, error.query, error.position, error.advice)

    def _unknown(self, source: str, token: Token) -> QueryError:
        from difflib import get_close_matches

        written = token.text
        begun = re.match(_NAME, written)
        if begun and begun[0] in self.aliases:
            rest = written[begun.end() :]
            advice = f"Put a space after @{begun[0]}, or quotation marks around text."
            message = f"The name of an alias has letters, digits, _ and -, but not {rest[0]}."
            return QueryError(message, source, token.text_start + begun.end(), advice)
        near = get_close_matches(written, self.aliases, 1, cutoff=0.3)
        known = f"Write @{near[0]}" if near else f"zhengce config set @{begun[0] if begun else 'NAME'} QUERY makes one"
        advice = f"{known}; put quotation marks around text that begins with @."
        return QueryError(f"There is no alias “{written}”.", source, token.start, advice)
