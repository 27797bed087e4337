"""Lines and columns: which line breaks the width of a column explains, and which end a paragraph."""

from __future__ import annotations

import pytest
from zhengce.corpus.structure.columns import PrintedLine, column_edge, printed_lines
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
        ("<!-- x -->", "comment"),
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


def printed(*widths: int, gaps: tuple[int, ...] = ()) -> list[PrintedLine]:
    return [PrintedLine(index, index + 1, width, True, index in gaps) for index, width in enumerate(widths)]


@pytest.mark.parametrize(
    ("widths", "edge"),
    [
        ((40, 40, 40), 40),
        ((44, 42, 40), 40),
        ((45, 42, 40), None),
        ((40, 20, 40, 10, 39), 39),
        ((40, 40), None),
        ((120, 120, 120), 120),
        ((121, 120, 120), None),
    ],
)
def test_a_column_is_three_lines_that_end_near_one_another(widths: tuple[int, ...], edge: int | None) -> None:
    assert column_edge(printed(*widths), 1) == edge


def test_a_column_ends_at_gaps_if_what_is_between_is_long_enough() -> None:
    lines = printed(40, 40, 40, 60, 60, 60, 30, gaps=(3, 6))
    assert [column_edge(lines, index) for index in range(6)] == [40, 40, 40, 60, 60, 60]
    # One line by itself is measured by all that are near.
    assert column_edge(lines, 6) == 60


def test_a_column_is_measured_by_twelve_lines_on_either_side() -> None:
    """A line of another width within reach is seen, and no column."""
    below, above = printed(60, *[40] * 13), printed(*[40] * 13, 60)
    assert (column_edge(below, 12), column_edge(below, 13)) == (None, 40)
    assert (column_edge(above, 1), column_edge(above, 0)) == (None, 40)


def test_a_short_line_is_not_wrapped_however_long_the_next_word() -> None:
    assert sizes(*COLUMN, sentence(15), "Infrastructure" + FULL[:13], LAST) == [5, 2]


def test_each_line_that_signs_above_a_date_is_by_itself() -> None:
    signed = ["青山区财政局", "青山区司法局", "青山区税务局"]
    assert sizes("特此通知。", *signed, "2023年5月6日") == [1] * 5
    assert sizes("特此通知。", *signed, "—3—", "2023年5月6日") == [1] * 6


FULL_LINES = ["推进流程再造完善市场主体准入退出加强部门之间信息共享逐步实现网上办理优化口岸通关"] * 7
TORN = ["推进流程再造，", "完善市场主体准入退出加强部门之间信息共享逐步实现网上办理优化口岸"] * 6


def printed_ends(*lines: str, alone: tuple[int, ...] = ()) -> list[int]:
    return [each.stop for each in printed_lines(text_lines(split_lines("\n".join(lines))), alone)]


def test_the_parts_of_a_torn_line_add_up_to_its_column() -> None:
    assert printed_ends(*TORN, *FULL_LINES) == [2, 4, 6, 8, 10, 12, *range(13, 20)]
    assert printed_ends(*TORN, *FULL_LINES, alone=(2,))[:4] == [2, 3, 4, 6]
    # What stands apart from the line above is not its part, nor what begins with a number.
    assert printed_ends(TORN[0], "", TORN[1], *TORN, *FULL_LINES)[:2] == [1, 2]
    assert printed_ends(TORN[0], "一、" + TORN[1][2:], *TORN, *FULL_LINES)[:2] == [1, 2]


def test_few_tears_are_no_torn_text() -> None:
    assert printed_ends(*TORN[:10], *FULL_LINES)[0] == 2
    assert printed_ends(*TORN[:8], *FULL_LINES)[0] == 1
    # One line in fifty has to be torn.
    assert printed_ends(*TORN[:10], *FULL_LINES * 41)[0] == 2
    assert printed_ends(*TORN[:10], *FULL_LINES * 42)[0] == 1


def test_narrow_columns_are_not_seen_torn() -> None:
    for width, first in ((24, 2), (23, 1)):
        lines = ["推进流程再造，", FULL_LINES[0][: width - 7]] * 6
        assert printed_ends(*lines, *[FULL_LINES[0][:width]] * 7)[0] == first
