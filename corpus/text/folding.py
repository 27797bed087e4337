"""Folding: the form in which texts and queries are compared, with a map back to the text that is shown.

Two strings that a careful reader takes for the same fold to the same string: half- and full-width forms, upper and
lower case, stray spaces, invisible characters, the shapes of quotation marks, brackets, dashes and middle dots,
traditional and simplified characters, CJK radicals and their ideographs, the signs for a zero in a year written in
Chinese digits. `unicodedata` does NFKC and case folding, and OpenCC's ``t2s`` gives the table of
simplified characters; a library that does all of it would have no offset map, without which no match can be shown.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import NamedTuple

from .radicals import IDEOGRAPHS

QUOTATION_MARKS = "\"'`´“”„‟‘’‚‛«»‹›「」『』﹁﹂﹃﹄〝〞〟＂＇"
OPENING_BRACKETS = "([{（［｛【〔〖〘〚｟⦅﹙﹛﹝"
CLOSING_BRACKETS = ")]}）］｝】〕〗〙〛｠⦆﹚﹜﹞"
DASHES = "-‐‑‒–—―⁃−－﹣﹘─"
MIDDLE_DOTS = "·•‧∙⋅・･⸱"
# 《》 and 〈〉 mark titles and are no brackets: 《方案》 is not （方案）.
TITLE_MARKS = {"〈": "《", "〉": "》"}

_FORMS = {
    **dict.fromkeys(QUOTATION_MARKS, '"'),
    **dict.fromkeys(OPENING_BRACKETS, "("),
    **dict.fromkeys(CLOSING_BRACKETS, ")"),
    **dict.fromkeys(DASHES, "-"),
    **dict.fromkeys(MIDDLE_DOTS, "·"),
    **TITLE_MARKS,
    **IDEOGRAPHS,
    **dict.fromkeys("○◯", "〇"),
}
# Variants that OpenCC's table t2s leaves apart; each is written for the other, in some region or at some time.
_VARIANTS = {"著": "着", "瞭": "了", "衞": "卫", "覆": "复", "藉": "借"}

# What is typed for the zero of a year in Chinese digits: a digit, or the letter O of Latin, Greek or Cyrillic. Nothing
# else is meant between two Chinese digits, or between one and 年; a query for half a year (二O二三) folds alike.
_ZEROS = re.compile(r"(?<=[一二三四五六七八九〇])[0oοо]+(?=[一二三四五六七八九〇年])")
_ZEROS_AT_START = re.compile(r"^[0oοо]+(?=[一二三四五六七八九〇年])")
_ZEROS_AT_END = re.compile(r"(?<=[一二三四五六七八九〇])[0oοо]+$")

# Han characters with their radicals and marks, kana, bopomofo: scripts written without spaces.
_HAN = (
    *(("\u2e80", "\u2fdf"), ("\u3005", "\u3007"), ("\u3021", "\u3029"), ("\u3031", "\u30ff"), ("\u3100", "\u312f")),
    *(("\u31a0", "\u31ff"), ("\u3400", "\u9fff"), ("\uf900", "\ufaff"), ("\U0001b000", "\U0001b16f")),
    ("\U00020000", "\U0003ffff"),
)
_SPACES = re.compile(r"[ \t]+")
_DASHES = re.compile(r"-{2,}")
_VARIATION_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")


class Folded(NamedTuple):
    """A folded text with its offset map.

    Character ``i`` of ``text`` came from ``[starts[i], ends[i])`` of the original text; both tuples are as long as
    ``text`` and never decrease.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the original text that ``[start, end)`` of the folded text came from."""
        return self.starts[start], self.ends[end - 1]

    def inner_offsets(self) -> list[int]:
        """Return the offsets in the folded text that lie within a single original character, as between the three full
        stops that … folds to. Offsets between a character and its combining marks are not among them."""
        return [
            offset
            for offset in range(1, len(self.text))
            if self.starts[offset] == self.starts[offset - 1] and self.ends[offset] == self.starts[offset] + 1
        ]


class Folding(dict[int, str]):
    """Folds texts and queries. As a mapping, it is the table of single characters that `str.translate` reads.

    ``simplified`` maps traditional characters to simplified ones, one to one
    (`zhengce.corpus.text.simplification.simplified_characters`). The only state is a cache of the characters met.
    """

    def __init__(self, simplified: Mapping[str, str]) -> None:
        super().__init__()
        self.simplified = simplified
        self._resized: set[str] = set()  # characters met that fold to none or several

    def __missing__(self, codepoint: int) -> str:
        character = chr(codepoint)
        # Nearly all characters of a text are unified ideographs, which NFKC and case folding leave as they are.
        folded = self._simple(character) if "\u4e00" <= character <= "\u9fff" else self._cluster(character)
        if len(folded) != 1:
            self._resized.add(character)
        # This comes last: another thread that finds the entry relies on the set above.
        self[codepoint] = folded
        return folded

    def fold(self, text: str) -> str:
        """Return the folded form of a text: what ``fold_with_map(text).text`` is, several times faster."""
        folded = text.translate(self)
        if not unicodedata.is_normalized("NFC", folded):
            return self.fold_with_map(text).text
        return _close_up(folded)

    def keeps_offsets(self, text: str, folded: str) -> bool:
        """Say whether each character of a text has the same offset in its folded form, which is given. Then no map is
        needed, which takes ten times as long to make."""
        return (
            len(text) == len(folded)
            and text.translate(self) == folded
            and self._resized.isdisjoint(text)
            and unicodedata.is_normalized("NFC", folded)
        )

    def fold_with_map(self, text: str) -> Folded:
        """Return the folded form of a text together with its offset map."""
        translated = text.translate(self)
        composed = unicodedata.is_normalized("NFC", translated)
        if composed and self._resized.isdisjoint(text):
            # Each character folds to one, as in nearly all texts; this takes a tenth of the time.
            characters, starts, ends = list(translated), list(range(len(text))), list(range(1, len(text) + 1))
        else:
            characters, starts, ends = self._clusters(text, composed)
        for pattern, replace in ((_SPACES, _space), (_DASHES, _dash)):
            # From the last match to the first, so that earlier offsets stay valid.
            for match in reversed(list(pattern.finditer("".join(characters)))):
                first, last = match.start(), match.end() - 1
                kept = replace(match)
                characters[first : last + 1] = kept
                starts[first : last + 1] = [starts[first]] * len(kept)
                ends[first : last + 1] = [ends[last]] * len(kept)
        return Folded(_ZEROS.sub(_zeros, "".join(characters)), tuple(starts), tuple(ends))

    def _clusters(self, text: str, composed: bool) -> tuple[list[str], list[int], list[int]]:
        """Return the folded characters of a text with their starts and ends in it, cluster by cluster.

        A cluster is a base character with its combining marks; ``composed`` says that each character is one.
        """
        characters: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        position = 0
        while position < len(text):
            end = position + 1 if composed else _cluster_end(text, position)
            folded = self[ord(text[position])] if end == position + 1 else self._cluster(text[position:end])
            characters += folded
            starts += [position] * len(folded)
            ends += [end] * len(folded)
            position = end
        return characters, starts, ends

    def expanding(self, text: str) -> frozenset[str]:
        """Return the characters of a text that fold to several; … folds to three."""
        return frozenset(character for character in set(text) if len(self[ord(character)]) > 1)

    def _cluster(self, cluster: str) -> str:
        """Fold one character, or a base character with its combining marks."""
        if cluster == "\t":
            return "\t"
        if cluster.isspace():
            return " "
        if unicodedata.category(cluster[0]) == "Cf" or _VARIATION_SELECTORS.match(cluster):
            return self._cluster(cluster[1:]) if len(cluster) > 1 else ""
        if cluster in _FORMS:
            return "".join(map(self._simple, _FORMS[cluster]))
        compatible = unicodedata.normalize("NFKC", cluster).casefold()
        forms = (_FORMS.get(character, character) for character in compatible)
        return "".join(map(self._simple, forms))

    def _simple(self, character: str) -> str:
        character = self.simplified.get(character, character)
        return _VARIANTS.get(character, character)


def _cluster_end(text: str, start: int) -> int:
    """Return the end of the characters that NFKC composes with the one at ``start``."""
    end = start + 1
    while end < len(text):
        alone = unicodedata.normalize("NFKC", text[start:end]) + unicodedata.normalize("NFKC", text[end])
        composes = unicodedata.normalize("NFKC", text[start : end + 1]) != alone
        if not composes and not unicodedata.combining(text[end]):
            break
        end += 1
    return end


def _is_spaced(character: str) -> bool:
    """Say whether a character is a letter or digit of a script with spaces; that no character is there is none. To
    compile a regular expression of these ranges takes 2 ms."""
    return character.isalnum() and not any(first <= character <= last for first, last in _HAN)


def _space(match: re.Match[str]) -> str:
    """Return what a run of white space folds to: a tab between table cells, a space between two words of a script with
    spaces, else nothing.

    Beside punctuation it is nothing, so that ``RCEP, CPTPP`` folds as ``RCEP，CPTPP`` does.
    """
    if "\t" in match[0]:
        return "\t"
    before = match.string[match.start() - 1 : match.start()]
    after = match.string[match.end() : match.end() + 1]
    return " " if _is_spaced(before) and _is_spaced(after) else ""


def _dash(_: re.Match[str]) -> str:
    """Return one dash for a run of them: input methods type —— where documents print —."""
    return "-"


def folded_within(folded: str) -> tuple[str, ...]:
    """Return the folded forms that a folded string may have within a text, itself first. Letters at its edge may stand
    for a zero there, as those of 一九八O in 一九八O年 do; a letter without a Chinese digit beside it is a letter."""
    forms = dict.fromkeys((folded,))
    for pattern in (_ZEROS_AT_START, _ZEROS_AT_END):
        forms.update(dict.fromkeys(pattern.sub(_zeros, form) for form in tuple(forms)))
    return tuple(forms)


def _zeros(match: re.Match[str]) -> str:
    return "〇" * len(match[0])


def _close_up(folded: str) -> str:
    return _ZEROS.sub(_zeros, _DASHES.sub(_dash, _SPACES.sub(_space, folded)))
