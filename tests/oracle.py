"""Slow and obvious counterparts of what the program does fast: folding, and search by looking everywhere."""

from __future__ import annotations

import functools
import itertools
import unicodedata

import opencc

_QUOTES = set("\"'`´“”„‟‘’‚‛«»‹›「」『』﹁﹂﹃﹄〝〞〟＂＇")
_OPENING = set("([{（［｛【〔〖〘〚｟⦅﹙﹛﹝")
_CLOSING = set(")]}）］｝】〕〗〙〛｠⦆﹚﹜﹞")
_DASHES = set("-‐‑‒–—―⁃−－﹣﹘─")
_DOTS = set("·•‧∙⋅・･⸱")
_RADICALS = dict(zip("⻓⻋⻅⻔⻛⺠⺟⻢⻝⻩⻰⻳⻄⻘⺁", "长车见门风民母马食黄龙龟西青厂", strict=True))
_VARIANTS = {"著": "着", "瞭": "了", "衞": "卫", "覆": "复", "藉": "借"}
_CHINESE_DIGITS = set("一二三四五六七八九〇")
_ZEROS = set("0oοо")
_UNSPACED = ("CJK", "KANGXI", "HIRAGANA", "KATAKANA", "BOPOMOFO", "IDEOGRAPHIC", "HANGZHOU", "VERTICAL KANA")

Item = tuple[str, int, int]
"""A folded character, with the start and end of what it came from."""


@functools.cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


@functools.cache
def _simple(character: str) -> str:
    converted: str = _converter().convert(character)
    simple = converted if len(converted) == 1 else character
    return _VARIANTS.get(simple, simple)


def _form(character: str) -> str:
    for forms, form in ((_QUOTES, '"'), (_OPENING, "("), (_CLOSING, ")"), (_DASHES, "-"), (_DOTS, "·")):
        if character in forms:
            return form
    return {"〈": "《", "〉": "》", "○": "〇", "◯": "〇"}.get(character, _RADICALS.get(character, character))


@functools.cache
def _folded(character: str) -> str:
    """Return what a character folds to by itself."""
    if unicodedata.category(character) == "Cf" or "\ufe00" <= character <= "\ufe0f":
        return ""
    if character == "\t":
        return "\t"
    if character.isspace():
        return " "
    if _form(character) != character:
        return _simple(_form(character))
    compatible = unicodedata.normalize("NFKC", character).casefold()
    return "".join(_simple(_form(each)) for each in compatible)


@functools.cache
def _spaced(character: str) -> bool:
    """Say whether a character is a letter or digit of a script that is written with spaces."""
    return character.isalnum() and not unicodedata.name(character, "").startswith(_UNSPACED)


@functools.lru_cache(maxsize=2048)
def fold(text: str) -> list[Item]:
    """Fold a text without combining marks, by the rules as the README has them, one after another."""
    items = [(each, position, position + 1) for position, character in enumerate(text) for each in _folded(character)]

    closed: list[Item] = []
    position = 0
    while position < len(items):
        end = position
        while end < len(items) and items[end][0] in " \t":
            end += 1
        if end == position:
            closed.append(items[position])
            position += 1
            continue
        run = items[position:end]
        before = items[position - 1][0] if position else ""
        after = items[end][0] if end < len(items) else ""
        if any(character == "\t" for character, _, _ in run):
            closed.append(("\t", run[0][1], run[-1][2]))
        elif before and after and _spaced(before) and _spaced(after):
            closed.append((" ", run[0][1], run[-1][2]))
        position = end

    folded_items: list[Item] = []
    for item in closed:
        if item[0] == "-" and folded_items and folded_items[-1][0] == "-":
            folded_items[-1] = ("-", folded_items[-1][1], item[2])
        else:
            folded_items.append(item)
    return _with_zeros(folded_items)


def _with_zeros(items: list[Item]) -> list[Item]:
    """Read what is typed for a zero between Chinese digits, or between one and 年, as 〇."""
    found = list(items)
    for position, (character, start, end) in enumerate(items):
        before = after = position
        while before >= 0 and items[before][0] in _ZEROS:
            before -= 1
        while after < len(items) and items[after][0] in _ZEROS:
            after += 1
        left = items[before][0] if before >= 0 else ""
        right = items[after][0] if after < len(items) else ""
        if character in _ZEROS and left in _CHINESE_DIGITS and right in _CHINESE_DIGITS | {"年"}:
            found[position] = ("〇", start, end)
    return found


@functools.lru_cache(maxsize=2048)
def folded_text(text: str) -> str:
    return "".join(character for character, _, _ in fold(text))


@functools.lru_cache(maxsize=2048)
def needles(term: str) -> set[str]:
    """Return all that a term folds to between any two characters. Letters alone are letters, wherever they stand."""
    alone = folded_text(term).strip()
    if not alone.strip("".join(_ZEROS)):
        return {alone} - {""}
    between = set()
    for before, after in itertools.product(("", *_CHINESE_DIGITS), ("", "年", *_CHINESE_DIGITS)):
        folded = folded_text(f"{before}{alone}{after}")
        between.add(folded[len(before) : len(folded) - len(after)])
    return between


def occurrences(text: str, term: str) -> list[tuple[int, int]]:
    """Return the spans of every occurrence of a term in a text."""
    items, size = fold(text), len(folded_text(term).strip())
    haystack, wanted = folded_text(text), needles(term)
    found = []
    for start in range(len(haystack) - size + 1):
        end = start + size
        if haystack[start:end] not in wanted:
            continue
        # Not from or to the middle of what one character folded to.
        begins = start == 0 or items[start][1] != items[start - 1][1]
        ends = end == len(items) or items[end][1] != items[end - 1][1]
        if begins and ends:
            found.append((items[start][1], items[end - 1][2]))
    return found
