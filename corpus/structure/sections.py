"""Sections: gives every passage the path of the headings above it (二、 › （四）)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..model import LineRange, Passage
from ..notation.document_numbers import is_number_line
from ..notation.numbering import ARTICLE_RANKS, Lead
from .classification import attachments, kinds
from .lines import Line
from .paragraphs import Block

_DOCUMENT_RANK = -1  # that of a document in a volume, above all numbers within documents
_LONGEST_LEAD = 32  # characters of a sentence that heads the paragraph it begins


@dataclass(frozen=True, slots=True)
class _Heading:
    """A heading that is in force: its Markdown level (0: none), its number, and whether it heads only
    the paragraph that it begins."""

    text: str
    level: int
    lead: Lead | None
    passing: bool = False

    @property
    def unmarked(self) -> bool:
        return not self.level and not self.lead


def passages(blocks: Sequence[Block]) -> tuple[Passage, ...]:
    """Return the passages of a document from its blocks of lines."""
    path: tuple[_Heading, ...] = ()
    found: list[Passage] = []
    listed = attachments(blocks)
    heads = _document_heads(blocks)
    for number, (block, kind) in enumerate(zip(blocks, kinds(blocks), strict=True), start=1):
        first, text = block.first, block.text
        above = path
        if kind == "title":
            above = path = ()
        elif kind == "heading":
            lead = replace(first.lead, rank=_DOCUMENT_RANK) if first.lead and number - 1 in heads else first.lead
            heading = _Heading(text, first.level, lead)
            above = _above(path, heading)
            path = (*above, heading)
        elif kind == "paragraph" and first.lead and number - 1 not in listed:
            heading = _run_in(text, first.lead)
            above = path = (*_above(path, heading), heading)
        elif kind == "paragraph":
            above = path = tuple(heading for heading in path if not heading.passing)
        section = tuple(heading.text for heading in above)
        found.append(Passage(number, kind, section, _ranges(block.lines), text, first.page))
    return tuple(found)


def _document_heads(blocks: Sequence[Block]) -> set[int]:
    """Return the indices of the numbered titles in a volume of documents: a document number stands below."""
    bare = [index for index, block in enumerate(blocks) if block.first.role != "page"]
    return {
        index
        for index, below in itertools.pairwise(bare)
        if blocks[index].first.lead and is_number_line(blocks[below].text)
    }


def _run_in(text: str, lead: Lead) -> _Heading:
    """Return the heading that a numbered paragraph begins with.

    （四） 共同做强中欧班列（成渝）品牌。共同完善… is headed by its first sentence, an article by its number,
    and an item that is one sentence by its number, for itself alone.
    """
    number = text[: lead.length].strip()
    if lead.rank in ARTICLE_RANKS:
        return _Heading(number, 0, lead)
    match = re.match(r"[^。：:；！？]+(?=[。：:]\s*\S)", text)
    if match and len(match[0]) <= _LONGEST_LEAD + lead.length and len(match[0].strip()) > len(number):
        return _Heading(match[0].strip(), 0, lead)
    return _Heading(number, 0, lead, passing=True)


def _above(path: tuple[_Heading, ...], heading: _Heading) -> tuple[_Heading, ...]:
    """Return those headings in force that a new heading stands under."""
    if heading.unmarked:
        return path[:-1] if path and path[-1].unmarked else path
    if not heading.lead:
        # A Markdown heading without a number stands under those with fewer marks.
        return path[: next((i for i, each in enumerate(path) if not 0 < each.level < heading.level), len(path))]
    kept = path
    if heading.level:
        too_deep = (i for i, each in enumerate(path) if not each.lead and each.level > heading.level)
        kept = path[: next(too_deep, len(path))]
    # The number says the rank, whatever the marks: documents torn from PDF give 一、 two marks here, four there.
    rank = heading.lead.rank
    same = next((i for i, each in enumerate(kept) if each.lead and each.lead.rank >= rank), None)
    if same is None:
        return kept[:-1] if kept and kept[-1].unmarked and heading.lead.ordinal > 1 else kept
    if heading.lead.ordinal == 1 and same and kept[same - 1].unmarked:
        # The count begins anew: what the last count stood under is over.
        same -= 1
    return kept[:same]


def _ranges(lines: Sequence[Line]) -> tuple[LineRange, ...]:
    ranges: list[LineRange] = []
    for line in lines:
        if ranges and ranges[-1][1] == line.number - 1:
            ranges[-1] = (ranges[-1][0], line.number)
        else:
            ranges.append((line.number, line.number))
    return tuple(ranges)
