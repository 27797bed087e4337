"""Matching: which passages of a segment match a node, and where in them it stands."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import repeat
from typing import Any

from ...corpus.text.folding import Folding
from ..model import Span
from ..query.ast import (
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
)
from ..storage.segment import Segment
from .conditions import condition, passages_with
from .deadline import Deadline
from .scanner import count_by_passage, positions

Found = dict[int, int]
"""Passages that match, by their ordinals in order, each with the number of occurrences in it."""

_WORTH_A_BLOCK = 4
"""How many passages can be looked at by themselves in the time that a block takes, about."""

_SENTENCE_END = re.compile(r'[。!?]+[")]*')


class Evaluator:
    """Evaluates nodes over a segment, within some ranges of its passages; what was found is remembered."""

    def __init__(self, segment: Segment, folding: Folding, within: Sequence[range], deadline: Deadline) -> None:
        self._segment = segment
        self._folding = folding
        self._within = within
        self._deadline = deadline
        self._found: dict[Node, Found] = {}
        self._found_of_parts: dict[Node, dict[Node, Found]] = {}
        self._conditions: dict[Node, Callable[[int], bool]] = {}
        self._last: tuple[int, str] = (-1, "")

    def find(self, node: Node) -> Found:
        """Return the passages that match a node.

        Raises:
            QueryTimeoutError: A regular expression takes too long.
            IndexDamagedError: A file of the index is not as it was written.
        """
        if node not in self._found:
            self._found[node] = self._find(node)
        return self._found[node]

    def among(self, node: Node, ordinals: Sequence[int]) -> Found:
        """Return those of some passages, given in order, that match a node. Where they are few, each is looked
        at by itself. Errors are those of `find`."""
        if node in self._found or len(ordinals) > _WORTH_A_BLOCK * self.spread(node):
            found = self.find(node)
            return {each: found[each] for each in ordinals if each in found}
        return {each: len(spans) for each in ordinals if (spans := self.spans(node, each)) is not None}

    def part(self, part: Node, whole: Node) -> Found:
        """Return the number of occurrences of a part of a node in the passages that match the whole, and it
        may be in others. Errors are those of `find`."""
        found, parts = self.find(whole), self._found_of_parts.get(whole, {})
        if part == whole:
            return found
        return parts[part] if part in parts else self.among(part, list(found))

    def spread(self, node: Node) -> int:
        """Return in how many blocks of text a node may stand."""
        blocks = self._segment.bigrams
        match node:
            case Term(folded=folded):
                return len(blocks.candidates(folded))
            case Wildcard(literals=literals):
                return min(len(blocks.candidates(each)) for each in literals)
            case Near() | SameSentence() | And():
                return min(map(self.spread, children(node)))
            case Or():
                return min(len(blocks), sum(map(self.spread, children(node))))
            case _:
                return len(blocks)

    def spans(self, node: Node, ordinal: int) -> list[Span] | None:
        """Return where a node stands in a passage, in characters of the folded text and in order; None if
        the passage does not match it. Errors are those of `find`."""
        match node:
            case Term(folded=folded):
                return self._kept(node, ordinal, _occurrences(self._text(ordinal), folded)) or None
            case Wildcard(pattern=pattern):
                matches = _compiled(pattern).finditer(self._text(ordinal))
                return self._kept(node, ordinal, (match.span(1) for match in matches)) or None
            case Regex():
                return self._kept(node, ordinal, self._regex_spans(node, ordinal)) or None
            case Near():
                left, right = self._sides(node, ordinal)
                chosen = _before(left, right, node.distance)
                if not node.ordered:
                    chosen |= _before(right, left, node.distance)
                return sorted(chosen) or None
            case SameSentence(count=count):
                return sorted(_in_sentences(self._text(ordinal), *self._sides(node, ordinal), count)) or None
            case Not(operand):
                return [] if self.spans(operand, ordinal) is None else None
            case Field() | Dates():
                return [] if self._condition(node)(ordinal) else None
            case _:
                parts = [self.spans(child, ordinal) for child in children(node)]
                if not self._joins(node, ordinal, parts):
                    return None
                return sorted({span for each in parts for span in each or ()})

    def is_within_word(self, ordinal: int, span: Span) -> bool:
        """Say whether a span of a folded passage is part of a single word: 质量 in 质量第一 is, 国是 in 中国/是 is
        not."""
        start, end = (self._unit(ordinal, place) for place in span)
        return not any(map(self._segment.is_boundary, range(start + 1, end)))

    def _text(self, ordinal: int) -> str:
        # Another thread may put its passage in the place of this one at any moment.
        last = self._last
        if last[0] != ordinal:
            last = self._last = ordinal, self._segment.folded(ordinal)
        return last[1]

    def _joins(self, node: Node, ordinal: int, parts: Sequence[list[Span] | None]) -> bool:
        """Say whether a passage matches what is joined of parts, given those that it matches."""
        if isinstance(node, (SameSection, SameDocument)):
            return ordinal in self.find(node)
        matches = (part is not None for part in parts)
        return all(matches) if isinstance(node, And) else any(matches)

    def _condition(self, field: Field | Dates) -> Callable[[int], bool]:
        if field not in self._conditions:
            self._conditions[field] = condition(field, self._segment, self._folding)
        return self._conditions[field]

    def _find(self, node: Node) -> Found:
        match node:
            case Term():
                return self._find_term(node)
            case Wildcard(literals=literals):
                rarest = min(literals, key=lambda each: len(self._segment.bigrams.candidates(each)))
                return self._verified(node, self._holding(rarest))
            case Regex():
                return self._verified(node, self._regex_candidates(node))
            case Near(left, right) | SameSentence(left, right):
                first, second = sorted((left, right), key=self.spread)
                return self._verified(node, self.among(second, list(self.find(first))))
            case And(operands):
                return self._find_all(node, operands)
            case Or(operands):
                found = {each: self.find(each) for each in operands}
                return self._counted(node, sorted(set().union(*found.values())), found)
            case Not(operand):
                return dict.fromkeys((each for each in self._passages() if each not in self.find(operand)), 0)
            case SameSection(left, right):
                return self._together(node, left, right, self._segment.sections.__getitem__)
            case SameDocument(left, right):
                return self._together(node, left, right, self._segment.document_at)
            case Field() | Dates():
                return dict.fromkeys(passages_with(node, self._segment, self._folding, self._within), 0)

    def _find_term(self, term: Term) -> Found:
        segment = self._segment
        found = positions(segment, term.folded, self._within)
        size = len(term.folded.encode("utf-16-le")) // 2
        if segment.may_split(term.folded):
            found = [unit for unit in found if not segment.is_split(unit) and not segment.is_split(unit + size)]
        if term.word:
            found = [unit for unit in found if segment.is_boundary(unit) and segment.is_boundary(unit + size)]
        return count_by_passage(segment, found)

    def _holding(self, literal: str) -> Found:
        """Return the passages whose folded text holds a string, be it from within a character on."""
        return count_by_passage(self._segment, positions(self._segment, literal, self._within))

    def _find_all(self, node: And, operands: Sequence[Node]) -> Found:
        """Look for the rarest operand first, then for the others where it is, and leave out last what is not wanted."""
        wanted: list[Node] = [each for each in operands if not isinstance(each, Not)]
        found: dict[Node, Found] = {}
        ordinals: Sequence[int] | None = None
        for each in sorted(wanted, key=lambda operand: (not always_has_occurrences(operand), self.spread(operand))):
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

    def _together(self, node: Node, left: Node, right: Node, group: Callable[[int], int]) -> Found:
        """Return the passages that match either side, in groups of passages where both sides are."""
        found = {side: self.find(side) for side in (left, right)}
        placed = [{each: group(each) for each in side} for side in found.values()]
        groups = set(placed[0].values()).intersection(*(side.values() for side in placed))
        either = sorted({each: place for side in placed for each, place in side.items()}.items())
        return self._counted(node, [ordinal for ordinal, place in either if place in groups], found)

    def _verified(self, node: Node, candidates: Iterable[int]) -> Found:
        return {each: len(spans) for each in candidates if (spans := self.spans(node, each))}

    def _counted(self, node: Node, ordinals: Sequence[int], found: Mapping[Node, Found]) -> Found:
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

    def _sides(self, node: Near | SameSentence, ordinal: int) -> tuple[list[Span], list[Span]]:
        return self.spans(node.left, ordinal) or [], self.spans(node.right, ordinal) or []

    def _kept(self, leaf: Term | Wildcard | Regex, ordinal: int, spans: Iterable[Span]) -> list[Span]:
        """Return those spans that do not begin or end within what a character folded to, nor, if only words are
        asked for, within a word."""
        segment, text, spans = self._segment, self._text(ordinal), list(spans)
        word = not isinstance(leaf, Regex) and leaf.word
        if not word and not any(segment.may_split(text[start:end]) for start, end in spans):
            return spans

        def is_place(place: int) -> bool:
            unit = self._unit(ordinal, place)
            return not segment.is_split(unit) and (not word or segment.is_boundary(unit))

        return [(start, end) for start, end in spans if is_place(start) and is_place(end)]

    def _unit(self, ordinal: int, place: int) -> int:
        """Return the unit of the segment's folded text at which a character of a passage begins."""
        text, start = self._text(ordinal), self._segment.starts[ordinal]
        if self._segment.starts[ordinal + 1] - start == len(text) + 1:
            return start + place
        return start + len(text[:place].encode("utf-16-le")) // 2

    def _regex_candidates(self, node: Regex) -> Iterator[int]:
        search = _regex(node.pattern).search
        segment = self._segment
        for start, end in segment.stretches(range(len(segment.blocks) - 1), self._within):
            ordinal = segment.ordinal(start)
            for text in segment.units(start, end - 1).decode("utf-16-le").split("\n"):
                try:
                    if search(text, timeout=self._deadline.remaining()):
                        self._last = ordinal, text
                        yield ordinal
                except TimeoutError:
                    self._deadline.remaining()
                ordinal += 1

    def _regex_spans(self, node: Regex, ordinal: int) -> Iterator[Span]:
        try:
            matches = _regex(node.pattern).finditer(self._text(ordinal), timeout=self._deadline.remaining())
            yield from (match.span() for match in matches if match.end() > match.start())
        except TimeoutError:
            self._deadline.remaining()


def _distinct_terms(node: Node) -> set[str] | None:
    """Return the strings of a node if it is made of different ones only, so that no two parts of it can
    stand at the same place; else None."""
    if isinstance(node, Term):
        return {node.folded}
    if isinstance(node, (Wildcard, Regex, Near, SameSentence)):
        return None
    strings: set[str] = set()
    for child in () if isinstance(node, Not) else children(node):
        part = _distinct_terms(child)
        if part is None or not strings.isdisjoint(part):
            return None
        strings |= part
    return strings


def _occurrences(text: str, folded: str) -> Iterator[Span]:
    position = text.find(folded)
    while position >= 0:
        yield position, position + len(folded)
        position = text.find(folded, position + 1)


def _before(left: Sequence[Span], right: Sequence[Span], distance: int) -> set[Span]:
    """Return the spans of the pairs of which the left one ends where the right one begins, or up to so many
    characters before."""
    starts = [start for start, _ in right]
    chosen: set[Span] = set()
    for span in left:
        followers = right[bisect_left(starts, span[1]) : bisect_right(starts, span[1] + distance)]
        if followers:
            chosen.add(span)
            chosen.update(followers)
    return chosen


def _in_sentences(text: str, left: Sequence[Span], right: Sequence[Span], count: int) -> set[Span]:
    """Return the spans of the pairs that do not overlap and lie within so many sentences."""
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]

    def sentences(span: Span) -> tuple[int, int]:
        return bisect_right(ends, span[0]), bisect_right(ends, span[1] - 1)

    placed = [(*sentences(span), span) for span in right]
    firsts = [first for first, _, _ in placed]
    chosen: set[Span] = set()
    for span in left:
        first, last = sentences(span)
        for other_first, other_last, other in placed[bisect_left(firsts, last - count + 1) :]:
            if other_first >= first + count:
                break
            apart = other[1] <= span[0] or span[1] <= other[0]
            if apart and max(last, other_last) - min(first, other_first) < count:
                chosen |= {span, other}
    return chosen


@lru_cache(maxsize=64)
def _compiled(pattern: str) -> re.Pattern[str]:
    """Return a wildcard's pattern so that its matches may overlap; each is group 1."""
    return re.compile(f"(?=({pattern}))")


@lru_cache(maxsize=64)
def _regex(pattern: str) -> Any:
    import regex

    return regex.compile(pattern, regex.IGNORECASE)
