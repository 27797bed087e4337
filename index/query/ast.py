"""Expressions: what a query asks for, as a tree of small values that finding, counting and explaining share.

Leaves hold what was written and its folded form, which is what is compared. ``place`` is where a part stands in the
query, ``[start, end)`` in characters; two nodes that differ in places only are equal.
"""

from __future__ import annotations

from dataclasses import dataclass, field

Position = tuple[int, int]

_NOWHERE: Position = (0, 0)


@dataclass(frozen=True, slots=True)
class Term:
    """A string to be found as it stands; with ``word``, only where it begins and ends at word boundaries."""

    text: str = field(compare=False)
    folded: str
    word: bool = False
    position: Position = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Wildcard:
    """A string with gaps in it: ``?`` is one character, ``*`` up to a dozen within a clause, as few as will do.

    ``pattern`` says so as a regular expression over folded text; ``literals`` are the folded strings
    between the gaps. An occurrence may begin wherever the pattern matches, so they may overlap.
    """

    text: str = field(compare=False)
    pattern: str
    literals: tuple[str, ...]
    word: bool = False
    position: Position = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Regex:
    """A regular expression, matched within a folded passage from left to right without overlap; ``pattern`` is
    the one that was written with its characters folded."""

    text: str = field(compare=False)
    pattern: str
    position: Position = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Near:
    """Two occurrences that do not overlap, with at most ``distance`` characters of folded text between them;
    ``ordered`` asks for the left one first."""

    left: Node
    right: Node
    distance: int
    ordered: bool = False
    position: Position = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class SameSentence:
    """Two occurrences that do not overlap, within ``count`` sentences that follow each other (同句)."""

    left: Node
    right: Node
    count: int = 1
    position: Position = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class SameSection:
    """Passages that match either side, where both do under the same innermost heading (同条、同节)."""

    left: Node
    right: Node
    position: Position = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class SameDocument:
    """Passages that match either side, in documents where both do (同篇)."""

    left: Node
    right: Node
    position: Position = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class And:
    """Passages that match all operands, of which there are two or more."""

    operands: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Passages that match any operand, of which there are two or more."""

    operands: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Passages that do not match the operand."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Field:
    """Passages of which a field (title, issuer, number, doc, section) holds a string, or is it (kind)."""

    name: str
    text: str = field(compare=False)
    folded: str
    position: Position = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Dates:
    """Passages of documents whose date may be from ``first`` to ``last``, both ISO 8601 days and included."""

    text: str = field(compare=False)
    first: str
    last: str
    position: Position = field(default=_NOWHERE, compare=False)


Node = Term | Wildcard | Regex | Near | SameSentence | SameSection | SameDocument | And | Or | Not | Field | Dates


def children(node: Node) -> tuple[Node, ...]:
    """Return the nodes that one is made of."""
    match node:
        case And(operands) | Or(operands):
            return operands
        case Not(operand):
            return (operand,)
        case Near() | SameSentence() | SameSection() | SameDocument():
            return (node.left, node.right)
        case _:
            return ()


def has_spans(node: Node) -> bool:
    """Say whether a node is found at places in a passage, so that it can be near something: strings,
    alternatives of such, and what is near each other."""
    match node:
        case Term() | Wildcard() | Regex() | Near() | SameSentence():
            return True
        case Or(operands):
            return all(map(has_spans, operands))
        case _:
            return False


def always_has_occurrences(node: Node) -> bool:
    """Say whether every passage that matches a node has something in it that was found."""
    match node:
        case And(operands):
            return any(map(always_has_occurrences, operands))
        case Or(operands):
            return all(map(always_has_occurrences, operands))
        case Not() | Field() | Dates():
            return False
        case _:
            return True


def ranked_parts(node: Node) -> list[Node]:
    """Return the largest parts of a node that have places and are not under a NOT, each once, in order.

    These are what passages are ranked by.
    """
    if has_spans(node) and not isinstance(node, Or):
        return [node]
    if isinstance(node, Not):
        return []
    return list(dict.fromkeys(part for child in children(node) for part in ranked_parts(child)))


def string_nodes(node: Node) -> list[Term | Wildcard | Regex]:
    """Return the strings of a node that are not under a NOT, each once, in order."""
    match node:
        case Term() | Wildcard() | Regex():
            return [node]
        case Not():
            return []
        case _:
            return list(dict.fromkeys(leaf for child in children(node) for leaf in string_nodes(child)))
