"""Sections: gives every passage the path of the headings above it (二、 › （四）)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from ..closed import assert_never
from ..model import LineRange, Passage
from ..notation.document_numbers import is_number_line
from ..notation.numbering import ARTICLE_RANKS, Enumerator
from .classification import attachment_lists, classify_blocks
from .lines import TextLine
from .paragraphs import TextBlock

_DOCUMENT_RANK = -1  # rank of a document's title in a volume of documents, above all numbers within documents
_LONGEST_RUN_IN = 32  # characters of a run-in heading, without its number


@dataclass(frozen=True, slots=True)
class _Heading:
    """A heading that the passages below stand under: its level in Markdown (0: none) and its number. ``passing`` is a
    number that heads its own paragraph only."""

    text: str
    level: int
    enumerator: Enumerator | None
    passing: bool = False

    @property
    def unmarked(self) -> bool:
        return not self.level and not self.enumerator


def passages(blocks: Sequence[TextBlock], title: int | None = None, heads: Collection[int] = ()) -> tuple[Passage, ...]:
    """Return the passages of a document, one for each block of lines, with their section paths.

    ``title`` is the index of the block of its title, where that is known; ``heads`` are those of the titles of the
    documents in a volume that is read as one document.
    """
    path: tuple[_Heading, ...] = ()
    found: list[Passage] = []
    listed = attachment_lists(blocks)
    numbered = _document_heads(blocks)
    for number, (block, kind) in enumerate(zip(blocks, classify_blocks(blocks, title), strict=True), start=1):
        first, text = block.first, block.text
        above = path
        is_head = number - 1 in heads and kind != "title"
        match "heading" if is_head else kind:
            case "title":
                above = path = ()
            case "heading":
                enumerator = first.enumerator
                if enumerator and number - 1 in numbered:
                    enumerator = replace(enumerator, rank=_DOCUMENT_RANK)
                heading = _Heading(text, first.level, enumerator)
                if is_head:
                    heading = _Heading(text, 0, Enumerator(_DOCUMENT_RANK, 0, 0, firm=True))
                above = () if is_head else _above(path, heading)
                path = (*above, heading)
            case "paragraph" if first.enumerator and number - 1 not in listed:
                heading = _run_in(text, first.enumerator)
                above = path = (*_above(path, heading), heading)
            case "paragraph":
                above = path = tuple(heading for heading in path if not heading.passing)
            case "table" | "footnote" | "byline" | "caption" | "furniture":
                pass
            case _:
                assert_never(kind)
        section = tuple(heading.text for heading in above)
        found.append(Passage(number, "heading" if is_head else kind, section, _ranges(block.lines), text, first.page))
    return tuple(found)


def _document_heads(blocks: Sequence[TextBlock]) -> set[int]:
    """Return the indices of the titles of documents in a volume: numbered blocks above a document number."""
    bare = [index for index, block in enumerate(blocks) if block.first.role != "furniture"]
    return {
        index
        for index, below in itertools.pairwise(bare)
        if blocks[index].first.enumerator and is_number_line(blocks[below].text)
    }


def _run_in(text: str, enumerator: Enumerator) -> _Heading:
    """Return the run-in heading of a numbered paragraph.

    That is its first sentence, as in （四） 共同做强中欧班列（成渝）品牌。共同完善…, or an article's number. An item
    of one sentence has its number, which heads nothing else.
    """
    number = text[: enumerator.length].strip()
    if enumerator.rank in ARTICLE_RANKS:
        return _Heading(number, 0, enumerator)
    match = re.match(r"[^。：:；！？]+(?=[。：:]\s*\S)", text)
    if match and len(match[0]) <= _LONGEST_RUN_IN + enumerator.length and len(match[0].strip()) > len(number):
        return _Heading(match[0].strip(), 0, enumerator)
    return _Heading(number, 0, enumerator, passing=True)


def _above(path: tuple[_Heading, ...], heading: _Heading) -> tuple[_Heading, ...]:
    """Return the headings of a path that a new heading stands under."""
    if heading.unmarked:
        return path[:-1] if path and path[-1].unmarked else path
    if not heading.enumerator:
        # A Markdown heading without a number stands under those with fewer marks.
        return path[: next((i for i, each in enumerate(path) if not 0 < each.level < heading.level), len(path))]
    kept = path
    if heading.level:
        too_deep = (i for i, each in enumerate(path) if not each.enumerator and each.level > heading.level)
        kept = path[: next(too_deep, len(path))]
    # The number decides, not the Markdown level: texts converted from PDF give 一、 two marks here, four there.
    rank = heading.enumerator.rank
    same = next((i for i, each in enumerate(kept) if each.enumerator and each.enumerator.rank >= rank), None)
    if same is None:
        return kept[:-1] if kept and kept[-1].unmarked and heading.enumerator.ordinal > 1 else kept
    if heading.enumerator.ordinal == 1 and same and kept[same - 1].unmarked:
        # The numbering restarts: the unnumbered heading that the last series stood under has ended.
        same -= 1
    return kept[:same]


def _ranges(lines: Sequence[TextLine]) -> tuple[LineRange, ...]:
    ranges: list[LineRange] = []
    for line in lines:
        if ranges and ranges[-1][1] == line.number - 1:
            ranges[-1] = (ranges[-1][0], line.number)
        else:
            ranges.append((line.number, line.number))
    return tuple(ranges)
