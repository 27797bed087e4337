"""Nothing is missed, nothing is added: the search against a brute-force one."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import oracle
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from zhengce.index import BUNDLED, Corpus, open_corpus
from zhengce.index.errors import QueryError
from zhengce.index.generations import current
from zhengce.index.matching import find
from zhengce.index.query import quote
from zhengce.index.store import Store

LONGEST = 8


@pytest.fixture(scope="module")
def store(shared_home: Path) -> Store:
    open_corpus(shared_home)
    found = current(shared_home / BUNDLED)
    assert found
    return Store(*found)


@pytest.fixture(scope="module")
def texts(corpus: Corpus) -> list[str]:
    return [passage.text for document in corpus.documents for passage in corpus.passages(document)]


def test_every_string_of_every_passage(store: Store, texts: list[str]) -> None:
    """Every string of up to eight characters is found at every place where it stands, and nowhere else."""
    expected: dict[str, set[tuple[int, int]]] = defaultdict(set)
    folded = [oracle.folded_text(text) for text in texts]
    for ordinal, text in enumerate(texts):
        origins = [start for _, start, _ in oracle.fold(text)]
        # Where a character of the text begins; one that folds to several has one such place.
        places = {0, len(origins), *(i for i in range(1, len(origins)) if origins[i] != origins[i - 1])}
        for start in sorted(places):
            for end in range(start + 1, min(start + LONGEST, len(origins)) + 1):
                if end in places:
                    expected[folded[ordinal][start:end]].add((ordinal, start))
    starts = [store.start(ordinal) for ordinal in range(len(texts))]
    for term, places in expected.items():
        found = {
            (ordinal, len(store.folded[starts[ordinal] : first].decode()))
            for ordinal, ranges in find(store, term).items()
            for first, _ in ranges
        }
        assert found == places, term
    assert len(expected) > 100_000


def test_every_string_as_it_is_written_is_found_where_it_is_written(store: Store, texts: list[str]) -> None:
    """A string copied from a text, spaces and marks included, is found in that passage."""
    folding = store.folding
    for ordinal, text in enumerate(texts):
        folded = folding.fold(text)
        for start in range(len(text)):
            copied = folding.fold(text[start : start + LONGEST]).strip()
            assert copied in folded, (ordinal, start)


def test_offset_maps(store: Store, texts: list[str]) -> None:
    for text in texts:
        folded = store.folding.fold_with_map(text)
        assert list(zip(folded.text, folded.starts, folded.ends, strict=True)) == oracle.fold(text)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_search_gives_the_spans_of_every_occurrence(corpus: Corpus, texts: list[str], data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(texts))
    start = data.draw(st.integers(0, len(text) - 1))
    term = text[start : start + data.draw(st.integers(1, 12))]
    if not oracle.folded_text(term).strip():
        with pytest.raises(QueryError):
            corpus.search(quote(term))
        return
    found = [(hit.passage.text, list(hit.spans)) for hit in corpus.search(quote(term))]
    assert found == [(each, spans) for each in texts if (spans := oracle.occurrences(each, term))]


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_several_terms_stand_in_the_same_passage(corpus: Corpus, texts: list[str], data: st.DataObject) -> None:
    terms = []
    for _ in range(data.draw(st.integers(2, 3))):
        text = data.draw(st.sampled_from([text for text in texts if len(text) > 3]))
        start = data.draw(st.integers(0, len(text) - 2))
        term = text[start : start + 2]
        if oracle.folded_text(term).strip():
            terms.append(term)
    if not terms:
        return
    found = corpus.search(" ".join(map(quote, terms)), sort="document")
    expected = []
    for each in texts:
        spans = [oracle.occurrences(each, term) for term in {oracle.folded_text(term): term for term in terms}.values()]
        if all(spans):
            expected.append((each, sorted(span for some in spans for span in some)))
    assert [(hit.passage.text, list(hit.spans)) for hit in found] == expected


@pytest.mark.parametrize(
    ("query", "occurrences", "documents"),
    [
        ("中欧班列", 23, 5),
        ("国际班列", 20, 3),
        ("一带一路", 39, 5),
        ("2025年", 5, 3),
        ("2025 年", 5, 3),
        ("２０２５年", 5, 3),
        ("中欧班列（成渝）", 5, 3),
        ("中欧班列(成渝)", 5, 3),
        ("中欧班列【成渝】", 5, 3),
        ("中歐班列〔成渝〕", 5, 3),
        ("补链强链", 4, 2),
        ("補鏈強鏈", 4, 2),
        ("国家综合货运枢纽补链强链项目", 3, 1),
        ("跨境电商", 21, 4),
        ("渝府办发[2022]86号", 1, 1),
        ("RCEP", 6, 2),
        ("rcep", 6, 2),
        ("功能配套", 1, 1),
        ("2013年的", 1, 1),
    ],
)
def test_counts_are_a_readers(corpus: Corpus, query: str, occurrences: int, documents: int) -> None:
    counts = corpus.search(quote(query)).counts
    assert (counts.occurrences, counts.documents) == (occurrences, documents)


def test_nothing_is_found_within_a_character(corpus: Corpus) -> None:
    """… folds to three full stops, none of which stands in the text."""
    assert corpus.search("…").counts.occurrences == 18
    assert corpus.search("……").counts.occurrences == 9
    for hit in corpus.search("."):
        assert {hit.passage.text[start:end] for start, end in hit.spans} <= {".", "．"}


def test_words_end_where_words_end(corpus: Corpus) -> None:
    everywhere, words = corpus.search("人民"), corpus.search("人民", words=True)
    assert 0 < len(words) < len(everywhere)
    for hit in words:
        for start, _ in hit.spans:
            assert not hit.passage.text[start:].startswith("人民政府")
    assert corpus.search("中欧班列", words=True).counts == corpus.search("中欧班列").counts
    assert not corpus.search("民政府", words=True)
