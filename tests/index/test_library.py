from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path

import oracle
import pytest
from evaluator import ReferenceEvaluator, documents_of
from zhengce.corpus.errors import DocumentError, UnknownDocumentError
from zhengce.corpus.text import words
from zhengce.corpus.text.folding import Folding
from zhengce.corpus.text.simplification import simplified_characters
from zhengce.corpus.text.words import Segmenter
from zhengce.index import BUNDLED, Corpus, build_corpus, open_corpus
from zhengce.index.errors import QueryError
from zhengce.index.indexing import segment_build
from zhengce.index.query.ast import ranked_parts
from zhengce.index.search.evaluator import Evaluator
from zhengce.index.search.ranking import DOCUMENT_WEIGHT, K1, B
from zhengce.index.search.results import Sort
from zhengce.index.storage.segment import Segment

Put = Callable[[dict[str, str]], Path]


@pytest.fixture(scope="module")
def segmenter(shared_home: Path) -> Segmenter:
    return Segmenter(Folding(simplified_characters()), shared_home / "cache")


@pytest.fixture
def own_documents(own_documents: Put, segmenter: Segmenter, monkeypatch: pytest.MonkeyPatch) -> Put:
    """Let builds and questions share a loaded dictionary: loading it takes most of their time."""
    monkeypatch.setattr(segment_build, "Segmenter", lambda folding, cache: segmenter)
    monkeypatch.setattr(words, "Segmenter", lambda folding, cache: segmenter)
    return own_documents


def test_one_term_is_given_in_reading_order_and_several_by_relevance(corpus: Corpus) -> None:
    order = [document.id for document in corpus.documents]
    places = [(order.index(hit.document.id), hit.passage.number) for hit in corpus.search("一带一路")]
    assert places == sorted(places)
    scores = [hit.score for hit in corpus.search("一带一路 开放")]
    assert scores == sorted(scores, reverse=True)
    assert scores != sorted(scores)
    in_order = [(order.index(h.document.id), h.passage.number) for h in corpus.search("一带一路 开放", sort="document")]
    assert in_order == sorted(in_order)


def units(text: str) -> int:
    return len(oracle.folded_text(text).encode("utf-16-le")) // 2 + 1


@pytest.mark.parametrize(
    "query",
    ["中欧班列", "中欧班列 开放", "开放 OR 口岸", "中欧班列 NEAR/20 开放", "开放 -口岸", "口岸 SECT 开放"],
)
def test_a_score_is_bm25_of_the_passage_and_a_quarter_of_that_of_its_document(corpus: Corpus, query: str) -> None:
    documents = documents_of(corpus)
    lengths = [[units(passage.text) for passage in document.passages] for document in documents]
    passages = [length for each in lengths for length in each]
    evaluator = ReferenceEvaluator(documents, list)
    root = corpus.parse(query).root
    whole, found = evaluator.found(root), [evaluator.found(part) for part in ranked_parts(root)]

    def bm25(count: int, length: float, mean: float) -> float:
        return count * (K1 + 1) / (count + K1 * (1 - B + B * length / mean))

    results = list(corpus.search(query))
    assert results
    for hit in results:
        first, number = hit.document.first, hit.passage.number - 1
        own = passages[first : first + hit.document.passages]
        expected = 0.0
        for spans in found:
            count = len(spans.get(first + number, ()))
            expected += bm25(count, own[number], sum(passages) / len(passages))
        matching = sum(len(whole.get(first + each, ())) for each in range(len(own)))
        of_document = bm25(matching, sum(own), sum(passages) / len(documents))
        expected += DOCUMENT_WEIGHT * of_document
        assert hit.score == pytest.approx(expected, abs=1e-4)


def test_of_two_passages_alike_that_in_the_document_about_the_matter_comes_first(own_documents: Put) -> None:
    passage, other = "成都开行班列，增长很快。\n\n", "成都建设公园，城市很美。\n\n"
    own_documents({"a": passage + other * 5, "b": passage + passage * 5})
    ranked = list(open_corpus().search("班列", sort="relevance"))
    assert [hit.document.id for hit in ranked] == ["b"] * 6 + ["a"]
    assert ranked[0].passage.text == ranked[-1].passage.text


def test_what_was_found_of_each_part_of_a_query_is_told(corpus: Corpus) -> None:
    results = corpus.search("(开放 | 口岸) 成都 NEAR/5 重庆 -公园", documents=["chengyu"])
    assert [term.text for term in results.terms] == ["开放", "口岸", "成都", "重庆"]
    for term in results.terms:
        assert term.passages == len(corpus.search(term.text, documents=["chengyu"])) > 0


def test_where_was_searched_is_told(corpus: Corpus) -> None:
    xining = corpus.document("xining")
    assert corpus.search("开放").searched == sum(document.passages for document in corpus.documents)
    assert corpus.search("开放", documents=["xining"]).searched == xining.passages
    assert corpus.search("开放 doc:xining kind:paragraph").searched == xining.passages
    assert corpus.search("开放 doc:xining", documents=["bazhong"]).searched == 0


def test_keywords_rank_passages_with_all_the_words_first(corpus: Corpus) -> None:
    results = corpus.search("怎样建设多式联运和物流枢纽", keywords=True)
    words = {"建设": ["建设"], "多式联运": ["联运"], "物流枢纽": ["物流", "枢纽"]}
    assert [term.text for term in results.terms] == ["建设", "多式联运", "联运", "物流枢纽", "物流", "枢纽"]
    texts = [corpus._snapshot.folding.fold(hit.passage.text) for hit in results]
    holds = [all(all(part in text for part in parts) for parts in words.values()) for text in texts]
    assert holds == sorted(holds, reverse=True)
    assert any(holds)
    assert not all(holds)
    complete = [hit.score for hit, whole in zip(results, holds, strict=True) if whole]
    assert complete == sorted(complete, reverse=True)


def test_keywords_are_named_as_they_were_written(corpus: Corpus) -> None:
    results = corpus.search("取得顯著成效的Ａ２", keywords=True)
    assert [term.text for term in results.terms] == ["取得", "顯著", "成效", "Ａ２"]
    assert results.reading == "取得 OR 顯著 OR 成效 OR Ａ２"
    simplified = corpus.search("取得显着成效的a2", keywords=True)
    assert [term.passages for term in results.terms] == [term.passages for term in simplified.terms]
    assert list(results) == list(simplified)


def test_keywords_mark_only_the_words(corpus: Corpus) -> None:
    for hit in corpus.search("物流成本", keywords=True):
        assert hit.spans
        assert {hit.passage.text[start:end] for start, end in hit.spans} <= {"物流", "成本", "物流成本"}


def test_keywords_find_words_within_longer_words(own_documents: Put) -> None:
    own_documents({"a": "坚持质量第一，效益优先。\n"})
    (hit,) = open_corpus().search("质量", keywords=True)
    assert hit.spans == ((2, 4),)


def test_keywords_mark_nothing_across_words(own_documents: Put) -> None:
    own_documents({"a": "支持银行和平台企业加强合作。\n"})
    (hit,) = open_corpus().search("和平 企业", keywords=True)
    assert [hit.passage.text[start:end] for start, end in hit.spans] == ["企业"]


def test_keywords_find_the_parts_of_words(corpus: Corpus) -> None:
    assert not corpus.search("吸引外资")
    results = corpus.search("如何吸引外资", keywords=True)
    assert [term.text for term in results.terms] == ["吸引外资", "吸引", "外资"]
    assert {hit.passage.text[start:end] for hit in results for start, end in hit.spans} == {"吸引", "外资"}


def test_keywords_within_a_document_count_what_is_in_it(corpus: Corpus) -> None:
    results = corpus.search("降低物流成本", keywords=True, documents=["xining"])
    for term in results.terms:
        assert term.passages == len(corpus.search(term.text, documents=["xining"]))


def test_a_question_without_words_is_refused(corpus: Corpus) -> None:
    with pytest.raises(QueryError):
        corpus.search("？", keywords=True)


def test_documents_are_known_by_a_beginning_of_their_id(corpus: Corpus) -> None:
    assert corpus.document("baz").id == "bazhong"
    assert {hit.document.id for hit in corpus.search("开放", documents=["xin", "bazhong"])} == {"xining", "bazhong"}
    for name in ("ch", "nothing", ""):
        with pytest.raises(UnknownDocumentError):
            corpus.document(name)


def test_a_restricted_search_finds_what_stands_in_the_document(corpus: Corpus) -> None:
    everywhere = corpus.search("开放").by_document
    for document in corpus.documents:
        assert corpus.search("开放", documents=[document.id]).by_document == {document: everywhere[document]}
        words = corpus.search("开放", keywords=True, documents=[document.id])
        assert {hit.document.id for hit in words} == {document.id}


def test_hits_overlapping_are_each_found(own_documents: Put) -> None:
    own_documents({"a": "哈哈哈。\n"})
    (hit,) = open_corpus().search("哈哈")
    assert hit.spans == ((0, 2), (1, 3))


def test_terms_do_not_cross_passages_or_table_cells(own_documents: Put) -> None:
    own_documents({"a": "姓名\t性别\n\n第一段到此为止。\n\n下一段从此开始。\n"})
    corpus = open_corpus()
    assert not corpus.search("名性")
    assert not corpus.search("止。下")
    assert corpus.search("姓名 性别")


def test_the_index_follows_the_documents(own_documents: Put, tmp_path: Path) -> None:
    own_documents({"a": "成都开行班列。\n"})
    assert len(open_corpus().search("班列")) == 1
    assert not build_corpus().built
    own_documents({"a": "成都开行飞机。\n", "b": "重庆也开行班列。\n"})
    corpus = open_corpus()
    assert [hit.document.id for hit in corpus.search("班列")] == ["b"]
    assert len(list((tmp_path / "home" / "corpora" / BUNDLED).glob("generation-*"))) == 1


def test_the_index_follows_the_dictionary(own_documents: Put, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segment_build, "Segmenter", Segmenter)
    own_documents({"a": "加快发展石榴产业园区。\n"})
    assert open_corpus().search("石榴", words=True)
    dictionary = tmp_path / "words.txt"
    dictionary.write_text("# fruit\n石榴产业园区\n", encoding="utf-8")
    monkeypatch.setattr("zhengce.corpus.text.words.POLICY_WORDS", dictionary)
    corpus = open_corpus()
    assert corpus.search("石榴产业园区", words=True)
    assert corpus.search("石榴")
    assert not corpus.search("石榴", words=True)


def test_an_opened_corpus_outlives_the_next_generation(own_documents: Put) -> None:
    own_documents({"a": "成都开行班列。\n"})
    opened = open_corpus()
    own_documents({"a": "成都开行飞机。\n"})
    open_corpus()
    assert [hit.passage.text for hit in opened.search("班列")] == ["成都开行班列。"]


@pytest.mark.parametrize("data", [b"\x00\x01 bad", b"", b" \n\n"])
def test_a_document_that_cannot_be_read_is_named(own_documents: Put, data: bytes) -> None:
    folder = own_documents({"a": "x"})
    (folder / "a.txt").write_bytes(data)
    with pytest.raises(DocumentError, match=r"a\.txt"):
        open_corpus()


def test_a_missing_document_is_named(own_documents: Put) -> None:
    folder = own_documents({"a": "x"})
    (folder / "a.txt").unlink()
    with pytest.raises(DocumentError, match=r"a\.txt cannot be read"):
        open_corpus()


def test_an_id_is_easy_to_type(own_documents: Put) -> None:
    folder = own_documents({"a": "x"})
    (folder / "catalogue.toml").write_text('[[document]]\nid = "one\\u001b[2J"\nfile = "a.txt"\n', encoding="utf-8")
    with pytest.raises(DocumentError, match="ids consist of letters"):
        open_corpus()


@pytest.mark.parametrize("catalogue", ["[[document]]\nid = 'a'\n", "no toml", "document = 3"])
def test_a_catalogue_that_makes_no_sense_is_named(own_documents: Put, catalogue: str) -> None:
    folder = own_documents({"a": "x"})
    (folder / "catalogue.toml").write_text(catalogue, encoding="utf-8")
    with pytest.raises(DocumentError, match=r"catalogue\.toml"):
        open_corpus()


@pytest.mark.parametrize("query", ["\u200b", "班列 \ufeff", '" "'])
def test_a_term_without_content_is_refused(corpus: Corpus, query: str) -> None:
    with pytest.raises(QueryError):
        corpus.search(query)


def test_suggestions_are_words_that_occur(corpus: Corpus) -> None:
    suggestions = corpus.suggestions("中欧班车")
    assert suggestions[0][0] == "中欧班列"
    assert all(corpus.search(word) for word, _ in suggestions)
    assert corpus.suggestions("龘龘") == []


def test_neighbours_stay_within_the_document(corpus: Corpus) -> None:
    document = corpus.document("chengyu")
    before, after = corpus.neighbours(document, 1, 3)
    assert (before, [passage.number for passage in after]) == ([], [2, 3, 4])
    before, after = corpus.neighbours(document, document.passages, 2)
    assert ([passage.number for passage in before], after) == ([document.passages - 2, document.passages - 1], [])


@pytest.mark.parametrize("query", ["一带一路", "一带一路 开放", "开放 -口岸"])
def test_hits_can_be_had_by_their_places(corpus: Corpus, query: str) -> None:
    results = corpus.search(query)
    hits = list(results)
    places = random.Random(1).sample(range(len(hits)), len(hits))
    assert [results.hit(place) for place in places] == [hits[place] for place in places]
    assert results.hit(len(hits) - 1) == hits[-1]
    with pytest.raises(IndexError):
        results.hit(len(hits))


@pytest.mark.parametrize("sort", ["relevance", "document", "date", "-date"])
def test_groups_have_all_hits_by_document_in_the_order_asked_for(corpus: Corpus, sort: Sort) -> None:
    results = corpus.search("开放 发展", sort=sort)
    groups, order = results.groups(), list(results.ordinals())
    assert {each.document: each.counts for each in groups} == results.by_document
    assert sorted(ordinal for each in groups for ordinal in each.ordinals) == sorted(order)
    for each in groups:
        assert each.ordinals == [ordinal for ordinal in order if results.document(ordinal) == each.document]
    assert [each.document for each in groups] == list(dict.fromkeys(map(results.document, order)))
    assert [results.hit_of(ordinal) for ordinal in order[:3]] == [results.hit(rank) for rank in range(3)]


@pytest.mark.parametrize(("kept", "of"), [("_last_records", Segment), ("_last", Evaluator)])
def test_what_another_thread_reads_meanwhile_is_not_taken_for_ones_own(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch, kept: str, of: type
) -> None:
    results = corpus.search("国际班列")
    hits = list(results)
    # As it is when the other reads something between any two steps of this one.
    monkeypatch.setattr(of, kept, property(lambda _: (-2, ""), lambda _, value: None), raising=False)
    assert [results.hit(place) for place in range(len(hits))] == hits


def test_what_a_regular_expression_found_is_shown_later_too(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    results = corpus.search("/班.列|班列/")
    monkeypatch.setattr(time, "monotonic", lambda now=time.monotonic: now() + 60)
    assert results.hit(0).spans
