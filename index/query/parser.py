"""The parser: reads a query as a tree.

From loose to tight: OR (|); AND, which need not be written; NOT (-); DOC; SECT; NEAR/n, PRE/n and SENT/n. Operators of
one kind group from the left; brackets group otherwise. Marks and operators may be full-width.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from types import MappingProxyType
from typing import NamedTuple

from ...corpus.closed import assert_never
from ...corpus.messages import listed, message
from ..errors import QueryError
from .ast import (
    Alias,
    And,
    Near,
    Node,
    Not,
    Or,
    SameDocument,
    SameSection,
    SameSentence,
    always_has_occurrences,
    children,
    has_spans,
)
from .expansions import Expansions
from .lexer import DEEPEST, tokenize
from .operands import read_operand
from .operators import JOINING, JOINING_LEVELS, JoiningName
from .tokens import Fold, Token, TokenKind

_OPERANDS: tuple[TokenKind, ...] = ("word", "phrase", "regex", "field", "alias")


class Query(NamedTuple):
    """What a query asks for, with the text that it was read from."""

    source: str
    root: Node


def parse(source: str, fold: Fold, *, words: bool = False, aliases: Mapping[str, str] = MappingProxyType({})) -> Query:
    """Read a query.

    ``fold`` is the folding of the texts that it is for; with ``words``, all terms are whole words. ``aliases`` are
    queries by the names that stand for them after ``@``.

    Raises:
        QueryError: The query cannot be read; it says where and what to write instead.
    """
    return Query(source, _read(source, fold, words, Expansions(aliases)))


def _read(source: str, fold: Fold, words: bool, expansions: Expansions) -> Node:
    for position, character in enumerate(source):
        if "\ud800" <= character <= "\udfff":
            advice = message("Write the query in the encoding of the terminal.")
            raise QueryError(message("These bytes are not a character."), source, position, advice)
    if not source.strip():
        advice = message("Write what to search for, such as 中欧班列.")
        raise QueryError(message("The query is empty."), source, 0, advice)
    return _Parser(source, fold, words, expansions).either()


class _Parser:
    """Reads tokens from the first to the last, with a method for each level of the grammar."""

    def __init__(self, source: str, fold: Fold, words: bool, expansions: Expansions) -> None:
        self.source = source
        self.fold = fold
        self.words = words
        self.expansions = expansions
        self.tokens = tokenize(source)
        self.index = 0

    @property
    def token(self) -> Token:
        return self.tokens[self.index]

    def take(self, *kinds: TokenKind) -> Token | None:
        """Go on to the next token, if the one at hand is of one of some kinds."""
        token = self.token
        if token.kind not in kinds:
            return None
        self.index += 1
        return token

    def take_joining(self, level: int) -> tuple[JoiningName, Token] | None:
        """Take an operator of a level of those that join two operands."""
        for name in JOINING_LEVELS[level]:
            if token := self.take(name):
                return name, token
        return None

    def either(self) -> Node:
        operands = [self.every()]
        while self.take("OR"):
            operands.append(self.every())
        return _merged(Or, operands)

    def every(self) -> Node:
        operands = [self.negation()]
        while self.take("AND") or self.token.kind in ("NOT", "(", *_OPERANDS):
            operands.append(self.negation())
        return _merged(And, operands)

    def negation(self) -> Node:
        negative = False
        while self.take("NOT"):
            negative = not negative
        operand = self.joined(0)
        if not negative:
            return operand
        return operand.operand if isinstance(operand, Not) else Not(operand)

    def joined(self, level: int) -> Node:
        """Read operands of the operators of a level, or of tighter ones."""
        if level == len(JOINING_LEVELS):
            return self.primary()
        start = self.token.start
        left = self.joined(level + 1)
        while joining := self.take_joining(level):
            name, operator = joining
            middle = self.token.start
            if self.token.kind == "NOT":
                raise self.unfit(name, operator, middle)
            right = self.joined(level + 1)
            fits = has_spans if JOINING[name].compares_spans else always_has_occurrences
            if not fits(left) or not fits(right):
                raise self.unfit(name, operator, middle if fits(left) else start)
            left = self.shallow(_join(name, operator, left, right), operator)
        return left

    def primary(self) -> Node:
        if alias := self.take("alias"):
            return self.alias(alias)
        if operand := self.take(*_OPERANDS):
            return read_operand(self.source, operand, self.fold, words=self.words)
        if group := self.take("("):
            if self.token.kind == ")":
                advice = message("Write something between the brackets, or \\( for the character itself.")
                raise QueryError(message("There is nothing in this group."), self.source, group.start, advice)
            with self.expansions.deeper(self.source, group):
                inner = self.shallow(self.either(), group)
            self.take(")")
            return inner
        raise self.missing()

    def alias(self, token: Token) -> Node:
        """Read the query that an alias stands for."""
        name, expansion = self.expansions.of(self.source, token, self.fold)
        try:
            with self.expansions.deeper(self.source, token), self.expansions.within(name):
                operand = _read(expansion, self.fold, self.words, self.expansions)
        except QueryError as error:
            raise self.expansions.error(name, error) from error
        return self.shallow(Alias(name, expansion, operand, (token.start, token.end)), token)

    def shallow(self, node: Node, token: Token) -> Node:
        """Return a node that is not too high a tree: it can be written with as many groups as may be open, though
        OR, AND and NOT may come on top of it."""
        if _height(node) > DEEPEST - 3:
            advice = message("Split the query into several.")
            raise QueryError(message("The query is nested too deeply."), self.source, token.start, advice)
        return node

    def missing(self) -> QueryError:
        """Return the error that an operator lacks an operand at the token at hand."""
        before = self.tokens[self.index - 1] if self.index else None
        operator = self.token if before is None or before.kind == "(" else before
        written = self.source[operator.start : operator.end]
        if operator is before:
            said = message("{operator} has nothing on its right.", operator=written)
        else:
            said = message("{operator} has nothing on its left.", operator=written)
        advice = message(
            "Write it as in {example}, or “{operator}” for the text itself.",
            example="NOT 成都" if operator.kind == "NOT" else f"成都 {written} 重庆",
            operator=written,
        )
        return QueryError(said, self.source, operator.start, advice)

    def unfit(self, name: JoiningName, operator: Token, position: int) -> QueryError:
        """Return the error that an operand of an operator is of a kind that it does not take."""
        written = self.source[operator.start : operator.end]
        if JOINING[name].compares_spans:
            *others, last = [each for each, joining in JOINING.items() if joining.compares_spans]
            said = message(
                "{operator} takes terms, phrases, alternatives of these, and {others} and {last}.",
                operator=written,
                others=listed(others),
                last=last,
            )
            example = f"(成都 {written} 重庆) 北京"
            advice = message("Put other conditions beside it, as in {example}.", example=example)
        else:
            said = message(
                "{operator} takes what can be found as a string, not NOT or a field alone.", operator=written
            )
            example = f"(成都 {written} 重庆) -北京"
            advice = message("Put such conditions beside it, as in {example}.", example=example)
        return QueryError(said, self.source, position, advice)


def _merged(kind: type[And] | type[Or], operands: Sequence[Node]) -> Node:
    """Join operands, each once; those of the same kind give theirs."""
    parts = (operand.operands if isinstance(operand, kind) else (operand,) for operand in operands)
    unique = tuple(dict.fromkeys(chain.from_iterable(parts)))
    return kind(unique) if len(unique) > 1 else unique[0]


def _join(name: JoiningName, operator: Token, left: Node, right: Node) -> Node:
    position = (operator.start, operator.end)
    match name:
        case "DOC":
            return SameDocument(left, right, position)
        case "SECT":
            return SameSection(left, right, position)
        case "SENT":
            return SameSentence(left, right, operator.number, position)
        case "NEAR" | "PRE":
            return Near(left, right, operator.number, name == "PRE", position)
    assert_never(name)


def _height(node: Node) -> int:
    return 1 + max(map(_height, children(node)), default=0)
