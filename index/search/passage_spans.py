"""Spans: where a node of a query stands within a single passage."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

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
)
from ..storage.segment import Segment
from . import proximity
from .conditions import condition
from .deadline import Deadline


class PassageSpans:
    """Finds the spans of nodes in the passages of a segment.

    ``find`` returns the passages of the segment that match a node. It is asked where more than the passage itself
    decides: for nodes over whole sections and documents.
    """

    def __init__(
        self, segment: Segment, folding: Folding, deadline: Deadline, find: Callable[[Node], dict[int, int]]
    ) -> None:
        self._segment = segment
        self._folding = folding
        self._deadline = deadline
        self._find = find
        self._conditions: dict[Node, Callable[[int], bool]] = {}
        self._last: tuple[int, str] = (-1, "")

    def spans(self, node: Node, ordinal: int) -> list[Span] | None:
        """Return where a node stands in a passage, in characters of the folded text and in order; None if the passage
        does not match it.

        Raises:
            QueryTimeoutError: A regular expression takes too long.
            IndexDamagedError: A file of the index is not as it was written.
        """
        match node:
            case Term():
                found = sorted(span for form in node.forms for span in _occurrences(self._text(ordinal), form))
                return self._kept(ordinal, found, word=node.word) or None
            case Wildcard(pattern=pattern):
                matches = _wildcard(pattern).finditer(self._text(ordinal))
                return self._kept(ordinal, (match.span(1) for match in matches), word=node.word) or None
            case Regex():
                return self._kept(ordinal, self._regex_spans(node, ordinal)) or None
            case Near(left, right):
                return self._near(node, self.spans(left, ordinal) or [], self.spans(right, ordinal) or [])
            case SameSentence(left, right, count):
                sides = self.spans(left, ordinal) or [], self.spans(right, ordinal) or []
                return sorted(proximity.spans_in_sentences(self._text(ordinal), *sides, count)) or None
            case SameSection(left, right) | SameDocument(left, right):
                return self._all_spans((left, right), ordinal) if ordinal in self._find(node) else None
            case And(operands):
                parts = [self.spans(operand, ordinal) for operand in operands]
                return None if None in parts else _merged(parts)
            case Or(operands):
                parts = [self.spans(operand, ordinal) for operand in operands]
                return None if all(part is None for part in parts) else _merged(parts)
            case Not(operand):
                return [] if self.spans(operand, ordinal) is None else None
            case Alias(operand=operand):
                return self.spans(operand, ordinal)
            case Field() | Dates():
                return [] if self._condition(node)(ordinal) else None
        assert_never(node)

    def is_within_word(self, ordinal: int, span: Span) -> bool:
        """Say whether a span of a folded passage is part of a single word: 质量 in 质量第一 is, 国是 in 中国/是 is
        not."""
        start, end = (self._unit(ordinal, offset) for offset in span)
        return not any(map(self._segment.is_boundary, range(start + 1, end)))

    def matching(self, node: Regex, within: Sequence[range]) -> Iterator[int]:
        """Yield the passages in some ranges of them in which a regular expression matches. Errors are those of
        `spans`."""
        search = _regex(node.pattern).search
        segment = self._segment
        for start, end in segment.stretches(range(len(segment.blocks) - 1), within):
            ordinal = segment.ordinal(start)
            for text in segment.units(start, end - 1).decode("utf-16-le").split("\n"):
                try:
                    if search(text, timeout=self._deadline.remaining()):
                        self._last = ordinal, text
                        yield ordinal
                except TimeoutError:
                    self._deadline.remaining()
                ordinal += 1

    def _text(self, ordinal: int) -> str:
        # Another thread may replace the remembered passage at any moment.
        last = self._last
        if last[0] != ordinal:
            last = self._last = ordinal, self._segment.folded(ordinal)
        return last[1]

    def _near(self, node: Near, left: Sequence[Span], right: Sequence[Span]) -> list[Span] | None:
        chosen = proximity.spans_before(left, right, node.distance)
        if not node.ordered:
            chosen |= proximity.spans_before(right, left, node.distance)
        return sorted(chosen) or None

    def _all_spans(self, nodes: Iterable[Node], ordinal: int) -> list[Span]:
        return _merged([self.spans(node, ordinal) for node in nodes])

    def _condition(self, field: Field | Dates) -> Callable[[int], bool]:
        if field not in self._conditions:
            self._conditions[field] = condition(field, self._segment, self._folding)
        return self._conditions[field]

    def _kept(self, ordinal: int, spans: Iterable[Span], *, word: bool = False) -> list[Span]:
        """Return the spans that do not begin or end inside what one character folded to, nor, with ``word``, inside a
        word."""
        segment, text, spans = self._segment, self._text(ordinal), list(spans)
        if not word and not any(segment.may_split(text[start:end]) for start, end in spans):
            return spans

        def is_edge(offset: int) -> bool:
            unit = self._unit(ordinal, offset)
            return not segment.is_split(unit) and (not word or segment.is_boundary(unit))

        return [(start, end) for start, end in spans if is_edge(start) and is_edge(end)]

    def _unit(self, ordinal: int, offset: int) -> int:
        """Return the unit of the segment's folded text at which a character of a passage begins."""
        text, start = self._text(ordinal), self._segment.starts[ordinal]
        if self._segment.starts[ordinal + 1] - start == len(text) + 1:
            return start + offset
        return start + len(text[:offset].encode("utf-16-le")) // 2

    def _regex_spans(self, node: Regex, ordinal: int) -> Iterator[Span]:
        try:
            matches = _regex(node.pattern).finditer(self._text(ordinal), timeout=self._deadline.remaining())
            yield from (match.span() for match in matches if match.end() > match.start())
        except TimeoutError:
            self._deadline.remaining()


def _merged(parts: Iterable[Sequence[Span] | None]) -> list[Span]:
    return sorted({span for part in parts for span in part or ()})


def _occurrences(text: str, folded: str) -> Iterator[Span]:
    position = text.find(folded)
    while position >= 0:
        yield position, position + len(folded)
        position = text.find(folded, position + 1)


@lru_cache(maxsize=64)
def _wildcard(pattern: str) -> re.Pattern[str]:
    """Return a wildcard's pattern so that its matches may overlap; each is group 1."""
    return re.compile(f"(?=({pattern}))")


@lru_cache(maxsize=64)
def _regex(pattern: str) -> Any:
    import regex

    return regex.compile(pattern, regex.IGNORECASE)
