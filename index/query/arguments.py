"""The arguments of a command line as one query."""

from __future__ import annotations

from collections.abc import Sequence

from ..errors import QueryError
from .ast import Or, ranked_parts
from .parser import parse

_OPENING, _CLOSING = ("(", "（"), (")", "）")


def query_of(arguments: Sequence[str], alternatives: Sequence[str] = (), *, keywords: bool = False) -> str:
    """Return the query that arguments make. What a shell takes as one argument stays together beside others:
    ``'成都 | 重庆' year:2022`` asks for 2022 of either, though OR binds less than what stands side by side.

    ``alternatives`` are further queries, any of which will do; arguments that only restrict what is found, such as
    ``year:2022`` or ``-西宁``, restrict all of these. A question in natural language, of which the ``keywords`` are
    asked for, is put together as it is.
    """
    if keywords:
        return " ".join([*arguments, *alternatives])
    query = " ".join(f"({each})" if len(arguments) > 1 and _is_choice(each) else each for each in arguments)
    if not alternatives:
        return query
    restricts = bool(query) and _restricts(query)
    queries = [*([query] if query and not restricts else []), *alternatives]
    choice = queries[0] if len(queries) == 1 else " | ".join(f"({each})" for each in queries)
    if not restricts:
        return choice
    return f"({choice}) {query}" if len(queries) > 1 or _is_choice(choice) else f"{choice} {query}"


def _restricts(written: str) -> bool:
    try:
        return not ranked_parts(parse(written, str).root)
    except QueryError:
        return False


def _is_choice(written: str) -> bool:
    is_group = written[:1] in _OPENING and written[-1:] in _CLOSING and _reads_as_choice(written[1:-1])
    return not is_group and _reads_as_choice(written)


def _reads_as_choice(written: str) -> bool:
    try:
        return isinstance(parse(written, str).root, Or)
    except QueryError:
        return False
