"""The title of a Word file by its looks: the large centred lines at its beginning, as on a cover sheet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from lxml import etree

from ...notation.dates import is_date_line
from ...notation.document_numbers import is_number_line
from ...notation.numbering import find_enumerator
from ...structure.lines import GENRES, SIGNATURE, ends_sentence, is_bracketed, is_source, is_speaker_below
from .blocks import WordBlock, bare
from .styles import Styles
from .wordprocessingml import W, is_on, value

TITLE_PAGE = 20
"""How many paragraphs from the beginning of a file may hold the title."""

_LARGE = 36  # half-points, 小二; the body of official texts is set in 32
_LARGE_IF_BOLD = 30
_LONGEST_LINE = 60  # characters
_OFFICIAL = re.compile(rf"[^—―－-].*(?:{GENRES})(?:[（(][^）)]*[）)])*")
# What is set as large as a title: the head of an official paper, a class of standards, the table of contents.
_OTHER = re.compile(
    r".*(?:文件|公报|简报)|中华人民共和国.{0,8}标准|目[录次]|附件\d*|(?:编制|起草|主编|发布)单位.*|第[\d一二三四五六七八九十]+[期号]"
)


def is_displayed(paragraph: etree._Element, style: str, styles: Styles) -> bool:
    """Tell whether a paragraph looks like a title: centred, and all of it large."""
    properties = paragraph.find(f"{W}pPr")
    direct = None if properties is None else value(properties, "jc")
    if (direct or styles.inherited(style, f"pPr/{W}jc")) != "center":
        return False
    sizes = [_is_large(run, style, styles) for run in paragraph.iter(f"{W}r") if _has_text(run)]
    return bool(sizes) and all(sizes)


def _has_text(run: etree._Element) -> bool:
    return any((each.text or "").strip() for each in run.iter(f"{W}t"))


def _is_large(run: etree._Element, style: str, styles: Styles) -> bool:
    properties = run.find(f"{W}rPr")
    own = None if properties is None else properties
    of_run = value(own, "rStyle") if own is not None else None
    size = value(own, "sz") if own is not None else None
    size = size or (of_run and styles.inherited(of_run, f"rPr/{W}sz")) or styles.inherited(style, f"rPr/{W}sz")
    bold = own is not None and own.find(f"{W}b") is not None and is_on(own.find(f"{W}b"))
    if not size or not size.isdecimal():
        return False
    return int(size) >= (_LARGE_IF_BOLD if bold else _LARGE)


def with_title(blocks: Sequence[WordBlock]) -> list[WordBlock]:
    """Return the blocks, the lines of the title marked as such if its looks tell it.

    Of several groups of large lines the one that names a genre of official writing is the title, else the first.
    """
    groups: list[range] = []
    for index, block in enumerate(blocks[:TITLE_PAGE]):
        if not block.displayed and (
            block.role == "heading" or find_enumerator(block.text) or ends_sentence(block.text)
        ):
            break
        if not _may_be_title(block):
            continue
        if groups and groups[-1].stop == index:
            groups[-1] = range(groups[-1].start, index + 1)
        else:
            groups.append(range(index, index + 1))
    official = (group for group in groups if _OFFICIAL.fullmatch("".join(blocks[index].text for index in group)))
    title = next(official, groups[0] if groups else range(0))
    return [replace(block, role="title", level=1) if i in title else block for i, block in enumerate(blocks)]


def _may_be_title(block: WordBlock) -> bool:
    text = block.text.strip()
    if not block.displayed or block.role not in (None, "heading") or not text or len(text) > _LONGEST_LINE:
        return False
    if ends_sentence(text) or is_bracketed(text) or find_enumerator(text) or _OTHER.fullmatch(bare(text)):
        return False
    is_other_line = is_date_line(text) or is_number_line(text) or is_source(text) or is_speaker_below(text)
    return not is_other_line and not SIGNATURE.fullmatch(text)
