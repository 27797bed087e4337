"""Paragraphs and kinds, against gold made by reading the texts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from zhengce.corpus.document_reader import read_document
from zhengce.corpus.files import Source
from zhengce.corpus.model import Passage
from zhengce.corpus.sources.bundled import FOLDER, catalogued_sources
from zhengce.corpus.structure.lines import split_lines, text_lines
from zhengce.corpus.structure.paragraphs import join, text_blocks
from zhengce.corpus.structure.sections import passages

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
    found = passages(text_blocks(text_lines(split_lines("\n".join(raw)))))
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
    return [passage.text for passage in passages(text_blocks(text_lines(split_lines(text))))]


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
    kinds = [passage.kind for passage in passages(text_blocks(text_lines(split_lines(text))))]
    assert "furniture" not in kinds
    assert kinds.count("heading") + kinds.count("title") == 6


def test_a_title_set_over_four_lines_is_one_title() -> None:
    text = "临江市人民政府办公室\n安河县人民政府办公室\n关于印发联手建设\n物流枢纽方案的通知\n\n各部门：\n\n现印发给你们。\n"
    found = passages(text_blocks(text_lines(split_lines(text))))
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


def torn_apart(paragraphs: list[str]) -> str:
    """Set paragraphs in rows of 40 characters, the first ones of 38 without their indent, and break the rows behind
    their marks but for the last ones of paragraphs, as a reader of PDFs does with justified text."""
    lines = []
    for paragraph in paragraphs:
        rows = [paragraph[:38], *(paragraph[start : start + 40] for start in range(38, len(paragraph), 40))]
        for number, row in enumerate(rows):
            torn = number + 1 < len(rows) and number % 3 != 1
            lines += re.findall("[^，。]+[，。]*|[，。]+", row) if torn else [row]
    return "\n".join(lines)


def test_rows_that_were_torn_apart_are_read_as_rows() -> None:
    clauses = "推进流程再造，完善市场主体准入退出。加强部门之间信息共享，逐步实现网上办理。优化口岸通关，压减整体时间，"
    written = [
        f"{number}．提升服务水平。" + (clauses * 3)[number * 4 : 90 + number * 17] + "并持续跟踪问效。"
        for number in range(1, 8)
    ]
    assert paragraphs(torn_apart(written)) == written


def test_short_paragraphs_are_not_taken_for_torn_rows() -> None:
    text = "推进流程再造，\n完善机制。\n\n压减整体时间，优化口岸通关，建立协调机制。\n加强部门之间信息共享，逐步实现网上办理。\n"
    assert paragraphs(text)[-2:] == [
        "压减整体时间，优化口岸通关，建立协调机制。",
        "加强部门之间信息共享，逐步实现网上办理。",
    ]


@pytest.mark.parametrize(
    ("lines", "passages_"),
    [
        (["（此件公开发布）", "青山区物流枢纽建设方案", "为发展物流，制定本方案。"], 3),
        (["11．", "构建和谐劳动关系。"], 1),
        (["22.", "青山区公安局关于印发", "《2023年青山区公安局政务公开工作要点》的通知"], 1),
        (["3. 青山区人民政府办公室关于印发青山区优化", "", "# Page 7:", "营商环境实施方案的通知", "", "各部门："], 3),
        (["特此通知。", "青山区司法局", "青山区财政局", "2023年5月6日"], 4),
        (["牵头单位：区司法局", "责任单位：区财政局"], 2),
        ([f"{year}年9月18日 《国务院关于修改〈放假办法〉的决定》第一次修订" for year in (1999, 2007, 2013)], 3),
        (["第二章", "总", "则", "第八条 本办法自发布之日起施行。"], 2),
    ],
)
def test_what_stands_by_itself_and_what_does_not(lines: list[str], passages_: int) -> None:
    assert len(paragraphs("\n".join(lines))) == passages_


def test_the_last_words_before_a_list_stay_with_their_sentence() -> None:
    text = (
        "第七条 有下列情形之一，难以履行约定义务的，经营者可以将货物提存；提存的，\n应当及时通知收货人，并按照约定或者法律"
        "规定的期限妥善保管；逾期不领取的可\n以变卖。经营者变卖货物前应当公告，公告期限不少于六十日，并应当载明下列各项\n"
        "具体事项：\n（一）货物名称；\n（二）提存地点。\n"
    )
    assert [text.count("\n") for text in paragraphs(text)] == [0, 0, 0]
    assert paragraphs(text)[0].endswith("并应当载明下列各项具体事项：")


def test_notes_on_enactment_open_no_section(tmp_path: Path) -> None:
    path = tmp_path / "law.md"
    path.write_text(
        "# 临江市物流条例\n\n2001年5月19日 临江市第十二届人民代表大会常务委员会第二十七次会议通过\n\n"
        "2001年6月15日 江东省第九届人民代表大会常务委员会第二十一次会议批准\n\n2001年9月1日 施行\n\n<!-- INFO END -->\n\n"
        "第一条 为了发展物流，制定本条例。\n",
        encoding="utf-8",
    )
    found = read_document(Source("law", path)).passages
    assert [passage.kind for passage in found] == [
        "title",
        "paragraph",
        "paragraph",
        "paragraph",
        "paragraph",
    ]
    assert [passage.section for passage in found] == [(), (), (), (), ("第一条",)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲。\n\n<!-- 注 -->\n\n乙。", ["甲。", "乙。"]),
        ("甲。\n\n<!--\n注一\n\n注二\n-->\n\n乙。", ["甲。", "乙。"]),
        ("甲。\n\n   <!-- 注一\n注二 --> 乙。", ["甲。", "乙。"]),
        ("为做好<!-- 注 -->物流工作，<!-- 注 -->制定本方案。", ["为做好物流工作，制定本方案。"]),
        ("甲。\n\n<!-- 没有结尾", ["甲。", "<!-- 没有结尾"]),
        ("甲 --> 乙 <!-- 丙。\n\n丁。", ["甲 --> 乙 <!-- 丙。", "丁。"]),
        ("甲。\n\n<!-- 一 --><!-- 二\n三 -->\n\n乙。", ["甲。", "乙。"]),
        ("---\nkey: <!-- 值 -->\n---\n\n乙。", ["---", "key: <!-- 值 -->", "---", "乙。"]),
        # Between the pages of a converted file, a comment ends no paragraph, as a page number does not.
        ("各区县要推动物流降本增效，提升服务功能配\n\n<!-- Page 2 -->\n\n套等水平。", None),
    ],
)
def test_comments_are_no_text(text: str, expected: list[str] | None) -> None:
    found = [each.text for each in passages(text_blocks(text_lines(split_lines(text))))]
    assert found == (expected or ["各区县要推动物流降本增效，提升服务功能配套等水平。"])


VOLUME = "".join(
    f"{number}. 青山区人民政府关于印发{name}方案的通知\n青政发〔2023〕{number}号\n各部门：\n现将方案印发给你们，请认真执行。\n"
    f"青山区人民政府\n2023年{number}月6日\n{name}方案\n为做好{name}工作，制定本方案。\n一、总体要求\n"
    "（一）指导思想。坚持以发展为要，服务企业。\n"
    for number, name in enumerate(("物流", "招商", "口岸", "税务", "用工"), start=1)
)


def test_documents_of_a_volume_head_their_own_sections(tmp_path: Path) -> None:
    path = tmp_path / "volume.txt"
    path.write_text(VOLUME, encoding="utf-8")
    document = read_document(Source("volume", path))
    last = document.passages[-1]
    assert last.section == (
        "5. 青山区人民政府关于印发用工方案的通知",
        "用工方案",
        "一、总体要求",
        "（一）指导思想",
    )
    assert (document.metadata.number, document.metadata.date, document.metadata.issuers) == (None, None, ())
