"""Graphemes: what readers take for single characters, such as a letter with its accents or a family of emoji."""

from __future__ import annotations

import re

# No character of these joins another; nearly all of a Chinese text is made of them.
_PLAIN = re.compile("[ -~—…“”‘’\u3000-\u3029\u3041-\u3096\u30a1-\u30fa\u3400-\u9fff\uff01-\uff60]*")

_LONG = 8  # code points; a grapheme has more in nonsense only


def is_plain(text: str) -> bool:
    """Say whether every character of a text is surely a grapheme by itself, as wide as any terminal draws it."""
    return bool(_PLAIN.fullmatch(text))


def graphemes(text: str) -> list[str]:
    """Return the graphemes of a text (UAX #29)."""
    if is_plain(text):
        return list(text)
    import regex

    return list(map(str, regex.findall(r"\X", text)))


def graphemes_after(text: str, place: int, count: int) -> list[str]:
    """Return up to so many graphemes of a text from a place on, which is taken for the beginning of one."""
    return graphemes(text[place : place + (count + 1) * _LONG])[:count]


def graphemes_before(text: str, place: int, count: int) -> list[str]:
    """Return up to so many graphemes of a text before a place, which is taken for the end of one."""
    first = max(0, place - (count + 1) * _LONG)
    found = graphemes(text[first:place])
    # Where the stretch was begun in the middle of the text, its first grapheme may be the rest of one.
    return found[max(1 if first else 0, len(found) - count) :]
