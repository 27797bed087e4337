"""The evaluator: which passages of a segment match a node of a query, and how often."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import repeat

from ...corpus.closed import assert_never
from ...corpus.text.folding import Folding
from ..model import Span
from ..query.ast import (
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
    always_has_occurrences,
    found_children,
)
from ..storage.segment import Segment
from .conditions import passages_with
from .deadline import Deadline
from .passage_spans import PassageSpans
from .scanner import count_by_passage, positions

PassageCounts = dict[int, int]
"""Passages that match, by their ordinals in order, each with the number of occurrences in it."""

_PASSAGES_PER_BLOCK = 4
"""About how many passages can be looked at one by one in the time that it takes to search a block."""


class Evaluator:
    """Evaluates nodes over a segment, within some ranges of its passages, and remembers what it has found."""

    def __init__(self, segment: Segment, folding: Folding, within: Sequence[range], deadline: Deadline) -> None:
        self._segment = segment
        self._folding = folding
        self._within = within
        self._passage_spans = PassageSpans(segment, folding, deadline, self.find)
        self._found: dict[Node, PassageCounts] = {}
        self._found_of_parts: dict[Node, dict[Node, PassageCounts]] = {}

    def find(self, node: Node) -> PassageCounts:
        """Return the passages that match a node.

        Raises:
            QueryTimeoutError: A regular expression takes too long.
            IndexDamagedError: A file of the index is not as it was written.
        """
        if node not in self._found:
            self._found[node] = self._find(node)
        return self._found[node]

    def units(self, term: Term) -> list[int]:
        """Return where a term stands, in units of the segment and in order. Errors are those of `find`."""
        segment = self._segment
        found = positions(segment, term.folded, self._within)
        for other in term.others:
            found = sorted(found + positions(segment, other, self._within))
        size = len(term.folded.encode("utf-16-le")) // 2
        if any(map(segment.may_split, term.forms)):
            found = [unit for unit in found if not segment.is_split(unit) and not segment.is_split(unit + size)]
        if term.word:
            found = [unit for unit in found if segment.is_boundary(unit) and segment.is_boundary(unit + size)]
        return found

    def among(self, node: Node, ordinals: Sequence[int]) -> PassageCounts:
        """Return those of some passages, given in order, that match a node. Where they are few, they are looked at one
        by one. Errors are those of `find`."""
        if node in self._found or len(ordinals) > _PASSAGES_PER_BLOCK * self.block_count(node):
            found = self.find(node)
            return {each: found[each] for each in ordinals if each in found}
        return {each: len(spans) for each in ordinals if (spans := self.spans(node, each)) is not None}

    def part(self, part: Node, whole: Node) -> PassageCounts:
        """Return the number of occurrences of a part of a node in the passages that match the whole node; others may be
        there, too. Errors are those of `find`."""
        found, parts = self.find(whole), self._found_of_parts.get(whole, {})
        if part == whole:
            return found
        return parts[part] if part in parts else self.among(part, list(found))

    def block_count(self, node: Node) -> int:
        """Return in how many blocks of text a node may stand: an estimate of what it costs to find it."""
        blocks = self._segment.bigrams
        match node:
            case Term():
                return sum(len(blocks.candidates(form)) for form in node.forms)
            case Wildcard(literals=literals):
                return min(len(blocks.candidates(each)) for each in literals)
            case Near(left, right) | SameSentence(left, right):
                return min(self.block_count(left), self.block_count(right))
            case And(operands):
                return min(map(self.block_count, operands))
            case Or(operands):
                return min(len(blocks), sum(map(self.block_count, operands)))
            case Alias(operand=operand):
                return self.block_count(operand)
            case Regex() | SameSection() | SameDocument() | Not() | Field() | Dates():
                return len(blocks)
        assert_never(node)

    def spans(self, node: Node, ordinal: int) -> list[Span] | None:
        """Return where a node stands in a passage, in characters of the folded text and in order; None if the passage
        does not match it. Errors are those of `find`."""
        return self._passage_spans.spans(node, ordinal)

    def is_within_word(self, ordinal: int, span: Span) -> bool:
        """Say whether a span of a folded passage is part of a single word."""
        return self._passage_spans.is_within_word(ordinal, span)

    def _find(self, node: Node) -> PassageCounts:
        match node:
            case Term():
                return self._find_term(node)
            case Wildcard(literals=literals):
                rarest = min(literals, key=lambda each: len(self._segment.bigrams.candidates(each)))
                return self._verified(node, self._holding(rarest))
            case Regex():
                return self._verified(node, self._passage_spans.matching(node, self._within))
            case Near(left, right) | SameSentence(left, right):
                first, second = sorted((left, right), key=self.block_count)
                return self._verified(node, self.among(second, list(self.find(first))))
            case And(operands):
                return self._find_all(node, operands)
            case Or(operands):
                found = {each: self.find(each) for each in operands}
                return self._counted(node, sorted(set().union(*found.values())), found)
            case Not(operand):
                return dict.fromkeys((each for each in self._passages() if each not in self.find(operand)), 0)
            case Alias(operand=operand):
                return self.find(operand)
            case SameSection(left, right):
                return self._in_same_group(node, left, right, self._segment.sections.__getitem__)
            case SameDocument(left, right):
                return self._in_same_group(node, left, right, self._segment.document_at)
            case Field() | Dates():
                return dict.fromkeys(passages_with(node, self._segment, self._folding, self._within), 0)
        assert_never(node)

    def _find_term(self, term: Term) -> PassageCounts:
        return count_by_passage(self._segment, self.units(term))

    def _holding(self, literal: str) -> PassageCounts:
        """Return the passages whose folded text holds a string, even where it begins or ends inside what one character
        folded to."""
        return count_by_passage(self._segment, positions(self._segment, literal, self._within))

    def _find_all(self, node: And, operands: Sequence[Node]) -> PassageCounts:
        """Look for the rarest operand first, for the others only where it is, and last remove what is unwanted."""
        wanted: list[Node] = [each for each in operands if not isinstance(each, Not)]
        found: dict[Node, PassageCounts] = {}
        ordinals: Sequence[int] | None = None
        for each in sorted(
            wanted, key=lambda operand: (not always_has_occurrences(operand), self.block_count(operand))
        ):
            found[each] = self.find(each) if ordinals is None else self.among(each, ordinals)
            ordinals = list(found[each])
        if ordinals is None:
            ordinals = list(self._passages())
        for each in operands:
            if isinstance(each, Not):
                unwanted = self.among(each.operand, ordinals)
                ordinals = [ordinal for ordinal in ordinals if ordinal not in unwanted]
        self._found_of_parts[node] = found
        return self._counted(node, ordinals, found)

    def _in_same_group(self, node: Node, left: Node, right: Node, group_of: Callable[[int], int]) -> PassageCounts:
        """Return the passages that match either side, in groups of passages where both sides match."""
        found = {side: self.find(side) for side in (left, right)}
        by_side = [{each: group_of(each) for each in side} for side in found.values()]
        groups = set(by_side[0].values()).intersection(*(side.values() for side in by_side))
        either = sorted({each: group for side in by_side for each, group in side.items()}.items())
        return self._counted(node, [ordinal for ordinal, group in either if group in groups], found)

    def _verified(self, node: Node, candidates: Iterable[int]) -> PassageCounts:
        return {each: len(spans) for each in candidates if (spans := self.spans(node, each))}

    def _counted(self, node: Node, ordinals: Sequence[int], found: Mapping[Node, PassageCounts]) -> PassageCounts:
        """Return the number of different spans in passages that match, given what was found of the parts there."""
        if _distinct_terms(node) is None:
            spans = ([self.spans(part, each) or () for part in found] for each in ordinals)
            return {each: len(set().union(*parts)) for each, parts in zip(ordinals, spans, strict=True)}
        if not found:
            return dict.fromkeys(ordinals, 0)
        counts = zip(*(map(part.get, ordinals, repeat(0)) for part in found.values()), strict=True)
        return dict(zip(ordinals, map(sum, counts), strict=True))

    def _passages(self) -> Iterator[int]:
        return (ordinal for passages in self._within for ordinal in passages)


def _distinct_terms(node: Node) -> set[str] | None:
    """Return the strings of a node if they are all different terms, so that no two parts of it can have the same
    span; else None."""
    match node:
        case Term():
            return set(node.forms)
        case Wildcard() | Regex() | Near() | SameSentence():
            return None
        case SameSection() | SameDocument() | And() | Or() | Not() | Field() | Dates() | Alias():
            strings: set[str] = set()
            for child in found_children(node):
                part = _distinct_terms(child)
                if part is None or not strings.isdisjoint(part):
                    return None
                strings |= part
            return strings
    assert_never(node)
