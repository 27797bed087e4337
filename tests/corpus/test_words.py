from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from zhengce.corpus.folding import Folding
from zhengce.corpus.script import simplified_characters
from zhengce.corpus.words import Segmenter, policy_words

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


def test_longer_words_are_indexed_with_their_parts(segmenter: Segmenter) -> None:
    keywords = segmenter.indexed(["质量第一", "，", "的"])
    assert {"质量第一", "质量", "第一", "的"} == set(keywords)


def test_the_dictionary_is_compiled_into_the_folder_it_is_told(segmenter: Segmenter, tmp_path: Path) -> None:
    Segmenter(FOLDING, tmp_path, words=())
    assert [path.name for path in tmp_path.iterdir()] == ["jieba.cache"]
