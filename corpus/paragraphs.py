"""Paragraphs: puts lines that a layout broke back into the paragraphs that the author wrote.

A line break is no paragraph end where the sentence runs on, whether a column's edge, a page's end, a
running head, a caption or a footnote stands between. Where a sentence ends with its line, the line's width
decides: a line shorter than its column ends the paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from .lines import (
    CLAUSE_ENDS,
    SENTENCE_ENDS,
    Line,
    ends_clause,
    ends_sentence,
    has_open_bracket,
    is_bracketed,
    is_keywords,
)
from .numbering import ARTICLE_RANKS

# Words that cannot begin a paragraph: the line before them runs on.
_CLITICS = "的了着过们"
_LONGEST_TITLE = 60  # cells, that is 30 characters
_LONGEST_SENTENCE = 600  # characters, about; a bracket left open for longer is not waited for
_LONGEST_TITLE_LINES = 8
_WIDEST_HEAD = 40  # cells of a running head
_LONGEST_HEAD_LINES = 3
_WIDEST_COLUMN = 120  # cells; wider lines are paragraphs that no layout has wrapped
_SLACK = 4  # cells that a full line may lack, since 避头尾 moves a mark or two
_INDENT = 4  # cells that a paragraph's first line lacks where its indent of two characters is lost
_SHORTEST_COLUMN = 3  # lines
_WINDOW = 12  # lines looked at on either side for the measure of a column


@dataclass(slots=True)
class Block:
    """The lines of one passage to be, in order; ``running`` marks a running head."""

    lines: list[Line] = field(default_factory=list)
    running: bool = False

    @property
    def text(self) -> str:
        """Return the lines joined."""
        return join([line.text for line in self.lines])

    @property
    def end(self) -> str:
        """Return the last lines joined, some hundreds of characters: what decides whether a text goes on. To join all
        of a long text for each of its lines would take time in the square of their number."""
        count = size = 0
        while count < len(self.lines) and size < _LONGEST_SENTENCE:
            count += 1
            size += len(self.lines[-count].text)
        return join([line.text for line in self.lines[-count:]])

    @property
    def first(self) -> Line:
        """Return the first line."""
        return self.lines[0]


def join(texts: Sequence[str]) -> str:
    """Join the lines of a paragraph, adding nothing but a space where two Latin words would touch."""
    joined = texts[0]
    for text in texts[1:]:
        touching = joined[-1:].isascii() and text[:1].isascii() and joined[-1:].isalnum() and text[:1].isalnum()
        joined += " " + text if touching and not (joined[-1].isdigit() and text[0].isdigit()) else text
    return joined


def blocks(lines: Sequence[Line]) -> list[Block]:
    """Return the lines in blocks, one a passage, in the order of their first lines."""
    running = _running_heads(lines)
    full = [_is_full(lines, index) for index in range(len(lines))]
    found: list[Block] = []
    body: Block | None = None
    last = 0  # index of the body's last line
    note: Block | None = None
    for index, line in enumerate(lines):
        if line.role == "page" or index in running:
            if index in running and found and found[-1].running and not line.gap:
                found[-1].lines.append(line)
            else:
                found.append(Block([line], running=index in running))
            note = None
            continue
        if line.role in ("footnote", "caption"):
            note = Block([line])
            found.append(note)
            continue
        if note and not line.gap and not line.whole and (note.first.role == "caption" or not ends_sentence(note.end)):
            note.lines.append(line)
            continue
        if body and _continues(body, lines, last, index, full):
            body.lines.append(line)
        else:
            body = Block([line])
            found.append(body)
        last, note = index, None
    return found


def _continues(block: Block, lines: Sequence[Line], last_index: int, index: int, full: Sequence[bool]) -> bool:
    """Say whether the line at ``index`` goes on with the block that ends in the one at ``last_index``."""
    line, last = lines[index], lines[last_index]
    text = block.end
    # What stands between, furniture or a footnote, makes a gap as a blank line does.
    adjacent = not line.gap and last_index == index - 1
    last_full = full[last_index]
    reaches = last_full or (len(block.lines) == 1 and _is_full(lines, last_index, _SLACK + _INDENT))
    if line.whole or last.whole or line.role in ("heading", "table") or last.role in ("heading", "table", "field"):
        return False
    runs_on = ends_clause(text) or has_open_bracket(text)
    if line.role == "field":
        return adjacent and runs_on and last_full
    if runs_on:
        return not (line.lead and line.lead.firm and ends_sentence(last.text))
    if is_keywords(block.first.text) and not adjacent:
        return False
    if 3 <= line.indent <= 6 and (line.indent > last.indent or not reaches):
        return False
    if line.lead and (line.lead.firm or ends_sentence(text)):
        return False
    if ends_sentence(text):
        return adjacent and last_full and not _is_first_line(lines, index, last)
    if text[-1] in CLAUSE_ENDS:
        return adjacent and last_full
    if _in_sentence(block, reaches, adjacent):
        return adjacent or not _stands_alone(lines, index)
    if not adjacent or is_bracketed(line.text) or _in_list(lines, index):
        return False
    return line.text[0] in _CLITICS or reaches or not _is_sentence(line)


def _in_sentence(block: Block, reaches: bool, adjacent: bool) -> bool:
    """Say whether a block has come to a place within a sentence, rather than to the end of a title.

    ``reaches`` says that its last line reaches the edge of its column.
    """
    text = block.end
    tail = re.split(f"[{SENTENCE_ENDS}]", text)[-1]
    clauses = re.split(f"[{CLAUSE_ENDS}]", tail)
    if len(tail) == len(text) and len(block.lines) == 1:
        line = block.first
        if line.lead and not reaches:
            article = line.lead.rank in ARTICLE_RANKS and (len(clauses) > 1 or line.width > _LONGEST_TITLE // 2)
            return article or line.width > _WIDEST_COLUMN
        if line.width <= _LONGEST_TITLE:
            # 真抓实干，再创辉煌 is a title, 突出敏捷高效、智慧智 a sentence cut short.
            return len({len(clause) for clause in clauses}) > 1
    return len(clauses) > 1 or len(tail) < len(text) or (adjacent and block.lines[-1].width > _LONGEST_TITLE)


def _stands_alone(lines: Sequence[Line], index: int) -> bool:
    """Say whether a line is set apart like a title: short, between gaps, without a mark."""
    line = lines[index]
    last = index + 1 == len(lines) or lines[index + 1].gap > 0 or lines[index + 1].role != "text"
    marks = SENTENCE_ENDS + CLAUSE_ENDS
    return bool(line.gap) and last and line.width <= _LONGEST_TITLE and not any(mark in line.text for mark in marks)


def _in_list(lines: Sequence[Line], index: int) -> bool:
    """Say whether a line is one of many short ones without a mark: they are a list, not a title."""

    def run(step: int) -> int:
        count, at = 0, index
        while 0 <= at < len(lines) and count <= _LONGEST_TITLE_LINES and not _is_sentence(lines[at]):
            count += 1
            if step < 0 and lines[at].gap:
                break
            at += step
            if step > 0 and at < len(lines) and lines[at].gap:
                break
        return count

    return run(-1) + run(1) - 1 > _LONGEST_TITLE_LINES


def _is_sentence(line: Line) -> bool:
    """Say whether a line is of a sentence rather than more of a title."""
    return line.width > _LONGEST_TITLE or any(mark in line.text for mark in SENTENCE_ENDS + "，；")


def _is_full(lines: Sequence[Line], index: int, slack: int = _SLACK) -> bool:
    """Say whether a line reaches the edge of the column that the lines around it are set in.

    A column shows in three lines or more that end near one another; the third widest is its measure,
    since digits and hanging marks make single lines wider.
    """
    if lines[index].role == "text" and lines[index].width > _WIDEST_COLUMN:
        return False
    widths = sorted((each.width for each in _column(lines, index)), reverse=True)
    if len(widths) < _SHORTEST_COLUMN:
        return False
    widest, edge = widths[0], widths[_SHORTEST_COLUMN - 1]
    if widest > _WIDEST_COLUMN or edge < widest - _SLACK:
        return False
    return lines[index].width >= edge - slack


def _column(lines: Sequence[Line], index: int) -> list[Line]:
    """Return the lines near a line that share its column: those in the same run without a gap, or, where
    the run is too short to tell, all that are near."""
    near = range(max(0, index - _WINDOW), min(len(lines), index + _WINDOW + 1))
    first = next((i for i in range(index, near.start, -1) if lines[i].gap), near.start)
    last = next((i for i in range(index + 1, near.stop) if lines[i].gap), near.stop)
    run = range(first, last) if last - first >= _SHORTEST_COLUMN else near
    return [lines[i] for i in run if lines[i].role == "text"]


def _is_first_line(lines: Sequence[Line], index: int, last: Line) -> bool:
    """Say whether a line looks like a paragraph's first, its indent of two characters lost.

    Such a line is two characters short of the column and yet runs on.
    """
    line = lines[index]
    return 3 <= last.width - line.width <= 6 and not ends_sentence(line.text) and not ends_clause(line.text)


def _running_heads(lines: Sequence[Line]) -> set[int]:
    """Return the indices of the lines that pages repeat.

    They are set apart, short, there more than once, and at least once where no heading could be.
    """
    groups: list[list[int]] = []
    for index, line in enumerate(lines):
        if groups and not line.gap and line.role == "text":
            groups[-1].append(index)
        else:
            groups.append([index])
    alike: dict[tuple[str, ...], list[list[int]]] = {}
    for group in groups:
        if len(group) <= _LONGEST_HEAD_LINES and all(_is_head(lines[index]) for index in group):
            alike.setdefault(tuple(lines[index].text for index in group), []).append(group)
    heads = (found for found in alike.values() if len(found) > 1 and any(_heads_page(lines, group) for group in found))
    return {index for found in heads for group in found for index in group}


def _is_head(line: Line) -> bool:
    short = line.role == "text" and line.width <= _WIDEST_HEAD and not line.lead
    return short and not any(mark in line.text for mark in SENTENCE_ENDS + CLAUSE_ENDS)


def _heads_page(lines: Sequence[Line], group: Sequence[int]) -> bool:
    """Say whether lines stand where no heading could: within a sentence, by a page's number, or above a label
    rather than text."""
    before = lines[group[0] - 1] if group[0] else None
    after = lines[group[-1] + 1] if group[-1] + 1 < len(lines) else None
    if any(each and each.role == "page" for each in (before, after)):
        return True
    if before and before.role == "text" and before.width > _WIDEST_HEAD and not ends_sentence(before.text):
        return before.text[-1] not in "：:；;"
    return after is not None and after.role == "text" and not after.lead and not _is_sentence(after)
