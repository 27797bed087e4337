"""Lines: what each line of a file is, seen by itself: heading, table row, footnote, caption, page number, form field.

The other modules of the package ask the functions below about the words and marks of single lines.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from ..extraction import LineRole, SourceLine
from ..notation.dates import is_date_line
from ..notation.document_numbers import is_number_line
from ..notation.numbering import Enumerator, find_enumerator
from .comments import without_comments

SENTENCE_ENDS = "。！？!?…"
CLAUSE_ENDS = "，、；：,;:"
INTERRUPTING = frozenset(("furniture", "comment"))
"""Roles of lines that may stand within a paragraph or a signature and do not end it."""
CLOSERS = '”’」』）)】〕》"'
OPENERS = "“‘「『（(【〔《"

# White space around a line, with page breaks, byte order marks and what else str.strip() leaves in place or has not.
_BLANK = (
    "\ufeff\u200b \t\f\v\u00a0\u3000\u2028\u2029\x1c\x1d\x1e\x1f\x85\u1680\u202f\u205f"
    "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
)

_MARKDOWN_HEADING = re.compile(r"(#{1,6})\s+(?P<text>.*?)(?:\s+#+)?$")
# Bold as Markdown has it, but not the asterisks that hide digits (138****2022).
_EMPHASIS = re.compile(r"(?<!\*)(\*\*\*?)(?=[^\s*])([^*]+?)(?<=[^\s*])\1(?!\*)")
_FOOTNOTE = re.compile(r"\^\{[^}]*\}|[⁰¹²³⁴-⁹]+|\[\^[^\]]+\]:")
_PAGE = re.compile(
    r"#*\s*Page\s+\d+\s*:?"
    r"|(?!\d+\.$)[-—–－·.\s]*\d{1,4}[-—–－·.\s]*"  # but 22. is a paragraph's number, torn off it
    r"|第\s*\d+\s*页(\s*[,，/共]\s*共?\s*\d+\s*页)?"
    r"|\d{1,4}\s*/\s*\d{1,4}"
    r"|[-*_=—－─]{3,}",
    re.IGNORECASE,
)
# A label spread over the width of a form's column: 立 项 编 号, 所 在 单 位.
_SPREAD_LABEL = re.compile(r"(?:[\u4e00-\u9fff] ){2,}[\u4e00-\u9fff]\s+\S{2}")
_TICK_BOX = re.compile(r"[□☐☑☒✓√■]\s*$")
_EMPTY_FIELD = re.compile(r"[^。，；]{3,20}(?:[：:]|[（(](?:签字|签章|盖章|公章)[）)][：:]?)")
_CAPTION = re.compile(r"图为|图片来源|资料图|[上下左右]图[为：:]|▲")
_SPEAKER = re.compile(
    r"\S{2,20}(?:总理|省长|主席|市长|区长|县长|州长|主任|书记|委员长|院长|检察长)\s+[\u4e00-\u9fff·]{2,4}"
)
GENRES = (
    "通知|意见|方案|规划|纲要|办法|条例|规定|细则|决定|决议|公告|公报|通告|批复|复函|函|请示|报告|讲话|措施|计划|法|解释|"
    "指南|指引|标准|要点|清单|规则|规程|章程|宣言|白皮书"
)
AGENCY = (
    "政府|办公厅|办公室|委员会|委|厅|局|部|院|署|总局|海关|银行|分行|支行|中心|联合会|协会|学会|研究室|政研室|领导小组|"
    "协调小组|工作组|综合组|联席会议|联防联控机制|指挥部|大会|公司|集团|报社|大学|学院"
)
SIGNATURE = re.compile(rf"[\u4e00-\u9fff\s（）()]+(?:{AGENCY})(?:\s*制)?")
SEALED_FOR = re.compile(r"[（(][^（()）]{3,30}代章[）)]")  # who sealed for the signer, which is no issuer
_ABOUT = re.compile(rf"[^。，；：]*(?:{AGENCY})关于(?:印发)?[^。，；：]*(?<!{')(?<!'.join(GENRES.split('|'))})")
# Where a report was given, as its title says: ——2020年5月22日在第十三届全国人民代表大会第三次会议上
_DAY_AND_MEETING = (
    r"(?=[12１２])[\d\s]{4,8}年[\d\s]{1,5}月[\d\s]{1,5}日[^。，；]{0,20}在[^。，；]*(?:会议|會議|大会|大會)上"
)
_GIVEN = re.compile(rf"[—－―-]{{1,2}}\s*{_DAY_AND_MEETING}")
_DELIVERED = re.compile(
    rf"[（(]?\s*(?:{_DAY_AND_MEETING}|在[^。，；]{{4,40}}(?:会议|大会)上)\s*[）)]?|[（(]\s*\d{{4}}年\d\d?月\d\d?日\s*[）)]"
)
_MOMENT = r"(?:19|20)\d\d[-/.年]\d\d?[-/.月]\d\d?日?(?:\s*\d\d?:\d\d(?::\d\d)?)?"
_SOURCE = re.compile(
    rf"[（(【\[]?(?:{_MOMENT}\s*|浏览字号\s*[：:]\s*大\s*中\s*小\s*)?"
    r"(?:(?:信息|文章|稿件|新闻|内容)?来源于?|稿源|(?:发布|发表|公开|更新)?(?:时间|日期))\s*[：:]\s*[^。；]{2,80}[）)】\]]?"
)
_SPEAKER_BELOW = re.compile(
    r"[\u4e00-\u9fff]{2,20}?(?:总理|省长|主席|市长|区长|县长|州长|主任|部长)\s*[\u4e00-\u9fff]{1,2}\s?[\u4e00-\u9fff]{1,2}|"
    r"(?:总理|省长|主席|市长|区长|县长|州长|主任|书记|院长|检察长)\s+[\u4e00-\u9fff·]{2,4}"
)
_SALUTATION = re.compile(r"各位\S{2,10}[：:！!]")
_DATELINE = re.compile(r"(?:[\u4e00-\u9fff]{1,6}社|本报)[\u4e00-\u9fff]{0,8}\d{1,2}月\d{1,2}日[电讯]")
_BRACKETED = re.compile(r"[（(](?:[^（()）]|[（(][^（()）]*[）)])*[）)]")
_LABELLED = re.compile(r"[\u4e00-\u9fff]{2,6}[：:]\s*\S")
LONGEST_TITLE = 60  # cells, that is 30 characters
_LONGEST_TITLE_LINE = 80  # cells
_KEYWORDS = re.compile(r"(?:【|\[)?(?:关\s*键\s*词|主\s*题\s*词)(?:】|\])?\s*[：:]")


@dataclass(frozen=True, slots=True)
class TextLine:
    """A source line that is not blank, and what is seen of it.

    ``text`` is without Markdown marks and outer white space; ``width`` and ``indent`` are in terminal cells; ``gap``
    counts the blank lines above; ``level`` is the depth of a heading that the format marks, else 0; ``page`` and
    ``whole`` are those of the `SourceLine`.
    """

    number: int
    text: str
    role: LineRole
    width: int
    indent: int
    gap: int
    level: int
    enumerator: Enumerator | None
    page: int | None = None
    whole: bool = False


def split_lines(source: str) -> tuple[SourceLine, ...]:
    """Return the lines of a plain text; those of a YAML front matter are furniture, those of comments are comments."""
    raws = re.split(r"\r\n|\n|\r", source)
    front_matter = _front_matter_end(raws)
    lines = [SourceLine(number, raw, "furniture") for number, raw in enumerate(raws[:front_matter], start=1)]
    for number, (text, comment) in enumerate(without_comments(raws[front_matter:]), start=front_matter + 1):
        lines.append(SourceLine(number, text, "comment" if comment else None))
    return tuple(lines)


def text_lines(source: Iterable[SourceLine]) -> list[TextLine]:
    """Return the lines of a file that are not blank."""
    lines: list[TextLine] = []
    gap = 0
    for line in source:
        if not line.text.strip(_BLANK):
            gap += 1
            continue
        lines.append(_read_paragraph(line) if line.whole else _read_line(line, gap))
        gap = 0
    return lines


def _read_paragraph(source: SourceLine) -> TextLine:
    """Read a complete paragraph, which is apart from others as if blank lines stood around it."""
    text = source.text.strip(_BLANK)
    role = source.role or ("furniture" if _PAGE.fullmatch(text) else "standalone" if _is_standalone(text) else "text")
    if role != "table":
        text = " ".join(part.strip() for part in re.split("[\t\r\n]", text))
    enumerator = find_enumerator(text)
    return TextLine(
        source.number, text, role, typeset_width(text), 0, 1, source.level, enumerator, source.page, whole=True
    )


def _read_line(source: SourceLine, gap: int) -> TextLine:
    raw = source.text
    text = raw.strip(_BLANK)
    indent = typeset_width(raw[: len(raw) - len(raw.lstrip(_BLANK))])
    level = source.level
    role: LineRole = source.role or "text"
    if source.role:
        pass
    elif _PAGE.fullmatch(text):
        role = "furniture"
    elif _is_table_row(raw.lstrip(_BLANK), text):
        role = "table"
    elif match := _MARKDOWN_HEADING.match(text):
        role, level, text = "heading", len(match[1]), match["text"]
    elif _FOOTNOTE.match(text):
        role = "footnote"
    elif gap and _CAPTION.match(text):
        role = "caption"
    text = _EMPHASIS.sub(r"\2", text)
    if role == "text" and _is_standalone(text):
        role = "standalone"
    if role != "table":
        text = text.replace("\t", " ")
    return TextLine(
        source.number, text, role, typeset_width(text), indent, gap, level, find_enumerator(text), source.page
    )


class _Widths(dict[str, int]):
    """The widths of the characters met so far; asking `unicodedata` for each takes five times as long.

    Not `wcwidth`, which measures as terminals draw: quotation marks and dashes take one cell there, two in print.
    """

    def __missing__(self, character: str) -> int:
        width = self[character] = 2 if unicodedata.east_asian_width(character) in "WFA" else 1
        return width


_WIDTHS = _Widths()


def typeset_width(text: str) -> int:
    """Return the width of a text as typeset in Chinese, in half-width cells; quotation marks take two."""
    return sum(map(_WIDTHS.__getitem__, text))


def ends_sentence(text: str) -> bool:
    """Say whether a text ends where a sentence does."""
    bare = text.rstrip(CLOSERS + " ")
    return bool(bare) and bare[-1] in SENTENCE_ENDS


def is_sentence(line: TextLine) -> bool:
    """Say whether a line looks like part of a sentence rather than of a title."""
    return line.width > LONGEST_TITLE or any(mark in line.text for mark in SENTENCE_ENDS + "，；")


def ends_clause(text: str) -> bool:
    """Say whether a text ends in a comma or an opening mark, so that something must follow."""
    return text[-1:] in "，、,—" + OPENERS


def has_open_bracket(text: str) -> bool:
    """Say whether a bracket or title mark is open that was opened after the last sentence end."""
    tail = re.split(f"[{SENTENCE_ENDS}]", text)[-1]
    return any(
        sum(map(tail.count, opening)) > sum(map(tail.count, closing))
        for opening, closing in (("（(", "）)"), ("《", "》"), ("〔", "〕"))
    )


def is_form_row(text: str) -> bool:
    """Say whether a line is a row of a form with a spread label: ``立 项 编 号 BZ25YB087``."""
    return bool(_SPREAD_LABEL.match(text))


def is_speaker(text: str) -> bool:
    """Say whether a line names who gives a report: ``国务院总理 李克强``."""
    return bool(_SPEAKER.fullmatch(text))


def is_speaker_below(text: str) -> bool:
    """Say whether a text right below a report's title names the speaker, even without a space: ``国务院总理李克强``."""
    return bool(_SPEAKER_BELOW.fullmatch(text))


def is_salutation(text: str) -> bool:
    """Say whether a text addresses the audience of a report: ``各位代表：``."""
    return bool(_SALUTATION.fullmatch(text))


def is_bracketed(text: str) -> bool:
    """Say whether a whole line stands in brackets, as the note on a law's adoption does."""
    return bool(_BRACKETED.fullmatch(text))


def is_empty_field(text: str) -> bool:
    """Say whether a line is a few words and a colon: an empty field of a form, or the last words before a list."""
    return bool(_EMPTY_FIELD.fullmatch(text)) and not find_enumerator(text)


def is_cut_title(first: TextLine, text: str) -> bool:
    """Say whether the numbered title of a document breaks off: its subject has begun (关于), and it has not yet named
    one of the genres that titles end in (通知)."""
    return first.enumerator is not None and first.width <= _LONGEST_TITLE_LINE and bool(_ABOUT.fullmatch(text))


def starts_with_label(text: str) -> bool:
    """Say whether a line is a label with a value: ``牵头单位：市发展改革委``."""
    return bool(_LABELLED.match(text))


def report_title(text: str) -> str | None:
    """Return the title of a report, which ends with the day and the meeting at which it was given, or None:
    ``政府工作报告——2020年5月22日在第十三届全国人民代表大会第三次会议上``."""
    match = _GIVEN.search(text)
    return text[: match.end()] if match else None


def is_delivery(text: str) -> bool:
    """Say whether a line below the title of a report says when and where it was given, without the dash of a subtitle:
    ``2025年1月17日在某某省第十四届人民代表大会第三次会议上``."""
    return bool(_DELIVERED.fullmatch(text))


def is_source(text: str) -> bool:
    """Say whether a line near a title names the source of a text, or when it was published: ``来源：某某日报``."""
    return bool(_SOURCE.fullmatch(text))


def is_keywords(text: str) -> bool:
    """Say whether a line gives an article's keywords (关键词：…)."""
    return bool(_KEYWORDS.match(text))


def _is_table_row(raw: str, text: str) -> bool:
    """Say whether a line is a table row: cells between tabs or bars.

    A single tab behind a number (第一条 and a tab) or at the end of a line separates no cells.
    """
    if text.startswith("|") and text.endswith("|") and len(text) > 1:
        return True
    # In the head of a report, tabs may stand for line breaks.
    if "\t" in raw and (_GIVEN.search(text) or _SALUTATION.fullmatch(text.split()[-1])):
        return False
    return raw.count("\t") > 1 or ("\t" in text and not find_enumerator(text))


def _is_standalone(text: str) -> bool:
    return bool(
        is_date_line(text)
        or is_number_line(text)
        or is_form_row(text)
        or is_speaker(text)
        or _DATELINE.fullmatch(text)
        or _TICK_BOX.search(text)
        or is_empty_field(text)
    )


def _front_matter_end(raws: list[str]) -> int:
    """Return the number of the line that closes a YAML front matter, 0 where there is none."""
    if raws[0].strip(_BLANK) != "---":
        return 0
    for number, raw in enumerate(raws[1:40], start=2):
        if raw.strip() == "---":
            return number
    return 0
