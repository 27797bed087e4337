"""Corpora of the user's own: what becomes a document, what is remembered, and when an index is built anew."""

from __future__ import annotations

import os
import shutil
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from evaluator import documents_of
from zhengce.corpus.errors import DocumentError
from zhengce.corpus.text import words
from zhengce.corpus.text.folding import Folding
from zhengce.corpus.text.simplification import simplified_characters
from zhengce.corpus.text.words import Segmenter
from zhengce.index import BUNDLED, Corpus, UnknownCorpusError, build_corpus, open_corpus
from zhengce.index.indexing import build, segment_build
from zhengce.index.indexing.reports import BuildReport
from zhengce.index.storage import fingerprint, generations

Put = Callable[[str, str], Path]

TEXT = "成都开行班列。\n"


@pytest.fixture(scope="module")
def segmenter(shared_home: Path) -> Segmenter:
    return Segmenter(Folding(simplified_characters()), shared_home / "cache")


@pytest.fixture(autouse=True)
def _quick_builds(segmenter: Segmenter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segment_build, "Segmenter", lambda folding, cache: segmenter)
    monkeypatch.setattr(words, "Segmenter", lambda folding, cache: segmenter)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "texts"


@pytest.fixture
def put(folder: Path) -> Put:
    def write(name: str, text: str = TEXT) -> Path:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write


def made(home: Path, *paths: Path) -> Corpus:
    build_corpus(home, name="own", paths=paths)
    return open_corpus(home, name="own")


def ids(corpus: Corpus) -> list[str]:
    return [document.id for document in corpus.documents]


def found(home: Path, query: str) -> list[str]:
    return [hit.document.id for hit in open_corpus(home, name="own").search(query)]


def test_the_texts_of_a_folder_are_the_documents(home: Path, folder: Path, put: Put) -> None:
    for name in ("b.txt", "a.md", "部门/市.局/c.d.TXT", "部门/图.png", "no ending"):
        put(name)
    corpus = made(home, folder)
    assert corpus.name == "own"
    assert ids(corpus) == ["a", "b", "部门/市.局/c.d"]
    assert [hit.document.id for hit in corpus.search("doc:市.局 班列")] == ["部门/市.局/c.d"]
    assert corpus.document("部门").id == "部门/市.局/c.d"


def test_files_that_would_have_the_same_id_have_longer_ones(home: Path, folder: Path, put: Put) -> None:
    paths = [put("one/a.md"), put("one/a.txt"), put("two/a.txt"), put("three/a.txt")]
    corpus = made(home, *(folder / name for name in ("one", "two", "three")))
    assert ids(corpus) == ["a", "a.txt", str(paths[2]), str(paths[3])]
    assert len(corpus.search("班列")) == 4


def test_a_file_may_be_given_by_itself_and_is_taken_once(home: Path, folder: Path, put: Put) -> None:
    single = put("one/notice.text")
    put("one/a.txt")
    assert ids(made(home, single, folder / "one" / "a.txt", folder)) == ["notice", "a"]


def test_a_day_in_a_files_name_is_its_date_where_the_text_gives_none(home: Path, put: Put, folder: Path) -> None:
    put("甲法(2020-05-28).txt")
    put("乙法（2021-06-10）.txt")
    put("丙法(2019-01-02)一.txt")
    put("丁法(2018-01-01).txt", f"{TEXT}\n重庆市人民政府\n\n2022年7月26日\n")
    dates = {document.id: document.metadata.date for document in made(home, folder).documents}
    assert dates == {
        "甲法(2020-05-28)": "2020-05-28",
        "乙法（2021-06-10）": "2021-06-10",
        "丙法(2019-01-02)一": None,
        "丁法(2018-01-01)": "2022-07-26",
    }
    assert sorted(found(home, "date:2020..2021")) == ["乙法（2021-06-10）", "甲法(2020-05-28)"]


def test_hidden_files_and_folders_are_left_out(home: Path, put: Put, folder: Path) -> None:
    for name in (".a.txt", ".git/b.txt", "c/.d/e.txt", "f.txt"):
        put(name)
    assert ids(made(home, folder)) == ["f"]


def test_documents_that_cannot_be_read_are_left_out_and_named(
    home: Path, folder: Path, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    put("a.txt")
    put("bytes.txt").write_bytes(b"\x00\x01\x02")
    put("empty.txt", " \n\n")
    refused = put("secret.txt")
    open_ = Path.open

    def refuse(path: Path, *arguments: Any, **options: Any) -> Any:
        if path == refused:
            raise PermissionError(13, "Permission denied")
        return open_(path, *arguments, **options)

    monkeypatch.setattr(Path, "open", refuse)
    told: list[tuple[int, int, str]] = []
    report = build_corpus(home, name="own", paths=[folder], progress=lambda *done: told.append(done))
    assert report
    assert (report.documents, report.passages) == (1, 1)
    assert [message.partition(" ")[0] for message in report.refused] == [
        str(folder / name) for name in ("bytes.txt", "empty.txt", "secret.txt")
    ]
    assert "bytes.txt is no" in report.refused[0]
    assert "Permission denied" in report.refused[2]
    assert told == [(0, 4, ""), (1, 4, "a"), (2, 4, "bytes"), (3, 4, "empty"), (4, 4, "secret")]
    assert ids(open_corpus(home, name="own")) == ["a"]


def test_a_corpus_without_a_document_that_can_be_read_is_refused(home: Path, folder: Path, put: Put) -> None:
    put("a.txt", "")
    with pytest.raises(DocumentError, match=r"None of the documents can be read\.\n.*a\.txt"):
        made(home, folder)


@pytest.mark.parametrize("name", ["nothing", "empty"])
def test_a_folder_without_documents_is_refused(home: Path, folder: Path, name: str) -> None:
    (folder / "empty").mkdir(parents=True)
    with pytest.raises(DocumentError, match=name):
        made(home, folder / name)
    with pytest.raises(UnknownCorpusError):
        open_corpus(home, name="own")


def test_a_corpus_remembers_what_it_is_made_of(
    home: Path, folder: Path, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    put("a.txt")
    monkeypatch.chdir(folder.parent)
    assert build_corpus(home, name="own", paths=[Path("texts")]).built
    put("b.txt", "重庆开行班列。\n")
    monkeypatch.chdir(folder)
    assert found(home, "班列") == ["a"]
    assert build_corpus(home, name="own").built
    assert found(home, "班列") == ["a", "b"]
    assert not build_corpus(home, name="own", paths=[folder / "b.txt"]).built, "it is in the folder"
    assert build_corpus(home, name="own", forget=[folder]).built
    assert found(home, "班列") == ["b"]
    assert not build_corpus(home, name="own").built


def test_a_folder_that_is_gone_leaves_the_index(home: Path, folder: Path, put: Put) -> None:
    path = put("a.txt")
    made(home, folder)
    path.unlink()
    folder.rmdir()
    with pytest.raises(DocumentError, match="texts cannot be read"):
        build_corpus(home, name="own")
    assert found(home, "班列") == ["a"]


def test_an_index_is_built_where_its_files_have_changed(home: Path, folder: Path, put: Put) -> None:
    path = put("a.txt")
    assert build_corpus(home, name="own", paths=[folder]).built
    assert not build_corpus(home, name="own", paths=[folder]).built
    assert not build_corpus(home, name="own").built
    assert build_corpus(home, name="own", rebuild=True).built

    put("a.txt", "成都开行飞机。\n")
    assert found(home, "班列") == ["a"], "a search does not look at the files"
    assert build_corpus(home, name="own").built
    assert (found(home, "班列"), found(home, "飞机")) == ([], ["a"])

    status = path.stat()
    path.write_text("成都开行轮船。\n", encoding="utf-8")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns + 1))
    assert build_corpus(home, name="own").built
    assert found(home, "轮船") == ["a"]

    put("b.txt")
    assert build_corpus(home, name="own").built
    path.unlink()
    assert build_corpus(home, name="own").built
    assert found(home, "开行") == ["b"]
    assert len(list((home / "corpora" / "own").glob("generation-*"))) == 1


@pytest.mark.parametrize(
    ("module", "name", "value", "reason"),
    [
        (generations, "FORMAT", 0, "another version of zhengce wrote the index"),
        (fingerprint, "READING_VERSION", 0, "this version of zhengce reads documents in another way"),
        (fingerprint, "segmenter_fingerprint", lambda: "other", "the words are cut by another version of jieba or by"),
        (unicodedata, "unidata_version", "2.0", "this version of Python has other Unicode tables"),
    ],
)
def test_an_index_that_another_program_built_is_built_anew_when_it_is_opened(
    home: Path, folder: Path, put: Put, monkeypatch: pytest.MonkeyPatch, module: Any, name: str, value: Any, reason: str
) -> None:
    put("a.txt")
    made(home, folder)
    put("b.txt")
    assert found(home, "班列") == ["a"]
    built = home / "as it was built"
    shutil.copytree(home / "corpora", built / "corpora")
    monkeypatch.setattr(module, name, value)
    (why,) = build_corpus(built, name="own").reasons
    assert why.startswith(f"All documents are read again: {reason}")
    assert found(home, "班列") == ["a", "b"]
    before = (home / "corpora" / "own" / "current").read_text()
    assert found(home, "班列") == ["a", "b"]
    assert (home / "corpora" / "own" / "current").read_text() == before


def test_corpora_are_kept_apart(home: Path, folder: Path, put: Put) -> None:
    for name in ("one", "two"):
        build_corpus(home, name=name, paths=[put(f"{name}.txt").parent / f"{name}.txt"])
    assert [ids(open_corpus(home, name=name)) for name in ("one", "two")] == [["one"], ["two"]]


@pytest.mark.parametrize("name", ["nothing", "", ".hidden", "..", "../own", "a/b", "-x", "_x", "a b", "x" * 65])
def test_a_corpus_that_there_is_not_is_unknown(home: Path, folder: Path, put: Put, name: str) -> None:
    with pytest.raises(UnknownCorpusError):
        open_corpus(home, name=name)
    with pytest.raises(UnknownCorpusError):
        build_corpus(home, name=name)
    put("a.txt")
    if name != "nothing":
        with pytest.raises(UnknownCorpusError):
            build_corpus(home, name=name, paths=[folder])
    assert not (home / "corpora").exists()


def test_the_bundled_corpus_takes_no_paths(home: Path, folder: Path, put: Put) -> None:
    put("a.txt")
    with pytest.raises(UnknownCorpusError, match="bundled"):
        build_corpus(home, name=BUNDLED, paths=[folder])


@pytest.mark.integration
def test_processes_build_what_one_builds(
    home: Path, shared_home: Path, folder: Path, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(6):
        put(
            f"{number}.txt",
            f"第{number}号通知\n\n一、开行班列\n\n成都开行中欧班列…{'人民' * number}。\n\n㈠建设口岸。\n",
        )
    put("7.txt").write_bytes(b"\x00\x01\x02")
    (home / "cache").parent.mkdir()
    (home / "cache").symlink_to(shared_home / "cache")
    reports: list[BuildReport] = [build_corpus(home, name="own", paths=[folder])]
    monkeypatch.setattr(build, "_WORTH_A_PROCESS", 1)
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: {0, 1})
    told: list[int] = []
    reports += [build_corpus(home, name="two", paths=[folder], progress=lambda done, *_: told.append(done))]
    (alone, together), (one, two) = reports, [open_corpus(home, name=name) for name in ("own", "two")]
    assert (alone.documents, alone.passages, alone.refused) == (together.documents, together.passages, together.refused)
    assert "7.txt is no" in together.refused[0]
    assert told == list(range(8))
    assert [len(corpus._snapshot.segments) for corpus in (one, two)] == [1, 2]
    assert documents_of(one) == documents_of(two)
    for query in ("班列", "=人民", ".", "通知 NEAR/9 班列", "section:开行 NOT 人民"):
        # Scores go by the blocks of each segment.
        assert [hit._replace(score=0) for hit in one.search(query)] == [
            hit._replace(score=0) for hit in two.search(query)
        ]
    assert list(one.search("开行口岸", keywords=True)) == list(two.search("开行口岸", keywords=True))
