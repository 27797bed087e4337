"""Operands: the words, phrases, wildcards and fields of a query as nodes, folded as texts are."""

from __future__ import annotations

import re
import unicodedata
from typing import get_args

from ...corpus.closed import assert_never
from ...corpus.messages import listed, message
from ...corpus.model import Kind
from ...corpus.text.folding import folded_within
from ..errors import QueryError
from .ast import Dates, Field, Node, Term, Wildcard
from .operators import DateFieldName, DocumentDate, FieldName
from .regular_expressions import read_regex
from .tokens import Fold, Token, escape, unescape

_PIECE = re.compile(r"[?？]|[*＊]+|(?:[\\＼].|[^?？*＊])+", re.DOTALL)
_GAPS = {"?": r"[^\n\t]", "*": r"[^\n\t,;:!?。]{0,12}?"}

_KINDS = get_args(Kind)
_DATE = r"([0-9]{4})(?:年|[-/.年]([0-9]{1,2})(?:月|[-/.月]([0-9]{1,2})日?)?)?"


def read_operand(source: str, token: Token, fold: Fold, *, words: bool) -> Node:
    """Return the node for a word, a phrase, a regular expression or a field of a query.

    Raises:
        QueryError: There is nothing to search for in it, or the value does not suit the field.
    """
    if token.kind == "regex":
        return read_regex(source, token, fold)
    if token.kind == "field":
        return _field(source, token, fold)
    if token.kind == "word" and any(_is_gap(piece) for piece in _PIECE.findall(token.text)):
        return _wildcard(source, token, fold, words or token.whole)
    text = token.text if token.kind == "phrase" else unescape(token.text)
    folded, *others = folded_within(_folded(source, token, text, fold))
    return Term(text, folded, words or token.whole, (token.start, token.end), tuple(others))


def write_wildcard(text: str) -> str:
    """Return a word with wildcards so that it is read as one word, wherever it stands."""
    pieces = _PIECE.findall(text)
    return "".join(_gap(piece) if _is_gap(piece) else escape(unescape(piece)) for piece in pieces)


def _is_gap(piece: str) -> bool:
    return piece[0] in "?？*＊"


def _gap(piece: str) -> str:
    return "?" if piece in "?？" else "*"


def _folded(source: str, token: Token, text: str, fold: Fold) -> str:
    folded = fold(text).strip()
    if not text:
        said = message("There is nothing between the quotation marks.")
        raise QueryError(said, source, token.text_start, message("Write a word between them."))
    if not folded:
        advice = message("Write a word with letters, digits or Chinese characters.")
        raise QueryError(message("There is nothing to search for in this term."), source, token.text_start, advice)
    return folded


def _wildcard(source: str, token: Token, fold: Fold, word: bool) -> Wildcard:
    pieces = _PIECE.findall(token.text)
    if all(map(_is_gap, pieces)):
        advice = message('Write a character beside them, as in 学?, or "?" for the character itself.')
        raise QueryError(message("The term has wildcards only."), source, token.text_start, advice)
    first, last = (_is_gap(piece) and _gap(piece) == "*" for piece in (pieces[0], pieces[-1]))
    if first or last:
        rest = "".join(pieces[first : len(pieces) - last])
        position = token.text_start if first else token.end - 1
        advice = message(
            "Write {term}: a term is found within longer words, too. Write \\* for the character itself.", term=rest
        )
        raise QueryError(message("An asterisk adds nothing at the edge of a word."), source, position, advice)
    _folded(source, token, unescape("".join(piece for piece in pieces if not _is_gap(piece))), fold)
    literals = {piece: fold(unescape(piece)) for piece in pieces if not _is_gap(piece)}
    pattern = "".join(_GAPS[_gap(piece)] if _is_gap(piece) else _any_form(literals[piece]) for piece in pieces)
    found = tuple(_in_all_forms(literals[piece]) for piece in pieces if literals.get(piece))
    return Wildcard(token.text, pattern, found, word, (token.start, token.end))


def _any_form(literal: str) -> str:
    """Return a pattern for a folded string in each of its forms."""
    forms = folded_within(literal)
    return re.escape(literal) if len(forms) == 1 else f"(?:{'|'.join(map(re.escape, forms))})"


def _in_all_forms(literal: str) -> str:
    """Return the part of a folded string that all its forms have; they differ at its edges."""
    columns = [set(column) for column in zip(*folded_within(literal), strict=True)]
    return "".join(character for character, column in zip(literal, columns, strict=True) if len(column) == 1)


def _field(source: str, token: Token, fold: Fold) -> Field | Dates:
    match token.name:
        case "date" | "year" | "adopted" | "promulgated" | "revised" | "effective" | "published":
            return _dates(source, token, token.name)
        case "kind":
            return _kind(source, token, fold)
        case "title" | "issuer" | "number" | "section" | "doc":
            return _condition(source, token, token.name, fold)
        case "":
            raise AssertionError("A field has a name.")
    assert_never(token.name)


def _condition(source: str, token: Token, name: FieldName, fold: Fold) -> Field:
    return Field(name, token.text, _folded(source, token, token.text, fold), (token.start, token.end))


def _kind(source: str, token: Token, fold: Fold) -> Field:
    field = _condition(source, token, "kind", fold)
    if field.folded not in _KINDS:
        advice = message("Write one of {kinds}.", kinds=listed(_KINDS))
        raise QueryError(message("There is no kind “{name}”.", name=token.text), source, token.text_start, advice)
    return field


def _dates(source: str, token: Token, name: DateFieldName) -> Dates:
    text = "".join(unicodedata.normalize("NFKC", token.text).split())
    first, separator, last = text.partition("..")
    try:
        if not first and not last:
            raise ValueError
        begins = _days(name, first)[0] if first else "0001-01-01"
        ends = _days(name, last if separator else first)[1] if last or not separator else "9999-12-31"
    except ValueError:
        raise _no_date(source, token, name) from None
    if ends < begins:
        advice = message("Write {condition}.", condition=f"{name}:{last}..{first}")
        raise QueryError(message("The range ends before it begins."), source, token.text_start, advice)
    asked: DocumentDate = "date" if name == "year" else name
    return Dates(source[token.start : token.end], begins, ends, asked, (token.start, token.end))


def _no_date(source: str, token: Token, name: DateFieldName) -> QueryError:
    if name == "year":
        said = message("“{text}” is not a year.", text=token.text)
        advice = message("Write 2022, or a range such as 2020..2022, 2020.. or ..2022.")
    else:
        said = message("“{text}” is not a date.", text=token.text)
        advice = message("Write 2022, 2022-07 or 2022-07-26, or a range such as 2020..2022, 2020.. or ..2022.")
    return QueryError(said, source, token.text_start, advice)


def _days(name: DateFieldName, written: str) -> tuple[str, str]:
    """Return the first and the last day of a year, a month or a day; raise ValueError if there is none."""
    import calendar
    import datetime

    found = re.fullmatch(_DATE, written)
    if not found or (found[2] and name == "year"):
        raise ValueError(written)
    year, month, day = int(found[1]), found[2] or "12", found[3]
    first = datetime.date(year, int(found[2] or 1), int(day or 1))
    last = datetime.date(year, int(month), int(day or calendar.monthrange(year, int(month))[1]))
    return first.isoformat(), last.isoformat()
