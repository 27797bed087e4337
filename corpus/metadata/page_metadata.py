"""Stated facts: what pages of government sites say of the document on them, in the table above it or in its head."""

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
_OWN = frozenset(("number", "issuers", "index_number"))
"""Facts that tables of other things do not state."""

_LABELLED = re.compile(r"(?P<label>[^：:]{2,12}?)\s*[：:]\s*(?P<value>.*)", re.DOTALL)
_SPACE = re.compile(r"[\s\u3000\xa0]+")
_NOTHING = frozenset(("", "无", "-", "—", "——", "/"))

_LONGEST_LINE = 120  # characters of a line that is no text
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
    """Return the facts in the first of some tables that states any, by the names of fields of
    `zhengce.corpus.model.Metadata`.

    A table is given as its rows, the cells of which are set apart by tabs; a form without columns as its lines.
    """
    for rows in tables:
        facts: dict[str, str] = {}
        for label, value in _pairs(rows):
            if label in _LABELS and value not in _NOTHING:
                facts.setdefault(_LABELS[label], value)
        if len(facts) > 1 and facts.keys() & _OWN:
            return facts
    return {}


def _pairs(rows: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield labels with what is said behind them, be that in the same cell or the next."""
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
    """Return the facts in the line below a title, by the names of fields of `zhengce.corpus.model.Metadata`:
    ``发布时间：2021-03-05 16:20 来源：某某日报``.

    ``lines`` are those of a page from its start; they are looked at as far as the first that is a text.
    """
    facts: dict[str, str] = {}
    for line in takewhile(lambda line: len(line) <= _LONGEST_LINE, lines):
        if (match := _PUBLISHED.search(line)) and (date := find_date(match["published"])):
            facts.setdefault("published", date)
        if match := _SOURCE.search(line):
            facts.setdefault("source", match["source"])
    return facts


def head_metadata(title: str, meta: Mapping[str, str], canonical: str = "") -> dict[str, str]:
    """Return the facts in a page's head: its title, without the name of the site, its ``meta`` elements, given as
    contents by lower-case names, and its address, by preference the ``canonical`` one."""
    facts = {"title": _SITE.sub("", title).strip()}
    for name, key in _META.items():
        if content := meta.get(name, "").strip():
            facts[key] = _SITE.sub("", content) if name == "og:title" else content
    facts["published"] = find_date(facts.get("published", "")) or ""
    facts["url"] = next(filter(is_address, (canonical.strip(), facts.get("url", ""))), "")
    return {key: value for key, value in facts.items() if value}


def is_address(text: str) -> bool:
    """Say whether a text is the address of a page, in full; that of a whole site, which careless sites give for
    each of their pages, is none."""
    return bool(_ADDRESS.fullmatch(text))
