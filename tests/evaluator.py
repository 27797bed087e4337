"""A slow and obvious evaluator of nodes: it asks every passage of every document, one after another.

It knows the program's nodes and its cutting of words, and nothing else of it: texts are folded by the
oracle, and nothing is looked up anywhere.
"""

from __future__ import annotations

import calendar
import datetime
import re
from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

import oracle
import regex
from zhengce.corpus.closed import assert_never
from zhengce.corpus.document import Document
from zhengce.corpus.model import Passage
from zhengce.index import Corpus
from zhengce.index.query.ast import (
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

Span = tuple[int, int]
Cut = Callable[[str], Iterable[str]]
Group = tuple[object, ...]
Found = dict[int, set[Span]]
"""Passages that match, each with the spans in its folded text."""


def documents_of(corpus: Corpus) -> list[Document]:
    """Return the documents of a corpus with all their passages, as it gives them."""
    return [
        Document(each.id, each.metadata, tuple(corpus.passages(each)), each.format, each.encoding)
        for each in corpus.documents
    ]


@dataclass(frozen=True, slots=True)
class Answer:
    """What is found in a passage: ``spans`` are in characters of its text."""

    document: str
    number: int
    spans: tuple[Span, ...]


class ReferenceEvaluator:
    def __init__(self, documents: Sequence[Document], cut: Cut) -> None:
        self.passages = [_Folded(document, each, cut) for document in documents for each in document.passages]

    def answers(self, node: Node) -> list[Answer]:
        """Return what a node finds, in reading order."""
        return [self.passages[each].answer(spans) for each, spans in sorted(self.found(node).items())]

    def found(self, node: Node) -> Found:
        match node:
            case Term():
                needles = oracle.needles(node.text)
                return self._each(
                    lambda passage: [span for each in needles for span in passage.occurrences(each)], word=node.word
                )
            case Wildcard():
                gapped = re.compile(f"(?=({node.pattern}))")
                return self._each(
                    lambda passage: [match.span(1) for match in gapped.finditer(passage.text)], word=node.word
                )
            case Regex():
                pattern = regex.compile(node.pattern, regex.IGNORECASE)
                return self._each(lambda passage: [match.span() for match in pattern.finditer(passage.text)])
            case And():
                operands = [self.found(operand) for operand in node.operands]
                return {
                    each: set().union(*(found[each] for found in operands))
                    for each in operands[0]
                    if all(each in found for found in operands)
                }
            case Or():
                operands = [self.found(operand) for operand in node.operands]
                return {
                    each: set().union(*(found.get(each, set()) for found in operands))
                    for each in set().union(*operands)
                }
            case Not():
                found = self.found(node.operand)
                return {each: set() for each in range(len(self.passages)) if each not in found}
            case Alias():
                return self.found(node.operand)
            case Near():
                return self._pairs(node, lambda passage, one, other: _are_near(node, one, other))
            case SameSentence():
                return self._pairs(node, lambda passage, one, other: passage.sentences(one, other) <= node.count)
            case SameSection():
                return self._together(node, lambda passage: passage.section)
            case SameDocument():
                return self._together(node, lambda passage: (passage.document.id,))
            case Field() | Dates():
                return {each: set() for each, passage in enumerate(self.passages) if passage.has(node)}
        assert_never(node)

    def _each(self, spans: Callable[[_Folded], Iterable[Span]], *, word: bool = False) -> Found:
        found = {}
        for each, passage in enumerate(self.passages):
            kept = {span for span in spans(passage) if span[0] < span[1] and passage.is_whole(span, word=word)}
            if kept:
                found[each] = kept
        return found

    def _pairs(self, node: Near | SameSentence, fit: Callable[[_Folded, Span, Span], bool]) -> Found:
        """Return the spans of either side of which there is one of the other side that it fits with."""
        left, right = self.found(node.left), self.found(node.right)
        found = {}
        for each in left:
            pairs = [
                (one, other)
                for one in left[each]
                for other in right.get(each, ())
                if (one[1] <= other[0] or other[1] <= one[0]) and fit(self.passages[each], one, other)
            ]
            if pairs:
                found[each] = {span for pair in pairs for span in pair}
        return found

    def _together(self, node: SameSection | SameDocument, group: Callable[[_Folded], Group]) -> Found:
        left, right = self.found(node.left), self.found(node.right)
        groups = {group(self.passages[each]) for each in left} & {group(self.passages[each]) for each in right}
        return {
            each: left.get(each, set()) | right.get(each, set())
            for each in {*left, *right}
            if group(self.passages[each]) in groups
        }


class _Folded:
    """A passage with its folded text, and where in the passage each character of that came from."""

    def __init__(self, document: Document, passage: Passage, cut: Cut) -> None:
        items = oracle.fold(passage.text)
        self.document = document
        self.text = "".join(character for character, _, _ in items)
        self._passage = passage
        self._cut = cut
        self._starts = array("I", [start for _, start, _ in items])
        self._ends = array("I", [end for _, _, end in items])
        self._boundaries: set[int] = set()

    @property
    def section(self) -> Group:
        """Return what is the same for passages under the same innermost heading; a heading is in its own section."""
        own = (self._passage.text,) if self._passage.kind == "heading" else ()
        return self.document.id, *self._passage.section, *own

    def answer(self, spans: Iterable[Span]) -> Answer:
        places = sorted((self._starts[start], self._ends[end - 1]) for start, end in spans)
        return Answer(self.document.id, self._passage.number, tuple(places))

    def occurrences(self, needle: str) -> list[Span]:
        if needle not in self.text:
            return []
        size = len(needle)
        return [(start, start + size) for start in range(len(self.text)) if self.text[start : start + size] == needle]

    def is_whole(self, span: Span, *, word: bool) -> bool:
        """Say whether a span begins and ends where characters of the passage do; for words, where words do."""
        if word and not self._boundaries:
            self._boundaries = set(accumulate(map(len, self._cut(self.text)), initial=0))
        return all(
            (place in (0, len(self.text)) or self._starts[place] != self._starts[place - 1])
            and (not word or place in self._boundaries)
            for place in span
        )

    def sentences(self, one: Span, other: Span) -> int:
        """Return how many sentences in a row it takes to hold two spans."""
        numbers = _sentence_numbers(self.text)
        touched = [numbers[place] for start, end in (one, other) for place in range(start, end)]
        return max(touched) - min(touched) + 1

    def has(self, field: Field | Dates) -> bool:
        metadata = self.document.metadata
        if isinstance(field, Dates):
            dates = getattr(metadata, field.name)
            first, last = map(datetime.date.fromisoformat, (field.first, field.last))
            return any(_may_be(date, first, last) for date in (dates if isinstance(dates, tuple) else (dates,)))
        if field.name == "kind":
            return self._passage.kind == oracle.folded_text(field.text)
        texts: dict[str, tuple[str, ...]] = {
            "title": (metadata.title,),
            "issuer": metadata.issuers,
            "number": (str(metadata.number), str(metadata.number._replace(numeral=""))) if metadata.number else (),
            "doc": (self.document.id,),
            "section": self._passage.section,
        }
        needles = oracle.needles(field.text)
        return any(needle in oracle.folded_text(text) for needle in needles for text in texts[field.name])


def _are_near(near: Near, one: Span, other: Span) -> bool:
    """Say whether an occurrence of the left side is as near to one of the right side as is asked for."""
    if one[1] <= other[0]:
        return other[0] - one[1] <= near.distance
    return not near.ordered and one[0] - other[1] <= near.distance


@lru_cache(maxsize=64)
def _sentence_numbers(text: str) -> list[int]:
    """Return the number of the sentence that each character is in: one ends with its last 。, ! or ?, and the marks
    that close behind that."""
    numbers: list[int] = []
    number, before = 0, "text"
    for character in text:
        now = "end" if character in "。!?" else "close" if character in '")' and before != "text" else "text"
        if (before, now) in {("end", "text"), ("close", "text"), ("close", "end")}:
            number += 1
        numbers.append(number)
        before = now
    return numbers


def _may_be(date: str | None, first: datetime.date, last: datetime.date) -> bool:
    """Say whether a date, as far as it is known, may be from one day to another."""
    if not date:
        return False
    year, month, day = (*map(int, date.split("-")), 0, 0)[:3]
    earliest = datetime.date(year, month or 1, day or 1)
    latest_month = month or 12
    latest = datetime.date(year, latest_month, day or calendar.monthrange(year, latest_month)[1])
    return earliest <= last and first <= latest
