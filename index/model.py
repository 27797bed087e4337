"""What a search returns: plain data, undecorated."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from ..corpus.model import Metadata, Passage

Span = tuple[int, int]
"""Start and end (excluded) of an occurrence, in characters of a passage's text."""


@dataclass(frozen=True, slots=True)
class IndexedDocument:
    """A document of the index. Its passages are those from ``first`` on, counted over the whole index.

    ``characters`` leaves white space out. ``format`` and ``encoding`` are those of its file.
    """

    id: str
    metadata: Metadata
    first: int
    passages: int
    characters: int
    format: str = "text"
    encoding: str | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that matches, with the spans of its occurrences in order and its score."""

    document: IndexedDocument
    passage: Passage
    spans: tuple[Span, ...]
    score: float


class HitWithNeighbours(NamedTuple):
    """A hit with the passages before and after it. ``follows`` tells that it follows on what was shown before it, with
    no passage left out."""

    hit: Hit
    before: tuple[Passage, ...] = ()
    after: tuple[Passage, ...] = ()
    follows: bool = False


@dataclass(frozen=True, slots=True)
class Occurrence:
    """An occurrence, with the number of the term that it is one of, among those of its results."""

    span: Span
    term: int


@dataclass(frozen=True, slots=True)
class LocatedPassage:
    """A passage with its occurrences in order and, where they were asked for, the places at which words begin in it."""

    document: IndexedDocument
    passage: Passage
    marks: tuple[Occurrence, ...]
    words: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a search found."""

    occurrences: int
    passages: int
    documents: int


def merge(spans: Iterable[Span]) -> list[Span]:
    """Return the stretches of text that spans cover: those that overlap are one."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
