"""Vertical writing: characters one below the other, in columns from right to left.

The page is turned by a quarter of a circle, so that a column becomes a line, and the rest reads it like any other.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import regex

from .layout import Box

# In ems.
_ASIDE = 0.3  # distance of two characters in one column from the same middle
_NEXT = (0.5, 2.2)  # distance from one character to the next below
_ALONG = 2.5  # widest distance to the next character of a horizontal line

_FEWEST = 12  # characters of a page
_LEAST = 0.5  # share of a page's upright characters, and of Chinese ones among these
_BELOW = 0.12  # share of its size by which a character reaches below the baseline

_HAN = regex.compile(r"\p{Han}")


class Glyph(NamedTuple):
    """A character on a page: the ``turn`` in which it is upright, in quarters of a circle, None for other angles; its
    edges and baseline on the page so turned; its type size; whether a space was drawn before it; and its box."""

    character: str
    turn: int | None
    left: float
    right: float
    baseline: float
    size: float
    spaced: bool
    box: Box


def with_columns_as_lines(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Return the characters in drawing order. On a page in vertical writing, those in columns are turned."""
    upright = sum(glyph.turn == 0 for glyph in glyphs)
    below: set[int] = set()
    along: set[int] = set()
    for index, (glyph, following) in enumerate(pairwise(glyphs)):
        if glyph.turn == following.turn == 0:
            if _is_below(glyph, following):
                below |= {index, index + 1}
            elif _is_along(glyph, following):
                along |= {index, index + 1}
    below -= along
    if len(below) < max(_FEWEST, _LEAST * upright):
        return list(glyphs)
    if sum(bool(_HAN.match(glyphs[index].character)) for index in below) < _LEAST * len(below):
        return list(glyphs)
    return [_turned(glyph) if index in below else glyph for index, glyph in enumerate(glyphs)]


def _is_below(glyph: Glyph, following: Glyph) -> bool:
    size = max(glyph.size, following.size)
    aside = abs(glyph.box[0] + glyph.box[2] - following.box[0] - following.box[2]) / 2
    return aside < _ASIDE * size and _NEXT[0] * size < glyph.box[3] - following.box[3] < _NEXT[1] * size


def _is_along(glyph: Glyph, following: Glyph) -> bool:
    size = max(glyph.size, following.size)
    return abs(glyph.box[1] - following.box[1]) < _ASIDE * size and 0 < following.box[0] - glyph.box[0] < _ALONG * size


def _turned(glyph: Glyph) -> Glyph:
    left, bottom, _, top = glyph.box
    return glyph._replace(turn=3, left=-top, right=-bottom, baseline=left + _BELOW * glyph.size)
