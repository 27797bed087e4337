"""The tree of a query (AST): small values that searching, counting and explaining share.

Strings hold both what was written and its folded form, which is what is compared. ``position`` is where a part stands
in the query, ``[start, end)`` in characters; nodes that differ in ``text`` or ``position`` only are equal. Every match
over nodes names all of them and ends in `assert_never`, so that mypy reports each one that a new node is missing from.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from ...corpus.closed import assert_never
from .operators import DocumentDate, FieldName, JoiningName, OperatorName

Position = tuple[int, int]

_NOWHERE: Position = (0, 0)


@dataclass(frozen=True, slots=True)
class Term:
    """A string, found wherever it stands; with ``word``, only where it begins and ends at word boundaries. ``others``
    are further folded forms that it may have within a text, as long as ``folded``."""

    text: str = field(compare=False)
    folded: str
    word: bool = False
    position: Position = field(default=_NOWHERE, compare=False)
    others: tuple[str, ...] = ()

    @property
    def forms(self) -> tuple[str, ...]:
        """Return all its folded forms."""
        return (self.folded, *self.others)


@dataclass(frozen=True, slots=True)
class Wildcard:
    """A string with gaps: ``?`` is one character, ``*`` up to twelve within a clause, as few as possible.

    ``pattern`` is the regular expression for it over folded text; ``literals`` are the folded strings between the
    gaps. An occurrence may begin wherever the pattern matches, so occurrences may overlap.
    """

    text: str = field(compare=False)
    pattern: str
    literals: tuple[str, ...]
    word: bool = False
    position: Position = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Regex:
    """A regular expression, matched within a folded passage from left to right without overlap. ``pattern`` is
    ``text`` with its characters folded."""

    text: str = field(compare=False)
    pattern: str
    position: Position = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Near:
    """Two occurrences that do not overlap, with at most ``distance`` characters of folded text between them; where
    ``ordered``, the left one comes first."""

    left: Node
    right: Node
    distance: int
    ordered: bool = False
    position: Position = field(default=_NOWHERE, compare=False)

    @property
    def operator(self) -> JoiningName:
        """Return the operator that asks for it."""
        return "PRE" if self.ordered else "NEAR"


@dataclass(frozen=True, slots=True)
class SameSentence:
    """Two occurrences that do not overlap, within ``count`` consecutive sentences (同句)."""

    operator: ClassVar[JoiningName] = "SENT"
    left: Node
    right: Node
    count: int = 1
    position: Position = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class SameSection:
    """Passages that match either side, where both do under the same innermost heading (同条、同节)."""

    operator: ClassVar[JoiningName] = "SECT"
    left: Node
    right: Node
    position: Position = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class SameDocument:
    """Passages that match either side, in documents where both do (同篇)."""

    operator: ClassVar[JoiningName] = "DOC"
    left: Node
    right: Node
    position: Position = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class And:
    """Passages that match all operands, of which there are two or more."""

    operator: ClassVar[OperatorName] = "AND"
    operands: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Passages that match any operand, of which there are two or more."""

    operator: ClassVar[OperatorName] = "OR"
    operands: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Passages that do not match the operand."""

    operator: ClassVar[OperatorName] = "NOT"
    operand: Node


@dataclass(frozen=True, slots=True)
class Field:
    """Passages of which a field (title, issuer, number, doc, section) holds a string, or is it (kind)."""

    name: FieldName
    text: str = field(compare=False)
    folded: str
    position: Position = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Dates:
    """Passages of documents of which a date, called ``name``, may be from ``first`` to ``last``, both ISO 8601 days and
    included."""

    text: str = field(compare=False)
    first: str
    last: str
    name: DocumentDate = "date"
    position: Position = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Alias:
    """A query that the user has given a name; ``expansion`` is how it was written, ``operand`` what it asks for."""

    name: str = field(compare=False)
    expansion: str = field(compare=False)
    operand: Node
    position: Position = field(default=_NOWHERE, compare=False)


Node = (
    Term
    | Wildcard
    | Regex
    | Near
    | SameSentence
    | SameSection
    | SameDocument
    | And
    | Or
    | Not
    | Field
    | Dates
    | Alias
)  # fmt: skip


def children(node: Node) -> tuple[Node, ...]:
    """Return the nodes directly below a node."""
    match node:
        case And(operands) | Or(operands):
            return operands
        case Not(operand):
            return (operand,)
        case Alias(operand=operand):
            return (operand,)
        case Near(left, right) | SameSentence(left, right) | SameSection(left, right) | SameDocument(left, right):
            return left, right
        case Term() | Wildcard() | Regex() | Field() | Dates():
            return ()
    assert_never(node)


def found_children(node: Node) -> tuple[Node, ...]:
    """Return the nodes directly below a node whose occurrences count as found: all but what is to be absent."""
    match node:
        case Not():
            return ()
        case (
            Term() | Wildcard() | Regex() | Near() | SameSentence() | SameSection() | SameDocument()
            | And() | Or() | Field() | Dates() | Alias()
        ):  # fmt: skip
            return children(node)
    assert_never(node)


def has_spans(node: Node) -> bool:
    """Say whether a node is found at spans of a passage by itself, so that it can be near something: strings,
    alternatives of such, and what is near each other."""
    match node:
        case Term() | Wildcard() | Regex() | Near() | SameSentence():
            return True
        case Or(operands):
            return all(map(has_spans, operands))
        case Alias(operand=operand):
            return has_spans(operand)
        case SameSection() | SameDocument() | And() | Not() | Field() | Dates():
            return False
    assert_never(node)


def always_has_occurrences(node: Node) -> bool:
    """Say whether every passage that matches a node holds at least one occurrence."""
    match node:
        case Term() | Wildcard() | Regex() | Near() | SameSentence() | SameSection() | SameDocument():
            return True
        case And(operands):
            return any(map(always_has_occurrences, operands))
        case Or(operands):
            return all(map(always_has_occurrences, operands))
        case Alias(operand=operand):
            return always_has_occurrences(operand)
        case Not() | Field() | Dates():
            return False
    assert_never(node)


def ranked_parts(node: Node) -> list[Node]:
    """Return the parts by which passages are ranked: the largest ones with spans, each once, in order."""
    if has_spans(node) and not isinstance(node, (Or, Alias)):
        return [node]
    return list(dict.fromkeys(part for child in found_children(node) for part in ranked_parts(child)))


def string_nodes(node: Node) -> list[Term | Wildcard | Regex]:
    """Return the strings of a node that are not to be absent, each once, in order."""
    if isinstance(node, (Term, Wildcard, Regex)):
        return [node]
    return list(dict.fromkeys(string for child in found_children(node) for string in string_nodes(child)))
