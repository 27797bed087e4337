from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from zhengce.index import Corpus, open_corpus
from zhengce.index.search.concordance import (
    Concordance,
    ConcordanceLine,
    ContextWidth,
    collated,
    read_neighbour,
    read_sort,
)

pytestmark = pytest.mark.integration

Put = Callable[[dict[str, str]], Path]


def concordance(corpus: Corpus, query: str, **options: object) -> Concordance:
    return Concordance(corpus.search(query, sort="document"), **options)  # type: ignore[arg-type]


def test_there_is_a_line_for_each_occurrence(corpus: Corpus) -> None:
    hits = corpus.search("成都 | 班列", sort="document").hits()
    expected = [(hit.passage.number, span) for hit in hits for span in hit.spans]
    assert [(line.passage.number, line.span) for line in concordance(corpus, "成都 | 班列").lines()] == expected


@pytest.mark.parametrize("key", ["R1", "R2", "L1", "L2"])
def test_lines_are_sorted_by_the_characters_beside(key: str, corpus: Corpus) -> None:
    lines = list(concordance(corpus, "开放", sort=read_sort(key)).lines())
    number = int(key[1]) - 1
    beside = []
    for line in lines:
        text = "".join((line.right if key[0] == "R" else line.left[::-1]).split())
        beside.append(collated(corpus.search("开放").fold(text[number : number + 1])))
    assert beside == sorted(beside)
    assert len(lines) == len(concordance(corpus, "开放"))


def test_the_first_of_the_sorted_are_the_same(corpus: Corpus) -> None:
    keys = read_sort("date,R1w,L1")
    everything = list(concordance(corpus, "开放", sort=keys).lines())
    assert list(concordance(corpus, "开放", sort=keys).lines(17)) == everything[:17]
    dates = [line.document.metadata.date or "9999" for line in everything]
    assert dates == sorted(dates)


def test_words_are_cut_at_their_boundaries(corpus: Corpus) -> None:
    counts = dict(concordance(corpus, "物流").neighbours(read_neighbour("R1w")))
    assert (counts["枢纽"], counts["基础设施"]) == (11, 2)
    assert sum(counts.values()) == len(concordance(corpus, "物流"))
    for line in concordance(corpus, "物流", width=ContextWidth(2, words=True)).lines():
        edges = {*line.words, *line.span, 0, len(line.passage.text)}
        assert line.context[0] in edges
        assert line.context[1] in edges or line.passage.text[line.context[1]].isspace()


def test_a_sample_is_of_the_lines(corpus: Corpus) -> None:
    everything = list(concordance(corpus, "开放").lines())
    drawn = list(concordance(corpus, "开放", sample=30, seed=3).lines())
    assert len(drawn) == 30
    assert [line for line in everything if line in drawn] == drawn
    assert len(concordance(corpus, "开放", sample=10_000)) == len(everything)


def own(own_documents: Put, query: str, text: str, **options: object) -> list[tuple[str, str, str]]:
    own_documents({"a": text})
    return [(line.left, line.match, line.right) for line in concordance(open_corpus(), query, **options).lines()]


def test_the_context_is_as_wide_as_asked_for(own_documents: Put) -> None:
    own_documents({"a": "甲乙丙班列丁戊己\n"})
    results = open_corpus().search("班列", sort="document")
    widths = (ContextWidth(0), ContextWidth(1), ContextWidth(2), ContextWidth(3), ContextWidth(4), None)
    lines = [line for width in widths for line in Concordance(results, width=width).lines()]
    expected = ["|", "丙|丁", "乙丙|丁戊", *["甲乙丙|丁戊己"] * 3]
    assert [f"{line.left}|{line.right}" for line in lines] == expected


def test_the_context_is_counted_in_graphemes(own_documents: Put) -> None:
    (line,) = own(own_documents, "班列", "甲e\u0301\u0323班列👨‍👩‍👧乙\n", width=ContextWidth(1))
    assert line == ("e\u0301\u0323", "班列", "👨‍👩‍👧")


def test_the_context_is_counted_in_words(own_documents: Put) -> None:
    own_documents({"a": "重庆开行班列国际物流\n"})
    results = open_corpus().search("班列", sort="document")
    widths = [ContextWidth(count, words=True) for count in (0, 1, 2, 9)]
    lines = [line for width in widths for line in Concordance(results, width=width).lines()]
    expected = ["|", "开行|国际", *["重庆开行|国际物流"] * 2]
    assert [f"{line.left}|{line.right}" for line in lines] == expected


def test_a_neighbour_is_the_character_so_many_away(own_documents: Put) -> None:
    own_documents({"a": "甲乙 丙班列，  丁戊\n"})
    (line,) = concordance(open_corpus(), "班列").lines()
    expected = {
        "L1": "丙",
        "L2": "乙",
        "L3": "甲",
        "L4": "",
        "l1": "丙",
        "R1": "，",
        "R2": "丁",
        "R3": "戊",
        "R4": "",
        "r2": "丁",
    }
    assert {written: line.neighbour(read_neighbour(written)) for written in expected} == expected


def test_white_space_is_no_neighbour_however_much_there_is(own_documents: Put) -> None:
    own_documents({"a": "甲 乙 丙 丁 戊 己 庚 辛 壬班列甲 乙 丙 丁 戊 己 庚 辛 壬\n"})
    (line,) = concordance(open_corpus(), "班列").lines()
    assert [line.neighbour(read_neighbour(f"R{number}")) for number in range(1, 10)] == list("甲乙丙丁戊己庚辛壬")
    assert [line.neighbour(read_neighbour(f"L{number}")) for number in range(1, 10)] == list("壬辛庚己戊丁丙乙甲")


def test_a_word_that_an_occurrence_cuts_counts_with_what_is_left_of_it(own_documents: Put) -> None:
    own_documents({"a": "人民政府\n"})
    (line,) = concordance(open_corpus(), "民政", width=ContextWidth(1, words=True)).lines()
    assert (line.left, line.right) == ("人", "府")


def test_undated_documents_come_last_by_date(own_documents: Put) -> None:
    own_documents({"a": "班列一\n", "b": "班列二\n", "c": "班列三\n"})
    corpus = open_corpus()
    dated = {"a": None, "b": "2023-01", "c": "2022"}

    def key(line: ConcordanceLine) -> ConcordanceLine:
        metadata = line.document.metadata._replace(date=dated[line.document.id])
        document = line.document._replace(metadata=metadata)
        return replace(line, document=document)

    lines = concordance(corpus, "班列", sort=read_sort("date"))
    read = lines._read
    object.__setattr__(lines, "_read", lambda chosen, words: map(key, read(chosen, words=words)))
    assert [line.document.id for line in lines.lines()] == ["c", "b", "a"]


def test_lines_alike_stay_in_reading_order_whatever_they_are_sorted_by(own_documents: Put) -> None:
    own_documents({"b": "甲班列丁。甲班列丁。\n\n甲班列丙。\n", "a": "甲班列丁。\n"})
    lines = concordance(open_corpus(), "班列", sort=read_sort("R1,L1")).lines()
    found = [(line.document.id, line.passage.number, line.span[0]) for line in lines]
    assert found == [("b", 2, 1), ("b", 1, 1), ("b", 1, 6), ("a", 1, 1)]


def test_the_position_in_a_document_goes_from_its_first_passage_to_its_last(own_documents: Put) -> None:
    own_documents({"a": "一班列。\n\n二。\n\n三班列。\n", "b": "班列。\n\n二班列。\n"})
    lines = concordance(open_corpus(), "班列", sort=read_sort("position")).lines()
    assert [(line.document.id, line.passage.number) for line in lines] == [("b", 1), ("a", 1), ("b", 2), ("a", 3)]


@pytest.mark.parametrize("written", ["R0", "R10", "X1", "", "R1x", "R"])
def test_what_is_no_neighbour_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="neighbour"):
        read_neighbour(written)


def test_up_to_three_keys_sort(corpus: Corpus) -> None:
    assert len(read_sort("R1,L1w,date")) == 3
    with pytest.raises(ValueError, match="3 keys"):
        read_sort("R1,R2,R3,R4")


def test_a_sample_of_all_lines_is_all_and_another_seed_draws_others(corpus: Corpus) -> None:
    everything = list(concordance(corpus, "开放").lines())
    total = len(everything)
    for size in (total - 1, total, total + 1):
        lines = list(concordance(corpus, "开放", sample=size).lines())
        assert len(lines) == min(size, total)
    draws = [
        tuple(line.span for line in concordance(corpus, "开放", sample=9, seed=seed).lines()) for seed in (1, 1, 2)
    ]
    assert draws[0] == draws[1] != draws[2]
