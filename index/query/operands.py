"""Leaves: what the words, regular expressions and fields of a query ask for, folded as texts are."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import get_args

from ...corpus.model import Kind
from ..errors import QueryError
from .ast import Dates, Field, Node, Regex, Term, Wildcard
from .lexer import Token, escape, unescape

Fold = Callable[[str], str]

_PIECE = re.compile(r"[?？]|[*＊]+|(?:[\\＼].|[^?？*＊])+", re.DOTALL)
_GAPS = {"?": r"[^\n\t]", "*": r"[^\n\t,;:!?。]{0,12}?"}

_KINDS = get_args(Kind)
_DATE = re.compile(r"([0-9]{4})(?:年|[-/.年]([0-9]{1,2})(?:月|[-/.月]([0-9]{1,2})日?)?)?")

# A slash that is meant as such, or else what stands between slashes, a character or an escape at a time.
_SLASHED = re.compile(r"[\\＼]([/／])|[\\＼]?.", re.DOTALL)
_PATIENCE = 0.2
_QUANTIFIER = r"(?:[*+?]|\{[0-9]*(?:,[0-9]*)?\})"
_SPACES = rf"(?:\s(?:{_QUANTIFIER}[?+]?)?)*"
# The parts of a regular expression: names, comments and escapes, sets, characters to fold and white space.
_PART = rf"""\(\?(?:P?<\w+>|P[=>]\w+|&\w+|\#[^)]*) | \\[gkpPNL][<{{][^>}}]* | \\[\x00-\x7f]
    | \[(?P<set>\^?\]?(?:\[:\^?\w+:\]|\\.|[^]\\])*)\]
    | (?P<before>{_SPACES})
      (?:(?P<literal>\\?[^\x00-\x7f\s]+(?!{_QUANTIFIER})|\\?[^\x00-\x7f\s])(?P<after>{_SPACES}))?"""
_MEMBER = r"\[:\^?\w+:\]|\\?(?P<first>[^\x00-\x7f])-\\?(?P<last>[^\x00-\x7f])|\\?(?P<one>[^\x00-\x7f])|\\."


def read_operand(source: str, token: Token, fold: Fold, *, words: bool) -> Node:
    """Return the node for a word, a phrase, a regular expression or a field of a query.

    Raises:
        QueryError: There is nothing to search for in it, or what it asks for cannot be.
    """
    match token.kind:
        case "regex":
            return _regex(source, token, fold)
        case "field" if token.name in ("date", "year"):
            return _dates(source, token)
        case "field":
            return _field(source, token, fold)
        case "word" if any(_is_gap(piece) for piece in _PIECE.findall(token.text)):
            return _wildcard(source, token, fold, words or token.whole)
    text = token.text if token.kind == "phrase" else unescape(token.text)
    return Term(text, _folded(source, token, text, fold), words or token.whole, (token.start, token.end))


def write_wildcard(text: str) -> str:
    """Return a word with wildcards so that it is read as one word, wherever it stands."""
    pieces = _PIECE.findall(text)
    return "".join(_gap(piece) if _is_gap(piece) else escape(unescape(piece)) for piece in pieces)


def fold_pattern(pattern: str, fold: Fold) -> str:
    """Return a regular expression that matches in folded texts what another matches in texts.

    Only characters outside ASCII change, and white space next to them; cases are left to a flag.
    """

    def part(match: re.Match[str]) -> str:
        if match["literal"]:
            return _fold_literal(match, fold)
        if match["set"]:
            return "[" + re.sub(_MEMBER, lambda member: _fold_member(member, fold), match["set"], flags=re.DOTALL) + "]"
        return match[0]

    # Marks that combine with a letter of ASCII are folded with it in texts.
    plain = re.sub(r"[^\S\x00-\x7f]", " ", unicodedata.normalize("NFC", pattern))
    return re.sub(_PART, part, plain, flags=re.DOTALL | re.VERBOSE)


def _is_gap(piece: str) -> bool:
    return piece[0] in "?？*＊"


def _gap(piece: str) -> str:
    return "?" if piece in "?？" else "*"


def _folded(source: str, token: Token, text: str, fold: Fold) -> str:
    folded = fold(text).strip()
    if not text:
        message = "There is nothing between the quotation marks."
        raise QueryError(message, source, token.begin, "Write a word in them.")
    if not folded:
        advice = "Write a word with letters, digits or Chinese characters."
        raise QueryError("There is nothing to search for in this term.", source, token.begin, advice)
    return folded


def _wildcard(source: str, token: Token, fold: Fold, word: bool) -> Wildcard:
    pieces = _PIECE.findall(token.text)
    if all(map(_is_gap, pieces)):
        advice = 'Write a character with them, as in 学?, or "?" for the character itself.'
        raise QueryError("There are wildcards only.", source, token.begin, advice)
    first, last = (_is_gap(piece) and _gap(piece) == "*" for piece in (pieces[0], pieces[-1]))
    if first or last:
        rest = "".join(pieces[first : len(pieces) - last])
        position = token.begin if first else token.end - 1
        advice = f"Write {rest}: a term is found within longer words, too. Write \\* for the character itself."
        raise QueryError("An asterisk adds nothing at the edge of a word.", source, position, advice)
    _folded(source, token, unescape("".join(piece for piece in pieces if not _is_gap(piece))), fold)
    literals = {piece: fold(unescape(piece)) for piece in pieces if not _is_gap(piece)}
    pattern = "".join(_GAPS[_gap(piece)] if _is_gap(piece) else re.escape(literals[piece]) for piece in pieces)
    found = tuple(literals[piece] for piece in pieces if literals.get(piece))
    return Wildcard(token.text, pattern, found, word, (token.start, token.end))


def _regex(source: str, token: Token, fold: Fold) -> Regex:
    chunks = [(match[1] or match[0], token.begin + match.end()) for match in _SLASHED.finditer(token.text)]
    text = "".join(chunk for chunk, _ in chunks)
    positions = [end - len(chunk) + index for chunk, end in chunks for index in range(len(chunk))]
    if not text:
        advice = "Write one between the slashes, as in /[0-9]+亿元/, or \\/\\/ for the characters themselves."
        raise QueryError("There is nothing between the slashes.", source, token.start, advice)
    _try(source, text, [*positions, token.end - 1])
    pattern = fold_pattern(text, fold)
    if pattern != text:
        _try(source, pattern, [token.start] * (len(pattern) + 1))
    return Regex(text, pattern, (token.start, token.end))


def _try(source: str, pattern: str, positions: list[int]) -> None:
    """See whether a regular expression can be used; ``positions`` is where its characters stand in the query."""
    import regex

    advice = "Put a backslash before a character that is meant as it is, as in \\(, or write text in quotation marks."
    try:
        found = regex.compile(pattern, regex.V0 | regex.IGNORECASE).search("", timeout=_PATIENCE)
    except regex.error as error:
        details = vars(error)  # msg and pos, of which regex's stubs do not know
        message = f"The regular expression cannot be read: {details['msg']}."
        position = positions[min(details["pos"] or 0, len(positions) - 1)]
        raise QueryError(message, source, position, advice) from None
    except (ValueError, OverflowError, KeyError) as error:
        raise QueryError(f"The regular expression cannot be used: {error}.", source, positions[0], advice) from None
    except (TimeoutError, MemoryError, RecursionError):
        advice = "Nest less, and leave out what calls itself, such as (?R)."
        raise QueryError("The regular expression comes to no end.", source, positions[0], advice) from None
    if found:
        advice = "Write one that matches a character at least, as in /[0-9]+/."
        raise QueryError("The regular expression matches where there is nothing.", source, positions[0], advice)


def _fold_literal(match: re.Match[str], fold: Fold) -> str:
    """Fold characters, dropping white space where folded texts have none."""
    text = match["literal"].removeprefix("\\")
    folded = fold(text)
    before = match["before"] if not folded or " " in fold(f"a {text}") else ""
    after = match["after"] if not folded or " " in fold(f"{text} a") else ""
    escaped = re.escape(folded)
    if len(folded) != 1 and re.compile(_QUANTIFIER).match(match.string, match.end("literal")):
        escaped = f"(?:{escaped})"
    return before + escaped + after


def _fold_member(member: re.Match[str], fold: Fold) -> str:
    """Fold a character or a range in a set."""
    if one := member["one"]:
        return re.escape(fold(one))
    if not member["first"]:
        return member[0]
    first, last = fold(member["first"]), fold(member["last"])
    # ０-９ is 0-9 in folded texts; that 一-龥 should end elsewhere would make another range of it.
    same = len(first) == len(last) == 1 and ord(last) - ord(first) == ord(member["last"]) - ord(member["first"])
    return f"{re.escape(first)}-{re.escape(last)}" if same else member[0]


def _field(source: str, token: Token, fold: Fold) -> Field:
    folded = _folded(source, token, token.text, fold)
    if token.name == "kind" and folded not in _KINDS:
        advice = f"Write one of {', '.join(_KINDS)}."
        raise QueryError(f"There is no kind “{token.text}”.", source, token.begin, advice)
    return Field(token.name, token.text, folded, (token.start, token.end))


def _dates(source: str, token: Token) -> Dates:
    text = "".join(unicodedata.normalize("NFKC", token.text).split())
    first, separator, last = text.partition("..")
    try:
        if not first and not last:
            raise ValueError
        begins = _days(token.name, first)[0] if first else "0001-01-01"
        ends = _days(token.name, last if separator else first)[1] if last or not separator else "9999-12-31"
    except ValueError:
        forms = "2022, 2022-07 or 2022-07-26" if token.name == "date" else "2022"
        advice = f"Write one as {forms}, or a range such as 2020..2022, 2020.. or ..2022 with it."
        raise QueryError(f"“{token.text}” is no {token.name}.", source, token.begin, advice) from None
    if ends < begins:
        advice = f"Write {token.name}:{last}..{first}."
        raise QueryError("The range ends before it begins.", source, token.begin, advice)
    return Dates(source[token.start : token.end], begins, ends, (token.start, token.end))


def _days(name: str, written: str) -> tuple[str, str]:
    """Return the first and the last day of a year, a month or a day; raise ValueError if there is no such."""
    import calendar
    import datetime

    found = _DATE.fullmatch(written)
    if not found or (found[2] and name == "year"):
        raise ValueError(written)
    year, month, day = int(found[1]), found[2] or "12", found[3]
    first = datetime.date(year, int(found[2] or 1), int(day or 1))
    last = datetime.date(year, int(month), int(day or calendar.monthrange(year, int(month))[1]))
    return first.isoformat(), last.isoformat()
