"""Suggestions come in a fixed order, and keywords count words more than their parts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from zhengce.index import Corpus, open_corpus
from zhengce.index.search.suggestions import suggest
from zhengce.index.storage.word_index import Keyword

Put = Callable[[dict[str, str]], Path]


class Words:
    """Words of an index, each with its frequency."""

    def __init__(self, frequencies: dict[str, int]) -> None:
        self.frequencies = frequencies

    def words_with(self, parts: set[str]) -> list[str]:
        return [word for word in self.frequencies if any(part in word for part in parts)]

    def frequency(self, word: str) -> int:
        return self.frequencies[word]


def suggested(corpus: Corpus, frequencies: dict[str, int], text: str, limit: int = 9) -> list[str]:
    return [word for word, _ in suggest(corpus._snapshot, Words(frequencies), text, limit)]  # type: ignore[arg-type]


def test_the_likest_words_come_first_then_the_most_frequent_then_by_their_codes(corpus: Corpus) -> None:
    # 甲乙丙丁 shares all of 甲乙丙, the others two of three characters.
    frequencies = {"甲乙天地玄黄": 99, "甲乙人": 2, "甲乙大": 7, "甲乙丙丁": 1, "甲乙七": 2}
    likest = ["甲乙丙丁", "甲乙大", "甲乙七", "甲乙人", "甲乙天地玄黄"]
    assert suggested(corpus, frequencies, "甲乙丙") == likest
    assert suggested(corpus, dict(reversed(frequencies.items())), "甲乙丙") == likest
    assert suggested(corpus, frequencies, "甲乙丙", 2) == likest[:2]


def test_suggestions_share_two_neighbouring_characters(corpus: Corpus) -> None:
    frequencies = {"甲丙": 1, "乙甲": 1, "丙丁": 1, "甲": 1}
    assert suggested(corpus, frequencies, "甲乙丙丁") == ["丙丁"]
    assert suggested(corpus, frequencies, "甲") == ["甲", "乙甲", "甲丙"]


def test_words_that_no_passage_holds_any_more_are_not_suggested(corpus: Corpus) -> None:
    assert suggested(corpus, {"甲乙": 0, "甲乙丙": 1}, "甲乙") == ["甲乙丙"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("外星中欧班列", ["中欧班列"]),
        ("中欧班列外星", ["中欧班列"]),
        ("中欧班车", ["中欧班"]),
        ("成都龘重庆", ["成都", "重庆"]),
        ("成都龘成都", ["成都"]),
        ("成龘都", []),
        ("龘", []),
    ],
)
def test_the_longest_parts_that_occur_are_told_in_their_order(corpus: Corpus, text: str, parts: list[str]) -> None:
    assert [part for part, _ in corpus.longest_parts(text)] == parts
    assert all(count == len(corpus.search(part)) for part, count in corpus.longest_parts(text))


def test_a_part_of_a_word_counts_half_as_much_as_a_word(corpus: Corpus) -> None:
    whole = corpus._words.rank([Keyword("外资", ())])
    part = corpus._words.rank([Keyword("龘龘", ("外资",))])
    found = whole.ordinals.tolist()
    assert part.ordinals.tolist() == found
    assert len(found) >= 3
    for ordinal in found:
        assert part.score(ordinal) == pytest.approx(whole.score(ordinal) / 2, abs=0.0002)


def test_a_passage_is_complete_where_a_word_or_all_its_parts_stand(own_documents: Put) -> None:
    own_documents({"a": "吸引外资。\n\n吸引人才。\n\n外资企业要吸引人才。\n"})
    corpus = open_corpus()
    ranked = corpus._words.rank([Keyword("吸引外资", ("吸引", "外资"))])
    complete = {corpus._snapshot.passage(each).text for each in ranked.ordinals.tolist() if ranked.is_complete(each)}
    assert complete == {"吸引外资。", "外资企业要吸引人才。"}


def test_keywords_in_equal_passages_come_in_reading_order(own_documents: Put) -> None:
    own_documents({"a": "开行班列。\n\n开行班列。\n\n开行班列。\n", "b": "开行班列。\n"})
    hits = list(open_corpus().search("班列", keywords=True))
    assert [(hit.document.id, hit.passage.number) for hit in hits] == [("a", 1), ("a", 2), ("a", 3), ("b", 1)]
