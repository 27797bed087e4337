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
    "生成日期": "date",
    "发布日期": "published",
    "发布时间": "published",
    "公开日期": "published",
    "发文机关": "issuers",
    "发文单位": "issuers",
    "发文机构": "issuers",
    "发布机构": "issuers",
    "发布机关": "issuers",
    "制发机关": "issuers",
    "索引号": "index_number",
    "信息索引号": "index_number",
}
_OTHERS = (
    "主题分类 主题词 有效性 废止日期 生效日期 实施日期 体裁分类 组配分类 信息分类 公开方式 公开范围 公开类别 "
    "公开形式 公文种类 服务对象 关键词 内容概述 公开时限 时效性 效力状态 来源 语种 信息来源"
)
_OTHER_LABELS = frozenset(_OTHERS.split())
_DISTINCTIVE = frozenset(("number", "issuers", "index_number"))
"""Fields that tables of other things do not have."""

_LABELLED = re.compile(r"(?P<label>[^：:]{2,12}?)\s*[：:]\s*(?P<value>.*)", re.DOTALL)
_SPACE = re.compile(r"[\s\u3000\xa0]+")
_EMPTY = frozenset(("", "无", "-", "—", "——", "/"))

_LONGEST_LINE = 120  # characters; a longer line is text, and the head of the page ends above it
_PUBLISHED = re.compile(r"(?:发布|发文|公开)?(?:时间|日期)\s*[：:]\s*(?P<published>\S{8,12})")
_SOURCE = re.compile(r"(?:信息|文章|稿件)?来源\s*[：:]\s*(?P<source>[^\s：:【\[（(|]{2,30})")

_META = {
    "articletitle": "title",
    "og:title": "title",
    "pubdate": "published",
    "publishdate": "published",
    "article:published_time": "published",
    "contentsource": "source",
    "og:url": "url",
}
_ADDRESS = re.compile(r"https?://[^\s/?#]+/\S+", re.IGNORECASE)
_SITE = re.compile(r"\s*(?:[_|｜]|\s[-–—]\s).*$", re.DOTALL)


def table_metadata(tables: Iterable[Sequence[str]]) -> dict[str, str]:
    """Return what the first table of metadata among some tables states.

    The keys are fields of `zhengce.corpus.model.Metadata`. A table is given as rows with tabs between the cells, or as
    lines ``label：value``.
    """
    for rows in tables:
        found: dict[str, str] = {}
        for label, value in _pairs(rows):
            if label in _LABELS and value not in _EMPTY:
                found.setdefault(_LABELS[label], value)
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


def has_metadata_label(text: str) -> bool:
    """Say whether a line begins with a label of such a table: ``索引号：…``."""
    return is_metadata_label(text) or bool(
        (match := _LABELLED.fullmatch(text.strip())) and is_metadata_label(match["label"])
    )


def is_metadata_label(text: str) -> bool:
    """Say whether a text is a label of such a table and nothing else: ``索引号：``."""
    return _bare(text) in _LABELS or _bare(text) in _OTHER_LABELS


def _bare(text: str) -> str:
    return _SPACE.sub("", text).strip("：:[]【】")


def byline_metadata(lines: Iterable[str]) -> dict[str, str]:
    """Return what the line below a title states: ``发布时间：2021-03-05 16:20 来源：某某日报``.

    ``lines`` are those of a page from its start; the text, which begins with the first long line, is not looked at.
    """
    found: dict[str, str] = {}
    for line in takewhile(lambda line: len(line) <= _LONGEST_LINE, lines):
        if (match := _PUBLISHED.search(line)) and (date := find_date(match["published"])):
            found.setdefault("published", date)
        if match := _SOURCE.search(line):
            found.setdefault("source", match["source"])
    return found


def head_metadata(title: str, meta: Mapping[str, str], canonical: str = "") -> dict[str, str]:
    """Return what the head of an HTML page states: title, date of publication, source and address.

    The title loses the name of the site. ``meta`` gives the contents of the ``meta`` elements by lower-case name; the
    ``canonical`` address is preferred to theirs.
    """
    found = {"title": _SITE.sub("", title).strip()}
    for name, key in _META.items():
        if content := meta.get(name, "").strip():
            found[key] = _SITE.sub("", content) if name == "og:title" else content
    found["published"] = find_date(found.get("published", "")) or ""
    found["url"] = next(filter(is_address, (canonical.strip(), found.get("url", ""))), "")
    return {key: value for key, value in found.items() if value}


def is_address(text: str) -> bool:
    """Say whether a text is the full address of a page. The address of a whole site, which careless sites give for each
    of their pages, is not."""
    return bool(_ADDRESS.fullmatch(text))
