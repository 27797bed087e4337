"""Kinds of passages, headers and footers, and section paths, on small texts in the manner of official writing."""

from __future__ import annotations

import pytest
from zhengce.corpus.extraction import SourceLine
from zhengce.corpus.model import Passage
from zhengce.corpus.structure.lines import split_lines, text_lines
from zhengce.corpus.structure.paragraphs import text_blocks
from zhengce.corpus.structure.sections import passages

TEXT = "加强部门之间信息共享，逐步实现网上办理。"


def read(*lines: str) -> tuple[Passage, ...]:
    """Return the passages of a text whose lines stand apart."""
    return passages(text_blocks(text_lines(split_lines("\n\n".join(lines)))))


def kind_within(line: str) -> str:
    """Return the kind of a line between two paragraphs below a title."""
    return read("青山区物流方案", TEXT, line, TEXT)[2].kind


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("图1 物流枢纽布局", "caption"),
        ("表 2-1 主要指标", "caption"),
        ("资料图 青山区口岸", "caption"),
        ("图为青山区口岸", "caption"),
        ("▲青山区口岸", "caption"),
        ("图一带一路", "heading"),
        ("记者 王明", "byline"),
        ("王明 青山区发展改革委主任", "byline"),
        ("王明发展改革委主任", "heading"),
        ("（王明 摄）", "byline"),
        ("制图 李华", "byline"),
        ("1. 记者 王明", "heading"),
        ("青政发〔2023〕5号", "byline"),
        ("立 项 编 号 BZ25", "table"),
        ("附录 A（规范性附录）分类与编码............ 14", "table"),
        ("1 范围 . . . . . . . . 3", "table"),
        ("物流枢纽 14", "heading"),
        ("2001年9月1日 施行", "paragraph"),
        ("（市卫生健康委代章）", "byline"),
        ("【供稿单位：区政研室。】", "byline"),
        ("物流枢纽", "heading"),
        ("物流、枢纽", "paragraph"),
        ("（物流枢纽）", "paragraph"),
        ("一、物流、枢纽", "heading"),
        ("一、物流枢纽：布局", "paragraph"),
        ("一、物流枢纽，", "paragraph"),
        ("建" * 60, "heading"),
        ("建" * 61, "paragraph"),
    ],
)
def test_kinds_of_single_lines(line: str, kind: str) -> None:
    assert kind_within(line) == kind


@pytest.mark.parametrize(("length", "kind"), [(78, "heading"), (79, "paragraph")])
def test_a_numbered_heading_has_at_most_eighty_characters(length: int, kind: str) -> None:
    assert read("青山区物流方案", TEXT, "一、" + "建" * length, "（一）目标", TEXT)[2].kind == kind


def test_authors_above_the_abstract_are_a_byline_below_the_title() -> None:
    assert [each.kind for each in read("青山区物流枢纽研究", "王明 李华", f"摘要：{TEXT}", TEXT)] == [
        "title",
        "byline",
        "paragraph",
        "paragraph",
    ]
    assert kind_within("王明 李华") == "heading"


@pytest.mark.parametrize(
    ("above", "kind"),
    [
        ("青山区人民政府", "byline"),
        ("填表人", "paragraph"),
        ("负责人及意见", "paragraph"),
        ("负责人意见如下", "heading"),
    ],
)
def test_what_stands_above_a_date_signs_or_is_a_field_of_a_form(above: str, kind: str) -> None:
    *_, found, date = read("青山区物流方案", TEXT, above, "2023年5月6日")
    assert (found.kind, date.kind) == (kind, "byline")


def test_a_page_number_does_not_part_a_signature_from_its_date() -> None:
    found = read("青山区物流方案", TEXT, "青山区人民政府", "青山区财政局", "—3—", "2023年5月6日")
    assert [each.kind for each in found[2:]] == ["byline", "byline", "furniture", "byline"]
    assert read("青山区物流方案", TEXT, "青山区人民政府", TEXT)[2].kind == "heading"


def test_a_title_has_at_most_two_subtitles() -> None:
    found = read("物流枢纽建设走笔", "——青山区见闻", "——续篇", "——再续篇", TEXT)
    assert [each.kind for each in found] == ["title", "title", "title", "heading", "paragraph"]


def test_a_marked_title_goes_on_only_behind_a_dash() -> None:
    assert [each.kind for each in read("# 物流枢纽", "——青山区见闻", "目标", TEXT)] == [
        "title",
        "title",
        "heading",
        "paragraph",
    ]


@pytest.mark.parametrize(("above", "kind"), [(7, "title"), (8, "heading")])
def test_the_title_of_a_report_is_among_the_first_eight_blocks(above: int, kind: str) -> None:
    title = "政府工作报告——2020年5月22日在第十三届全国人民代表大会第三次会议上"
    front = [f"{number}月刊" for number in "甲乙丙丁戊己庚辛"[:above]]
    assert read(*front, title, "国务院总理李克强", "各位代表：", TEXT)[above].kind == kind


def test_a_report_title_may_be_two_blocks_and_its_speaker_is_a_byline() -> None:
    found = read("政府工作报告", "——2020年5月22日在第十三届全国人民代表大会第三次会议上", "国务院总理李克强", TEXT)
    assert [each.kind for each in found] == ["title", "title", "byline", "paragraph"]


@pytest.mark.parametrize(
    ("items", "kinds", "section"),
    [
        (["1. 任务清单", "2. 分工表"], ["paragraph", "paragraph"], ()),
        (["1. 任务清单", "3. 分工表"], ["paragraph", "heading"], ("3. 分工表",)),
        (["1. 任务清单", "", "2. 分工表"], ["paragraph", "heading"], ("2. 分工表",)),
        (["1. 任务清单", "2. 分工表见附表。"], ["paragraph", "paragraph"], ()),
    ],
)
def test_a_list_of_attachments_is_no_heading(items: list[str], kinds: list[str], section: tuple[str, ...]) -> None:
    found = read("青山区物流方案的通知", "各部门：", TEXT, "附件：" + "\n".join(items), TEXT)
    assert [each.kind for each in found[3:-1]] == kinds
    assert found[-1].section == section


# Headers and footers


def with_header(header: str) -> list[str]:
    text = "青山区扩大对外开放，建设面向全国的物流枢纽和口岸体系，推"
    return [
        each.kind for each in read(header, text, "—3—", header, "动产业发展。", "另一段从这里开始，说的是别的事情。")
    ]


@pytest.mark.parametrize(
    ("header", "repeated"),
    [
        ("周" * 20, True),
        ("周" * 21, False),
        ("甲刊\n乙刊\n丙刊", True),
        ("甲刊\n乙刊\n丙刊\n丁刊", False),
        ("开放周刊：", False),
        ("开放周刊！", False),
        ("一、开放周刊", False),
    ],
)
def test_headers_are_short_lines_without_marks_or_numbers(header: str, repeated: bool) -> None:
    assert with_header(header).count("furniture") == (3 if repeated else 1)


@pytest.mark.parametrize(
    ("before", "repeated"),
    [
        ("青山区扩大对外开放，建设面向全国的物流枢纽和口岸", True),
        ("青山区扩大对外开放，建设面向全国的物流枢纽和口岸：", False),
        ("青山区扩大对外开放，建设面向全国的物流枢纽和口岸。", False),
        ("青山区扩大对外开放", False),
    ],
)
def test_a_header_is_told_by_the_sentence_that_it_interrupts(before: str, repeated: bool) -> None:
    found = read("开放周刊", TEXT, before, "开放周刊", TEXT)
    assert (found[0].kind == "furniture") == repeated


def test_a_header_of_two_lines_is_told_so_too() -> None:
    before = "青山区扩大对外开放，建设面向全国的物流枢纽和口岸"
    assert read("开放周刊\n青山版", TEXT, before, "开放周刊\n青山版", TEXT)[0].kind == "furniture"
    assert read("开放周刊\n青山版", TEXT, before + "。", "开放周刊\n青山版", TEXT)[0].kind == "title"


def test_nothing_stands_above_a_header_that_begins_the_text() -> None:
    unfinished = "青山区扩大对外开放，建设面向全国的物流枢纽和口岸"
    assert read("开放周刊\n青山版", TEXT, "开放周刊\n青山版", TEXT, unfinished)[0].kind == "title"


def test_a_date_below_is_no_evidence_of_a_header() -> None:
    assert read("开放周刊", "2023年5月6日", TEXT, "开放周刊", TEXT)[0].kind != "furniture"


def test_paragraphs_that_a_format_marks_are_no_headers() -> None:
    texts = ("开放周刊", "青山区扩大对外开放，建设面向全国的物流枢纽和口岸", "开放周刊", TEXT)
    source = [SourceLine(number, text, whole=True) for number, text in enumerate(texts, start=1)]
    assert "furniture" not in {each.kind for each in passages(text_blocks(text_lines(source)))}


def test_a_genre_makes_a_title_only_above_the_text() -> None:
    assert [each.kind for each in read(TEXT, "工作目标", TEXT, "青山区物流条例", TEXT)][1::2] == ["title", "heading"]
    assert [each.kind for each in read("政策速递", "青山区物流条例", TEXT)][:2] == ["heading", "title"]


def test_what_is_repeated_nowhere_but_above_text_is_a_heading() -> None:
    assert "furniture" not in {each.kind for each in read("目标", TEXT, "目标", TEXT)}
    assert read("开放周刊", "目标", TEXT, "开放周刊", TEXT)[0].kind == "furniture"


# Section paths


def sections(*lines: str) -> list[tuple[str, ...]]:
    return [each.section for each in read(*lines)]


def test_numbering_that_restarts_ends_the_heading_above_it() -> None:
    series = ["一、优化服务", TEXT, "二、扩大开放", TEXT, "一、加强领导", TEXT]
    assert sections("青山区物流方案", TEXT, "工作任务", *series) == [
        (),
        (),
        (),
        ("工作任务",),
        ("工作任务", "一、优化服务"),
        ("工作任务",),
        ("工作任务", "二、扩大开放"),
        (),
        ("一、加强领导",),
    ]


def test_numbering_that_restarts_under_a_number_stays_there() -> None:
    found = sections(
        "青山区物流方案", "第一章 总则", "一、目标", TEXT, "第二章 分则", "一、任务", TEXT, "一、保障", TEXT
    )
    assert found[-1] == ("第二章 分则", "一、保障")
    assert found[3] == ("第一章 总则", "一、目标")


def test_an_unmarked_heading_ends_where_a_series_goes_on() -> None:
    assert sections("青山区物流方案", TEXT, "工作任务", TEXT, "二、扩大开放", TEXT)[-1] == ("二、扩大开放",)
    assert sections("青山区物流方案", TEXT, "工作任务", TEXT, "一、扩大开放", TEXT)[-1] == ("工作任务", "一、扩大开放")
    assert sections("青山区物流方案", TEXT, "工作任务", TEXT, "工作保障", TEXT)[-1] == ("工作保障",)


@pytest.mark.parametrize(("length", "headed"), [(32, True), (33, False)])
def test_a_run_in_heading_has_at_most_32_characters_besides_its_number(length: int, headed: bool) -> None:
    heading = "（一）" + "建" * length
    found = sections("青山区物流方案", f"{heading}。{TEXT}", TEXT)
    # A number that heads its own paragraph does not head the next.
    assert found[1:] == ([(heading,), (heading,)] if headed else [("（一）",), ()])


def test_markdown_levels_nest_and_numbers_overrule_them() -> None:
    lines = ["# 青山区物流方案", "## 目标", "### 说明", TEXT, "## 一、任务", TEXT, "### 分工", TEXT, "## 附则", TEXT]
    assert sections(*lines) == [
        (),
        (),
        ("目标",),
        ("目标", "说明"),
        ("目标",),
        ("目标", "一、任务"),
        ("目标", "一、任务"),
        ("目标", "一、任务", "分工"),
        (),
        ("附则",),
    ]
    assert sections("# 方案", "#### 一、任务", "## （一）分工", TEXT)[-1] == ("一、任务", "（一）分工")


def test_source_lines_of_a_passage_are_ranges_without_gaps() -> None:
    found = read("青山区扩大对外开放，建设面向全国的物流枢", "—3—", "纽，带动产业\n发展。")
    assert found[0].lines == ((1, 1), (5, 6))
    assert found[1].lines == ((3, 3),)


def test_entries_of_a_table_of_contents_are_above_nothing() -> None:
    entries = ["附录 A（规范性附录）分类与编码............ 14", "附录 B（资料性附录）结构............ 15"]
    found = read("物流信息编制规范", "目次", *entries, "前言", TEXT, "1 范围", TEXT)
    sections = [passage.section for passage in found if passage.text == TEXT]
    assert all("附录" not in heading for section in sections for heading in section)
