"""The writer: turns a node, or any text, back into a query that is read as the same."""

from __future__ import annotations

import re

from ...corpus.closed import assert_never
from .ast import (
    Alias,
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
    children,
)
from .operands import write_wildcard
from .tokens import is_plain


def quote(text: str) -> str:
    """Return a query that finds just this string."""
    return '"' + re.sub(r'(["\\＼])', r"\\\1", text) + '"'


def write(node: Node) -> str:
    """Return the query for a node, with brackets around all that has parts.

    It is read as an equal node. Words and fields are written as they were, operators in full, and what an alias stands
    for instead of its name, which nobody else knows.
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
            return f" {node.operator} ".join(map(_operand, operands))
        case And(operands):
            return " ".join(map(_operand, operands))
        case Not(operand):
            return f"{node.operator} {_operand(operand)}"
        case Near(left, right, count) | SameSentence(left, right, count):
            return f"{_operand(left)} {node.operator}/{count} {_operand(right)}"
        case SameSection(left, right) | SameDocument(left, right):
            return f"{_operand(left)} {node.operator} {_operand(right)}"
        case Alias(operand=operand):
            return write(operand)
    assert_never(node)


def _plain(text: str) -> str:
    return text if is_plain(text) else quote(text)


def _operand(node: Node) -> str:
    if isinstance(node, Alias):
        return _operand(node.operand)
    written = write(node)
    return f"({written})" if children(node) and not isinstance(node, Not) else written
