"""The word index: how words and their parts weigh, and which words are listed."""

from __future__ import annotations

from pathlib import Path

import pytest
from zhengce.index.storage.word_index import Keyword, WordIndex, WordIndexWriter

PASSAGES = (["物流", "枢纽", "的"], ["物流", "成本", "的"], ["班列", "口岸", "的"])


@pytest.fixture
def index(tmp_path: Path) -> WordIndex:
    writer = WordIndexWriter()
    for words in PASSAGES:
        writer.add(words)
    writer.write(tmp_path)
    return WordIndex([tmp_path])


def test_a_part_of_a_word_weighs_half_of_what_a_word_does(index: WordIndex) -> None:
    whole = index.rank([Keyword("物流")])
    part = index.rank([Keyword("物流成本", ("物流", "成本"))])
    assert whole.ordinals.tolist() == part.ordinals.tolist() == [0, 1]
    assert part.score(0) == pytest.approx(whole.score(0) / 2, abs=1e-4)
    assert [part.is_complete(ordinal) for ordinal in (0, 1)] == [False, True]


def test_single_characters_are_not_listed_as_words(index: WordIndex) -> None:
    assert sorted(index.words_with(["的", "物", "岸"])) == ["口岸", "物流"]


def test_passages_of_removed_documents_are_not_counted(tmp_path: Path, index: WordIndex) -> None:
    assert index.frequency("物流") == 2
    assert WordIndex([tmp_path], [range(1, 3)]).frequency("物流") == 1
    assert WordIndex([tmp_path], [range(2, 3)]).frequency("物流") == 2
