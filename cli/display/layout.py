"""Fits Chinese text to terminal cells, by the line-breaking rules of Chinese typesetting (避头尾)."""

from __future__ import annotations

import os
import unicodedata

DOCUMENTS = 20
"""The documents that the page of a search shows at first."""

# Marks that must not begin a line, and marks that must not end one (GB/T 15834-2011, 5.1).
NOT_FIRST = "，。、；：？！…—·)）]］}｝】〕〉》」』”’％%‰℃,.;:?!"
NOT_LAST = "(（[［{｛【〔〈《「『“‘"

# The classes of characters that take two cells (UAX #11). Characters of ambiguous width (A), such as “ ” …, take one in
# most terminals. A terminal cannot be asked, so users of others set the variable.
_WIDE = "WFA" if os.environ.get("ZHENGCE_AMBIGUOUS") == "wide" else "WF"

# What a terminal acts on instead of showing it: controls, and marks that change the direction of writing.
_PICTURES = {code: chr(0x2400 + code) for code in range(0x20)} | {0x7F: "␡"}
SEPARATORS = (0x2028, 0x2029)  # of lines and paragraphs
DIRECTIONS = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_HARMLESS = _PICTURES | dict.fromkeys((*range(0x80, 0xA0), *SEPARATORS, *DIRECTIONS, *range(0xD800, 0xE000)), "�")
_HARMLESS_BUT_TAB = {code: shown for code, shown in _HARMLESS.items() if code != 0x09}


def harmless(text: str, *, tabs: bool = False) -> str:
    """Return a text of the same length in which a terminal finds nothing to act on. ``tabs`` keeps tabs."""
    if is_harmless(text):
        return text
    return text.translate(_HARMLESS_BUT_TAB if tabs else _HARMLESS)


def is_harmless(text: str) -> bool:
    """Tell whether a text is surely harmless as it is."""
    # Nearly every text is printable, and this test takes a tenth of the time of translating. The ideographic space that
    # begins paragraphs does not count as printable.
    return text.isprintable() or text.replace("\u3000", "").isprintable()


def cells(text: str) -> int:
    """Return the width of a text in terminal cells: a Chinese character takes two."""
    return sum(map(_cell, text))


def cut(text: str, width: int) -> str:
    """Return a text, cut at the end if it takes more cells than there are."""
    if cells(text) <= width:
        return text
    start, end = wrap(text, max(width - 1, 1))[0]
    return text[start:end] + "…"


def wrap(text: str, width: int) -> list[tuple[int, int]]:
    """Break a text into lines of a width in cells, and return them as ranges of its characters.

    Lines break between Chinese characters and between words; the space at a break belongs to neither line.
    """
    lines: list[tuple[int, int]] = []
    start = 0
    while start < len(text):
        end, used = start, 0
        while end < len(text) and used + (cell := _cell(text[end])) <= width:
            used += cell
            end += 1
        # A character that is wider than the line has a line nevertheless.
        end = max(end, start + 1)
        if end < len(text):
            end = _break(text, start, end)
        lines.append((start, end))
        start = end
        while start < len(text) and text[start] == " ":
            start += 1
    return [(first, first + len(text[first:last].rstrip(" "))) for first, last in lines]


def _break(text: str, start: int, end: int) -> int:
    """Return the last position where a line may end, or ``end`` if there is none in the second half of the line."""
    for position in range(end, start + (end - start) // 2, -1):
        before, after = text[position - 1], text[position]
        within_word = before.isascii() and after.isascii() and before.isalnum() and after.isalnum()
        if after not in NOT_FIRST and before not in NOT_LAST and not within_word:
            return position
    return end


def _cell(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Cf", "Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in _WIDE else 1
