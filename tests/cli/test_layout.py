from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from zhengce.cli.display.layout import NOT_FIRST, NOT_LAST, cells, harmless, wrap
from zhengce.cli.display.snippets import snippets

TEXT = st.text(st.sampled_from("中欧班列，。（）“”、abc DEF 2025年…"), max_size=80)


@pytest.mark.parametrize("text", ["中欧班列", "RCEP", "（2022）", "e\u0301", "“一带一路”", "", "㎡①"])
def test_cells_are_those_of_rich(text: str) -> None:
    assert cells(text) == cell_len(text)


@given(TEXT, st.integers(8, 40))
def test_lines_fit_and_lose_nothing_but_spaces(text: str, width: int) -> None:
    lines = [text[start:end] for start, end in wrap(text, width)]
    assert all(cells(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_marks_do_not_begin_a_line() -> None:
    text = "推动共建一带一路，建设西部陆海新通道；拓展（成渝）班列。" * 3
    for width in range(10, 60):
        assert all(text[start] not in NOT_FIRST for start, _ in wrap(text, width))


def test_opening_marks_do_not_end_a_line() -> None:
    text = "推动共建“一带一路”，建设《西部陆海新通道》；拓展（成渝）班列。" * 3
    for width in range(10, 60):
        assert all(text[end - 1] not in NOT_LAST for _, end in wrap(text, width))


def test_a_line_is_never_less_than_half_full() -> None:
    assert wrap("班班" + "。" * 20, 20) == [(0, 10), (10, 20), (20, 22)]


def test_words_are_kept_whole() -> None:
    assert [*wrap("abc defgh ijk", 9)] == [(0, 9), (10, 13)]


@pytest.mark.parametrize("text", ["\x1b[31mred", "a\x07b", "\x9b31m", "\u202eabc", "\x7f", "a\rb", "\ud800"])
def test_nothing_that_a_terminal_acts_on_is_left(text: str) -> None:
    shown = harmless(text)
    assert len(shown) == len(text)
    assert shown.isprintable() or "�" in shown
    assert not set(shown) & set("\x1b\x07\x9b\u202e\x7f\r\ud800")


@given(TEXT, st.lists(st.tuples(st.integers(0, 79), st.integers(1, 6)), min_size=1, max_size=4), st.integers(1, 30))
def test_snippets_hold_every_match_in_order(text: str, places: list[tuple[int, int]], characters: int) -> None:
    spans = sorted((start, min(start + length, len(text))) for start, length in places if start < len(text))
    stretches = snippets(text, spans, characters)
    assert all(any(start <= first and last <= end for start, end in stretches) for first, last in spans)
    assert all(one[1] < other[0] for one, other in pairwise(stretches))


def test_snippets_begin_and_end_with_clauses() -> None:
    text = "第一句说明背景。第二句很长，其中提到班列，还有别的内容；第三句无关。第四句也无关，而且很长很长很长。"
    first = text.index("班列")
    ((start, end),) = snippets(text, [(first, first + 2)], 10)
    assert text[start:end] == "第二句很长，其中提到班列，还有别的内容；"


def test_snippets_have_so_many_characters_on_either_side() -> None:
    text = "长" * 100 + "班列" + "长" * 100
    assert snippets(text, [(100, 102)], 10) == [(90, 112)]
    assert snippets(text, [(0, 2)], 10) == [(0, 12)]
    assert snippets(text, [(200, 202)], 10) == [(190, 202)]


def test_snippets_end_with_the_last_clause_that_fits() -> None:
    text = "长" * 50 + "，长，班列，长，长" + "长" * 50
    first = text.index("班列")
    ((start, end),) = snippets(text, [(first, first + 2)], 5)
    assert text[start:end] == "长，班列，长，"


def test_a_text_of_three_times_the_characters_is_shown_whole() -> None:
    assert snippets("长" * 30, [(0, 2)], 10) == [(0, 30)]
    assert snippets("长" * 31, [(0, 2)], 10) == [(0, 12)]


def test_a_gap_of_a_few_characters_is_shown() -> None:
    text = "长" * 200
    assert snippets(text, [(50, 52), (78, 80)], 10) == [(40, 90)]
    assert snippets(text, [(50, 52), (79, 81)], 10) == [(40, 62), (69, 91)]


def test_snippets_that_nearly_meet_are_joined() -> None:
    text = "班列" * 60
    near, far = [(50, 52), (66, 68)], [(50, 52), (72, 74)]
    assert len(snippets(text, near, 5)) == 1
    assert len(snippets(text, far, 5)) == 2
