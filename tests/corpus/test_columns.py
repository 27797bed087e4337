"""Lines and columns: which line breaks the width of a column explains, and which end a paragraph."""

from __future__ import annotations

import pytest
from zhengce.corpus.structure.lines import split_lines, text_lines
from zhengce.corpus.structure.paragraphs import text_blocks

FULL = "青山区建设面向全国的物流枢纽和口岸体系推"  # 20 characters, the width of the column
COLUMN = ["青山区建设面向全国的，青山区建设面向全国"] * 4
LAST = "青山区建设面向全。"


def sizes(*lines: str) -> list[int]:
    """Return of how many lines each paragraph is made."""
    return [len(block.lines) for block in text_blocks(text_lines(split_lines("\n".join(lines))))]


def sentence(length: int) -> str:
    return (FULL * 4)[: length - 1] + "。"


def test_a_sentence_that_ends_at_the_edge_may_go_on_in_the_next_line() -> None:
    assert sizes(*COLUMN, sentence(20), FULL, LAST) == [7]


@pytest.mark.parametrize(
    ("following", "paragraphs"),
    [
        # 建 would have found room: the line was ended on purpose.
        ("建设" + FULL[:18], [5, 2]),
        # A character cannot be parted from the marks around it, so these would not.
        ("“建" + FULL[:18], [7]),
        ("建，" + FULL[:18], [7]),
    ],
)
def test_a_line_with_room_for_the_next_word_ends_its_paragraph(following: str, paragraphs: list[int]) -> None:
    assert sizes(*COLUMN, sentence(19), following, LAST) == paragraphs


@pytest.mark.parametrize(("following", "paragraphs"), [(20, [7]), (19, [7]), (18, [5, 2]), (17, [5, 2]), (16, [7])])
def test_a_line_two_characters_short_that_runs_on_has_lost_an_indent(following: int, paragraphs: list[int]) -> None:
    assert sizes(*COLUMN, sentence(20), FULL[:following], LAST) == paragraphs


@pytest.mark.parametrize(("missing", "paragraphs"), [(0, [6]), (1, [6]), (2, [6]), (3, [5, 1]), (4, [5, 1])])
def test_a_clause_goes_on_only_from_a_full_line(missing: int, paragraphs: list[int]) -> None:
    """A full line may lack two characters, since a mark may not begin a line and moves to the next with its word."""
    assert sizes(*COLUMN, FULL[: 19 - missing] + "；", LAST) == paragraphs


@pytest.mark.parametrize(("indent", "paragraphs"), [(0, [6]), (1, [6]), (2, [4, 2]), (3, [4, 2]), (4, [6])])
def test_an_indent_of_two_or_three_characters_begins_a_paragraph(indent: int, paragraphs: list[int]) -> None:
    assert sizes(*COLUMN, "\u3000" * indent + FULL[: 20 - indent], LAST) == paragraphs


@pytest.mark.parametrize(("width", "paragraphs"), [(60, [7]), (61, [5, 2])])
def test_lines_of_more_than_sixty_characters_are_not_wrapped(width: int, paragraphs: list[int]) -> None:
    wide = (FULL * 4)[:width]
    assert sizes(*[wide] * 4, sentence(width), wide, LAST) == paragraphs


def test_one_line_is_no_column() -> None:
    assert sizes(sentence(20), FULL[:18] + "。", LAST) == [1, 1, 1]


@pytest.mark.parametrize(("lines", "paragraphs"), [(8, [8]), (9, [1] * 9)])
def test_more_than_eight_short_lines_are_a_list_rather_than_a_title(lines: int, paragraphs: list[int]) -> None:
    assert sizes(*(f"{county}县物流园区" for county in "甲乙丙丁戊己庚辛壬"[:lines])) == paragraphs


def test_a_title_goes_on_with_a_particle_and_a_number_with_its_article() -> None:
    assert sizes("青山区物流枢纽", "的建设") == [2]
    assert sizes("第三条", "青山区扩大开放。") == [2]


def test_keywords_end_with_a_blank_line() -> None:
    assert sizes("关键词：物流；口岸", "", "枢纽", "", sentence(20)) == [1, 1, 1]


@pytest.mark.parametrize(
    ("note", "size"), [("^{1} 数据来源：统计局", 2), ("[^1]: 数据来源：统计局。", 1), ("① 数据来源：统计局", None)]
)
def test_a_footnote_goes_on_until_its_sentence_ends(note: str, size: int | None) -> None:
    blocks = text_blocks(text_lines(split_lines("\n".join((FULL, note, "继续说明", "", "推动产业发展。")))))
    notes = [len(block.lines) for block in blocks if block.first.role == "footnote"]
    assert notes == ([] if size is None else [size])


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("—22—", "furniture"),
        ("22", "furniture"),
        ("第 3 页 共 9 页", "furniture"),
        ("3/9", "furniture"),
        ("# Page 3:", "furniture"),
        ("<!-- x -->", "furniture"),
        ("———", "furniture"),
        ("22.", "text"),
        ("12345", "text"),
        ("##枢纽", "text"),
        ("## 枢纽 ##", "heading"),
        ("####### 枢纽", "text"),
        ("姓名\t单位", "table"),
        ("| 姓名 | 单位 |", "table"),
        ("|", "text"),
        ("第一条\t为了发展物流，制定本条例。", "text"),
        ("第一条\t姓名\t单位", "table"),
        ("枢纽\t", "text"),
        ("2023年5月6日", "standalone"),
        ("青政发〔2023〕5号", "standalone"),
        ("立 项 编 号 BZ25", "standalone"),
        ("申请单位（盖章）", "standalone"),
        ("是否公开：□", "standalone"),
        ("国务院总理 李克强", "standalone"),
        ("联系人：", "standalone"),
        ("人：", "text"),
        ("²数据来源", "footnote"),
    ],
)
def test_what_a_line_is_by_itself(text: str, role: str) -> None:
    (line,) = text_lines(split_lines(text))
    assert line.role == role


def test_a_caption_stands_apart() -> None:
    assert [line.role for line in text_lines(split_lines("▲口岸\n\n▲口岸"))] == ["text", "caption"]


@pytest.mark.parametrize(("lines", "furniture"), [(38, 40), (39, 0)])
def test_front_matter_is_at_most_forty_lines(lines: int, furniture: int) -> None:
    source = ["---", *["key: 值"] * lines, "---", "正文从这里开始。"]
    roles = [line.role for line in split_lines("\n".join(source))]
    assert roles.count("furniture") == furniture
    assert roles[-1] is None


def test_indents_and_widths_are_in_cells() -> None:
    first, second = text_lines(split_lines("\n\n\u3000 “RCEP”协定\n正文"))
    assert (first.indent, first.width, first.gap, first.number) == (3, 12, 2, 3)
    assert (second.indent, second.width, second.gap, second.number) == (0, 4, 0, 4)
