from __future__ import annotations

import unicodedata

import oracle
import pytest
from hypothesis import given
from hypothesis import strategies as st
from zhengce.corpus.text.folding import Folding, folded_within
from zhengce.corpus.text.graphemes import graphemes, graphemes_after, graphemes_before, is_plain
from zhengce.corpus.text.simplification import simplified_characters

FOLDING = Folding(simplified_characters())

# Dense in what folding is about, which arbitrary Unicode hardly ever hits.
POLICY = st.text(
    st.sampled_from(
        "中欧班列發鏈条2025年 \u3000\t\u200b\ufeff（(〔【)）]“”\"'—-–·•ＡbRCEP,，。①㎡…ß一二八○〇ＯOo0年⻓⺠著衞"
    ),
    max_size=30,
)

ZEROS = st.text(st.sampled_from("一二九〇○OoＯ0οО年甲2A "), max_size=8)


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("2025 年", "2025年"),
        ("２０２５年", "2025年"),
        ("中欧班列（成渝）", "中欧班列(成渝)"),
        ("中欧班列【成渝】", "中欧班列〔成渝〕"),
        ("補鏈強鏈", "补链强链"),
        ("“一带一路”", "「一带一路」"),
        ("西宁—海东", "西宁——海东"),
        ("欧洲 — 中国", "欧洲-中国"),
        ("列夫·托尔斯泰", "列夫•托尔斯泰"),
        ("RCEP, CPTPP", "rcep，cptpp"),
        ("中\u200b欧\u00ad班列", "中欧班列"),
        ("World  Trade", "world trade"),
        ("中\n欧", "中欧"),
        ("葛\U000e0100", "葛"),
        ("ｶﾞ", "ガ"),
        ("e\u0301", "é"),
        ("二○○八年", "二〇〇八年"),
        ("二◯二三年", "二〇二三年"),
        ("二ＯＯ八年", "二〇〇八年"),
        ("二oO八", "二〇〇八"),
        ("二 0 二 三 年", "二〇二三年"),
        ("一九九０年", "一九九〇年"),
        ("二ΟО二三年", "二〇〇二三年"),
        ("⻓效机制", "长效机制"),
        ("严把⼊⻔关，⻅义勇为，为⼈⺠", "严把入门关，见义勇为，为人民"),
        ("⻋⾺⻛⻰", "车马风龙"),
        ("顯著成效", "显着成效"),
        ("一目瞭然", "一目了然"),
        ("衞生", "卫生"),
        ("答覆", "答复"),
        ("藉助", "借助"),
        ("e\u0301班\u200b\u0301列", "é班\u0301列"),
        ("e\u0301班\u200b\u0301\u0302列", "é班\u0301\u0302列"),
    ],
)
def test_what_a_reader_takes_for_the_same_folds_to_the_same(written: str, same: str) -> None:
    assert FOLDING.fold(written) == FOLDING.fold(same) == FOLDING.fold_with_map(written).text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("《方案》", "（方案）"),
        ("WorldTrade", "World Trade"),
        ("2025 6", "20256"),
        ("姓名\t性别", "姓名性别"),
        ("中欧班列", "中欧专列"),
        ("O2O一体化", "〇2〇一体化"),
        ("2020一季度", "202〇一季度"),
        ("一O甲", "一〇甲"),
        ("二零二三年", "二〇二三年"),
    ],
)
def test_what_differs_stays_different(one: str, other: str) -> None:
    assert FOLDING.fold(one) != FOLDING.fold(other)


@given(st.text() | POLICY)
def test_the_fast_way_and_the_way_with_a_map_agree(text: str) -> None:
    assert FOLDING.fold(text) == FOLDING.fold_with_map(text).text


@given(POLICY)
def test_folding_agrees_with_the_oracle(text: str) -> None:
    folded = FOLDING.fold_with_map(text)
    assert list(zip(folded.text, folded.starts, folded.ends, strict=True)) == oracle.fold(text)


@given(ZEROS, ZEROS, ZEROS)
def test_a_string_cut_out_of_a_text_is_known_by_one_of_its_forms(before: str, term: str, after: str) -> None:
    forms = folded_within(FOLDING.fold(term).strip())
    assert set(forms) - {""} == oracle.needles(term)
    if term.strip(" 0oOＯοО"):
        assert any(form in FOLDING.fold(before + term + after) for form in forms)


@pytest.mark.parametrize(
    ("cut", "forms"),
    [
        ("一九八O", ["一九八o", "一九八〇"]),
        ("O八年", ["o八年", "〇八年"]),
        ("OO八0", ["oo八0", "〇〇八0", "oo八〇", "〇〇八〇"]),
        ("O年", ["o年", "〇年"]),
        ("O", ["o"]),
        ("OO一体化O", ["oo一体化o", "〇〇一体化o"]),
        ("O2O", ["o2o"]),
        ("八〇年", ["八〇年"]),
    ],
)
def test_letters_at_the_edge_of_a_string_may_be_zeros(cut: str, forms: list[str]) -> None:
    assert list(folded_within(FOLDING.fold(cut))) == forms


@given(POLICY)
def test_folding_twice_is_folding_once(text: str) -> None:
    once = FOLDING.fold(text)
    assert FOLDING.fold(once) == once


@given(st.text() | POLICY)
def test_the_map_goes_forward_and_stays_within_the_text(text: str) -> None:
    folded = FOLDING.fold_with_map(text)
    assert len(folded.text) == len(folded.starts) == len(folded.ends)
    assert list(folded.starts) == sorted(folded.starts)
    assert list(folded.ends) == sorted(folded.ends)
    assert all(0 <= start < end <= len(text) for start, end in zip(folded.starts, folded.ends, strict=True))


def test_what_a_map_is_needed_for() -> None:
    for text, kept in (
        ("中歐班列（成渝）ABC", True),
        ("2025 年", False),
        ("增长…", False),
        ("e\u0301", False),
        ("㎡", False),
    ):
        assert FOLDING.keeps_offsets(text, FOLDING.fold(text)) is kept
    assert FOLDING.expanding("增长…约㎡，12①") == {"…", "㎡"}


def test_radicals_are_the_ideographs_that_unicode_has_for_them() -> None:
    folds = {chr(code): FOLDING.fold(chr(code)) for code in range(0x2E80, 0x2FE0)}
    kept = {radical for radical, folded in folds.items() if folded == radical}
    assert {unicodedata.name(radical, "") for radical in kept} == {"", "CJK RADICAL REPEAT"}
    # The names of the simplified radicals are those of their Kangxi radicals. Some are the left part of a character.
    parts = {"SILK", "SPEECH", "GOLD", "EAT"}
    for code in range(0x2E80, 0x2EF4):
        name = unicodedata.name(chr(code), "").removeprefix("CJK RADICAL ")
        meaning = name.removeprefix("C-SIMPLIFIED ")
        if meaning != name and meaning not in parts and (kangxi := _kangxi(meaning)):
            assert folds[chr(code)] == FOLDING.fold(kangxi), name


def _kangxi(name: str) -> str | None:
    try:
        return unicodedata.lookup(f"KANGXI RADICAL {name}")
    except KeyError:
        return None


def test_offsets_within_a_character_of_the_text() -> None:
    folded = FOLDING.fold_with_map("增长…约㎡")
    assert (folded.text, folded.inner_offsets()) == ("增长...约m2", [3, 4, 7])
    assert (folded.span(2, 5), folded.span(0, 2), folded.span(5, 7)) == ((2, 3), (0, 2), (3, 5))
    # A base character and its mark are two characters of the text.
    assert FOLDING.fold_with_map("q\u0301").inner_offsets() == []


def test_a_mark_changes_the_offsets_of_its_own_character_only() -> None:
    folded = FOLDING.fold_with_map("中e\u0301班列")
    assert (folded.text, folded.starts, folded.ends) == ("中é班列", (0, 1, 3, 4), (1, 3, 4, 5))


FAMILY = "👨\u200d👩\u200d👧"


@pytest.mark.parametrize(
    ("text", "parts"),
    [("中欧 a。", list("中欧 a。")), (f"中{FAMILY}欧", ["中", FAMILY, "欧"]), ("e\u0301x", ["e\u0301", "x"]), ("", [])],
)
def test_graphemes(text: str, parts: list[str]) -> None:
    assert graphemes(text) == parts
    assert is_plain(text) is (len(parts) == len(text))


def test_graphemes_around_an_offset() -> None:
    text = f"甲{FAMILY}乙丙{FAMILY}丁"
    middle = text.index("丙")
    assert graphemes_before(text, middle, 2) == [FAMILY, "乙"]
    assert graphemes_before(text, middle, 9) == ["甲", FAMILY, "乙"]
    assert graphemes_after(text, middle, 2) == ["丙", FAMILY]
    assert graphemes_after(text, middle, 9) == ["丙", FAMILY, "丁"]
    assert graphemes_before(text, 0, 1) == graphemes_after(text, len(text), 1) == graphemes_after(text, 0, 0) == []
    # However far the offset is from the start, no part of a grapheme passes for one.
    long = FAMILY * 40
    for count in (1, 3, 7):
        assert graphemes_before(long, len(long), count) == graphemes_after(long, 0, count) == [FAMILY] * count


def test_a_grapheme_may_have_eight_code_points() -> None:
    marked = "e" + "\u0301\u0302\u0303\u0304\u0306\u0307\u0308"
    for count in (1, 2):
        assert graphemes_before(marked * 9, 72, count) == graphemes_after(marked * 9, 0, count) == [marked] * count
