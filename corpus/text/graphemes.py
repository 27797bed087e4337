"""Graphemes: what readers take for single characters, such as a letter with its accents or a family of emoji.

`regex` finds them (``\\X``, UAX #29), except in text that `is_plain`, as nearly all Chinese is: `re` sees that without
loading `regex`. `wcwidth` measures widths of characters and does not find graphemes.
"""

from __future__ import annotations

import re

# Characters that never join another.
_PLAIN = re.compile("[ -~—…“”‘’\u3000-\u3029\u3041-\u3096\u30a1-\u30fa\u3400-\u9fff\uff01-\uff60]*")

_LONG = 8  # code points; longer graphemes occur in nonsense only


def is_plain(text: str) -> bool:
    """Say whether each character of a text is a grapheme that all terminals draw in the same width."""
    return bool(_PLAIN.fullmatch(text))


def graphemes(text: str) -> list[str]:
    """Return the graphemes of a text (UAX #29)."""
    if is_plain(text):
        return list(text)
    import regex

    return list(map(str, regex.findall(r"\X", text)))


def graphemes_after(text: str, offset: int, count: int) -> list[str]:
    """Return up to ``count`` graphemes of a text from an offset on, at which a grapheme begins."""
    return graphemes(text[offset : offset + (count + 1) * _LONG])[:count]


def graphemes_before(text: str, offset: int, count: int) -> list[str]:
    """Return up to ``count`` graphemes of a text before an offset, at which a grapheme ends."""
    first = max(0, offset - (count + 1) * _LONG)
    found = graphemes(text[first:offset])
    # A slice that begins within the text may begin within a grapheme.
    return found[max(1 if first else 0, len(found) - count) :]
