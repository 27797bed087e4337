"""What a search returns: plain data, without colours or layout."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import repeat
from typing import NamedTuple

from ..corpus.model import Metadata, Passage

Span = tuple[int, int]
"""Start and end (excluded) of an occurrence, in characters of a passage's text."""


class IndexedDocument(NamedTuple):
    """A document of the index. ``first`` is the ordinal of its first passage, which counts from 0 through the index.

    ``characters`` does not count white space. ``format`` and ``encoding`` are those of its file.
    ``origins`` holds the origins of its metadata as `zhengce.corpus.metadata.origins.encoded` writes them.
    """

    id: str
    metadata: Metadata
    first: int
    passages: int
    characters: int
    format: str = "text"
    encoding: str | None = None
    origins: str = ""

    def place(self, passage: int) -> str:
        """Return the place of a passage, by its number, as every command takes it: ``chengyu:17``."""
        return f"{self.id}:{passage}"


class Occurrence(NamedTuple):
    """An occurrence, with the number of the term that it is one of, among those of its results."""

    span: Span
    term: int


class Hit(NamedTuple):
    """A passage that matches, with the spans of its occurrences in order and its score. For a query of several terms,
    ``terms`` holds the number of the term that each span is one of; otherwise it is empty."""

    document: IndexedDocument
    passage: Passage
    spans: tuple[Span, ...]
    score: float
    terms: tuple[int, ...] = ()

    @property
    def marks(self) -> list[Occurrence]:
        """Return the occurrences in order."""
        return [Occurrence(span, term) for span, term in zip(self.spans, self.terms or repeat(0), strict=False)]


class HitWithNeighbours(NamedTuple):
    """A hit with the passages before and after it. ``follows`` tells that it follows on what was shown before it, with
    no passage left out."""

    hit: Hit
    before: tuple[Passage, ...] = ()
    after: tuple[Passage, ...] = ()
    follows: bool = False


class LocatedPassage(NamedTuple):
    """A passage with its occurrences in order and, where they were asked for, the places at which words begin in it."""

    document: IndexedDocument
    passage: Passage
    marks: tuple[Occurrence, ...]
    words: tuple[int, ...] = ()


class Counts(NamedTuple):
    """The numbers of occurrences, of passages and of documents that a search found."""

    occurrences: int
    passages: int
    documents: int


def merge(spans: Iterable[Span]) -> list[Span]:
    """Return the spans in order, with those that overlap joined into one."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def separate(marks: Iterable[Occurrence]) -> list[Occurrence]:
    """Return occurrences in order that do not overlap: one that begins within another begins where that ends."""
    apart: list[Occurrence] = []
    done = 0
    for (start, end), term in sorted(marks):
        start = max(start, done)
        if start < end:
            apart.append(Occurrence((start, end), term))
            done = end
    return apart
