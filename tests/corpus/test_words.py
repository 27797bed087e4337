from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from zhengce.corpus.document_reader import read_document
from zhengce.corpus.sources import bundled
from zhengce.corpus.text.folding import Folding
from zhengce.corpus.text.simplification import simplified_characters
from zhengce.corpus.text.words import Segmenter, clear_leftovers, policy_words

FOLDING = Folding(simplified_characters())


@pytest.fixture(scope="module")
def segmenter(tmp_path_factory: pytest.TempPathFactory) -> Segmenter:
    return Segmenter(FOLDING, tmp_path_factory.mktemp("cache"))


@pytest.mark.parametrize(
    "word",
    [
        "中欧班列",
        "西部陆海新通道",
        "双城经济圈",
        "自贸试验区",
        "综保区",
        "一带一路",
        "建圈强链",
        "营商环境",
        "多式联运",
    ],
)
def test_the_words_of_the_field_are_cut_whole(segmenter: Segmenter, word: str) -> None:
    assert word in segmenter.cut(f"加快推进{word}建设")


def test_the_dictionary_lists_each_word_once_and_bare() -> None:
    words = policy_words()
    assert len(set(words)) == len(words) > 300
    assert all(word == "".join(word.split()) and len(word) > 1 for word in words)


@given(st.text(max_size=40) | st.text(st.sampled_from("中欧班列成渝 2025年rcep,。(\t-"), max_size=40))
def test_the_words_are_the_text(segmenter: Segmenter, text: str) -> None:
    assert "".join(segmenter.cut(text)) == text


def test_the_bundled_texts_are_cut_as_jieba_cuts_them(segmenter: Segmenter) -> None:
    for source in bundled.catalogued_sources(bundled.FOLDER):
        for passage in read_document(source).passages:
            folded = FOLDING.fold(passage.text)
            assert segmenter.cut(folded) == list(segmenter._jieba.cut(folded))


# Of what jieba cuts together, what it does not, and what is at the edge of either: 鿕 is the last character it knows.
MIXED = st.text(
    st.sampled_from('中欧班列成渝人民政府的了一二三鿕鿖㐀𠀀aZ09+#&._%-=/,。、《》("\t \u3000ｶかカ한é…½㎡😀')
    | st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)
    | st.characters(exclude_categories=["Cs"]),
    max_size=40,
)


@settings(max_examples=500, deadline=None)
@given(texts=st.lists(MIXED, max_size=3))
def test_any_text_is_cut_as_jieba_cuts_it(segmenter: Segmenter, texts: list[str]) -> None:
    """Also the second time, when its runs have been met before."""
    for text in (*texts, *texts):
        folded = FOLDING.fold(text)
        assert segmenter.cut(folded) == list(segmenter._jieba.cut(folded))


def test_longer_words_are_indexed_with_their_parts(segmenter: Segmenter) -> None:
    keywords = segmenter.index_terms(["质量第一", "，", "的"])
    assert {"质量第一", "质量", "第一", "的"} == set(keywords)


def test_the_dictionary_is_compiled_into_the_folder_it_is_told(segmenter: Segmenter, tmp_path: Path) -> None:
    Segmenter(FOLDING, tmp_path, words=())
    assert [path.name for path in tmp_path.iterdir()] == ["jieba.cache"]


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("质量第一", ["质量", "第一"]),
        ("质量", []),
        ("中华人民共和国", ["中华", "华人", "人民", "共和", "共和国"]),
        ("rcep", []),
    ],
)
def test_parts_have_two_to_four_characters(segmenter: Segmenter, word: str, parts: list[str]) -> None:
    assert set(parts) <= set(segmenter.parts(word))
    assert all(2 <= len(part) <= 4 and len(part) < len(word) for part in segmenter.parts(word))
    assert bool(parts) == bool(segmenter.parts(word))


def test_only_what_jieba_leaves_behind_is_cleared(tmp_path: Path) -> None:
    for name in ("tmpab12", "jieba.cache"):
        (tmp_path / name).touch()
    clear_leftovers(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["jieba.cache"]
    clear_leftovers(tmp_path / "nowhere")
