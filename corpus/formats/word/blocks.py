"""The paragraphs and table rows of a Word file, split and joined as a person reads them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ...extraction import LineRole, SourceLine
from ...notation.dates import is_date_line
from ...notation.numbering import find_enumerator
from ...structure.lines import (
    CLAUSE_ENDS,
    SENTENCE_ENDS,
    SIGNATURE,
    ends_clause,
    is_delivery,
    is_source,
    is_speaker_below,
    report_title,
    text_lines,
    typeset_width,
)
from ...structure.paragraphs import join

PAGE_BREAK = "\f"

_LONGEST_TITLE = 60  # half-width cells of a line
_LONGEST_TITLE_LINES = 4
_LONGEST_SENTENCE = 600  # characters that are looked at
_FEWEST_HEADINGS = 3  # in a file that marks its headings; fewer may be its title
_BEGINS = re.compile(r"[\u3000 ]{2}|\S{1,10}[：:]")
_CAPTION = re.compile(r"[图表]\s*\w")
_CONTENTS = ("目录", "目次", "contents")


@dataclass(frozen=True, slots=True)
class WordBlock:
    """A paragraph or table row as shown. ``role`` and ``level``, that of a heading, are set where the file tells them;
    ``numbered`` tells that Word sets a number before it, ``displayed`` that it is large and centred as titles are."""

    text: str
    role: LineRole | None = None
    level: int = 0
    numbered: bool = False
    displayed: bool = False


def bare(text: str) -> str:
    """Return a text without white space."""
    return re.sub(r"\s", "", text)


def split(text: str, *, heading: bool, cell: bool) -> list[str]:
    """Return the paragraphs that a person sees in a paragraph with line breaks; ``cell`` tells that it is in a table.

    A break inside a title or a sentence means nothing. Text pasted from web pages has breaks at the ends of its
    paragraphs and list items.
    """
    found: list[list[str]] = []
    for page in text.split(PAGE_BREAK):
        lines = [line for line in page.split("\n") if line.strip()]
        title = not cell and len(lines) <= _LONGEST_TITLE_LINES and not any(map(_has_mark, lines))
        for index, line in enumerate(lines):
            last = lines[index - 1].rstrip()
            numbers = last[-1:].isdigit() and line.strip()[:1].isdigit()
            follows = (title and not numbers) or (_runs_on(last, line) and not _BEGINS.match(line))
            apart = not heading and _is_line_of_head(line.strip())
            if index == 0 or apart or not (heading or (follows and not find_enumerator(line.strip()))):
                found.append([])
            found[-1].append(line.strip())
    return [join(lines) for lines in found]


def _is_line_of_head(line: str) -> bool:
    """Tell whether a line stands below the title of a report: when it was given, by whom, and what the source is."""
    given = report_title(line)
    return (given is not None and line.startswith(given)) or any(
        test(line) for test in (is_delivery, is_source, is_speaker_below, is_date_line)
    )


def tidy(blocks: list[WordBlock]) -> list[WordBlock]:
    """Return the blocks of a body, with paragraphs joined that were cut in two, and without false headings."""
    return _without_false_headings(_rejoined(_mark_contents(blocks)))


def _mark_contents(blocks: list[WordBlock]) -> list[WordBlock]:
    """Return the blocks, the title of the table of contents (目录) marked as its lines are."""
    for index, block in enumerate(blocks):
        if block.role == "furniture":
            if index and bare(blocks[index - 1].text).lower() in _CONTENTS:
                blocks[index - 1] = WordBlock(blocks[index - 1].text, "furniture")
            break
    return blocks


def _without_false_headings(blocks: list[WordBlock]) -> list[WordBlock]:
    """Return the blocks. If the file marks its headings, no other block is taken for one because of its looks."""
    marked = [index for index, block in enumerate(blocks) if block.role == "heading"]
    if len(marked) < _FEWEST_HEADINGS:
        return blocks
    return [
        WordBlock(block.text, "standalone") if index > marked[0] and _looks_like_heading(block) else block
        for index, block in enumerate(blocks)
    ]


def _looks_like_heading(block: WordBlock) -> bool:
    if block.role or find_enumerator(block.text) or _CAPTION.match(block.text) or SIGNATURE.fullmatch(block.text):
        return False
    return not _has_mark(block.text)


def _rejoined(blocks: list[WordBlock]) -> list[WordBlock]:
    """Return the blocks, with those joined that were cut in two inside a sentence: in text pasted from a layout, and in
    a form of address (尊敬的主席，/ 女士们、先生们：)."""
    groups: list[list[WordBlock]] = []
    for block in blocks:
        if groups and _continues(groups[-1][-1], block):
            groups[-1].append(block)
        else:
            groups.append([block])
    return [
        group[0] if len(group) == 1 else replace(group[0], text=join([block.text.strip() for block in group]))
        for group in groups
    ]


def _continues(block: WordBlock, following: WordBlock) -> bool:
    """Tell whether a block continues in the next."""
    if block.role or following.role or following.numbered or find_enumerator(following.text) or not block.text.strip():
        return False
    text = block.text.rstrip()[-_LONGEST_SENTENCE:]
    # A heading may be as long, and have commas, but no sentence ends within.
    is_cut = any(mark in text for mark in SENTENCE_ENDS) and not _BEGINS.match(following.text)
    if not ends_clause(text) and not (is_cut and _runs_on(text, following.text)):
        return False
    # It does not look like a line of a form or a date, and is not empty.
    return [line.role for line in text_lines((SourceLine(1, following.text, whole=True),))] == ["text"]


def _runs_on(text: str, following: str) -> bool:
    """Tell whether a text ends inside a sentence: after a comma, or as a long line without punctuation at its end."""
    if ends_clause(text):
        return True
    return text[-1].isalnum() and typeset_width(text) > _LONGEST_TITLE and _has_mark(text) and _has_mark(following)


def _has_mark(text: str) -> bool:
    return any(mark in text for mark in SENTENCE_ENDS + CLAUSE_ENDS)
