"""Heads of the laws in a compilation: a title, its notes on enactment, and numbering that begins again with 第一条.

Where others in it have notes, or where it begins with a title, a law may be without.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..notation.enactment_notes import tells_history
from .document_heads import UNREAD, DocumentHead
from .lines import TextLine, ends_sentence, is_bracketed

_FEWEST = 2  # laws that make a compilation, if both have notes on enactment
_FEWEST_WITHOUT_NOTES = 3
_MOST_LINES_OF_PREAMBLE = 12
_MOST_LINES_OF_HEAD = 300  # a table of contents stands between a title and the first article
_MOST_LINES_OF_NOTE = 12
_MOST_LINES_OF_TITLE = 4
_LONGEST_TITLE = 120  # characters

_FIRST_ARTICLE = re.compile(r"第\s*一\s*条(?=\s|$|[【（(])|第一条")
_ARTICLE = re.compile(r"第[一二三四五六七八九十百零〇]{1,7}条")
_MAY_BE_NOTE = re.compile(r"[（(【]|[\s\d０-９]{4,}年")
_LAW = re.compile(
    r"[^。；：]*(?:法|法典|条例|规定|办法|细则|规则|章程|规程|规范|准则|守则|通则|决定|决议|解释|安排)(?:\s*[（(][^（）()]{1,20}[）)])*"
)
# What stands between a title and the first article, beside notes: 目录, headings of chapters, a preamble.
_CONTENTS = re.compile(
    r"目\s*[录次]|(?:第[一二三四五六七八九十百\d]{1,4}[编章节部]|总\s*则)[^。；：]{0,40}|附\s*则|[序前]\s*言"
)
_PREAMBLE_ENDS = re.compile(r".*(?:如下|制定本(?:法|条例|规定|办法|解释|规则|细则|安排))[：:。]", re.DOTALL)
_ADOPTED = re.compile(r".*(?:通过|批准|公布|发布|修正|修订|施行)[）)]?")
_ENDS_LAW = re.compile(r".*起?(?:施行|实施|生效)", re.DOTALL)  # whose full stop is missing
_ATTACHED = re.compile(r"附\s*(?:件|录)?\s*[一二三四五六七八九十\d]*\s*[：:]?|附[：:].*")


def law_heads(lines: Sequence[TextLine]) -> list[DocumentHead]:
    """Return the heads of the laws that a text holds, none if it holds fewer than two.

    A law that is attached to another text, or forwarded by it, has no notes on enactment of its own, and stands alone
    or in a text that does not begin with the title of a law.
    """
    firsts = [index for index, line in enumerate(lines) if _FIRST_ARTICLE.match(line.text)]
    if len(firsts) < _FEWEST:
        return []
    noted: list[DocumentHead] = []
    heads: list[DocumentHead] = []
    for first in firsts:
        above = max(heads[-1].title_stop if heads else 0, first - _MOST_LINES_OF_HEAD)
        if head := _head_above(lines, first, max(noted[-1].title_stop if noted else 0, first - _MOST_LINES_OF_HEAD)):
            noted.append(head)
        if head := head or _bare_head_above(lines, first, above):
            heads.append(head)
    begins = len(heads) >= _FEWEST_WITHOUT_NOTES and _previous(lines, heads[0].start, 0) < 0
    if len(noted) >= _FEWEST or begins:
        return heads
    return []


def _head_above(lines: Sequence[TextLine], first: int, above: int) -> DocumentHead | None:
    """Return the head nearest above the first article of a law, at the lowest at a line."""
    for index in range(first - 1, above, -1):
        text = lines[index].text
        if _ARTICLE.match(text):
            return None
        if _MAY_BE_NOTE.match(text) and _is_note(lines, index) and (head := _title_above(lines, index, above)):
            return head
    return None


def _bare_head_above(lines: Sequence[TextLine], first: int, above: int) -> DocumentHead | None:
    """Return the title above the first article of a law, with nothing but contents, headings and a preamble between,
    where the articles of another law end above it."""
    preamble = 0
    for index in range(first - 1, above - 1, -1):
        line = lines[index]
        text = line.text.strip()
        if line.role in UNREAD:
            continue
        if _ARTICLE.match(text):
            return None
        if head := _title_above(lines, index + 1, above):
            return head if _ends_articles(lines, head.start, above) else None
        if _CONTENTS.fullmatch(text) or _MAY_BE_NOTE.match(text) or _ADOPTED.fullmatch(text):
            continue
        if not preamble and not _PREAMBLE_ENDS.fullmatch(text):
            return None
        preamble += 1
        if preamble > _MOST_LINES_OF_PREAMBLE:
            return None
    return None


def _ends_articles(lines: Sequence[TextLine], start: int, above: int) -> bool:
    """Say whether the nearest article above a line is a later one than the first, or nothing stands above it."""
    article = next((i for i in range(start - 1, above - 1, -1) if _ARTICLE.match(lines[i].text)), None)
    if article is None:
        return _previous(lines, start, 0) < 0
    return not _FIRST_ARTICLE.match(lines[article].text)


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
        if before < 0 or _ends_text(lines[before].text) or lines[start].role in ("title", "heading"):
            attached = before >= 0 and _ATTACHED.fullmatch(lines[before].text.strip())
            title = " ".join(text.split())
            return None if attached or not _LAW.fullmatch(title) else DocumentHead(start, start, stop, title)
    return None


def _ends_text(text: str) -> bool:
    return ends_sentence(text) or is_bracketed(text) or bool(_ENDS_LAW.fullmatch(text.strip()))


def _previous(lines: Sequence[TextLine], index: int, above: int) -> int:
    """Return the index of the nearest line above that is not page furniture, or one less than ``above``."""
    return next((i for i in range(index - 1, above - 1, -1) if lines[i].role not in UNREAD), above - 1)
