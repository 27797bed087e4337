"""The tree of a query (AST): small values that searching, counting and explaining share.

Strings hold both what was written and its folded form, which is what is compared. ``position`` is where a part stands
in the query, ``[start, end)`` in characters; nodes that differ in ``text`` or ``position`` only are equal. Every match
over nodes names all of them and ends in `assert_never`, so that mypy reports each one that a new node is missing from.
"""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import TYPE_CHECKING, ClassVar, NoReturn

from ...corpus.closed import assert_never
from .operators import DocumentDate, FieldName, JoiningName, OperatorName

if TYPE_CHECKING:
    from typing_extensions import dataclass_transform
else:

    def dataclass_transform(**_):
        """Leave a class as it is; Python 3.11 has this for type checkers."""
        return lambda kind: kind


Position = tuple[int, int]

_NOWHERE: Position = (0, 0)


@dataclass_transform(frozen_default=True)
class _Node:
    """What the nodes share: they are frozen, and equal if they are of one kind and equal in what is compared.

    Only what the class body names is a field. Dataclasses compile the methods of each class from source text, which
    takes 0.5 ms a class, 7 of the 100 ms of a search.
    """

    __match_args__: ClassVar[tuple[str, ...]] = ()
    _not_compared: ClassVar[frozenset[str]] = frozenset(("text", "position"))
    _fields: ClassVar[tuple[str, ...]]
    _defaults: ClassVar[dict[str, object]]
    _compared: ClassVar[Callable[[object], object]]

    def __init_subclass__(cls) -> None:
        cls._fields = tuple(name for name, kind in cls.__annotations__.items() if not kind.startswith("ClassVar"))
        cls.__match_args__ = cls._fields  # type: ignore[misc]
        cls._defaults = {name: getattr(cls, name) for name in cls._fields if hasattr(cls, name)}
        cls._compared = attrgetter(*(name for name in cls._fields if name not in cls._not_compared))

    def __init__(self, *given: object, **named: object) -> None:
        fields, values = self._fields, self.__dict__
        values.update(self._defaults)
        values.update(zip(fields, given, strict=False))
        values.update(named)
        if len(given) > len(fields) or len(values) != len(fields) or (named and not {*fields} >= named.keys()):
            raise TypeError(f"{type(self).__name__} has the fields {', '.join(self._fields)}")

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} is frozen")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} is frozen")

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and type(self)._compared(other) == type(self)._compared(self)

    def __hash__(self) -> int:
        return hash((type(self), type(self)._compared(self)))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={getattr(self, name)!r}' for name in self._fields)})"


class Term(_Node):
    """A string, found wherever it stands; with ``word``, only where it begins and ends at word boundaries. ``others``
    are further folded forms that it may have within a text, as long as ``folded``."""

    text: str
    folded: str
    word: bool = False
    position: Position = _NOWHERE
    others: tuple[str, ...] = ()

    @property
    def forms(self) -> tuple[str, ...]:
        """Return all its folded forms."""
        return (self.folded, *self.others)


class Wildcard(_Node):
    """A string with gaps: ``?`` is one character, ``*`` up to twelve within a clause, as few as possible.

    ``pattern`` is the regular expression for it over folded text; ``literals`` are the folded strings between the
    gaps. An occurrence may begin wherever the pattern matches, so occurrences may overlap.
    """

    text: str
    pattern: str
    literals: tuple[str, ...]
    word: bool = False
    position: Position = _NOWHERE


class Regex(_Node):
    """A regular expression, matched within a folded passage from left to right without overlap. ``pattern`` is
    ``text`` with its characters folded."""

    text: str
    pattern: str
    position: Position = _NOWHERE


class Near(_Node):
    """Two occurrences that do not overlap, with at most ``distance`` characters of folded text between them; where
    ``ordered``, the left one comes first."""

    left: Node
    right: Node
    distance: int
    ordered: bool = False
    position: Position = _NOWHERE

    @property
    def operator(self) -> JoiningName:
        """Return the operator that asks for it."""
        return "PRE" if self.ordered else "NEAR"


class SameSentence(_Node):
    """Two occurrences that do not overlap, within ``count`` consecutive sentences (同句)."""

    operator: ClassVar[JoiningName] = "SENT"
    left: Node
    right: Node
    count: int = 1
    position: Position = _NOWHERE


class SameSection(_Node):
    """Passages that match either side, where both do under the same innermost heading (同条、同节)."""

    operator: ClassVar[JoiningName] = "SECT"
    left: Node
    right: Node
    position: Position = _NOWHERE


class SameDocument(_Node):
    """Passages that match either side, in documents where both do (同篇)."""

    operator: ClassVar[JoiningName] = "DOC"
    left: Node
    right: Node
    position: Position = _NOWHERE


class And(_Node):
    """Passages that match all operands, of which there are two or more."""

    operator: ClassVar[OperatorName] = "AND"
    operands: tuple[Node, ...]


class Or(_Node):
    """Passages that match any operand, of which there are two or more."""

    operator: ClassVar[OperatorName] = "OR"
    operands: tuple[Node, ...]


class Not(_Node):
    """Passages that do not match the operand."""

    operator: ClassVar[OperatorName] = "NOT"
    operand: Node


class Field(_Node):
    """Passages of which a field (title, issuer, number, doc, section) holds a string, or is it (kind)."""

    name: FieldName
    text: str
    folded: str
    position: Position = _NOWHERE


class Dates(_Node):
    """Passages of documents of which a date, called ``name``, may be from ``first`` to ``last``, both ISO 8601 days and
    included."""

    text: str
    first: str
    last: str
    name: DocumentDate = "date"
    position: Position = _NOWHERE


class Alias(_Node):
    """A query that the user has given a name; ``expansion`` is how it was written, ``operand`` what it asks for."""

    _not_compared: ClassVar[frozenset[str]] = frozenset(("name", "expansion", "position"))
    name: str
    expansion: str
    operand: Node
    position: Position = _NOWHERE


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
