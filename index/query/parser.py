"""The query language: how nodes are written, read and written back.

From loose to tight: OR (|); AND, which need not be written; NOT (-); DOC; SECT; NEAR/n, PRE/n and SENT/n. Operators of
one kind group from the left; brackets group otherwise. Marks and operators may be full-width.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from ..errors import QueryError
from .ast import (
    And,
    Dates,
    Field,
    Near,
    Node,
    Not,
    Or,
    Regex,
    SameDocument,
    SameSection,
    SameSentence,
    Term,
    Wildcard,
    always_has_occurrences,
    children,
    has_spans,
)
from .lexer import DEEPEST, Token, TokenKind, is_plain, tokenize
from .operands import Fold, read_operand, write_wildcard

# Operators that join two operands each, from loose to tight.
_CHAINS: tuple[tuple[TokenKind, ...], ...] = (("DOC",), ("SECT",), ("NEAR", "PRE", "SENT"))
_LEAVES: tuple[TokenKind, ...] = ("word", "phrase", "regex", "field")


@dataclass(frozen=True, slots=True)
class Query:
    """What a query asks for, with the text that it was read from."""

    source: str
    root: Node


def parse(source: str, fold: Fold, *, words: bool = False) -> Query:
    """Read a query.

    ``fold`` is the folding of the texts that it is for; with ``words``, all terms are whole words.

    Raises:
        QueryError: The query cannot be read; it says where and what to write instead.
    """
    for position, character in enumerate(source):
        if "\ud800" <= character <= "\udfff":
            advice = "Write the query in the encoding of the terminal."
            raise QueryError("These bytes are no character.", source, position, advice)
    if not source.strip():
        raise QueryError("The query is empty.", source, 0, "Write what to search for, such as 中欧班列.")
    return Query(source, _Parser(source, fold, words).either())


def quote(text: str) -> str:
    """Return a query that finds just this string."""
    return '"' + re.sub(r'(["\\＼])', r"\\\1", text) + '"'


def write(node: Node) -> str:
    """Return the query for a node, with brackets around all that has parts.

    It is read as an equal node. Words and fields are written as they were, operators in full.
    """
    match node:
        case Term(text=text, word=word):
            return "=" * word + _plain(text)
        case Wildcard(text=text, word=word):
            return "=" * word + write_wildcard(text)
        case Regex(text=text):
            return "/" + text.replace("/", "\\/") + "/"
        case Field(name=name, text=text):
            return f"{name}:{_plain(text)}"
        case Dates(text=text):
            return text
        case Or(operands):
            return " OR ".join(map(_operand, operands))
        case And(operands):
            return " ".join(map(_operand, operands))
        case Not(operand):
            return "NOT " + _operand(operand)
        case Near(distance=distance, ordered=ordered):
            operator = f"{'PRE' if ordered else 'NEAR'}/{distance}"
        case SameSentence(count=count):
            operator = f"SENT/{count}"
        case SameSection():
            operator = "SECT"
        case SameDocument():
            operator = "DOC"
    left, right = map(_operand, children(node))
    return f"{left} {operator} {right}"


def _plain(text: str) -> str:
    return text if is_plain(text) else quote(text)


def _operand(node: Node) -> str:
    written = write(node)
    return f"({written})" if children(node) and not isinstance(node, Not) else written


class _Parser:
    """Reads tokens from the first to the last, with a method for each level of the grammar."""

    def __init__(self, source: str, fold: Fold, words: bool) -> None:
        self.source = source
        self.fold = fold
        self.words = words
        self.tokens = tokenize(source)
        self.index = 0

    @property
    def token(self) -> Token:
        return self.tokens[self.index]

    def take(self, *kinds: TokenKind) -> Token | None:
        """Return the token at hand and go on to the next, if it is of these kinds."""
        token = self.token
        if token.kind not in kinds:
            return None
        self.index += 1
        return token

    def either(self) -> Node:
        operands = [self.every()]
        while self.take("OR"):
            operands.append(self.every())
        return _merged(Or, operands)

    def every(self) -> Node:
        operands = [self.negation()]
        while self.take("AND") or self.token.kind in ("NOT", "(", *_LEAVES):
            operands.append(self.negation())
        return _merged(And, operands)

    def negation(self) -> Node:
        negative = False
        while self.take("NOT"):
            negative = not negative
        operand = self.chained(0)
        if not negative:
            return operand
        return operand.operand if isinstance(operand, Not) else Not(operand)

    def chained(self, level: int) -> Node:
        """Read operands of the operators of a level, or of tighter ones."""
        if level == len(_CHAINS):
            return self.primary()
        start = self.token.start
        left = self.chained(level + 1)
        while operator := self.take(*_CHAINS[level]):
            middle = self.token.start
            if self.token.kind == "NOT":
                raise self.unfit(operator, middle)
            right = self.chained(level + 1)
            fits = always_has_occurrences if operator.kind in ("DOC", "SECT") else has_spans
            if not fits(left) or not fits(right):
                raise self.unfit(operator, middle if fits(left) else start)
            left = self.shallow(_joined(operator, left, right), operator)
        return left

    def primary(self) -> Node:
        if leaf := self.take(*_LEAVES):
            return read_operand(self.source, leaf, self.fold, words=self.words)
        if group := self.take("("):
            if self.token.kind == ")":
                advice = "Write something between the brackets, or \\( for the character itself."
                raise QueryError("There is nothing in this group.", self.source, group.start, advice)
            inner = self.shallow(self.either(), group)
            self.take(")")
            return inner
        raise self.missing()

    def shallow(self, node: Node, token: Token) -> Node:
        """Return a node that is not too high a tree: it can be written with as many groups as may be open,
        though OR, AND and NOT may come on top of it."""
        if _height(node) > DEEPEST - 3:
            advice = "Ask for less at once."
            raise QueryError("The query is nested too deeply.", self.source, token.start, advice)
        return node

    def missing(self) -> QueryError:
        """Say which operator wants an operand at the token at hand."""
        before = self.tokens[self.index - 1] if self.index else None
        operator, side = (self.token, "left") if before is None or before.kind == "(" else (before, "right")
        written = self.source[operator.start : operator.end]
        example = "NOT 成都" if operator.kind == "NOT" else f"成都 {written} 重庆"
        advice = f"Write it as in {example}, or “{written}” for the text itself."
        return QueryError(f"{written} has nothing on its {side}.", self.source, operator.start, advice)

    def unfit(self, operator: Token, position: int) -> QueryError:
        written = self.source[operator.start : operator.end]
        if operator.kind in ("DOC", "SECT"):
            message = f"{written} takes what can be found as a string, not NOT or a field alone."
            advice = f"Put such beside it, as in (成都 {written} 重庆) -北京."
        else:
            message = f"{written} takes terms, phrases, alternatives of these, and NEAR, PRE and SENT."
            advice = f"Put other things beside it, as in (成都 {written} 重庆) 北京."
        return QueryError(message, self.source, position, advice)


def _merged(kind: type[And] | type[Or], operands: Sequence[Node]) -> Node:
    """Join operands, each once; those of the same kind give theirs."""
    parts = (operand.operands if isinstance(operand, kind) else (operand,) for operand in operands)
    unique = tuple(dict.fromkeys(chain.from_iterable(parts)))
    return kind(unique) if len(unique) > 1 else unique[0]


def _joined(operator: Token, left: Node, right: Node) -> Node:
    position = (operator.start, operator.end)
    match operator.kind:
        case "DOC":
            return SameDocument(left, right, position)
        case "SECT":
            return SameSection(left, right, position)
        case "SENT":
            return SameSentence(left, right, operator.number, position)
        case kind:
            return Near(left, right, operator.number, kind == "PRE", position)


def _height(node: Node) -> int:
    return 1 + max(map(_height, children(node)), default=0)
