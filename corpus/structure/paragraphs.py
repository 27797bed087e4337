"""Paragraphs: puts lines that a layout broke back into the paragraphs that the author wrote.

A line break is no paragraph end where the sentence runs on, whether a column's edge, a page's end, a
running head, a caption or a footnote stands between. Where a sentence ends with its line, the line's width
decides: a line shorter than its column ends the paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ..notation.dates import is_date_line
from ..notation.enactment_notes import is_enactment_note
from ..notation.numbering import ARTICLE_RANKS
from .columns import INDENT, SLACK, WIDEST_COLUMN, column_edge, has_room, loses_indents, rows
from .lines import (
    CLAUSE_ENDS,
    LONGEST_TITLE,
    SENTENCE_ENDS,
    SIGNATURE,
    TextLine,
    ends_clause,
    ends_sentence,
    has_open_bracket,
    is_bracketed,
    is_cut_title,
    is_empty_field,
    is_keywords,
    is_sentence,
    report_title,
    starts_with_label,
)
from .repeated_lines import repeated_lines

# Words that cannot begin a paragraph: the line before them runs on.
_CLITICS = "的了着过们"
_NEVER_FIRST = "，。、；：！？,;:!?）)〕》”’」』"
_APPENDIX_RANKS = (0,)  # the row of 附件 in the table of numbers
_LONGEST_SENTENCE = 600  # characters, about; a bracket left open for longer is not waited for
_LONGEST_TITLE_LINES = 8


@dataclass(slots=True)
class TextBlock:
    """The lines of one passage to be, in order; ``running`` marks a running head."""

    lines: list[TextLine] = field(default_factory=list)
    repeated: bool = False

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
    def first(self) -> TextLine:
        """Return the first line."""
        return self.lines[0]


def join(texts: Sequence[str]) -> str:
    """Join the lines of a paragraph, adding nothing but a space where two Latin words would touch."""
    joined = texts[0]
    for text in texts[1:]:
        touching = joined[-1:].isascii() and text[:1].isascii() and joined[-1:].isalnum() and text[:1].isalnum()
        joined += " " + text if touching and not (joined[-1].isdigit() and text[0].isdigit()) else text
    return joined


def text_blocks(lines: Sequence[TextLine]) -> list[TextBlock]:
    """Return the lines in blocks, one a passage, in the order of their first lines."""
    running = repeated_lines(lines)
    page = _Page(lines)
    found: list[TextBlock] = []
    body: TextBlock | None = None
    last = 0  # index of the body's last line
    note: TextBlock | None = None
    for index, line in enumerate(lines):
        if line.role == "furniture" or index in running:
            if index in running and found and found[-1].repeated and not line.gap:
                found[-1].lines.append(line)
            else:
                found.append(TextBlock([line], repeated=index in running))
            note = None
            continue
        if line.role in ("footnote", "caption"):
            note = TextBlock([line])
            found.append(note)
            continue
        if note and not line.gap and not line.whole and (note.first.role == "caption" or not ends_sentence(note.end)):
            note.lines.append(line)
            continue
        if body and _continues(body, page, last, index):
            body.lines.append(line)
        else:
            body = TextBlock([line])
            found.append(body)
        last, note = index, None
    return found


class _Page:
    """The lines of a text, and how they stand on its pages: the rows they are in, by index, and which of these are
    full; whether first rows lack their indent; and the lines that sign it."""

    def __init__(self, lines: Sequence[TextLine]) -> None:
        self.lines = lines
        self.signing = _signing_lines(lines)
        self.rows = rows(lines, self.signing)
        self.row = [index for index, row in enumerate(self.rows) for _ in range(row.start, row.stop)]
        self.edges = [column_edge(self.rows, index) for index in range(len(self.rows))]
        self.full = [self.is_full(index) for index in range(len(self.rows))]
        self.loses_indents = loses_indents(self.rows, self.edges, lines)

    def is_full(self, row: int, slack: int = SLACK) -> bool:
        """Say whether a row reaches the edge of the column that the rows around it are set in."""
        edge = self.edges[row]
        return edge is not None and self.rows[row].width >= edge - slack

    def reaches(self, block: TextBlock, index: int) -> bool:
        """Say whether the line at an index, a block's last, reaches the edge, if it is in the first row with what may
        be lost of its indent."""
        row = self.row[index]
        return self.full[row] or (self._is_first(block, row) and self.is_full(row, SLACK + INDENT))

    def breaks(self, block: TextBlock, index: int) -> bool:
        """Say whether the row of a block's last line, at an index, was broken for want of room, and the row below does
        not look like a paragraph's first."""
        row = self.row[index]
        indent = INDENT if self.loses_indents and self._is_first(block, row) else 0
        if not self.is_full(row, SLACK + indent) or has_room(self.rows, self.edges, row, self.lines, indent):
            return False
        return not self._begins(row + 1)

    def is_torn(self, block: TextBlock, index: int) -> bool:
        """Say whether a line goes on in its row as one of a sentence does, rather than of the title above it."""
        torn = index + 1 < self.rows[self.row[index]].stop
        return torn and (not block.first.enumerator or self.lines[index].text[-1] in CLAUSE_ENDS + SENTENCE_ENDS)

    def _is_first(self, block: TextBlock, row: int) -> bool:
        return len(block.lines) <= self.rows[row].stop - self.rows[row].start

    def _begins(self, row: int) -> bool:
        """Say whether a row looks like a paragraph's first, its indent of two characters lost.

        Such a row is two characters short of the column and yet runs on.
        """
        above, this = self.rows[row - 1], self.rows[row]
        text = self.lines[this.stop - 1].text
        if ends_sentence(text):
            return False
        if self.loses_indents:
            return self.is_full(row, SLACK + INDENT) and has_room(self.rows, self.edges, row, self.lines)
        return 3 <= above.width - this.width <= 6 and not ends_clause(text)


def _continues(block: TextBlock, page: _Page, last_index: int, index: int) -> bool:
    """Say whether the line at ``index`` goes on with the block that ends in the one at ``last_index``."""
    lines = page.lines
    line, last = lines[index], lines[last_index]
    text = block.end
    # What stands between, furniture or a footnote, makes a gap as a blank line does.
    adjacent = not line.gap and last_index == index - 1
    if line.whole or last.whole or line.role in ("heading", "table") or last.role in ("heading", "table"):
        return False
    if adjacent and page.row[index] == page.row[last_index]:
        return True
    runs_on = ends_clause(text) or has_open_bracket(text)
    if index in page.signing or (last.role == "standalone" and not (runs_on and is_empty_field(last.text))):
        return False
    last_full = page.full[page.row[last_index]]
    reaches = page.reaches(block, last_index)
    if line.role == "standalone":
        label = is_empty_field(line.text)
        if not adjacent or (runs_on and not (last_full or label)):
            return False
        within = label and not ends_sentence(text) and text[-1] not in CLAUSE_ENDS
        return runs_on or (within and (reaches or _in_sentence(block, reaches, adjacent)))
    if text == report_title(text) or (is_enactment_note(line.text) and is_enactment_note(text)):
        return False
    if line.text[0] in _NEVER_FIRST or (is_cut_title(block.first, text) and not line.enumerator):
        return True
    if adjacent and not line.enumerator and (_is_number(last) or (len(line.text) == 1 and not ends_sentence(text))):
        return True
    if runs_on:
        # A bracket may have been left open for good.
        ended = ends_sentence(last.text) or not (ends_clause(text) or last_full)
        return not (line.enumerator and line.enumerator.firm and ended)
    if is_keywords(block.first.text) and not adjacent:
        return False
    if is_bracketed(text) and len(block.lines) == 1:
        return False
    if 3 <= line.indent <= 6 and (line.indent > last.indent or not reaches):
        return False
    if line.enumerator and (line.enumerator.firm or ends_sentence(text)):
        return False
    if ends_sentence(text):
        return adjacent and page.breaks(block, last_index)
    if text[-1] in CLAUSE_ENDS:
        return adjacent and last_full
    if starts_with_label(line.text) and not reaches:
        return False
    # A paragraph is not interrupted but by the end of a page.
    if _in_sentence(block, reaches, adjacent or (reaches and lines[index - 1].role == "furniture")):
        return adjacent or not _stands_alone(lines, index)
    if not adjacent or is_bracketed(line.text) or starts_with_label(line.text) or _in_list(lines, index):
        return False
    return line.text[0] in _CLITICS or reaches or not (is_sentence(line) or page.is_torn(block, index))


def _signs(line: TextLine) -> bool:
    return line.role == "text" and not line.enumerator and bool(SIGNATURE.fullmatch(line.text))


def _is_number(line: TextLine) -> bool:
    """Say whether a line is the number of a paragraph or article that was torn off it."""
    return (
        line.enumerator is not None
        and line.enumerator.rank not in _APPENDIX_RANKS
        and line.enumerator.length == len(line.text)
    )


def _signing_lines(lines: Sequence[TextLine]) -> set[int]:
    """Return the indices of the lines that name who signs, right above a date; the first of them begins a block too."""
    found: set[int] = set()
    for index, line in enumerate(lines):
        above = index - 1
        if line.role != "standalone" or not is_date_line(line.text):
            continue
        while above >= 0 and (lines[above].role == "furniture" or _signs(lines[above])):
            found.add(above)
            above -= 1
    return found


def _in_sentence(block: TextBlock, reaches: bool, adjacent: bool) -> bool:
    """Say whether a block has come to a place within a sentence, rather than to the end of a title.

    ``reaches`` says that its last line reaches the edge of its column.
    """
    text = block.end
    tail = re.split(f"[{SENTENCE_ENDS}]", text)[-1]
    clauses = re.split(f"[{CLAUSE_ENDS}]", tail)
    if len(tail) == len(text) and len(block.lines) == 1:
        line = block.first
        if line.enumerator and not reaches:
            article = line.enumerator.rank in ARTICLE_RANKS and (len(clauses) > 1 or line.width > LONGEST_TITLE // 2)
            return article or line.width > WIDEST_COLUMN
        if line.width <= LONGEST_TITLE:
            # 真抓实干，再创辉煌 is a title, 突出敏捷高效、智慧智 a sentence cut short.
            return len({len(clause) for clause in clauses}) > 1
    return (
        len(clauses) > 1 or len(tail) < len(text) or ((adjacent or reaches) and block.lines[-1].width > LONGEST_TITLE)
    )


def _stands_alone(lines: Sequence[TextLine], index: int) -> bool:
    """Say whether a line is set apart like a title: short, between gaps, without a mark."""
    line = lines[index]
    last = index + 1 == len(lines) or lines[index + 1].gap > 0 or lines[index + 1].role != "text"
    marks = SENTENCE_ENDS + CLAUSE_ENDS
    return bool(line.gap) and last and line.width <= LONGEST_TITLE and not any(mark in line.text for mark in marks)


def _in_list(lines: Sequence[TextLine], index: int) -> bool:
    """Say whether a line is one of many short ones without a mark: they are a list, not a title."""

    def run(step: int) -> int:
        count, at = 0, index
        while 0 <= at < len(lines) and count <= _LONGEST_TITLE_LINES and not is_sentence(lines[at]):
            count += 1
            if step < 0 and lines[at].gap:
                break
            at += step
            if step > 0 and at < len(lines) and lines[at].gap:
                break
        return count

    return run(-1) + run(1) - 1 > _LONGEST_TITLE_LINES
