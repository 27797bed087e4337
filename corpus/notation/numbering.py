"""The numbering of Chinese official writing: 第一章, 第一条, 一、, （一）, 1., （1）, 附件."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMERAL = "[一二三四五六七八九十百千零〇]"
_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0}
_UNITS = {"十": 10, "百": 100, "千": 1000}

# One row for each kind of number, outermost first; the second column is `Enumerator.firm`. 第十条 alone is not firm: a
# sentence may cite it, and be broken before it (…适用 / 第十条规定的…).
_LEADS: tuple[tuple[re.Pattern[str], bool], ...] = tuple(
    (re.compile(pattern), firm)
    for pattern, firm in (
        (r"附\s*[件录表]\s*(?P<number>\d{0,2})(?=[:：\s]|$)", True),
        (rf"第\s*(?P<number>{_NUMERAL}+|\d+)\s*(?:分?编|部分|篇)(?=\s|$)", True),
        (rf"第\s*(?P<number>{_NUMERAL}+|\d+)\s*章(?!程)", True),
        (rf"第\s*(?P<number>{_NUMERAL}+|\d+)\s*节", True),
        (rf"第\s*(?P<number>{_NUMERAL}+|\d+)\s*条(?:之{_NUMERAL})?(?=\s|【|$)", True),
        (rf"第\s*(?P<number>{_NUMERAL}+|\d+)\s*条(?:之{_NUMERAL})?", False),
        (rf"(?P<number>{_NUMERAL}{{1,4}})\s*[、．]", True),
        (rf"[（(]\s*(?P<number>{_NUMERAL}{{1,4}})\s*[）)]", True),
        (r"(?P<number>\d{1,3})\s*(?:[.．](?!\d)|、)", True),
        (r"[（(]\s*(?P<number>\d{1,3})\s*[）)]", True),
        (r"(?P<number>\d{1,3})[）)]", True),
    )
)
ARTICLE_RANKS = (4, 5)  # the rows of 第…条 in the table above


@dataclass(frozen=True, slots=True)
class Enumerator:
    """The number that a line begins with, such as 第三条 or （一）.

    ``rank`` is the depth of its kind in an outline, outermost 0; ``ordinal`` its value, 0 where it has none; ``length``
    its length in characters. A ``firm`` number begins a paragraph wherever it begins a line.
    """

    rank: int
    ordinal: int
    length: int
    firm: bool


def find_enumerator(text: str) -> Enumerator | None:
    """Return the number that a line begins with, if it begins with one."""
    for rank, (pattern, firm) in enumerate(_LEADS):
        if match := pattern.match(text):
            return Enumerator(rank, ordinal(match["number"]), match.end(), firm)
    return None


def ordinal(numeral: str) -> int:
    """Return the value of an Arabic or Chinese numeral below ten thousand, 0 for an empty one."""
    if not numeral or numeral.isdigit():
        return int(numeral or 0)
    total = digit = 0
    for character in numeral:
        if character in _UNITS:
            total += (digit or 1) * _UNITS[character]
            digit = 0
        else:
            digit = _DIGITS[character]
    return total + digit
