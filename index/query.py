"""The query language: the one place that knows how a query is written."""

from __future__ import annotations

from dataclasses import dataclass

from .errors import QueryError

# Each opening mark with the marks that may close it. A mark quotes only where it opens a term.
_QUOTATION = {'"': '"', "“": "”", "”": "”", "＂": "＂", "「": "」", "『": "』", "﹁": "﹂", "〝": "〞〟"}
_ESCAPE = "\\"


@dataclass(frozen=True, slots=True)
class Term:
    """A string to be found as it stands; ``position`` is where it begins in the query, in characters."""

    text: str
    position: int


@dataclass(frozen=True, slots=True)
class Query:
    """Terms that must stand in the same passage, with the text that they were read from."""

    source: str
    terms: tuple[Term, ...]


def parse(source: str) -> Query:
    """Read a query.

    White space separates terms; quotation marks around a term make a phrase, which may hold spaces;
    within a term they are characters like any other; a backslash takes the next character as it is.

    Raises:
        QueryError: The query is empty, a term is, or a phrase does not end as one.
    """
    terms: list[Term] = []
    for position, character in enumerate(source):
        if "\ud800" <= character <= "\udfff":
            advice = "Write the query in the encoding of the terminal."
            raise QueryError("These bytes are no character.", source, position, advice)
    position = 0
    while position < len(source):
        if source[position].isspace():
            position += 1
            continue
        term, end = _phrase(source, position) or _word(source, position)
        if not term.text.strip():
            raise QueryError("There is nothing between the quotation marks.", source, position, "Write a word in them.")
        terms.append(term)
        position = end
    if not terms:
        raise QueryError("The query is empty.", source, 0, "Write what to search for, such as 中欧班列.")
    return Query(source, tuple(terms))


def quote(text: str) -> str:
    """Return a query that finds just this string."""
    return '"' + text.replace(_ESCAPE, _ESCAPE * 2).replace('"', _ESCAPE + '"') + '"'


def _phrase(source: str, start: int) -> tuple[Term, int] | None:
    """Read a phrase; None where no quotation mark opens, or where the closing one does not end the term.

    “一带一路”倡议 is one term, its marks included, as it was pasted from a text.
    """
    opening = source[start]
    if opening not in _QUOTATION:
        return None
    text, depth, position = "", 1, start + 1
    while position < len(source):
        character = source[position]
        if character == _ESCAPE and position + 1 < len(source):
            text += source[position + 1]
            position += 2
            continue
        if character in _QUOTATION[opening]:
            depth -= 1
            if not depth:
                break
        elif character == opening:
            depth += 1
        text += character
        position += 1
    else:
        phrase = opening + (source[start + 1 :].strip() or "…") + _QUOTATION[opening][0]
        advice = f"Write {phrase} for a phrase, or {_ESCAPE}{opening} for the mark itself."
        raise QueryError("A quotation mark is not closed.", source, start, advice)
    end = position + 1
    if end < len(source) and not source[end].isspace():
        if any(character.isspace() for character in text):
            advice = f"Put a space after {source[position]}, or leave the marks out."
            raise QueryError("A phrase ends where its quotation mark closes.", source, end, advice)
        return None
    return Term(text, start), end


def _word(source: str, start: int) -> tuple[Term, int]:
    text, position = "", start
    while position < len(source) and not source[position].isspace():
        if source[position] == _ESCAPE and position + 1 < len(source):
            position += 1
        text += source[position]
        position += 1
    return Term(text, start), position
