"""Classification: tells titles, headings, paragraphs, table rows, footnotes, bylines, captions and furniture apart.

These are rules rather than a trained model, so that a passage is read alike on every machine and a wrong kind can be
traced to one line of this module.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..closed import assert_never
from ..model import Kind
from ..notation.contents import is_contents_entry
from ..notation.dates import is_date_line
from ..notation.document_numbers import is_number_line
from ..notation.enactment_notes import is_enactment_note
from .lines import (
    CLAUSE_ENDS,
    GENRES,
    SEALED_FOR,
    SENTENCE_ENDS,
    SIGNATURE,
    ends_sentence,
    is_delivery,
    is_form_row,
    is_salutation,
    is_source,
    is_speaker,
    is_speaker_below,
    report_title,
)
from .paragraphs import TextBlock

_LONGEST_HEADING = 160  # cells, over all its lines
_LONGEST_UNMARKED = 120  # cells of a title or heading without any mark, over all its lines
_LONGEST_FRONT = 8  # blocks among which the title of a report is looked for
_LONGEST_FIELD = 6  # characters of a form's field above a date

_DASHES = "—―－-"
_SUBTITLE = ("—", "―", "－", "--")
_OFFICIAL_TITLE = re.compile(rf"[^—―－-].*(?:{GENRES})(?:[（(][^）)]*[）)])*")
_SUBJECT = re.compile("关于|印发|转发")
EDITION = re.compile(
    r"[（(](?:(?:试行|暂行|草案|修订|修正|送审|征求意见|讨论)[^（()）。，；]{0,12}|"
    r"[^（()）。，；]{0,8}(?:第[一二三四五六七八九十\d]{1,3}版|\d{4}\s*年?版|修订版?|试行版?|暂行|草案|征求意见稿|送审稿)|"
    r"20\d\d\s*年?\s*[—―－~～-]{1,2}\s*20\d\d\s*年?)[）)]"
)
"""The edition of a document, in brackets on a line below its title."""
_LISTED = re.compile(rf"(?![—―－-]).*(?:关于|印发|转发)[^。；：！？]*(?:{GENRES})(?:[（(][^）)]*[）)])*")
"""The title of a document that names its subject, which may have commas in it."""
_ISSUING = re.compile(r"[^—―－-].*(?:关于|印发|转发).*通知(?:[（(][^）)]*[）)])?")
_ABSTRACT = re.compile(r"[【\[]?\s*(?:摘\s*要|内容提要|提\s*要)\s*[】\]]?\s*[：:]?")
CREDIT = re.compile(
    r"(?:记者|通讯员)[\s：:]|供图|制图|供稿|撰稿|执笔|责任编辑|责编|摄影报道|[（(\s]摄[）)]?$|联合出品|出品单位|主办单位|承办单位"
)
_POST = re.compile(
    r"[\u4e00-\u9fff·]{2,4}\s+\S+(?:书记|主任|市长|区长|县长|局长|部长|厅长|院长|所长|校长|处长|司长|会长|主席|委员|经理|"
    r"研究员|教授|博士|专家|分析师|调研员)"
)
_NAMES = re.compile(r"(?:[\u4e00-\u9fff·]{2,4}(?:\^\{[^}]*\}|[*¹²³]+)?[\s、，]*){1,8}")
_BRACKETED = re.compile(r"[（(\[【].*[）)\]】]")
_ATTACHMENTS = re.compile(r"附\s*件\s*\d*\s*[：:]\s*\S")
AUTHORISED = re.compile("[授受]权发布[：:]\\s*")
"""What a news agency sets before the title of a document that it releases."""
_DECIMAL = re.compile(r"\d+(?:\.\d+)*\s*[^\d\s年月]")
"""A number before a heading, as in 1.1 编制背景; 2023年 is none."""
_BREADCRUMBS = re.compile(r".*(?:>>|»|›|＞|\s>\s).*")
"""Where a page stands in its site: 首页 > 政务公开 > 文件."""
_ADDRESS = re.compile(r"<?https?://[^\s<>]+>?")
_CAPTION = re.compile(r"图片来源|资料图|图为|制表|[图表]\s*\d+([-.—]\d+)?[\s：:]")


def classify_blocks(blocks: Sequence[TextBlock], title: int | None = None) -> list[Kind]:
    """Return the kind of each block. Only the blocks of the document's own title are titles; ``title`` is the index of
    its one block where that is known."""
    found = [_kind(block) for block in blocks]
    if title is not None:
        found[title] = "title"
    signed = _signed(blocks, found)
    for index, block in enumerate(blocks):
        if found[index] == "heading" and not block.first.level:
            found[index] = _signing(blocks, index, signed[index + 1])
    for index in attachment_lists(blocks):
        found[index] = "paragraph"
    titles = range(title, title + 1) if title is not None else _title(blocks, found)
    for index in titles:
        found[index] = "title"
    for index in _bylines(blocks, found, titles):
        found[index] = "byline"
    return found


def attachment_lists(blocks: Sequence[TextBlock]) -> set[int]:
    """Return the indices of the blocks of a list of attachments: 附件：1. … and the numbered lines below."""
    found: set[int] = set()
    count = 0
    for index, block in enumerate(blocks):
        enumerator = block.first.enumerator
        numbered = enumerator is not None and enumerator.ordinal <= count + 1 and not ends_sentence(block.text)
        if _ATTACHMENTS.match(block.text):
            count = 1
        elif index - 1 in found and numbered and not block.first.gap:
            count += 1
        else:
            continue
        found.add(index)
    return found


def _kind(block: TextBlock) -> Kind:
    """Return the kind of a block seen by itself; signatures and titles are taken for headings."""
    first, text = block.first, block.text
    if block.repeated or is_contents_entry(text):
        return "furniture" if block.repeated else "table"
    match first.role:
        case "title":
            return "heading"
        case "heading" | "footnote" | "table" | "caption" | "furniture":
            return first.role
        case "text" | "standalone" | "comment":
            pass  # No block is made of comments.
        case _:
            assert_never(first.role)
    if is_form_row(text):
        return "table"
    if is_date_line(text) or is_number_line(text) or is_speaker(text) or SEALED_FOR.fullmatch(text):
        return "byline"
    if first.role == "standalone" or is_enactment_note(text):
        return "paragraph"
    short = not ends_sentence(text.rstrip("】")) and _width(block) <= _LONGEST_HEADING
    if short and _CAPTION.search(text):
        return "caption"
    if (short or text.startswith("【")) and not first.enumerator and (CREDIT.search(text) or _POST.fullmatch(text)):
        return "byline"
    if first.enumerator:
        return "heading" if short and not re.search("[。；：:]", text) and text[-1] not in CLAUSE_ENDS else "paragraph"
    return "heading" if _is_unmarked(block) else "paragraph"


def _is_unmarked(block: TextBlock) -> bool:
    """Say whether a block is short and without punctuation, as titles, headings and signatures are."""
    text = AUTHORISED.sub("", block.text)
    bare = not any(mark in text for mark in SENTENCE_ENDS + CLAUSE_ENDS + "<") and not _BRACKETED.fullmatch(text)
    # The title of a document that issues another has both names.
    issuing = len(block.lines) == 1 and _ISSUING.fullmatch(text)
    return block.first.role == "text" and _width(block) <= (_LONGEST_HEADING if issuing else _LONGEST_UNMARKED) and bare


def _width(block: TextBlock) -> int:
    return sum(line.width for line in block.lines)


def _signing(blocks: Sequence[TextBlock], index: int, signed: int) -> Kind:
    """Return the kind of an unmarked block that may be a signature.

    An agency above the date and authors above the abstract are bylines; other short words right above a date are the
    field of a form. ``signed`` is the index of the first block below that does not sign too.
    """
    text = blocks[index].text
    if index + 1 < len(blocks) and _NAMES.fullmatch(text) and _ABSTRACT.match(blocks[index + 1].text):
        return "byline"
    if signed == len(blocks) or not is_date_line(blocks[signed].text) or blocks[index].first.enumerator:
        return "heading"
    if SIGNATURE.fullmatch(text):
        return "byline"
    return "paragraph" if signed == index + 1 and len(text) <= _LONGEST_FIELD else "heading"


def _signed(blocks: Sequence[TextBlock], found: Sequence[Kind]) -> list[int]:
    """Return for each block, and the end, the index of the first from there that is no signature and no furniture."""
    ends = [len(blocks)] * (len(blocks) + 1)
    for index in range(len(blocks) - 1, -1, -1):
        passed = found[index] == "furniture" or _signs(blocks[index], found[index])
        ends[index] = ends[index + 1] if passed else index
    return ends


def _signs(block: TextBlock, kind: Kind) -> bool:
    return bool(SEALED_FOR.fullmatch(block.text) or (kind == "heading" and SIGNATURE.fullmatch(block.text)))


def _title(blocks: Sequence[TextBlock], found: Sequence[Kind]) -> tuple[int, ...]:
    """Return the indices of the blocks of the document's title.

    It is, in this order: what the format marks as title; the title of a report; an unmarked block above the abstract;
    the first unmarked block before the text that names a genre of official writing; the first Markdown heading; the
    first unmarked block that begins the text or stands apart.
    """
    stated = {i for i, block in enumerate(blocks) if is_source(block.text) or _BREADCRUMBS.fullmatch(block.text)}
    labels = [
        i for i, kind in enumerate(found) if kind == "heading" and not blocks[i].first.enumerator and i not in stated
    ]
    body = next((i for i, kind in enumerate(found) if kind == "paragraph" and i not in stated), len(blocks))
    if marked := _marked_title(blocks):
        return (*marked, *_subtitle(blocks, found, marked.stop))
    if given := _report_title(blocks[:_LONGEST_FRONT]):
        return given
    abstract = next((i for i, block in enumerate(blocks) if _ABSTRACT.match(block.text)), 0)
    before_abstract = [i for i in labels if i < abstract and set(found[i + 1 : abstract]) <= {"byline"}]
    official = [i for i in labels if i < body and _OFFICIAL_TITLE.fullmatch(blocks[i].text)]
    first = next((i for i, kind in enumerate(found) if kind != "furniture"), 0)
    headings = [i for i in labels if blocks[i].first.level]
    spoken = next((i for i, block in enumerate(blocks) if is_salutation(block.text)), len(blocks))
    apart = [i for i in labels if i < spoken and (i == first or all(block.first.gap for block in blocks[i : i + 2]))]
    listing = _with_commas(blocks, body)
    official = official[:1] and [_title_start(blocks, found, official[0]), *official]
    for candidates in (before_abstract, _numbered(blocks, official), official, listing, headings, apart):
        if candidates:
            return tuple(range(candidates[0], _title_end(blocks, found, candidates[0])))
    return ()


def _numbered(blocks: Sequence[TextBlock], official: Sequence[int]) -> list[int]:
    """Return those of some titles that name their subject (关于…) and stand right above a document number, if a site
    has set another above: a shorter one, or that of what is issued."""
    if not official or blocks[official[0]].first.level:
        return []
    shown = blocks[official[0]].text
    above_number = [i for i in official if i + 1 < len(blocks) and is_number_line(blocks[i + 1].text)]
    return [i for i in above_number if _SUBJECT.search(blocks[i].text) and blocks[i].text not in shown]


def _title_start(blocks: Sequence[TextBlock], found: Sequence[Kind], official: int) -> int:
    """Return the index of the block that a title begins with: the subject (关于…) may stand in the block above."""
    above = official - 1
    if above < 0 or found[above] != "heading" or blocks[above].first.level or blocks[official].first.level:
        return official
    begun = "关于" in blocks[above].text and not _OFFICIAL_TITLE.fullmatch(blocks[above].text)
    return above if begun and not _SUBJECT.search(blocks[official].text) else official


def _with_commas(blocks: Sequence[TextBlock], body: int) -> list[int]:
    """Return the index of the first block that is no heading if it is a title with commas in it: it names a subject
    (关于…) and a genre, and stands above a number, an enactment note or those addressed."""
    if body + 1 >= len(blocks) or blocks[body].first.enumerator or not _LISTED.fullmatch(blocks[body].text):
        return []
    below = blocks[body + 1].text
    return [body] if is_number_line(below) or is_enactment_note(below) or below.endswith(("：", ":")) else []


def _marked_title(blocks: Sequence[TextBlock]) -> range:
    """Return the indices of the first consecutive blocks that the format marks as title."""
    start = next((i for i, block in enumerate(blocks) if block.first.role == "title"), len(blocks))
    stop = start
    while stop < len(blocks) and blocks[stop].first.role == "title":
        if stop > start and _is_section_of(blocks[stop], blocks[start]):
            break
        stop += 1
    return range(start, stop)


def _is_section_of(block: TextBlock, title: TextBlock) -> bool:
    """Say whether a block below a numbered title is numbered as well: 1 概述, then 1.1 编制背景."""
    return bool(_DECIMAL.match(title.text) and _DECIMAL.match(block.text))


def _subtitle(blocks: Sequence[TextBlock], found: Sequence[Kind], start: int) -> tuple[int, ...]:
    """Return the index of the edition that begins at a block, or of the subtitle behind a dash that begins there or
    below a line that names the source."""
    if start < len(blocks) and EDITION.fullmatch(blocks[start].text):
        return (start,)
    while start < len(blocks) and is_source(blocks[start].text):
        start += 1
    if start == len(blocks) or not blocks[start].text.startswith(_SUBTITLE):
        return ()
    return (start,) if found[start] == "heading" or report_title(blocks[start].text) else ()


def _report_title(blocks: Sequence[TextBlock]) -> tuple[int, ...]:
    """Return the indices of the blocks of a report's title; the day and meeting may be a block of their own, below one
    that names the source."""
    for index, block in enumerate(blocks):
        if not (title := report_title(block.text)):
            continue
        above = index - 1
        while above >= 0 and is_source(blocks[above].text):
            above -= 1
        text = blocks[above].text if above >= 0 else ""
        if text and (title[0] in _DASHES or _OFFICIAL_TITLE.fullmatch(text)) and not ends_sentence(text):
            return (above, index)
        return (index,)
    return ()


def _title_end(blocks: Sequence[TextBlock], found: Sequence[Kind], start: int) -> int:
    """Return the end of a title, which may go on with a subtitle behind a dash, or unmarked in further blocks, and with
    an edition in brackets."""
    end = start + 1
    while end < len(blocks) and end < start + 3 and found[end] == "heading" and not blocks[end].first.enumerator:
        text = blocks[end].text
        unmarked = not blocks[start].first.level and not blocks[end].first.level
        goes_on = unmarked and not _OFFICIAL_TITLE.fullmatch(blocks[start].text) and not is_delivery(text)
        if (not text.startswith(_SUBTITLE) and not goes_on) or _is_section_of(blocks[end], blocks[start]):
            break
        end += 1
    return end + 1 if end < len(blocks) and EDITION.fullmatch(blocks[end].text) else end


def _bylines(blocks: Sequence[TextBlock], found: Sequence[Kind], title: Sequence[int]) -> list[int]:
    """Return the indices of the lines around the title that say who speaks, when and where, and what the source is."""
    if not title:
        return []
    lines = [i for i in range(title[0], title[-1]) if found[i] != "title" and is_source(blocks[i].text)]
    if title[0] and is_source(blocks[title[0] - 1].text):
        lines.append(title[0] - 1)
    below = title[-1] + 1
    while below < len(blocks) and (
        found[below] in ("byline", "furniture")
        or is_enactment_note(blocks[below].text)
        or is_source(blocks[below].text)
        or _ADDRESS.fullmatch(blocks[below].text)
        or is_delivery(blocks[below].text)
        or (found[below] == "heading" and is_speaker_below(blocks[below].text))
    ):
        if found[below] != "furniture" and not is_enactment_note(blocks[below].text):
            lines.append(below)
        below += 1
    return lines
