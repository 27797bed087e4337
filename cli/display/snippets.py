"""Snippets: the stretches of a passage around its matches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ...index.model import Span, merge

CLAUSE_ENDS = "。！？；，：、…!?;"
DEFAULT_CHARACTERS = 60
_WHOLE = 3  # a passage of up to so many times the context is shown whole
_GAP = 6  # characters; a shorter gap is shown rather than left out


def snippets(text: str, spans: Sequence[tuple[int, int]], characters: int) -> list[tuple[int, int]]:
    """Return the stretches to show: up to so many characters before and after each match, cut back to where
    a clause begins or ends; stretches that meet are one."""
    if not spans or len(text) <= _WHOLE * characters:
        return [(0, len(text))]
    stretches: list[tuple[int, int]] = []
    for first, last in sorted(spans):
        start, end = _start(text, first, characters), _end(text, last, characters)
        if stretches and start <= stretches[-1][1] + _GAP:
            stretches[-1] = (stretches[-1][0], max(end, stretches[-1][1]))
        else:
            stretches.append((start, end))
    return stretches


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


def marked(text: str, spans: Iterable[Span]) -> Iterator[tuple[str, bool]]:
    """Yield a text in parts, each with whether it is a match; those that overlap are one."""
    position = 0
    for start, end in merge(spans):
        if start > position:
            yield text[position:start], False
        if end > start:
            yield text[start:end], True
        position = max(position, end)
    if position < len(text):
        yield text[position:], False
