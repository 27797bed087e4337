"""The outline of a document: its headings as a tree, with what was found under each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a document: the passage that it begins with, and how deep it is, from 0. ``occurrences`` is how
    many there are under it and under the headings below it."""

    passage: int
    depth: int
    text: str
    occurrences: int = 0


def outline(sections: Sequence[Sequence[tuple[int, str]]], occurrences: Sequence[int]) -> list[Heading]:
    """Return the headings of a document, given for each of its passages the sections that it is in, outermost first,
    as their numbers and headings, and the number of occurrences in it."""
    first: dict[int, tuple[int, int, str]] = {}
    found: dict[int, int] = {}
    for passage, (path, count) in enumerate(zip(sections, occurrences, strict=True), start=1):
        for depth, (section, text) in enumerate(path):
            first.setdefault(section, (passage, depth, text))
            found[section] = found.get(section, 0) + count
    return [Heading(passage, depth, text, found[section]) for section, (passage, depth, text) in first.items()]
