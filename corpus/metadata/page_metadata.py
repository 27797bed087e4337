"""Metadata that web pages state: in the table above a document, the line below its title, and the HTML head.

The labels are those of Chinese government sites; libraries read general metadata only (Open Graph, Dublin Core).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import takewhile

from ..notation.dates import find_date

_LABELS = {
    "标题": "title",
    "名称": "title",
    "文件名称": "title",
    "信息名称": "title",
    "发文字号": "number",
    "文号": "number",
    "成文日期": "date",
    "发文日期": "date",
    "签署日期": "date",
    "生成日期": "date",
    "发布日期": "published",
    "发布时间": "published",
    "公开日期": "published",
    "发文机关": "issuers",
    "发文单位": "issuers",
    "发文部门": "issuers",
    "发文机构": "issuers",
    "发布机构": "issuers",
    "发布机关": "issuers",
    "制发机关": "issuers",
    "实施日期": "effective",
    "施行日期": "effective",
    "生效日期": "effective",
    "索引号": "index_number",
    "信息索引号": "index_number",
    "时效性": "validity",
    "有效性": "validity",
    "效力状态": "validity",
    "文件状态": "validity",
}
_OTHERS = (
    "主题分类 主题词 废止日期 失效日期 统一编号 体裁分类 组配分类 信息分类 公开方式 公开范围 公开类别 "
    "公开形式 公文种类 服务对象 关键词 内容概述 公开时限 来源 语种 信息来源 信息类别 载体类型 公开程序 "
    "生命周期分类 服务对象分类 信息格式/语种 政策级别 政策主题"
)
_OF_SIGNATURE = frozenset(("成文日期", "发文日期", "签署日期"))
"""Labels of a date that is that of the signature."""
_OTHER_LABELS = frozenset(_OTHERS.split())
_DISTINCTIVE = frozenset(("number", "issuers", "index_number"))
"""Fields that tables of other things do not have."""

_VALIDITY = re.compile(
    r"[\[【（(]?(?:(?:现行|全文|部分|继续|尚未|暂未|即将|宣布|自动)(?:条款)?|已|已经|未|现已)?被?"
    r"(?:有效|生效|施行|失效|无效|废止|修改|修订|修正|停止执行|停止施行)[\]】）)]?"
)
_LABELLED = re.compile(r"(?P<label>[^：:]{2,12}?)\s*[：:]\s*(?P<value>.*)", re.DOTALL)
_SPACE = re.compile(r"[\s\u3000\xa0]+")
EMPTY = frozenset(("", "无", "-", "—", "——", "/"))
"""Values by which a page says that there is none."""

_FIELDS = (
    "浏览|阅读|点击|访问|举报|作者|记者|编辑|责任编辑|责编|审核|发布|发表|时间|日期|字体|字号|打印|分享|关闭|保护视力|"
    "索引号|文号|信息|稿源|来源"
)
"""What the next field of a line below a title may begin with, where nothing stands between."""
_LONGEST_FIELD = 40  # characters
_LONGEST_LINE = 120  # characters; a longer line is text, and the head of the page ends above it
_PUBLISHED = re.compile(r"(?:发布|发文|公开|发表)?(?:时间|日期)\s*[：:]\s*(?P<published>\S{8,12})")
_SOURCE = re.compile(
    rf"(?:(?:信息|文章|稿件|新闻|内容)?来源于?|稿源)\s*[：:]\s*(?P<source>(?![/\\]|[A-Za-z]:)[^\s：:【\[（(|｜丨<]{{2,30}}?)"
    rf"(?=(?:{_FIELDS})\S{{0,4}}[：:]|举报$|[\s【\[（(|｜丨<）)】\]]|$)"
)
_MOMENT = re.compile(
    r"(?P<published>20\d\d[-/.年]\d\d?[-/.月]\d\d?日?)(?P<time>\s*\d\d?:\d\d(?::\d\d)?)?(?=\s|$|[来稿作])"
)

_NEWSPAPER = re.compile(
    r"[（(]?\s*《\s*(?P<source>[^《》\s]{2,12}(?:日报|晚报|时报|周报|报))\s*》\s*[（(]?\s*(?P<published>[\d年月日\s./-]{8,24}?)"
    r"\s*(?:第?\s*[A-Z]?\s*\d{1,3}\s*版)\s*[）)]*"
)
"""The line below a text that a newspaper has printed: 《人民日报》（2018年03月23日 01版）."""

_EIGHT_DIGITS = re.compile(r"^((?:19|20)\d\d)(\d\d)(\d\d)$")

_META = {
    "articletitle": "title",
    "og:title": "title",
    "pubdate": "published",
    "publishdate": "published",
    "article:published_time": "published",
    "contentsource": "source",
    "og:url": "url",
}
_THIS_SITE = re.compile(r"本(?:网站|网|站)(?P<rest>.*)")
"""What a site calls itself as the source of a page, or before the agency that is."""
_ADDRESS = re.compile(r"https?://[^\s/?#]+/\S+", re.IGNORECASE)
_NAME_OF_SITE = (
    r"(?:[^\s，。；：、《》（）_|｜–—-]{0,20}(?:网|网站|门户|日报|晚报|时报|频道|客户端|门户网站\S{0,6})|"
    r"[^\s，。；：、《》（）_|｜–—-]{2,15}(?:人民政府|委员会|厅|局))"
)
_SITE = re.compile(rf"\s*(?:[_|｜]|\s[-–—]\s).*$|\s*(?:(?<![-–—])[-–—]|\s){_NAME_OF_SITE}$", re.DOTALL)
_PARTS = re.compile(r"\s*[_|｜]\s*|\s[-–—]\s")
_SITE_NAME = re.compile(r"(?!.*关于)[^\s，。；：、《》（）]{1,20}(?:网|网站|门户|日报|晚报|时报|频道|客户端)|首页|图集")


def table_metadata(tables: Iterable[Sequence[str]]) -> dict[str, str]:
    """Return what the first table of metadata among some tables states.

    The keys are fields of `zhengce.corpus.model.Metadata`. A table is given as rows with tabs between the cells, or as
    lines ``label：value``.
    """
    for rows in tables:
        found: dict[str, str] = {}
        for label, value in _pairs(rows):
            for name in fields_of_label(label) if value not in EMPTY else ():
                if name != "validity" or is_validity(value):
                    found.setdefault(name, value)
        if len(found) > 1 and found.keys() & _DISTINCTIVE:
            return found
    return {}


def _pairs(rows: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield labels with their values, from the same cell or the next."""
    for row in rows:
        cells = [cell.strip() for cell in row.split("\t")]
        for cell, following in zip(cells, [*cells[1:], ""], strict=True):
            if is_metadata_label(cell):
                yield _bare(cell), "" if is_metadata_label(following) else _SPACE.sub(" ", following)
            elif match := _LABELLED.fullmatch(cell):
                yield _bare(match["label"]), _SPACE.sub(" ", match["value"]).strip()


def is_validity(text: str) -> bool:
    """Say whether a text is what a table says of a document's being in force: ``现行有效``, ``失效``, ``已被修改``."""
    return bool(_VALIDITY.fullmatch(text))


def is_field(text: str) -> bool:
    """Say whether a line is a short field of any name: ``分类：综合政务``."""
    match = _LABELLED.fullmatch(text.strip())
    return bool(match) and len(text) <= _LONGEST_FIELD and not any(mark in text for mark in "。；，")


def has_metadata_label(text: str) -> bool:
    """Say whether a line begins with a label of such a table: ``索引号：…``."""
    return is_metadata_label(text) or bool(
        (match := _LABELLED.fullmatch(text.strip())) and is_metadata_label(match["label"])
    )


def is_metadata_label(text: str) -> bool:
    """Say whether a text is a label of such a table and nothing else: ``索引号：``."""
    return _bare(text) in _LABELS or _bare(text) in _OTHER_LABELS


def label_names() -> tuple[str, ...]:
    """Return the labels of such tables, without spaces."""
    return (*_LABELS, *_OTHER_LABELS)


def fields_of_label(label: str) -> tuple[str, ...]:
    """Return the fields of `zhengce.corpus.model.Metadata` that a label names, none if it is none that is kept. The day
    of the signature is the date as well."""
    bare = _bare(label)
    name = _LABELS.get(bare)
    return () if name is None else (name, "signed") if bare in _OF_SIGNATURE else (name,)


def _bare(text: str) -> str:
    return _SPACE.sub("", text).strip("：:[]【】")


def byline_metadata(lines: Iterable[str]) -> dict[str, str]:
    """Return what the line below a title states: ``发布时间：2021-03-05 16:20 来源：某某日报``.

    ``lines`` are those of a page from its start; the text, which begins with the first long line, is not looked at.
    """
    found: dict[str, str] = {}
    for line in takewhile(lambda line: len(line) <= _LONGEST_LINE, lines):
        # A day alone on its line may be that of a signature.
        moment = _MOMENT.match(line.strip())
        is_byline = moment and (moment["time"] or _SOURCE.search(line))
        match = _PUBLISHED.search(line) or (moment if is_byline else None)
        if match and (date := find_date(match["published"])):
            found.setdefault("published", date)
        if match := _SOURCE.search(line):
            found.setdefault("source", match["source"])
    return found


def newspaper_metadata(line: str) -> dict[str, str]:
    """Return what a line says of the newspaper that has printed the text above it: its name and the day."""
    match = _NEWSPAPER.fullmatch(line.strip())
    written = _SPACE.sub("", match["published"]) if match else ""
    day = find_date(_EIGHT_DIGITS.sub(r"\1-\2-\3", written))
    return {"source": match["source"], "published": day} if match and day else {}


def head_metadata(title: str, meta: Mapping[str, str], canonical: str = "") -> dict[str, str]:
    """Return what the head of an HTML page states: title, date of publication, source and address.

    The title loses the name of the site. ``meta`` gives the contents of the ``meta`` elements by lower-case name; the
    ``canonical`` address is preferred to theirs.
    """
    found = {"title": _SITE.sub("", title).strip()}
    if is_site_name(found["title"]) and len(parts := _PARTS.split(title)) > 1:
        found["title"] = parts[-1].strip()
    for name, key in _META.items():
        if content := meta.get(name, "").strip():
            found[key] = _SITE.sub("", content) if name == "og:title" else content
    found["source"] = named_source(found.get("source", ""), meta.get("sitename", ""))
    found["published"] = find_date(found.get("published", "")) or ""
    found["url"] = next(filter(is_address, (canonical.strip(), found.get("url", ""))), "")
    return {key: value for key, value in found.items() if value}


def named_source(source: str, site: str = "") -> str:
    """Return the source of a page by name: for “this site” the name that the site states of itself, if it does."""
    this = _THIS_SITE.fullmatch(source.strip())
    return (this["rest"].strip() or site.strip()) if this else source


def is_site_name(text: str) -> bool:
    """Say whether a text is what a site calls itself, or one of its labels, rather than a title."""
    return bool(_SITE_NAME.fullmatch(_SPACE.sub("", text)))


def is_address(text: str) -> bool:
    """Say whether a text is the full address of a page. The address of a whole site, which careless sites give for each
    of their pages, is not."""
    return bool(_ADDRESS.fullmatch(text))
