"""Headers and footers: recognised by their position and by what the pages repeat."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .layout import PageRow, TextRun

_MARGIN = 0.14  # share of a page's height, at the top and at the bottom
_MOST_ROWS = 3  # at each edge
_HEIGHT = 3.0  # points by which a header may move from page to page
_LARGER = 1.3  # ratio of type sizes; a larger row is a heading
_NEXT = 2  # pages from one header to the next: left and right pages may have their own

_NUMBER = re.compile(
    r"[-—–－―·•.\s]*(?:第\s*)?(?P<number>\d{1,4}|[ivxlcIVXLC]{1,7})(?:\s*页)?[-—–－―·•.\s]*"
    r"|(?:第\s*)?(?P<of>\d{1,4})\s*页?\s*[/,，、共\s]+\s*共?\s*\d{1,4}\s*页?",
)
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}

_Key = tuple[bool, tuple[str, ...], "int | None", int]


@dataclass(frozen=True, slots=True)
class PageRows:
    """The rows of one page from the top, and the lower and upper edge of the page in points."""

    bottom: float
    top: float
    rows: tuple[PageRow, ...]


def headers_and_footers(pages: Sequence[PageRows], body: float) -> list[set[PageRow]]:
    """Return the rows of each page that are headers, footers and page numbers.

    ``body`` is the type size of the text. A row is a header or footer if neighbouring pages repeat it at one height; a
    number is a page number if it counts the pages.
    """
    found: list[set[PageRow]] = [set() for _ in pages]
    repeated: dict[_Key, list[tuple[int, PageRow]]] = defaultdict(list)
    for index, page in enumerate(pages):
        for row, at_top in _outermost(page):
            if row.size > _LARGER * body:
                continue
            texts, number = _split(row)
            offset = None if number is None else number - index
            if texts:
                distance = page.top - row.baseline if at_top else row.baseline - page.bottom
                # Rounded both ways, so that no header falls between two heights.
                for height in {int(distance // _HEIGHT), int((distance + _HEIGHT / 2) // _HEIGHT)}:
                    repeated[at_top, texts, offset, height].append((index, row))
            else:
                repeated[at_top, (), offset, 0].append((index, row))
    least = 2 if len(pages) <= 4 else 3
    for key, rows in repeated.items():
        indexes = sorted({index for index, _ in rows})
        near = any(later - index <= _NEXT for index, later in pairwise(indexes))
        if near and len(indexes) >= (least if key[1] else 2):
            for index, row in rows:
                found[index].add(row)
    return found


def _outermost(page: PageRows) -> list[tuple[PageRow, bool]]:
    """Return the rows at the edges of a page; True marks those at the top."""
    margin = _MARGIN * (page.top - page.bottom)
    top = [(row, True) for row in page.rows[:_MOST_ROWS] if row.baseline > page.top - margin]
    bottom = [(row, False) for row in page.rows[-_MOST_ROWS:] if row.baseline < page.bottom + margin]
    return top + bottom


def _split(row: PageRow) -> tuple[tuple[str, ...], int | None]:
    """Return the texts of a row without the page number, and the page number."""
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
    """Return the page number that a text consists of, None if it is no page number: — 3 —, iv, 第 3 页, 3/12."""
    match = _NUMBER.fullmatch(text.strip())
    if not match:
        return None
    digits = match["number"] or match["of"]
    if digits.isdigit():
        return int(digits)
    values = [_ROMAN[letter] for letter in digits.lower()]
    return sum(-one if one < other else one for one, other in zip(values, [*values[1:], 0], strict=True))


def body_size(runs: Iterable[TextRun]) -> float:
    """Return the type size of most of the text, in points, 0 for no text."""
    sizes: Counter[float] = Counter()
    for run in runs:
        sizes[round(run.size * 2) / 2] += len(run.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0
