"""Web pages copied from a browser into a text file: the navigation and the labels that stand above their text."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from ..extraction import LineRole, SourceLine
from ..metadata.page_labels import label_lines, stated_metadata
from ..metadata.page_metadata import byline_metadata
from ..notation.document_numbers import without_number
from ..notation.numbering import find_enumerator
from ..structure.lines import GENRES
from ..text.traditional_script import OriginalScript, simplified

_MOST_LINES = 100  # that are not blank, above the text
_LONGEST_LINE = 250  # characters; longer ones are text
_MOST_TITLE_LINES = 4
_MOST_BETWEEN = 3  # lines between a title and the same title again
_SHORTEST_TITLE = 6  # characters
_LONGEST_NUMBER = 20  # characters that a title may have more

_HOME = r"(?:网站|网)?首\s*页"
_PATH = re.compile(
    rf"(?:(?:您?(?:的|现在的|当前的?|所在的?)?位置|当前(?:位置|页面|路径))\s*[：:].*|{_HOME}\s*[>》»›/→＞].*)"
)
_ITEM_WORDS = (
    f"{_HOME}|登录|注册|退出|无障碍(?:浏览|阅读)?|长者(?:模式|专区|版)|适老(?:化|模式|版)|关怀版|微信(?:公众号)?|"
    "(?:官方)?微博|客户端|手机(?:版|端)|移动端|繁体(?:中文|版)?|简体(?:中文|版)?|[蒙藏]文版?|蒙古文版|维吾尔文版|English|RSS|返回(?:顶部|首页|上一页|列表)|"
    "网站(?:地图|导航)|收藏(?:本站|本页)?|设为首页|加入收藏|打印(?:本页)?|关闭(?:窗口|本页)?|分享(?:到)?|智能问答|站内搜索|搜索|"
    "视力保护色|字体|字号|(?:取消)?收藏成功[！!]?|相关办事指南|扫一扫在手机打开当前页"
)
_ITEM = re.compile(rf"(?:{_ITEM_WORDS})(?:\s+(?:{_ITEM_WORDS}))*", re.IGNORECASE)
_SIZES = r"(?:大\s*中\s*小|小\s*中\s*大)"
_NOISE = re.compile(
    r"(?:视力保护色|归档(?:时间|日期)|(?:浏览|阅读|点击|访问)(?:次?数|量|人数)?|热度|下载地址|分享到?|打印)\s*[：:]\s*\S{0,20}(?:\s.*)?"
    rf"|[【\[]?\s*字[体号]\s*(?:大小)?\s*[：:]?\s*[【\[]?\s*(?:{_SIZES}.*)?|[【\[]\s*{_SIZES}\s*[】\]].*|大\s+中\s+小"
)
_OTHER_DAY = re.compile("(?:归档|成文|生成|发文|生效|实施|施行|废止)(?:时间|日期)")  # other than that of publication
_BULLET = re.compile(r"\s*[•·●▪◦*\-–]\s+")
_IN_TEXT = re.compile(r"。|^[^：:]*(?:[、，,]|各位)[^：:]*[：:]$|^目\s*[录次]$")
_TITLE = re.compile(rf"[^。！？；]*(?:{GENRES})[》〉]?(?:[（(][^（）()]*[）)])*")
_IN_FULL = re.compile(r".*(?:全文|原文)如下\s*[：:]")
_SITE = re.compile(r"(?:门户)?网(?:站)?$")
_SHORT_NAMES = ((r"行署$", "行政公署"), (r"(?<!人民)政府(?=$|办公)", "人民政府"))
_NAME = r"[\u4e00-\u9fff]{0,12}?"
_OFFICE = "(?:办公[厅室](?=关于|转发|印发))?"
_YEAR = re.compile(r"[（(]\s*(?:19|20)\d\d\s*年?\s*[）)]$")


class CopiedPage(NamedTuple):
    """The lines of a page with the roles of those above its text, and what it states about the document: in labels
    (``overrides``), and beside the title (``defaults``)."""

    lines: tuple[SourceLine, ...]
    overrides: Mapping[str, str]
    defaults: Mapping[str, str]


class _Line(NamedTuple):
    """A line above the text, in simplified script without the mark of a list; ``position`` is its index in
    the file, ``indent`` in characters."""

    position: int
    text: str
    indent: int
    bullet: bool


def copied_page(lines: Sequence[SourceLine]) -> CopiedPage:
    """Return the lines of a text file; those above its text have roles where they are of a web page.

    Navigation is furniture, and so is a title that stands there once more than in the document; labels with their
    values are rows of a table. Of a text that is no page nothing changes.
    """
    above, stop = _above_text(lines)
    roles: dict[int, LineRole] = dict.fromkeys(_navigation(above), "furniture")
    named = label_lines([(line.position, line.text, line.indent) for line in above if line.position not in roles])
    overrides = stated_metadata(named)
    if overrides:
        roles.update((index, "table") for line in named for index in line.indices)
    title = overrides.get("title", "")
    roles.update(_title_roles([line for line in above if line.position not in roles], title))
    if (announced := _announced_title(lines, stop)) is not None:
        roles[announced] = "title"
    if not roles:
        return CopiedPage(tuple(lines), {}, {})
    if issuers := _in_full(overrides.pop("issuers", ""), [line.text for line in above]):
        overrides["issuers"] = issuers
    beside = [line for line in above if not _OTHER_DAY.match(line.text) and byline_metadata([line.text])]
    defaults = byline_metadata(line.text for line in beside)
    complete = {line.position for line in beside}
    script = OriginalScript("".join(lines[line.position].text for line in above))
    return CopiedPage(
        tuple(
            replace(line, role=roles.get(index, line.role), whole=index in complete) for index, line in enumerate(lines)
        ),
        {name: value if name == "number" else script.restored(value) for name, value in overrides.items()},
        {name: script.restored(value) for name, value in defaults.items()},
    )


def _above_text(lines: Sequence[SourceLine]) -> tuple[list[_Line], int]:
    """Return the lines above the first sentence or salutation of the text, except for blank ones and those that have a
    role, and the index where they end."""
    found: list[_Line] = []
    for index, line in enumerate(lines):
        text = simplified(line.text).strip("\ufeff\u200b \t\u3000\xa0\r").replace("**", "")
        if text.startswith("|") and text.endswith("|"):  # a row of a table in Markdown
            text = text.replace("|", " ").strip()
        if not text or line.role:
            continue
        if len(found) == _MOST_LINES or len(text) > _LONGEST_LINE or _IN_TEXT.search(text) or find_enumerator(text):
            return found, index
        bullet = _BULLET.match(text)
        indent = len(line.text) - len(line.text.lstrip())
        found.append(_Line(index, text[bullet.end() :] if bullet else text, indent, bullet is not None))
    return found, len(lines)


def _navigation(above: Sequence[_Line]) -> Iterator[int]:
    """Yield the indices of the lines of navigation: paths, menus, what a site offers beside the text."""
    for _, lines in itertools.groupby(above, key=lambda line: line.bullet or _is_item(line)):
        run = list(lines)
        # Of a menu some items are known.
        if sum(map(_is_item, run)) * 3 >= len(run):
            yield from (line.position for line in run)
    yield from (line.position for line in above if _PATH.fullmatch(line.text) or _NOISE.fullmatch(line.text))


def _is_item(line: _Line) -> bool:
    return bool(_ITEM.fullmatch(line.text))


def _title_roles(lines: Sequence[_Line], stated: str) -> Iterator[tuple[int, LineRole]]:
    """Yield the index of the title's line, if it is one that the labels state or that stands twice, and those of the
    same title above it."""
    found = _places_of(lines, _bare(stated)) if stated else _repeated(lines)
    for start, stop in found[:-1]:
        yield from ((line.position, "furniture") for line in lines[start:stop])
    # A title on several lines is put together as in other texts.
    if found and found[-1][1] - found[-1][0] == 1:
        yield lines[found[-1][0]].position, "title"


def _repeated(lines: Sequence[_Line]) -> list[tuple[int, int]]:
    """Return where the first title stands that stands twice or more, at most a few lines apart."""
    for start in range(len(lines)):
        for stop in range(start + 1, min(start + _MOST_TITLE_LINES, len(lines)) + 1):
            text = _bare("".join(line.text for line in lines[start:stop]))
            if len(text) < _SHORTEST_TITLE or not _TITLE.fullmatch(text):
                continue
            places = _places_of(lines, text)
            near = [(start, stop)]
            for place in places:
                if 0 <= place[0] - near[-1][1] <= _MOST_BETWEEN:
                    near.append(place)
            if len(near) > 1:
                return near
    return []


def _places_of(lines: Sequence[_Line], title: str) -> list[tuple[int, int]]:
    """Return where the lines say a title: the first of them, and that behind the last."""
    found: list[tuple[int, int]] = []
    start = 0
    while start < len(lines):
        for stop in range(start + 1, min(start + _MOST_TITLE_LINES, len(lines)) + 1):
            text = "".join(line.text for line in lines[start:stop])
            if _bare(text) == title:
                found.append((start, stop))
                start = stop - 1
                break
            if len(text) > 2 * len(title) + _LONGEST_NUMBER:
                break
        start += 1
    return found


def _bare(title: str) -> str:
    """Return a title without its number, the brackets around all of it, and a year that a site adds."""
    text = without_number("".join(title.split()))
    text = _YEAR.sub("", text)
    return text[1:-1] if text.startswith("《") and text.find("》") == len(text) - 1 else text


def _announced_title(lines: Sequence[SourceLine], stop: int) -> int | None:
    """Return the index of the title that stands below the words of a site: 全文如下：."""
    if stop == len(lines) or not _IN_FULL.fullmatch(simplified(lines[stop].text).strip()):
        return None
    below = next((index for index in range(stop + 1, len(lines)) if lines[index].text.strip()), stop)
    return below if below > stop and _TITLE.fullmatch(simplified(lines[below].text).strip()) else None


def _in_full(issuer: str, lines: Sequence[str]) -> str:
    """Return the full name of a body that a page names in short (自治区人民政府, 地区行署), with which one of the lines
    begins. The site of a body is none."""
    name = _SITE.sub("", issuer)
    for short, full in _SHORT_NAMES:
        name = re.sub(short, full, name)
    pattern = re.compile(_NAME + re.escape(name) + _OFFICE)
    found = max((match[0] for line in lines if (match := pattern.match(line))), key=len, default="") if name else ""
    return found or ("" if _SITE.search(issuer) else issuer)
