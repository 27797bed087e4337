"""Document numbers (发文字号): 渝府办发〔2022〕86号, and those of orders and announcements, as 国令第707号."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from ..model import DocumentNumber, NumberForm
from ..text.traditional_script import simplified
from .numbering import ordinal

_LONGEST_LINE = 120  # characters
_LONGEST_CODE = 8  # characters of an agency code that is printed letter by letter
_FORMS: dict[str, NumberForm] = {"令": "order", "公告": "announcement", "通告": "public notice"}

_OPENING, _CLOSING = r"[〔\[［【（(﹝〈〖{]", r"[〕\]］】）)﹞〉〗}]"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_WORD = r"(?P<word>(?<![命指司法禁政律条号口责])令|公\s*告|通\s*告)"
_SERIAL = r"第?\s*(?P<serial>\d{1,5}|[一二三四五六七八九十百千〇○零]{1,9})\s*号"
_OF_YEAR = rf"{_OPENING}?\s*(?:{_YEAR}\s*(?:年\s*{_CLOSING}?|{_CLOSING})\s*)?{_SERIAL}\s*{_CLOSING}?"

_CODE_AND_YEAR = rf"{_OPENING}\s*{_YEAR}\s*年?\s*{_CLOSING}\s*第?\s*(?P<serial>\d{{1,5}})\s*号"
_CODED = re.compile(rf"(?P<agency>[\u4e00-\u9fff][\u4e00-\u9fff\d（）()]{{0,15}}?)\s*{_CODE_AND_YEAR}")
# On a line of its own, a code may be printed letter by letter, and a name in its place may be longer.
_NAMES = r"(?P<agency>[\u4e00-\u9fff][\u4e00-\u9fff\d（）()、·\s]{0,60}?)\s*"
_CODED_LINE = re.compile(_NAMES + _CODE_AND_YEAR)
_NAMED_LINES = (
    re.compile(rf"{_NAMES}{_WORD}\s*{_OF_YEAR}"),
    re.compile(rf"{_NAMES}{_OF_YEAR}(?P<word>令|公告|通告)"),
)
_NUMBER_BELOW = re.compile(_OF_YEAR)

# A title that runs into the number of its document.
_TITLE_BEFORE = re.compile(
    r".*关于.*(?:意见|通知|办法|规定|决定|方案|细则|批复|函|公告|通报|报告|计划|规划|措施)[》”」]?\s*(?P<code>[\u4e00-\u9fff]{2,10})\s*"
)
_LABEL = re.compile(r"(?:发文字号|文\s*号|文件编号|编\s*号|字\s*号)\s*[：:]\s*")
# What a head has beside the number: a copy number, how secret and how urgent it is, who signs it, the day.
_SIGNER = r"(?:会\s*签\s*人|签\s*发\s*人?|签发人)\s*[：:]"
_DEGREE = r"(?:(?:绝\s*密|机\s*密|秘\s*密)(?:\s*★\s*[^\s★]{1,6}(?:\s*[年月日])?)?|特\s*[急提]|[加平]\s*急|急\s*件)"
_DAY = r"(?:19|20)\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日"
_BEFORE = re.compile(
    rf"^(?:\d{{6}}\s+|{_DAY}\s+|{_DEGREE}\s*(?=\S)|[\u4e00-\u9fff]{{2,30}}文件\s+|{_SIGNER}\s*(?:[\u4e00-\u9fff·]{{2,4}}[\s、]+){{1,4}})+"
)
_BEHIND = re.compile(rf"\s*(?:{_SIGNER}.*|\s+{_DEGREE}|\s+{_DAY})$")
_IN_BRACKETS = re.compile(r"[（(]([^（()）]*(?:[（(][^（()）]*[）)][^（()）]*)*)[）)]")

_AT_START = re.compile(r"(?P<number>[^《》。，]{2,60}?号[）)]?)(?=\s*[（(：:]|\s+\S)")
_BEFORE_TITLE = re.compile(r"(?P<number>[^《》。，]{2,60}?号)(?=《)")
_AT_END = re.compile(
    r"[^（(].*[^》\s]\s*[（(](?P<number>[^（()）《》]{3,60}(?:[（(]\d{4}[）)][^（()）《》]{1,9})?号)[）)]"
)
_ABOUT_ANOTHER = re.compile("转发|贯彻|落实|执行|废止|停止|修改|修订|解读|读懂|学习|答记者|问答|说明")

# What the names of those who issue orders and announcements end in; 院 stands for 国务院, 会 for 委员会.
_BODY = (
    "主席|主席团|军委|委|部|局|署|厅|院|行|会|政府|办公室|办|海关|中心|公司|集团|大学|站|总队|支队|大队|省|市|州|县|区"
)
_ISSUER = re.compile(rf"[\u4e00-\u9fff]{{1,3}}|.*(?:{_BODY})(?:[（(][\u4e00-\u9fff]+[）)])?", re.DOTALL)
_NO_ISSUER = re.compile(r"(?:根据|按照|依照|依据|参照|贯彻|执行|落实|关于|现将|见|和|及|与|本|该|此|原)|.*[的本该此]$")
# The title of a law that runs into the number of the announcement by which it is published.
_LAW_BEFORE = re.compile(r"^.*(?:条例|办法|规定|细则)[（(]?(?=[\u4e00-\u9fff])")
_ENDS_BODY = re.compile(rf"(?:{_BODY})$")

_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789", "\u200b\ufeff")


def find_document_number(text: str) -> DocumentNumber | None:
    """Return the number that a line or a field of metadata is, else the first one with a code and a year in a text.

    A number in traditional script (鄂政發〔2018〕26號) is returned in simplified script.
    """
    text = _in_simplified(text)
    bracketed = _IN_BRACKETS.fullmatch(text.strip())
    if number := _whole_number(bracketed[1] if bracketed else text):
        return number
    match = _CODED.search(_without_label(text))
    return DocumentNumber(match["agency"], int(match["year"]), int(match["serial"])) if match else None


def is_number_line(text: str) -> bool:
    """Say whether a line is nothing but a document number, with what stands beside it in a red head: a label, how
    urgent and how secret the document is, who signs it."""
    return _whole_number(text) is not None


def is_bracketed_number(text: str) -> bool:
    """Say whether a text is nothing but a document number in brackets. Below a title, that is the document's; elsewhere
    it is a citation, of which a line may hold nothing else."""
    match = _IN_BRACKETS.fullmatch(text.strip())
    return match is not None and is_number_line(match[1])


def number_over_lines(lines: Sequence[str]) -> DocumentNumber | None:
    """Return the number of an order or an announcement whose last line has the serial: 国务院令, then 第707号."""
    if len(lines) < 2 or not _NUMBER_BELOW.fullmatch(lines[-1].translate(_DIGITS).strip()):
        return None
    return _whole_number("　".join(lines))


def number_in_title(title: str) -> DocumentNumber | None:
    """Return the number that a title begins with or has in brackets at its end: 关于…的通知（国发〔2023〕5号）.

    A title that is about another document has the number of that one.
    """
    title = _in_simplified(title)
    if (match := _AT_START.match(title)) and (number := _whole_number(match["number"])):
        return number
    match = _AT_END.fullmatch(title)
    return _whole_number(match["number"]) if match and not _ABOUT_ANOTHER.search(title) else None


def without_number(title: str) -> str:
    """Return a title without the number that it begins with or has in brackets at its end."""
    plain = _in_simplified(title)
    if (match := _AT_START.match(plain) or _BEFORE_TITLE.match(plain)) and _whole_number(match["number"]):
        return title[match.end() :].strip(" ：:　")
    match = _AT_END.fullmatch(plain)
    if match and _whole_number(match["number"]) and not _ABOUT_ANOTHER.search(plain):
        return title[: match.start("number") - 1].rstrip()
    return title


def _without_label(text: str) -> str:
    text = text.translate(_DIGITS).strip()
    return _LABEL.sub("", text, count=1) if _LABEL.match(text) else text


def _in_simplified(text: str) -> str:
    return simplified(text) if "號" in text else text


def _whole_number(text: str) -> DocumentNumber | None:
    if len(text) > _LONGEST_LINE or "号" not in (text := _in_simplified(text)):
        return None
    line = _BEHIND.sub("", _BEFORE.sub("", _without_label(text))).strip()
    if (match := _CODED_LINE.fullmatch(line)) and (code := _code(match["agency"])):
        return DocumentNumber(code, int(match["year"]), int(match["serial"]))
    for pattern in _NAMED_LINES:
        if (match := pattern.fullmatch(line)) and (issuer := _issuer(match["agency"])):
            year = int(match["year"]) if match["year"] else None
            serial, numeral = _serial(match["serial"])
            return DocumentNumber(issuer, year, serial, _FORMS["".join(match["word"].split())], numeral)
    return None


def _code(text: str) -> str | None:
    """Return the agency code or name before the year, None where its spaces are not those of letters set apart."""
    if "关于" in text:
        titled = _TITLE_BEFORE.fullmatch(text)
        return titled["code"] if titled else None
    parts = text.split()
    code = "".join(parts)
    if len(parts) == 1 or len(code) <= _LONGEST_CODE or max(map(len, parts)) <= 2:
        return None if code.endswith("文件") else code
    word = next(filter(text.endswith, _FORMS), "")
    issuer = _issuer(text.removesuffix(word)) if word else None
    return f"{issuer}{word}" if issuer else None


def _issuer(text: str) -> str | None:
    """Return the names of the issuers, those of several apart; None if it is no name of a body."""
    parts = text.split()
    name = parts[0]
    for above, part in itertools.pairwise(parts):
        apart = _ENDS_BODY.search(above) and len(above) > 1 and len(part) > 1
        name += ("\u3000" if apart else "") + part
    name = _LAW_BEFORE.sub("", name)
    return name if _ISSUER.fullmatch(name) and not _NO_ISSUER.match(name) else None


def _serial(text: str) -> tuple[int, str]:
    """Return the value of a serial, and its numeral where it is Chinese."""
    if text.isdigit():
        return int(text), ""
    numeral = text.replace("○", "〇")
    positional = "".join(str(ordinal(digit)) for digit in numeral) if len(numeral) > 1 else ""
    return (int(positional) if not re.search("[十百千]", numeral) and positional else ordinal(numeral)), numeral
