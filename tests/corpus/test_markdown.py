from __future__ import annotations

from pathlib import Path

import pytest
from zhengce.corpus.document import Document
from zhengce.corpus.document_reader import read_document
from zhengce.corpus.extraction import SourceLine
from zhengce.corpus.files import Source
from zhengce.corpus.formats.markdown import read_markdown


def read(folder: Path, text: str, name: str = "a.md") -> Document:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read_document(Source("a", path))


def marked(*texts: str) -> list[tuple[str, str | None, int]]:
    lines = read_markdown([SourceLine(number, text) for number, text in enumerate(texts, start=1)])
    return [(line.text, line.role, line.level) for line in lines]


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("见[国发〔2021〕5号](http://a.cn/b.htm)的规定", "见国发〔2021〕5号的规定"),
        ('[甲](b.md)、[乙](<c d.md>)、[丙](e.md "题")', "甲、乙、丙"),
        ("[甲](http://a.cn/b_(c).htm)", "甲"),
        ("![图](a.png)正文", "正文"),
        ("[![图](a.png)](b.md)正文", "[](b.md)正文"),
        (r"\[甲](乙)", r"\[甲](乙)"),
        ("国发[2021]5号（见附件）", "国发[2021]5号（见附件）"),
        ("脚注[^1](第二章)", "脚注^1"),
    ],
)
def test_the_text_of_a_link_stands_in_its_place(written: str, read_as: str) -> None:
    assert marked(written) == [(read_as, None, 0)]


@pytest.mark.parametrize(("underline", "level"), [("====", 1), ("--", 2), ("   -----  ", 2)])
def test_a_line_below_marks_a_heading(underline: str, level: int) -> None:
    assert marked("安河县灌溉条例", underline) == [("安河县灌溉条例", "heading", level), (underline, "furniture", 0)]


@pytest.mark.parametrize(
    "lines",
    [
        ("灌溉应当节约用水。", "-----"),
        ("第一段的一行", "第一段的又一行", "-----"),
        ("", "-----"),
        ("    代码", "-----"),
        ("- 一项", "-----"),
        ("# 标题", "-----"),
        ("| 甲 | 乙 |", "-----"),
        ("字" * 40, "-----"),
        ("安河县灌溉条例", "-"),
        ("安河县灌溉条例", "- 甲"),
    ],
)
def test_a_rule_below_something_else_marks_no_heading(lines: tuple[str, ...]) -> None:
    assert marked(*lines) == [(text, None, 0) for text in lines]


def test_a_law_below_the_path_of_its_page(tmp_path: Path) -> None:
    text = (
        "[安河读本](../a) >> 2018-灌溉\n\n安河县灌溉条例\n--------\n<http://a.cn/b/1.htm>\n来源： 安河网　2018年3月21日\n\n"
        "（2018年3月20日安河县第九届人民代表大会第一次会议通过）\n\n目录\n----\n第一章　总则\n\n"
        "第一条　灌溉应当节约用水。\n"
    )
    document = read(tmp_path, text)
    metadata = document.metadata
    assert (metadata.title, metadata.date, metadata.source) == ("安河县灌溉条例", "2018-03-20", "安河网")
    assert metadata.issuers == ("安河县人民代表大会",)
    assert [each.kind for each in document.passages[:6]] == [
        "heading",
        "title",
        "furniture",
        "byline",
        "byline",
        "paragraph",
    ]


def test_marks_of_markdown_are_text_elsewhere(tmp_path: Path) -> None:
    document = read(tmp_path, "安河县[灌溉](a.md)条例\n------\n第一条　灌溉应当节约用水。\n", "a.txt")
    assert document.passages[0].text == "安河县[灌溉](a.md)条例"
