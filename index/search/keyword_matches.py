"""Keyword search: a question in natural language, its words looked up in Whoosh and ranked by BM25."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from ...corpus.text.folding import Folded
from ...corpus.text.words import FUNCTION_WORDS, Segmenter, is_word
from ..model import Counts, Span
from ..query.ast import Term
from ..storage.segment import Segment
from ..storage.snapshot import Snapshot
from ..storage.word_index import Keyword, WordIndex
from .deadline import Deadline
from .evaluator import Evaluator
from .matches import TermCount
from .scanner import count_passages
from .scopes import in_segment, joined

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_SIZE_BITS = 20  # for the length of an occurrence, in units


def keywords(segmenter: Segmenter, folded: str) -> list[Keyword]:
    """Return the words of a question, each once, without function words unless there are no others."""
    words = [word for word in segmenter.cut(folded) if is_word(word)]
    topical = [word for word in words if word not in FUNCTION_WORDS]
    return [Keyword(word, tuple(segmenter.parts(word))) for word in dict.fromkeys(topical or words)]


class KeywordMatches:
    """The passages that hold any of the words of a question.

    Raises:
        IndexDamagedError: A file of the index is not as it was written.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        index: WordIndex,
        question: str,
        keywords: Sequence[Keyword],
        within: Sequence[range],
    ) -> None:
        """``keywords`` are those of the ``question``, ``within`` are the ranges of passages to look in."""
        self._snapshot = snapshot
        self._keywords = keywords
        scopes = [in_segment(segment, within) for segment in snapshot.segments]
        self.conditions: tuple[str, ...] = ()
        self.scope: Sequence[range] = joined(snapshot.segments, scopes)
        self._ranked = index.rank(keywords)
        if sum(map(len, self.scope)) < len(snapshot):
            self._ranked = self._ranked.within(self.scope)
        self._evaluators = [
            Evaluator(segment, snapshot.folding, scope, Deadline())
            for segment, scope in zip(snapshot.segments, scopes, strict=True)
        ]
        folded = snapshot.folding.fold_with_map(question)
        self._written = {
            text: _as_written(question, folded, text) for keyword in keywords for text in (keyword.text, *keyword.parts)
        }

    @cached_property
    def terms(self) -> tuple[TermCount, ...]:
        """Return what was found of each word and each part of one, as strings."""
        return tuple(
            TermCount(written, sum(map(count_passages, self._snapshot.segments, (each[text] for each in self._places))))
            for text, written in self._written.items()
        )

    @property
    def has_several_terms(self) -> bool:
        """Tell whether there are several terms, without looking for them."""
        return len(self._written) > 1

    @property
    def reading(self) -> str:
        """Return the words that are ranked_parts, each of which will do."""
        return " OR ".join(self._written[keyword.text] for keyword in self._keywords)

    def parts(self) -> Sequence[TermCount]:
        """Return what was found of each word and each part of one."""
        return self.terms

    def __len__(self) -> int:
        """Return the number of passages."""
        return len(self._ranked.ordinals)

    def ordinals(self) -> Sequence[int]:
        """Return the passages in reading order."""
        return self._ordinals

    def ranked(self, limit: int | None = None) -> Sequence[int]:
        """Return the passages, so many of them or all: those with all the words before the others, then by BM25."""
        best = self._ranked.best(limit)
        return best.in_order(self._snapshot.in_reading_order(best.ordinals.tolist()))[:limit]

    def score(self, ordinal: int) -> float:
        """Return the relevance of a passage, among those with all the words or among the others."""
        return self._ranked.score(ordinal)

    def spans_by_term(self, ordinal: int) -> Sequence[Sequence[Span]]:
        """Return where each word and each part of one stands in a passage, in the order of ``terms``."""
        segment, local = self._snapshot.segment(ordinal)
        evaluator = self._evaluators[self._snapshot.segments.index(segment)]
        return [evaluator.spans(Term(written, text), local) or () for text, written in self._written.items()]

    def occurrences(self, ordinal: int) -> int:
        """Return the number of occurrences in a passage, as many as it has `spans`."""
        return self._occurrences[ordinal]

    def counts(self) -> Counts:
        """Return the number of occurrences, passages and documents."""
        return self._counts

    def spans(self, ordinal: int) -> Sequence[Span]:
        """Return the occurrences to mark in a passage: each word as a whole word, or inside longer words where it is no
        word by itself (质量 in 质量第一); and its parts where they stand outside it."""
        segment, local = self._snapshot.segment(ordinal)
        evaluator = self._evaluators[self._snapshot.segments.index(segment)]
        chosen: set[Span] = set()
        for keyword in self._keywords:
            whole = _words(evaluator, keyword.text, local)
            parts = [each for part in keyword.parts for each in _words(evaluator, part, local)]
            chosen.update(whole)
            chosen.update(
                (start, end) for start, end in parts if not any(first <= start and end <= last for first, last in whole)
            )
        return sorted(chosen)

    @cached_property
    def _ordinals(self) -> Sequence[int]:
        return self._snapshot.in_reading_order(self._ranked.ordinals.tolist())

    @cached_property
    def _places(self) -> list[dict[str, NDArray[np.int64]]]:
        """The units of each segment at which each word and each part of one stands as a string."""
        import numpy as np

        return [
            {text: np.array(evaluator.units(Term(text, text)), dtype=np.int64) for text in self._written}
            for evaluator in self._evaluators
        ]

    @cached_property
    def _occurrences(self) -> dict[int, int]:
        """The number of occurrences in each passage, by its ordinal. What `spans` finds in one passage is found in all
        passages at once."""
        found = self._ranked.ordinals.tolist()
        counts: dict[int, int] = {}
        for segment, places in zip(self._snapshot.segments, self._places, strict=True):
            counted = _count_occurrences(segment, places, self._keywords)
            counts.update(
                (ordinal, counted[ordinal - segment.base])
                for ordinal in found[bisect_left(found, segment.base) : bisect_left(found, segment.base + len(segment))]
            )
        return counts

    @cached_property
    def _counts(self) -> Counts:
        ordinals = self.ordinals()
        occurrences = sum(self._occurrences.values())
        documents = {
            segment.base + segment.document_at(local) for segment, local in map(self._snapshot.segment, ordinals)
        }
        return Counts(occurrences, len(ordinals), len(documents))


def _as_written(question: str, folded: Folded, word: str) -> str:
    """Return a word as the question has it: 显著, though texts are searched for 显着."""
    at = folded.text.find(word)
    return question[slice(*folded.span(at, at + len(word)))] if at >= 0 else word


def _words(evaluator: Evaluator, text: str, ordinal: int) -> Sequence[Span]:
    """Return the occurrences of a text as a whole word; if there are none, those inside a word. Single characters are
    not indexed as parts of words, so they have only the former."""
    words = evaluator.spans(Term(text, text, word=True), ordinal) or []
    if words or len(text) == 1:
        return words
    return [
        span for span in evaluator.spans(Term(text, text), ordinal) or [] if evaluator.is_within_word(ordinal, span)
    ]


def _count_occurrences(
    segment: Segment, places: Mapping[str, NDArray[np.int64]], keywords: Sequence[Keyword]
) -> list[int]:
    """Return the number of occurrences to mark in each passage of a segment: how many `KeywordMatches.spans` gives.
    ``places`` are the units at which the words and their parts stand as strings."""
    import numpy as np

    # An occurrence is one number, of the unit at which it begins and then of its length.
    found = [np.zeros(0, dtype=np.int64)]
    for keyword in keywords:
        whole, size = _word_units(segment, keyword.text, places[keyword.text])
        found.append(whole << _SIZE_BITS | size)
        for part in keyword.parts:
            units, size_of_part = _word_units(segment, part, places[part])
            first = np.searchsorted(whole, units + (size_of_part - size), side="left")
            outside = np.searchsorted(whole, units, side="right") <= first
            found.append(units[outside] << _SIZE_BITS | size_of_part)
    units = np.unique(np.concatenate(found)) >> _SIZE_BITS
    passages = np.searchsorted(np.asarray(segment.starts), units, side="right") - 1
    counts: list[int] = np.bincount(passages, minlength=len(segment)).tolist()
    return counts


def _word_units(segment: Segment, text: str, units: NDArray[np.int64]) -> tuple[NDArray[np.int64], int]:
    """Return at which of the units where a text stands as a string it is a word, or inside one in passages where it is
    none; and the number of its units. This is what `_words` gives for each passage."""
    import numpy as np

    size = len(text.encode("utf-16-le")) // 2
    boundaries = np.frombuffer(segment.boundaries, dtype=np.uint8)

    def is_boundary(offset: int) -> NDArray[np.bool_]:
        places = units + offset
        bits: NDArray[np.bool_] = (boundaries[places >> 3] >> (places & 7) & 1).astype(np.bool_)
        return bits

    words = is_boundary(0) & is_boundary(size)
    if len(text) == 1:
        return units[words], size
    within = ~np.logical_or.reduce([is_boundary(offset) for offset in range(1, size)])
    passages = np.searchsorted(np.asarray(segment.starts), units, side="right") - 1
    has_word = np.zeros(len(segment), dtype=np.bool_)
    has_word[passages[words]] = True
    return units[words | within & ~has_word[passages]], size
