"""Several corpora searched as one: against each searched by itself, and against one corpus of all their documents."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from damage import segmenter
from zhengce.corpus.text.folding import Folding
from zhengce.index import (
    Corpus,
    Results,
    StorageError,
    UnknownDocumentError,
    build_corpus,
    concordance,
    open_corpora,
    open_corpus,
)
from zhengce.index.indexing import segment_build
from zhengce.index.search.results import Sort
from zhengce.index.storage import snapshot
from zhengce.index.storage.corrections import change_corrections

TEXTS: Mapping[str, Mapping[str, str]] = {
    "old": {
        "乙": "关于班列的通知\n\n一、要求\n\n班列要开行，口岸要开放。\n\n开放，开放，再开放。\n\n2021年3月1日\n",
        "丁": "关于口岸的意见\n\n口岸要多，班列要少。\n\n物流成本要降低。\n",
        "甲": "关于开放的决定\n\n一、总则\n\n开放口岸。班列班列。\n\n2019年5月2日\n",
    },
    "new": {
        "甲": "关于物流的通知\n\n二、目标\n\n班列通口岸。\n\n降低物流成本。\n\n2020年7月9日\n",
        "戊": "关于开放的意见\n\n开放水平要高，班列密度要大，口岸效率要高。\n\n口岸开放。\n\n2018年1月1日\n",
    },
}
NAMES = ("new", "old")
QUERIES = (
    "班列", "班列 口岸", "开放 | 物流", "班列 -口岸", "班列 NEAR/3 口岸", "/口岸?要/", "doc:old", "year:2020 班列",
    "section:目标", "班列 DOC 成本", "没有的",
)  # fmt: skip
SORTS: Sequence[Sort | None] = (None, "relevance", "document", "date", "-date")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, shared_home: Path) -> Path:
    """A data directory with the two corpora, to which documents were added so that they are not in reading order, and
    the corpus both of the same files."""
    home = tmp_path_factory.mktemp("joined")
    shutil.copytree(shared_home / "cache", home / "cache")
    loaded = segmenter(home / "cache")
    with pytest.MonkeyPatch.context() as quick:
        quick.setattr(segment_build, "Segmenter", lambda folding, cache: loaded)
        for name, texts in TEXTS.items():
            (home / "texts" / name).mkdir(parents=True)
            for id_, text in sorted(texts.items(), reverse=True):
                (home / "texts" / name / f"{id_}.txt").write_text(text, encoding="utf-8")
                build_corpus(home, name=name, paths=[home / "texts" / name])
        build_corpus(home, name="both", paths=[home / "texts"])
    return home


@pytest.fixture(scope="module")
def joined(home: Path) -> Corpus:
    return open_corpora(NAMES, home)


@pytest.fixture(scope="module")
def alone(home: Path) -> dict[str, Corpus]:
    return {name: open_corpus(home, name=name) for name in NAMES}


@pytest.fixture(scope="module")
def whole(home: Path) -> Corpus:
    """One corpus of all documents, whose ids begin with their folder, which is named as the corpus."""
    return open_corpus(home, name="both")


def shown(results: Results) -> list[object]:
    """Return all that is told of what was found."""
    hits = [(hit.document.place(hit.passage.number), *hit[1:]) for hit in results.hits()]
    documents = [(document.id, counts) for document, counts in results.documents()]
    looks = [(look.document.id, look.counts, len(look.ordinals)) for look in results.look(1)]
    return [hits, documents, looks, results.counts, results.terms, results.parts(), results.searched]


def test_ordinals_are_not_in_reading_order(joined: Corpus, alone: dict[str, Corpus], whole: Corpus) -> None:
    ordinals = [document.first for document in joined.documents]
    assert ordinals != sorted(ordinals), "or the tests below prove little"
    assert [document.id for document in joined.documents] == [
        f"{name}/{document.id}" for name in NAMES for document in alone[name].documents
    ]
    assert [document.id for document in whole.documents] == [document.id for document in joined.documents]


@pytest.mark.parametrize("query", [query for query in QUERIES if not query.startswith("doc:")])
def test_all_that_each_has_is_found_and_no_more(joined: Corpus, alone: dict[str, Corpus], query: str) -> None:
    """In reading order, each corpus follows the last."""
    expected = [
        (f"{name}/{hit.document.place(hit.passage.number)}", hit.passage, hit.spans)
        for name in NAMES
        for hit in alone[name].search(query, sort="document").hits()
    ]
    results = joined.search(query, sort="document")
    assert [(each.document.place(each.passage.number), each.passage, each.spans) for each in results] == expected
    counts = [alone[name].search(query).counts for name in NAMES]
    assert results.counts == tuple(map(sum, zip(*counts, strict=True)))


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("query", QUERIES)
def test_it_is_as_if_one_corpus_had_all(joined: Corpus, whole: Corpus, query: str, sort: Sort | None) -> None:
    assert shown(joined.search(query, sort=sort)) == shown(whole.search(query, sort=sort))


def test_keywords_concordances_and_documents_too(joined: Corpus, whole: Corpus) -> None:
    for question in ("降低物流成本", "口岸开放"):
        assert shown(joined.search(question, keywords=True)) == shown(whole.search(question, keywords=True))

    def lines(corpus: Corpus) -> list[tuple[str, str, str, str]]:
        found = concordance(corpus.search("班列 | 口岸"), sort="R1,date", width="4")
        return [(each.document.id, each.left, each.match, each.right) for each in found.lines()]

    assert lines(joined) == lines(whole) != []
    assert shown(joined.search("班列", documents=["old/甲"])) == shown(whole.search("班列", documents=["old/甲"]))
    assert joined.paths == whole.paths
    assert joined.size == whole.size
    assert joined.suggestions("物流成车") == whole.suggestions("物流成车")
    versions = [[[each.id for each in group] for group in corpus.version_groups()] for corpus in (joined, whole)]
    assert versions[0] == versions[1]


def test_a_name_that_is_in_both_is_ambiguous(joined: Corpus) -> None:
    with pytest.raises(UnknownDocumentError, match="may be any of 2 documents of the corpora new, old") as caught:
        joined.document("甲")
    assert "zhengce docs --corpus new --corpus old" in str(caught.value)
    assert joined.place("old/甲:3")[0].id == "old/甲"


def test_what_was_set_by_hand_is_in_force(home: Path) -> None:
    folder = home / "corpora" / "new"
    change_corrections(folder, lambda said: said.update({"戊": {"date": "1999"}}), print)
    try:
        assert open_corpora(NAMES, home).document("new/戊").metadata.date == "1999"
    finally:
        change_corrections(folder, lambda said: said.clear(), print)


def test_indexes_that_fold_otherwise_are_not_joined(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    foldings = iter((Folding({}), Folding({"們": "们"})))
    monkeypatch.setattr(snapshot, "read_folding", lambda folder: next(foldings))
    with pytest.raises(StorageError, match="new and old were indexed with different versions of OpenCC"):
        open_corpora(NAMES, home)
