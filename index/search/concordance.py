"""The concordance: every occurrence in its context, sorted and sampled as asked for."""

from __future__ import annotations

import heapq
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, islice, pairwise
from operator import itemgetter
from typing import Literal, get_args

from ...corpus.messages import message
from ...corpus.model import Passage
from ...corpus.text.graphemes import graphemes_after, graphemes_before
from ..model import IndexedDocument, Occurrence, Span
from .results import Results

Side = Literal["L", "R"]
Order = Literal["document", "date", "position"]
Number = tuple[int, int]

MOST_KEYS = 3
"""The most keys that lines can be sorted by."""

_AT_ONCE = 16384  # lines read together in reading order, since a sort scatters them over the corpus
_UNDATED = "9999"

_NEIGHBOUR = re.compile(r"([LRlr])([1-9])([wW]?)")
_WIDTH = re.compile(r"([0-9]{1,5})([wW]?)")


@dataclass(frozen=True, slots=True)
class Neighbour:
    """What stands beside an occurrence: the ``number``-th character, or word as jieba cuts it, to its left or right.
    White space does not count; punctuation does."""

    side: Side
    number: int
    words: bool = False

    def __str__(self) -> str:
        return f"{self.side}{self.number}{'w' if self.words else ''}"


SortKey = Neighbour | Order


@dataclass(frozen=True, slots=True)
class ContextWidth:
    """How much context there is on either side, in characters or in words as jieba cuts them."""

    count: int
    words: bool = False


@dataclass(frozen=True, slots=True)
class ConcordanceLine:
    """An occurrence in its context. ``span`` is where it stands in the passage's text, ``context`` the part of it that
    is shown, and ``term`` the number of the term that it is one of. ``marks`` are all occurrences in the passage, and
    ``words`` the places where words begin, where they were asked for."""

    document: IndexedDocument
    passage: Passage
    span: Span
    context: Span
    term: int
    marks: tuple[Occurrence, ...]
    words: tuple[int, ...] = ()

    @property
    def left(self) -> str:
        """Return the context before the occurrence."""
        return self.passage.text[self.context[0] : self.span[0]]

    @property
    def match(self) -> str:
        """Return the occurrence as it stands in the text."""
        return self.passage.text[slice(*self.span)]

    @property
    def right(self) -> str:
        """Return the context after the occurrence."""
        return self.passage.text[self.span[1] : self.context[1]]

    def neighbour(self, neighbour: Neighbour) -> str:
        """Return what stands beside the occurrence; nothing where the passage ends before."""
        text, (start, end) = self.passage.text, self.span
        if neighbour.words:
            places = _words_around(text, self.span, self.words)[neighbour.side]
            found = [word for word in (text[slice(*place)].strip() for place in places) if word]
        else:
            # Folded-away white space is rare: twice as many characters, and two more, hold enough that are not space.
            count = 2 * neighbour.number + 2
            around = (
                graphemes_after(text, end, count)
                if neighbour.side == "R"
                else graphemes_before(text, start, count)[::-1]
            )
            found = [each for each in around if not each.isspace()]
        return found[neighbour.number - 1] if len(found) >= neighbour.number else ""


@dataclass(frozen=True)
class Concordance:
    """The lines of what a search found in reading order: all, or a ``sample`` of them drawn with ``seed``; in the order
    of some keys, and in reading order where these are equal; with context as far as ``width``, or the whole passage.
    """

    results: Results
    sort: Sequence[SortKey] = ()
    width: ContextWidth | None = None
    sample: int | None = None
    seed: int = 1

    @cached_property
    def _occurrences(self) -> list[Number]:
        """Return the passages by their ordinals, each with the number of occurrences in it."""
        return list(self.results.occurrences().items())

    @cached_property
    def total(self) -> int:
        """Return the number of occurrences found."""
        return sum(count for _, count in self._occurrences)

    @property
    def terms(self) -> tuple[str, ...]:
        """Return the terms that lines name by number."""
        return tuple(term.text for term in self.results.terms)

    def __len__(self) -> int:
        """Return the number of lines."""
        return self.total if self.sample is None else min(self.sample, self.total)

    def lines(self, limit: int | None = None) -> Iterator[ConcordanceLine]:
        """Yield the lines, the first ``limit`` of them or all. Unsorted lines are read from disk only as they are asked
        for.

        Raises:
            IndexDamagedError: A file of the index is not as it was written.
        """
        words = self.width is not None and self.width.words
        if not self.sort:
            yield from islice(self._read(self._chosen(), words=words), limit)
            return
        order = iter(self._order(limit))
        while batch := list(islice(order, _AT_ONCE)):
            read = dict(zip(sorted(batch), self._read(_by_passage(sorted(batch)), words=words), strict=True))
            yield from map(read.__getitem__, batch)

    def neighbours(self, neighbour: Neighbour) -> list[tuple[str, int]]:
        """Return what stands beside the occurrences, in the first spelling met, each with its count, the most frequent
        first. Errors are those of `lines`."""
        counts: Counter[str] = Counter()
        written: dict[str, str] = {}
        for line in self._read(self._chosen(), words=neighbour.words):
            text = line.neighbour(neighbour)
            folded = self.results.fold(text)
            written.setdefault(folded, text)
            counts[folded] += 1
        ordered = sorted(counts.items(), key=lambda each: (-each[1], collated(each[0])))
        return [(written[folded], count) for folded, count in ordered]

    def _order(self, limit: int | None) -> list[Number]:
        """Return the first ``limit`` occurrences, or all, as they are to be shown: passage and number within it."""
        words = any(isinstance(key, Neighbour) and key.words for key in self.sort)
        places = ((ordinal, index) for ordinal, chosen in self._chosen() for index in chosen)
        documents: dict[str, int] = {}
        keyed = (
            ([self._key(line, key, documents) for key in self.sort], place, number)
            for place, (number, line) in enumerate(zip(places, self._read(self._chosen(), words=words), strict=True))
        )
        first = sorted(keyed) if limit is None else heapq.nsmallest(limit, keyed)
        return [number for _, _, number in first]

    def _key(self, line: ConcordanceLine, key: SortKey, documents: dict[str, int]) -> bytes | str | float:
        """Return what a line is sorted by; ``documents`` numbers the documents as they are met, in reading order."""
        if isinstance(key, Neighbour):
            return collated(self.results.fold(line.neighbour(key)))
        if key == "date":
            return line.document.metadata.date or _UNDATED
        if key == "position":
            within = line.span[0] / (len(line.passage.text) + 1)
            return (line.passage.number - 1 + within) / line.document.passages
        return documents.setdefault(line.document.id, len(documents))

    def _chosen(self) -> Iterator[tuple[int, Sequence[int]]]:
        """Yield the passages, each with the numbers of the occurrences in it that lines are made of."""
        if self.sample is None or self.sample >= self.total:
            yield from ((ordinal, range(count)) for ordinal, count in self._occurrences if count)
            return
        from random import Random

        drawn = sorted(Random(self.seed).sample(range(self.total), self.sample))
        first = position = 0
        for ordinal, count in self._occurrences:
            last = bisect_left(drawn, first + count, position)
            if last > position:
                yield ordinal, [number - first for number in drawn[position:last]]
            first, position = first + count, last

    def _read(self, chosen: Iterator[tuple[int, Sequence[int]]], *, words: bool) -> Iterator[ConcordanceLine]:
        for ordinal, numbers in chosen:
            located = self.results.located(ordinal, words=words)
            for number in numbers:
                mark = located.marks[number]
                text = located.passage.text
                context = _context(text, mark.span, located.words, self.width)
                yield ConcordanceLine(
                    located.document, located.passage, mark.span, context, mark.term, located.marks, located.words
                )


def concordance(
    results: Results, *, sort: str = "", width: str = "", sample: int | None = None, seed: int = 1
) -> Concordance:
    """Return the concordance of what a search found.

    ``sort`` has up to three keys (see `read_sort`), by default reading order, and ``width`` is the context on either
    side (see `read_context_width`), by default the whole passage. ``sample`` draws so many occurrences at random.

    Raises:
        ValueError: ``sort`` or ``width`` is not written so.
    """
    keys = read_sort(sort) if sort else ()
    return Concordance(results, keys, read_context_width(width) if width else None, sample, seed)


def read_neighbour(written: str) -> Neighbour:
    """Read a neighbour: R1 is the first character to the right, L2w the second word to the left.

    Raises:
        ValueError: It is not a neighbour; the message says how to write one.
    """
    found = _NEIGHBOUR.fullmatch(written)
    if not found:
        raise ValueError(
            message(
                "“{written}” is not a neighbour; write R1, L1 to L9 for characters, R1w for words.", written=written
            )
        )
    side: Side = "L" if found[1] in "Ll" else "R"
    return Neighbour(side, int(found[2]), bool(found[3]))


def read_sort(written: str) -> tuple[SortKey, ...]:
    """Read the keys to sort by, with commas between them: R1,R2,L1 or date,R1w.

    Raises:
        ValueError: One of them is not a key, or there are too many.
    """
    keys = tuple(each if each in get_args(Order) else read_neighbour(each) for each in written.split(","))
    if len(keys) > MOST_KEYS:
        raise ValueError(message("Lines are sorted by {most} keys at most.", most=MOST_KEYS))
    return keys  # type: ignore[return-value]


def read_context_width(written: str) -> ContextWidth:
    """Read how much context is asked for: 30 is characters, 5w words.

    Raises:
        ValueError: It is not written so.
    """
    found = _WIDTH.fullmatch(written)
    if not found:
        raise ValueError(
            message("“{written}” is not a width of context; write 30 for characters, 5w for words.", written=written)
        )
    return ContextWidth(int(found[1]), bool(found[2]))


def collated(text: str) -> bytes:
    """Return the sort key of a text: its bytes in GB 18030, which orders the 3,755 most common characters by
    Pinyin."""
    return text.encode("gb18030", "replace")


def _context(text: str, span: Span, words: Sequence[int], width: ContextWidth | None) -> Span:
    start, end = span
    if width is None:
        return 0, len(text)
    if not width.count:
        return span
    if width.words:
        around = _words_around(text, span, words)
        left = [place for place in around["L"] if text[slice(*place)].strip()][: width.count]
        right = [place for place in around["R"] if text[slice(*place)].strip()][: width.count]
        return (left[-1][0] if left else start), (right[-1][1] if right else end)
    return (
        start - sum(map(len, graphemes_before(text, start, width.count))),
        end + sum(map(len, graphemes_after(text, end, width.count))),
    )


def _words_around(text: str, span: Span, words: Sequence[int]) -> dict[Side, list[Span]]:
    """Return the words before a span, the nearest first, and those after it; a word that the span cuts into is there
    with what is left of it."""
    start, end = span
    lefts = [*words[: bisect_left(words, start)], start]
    rights = [end, *words[bisect_right(words, end) :], len(text)]
    return {
        "L": list(pairwise(lefts))[::-1],
        "R": [(one, other) for one, other in pairwise(rights) if one < other],
    }


def _by_passage(numbers: Sequence[Number]) -> Iterator[tuple[int, Sequence[int]]]:
    """Yield passages with the numbers of occurrences in them, given both in order."""
    for ordinal, each in groupby(numbers, key=itemgetter(0)):
        yield ordinal, [number for _, number in each]
