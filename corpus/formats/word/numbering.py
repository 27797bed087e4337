"""Automatic numbers: the 一、, （一） and 1.1 that Word shows before paragraphs and does not store in their text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from lxml import etree

from .wordprocessingml import W, integer, is_on, value

_DEEPEST = 9  # levels
_LARGEST = 9999  # larger numbers are written in digits: no document repeats a letter a million times
_LONGEST_NUMBER = 100  # characters
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿"
_SERIES = {
    "decimalEnclosedCircle": _CIRCLED,
    "decimalEnclosedCircleChinese": _CIRCLED,
    "decimalEnclosedFullstop": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
    "decimalEnclosedParen": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "ideographEnclosedCircle": "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉",
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
    "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥",
    "chicago": "*†‡§",
}
_ROMAN = {
    1000: "M", 900: "CM", 500: "D", 400: "CD", 100: "C", 90: "XC", 50: "L", 40: "XL", 10: "X", 9: "IX", 5: "V",
    4: "IV", 1: "I",
}  # fmt: skip


def _letters(first: str) -> Callable[[int], str]:
    return lambda number: chr(ord(first) + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _roman(number: int) -> str:
    text = ""
    for worth, sign in _ROMAN.items():
        count, number = divmod(number, worth)
        text += sign * count
    return text


def _ideographs(digits: str, units: str = "", largest: int = _LARGEST) -> Callable[[int], str]:
    """Return a function that writes numbers in ideographs. ``digits`` begin with zero; ``units`` are ten, hundred,
    thousand. Numbers above ``largest`` are written digit by digit."""

    def write(number: int) -> str:
        figures = str(number)
        if not units or number > largest:
            return "".join(digits[int(figure)] for figure in figures)
        text = ""
        for position, figure in enumerate(figures):
            unit = len(figures) - position - 1
            if figure != "0":
                text += digits[int(figure)] + (units[unit - 1] if unit else "")
            elif figures[position + 1 : position + 2].strip("0"):
                text += digits[0]
        # 十一, not 一十一; but in financial numerals 壹拾壹.
        return text[1:] if 10 <= number < 20 and digits[1] == "一" else text

    return write


# Word itself shows 〇 for zero; laws are cited with 零 (第一百零一条).
_THOUSANDS = _ideographs("零一二三四五六七八九", "十百千")
_HUNDREDS = _ideographs("〇一二三四五六七八九", "十百千", 99)
_WRITERS: dict[str, Callable[[int], str]] = {
    "none": lambda _: "",
    "decimalZero": "{:02d}".format,
    "decimalFullWidth": lambda number: str(number).translate(_FULL_WIDTH),
    "decimalFullWidth2": lambda number: str(number).translate(_FULL_WIDTH),
    "numberInDash": "- {} -".format,
    "lowerLetter": _letters("a"),
    "upperLetter": _letters("A"),
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperRoman": _roman,
    "chineseCounting": _HUNDREDS,
    "taiwaneseCounting": _HUNDREDS,
    "chineseCountingThousand": _THOUSANDS,
    "taiwaneseCountingThousand": _THOUSANDS,
    "japaneseCounting": _THOUSANDS,
    "ideographDigital": _ideographs("〇一二三四五六七八九"),
    "taiwaneseDigital": _ideographs("〇一二三四五六七八九"),
    "chineseLegalSimplified": _ideographs("零壹贰叁肆伍陆柒捌玖", "拾佰仟"),
    "ideographLegalTraditional": _ideographs("零壹貳參肆伍陸柒捌玖", "拾佰仟"),
}


def numeral(number: int, style: str) -> str:
    """Return a number in a format of Word (``w:numFmt``), in digits if the format is unknown."""
    if series := _SERIES.get(style):
        return series[number - 1] if 0 < number <= len(series) else str(number)
    write = _WRITERS.get(style)
    return write(number) if write and 0 < number <= _LARGEST else "" if style == "none" else str(number)


@dataclass(frozen=True, slots=True)
class AutomaticNumber:
    """What Word shows before a paragraph: its number and the space after it. For a bullet the text is empty."""

    text: str
    is_bullet: bool = False


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    style: str
    text: str
    restart: int | None
    digits: bool  # the numbers of higher levels are shown in digits
    space: str
    paragraph_style: str | None
    restarts: bool = False  # the first paragraph of this list starts anew


class Numbering:
    """Counts the automatic numbers of a document while it is read from beginning to end.

    ``numbering`` is the root of ``numbering.xml``; ``style_numbers`` maps a numbering style to its list.
    """

    def __init__(self, numbering: etree._Element | None, style_numbers: Mapping[str, str]) -> None:
        self._numbers: dict[str, etree._Element] = {}
        self._definitions: dict[str, etree._Element] = {}
        self._style_numbers = style_numbers
        self._levels: dict[str, tuple[str, dict[int, _Level]]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        if numbering is not None:
            self._numbers = {each.get(f"{W}numId", ""): each for each in numbering.iter(f"{W}num")}
            self._definitions = {each.get(f"{W}abstractNumId", ""): each for each in numbering.iter(f"{W}abstractNum")}

    def level_of(self, number: str, style: str) -> int:
        """Return the level of a list that belongs to a paragraph style, 0 if there is none."""
        levels = self._define(number)[1]
        return next((depth for depth, level in levels.items() if level.paragraph_style == style), 0)

    def next(self, number: str, depth: int) -> AutomaticNumber | None:
        """Count one more paragraph of the list ``number`` at the level ``depth``, from 0. Return what Word shows before
        it, None if there is no such list."""
        definition, levels = self._define(number)
        level = levels.get(depth)
        if level is None:
            return None
        counts = self._counts.setdefault(definition, {})
        if level.restarts and (number, depth) not in self._begun:
            counts.pop(depth, None)
        self._begun.add((number, depth))
        for above in range(depth):
            if above in levels:
                counts.setdefault(above, levels[above].start)
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for below in [each for each in counts if each > depth]:
            restart = levels[below].restart if below in levels else None
            if restart is None or depth < restart:
                del counts[below]

        def count(match: re.Match[str]) -> str:
            which = int(match[1]) - 1
            if which not in counts or which not in levels:
                return ""
            return numeral(counts[which], "decimal" if level.digits else levels[which].style)

        if level.style == "bullet" and not re.search("[\u4e00-\u9fff]", level.text):
            return AutomaticNumber("", is_bullet=True)
        text = re.sub("%([1-9])", count, level.text).lstrip()[:_LONGEST_NUMBER]
        # A full-width mark includes its space.
        return AutomaticNumber(text + level.space if text and text[-1] not in "、）．。：】〕\u3000 " else text)

    def _define(self, number: str) -> tuple[str, dict[int, _Level]]:
        """Return the id of a list's definition, and its levels with the overrides of the list."""
        if number in self._levels:
            return self._levels[number]
        instance = self._numbers.get(number)
        if instance is None:
            return "", {}
        name = value(instance, "abstractNumId") or ""
        definition = self._definitions.get(name)
        if definition is not None and (linked := value(definition, "numStyleLink")):
            # The definition belongs to a numbering style, which names a list in turn.
            other = self._numbers.get(self._style_numbers.get(linked, ""))
            name = (value(other, "abstractNumId") if other is not None else None) or name
            definition = self._definitions.get(name)
        levels = {integer(each, "ilvl", 0): _level(each) for each in _iterate(definition, "lvl")}
        for override in _iterate(instance, "lvlOverride"):
            depth = integer(override, "ilvl", 0)
            if (changed := override.find(f"{W}lvl")) is not None:
                levels[depth] = _level(changed)
            if (start := value(override, "startOverride")) and depth in levels:
                levels[depth] = replace(levels[depth], start=_number(start, 1), restarts=True)
        self._levels[number] = name, {depth: level for depth, level in levels.items() if 0 <= depth < _DEEPEST}
        return self._levels[number]


def _iterate(element: etree._Element | None, tag: str) -> list[etree._Element]:
    return [] if element is None else element.findall(f"{W}{tag}")


def _level(level: etree._Element) -> _Level:
    # A custom format of newer versions is followed by a fallback.
    styles = [each.get(f"{W}val", "decimal") for each in level.iter(f"{W}numFmt")]
    restart = value(level, "lvlRestart")
    return _Level(
        start=_number(value(level, "start"), 0),
        style=next((style for style in styles if style != "custom"), "decimal"),
        text=(value(level, "lvlText") or "")[:_LONGEST_NUMBER],
        restart=None if restart is None else _number(restart, 0),
        digits=is_on(level.find(f"{W}isLgl")),
        space="" if value(level, "suff") == "nothing" else " ",
        paragraph_style=value(level, "pStyle"),
    )


def _number(text: str | None, default: int) -> int:
    try:
        return int(text or default)
    except ValueError:
        return default
