"""Tokens: where the parts of a query begin and end, and which of its characters are marks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, cast

from ..errors import QueryError

TokenKind = Literal[
    "(", ")", "OR", "AND", "NOT", "NEAR", "PRE", "SENT", "SECT", "DOC", "word", "phrase", "regex", "field", "end"
]

# What may be asked of documents and passages, each with a value to show.
FIELDS = {
    "title": "成渝",
    "issuer": "国务院",
    "number": "渝府办发",
    "section": "保障措施",
    "kind": "heading",
    "doc": "chengyu",
    "date": "2022-07..2023",
    "year": "2022",
}
DEEPEST = 50
"""How many groups may be open at once: what reads or walks a tree recurs, and must not run out of stack."""

# Each opening mark with the marks that may close it. A mark quotes only where it opens a term.
_QUOTATION = {'"': '"', "“": "”", "”": "”", "＂": "＂", "「": "」", "『": "』", "﹁": "﹂", "〝": "〞〟"}
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_GLUE = "[(" + "".join(_QUOTATION) + "]"
_OPERATOR = re.compile(
    rf"(?P<kind>OR|AND|NOT|NEAR|PRE|SENT|SECT|DOC)(?P<count>/[^{_GLUE[1:]}*)?(?P<glued>{_GLUE}.*)?", re.DOTALL
)
# The operators that count, each with the least number, the one where none is written, and an example.
_COUNTS = {"NEAR": (0, 10, 10), "PRE": (0, 10, 10), "SENT": (1, 1, 2)}
_COUNT = re.compile(r"/0*([0-9]{1,4})")
_FIELD = re.compile(r"([A-Za-z]+):")
_REGEX = re.compile(r"/(?:[\\＼].|[^/\\＼])*/|／(?:[\\＼].|[^／\\＼])*／", re.DOTALL)
_BREAK = re.compile(r"[\s|]")
# What may come before the first phrase or regular expression in a group.
_LEAD = re.compile(r"[-=(]*(?:[A-Za-z]+:)?")


@dataclass(frozen=True, slots=True)
class Token:
    """A part of a query, ``[start, end)`` of it.

    ``text`` is a word or a regular expression as it is written, a phrase or the value of a field as it is meant;
    it begins at ``begin``. ``name`` is a field's, ``number`` what NEAR/10 counts; ``whole`` is what = asks for.
    """

    kind: TokenKind
    start: int
    end: int
    text: str = ""
    begin: int = 0
    name: str = ""
    number: int = 0
    whole: bool = False


def tokenize(source: str) -> list[Token]:
    """Return the tokens of a query, of which the last is its end; all groups are closed.

    Raises:
        QueryError: A token does not end as it should, or stands where it means nothing.
    """
    reader = _Lexer(source)
    tokens: list[Token] = []
    position = 0
    while position < len(source):
        if source[position].isspace():
            position += 1
            continue
        tokens.append(reader.token(position))
        position = tokens[-1].end
    if reader.groups:
        advice = "Write ) where the group ends, or put the term in quotation marks if the bracket is part of it."
        raise QueryError("A bracket is not closed.", source, reader.groups[-1], advice)
    return [*tokens, Token("end", position, position)]


def unescape(written: str) -> str:
    """Return what is meant by a text in which a backslash takes the next character as it is."""
    return re.sub(r"[\\＼](.)", r"\1", written, flags=re.DOTALL)


def escape(text: str) -> str:
    """Return a text so that no character of it is a mark in a word."""
    return re.sub(r"(\W)", r"\\\1", text)


def is_plain(text: str) -> bool:
    """Say whether a text is read as one word that means itself: letters and digits, and no operator."""
    return bool(re.fullmatch(r"\w+", text)) and not _OPERATOR.fullmatch(text.translate(_HALF_WIDTH))


class _Lexer:
    """Reads the token at a position. ``half`` is the query with all marks half-width, ``groups`` is where those
    groups begin that are open."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.half = source.translate(_HALF_WIDTH)
        self.groups: list[int] = []

    def token(self, start: int) -> Token:
        match self.half[start]:
            case "|":
                return Token("OR", start, start + 1)
            case ")":
                return self._close(start)
            case "-":
                return self._minus(start)
            case "=":
                return self._whole(start)
            case "/":
                return self._regex(start)
            case "(" if not self._pasted(start):
                return self._open(start)
            case _:
                return self._field(start) or self._operator(start) or self._text(start, start)

    def _error(self, message: str, position: int, advice: str) -> QueryError:
        return QueryError(message, self.source, position, advice)

    def _ends(self, position: int) -> bool:
        """Say whether a token ends here at the latest, unless the mark is part of it."""
        if position >= len(self.source) or self.source[position].isspace() or self.half[position] == "|":
            return True
        return self.half[position] == ")" and bool(self.groups)

    def _open(self, start: int) -> Token:
        if len(self.groups) == DEEPEST:
            raise self._error("The query is nested too deeply.", start, "Leave out brackets that are not needed.")
        self.groups.append(start)
        return Token("(", start, start + 1)

    def _close(self, start: int) -> Token:
        end = start + 1
        if not self.groups:
            advice = f"Leave it out, or write \\{self.source[start]} for the character itself."
            raise self._error("This bracket closes no group.", start, advice)
        self.groups.pop()
        if not self._ends(end) and self.half[end] != ")":
            advice = f"Put a space after {self.source[start]}, or write the term in quotation marks."
            raise self._error("A group ends where its bracket closes.", end, advice)
        return Token(")", start, end)

    def _minus(self, start: int) -> Token:
        if self._ends(start + 1):
            advice = 'Write it directly before what is not to be there, as in -成都, or "-" for the character itself.'
            raise self._error("There is nothing directly after the minus sign.", start, advice)
        return Token("NOT", start, start + 1)

    def _whole(self, start: int) -> Token:
        begin = start + 1
        field = _FIELD.match(self.half, begin)
        if (
            self._ends(begin)
            or self.half[begin] == "/"
            or (self.half[begin] == "(" and not self._pasted(begin))
            or (field and field[1].lower() in FIELDS)
        ):
            advice = "Write =人民 for a whole word, =“人民 代表” for whole words, or \\= for the character itself."
            raise self._error("An equals sign goes before a word or a phrase.", start, advice)
        return self._text(start, begin, whole=True)

    def _regex(self, start: int) -> Token:
        end = self._regex_end(start)
        if not end:
            advice = "Write / at its end too, or \\/ for the character itself."
            raise self._error("A regular expression is not closed.", start, advice)
        if not self._ends(end):
            advice = "Put a space after it; for a slash within it write \\/, or put quotation marks around text."
            raise self._error("A regular expression ends at its second slash.", end, advice)
        return Token("regex", start, end, self.source[start + 1 : end - 1], start + 1)

    def _field(self, start: int) -> Token | None:
        found = _FIELD.match(self.half, start)
        if not found:
            return None
        name, begin = found[1].lower(), found.end()
        if name not in FIELDS:
            if self.source.startswith(name, start) and not self._ends(begin):
                from difflib import get_close_matches

                near = get_close_matches(name, FIELDS, 1)
                advice = f"Write {near[0]}:, or put quotation marks" if near else "Put quotation marks"
                names = ", ".join(FIELDS)
                raise self._error(f"There is no field “{name}”, but {names}.", start, f"{advice} around text.")
            return None
        if self._ends(begin):
            advice = f"Write one directly after it, as in {name}:{FIELDS[name]}."
            raise self._error(f"{name}: has no value.", start, advice)
        if self.half[begin] == "(" and not self._bracketed(begin):
            advice = f"Write {name}:… for each of several, and quotation marks around a value with spaces."
            raise self._error(f"{name}: takes one word or phrase.", begin, advice)
        value = self._text(start, begin)
        text = unescape(value.text) if value.kind == "word" else value.text
        return Token("field", start, value.end, text, begin, name)

    def _operator(self, start: int) -> Token | None:
        """Read an operator; what stands directly after a minus sign is a word."""
        end = self._word_end(start)
        found = _OPERATOR.fullmatch(self.half, start, end)
        if not found or self.half[start - 1 : start] == "-" or (found["count"] and found["kind"] not in _COUNTS):
            return None
        if found["glued"]:
            advice = "Put one there, or quotation marks around text."
            raise self._error(f"There is no space after {found['kind']}.", found.start("glued"), advice)
        kind, number = cast(TokenKind, found["kind"]), 0
        if kind in _COUNTS:
            least, default, example = _COUNTS[kind]
            digits = _COUNT.fullmatch(found["count"] or f"/{default}")
            number = int(digits[1]) if digits else -1
            if number < least:
                advice = f"Write {kind}/{example}, or put quotation marks around text."
                raise self._error(f"{kind}/ takes a whole number from {least} to 9999.", found.start("count"), advice)
        return Token(kind, start, end, number=number)

    def _text(self, start: int, begin: int, *, whole: bool = False) -> Token:
        """Read the phrase or the word at ``begin``.

        “一带一路”倡议 is one term, its marks included, as it was pasted from a text; so is （成渝）地区.
        """
        verbatim = begin
        if self.half[begin] == "(":
            verbatim = self._bracketed(begin) or begin
        elif (opening := self.source[begin]) in _QUOTATION:
            verbatim = self._phrase_end(begin)
            if not verbatim:
                phrase = opening + (self.source[begin + 1 :].strip() or "…") + _QUOTATION[opening][0]
                advice = f"Write {phrase} for a phrase, or \\{opening} for the mark itself."
                raise self._error("A quotation mark is not closed.", begin, advice)
            text = unescape(self.source[begin + 1 : verbatim - 1])
            if self._ends(verbatim):
                return Token("phrase", start, verbatim, text, begin, whole=whole)
            if any(character.isspace() for character in text):
                advice = f"Put a space after {self.source[verbatim - 1]}, or leave the marks out."
                raise self._error("A phrase ends where its quotation mark closes.", verbatim, advice)
        end = self._word_end(verbatim)
        return Token("word", start, end, self.source[begin:end], begin, whole=whole)

    def _word_end(self, position: int) -> int:
        """Return where a word ends; brackets that open in it close in it."""
        depth = 0
        while not self._ends(position) or (depth and self.half[position : position + 1] == ")"):
            match self.half[position]:
                case "(":
                    depth += 1
                case ")":
                    depth = max(depth - 1, 0)
                case "\\":
                    position += 1
            position += 1
        return min(position, len(self.source))

    def _phrase_end(self, start: int) -> int:
        """Return where the phrase at ``start`` ends, or 0 if there is none or it is not closed."""
        opening = self.source[start : start + 1]
        depth, position = 1, start + 1
        while opening in _QUOTATION and position < len(self.source):
            character = self.source[position]
            if character in _QUOTATION[opening]:
                depth -= 1
                if not depth:
                    return position + 1
            elif character == opening:
                depth += 1
            position += 2 if self.half[position] == "\\" else 1
        return 0

    def _regex_end(self, start: int) -> int:
        """Return where the regular expression at ``start`` ends, or 0 if there is none or it is not closed."""
        found = _REGEX.match(self.source, start)
        return found.end() if found else 0

    def _pasted(self, start: int) -> bool:
        """Say whether the bracket that opens here is part of a word: text follows directly where it closes."""
        end = self._bracketed(start)
        return bool(end) and not self._ends(end) and self.half[end] != ")"

    def _bracketed(self, start: int) -> int:
        """Return where the bracket that opens here has closed, or 0 if white space or | comes before."""
        lead = _LEAD.match(self.half, start)
        position = lead.end() if lead else start
        depth = self.half.count("(", start, position)
        if end := self._phrase_end(position) or self._regex_end(position):
            # What it holds closes no bracket.
            if _BREAK.search(self.half, position, end):
                return 0
            position = end
        while position < len(self.half) and not _BREAK.match(self.half, position):
            match self.half[position]:
                case "(":
                    depth += 1
                case ")":
                    depth -= 1
                    if not depth:
                        return position + 1
                case "\\":
                    position += 1
            position += 1
        return 0
