"""The lexer: cuts a query into tokens, and says which of its characters are marks."""

from __future__ import annotations

import re
from typing import cast

from ...corpus.messages import listed, message
from ..errors import QueryError
from .operators import FIELDS, GREATEST_COUNT, OPERATORS, AnyFieldName, OperatorName
from .query_text import QueryText
from .tokens import COUNT, OPERATOR, QUOTATION, Token, unescape

DEEPEST = 50
"""How many groups may be open at once: what reads or walks a tree recurs, and must not run out of stack."""

_FIELD = re.compile(r"([A-Za-z]+):")
_BY_SYMBOL: dict[str, OperatorName] = {each.symbol: name for name, each in OPERATORS.items() if each.symbol}
_FIELD_NAMES: dict[str, AnyFieldName] = {name: name for name in FIELDS}


def tokenize(source: str) -> list[Token]:
    """Return the tokens of a query, of which the last is its end; all groups are closed.

    Raises:
        QueryError: A token is not closed, has text directly behind it, or stands where it has no meaning.
    """
    lexer = _Lexer(QueryText(source))
    tokens: list[Token] = []
    position = 0
    while position < len(source):
        if source[position].isspace():
            position += 1
            continue
        tokens.append(lexer.token(position))
        position = tokens[-1].end
    if lexer.text.groups:
        advice = message(
            "Write ) where the group ends, or put the term in quotation marks if the bracket is part of it."
        )
        raise QueryError(message("A bracket is not closed."), source, lexer.text.groups[-1], advice)
    return [*tokens, Token("end", position, position)]


class _Lexer:
    """Reads the token at a position of a query's text."""

    def __init__(self, text: QueryText) -> None:
        self.text = text
        self.source, self.half = text.source, text.half

    def token(self, start: int) -> Token:
        mark = self.half[start]
        if mark in _BY_SYMBOL:
            return self._symbol(start, _BY_SYMBOL[mark])
        match mark:
            case ")":
                return self._close(start)
            case "=":
                return self._whole(start)
            case "/":
                return self._regex(start)
            case "@" if not self.text.ends(start + 1):
                return self._alias(start)
            case "(" if not self.text.is_part_of_word(start):
                return self._open(start)
            case _:
                return self._field(start) or self._operator(start) or self._text(start, start)

    def _error(self, said: str, position: int, advice: str) -> QueryError:
        return QueryError(said, self.source, position, advice)

    def _open(self, start: int) -> Token:
        if len(self.text.groups) == DEEPEST:
            advice = message("Leave out brackets that are not needed.")
            raise self._error(message("The query is nested too deeply."), start, advice)
        self.text.groups.append(start)
        return Token("(", start, start + 1)

    def _close(self, start: int) -> Token:
        end = start + 1
        if not self.text.groups:
            advice = message(
                "Leave it out, or write {escaped} for the character itself.", escaped="\\" + self.source[start]
            )
            raise self._error(message("This bracket closes no group."), start, advice)
        self.text.groups.pop()
        if not self.text.ends(end) and self.half[end] != ")":
            advice = message("Put a space after {mark}, or write the term in quotation marks.", mark=self.source[start])
            raise self._error(message("A group ends where its bracket closes."), end, advice)
        return Token(")", start, end)

    def _symbol(self, start: int, name: OperatorName) -> Token:
        if OPERATORS[name].is_prefix and self.text.ends(start + 1):
            advice = message('Write it directly before what to exclude, as in -成都, or "-" for the character itself.')
            raise self._error(message("There is nothing directly after the minus sign."), start, advice)
        return Token(name, start, start + 1)

    def _whole(self, start: int) -> Token:
        begin = start + 1
        field = _FIELD.match(self.half, begin)
        if (
            self.text.ends(begin)
            or self.half[begin] in "/@"
            or (self.half[begin] == "(" and not self.text.is_part_of_word(begin))
            or (field and field[1].lower() in _FIELD_NAMES)
        ):
            advice = message(
                "Write =人民 for a whole word, =“人民 代表” for whole words, or \\= for the character itself."
            )
            raise self._error(message("An equals sign goes before a word or a phrase."), start, advice)
        return self._text(start, begin, whole=True)

    def _regex(self, start: int) -> Token:
        end = self.text.regex_end(start)
        if not end:
            advice = message("Write / at its end too, or \\/ for the character itself.")
            raise self._error(message("A regular expression is not closed."), start, advice)
        if not self.text.ends(end):
            advice = message(
                "Put a space after it. Write \\/ for a slash within it, or put quotation marks around text."
            )
            raise self._error(message("A regular expression ends at its second slash."), end, advice)
        return Token("regex", start, end, self.source[start + 1 : end - 1], start + 1)

    def _alias(self, start: int) -> Token:
        end = self.text.word_end(start)
        return Token("alias", start, end, self.source[start + 1 : end], start + 1)

    def _field(self, start: int) -> Token | None:
        found = _FIELD.match(self.half, start)
        if not found:
            return None
        written, begin = found[1].lower(), found.end()
        name = _FIELD_NAMES.get(written)
        if name is None:
            if self.source.startswith(written, start) and not self.text.ends(begin):
                raise self._unknown_field(written, start)
            return None
        if self.text.ends(begin):
            advice = message("Write one directly after it, as in {example}.", example=FIELDS[name].example)
            raise self._error(message("{field}: has no value.", field=name), start, advice)
        if self.half[begin] == "(" and not self.text.bracket_end(begin):
            advice = message(
                "Write {field}: before each of several values, and quotation marks around a value with spaces.",
                field=name,
            )
            raise self._error(message("{field}: takes one word or phrase.", field=name), begin, advice)
        value = self._text(start, begin)
        text = unescape(value.text) if value.kind == "word" else value.text
        return Token("field", start, value.end, text, begin, name)

    def _unknown_field(self, name: str, start: int) -> QueryError:
        from difflib import get_close_matches

        said = message("There is no field “{name}”; the fields are {names}.", name=name, names=listed(FIELDS))
        if near := get_close_matches(name, FIELDS, 1):
            advice = message("Write {field}:, or put quotation marks around text.", field=near[0])
        else:
            advice = message("Put quotation marks around text.")
        return self._error(said, start, advice)

    def _operator(self, start: int) -> Token | None:
        """Read an operator; what stands directly after a minus sign is a word."""
        end = self.text.word_end(start)
        found = OPERATOR.fullmatch(self.half, start, end)
        if not found or self.half[start - 1 : start] == "-":
            return None
        name = cast(OperatorName, found["name"])
        if found["count"] and OPERATORS[name].default is None:
            return None
        if found["glued"]:
            advice = message("Put one there, or quotation marks around text.")
            said = message("There is no space after {operator}.", operator=name)
            raise self._error(said, found.start("glued"), advice)
        return Token(name, start, end, number=self._count(name, found))

    def _count(self, name: OperatorName, found: re.Match[str]) -> int:
        operator = OPERATORS[name]
        if not found["count"]:
            return operator.default or 0
        digits = COUNT.fullmatch(found["count"])
        number = int(digits[1]) if digits else -1
        if number < operator.least:
            said = message(
                "{operator}/ takes a whole number from {least} to {greatest}.",
                operator=name,
                least=operator.least,
                greatest=GREATEST_COUNT,
            )
            advice = message("Write it as in {example}, or put quotation marks around text.", example=operator.example)
            raise self._error(said, found.start("count"), advice)
        return number

    def _text(self, start: int, begin: int, *, whole: bool = False) -> Token:
        """Read the phrase or the word at ``begin``.

        “一带一路”倡议 is one term, its marks included, as it was pasted from a text; so is （成渝）地区.
        """
        verbatim = begin
        if self.half[begin] == "(":
            verbatim = self.text.bracket_end(begin) or begin
        elif (opening := self.source[begin]) in QUOTATION:
            verbatim = self.text.phrase_end(begin)
            if not verbatim:
                phrase = opening + (self.source[begin + 1 :].strip() or "…") + QUOTATION[opening][0]
                advice = message(
                    "Write {phrase} for a phrase, or {escaped} for the mark itself.",
                    phrase=phrase,
                    escaped="\\" + opening,
                )
                raise self._error(message("A quotation mark is not closed."), begin, advice)
            text = unescape(self.source[begin + 1 : verbatim - 1])
            if self.text.ends(verbatim):
                return Token("phrase", start, verbatim, text, begin, whole=whole)
            if any(character.isspace() for character in text):
                mark = self.source[verbatim - 1]
                advice = message("Put a space after {mark}, or leave the marks out.", mark=mark)
                raise self._error(message("A phrase ends where its quotation mark closes."), verbatim, advice)
        end = self.text.word_end(verbatim)
        return Token("word", start, end, self.source[begin:end], begin, whole=whole)
