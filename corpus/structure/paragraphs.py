"""Paragraphs: puts lines that a layout broke back into the paragraphs that the author wrote.

A line break does not end a paragraph where the sentence runs on, even if the end of a page, a header or footer, a
caption or a footnote stands between. Where a sentence ends with its line, the line's width decides: a line shorter than
its column ends the paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from ..closed import assert_never
from ..extraction import LineRole
from ..notation.enactment_notes import is_enactment_note
from ..notation.numbering import ARTICLE_RANKS
from .columns import WIDEST_COLUMN
from .layout import Layout
from .lines import (
    CLAUSE_ENDS,
    INTERRUPTING,
    LONGEST_TITLE,
    SENTENCE_ENDS,
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
_ATTACHMENT_RANK = 0  # that of 附件 in the table of `zhengce.corpus.notation.numbering`
_LONGEST_SENTENCE = 600  # characters, about; a bracket that stays open for longer was never closed
_LONGEST_TITLE_LINES = 8


@dataclass(slots=True)
class TextBlock:
    """The lines that make one passage, in order; ``repeated`` marks a header or footer that pages repeat."""

    lines: list[TextLine] = field(default_factory=list)
    repeated: bool = False

    @property
    def text(self) -> str:
        """Return the lines joined."""
        return join([line.text for line in self.lines])

    @property
    def end(self) -> str:
        """Return the last lines joined, some hundreds of characters, which decide whether the text goes on. Joining all
        of a long block for each of its lines would take quadratic time."""
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


def text_blocks(
    lines: Sequence[TextLine], titles: Sequence[range] = (), starts: Collection[int] = ()
) -> list[TextBlock]:
    """Return the lines in blocks, one for each passage, in the order of their first lines. Comments are in none.

    ``titles`` are the lines of each title in a volume, one block each; ``starts`` those at which its documents begin.
    """
    title_of = {index: title for title in titles for index in title}
    repeated = repeated_lines(lines) - title_of.keys()
    layout = Layout(lines)
    found: list[TextBlock] = []
    body: TextBlock | None = None
    last = 0  # index of the body's last line
    note: TextBlock | None = None
    for index, line in enumerate(lines):
        flow = _flow(line.role)
        title = title_of.get(index)
        if index in starts or title is not title_of.get(index - 1):
            body = note = None
        if title and flow != "furniture":
            flow = "body"
        if flow == "furniture" or index in repeated:
            if index in repeated and found and found[-1].repeated and not line.gap and index not in starts:
                found[-1].lines.append(line)
            elif line.role != "comment":
                found.append(TextBlock([line], repeated=index in repeated))
            note = None
            continue
        if flow == "note":
            note = TextBlock([line])
            found.append(note)
            continue
        if note and not line.gap and not line.whole and (note.first.role == "caption" or not ends_sentence(note.end)):
            note.lines.append(line)
            continue
        if body and (title or _continues(body, layout, last, index)):
            body.lines.append(line)
        else:
            body = TextBlock([line])
            found.append(body)
        last, note = index, None
    return found


def _flow(role: LineRole) -> Literal["body", "unit", "note", "furniture"]:
    """Return how lines of a role take part in the text: joined to others in its body, as units of their own in it, or
    interrupting it as notes and furniture do."""
    match role:
        case "text" | "standalone":
            return "body"
        case "title" | "heading" | "table":
            return "unit"
        case "footnote" | "caption":
            return "note"
        case "furniture" | "comment":
            return "furniture"
        case _:
            return assert_never(role)


class _LineBreak(NamedTuple):
    """The break between a block, whose last line is at ``last_index``, and the line at ``line_index``.

    ``end`` is the text of the block, the last part at least. Lines are ``adjacent`` with neither a blank line, a page's
    furniture nor a footnote between them. The block ``runs_on`` where something must follow its last words, and
    ``reaches`` the edge of its column, if it does.
    """

    block: TextBlock
    layout: Layout
    last_index: int
    line_index: int
    line: TextLine
    last: TextLine
    end: str
    adjacent: bool
    runs_on: bool
    reaches: bool

    @property
    def last_full(self) -> bool:
        return self.layout.full[self.layout.row[self.last_index]]


def _continues(block: TextBlock, layout: Layout, last_index: int, index: int) -> bool:
    """Say whether the line at ``index`` belongs to the block that ends in the one at ``last_index``.

    Rules are asked in this order; the first that knows decides.
    """
    line, last, end = layout.lines[index], layout.lines[last_index], block.end
    break_ = _LineBreak(
        block=block,
        layout=layout,
        last_index=last_index,
        line_index=index,
        line=line,
        last=last,
        end=end,
        adjacent=not line.gap and last_index == index - 1,
        runs_on=ends_clause(end) or has_open_bracket(end),
        reaches=layout.reaches_edge(last_index, len(block.lines)),
    )
    for rule in (_by_role, _by_first_words, _by_last_words):
        verdict = rule(break_)
        if verdict is not None:
            return verdict
    return _by_surroundings(break_)


def _by_role(this: _LineBreak) -> bool | None:
    """Decide by what the two lines are."""
    line, last = this.line, this.last
    if line.whole or last.whole or _flow(line.role) == "unit" or _flow(last.role) == "unit":
        return False
    if this.adjacent and this.layout.row[this.line_index] == this.layout.row[this.last_index]:
        return True
    alone = last.role == "standalone" and not (this.runs_on and is_empty_field(last.text))
    if alone or this.line_index in this.layout.signing:
        return False
    if line.role != "standalone":
        return None
    empty = is_empty_field(line.text)
    if not this.adjacent or (this.runs_on and not (this.last_full or empty)):
        return False
    within = empty and not ends_sentence(this.end) and this.end[-1] not in CLAUSE_ENDS
    return this.runs_on or (within and (this.reaches or _in_sentence(this.block, this.reaches, this.adjacent)))


def _by_first_words(this: _LineBreak) -> bool | None:
    """Decide by what the new line begins with, or by what must follow the last one."""
    line, last, end = this.line, this.last, this.end
    note = is_enactment_note(line.text) and (is_bracketed(line.text) or is_enactment_note(end))
    if note or end == report_title(end):
        return False
    if line.text[0] in _NEVER_FIRST or (is_cut_title(this.block.first, end) and not line.enumerator):
        return True
    if this.adjacent and not line.enumerator and (_is_number(last) or (len(line.text) == 1 and not ends_sentence(end))):
        return True
    if this.runs_on:
        # A bracket may have been left open for good.
        ended = ends_sentence(last.text) or not (ends_clause(end) or this.last_full)
        return not (line.enumerator and line.enumerator.firm and ended)
    return None


def _by_last_words(this: _LineBreak) -> bool | None:
    """Decide by what ends with the block: keywords, a bracket, a sentence, a clause; or by an indent or number."""
    line, end, adjacent = this.line, this.end, this.adjacent
    if is_keywords(this.block.first.text) and not adjacent:
        return False
    if is_bracketed(end) and len(this.block.lines) == 1:
        return False
    if 3 <= line.indent <= 6 and (line.indent > this.last.indent or not this.reaches):
        return False
    if line.enumerator and (line.enumerator.firm or ends_sentence(end)):
        return False
    if ends_sentence(end):
        return adjacent and this.layout.is_wrapped(this.last_index, len(this.block.lines))
    if end[-1] in CLAUSE_ENDS:
        return adjacent and this.last_full
    if starts_with_label(line.text) and not this.reaches:
        return False
    return None


def _by_surroundings(this: _LineBreak) -> bool:
    """Decide for lines without a mark between them: a sentence that runs on, a title, or the lines of a list."""
    lines, line, index, reaches = this.layout.lines, this.line, this.line_index, this.reaches
    # A paragraph is not interrupted but by the end of a page.
    near = this.adjacent or (reaches and lines[index - 1].role in INTERRUPTING)
    if _in_sentence(this.block, reaches, near):
        return this.adjacent or not _stands_alone(lines, index)
    if not this.adjacent or is_bracketed(line.text) or starts_with_label(line.text) or _in_list(lines, index):
        return False
    if line.text[0] in _CLITICS or reaches:
        return True
    # Within a printed line, a sentence goes on rather than the title above it.
    torn = this.layout.is_inside(index) and (
        not this.block.first.enumerator or line.text[-1] in CLAUSE_ENDS + SENTENCE_ENDS
    )
    return not (is_sentence(line) or torn)


def _is_number(line: TextLine) -> bool:
    """Say whether a line is nothing but the number of a paragraph or article, torn off its text."""
    return (
        line.enumerator is not None
        and line.enumerator.rank != _ATTACHMENT_RANK
        and line.enumerator.length == len(line.text)
    )


def _in_sentence(block: TextBlock, reaches: bool, adjacent: bool) -> bool:
    """Say whether a block ends within a sentence, rather than with a title.

    ``reaches`` says that its last line reaches the edge of its column, ``adjacent`` that the next line follows at once.
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
    """Say whether a line stands apart as titles do: short, between gaps, without a mark."""
    line = lines[index]
    last = index + 1 == len(lines) or lines[index + 1].gap > 0 or lines[index + 1].role != "text"
    marks = SENTENCE_ENDS + CLAUSE_ENDS
    return bool(line.gap) and last and line.width <= LONGEST_TITLE and not any(mark in line.text for mark in marks)


def _in_list(lines: Sequence[TextLine], index: int) -> bool:
    """Say whether a line is one of many short ones without a mark, which are a list rather than a title."""

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
