"""Markdown files: links, images, and headings that the line below marks.

Headings with number signs and bold are read in every text (`zhengce.corpus.structure.lines`). A Markdown parser would
rewrite the rest, whose lines and characters are to stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ..extraction import ExtractedText, SourceLine
from ..limits import Limits
from ..structure.lines import LONGEST_TITLE, SENTENCE_ENDS, typeset_width
from .plain_text import extract_lines

# An address in angle brackets may have spaces; another may have one pair of brackets; a title may follow.
_ADDRESS = r"\(\s*(?:<[^<>]*>|(?:[^\s()]|\([^\s()]*\))*)(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)"
_IMAGE = re.compile(rf"!\[(?P<text>[^\[\]]*)\]{_ADDRESS}")
_LINK = re.compile(rf"(?<!\\)\[(?P<text>(?:[^\[\]]|\[[^\[\]]*\])+)\]{_ADDRESS}")
_UNDERLINE = re.compile(r" {0,3}(?P<mark>[=-])(?P=mark)+\s*")
_BLOCK = re.compile(r"\s{4}|\t|\s*(?:[#>|<]|[-*+]\s|\d+[.)]\s)")
"""How the line of another block begins than a paragraph's: indented code, a heading, a quotation, a table, a list."""


def extract(path: Path, data: bytes, encoding: str | None, limits: Limits) -> ExtractedText:
    """Return the lines of a Markdown file; errors are those of `zhengce.corpus.formats.plain_text.extract`."""
    return extract_lines(path, data, encoding, read_markdown)


def read_markdown(lines: Sequence[SourceLine]) -> tuple[SourceLine, ...]:
    """Return the lines of a Markdown file with the text of links in their place, and their headings marked (CommonMark
    0.31, sections 4.3 and 6.3). Nothing stands for an image."""
    found = [line if line.role else replace(line, text=_without_links(line.text)) for line in lines]
    for index in range(len(found) - 1):
        heading, below = found[index], found[index + 1]
        if (match := _UNDERLINE.fullmatch(below.text)) and _may_be_heading(found, index):
            found[index] = replace(heading, role="heading", level=1 if match["mark"] == "=" else 2)
            found[index + 1] = replace(below, role="furniture")
    return tuple(found)


def _without_links(text: str) -> str:
    return _LINK.sub(r"\g<text>", _IMAGE.sub("", text)) if "](" in text else text


def _may_be_heading(lines: Sequence[SourceLine], index: int) -> bool:
    """Say whether a line is a short one by itself, without the end of a sentence. CommonMark takes a whole paragraph
    above hyphens for a heading; in texts of laws that is a paragraph and a rule."""
    line = lines[index]
    text = line.text.strip()
    alone = index == 0 or not lines[index - 1].text.strip() or lines[index - 1].role == "furniture"
    if line.role or not alone or not text or _BLOCK.match(line.text):
        return False
    return typeset_width(text) <= LONGEST_TITLE and text[-1] not in SENTENCE_ENDS
