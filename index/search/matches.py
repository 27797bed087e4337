"""Matches: what every way of searching gives, from which results are made."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import NamedTuple, Protocol

from ..model import Counts, Span


class TermCount(NamedTuple):
    """The number of passages of the searched documents that hold a part of a query by itself. ``is_string`` says that
    the part is a plain string, not a pattern or several parts joined."""

    text: str
    passages: int
    is_string: bool = True


class Matches(Protocol):
    """What a way of searching has found. Passages are named by their ordinals in the snapshot.

    ``conditions`` are those on documents that all passages have to meet, and ``scope`` has the passages of documents
    that do, in ascending ranges.
    """

    conditions: tuple[str, ...]
    scope: Sequence[range]

    @property
    def reading(self) -> str:
        """Return the query as it was read, written in full."""

    def __len__(self) -> int:
        """Return the number of passages."""

    @property
    def terms(self) -> tuple[TermCount, ...]:
        """Return what was found of each string, pattern or word by itself."""

    @property
    def has_several_terms(self) -> bool:
        """Tell whether there are several terms, without looking for them."""

    @abstractmethod
    def parts(self) -> Sequence[TermCount]:
        """Return what was found of each part of the query, up to what it asks of them together."""

    @abstractmethod
    def ordinals(self) -> Sequence[int]:
        """Return the passages in reading order."""

    @abstractmethod
    def ranked(self, limit: int | None = None) -> Sequence[int]:
        """Return the passages, the most relevant first: so many of them, or all."""

    @abstractmethod
    def spans(self, ordinal: int) -> Sequence[Span]:
        """Return the occurrences in a passage, in characters of its folded text and in order."""

    @abstractmethod
    def spans_by_term(self, ordinal: int) -> Sequence[Sequence[Span]]:
        """Return where each of the terms stands by itself in a passage, in the order of ``terms``."""

    @abstractmethod
    def occurrences(self, ordinal: int) -> int:
        """Return the number of occurrences in a passage."""

    @abstractmethod
    def score(self, ordinal: int) -> float:
        """Return the relevance of a passage."""

    @abstractmethod
    def counts(self) -> Counts:
        """Return the number of occurrences, passages and documents."""
