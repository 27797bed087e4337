"""Furniture of pages: tells running heads and page numbers by their place and by what the pages repeat."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .layout import PageRow, TextRun

_MARGIN = 0.14  # share of a page's height at its head and foot
_MOST_ROWS = 3
_HEIGHT = 3.0  # points that a head may move by from page to page
_LARGER = 1.3  # type that much larger than the text's is a heading's
_NEXT = 2  # pages from one head to the next: left and right pages may have heads of their own

_NUMBER = re.compile(
    r"[-—–－―·•.\s]*(?:第\s*)?(?P<number>\d{1,4}|[ivxlcIVXLC]{1,7})(?:\s*页)?[-—–－―·•.\s]*"
    r"|(?:第\s*)?(?P<of>\d{1,4})\s*页?\s*[/,，、共\s]+\s*共?\s*\d{1,4}\s*页?",
)
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}

_Key = tuple[bool, tuple[str, ...], "int | None", int]


@dataclass(frozen=True, slots=True)
class PageRows:
    """The rows of one page, from its top, with its lower and upper edge in points."""

    bottom: float
    top: float
    rows: tuple[PageRow, ...]


def headers_and_footers(sheets: Sequence[PageRows], body: float) -> list[set[PageRow]]:
    """Return for each page the rows that are its running heads and its number.

    ``body`` is the size of the text's type. Text is a head if pages near each other repeat it at one height, a number
    if it counts the pages.
    """
    found: list[set[PageRow]] = [set() for _ in sheets]
    places: dict[_Key, list[tuple[int, PageRow]]] = defaultdict(list)
    for page, sheet in enumerate(sheets):
        for row, at_top in _outermost(sheet):
            if row.size > _LARGER * body:
                continue
            texts, number = _split(row)
            offset = None if number is None else number - page
            if texts:
                distance = sheet.top - row.baseline if at_top else row.baseline - sheet.bottom
                # Rounded both ways, so that no head falls between two heights.
                for height in {int(distance // _HEIGHT), int((distance + _HEIGHT / 2) // _HEIGHT)}:
                    places[at_top, texts, offset, height].append((page, row))
            else:
                places[at_top, (), offset, 0].append((page, row))
    least = 2 if len(sheets) <= 4 else 3
    for key, there in places.items():
        pages = sorted({page for page, _ in there})
        near = any(later - page <= _NEXT for page, later in pairwise(pages))
        if near and len(pages) >= (least if key[1] else 2):
            for page, row in there:
                found[page].add(row)
    return found


def _outermost(sheet: PageRows) -> list[tuple[PageRow, bool]]:
    """Return the rows at the edges of a page, each with whether that is the upper one."""
    margin = _MARGIN * (sheet.top - sheet.bottom)
    head = [(row, True) for row in sheet.rows[:_MOST_ROWS] if row.baseline > sheet.top - margin]
    foot = [(row, False) for row in sheet.rows[-_MOST_ROWS:] if row.baseline < sheet.bottom + margin]
    return head + foot


def _split(row: PageRow) -> tuple[tuple[str, ...], int | None]:
    """Return the texts of a row without the page's number, and that number."""
    number: int | None = None
    texts: list[str] = []
    whole = page_number(row.text)
    if whole is not None:
        return (), whole
    for run in row.runs:
        value = page_number(run.text)
        if value is None or number is not None:
            texts.append(run.text)
        else:
            number = value
    return tuple(texts), number


def page_number(text: str) -> int | None:
    """Return the number that a text consists of as a page's number does: — 3 —, iv, 第 3 页, 3/12."""
    match = _NUMBER.fullmatch(text.strip())
    if not match:
        return None
    digits = match["number"] or match["of"]
    if digits.isdigit():
        return int(digits)
    values = [_ROMAN[letter] for letter in digits.lower()]
    return sum(-one if one < other else one for one, other in zip(values, [*values[1:], 0], strict=True))


def body_size(runs: Iterable[TextRun]) -> float:
    """Return the size that most of the text is set in, in points; 0 where there is none."""
    sizes: Counter[float] = Counter()
    for run in runs:
        sizes[round(run.size * 2) / 2] += len(run.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0
