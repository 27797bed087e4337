"""Aliases: the queries that the names in a query stand for, found one within the other without going in a circle."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from ...corpus.messages import message
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
            said = message("The alias @{name} leads back to itself: {circle}.", name=name, circle=circle)
            raise QueryError(said, source, token.start, message("Let one of them stand for terms."))
        self._count += 1
        if self._count > MOST:
            said = message("The query uses more than {most} aliases.", most=MOST)
            raise QueryError(said, source, token.start, message("Split the query into several."))
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
            advice = message("Leave out brackets that are not needed, and let aliases stand for less.")
            raise QueryError(message("The query is nested too deeply."), source, token.start, advice)
        yield
        self._depth -= 1

    def error(self, name: str, error: QueryError) -> QueryError:
        """Return the error of the query that an alias stands for."""
        said = str(error)
        if not said.startswith("In @"):
            said = message("In @{name}: {problem}", name=name, problem=said)
        return QueryError(said, error.query, error.position, error.advice)

    def _unknown(self, source: str, token: Token) -> QueryError:
        from difflib import get_close_matches

        written = token.text
        begun = re.match(_NAME, written)
        if begun and begun[0] in self.aliases:
            rest = written[begun.end() :]
            advice = message("Put a space after @{name}, or quotation marks around text.", name=begun[0])
            said = message("The name of an alias has letters, digits, _ and -, but not {mark}.", mark=rest[0])
            return QueryError(said, source, token.text_start + begun.end(), advice)
        if near := get_close_matches(written, self.aliases, 1, cutoff=0.3):
            advice = message("Write @{name}; put quotation marks around text that begins with @.", name=near[0])
        else:
            advice = message(
                "zhengce config set @{name} QUERY makes one; put quotation marks around text that begins with @.",
                name=begun[0] if begun else message("NAME"),
            )
        return QueryError(message("There is no alias “{name}”.", name=written), source, token.start, advice)
