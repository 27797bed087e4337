"""The concordance on a terminal: a line for each occurrence, the matches in one column, cut to the window."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from ...corpus.messages import listed, message
from ...corpus.text.graphemes import graphemes, graphemes_after, graphemes_before, is_plain
from ...index.search.concordance import ConcordanceLine
from ...index.search.matches import TermCount
from ..language.translation import translated
from .layout import cells, harmless
from .theme import FAINT, PLACE, match_of, paint
from .wording import in_passages, place_label

GAP = 1  # cells between columns
BAR = "█"

MEASURED = 1000
"""The number of lines that the widths of the columns are computed from."""

_LEAST_WITH_PLACE = 40  # cells; a narrower window has no room for places
_PLACE_SHARE = 4  # places take at most a fourth of the window
_MATCH_SHARE = 3  # matches take at most a third of the rest
_EMOJI = "\ufe0f"  # turns the character before it into an emoji

EDGE = message("(end of passage)")
"""Stands where an occurrence has no neighbour."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The widths of the columns in cells: place, context before the match, match, context after it."""

    place: int
    left: int
    match: int
    right: int

    @property
    def before_match(self) -> int:
        """Return the number of cells before the column of matches."""
        return self.place + (GAP if self.place else 0) + self.left + GAP


def columns(width: int, places: Iterable[str], matches: Iterable[str]) -> Columns:
    """Return the columns for a window of a width in cells, given places and matches to be shown in them."""
    place = min(max(map(cells, places), default=0), width // _PLACE_SHARE) if width >= _LEAST_WITH_PLACE else 0
    rest = max(width - place - (GAP if place else 0) - 2 * GAP, 3)
    match = max(1, min(max((_width(graphemes(each)) for each in matches), default=1), rest // _MATCH_SHARE))
    left = (rest - match) // 2
    return Columns(place, left, match, rest - match - left)


def concordance_lines(lines: Iterator[ConcordanceLine], width: int, *, color: bool = False) -> Iterator[str]:
    """Yield the lines at a width in cells. The columns fit the first `MEASURED` lines."""
    measured = list(islice(lines, MEASURED))
    shape = columns(width, map(place_of, measured), (shown(each.match) for each in measured))
    for line in chain(measured, lines):
        yield draw(line, shape, color=color)


def draw(line: ConcordanceLine, shape: Columns, *, color: bool = False) -> str:
    """Return a line of the concordance. No grapheme is cut in two."""
    text = shown(line.passage.text[slice(*line.context)])
    offset = line.context[0]
    start, end = line.span[0] - offset, line.span[1] - offset
    # The left context is measured as wide as any terminal draws it: a gap before the match does no harm, but text that
    # ran into the column of matches would be overwritten.
    left = _fitting(graphemes_before(text, start, shape.left)[::-1], shape.left)[::-1]
    # A match that is longer than those measured runs on into the column of the right context.
    room = shape.match + GAP + shape.right
    match = _fitting(graphemes(text[start:end]), room)
    used = _width(match)
    gap = max(shape.match - used, 0) + GAP
    whole = sum(map(len, match)) == end - start
    right = _fitting(graphemes_after(text, end, room), room - used - gap) if whole else []
    marks = [(mark.span[0] - offset, mark.span[1] - offset, mark.term) for mark in line.marks] if color else []
    place = _place(line, shape.place, color=color)
    return "".join(
        (
            place,
            " " * (shape.left - _width(left)),
            _colored("".join(left), start - sum(map(len, left)), marks),
            " " * GAP,
            _to_column(shape.before_match, left),
            _colored("".join(match), start, [(start, end, line.term)] if color else []),
            " " * gap if right else "",
            _colored("".join(right), end, marks),
        )
    ).rstrip(" ")


def shown(text: str) -> str:
    """Return a text of the same length as it is drawn: edges between table cells, and nothing that a terminal acts
    on."""
    return harmless(text.replace("\t", "│"))


def place_of(line: ConcordanceLine) -> str:
    """Return the place of a line, as `zhengce show` takes it."""
    return place_label(line.document, line.passage.number)


def legend(terms: Sequence[TermCount], *, color: bool = False) -> str:
    """Return the terms of a query in their colours, each with the number of passages it occurs in."""
    names = (harmless(term.text) for term in terms)
    names = (paint(name, match_of(number)) for number, name in enumerate(names)) if color else names
    counts = (in_passages(name, term.passages) for name, term in zip(names, terms, strict=True))
    return translated(listed(counts))


def bars(neighbours: Sequence[tuple[str, int]], total: int, width: int, *, color: bool = False) -> Iterator[str]:
    """Yield a line for each neighbour: count, share of the total, text, and a bar in proportion to the count."""
    texts = [shown(text) or translated(EDGE) for text, _ in neighbours]
    digits = max((len(f"{count:,}") for _, count in neighbours), default=0)
    column = min(max(map(cells, texts), default=0), width // 2)
    longest = max(width - digits - len("  100.0 %  ") - column - 2 * GAP, 1)
    most = max((count for _, count in neighbours), default=1)
    for text, (_, count) in zip(texts, neighbours, strict=True):
        fitting = _fitting(graphemes(text), column)
        padding = " " * (column - _width(fitting) + 2 * GAP)
        bar = BAR * max(1, round(longest * count / most))
        share = paint(f"{100 * count / total:5.1f} %", FAINT, color=color)
        yield f"{count:>{digits},}  {share}  {''.join(fitting)}{padding}{bar}"


def _place(line: ConcordanceLine, width: int, *, color: bool) -> str:
    """Return the place in its column. An id that is too long is cut at the end."""
    if not width:
        return ""
    id_, number = harmless(line.document.id), f":{line.passage.number}"
    if cells(id_) + len(number) > width:
        id_ = "".join(_fitting(graphemes(id_), width - len(number) - 1)) + "…"
    padding = " " * max(width - cells(id_ + number), 0)
    return paint(f"{id_}{number}", PLACE, color=color) + padding + " " * GAP


def _fitting(clusters: Sequence[str], width: int) -> list[str]:
    """Return the first graphemes that fit a width in cells."""
    chosen: list[str] = []
    for cluster in clusters:
        width -= _cluster_width(cluster)
        if width < 0:
            break
        chosen.append(cluster)
    return chosen


def _width(clusters: Iterable[str]) -> int:
    return sum(map(_cluster_width, clusters))


def _cluster_width(cluster: str) -> int:
    """Return the width of a grapheme in a terminal that draws its characters one after the other. No terminal draws it
    wider."""
    return max(2, cells(cluster)) if _EMOJI in cluster else cells(cluster)


def _to_column(before_match: int, left: Sequence[str]) -> str:
    """Return the escape sequence that moves to the column of matches, if terminals may draw the left context in
    different widths, as they do emoji and rare marks."""
    return "" if is_plain("".join(left)) else f"\x1b[{before_match + 1}G"


def _colored(text: str, position: int, marks: Sequence[tuple[int, int, int]]) -> str:
    """Return a text that begins at a position, with the marks that lie in it in the colours of their terms."""
    parts: list[str] = []
    done = 0
    for start, end, term in marks:
        first, last = max(start - position, done), min(end - position, len(text))
        if first < last:
            parts += [text[done:first], paint(text[first:last], match_of(term))]
            done = last
    return "".join((*parts, text[done:]))
