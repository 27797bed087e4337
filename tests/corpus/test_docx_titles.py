"""Titles of Word files: cover sheets, titles over several lines, and the lines below the title of a report."""

from __future__ import annotations

from pathlib import Path

import pytest
from wordfile import paragraph, word_file
from zhengce.corpus.document import Document
from zhengce.corpus.document_reader import document
from zhengce.corpus.files import Source
from zhengce.corpus.formats.word.reader import extract
from zhengce.corpus.limits import DEFAULT_LIMITS

PATH = Path("文件.docx")
TEXT = paragraph("为做好灌溉工作，现就有关事项通知如下。")
REPORT = "2025年某县政府工作报告"
MEETING = "在某县第十八届人民代表大会第五次会议上"


def read(body: str, styles: str = "") -> Document:
    data = word_file(body, {"styles": ("w:styles", styles)} if styles else None)
    return document(Source("id", PATH), extract(PATH, data, None, DEFAULT_LIMITS))


def large(text: str, size: int = 44, more: str = "", align: str = "center", properties: str = "") -> str:
    looks = f'<w:rPr><w:sz w:val="{size}"/>{more}</w:rPr>'
    return f'<w:p><w:pPr>{properties}<w:jc w:val="{align}"/></w:pPr><w:r>{looks}<w:t>{text}</w:t></w:r><w:r><w:t> </w:t></w:r></w:p>'


def heading(text: str, level: int = 0) -> str:
    return paragraph(text, f'<w:outlineLvl w:val="{level}"/>')


@pytest.mark.parametrize(
    ("body", "title"),
    [
        (large("某县灌溉平台") + large("使用手册", 36) + paragraph("2021年03月"), "某县灌溉平台 使用手册"),
        (large("某县灌溉平台", 30, "<w:b/>"), "某县灌溉平台"),
        (large("某县人民政府关于印发") + large("《灌溉规划》的通知"), "某县人民政府关于印发《灌溉规划》的通知"),
        (
            large("某县人民政府文件", 72) + paragraph("某府〔2021〕3号") + large("关于灌溉工作的意见"),
            "关于灌溉工作的意见",
        ),
        (large("某县水务局", 44) + large("灌溉平台"), "灌溉平台"),
        (large("某县灌溉平台") + paragraph("版本一") + large("建设方案"), "建设方案"),
        (large("2021年03月") + large("（内部）") + large("目录") + large("灌溉平台"), "灌溉平台"),
    ],
)
def test_a_cover_sheet_names_the_title(body: str, title: str) -> None:
    found = read(body + heading("1. 概述") + TEXT + heading("成功——2xx", 1) + TEXT)
    assert found.metadata.title == title
    assert all(passage.text in title or passage.text == title for passage in found.passages if passage.kind == "title")


@pytest.mark.parametrize(
    "body",
    [
        large("某县灌溉平台", 30),
        large("某县灌溉平台", 30, '<w:b w:val="0"/>'),
        large("某县灌溉平台", 44, align="left"),
        large("一、灌溉平台"),
        large("灌溉平台已经建成。"),
        TEXT + large("某县灌溉平台"),
        heading("概述") + large("某县灌溉平台"),
    ],
)
def test_what_is_no_cover_sheet(body: str) -> None:
    lines = extract(PATH, word_file(body + heading("使用手册") + TEXT), None, DEFAULT_LIMITS).lines
    assert "title" not in [line.role for line in lines]


def test_looks_may_come_from_styles() -> None:
    styles = (
        "<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val='40'/></w:rPr></w:rPrDefault></w:docDefaults>"
        '<w:style w:type="paragraph" w:styleId="P"><w:name w:val="封面"/><w:pPr><w:jc w:val="center"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Q"><w:name w:val="正文"/><w:basedOn w:val="P"/>'
        '<w:rPr><w:sz w:val="24"/></w:rPr></w:style>'
    )
    body = paragraph("某县灌溉平台", '<w:pStyle w:val="P"/>') + paragraph("某县水务", '<w:pStyle w:val="Q"/>') + TEXT
    assert [passage.kind for passage in read(body, styles).passages] == ["title", "heading", "paragraph"]


def lines(*texts: str) -> str:
    return "<w:p><w:r>" + "<w:br/>".join(f"<w:t>{text}</w:t>" for text in texts) + "</w:r></w:p>"


@pytest.mark.parametrize(
    ("body", "subtitle"),
    [
        (large(REPORT) + paragraph("来源：某报") + paragraph(f"——2025年1月9日{MEETING}"), f"——2025年1月9日{MEETING}"),
        (large(REPORT) + lines("来源：某报", f"——2025年1月9日{MEETING}", "县长　何某某"), f"——2025年1月9日{MEETING}"),
        (large(REPORT) + lines("来源：某报", f"2025年1月9日{MEETING}", "县长　何某某"), ""),
        (paragraph(REPORT) + lines(f"2025年1月9日{MEETING}", "某县人民政府县长　何某某") + paragraph("来源：某报"), ""),
        (lines(REPORT, f"2025年1月9日{MEETING}", "县长 何某某", "来源：某报"), ""),
        (paragraph("来源：某报") + paragraph(REPORT) + paragraph(f"（2025年1月9日{MEETING}）"), ""),
        (large(REPORT) + paragraph(MEETING) + paragraph("（2025年1月9日）") + paragraph("（来源：某报）"), ""),
    ],
)
def test_the_lines_below_the_title_of_a_report(body: str, subtitle: str) -> None:
    found = read(body + paragraph("各位代表：") + paragraph("现在，我向大会报告工作，请予审议。"))
    assert (found.metadata.title, found.metadata.date, found.metadata.source) == (
        REPORT + subtitle,
        "2025-01-09",
        "某报",
    )
    assert found.metadata.authors == ()
    kinds = {passage.kind for passage in found.passages[:-2]}
    assert kinds == {"title", "byline"}


@pytest.mark.parametrize("number", ["（一）", "1.", "一、"])
def test_a_numbered_heading_is_not_joined_with_the_paragraph_below(number: str) -> None:
    first = f"{number}持续推进灌溉设施的更新改造，努力在节水增效和制度建设的各个方面取得更大的新进展"
    found = read(paragraph(REPORT) + paragraph(first) + paragraph("加快推动各项工程，落实责任。"))
    assert [(passage.kind, passage.text) for passage in found.passages[1:]] == [
        ("heading", first),
        ("paragraph", "加快推动各项工程，落实责任。"),
    ]


def test_a_long_line_without_a_number_is_not_joined_either() -> None:
    first = "持续推进灌溉设施的更新改造，努力在节水增效和制度建设的各个方面取得更大的新进展"
    found = read(paragraph(first) + paragraph("加快推动各项工程，落实责任。"))
    assert [passage.text for passage in found.passages] == [first, "加快推动各项工程，落实责任。"]


def test_a_subtitle_alone_is_no_title() -> None:
    found = read(paragraph("来源：某报") + paragraph(f"——2025年1月9日{MEETING}") + paragraph("各位代表：") + TEXT)
    assert (found.metadata.title, found.metadata.date, found.metadata.source) == ("文件", "2025-01-09", "某报")
