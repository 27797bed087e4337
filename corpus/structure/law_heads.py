"""Heads of the laws in a compilation: a title, its notes on enactment, and numbering that begins again with 第一条."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..notation.enactment_notes import tells_history
from .document_heads import UNREAD, DocumentHead
from .lines import TextLine, ends_sentence, is_bracketed

_FEWEST = 2  # laws that make a compilation
_MOST_LINES_OF_HEAD = 300  # a table of contents stands between a title and the first article
_MOST_LINES_OF_NOTE = 12
_MOST_LINES_OF_TITLE = 4
_LONGEST_TITLE = 120  # characters

_FIRST_ARTICLE = re.compile(r"第\s*一\s*条(?=\s|$|[【（(])|第一条")
_ARTICLE = re.compile(r"第[一二三四五六七八九十百零〇]{1,7}条")
_MAY_BE_NOTE = re.compile(r"[（(【]|[\s\d０-９]{4,}年")
_LAW = re.compile(
    r"[^。；：]*(?:法|法典|条例|规定|办法|细则|规则|章程|规程|准则|通则|决定|决议|解释)(?:\s*[（(][^（）()]{1,20}[）)])*"
)
_ATTACHED = re.compile(r"附\s*(?:件|录)?\s*[一二三四五六七八九十\d]*\s*[：:]?|附[：:].*")


def law_heads(lines: Sequence[TextLine]) -> list[DocumentHead]:
    """Return the heads of the laws that a text holds, none if it holds fewer than two.

    A law that is attached to another text, or forwarded by it, has no notes on enactment of its own.
    """
    firsts = [index for index, line in enumerate(lines) if _FIRST_ARTICLE.match(line.text)]
    if len(firsts) < _FEWEST:
        return []
    heads: list[DocumentHead] = []
    for first in firsts:
        above = heads[-1].title_stop if heads else 0
        if head := _head_above(lines, first, max(above, first - _MOST_LINES_OF_HEAD)):
            heads.append(head)
    return heads if len(heads) >= _FEWEST else []


def _head_above(lines: Sequence[TextLine], first: int, above: int) -> DocumentHead | None:
    """Return the head nearest above the first article of a law, at the lowest at a line."""
    for index in range(first - 1, above, -1):
        text = lines[index].text
        if _ARTICLE.match(text):
            return None
        if _MAY_BE_NOTE.match(text) and _is_note(lines, index) and (head := _title_above(lines, index, above)):
            return head
    return None


def _is_note(lines: Sequence[TextLine], start: int) -> bool:
    """Say whether a note on enactment begins with a line; it may be wrapped over several."""
    text = ""
    for line in lines[start : start + _MOST_LINES_OF_NOTE]:
        if line.role in UNREAD:
            continue
        text += line.text.strip()
        if tells_history(text):
            return True
    return False


def _title_above(lines: Sequence[TextLine], stop: int, above: int) -> DocumentHead | None:
    """Return the title that ends above a note, where a text or nothing ends above it."""
    text, start = "", stop
    for _ in range(_MOST_LINES_OF_TITLE):
        start = _previous(lines, start, above)
        if start < above or lines[start].enumerator or _MAY_BE_NOTE.match(lines[start].text):
            return None
        text = lines[start].text.strip() + text
        before = _previous(lines, start, 0)
        if len(text) > _LONGEST_TITLE:
            return None
        if before < 0 or ends_sentence(lines[before].text) or is_bracketed(lines[before].text) or lines[start].role in (
            "title", "heading",
        ):  # fmt: skip
            attached = before >= 0 and _ATTACHED.fullmatch(lines[before].text.strip())
            title = " ".join(text.split())
            return None if attached or not _LAW.fullmatch(title) else DocumentHead(start, start, stop, title)
    return None


def _previous(lines: Sequence[TextLine], index: int, above: int) -> int:
    """Return the index of the nearest line above that is not page furniture, or one less than ``above``."""
    return next((i for i in range(index - 1, above - 1, -1) if lines[i].role not in UNREAD), above - 1)
