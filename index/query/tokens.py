"""Tokens: the parts that a query is cut into, and what decides whether a text is an operator."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal, NamedTuple

from .operators import GREATEST_COUNT, OPERATORS, AnyFieldName, OperatorName

TokenKind = Literal[OperatorName, "(", ")", "word", "phrase", "regex", "field", "alias", "end"]

Fold = Callable[[str], str]
"""The folding of the texts that a query is for."""

# Each opening mark with the marks that may close it. A mark quotes only where it opens a term.
QUOTATION = {'"': '"', "“": "”", "”": "”", "＂": "＂", "「": "」", "『": "』", "﹁": "﹂", "〝": "〞〟"}
HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}

_GLUE = "(" + "".join(QUOTATION)
# An operator with what follows it up to the next white space: a count, or a mark that opens an operand too early.
OPERATOR = re.compile(rf"(?P<name>{'|'.join(OPERATORS)})(?P<count>/[^{_GLUE}]*)?(?P<glued>[{_GLUE}].*)?", re.DOTALL)
COUNT = re.compile(rf"/0*([0-9]{{1,{len(str(GREATEST_COUNT))}}})")


class Token(NamedTuple):
    """A part of a query, ``[start, end)`` of it.

    ``text`` is a word or a regular expression as it is written, the name of an alias, or a phrase or the value of a
    field without its marks; it begins at ``text_start``. ``name`` is a field's, ``number`` the 10 of NEAR/10, and
    ``whole`` says that = stands before a word or phrase.
    """

    kind: TokenKind
    start: int
    end: int
    text: str = ""
    text_start: int = 0
    name: AnyFieldName | Literal[""] = ""
    number: int = 0
    whole: bool = False


def unescape(written: str) -> str:
    """Return a text without the backslashes that take the next character as itself."""
    return re.sub(r"[\\＼](.)", r"\1", written, flags=re.DOTALL)


def escape(text: str) -> str:
    """Return a text with a backslash before each character that could be a mark in a word."""
    return re.sub(r"(\W)", r"\\\1", text)


def is_plain(text: str) -> bool:
    """Say whether a text is read as one word that means itself: letters and digits, and no operator."""
    return bool(re.fullmatch(r"\w+", text)) and not OPERATOR.fullmatch(text.translate(HALF_WIDTH))
