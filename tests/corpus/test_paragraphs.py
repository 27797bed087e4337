"""Paragraphs and kinds, against gold made by reading the texts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from zhengce.corpus.bundled import FOLDER, catalogued_sources
from zhengce.corpus.files import Source
from zhengce.corpus.lines import read_lines, text_pieces
from zhengce.corpus.model import Passage
from zhengce.corpus.paragraphs import blocks, join
from zhengce.corpus.reading import read_document
from zhengce.corpus.sections import passages

GOLD = Path(__file__).parent / "gold"
SAMPLES = Path(__file__).parent / "samples"
SOURCES = {source.id: source for source in catalogued_sources(FOLDER)}


def ranges(passage: Passage) -> str:
    return ",".join(f"{first}-{last}" for first, last in passage.lines)


@pytest.mark.parametrize("name", SOURCES)
def test_every_boundary_and_kind_is_as_a_reader_sees_it(name: str) -> None:
    gold = [tuple(row.split("\t")[:2]) for row in (GOLD / f"{name}.tsv").read_text(encoding="utf-8").splitlines()]
    assert [(ranges(passage), passage.kind) for passage in read_document(SOURCES[name]).passages] == gold


@pytest.mark.parametrize("name", sorted(path.stem for path in SAMPLES.glob("*.txt")))
def test_other_texts_of_these_kinds(name: str) -> None:
    gold = [tuple(row.split("\t")[:2]) for row in (SAMPLES / f"{name}.tsv").read_text(encoding="utf-8").splitlines()]
    found = read_document(Source(name, SAMPLES / f"{name}.txt")).passages
    assert [(ranges(passage), passage.kind) for passage in found] == gold


@pytest.mark.parametrize("name", SOURCES)
def test_the_passages_are_the_source(name: str) -> None:
    """Every line that is not blank belongs to one passage, and nothing but marks of Markdown is left out."""
    lines = SOURCES[name].path.read_text(encoding="utf-8").split("\n")
    used = []
    for passage in read_document(SOURCES[name]).passages:
        numbers = [number for first, last in passage.lines for number in range(first, last + 1)]
        used += numbers
        source = "".join(re.sub(r"^\s*#+\s|\*\*", "", lines[number - 1]) for number in numbers)
        assert "".join(passage.text.split()) == "".join(source.split())
    assert sorted(used) == [number for number, line in enumerate(lines, start=1) if line.strip()]


@given(
    st.lists(
        st.text(st.sampled_from('一二（）()、。，#*| \t　第条1.2年月日^{}—"“”中欧班列关键词：-'), max_size=24),
        max_size=14,
    )
)
def test_nothing_is_lost_whatever_the_text(raw: list[str]) -> None:
    found = passages(blocks(read_lines(text_pieces("\n".join(raw)))))
    numbers = [number for passage in found for first, last in passage.lines for number in range(first, last + 1)]
    assert sorted(numbers) == [number for number, line in enumerate(raw, start=1) if line.strip()]
    kept = "".join("".join(passage.text.split()) for passage in found)
    marks = r"[#*\s]"
    assert sorted(re.sub(marks, "", kept)) == sorted(re.sub(marks, "", "".join(raw)))


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["中欧", "班列"], "中欧班列"),
        (["World", "Trade"], "World Trade"),
        (["RCEP", "成员"], "RCEP成员"),
        (["20", "25年"], "2025年"),
        (["超过", "500强"], "超过500强"),
    ],
)
def test_joining_adds_a_space_between_latin_words_only(lines: list[str], joined: str) -> None:
    assert join(lines) == joined


def paragraphs(text: str) -> list[str]:
    return [passage.text for passage in passages(blocks(read_lines(text_pieces(text))))]


def test_a_page_number_and_a_running_head_do_not_cut_a_paragraph() -> None:
    text = (
        "开放周刊\n\n青山区扩大对外开放，建设面向全国的物流枢\n\n—3—\n\n开放周刊\n\n"
        "纽，带动产业发展。\n\n另一段从这里开始，说的是别的事情。\n"
    )
    assert paragraphs(text) == [
        "开放周刊",
        "青山区扩大对外开放，建设面向全国的物流枢纽，带动产业发展。",
        "—3—",
        "开放周刊",
        "另一段从这里开始，说的是别的事情。",
    ]


def test_headings_may_be_alike() -> None:
    text = (
        "一、工业\n\n工作目标\n\n到2025年，工业增加值翻一番。\n\n保障措施\n\n加强领导，落实责任。\n\n"
        "二、农业\n\n工作目标\n\n到2025年，农业增加值翻一番。\n\n保障措施\n\n加强领导，落实责任。\n"
    )
    kinds = [passage.kind for passage in passages(blocks(read_lines(text_pieces(text))))]
    assert "furniture" not in kinds
    assert kinds.count("heading") + kinds.count("title") == 6


def test_a_title_set_over_four_lines_is_one_title() -> None:
    text = "临江市人民政府办公室\n安河县人民政府办公室\n关于印发联手建设\n物流枢纽方案的通知\n\n各部门：\n\n现印发给你们。\n"
    found = passages(blocks(read_lines(text_pieces(text))))
    assert found[0].kind == "title"
    assert found[0].lines == ((1, 4),)


def test_section_paths(tmp_path: Path) -> None:
    document = read_document(SOURCES["chengyu"])
    by_number = {passage.number: passage.section for passage in document.passages}
    plan = "成渝地区联手打造内陆开放高地方案"
    assert by_number[1] == ()
    assert by_number[15] == (plan,)
    assert by_number[17] == (plan, "二、构建高效能开放大通道", "(四) 共同做强中欧班列（成渝）品牌")
    # A paragraph without a number belongs to the numbered one before it.
    assert by_number[14] == by_number[13] == (plan, "一、总体要求", "(二) 建设目标")


def test_articles_head_their_paragraphs_and_items_only_themselves(tmp_path: Path) -> None:
    path = tmp_path / "law.txt"
    path.write_text(
        "临江市物流条例\n\n第一章 总则\n\n第一条 为了发展物流，制定本条例。\n\n第二条 下列活动适用本条例：\n\n"
        "（一）铁路运输；\n\n（二）公路运输。\n\n前款所称运输，包括联运。\n",
        encoding="utf-8",
    )
    found = read_document(Source("law", path)).passages
    assert [passage.section for passage in found] == [
        (),
        (),
        ("第一章 总则", "第一条"),
        ("第一章 总则", "第二条"),
        ("第一章 总则", "第二条", "（一）"),
        ("第一章 总则", "第二条", "（二）"),
        ("第一章 总则", "第二条"),
    ]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("**2013**年的", "2013年的"),
        ("**第一条** 为了", "第一条 为了"),
        ("***重要***事项", "重要事项"),
        ("电话138****2022，备用139****2023。", "电话138****2022，备用139****2023。"),
        ("姓名：________", "姓名：________"),
        ("长*宽*高", "长*宽*高"),
    ],
)
def test_only_marks_of_emphasis_are_left_out(source: str, text: str) -> None:
    assert paragraphs(source) == [text]
