"""Snippets: the parts of a passage around its matches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ...index.model import Occurrence, separate

CLAUSE_ENDS = "。！？；，：、…!?;"
DEFAULT_CHARACTERS = 40
_WHOLE = 3  # a text of up to three times the number of characters is shown whole
_GAP = 6  # characters; a shorter gap is shown rather than left out


def snippets(text: str, spans: Sequence[tuple[int, int]], characters: int) -> list[tuple[int, int]]:
    """Return the ranges of a text to show: up to a number of characters before and after each match, cut back to where
    a clause begins or ends. Ranges that meet are joined, and a text that is not much longer is shown whole."""
    if not spans or len(text) <= _WHOLE * characters:
        return [(0, len(text))]
    ranges: list[tuple[int, int]] = []
    for first, last in sorted(spans):
        start, end = _start(text, first, characters), _end(text, last, characters)
        if ranges and start <= ranges[-1][1] + _GAP:
            ranges[-1] = (ranges[-1][0], max(end, ranges[-1][1]))
        else:
            ranges.append((start, end))
    return ranges


def _start(text: str, first: int, characters: int) -> int:
    earliest = first - characters
    if earliest <= 0:
        return 0
    return next((i for i in range(earliest, first) if text[i - 1] in CLAUSE_ENDS), earliest)


def _end(text: str, last: int, characters: int) -> int:
    latest = last + characters
    if latest >= len(text):
        return len(text)
    return next((i for i in range(latest, last, -1) if text[i - 1] in CLAUSE_ENDS), latest)


def marked(text: str, marks: Iterable[Occurrence]) -> Iterator[tuple[str, int | None]]:
    """Yield the parts of a text, each with the number of the term that it is a match of, or None."""
    position = 0
    for (start, end), term in separate(marks):
        if start > position:
            yield text[position:start], None
        yield text[start:end], term
        position = end
    if position < len(text):
        yield text[position:], None
