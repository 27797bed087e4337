"""The arguments of a command line as one query."""

from __future__ import annotations

from collections.abc import Sequence

from ..errors import QueryError
from .ast import Or
from .parser import parse

_OPENING, _CLOSING = ("(", "（"), (")", "）")


def query_of(arguments: Sequence[str], *, keywords: bool = False) -> str:
    """Return the query that arguments make. What a shell takes as one argument stays together beside others:
    ``'成都 | 重庆' year:2022`` asks for 2022 of either, though OR binds less than what stands side by side. A question
    in natural language, of which the ``keywords`` are asked for, is put together as it is."""
    if keywords or len(arguments) < 2:
        return " ".join(arguments)
    return " ".join(f"({each})" if _is_choice(each) else each for each in arguments)


def _is_choice(written: str) -> bool:
    is_group = written[:1] in _OPENING and written[-1:] in _CLOSING and _reads_as_choice(written[1:-1])
    return not is_group and _reads_as_choice(written)


def _reads_as_choice(written: str) -> bool:
    try:
        return isinstance(parse(written, str).root, Or)
    except QueryError:
        return False
