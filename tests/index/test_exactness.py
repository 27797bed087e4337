"""Nothing is missed, nothing is added: the search for strings against a brute-force one."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import pairwise, product
from zlib import crc32

import oracle
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from zhengce.corpus.sources import bundled
from zhengce.corpus.text.encodings import decode
from zhengce.index import Corpus
from zhengce.index.errors import QueryError
from zhengce.index.query.ast import Term
from zhengce.index.query.writer import quote
from zhengce.index.search.deadline import Deadline
from zhengce.index.search.evaluator import Evaluator

pytestmark = pytest.mark.integration

LONGEST = 8

Span = tuple[int, int]


@pytest.fixture(scope="module")
def texts(corpus: Corpus) -> list[str]:
    return [passage.text for document in corpus.documents for passage in corpus.passages(document)]


@pytest.fixture(scope="module")
def evaluator(corpus: Corpus) -> Evaluator:
    (segment,) = corpus._snapshot.segments
    return Evaluator(segment, corpus._snapshot.folding, [range(len(segment))], Deadline())


def strings(text: str) -> dict[str, list[Span]]:
    """Return every string of up to eight folded characters of a text, with all places where it stands in it."""
    items, folded = oracle.fold(text), oracle.folded_text(text)
    # Where a character of the text begins; one that folds to several has one such place.
    inner = {place for place in range(1, len(items)) if items[place][1] == items[place - 1][1]}
    spans: dict[str, list[Span]] = defaultdict(list)
    for start in range(len(items)):
        for end in range(start + 1, min(start + LONGEST, len(items)) + 1):
            if inner.isdisjoint((start, end)):
                spans[folded[start:end]].append((start, end))
    return spans


@pytest.mark.slow
@pytest.mark.timeout(600)  # the longest of all, ten seconds on an idle machine
def test_every_string_of_every_passage(evaluator: Evaluator, texts: list[str]) -> None:
    """Every string of up to eight characters is found at every place where it stands; and in no other passage, which is
    seen of every string of up to three characters and of a fourth of the longer ones."""
    expected: dict[str, dict[int, int]] = defaultdict(dict)
    for ordinal, text in enumerate(texts):
        for string, spans in strings(text).items():
            expected[string][ordinal] = len(spans)
            assert evaluator.spans(Term(string, string), ordinal) == spans, (string, ordinal)
    for string, counts in expected.items():
        if len(string) <= 3 or crc32(string.encode()) % 4 == 0:
            assert evaluator.find(Term(string, string)) == counts, string
    assert len(expected) > 100_000


def test_characters_that_do_not_stand_together_are_not_found_together(evaluator: Evaluator, texts: list[str]) -> None:
    folded = list(map(oracle.folded_text, texts))
    common = [character for character, _ in Counter("".join(folded)).most_common(120)]
    together = {text[start : start + 2] for text in folded for start in range(len(text))}
    absent = {one + other for one, other in product(common, repeat=2)} - together
    assert len(absent) > 5000
    assert not any(evaluator.find(Term(string, string)) for string in absent)


def test_every_string_as_it_is_written_is_found_where_it_is_written(corpus: Corpus, texts: list[str]) -> None:
    """A string copied from a text, spaces and marks included, is found in that passage."""
    folding = corpus._snapshot.folding
    for ordinal, text in enumerate(texts):
        folded = folding.fold(text)
        for start in range(len(text)):
            copied = folding.fold(text[start : start + LONGEST]).strip()
            assert copied in folded, (ordinal, start)


def test_offset_maps(corpus: Corpus, texts: list[str]) -> None:
    for text in texts:
        folded = corpus._snapshot.folding.fold_with_map(text)
        assert list(zip(folded.text, folded.starts, folded.ends, strict=True)) == oracle.fold(text)
        assert corpus._snapshot.folding.fold(text) == folded.text


def test_strings_across_joined_lines_are_found(corpus: Corpus) -> None:
    checked = 0
    for source, document in zip(bundled.catalogued_sources(bundled.FOLDER), corpus.documents, strict=True):
        lines = decode(source.path, source.path.read_bytes()).text.splitlines()
        for passage in corpus.passages(document):
            numbers = [number for first, last in passage.lines for number in range(first, last + 1)]
            for one, other in pairwise(lines[number - 1].strip() for number in numbers):
                across = one[-2:] + other[:2]
                if re.fullmatch("[\u4e00-\u9fff]{4}", across):
                    hits = corpus.search(across, documents=[document.id])
                    assert passage.number in {hit.passage.number for hit in hits}, across
                    checked += 1
    assert checked > 100


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
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


@pytest.mark.parametrize("character", ["的", "人", "。", "(", '"', "2", "a", "-", "龘", "𠀀"])
def test_single_characters_are_found(corpus: Corpus, texts: list[str], character: str) -> None:
    found = [(hit.passage.text, list(hit.spans)) for hit in corpus.search(quote(character))]
    assert found == [(each, spans) for each in texts if (spans := oracle.occurrences(each, character))]
    assert bool(found) == (character not in "龘𠀀")


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
