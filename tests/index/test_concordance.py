from __future__ import annotations

import pytest
from zhengce.index import Corpus
from zhengce.index.search.concordance import Concordance, ContextWidth, collated, read_neighbour, read_sort


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
