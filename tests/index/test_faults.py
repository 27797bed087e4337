"""Faults below the library: builds cut short, files damaged, folders that cannot be written, many at once."""

from __future__ import annotations

import errno
import fnmatch
import gc
import json
import math
import os
import random
import re
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from damage import (
    CHARACTERS,
    Damage,
    Fault,
    Outcome,
    Trial,
    alter_manifest,
    builds_with_faults,
    children,
    corpus_folder,
    flip,
    flip_first,
    flip_last,
    generation_folders,
    is_running,
    lengthen,
    overwrite,
    remove,
    scribble,
    segmenter,
    signed,
    simplified,
    tree,
    truncate,
    wait_until,
)
from zhengce.corpus.errors import DocumentError
from zhengce.corpus.files import Root
from zhengce.corpus.limits import Limits
from zhengce.corpus.text import words
from zhengce.index import Corpus, Counts, IndexedDocument, build_corpus, open_corpus
from zhengce.index.errors import IndexDamagedError, StorageError, UnknownCorpusError
from zhengce.index.indexing import build, segment_build
from zhengce.index.indexing.corpora import define, redefine, remember
from zhengce.index.storage import generations, locks
from zhengce.index.storage import snapshot as snapshot
from zhengce.index.storage.checked_files import PAGE

pytestmark = pytest.mark.slow

Ask = Callable[[Corpus], object]

MEND = "zhengce index --rebuild"
OWN = "own"
NO_TEXT = b"\0" * 100
QUERY, RIGHT_COUNTS = "中欧班列", (4, 3, 2)
RIGHT = Counts(*RIGHT_COUNTS)
TEXTS = {
    "one": "成都市人民政府关于开行中欧班列的通知\n\n成府发〔2023〕1号\n\n各区县人民政府：\n\n一、总体要求\n\n"
    "开行中欧班列，中欧班列要多开…人民至上。\n\n二、保障措施\n\n建设口岸，面积５㎡，投資12亿元。\n\n"
    "成都市人民政府\n\n2023年7月26日\n",
    "two": "重庆市口岸工作方案\n\n第一章 总则\n\n第一条 支持中欧班列发展…投资3亿元。\n\n第二章 保障措施\n\n"
    "第二条 建设铁路港，口岸人民共享。\n\n重庆市人民政府\n\n2022年5月1日\n",
}


@pytest.fixture(scope="module", autouse=True)
def _quick_builds(shared_home: Path) -> Iterator[None]:
    """All builds share one loaded dictionary, and one table of characters: loading takes most of the time. Nor do they
    wait for the disk."""
    loaded = segmenter(shared_home / "cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "simplified_characters", simplified)
        patch.setattr(segment_build, "Segmenter", lambda folding, cache: loaded)
        patch.setattr(words, "Segmenter", lambda folding, cache: loaded)
        patch.setattr(os, "fsync", lambda descriptor: None)
        yield


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of two short documents, with a catalogue."""
    folder = tmp_path_factory.mktemp("documents")
    write_documents(folder, TEXTS)
    entries = [f'[[document]]\nid = "{name}"\nfile = "{name}.txt"\n' for name in TEXTS]
    (folder / "catalogue.toml").write_text("\n".join(entries), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def built(documents: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory in which the short documents are indexed. Tests must leave it as it is."""
    home = tmp_path_factory.mktemp("built")
    build_corpus(home, documents=documents)
    return home


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where there is such, since indexes are written there by the hundred."""
    shared = Path("/dev/shm")
    if not os.access(shared, os.W_OK):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=shared) as folder:
        yield Path(folder)


@pytest.fixture
def home(built: Path, memory: Path) -> Path:
    return Path(shutil.copytree(built, memory / "home"))


@pytest.fixture(scope="module")
def parted(documents: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory in which each of the short documents has a segment of its own."""
    home = tmp_path_factory.mktemp("parted")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "_LARGEST_SEGMENT", 1)
        build_corpus(home, documents=documents)
    return home


def write_documents(folder: Path, texts: dict[str, str]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def no_waiting(message: str) -> None:
    pytest.fail(message)


def hits(query: str, *, keywords: bool = False, whole: bool = False, within: Sequence[str] = ()) -> Ask:
    """Return an ask for all that there is to say of what a query finds."""

    def ask(corpus: Corpus) -> object:
        results = corpus.search(query, keywords=keywords, words=whole, documents=within)
        found = [(hit.document.id, hit.passage, hit.spans, hit.score) for hit in results]
        return found, results.counts, results.terms

    return ask


ASKS: dict[str, Ask] = {
    "count": lambda corpus: corpus.search(QUERY).counts,
    "term": hits(QUERY),
    "terms": hits("口岸 建设"),
    "either": hits("班列|铁路"),
    "not": hits("口岸 -班列"),
    "word": hits("=人民"),
    "words": hits("中欧 班列", whole=True),
    "split": hits("…"),
    "wildcard": hits("中欧*发展"),
    "regex": hits("/[0-9]+亿元/"),
    "near": hits("口岸 NEAR/30 投资"),
    "sentence": hits("中欧班列 SENT 投资"),
    "section": hits("口岸 SECT 面积"),
    "document": hits("口岸 DOC 班列"),
    "section:": hits("section:保障"),
    "kind:": hits("kind:heading"),
    "kinds": lambda corpus: corpus.search("kind:heading").counts.passages,
    "title:": hits("title:方案 口岸"),
    "date:": hits("date:2022..2023 班列"),
    "--doc": hits(QUERY, within=["two"]),
    "-l": lambda corpus: [(document.id, each) for document, each in corpus.search(QUERY).by_document.items()],
    "-k": hits("怎样支持中欧班列发展", keywords=True),
    "suggestions": lambda corpus: corpus.suggestions("中欧班车"),
    "explain": lambda corpus: corpus.explain("=中欧班列 口岸"),
    "docs": lambda corpus: corpus.documents,
    "show": lambda corpus: [list(corpus.passages(corpus.document(name))) for name in TEXTS],
    "neighbours": lambda corpus: [corpus.neighbours(corpus.document(name), 5, 2) for name in TEXTS],
}

# The files of a segment, each with what cannot be answered where a bit of it has flipped, and what still can.
SEGMENT_FILES = {
    "bigrams.characters": ("term", None),
    "bigrams.rows": ("term", "show"),
    "bigrams.starts": ("term", None),
    "documents.firsts": ("docs", "suggestions"),
    "documents.jsonl": ("docs", "count"),
    "documents.starts": ("docs", "count"),
    "folded.blocks": ("term", None),
    "folded.ordinals": ("count", "show"),
    "folded.edges": ("count", "show"),
    "folded.splits": ("split", "show"),
    "folded.starts": ("count", "show"),
    "folded.utf16": ("count", "show"),
    "passages.deflate": ("show", "count"),
    "passages.kinds": ("kind:", "count"),
    "passages.starts": ("show", "count"),
    "sections.headings": ("section:", "count"),
    "sections.json": ("section:", "count"),
    "sections.parents": ("section:", "count"),
    "sections.passages": ("section:", "count"),
    "whoosh/*.pst": ("-k", "word"),
    "whoosh/*.toc": ("-k", "term"),
    "whoosh/*.trm": ("suggestions", "show"),
    "whoosh/*_stored.col": ("-k", "term"),
    "whoosh/*_words_len.col": ("-k", "term"),
    "words.bits": ("word", "term"),
}
FILES = {
    "folding.json": ("count", None),
    **{f"segment-000/{name}": asks for name, asks in SEGMENT_FILES.items()},
    **{f"segment-001/{name}": asks for name, asks in SEGMENT_FILES.items()},
}
DAMAGED = "damaged"


def answer(ask: Ask, corpus: Corpus | Callable[[], Corpus], file: Path) -> object:
    """Return what a corpus answers, one that is opened for it maybe, or that it says that a file is damaged."""
    try:
        return ask(corpus if isinstance(corpus, Corpus) else corpus())
    except IndexDamagedError as error:
        return DAMAGED if str(file) in str(error) and MEND in str(error) else str(error)


def is_right(home: Path, documents: Path) -> bool:
    """Say whether an index answers as it should and is the only one."""
    corpus = open_corpus(home, documents=documents)
    whole = [(hit.document.id, hit.passage.number) for hit in corpus.search("怎样支持中欧班列发展", keywords=True)]
    return (
        corpus.search(QUERY).counts == RIGHT
        and whole == [("two", 3), ("one", 5), ("one", 1)]
        and len(generation_folders(home)) == 1
    )


# Builds cut short


def each_moment(fault: Fault, template: Path, folder: Path, documents: Path) -> list[Outcome]:
    """Build with a fault at each moment, in copies of a data directory that may have an index already."""
    outcomes = builds_with_faults(fault, Trial(template, documents, "bundled", QUERY, RIGHT_COUNTS), folder)
    written = (
        "manifest.json",
        "folding.json",
        "registry/files.jsonl",
        *(f"segment-000/{file}" for file in (["folded.utf16"] if fault == "kill" else SEGMENT_FILES)),
    )
    assert_each_moment(outcomes, fault, "bundled", written)
    return outcomes


def assert_each_moment(outcomes: Sequence[Outcome], fault: Fault, name: str, written: Sequence[str]) -> None:
    """See that no moment was forgotten, given the files of a generation that are written."""
    moments = [outcome.moment for outcome in outcomes]
    assert f"os.rename corpora/{name}/current.new" in moments
    assert f"write corpora/{name}/writer.json" in moments
    for file in ("current.new", *(f"generation-*/{file}*" for file in written)):
        synchronised = fault == "full" and ("segment-" not in file or "folded.utf16" in file)
        for kind in ("open", "write", "fsync") if synchronised else ("open", "write"):
            assert fnmatch.filter(moments, f"{kind} corpora/{name}/{file}"), (kind, file)


def assert_nothing_wrong(outcomes: Sequence[Outcome]) -> None:
    assert not {outcome.moment: outcome.wrong for outcome in outcomes if outcome.wrong}


def test_a_build_killed_at_any_moment_leaves_the_last_index(documents: Path, built: Path, memory: Path) -> None:
    outcomes = each_moment("kill", built, memory, documents)
    assert {outcome.code for outcome in outcomes} == {-signal.SIGKILL}
    assert any(outcome.moment.startswith("os.remove") for outcome in outcomes)
    assert_nothing_wrong(outcomes)


def test_a_first_build_killed_at_any_moment_is_made_up_for(documents: Path, memory: Path) -> None:
    """Every other moment, since another index in force makes no difference to most."""
    template = memory / "template"
    template.mkdir()
    outcomes = builds_with_faults("kill", Trial(template, documents, "bundled", QUERY, RIGHT_COUNTS), memory, step=2)
    assert len(outcomes) > 8
    assert {outcome.code for outcome in outcomes} == {-signal.SIGKILL}
    assert_nothing_wrong(outcomes)


def test_a_build_interrupted_at_any_moment_leaves_an_index(documents: Path, built: Path, memory: Path) -> None:
    """Every third moment, as one interruption is much like another."""
    trial = Trial(built, documents, "bundled", QUERY, RIGHT_COUNTS)
    outcomes = builds_with_faults("interrupt", trial, memory, step=3)
    assert len(outcomes) > 20
    assert {outcome.said.strip() for outcome in outcomes} == {"KeyboardInterrupt:"}
    assert_nothing_wrong(outcomes)


def test_a_disk_full_from_any_moment_on_leaves_the_last_index(documents: Path, built: Path, memory: Path) -> None:
    outcomes = each_moment("full", built, memory, documents)
    reason = os.strerror(errno.ENOSPC)
    for outcome in outcomes:
        assert outcome.said.startswith("StorageError: The index cannot be written in "), outcome
        assert f"corpora/bundled: {reason}." in outcome.said
        assert outcome.said.count("\n") == 1, outcome
    assert_nothing_wrong(outcomes)


def test_a_disk_full_while_a_corpus_is_made(documents: Path, memory: Path) -> None:
    """These are the moments until its first generation is begun."""
    template = memory / "template"
    template.mkdir()
    outcomes = builds_with_faults("full", Trial(template, documents, OWN, QUERY, RIGHT_COUNTS), memory, moments=13)
    made = {outcome.moment for outcome in outcomes if "corpus.json" in outcome.moment}
    assert made == {f"{kind} corpora/{OWN}/corpus.json.new" for kind in ("open", "write", "fsync", "os.rename")}
    assert fnmatch.filter((outcome.moment for outcome in outcomes), "os.mkdir */generation-*")
    for outcome in outcomes:
        assert outcome.said.startswith("StorageError: The index cannot be written in "), outcome
        assert outcome.said.count("\n") == 1, outcome
    assert_nothing_wrong(outcomes)


# Updates cut short


UPDATED_COUNTS = (7, 6, 4)


def write_first(folder: Path) -> None:
    """Write the files of a corpus as they are at first, in two parts, between which it is to be indexed."""
    more = {"three": "口岸简报\n\n中欧班列开行。\n", "four": "投资快报\n", "gone": "口岸月报\n\n中欧班列停开。\n"}
    write_documents(folder, {**TEXTS, **more})


def change_files(folder: Path) -> None:
    """Change the files that there are in every way that there is."""
    write_documents(
        folder, {"two": TEXTS["two"].replace("建设铁路港", "建设中欧班列铁路港"), "a new one": "中欧班列来了。\n"}
    )
    (folder / "gone.txt").unlink()
    (folder / "moved").mkdir()
    (folder / "later.txt").rename(folder / "moved" / "later.txt")


@pytest.fixture(scope="module")
def outdated(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A data directory with a corpus of two segments, and the corpus's folder, of which files were added, changed,
    removed and moved since. Tests must leave them as they are."""
    home, folder = tmp_path_factory.mktemp("outdated"), tmp_path_factory.mktemp("files")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(segment_build, "Segmenter", lambda folding, cache: CHARACTERS)
        write_first(folder)
        build_corpus(home, name=OWN, paths=[folder])
        write_documents(folder, {"later": "铁路快报\n\n建设铁路。\n"})
        build_corpus(home, name=OWN)
    change_files(folder)
    return home, folder


def each_moment_of_an_update(fault: Fault, outdated: tuple[Path, Path], folder: Path) -> list[Outcome]:
    home, documents = outdated
    trial = Trial(home, documents, OWN, QUERY, UPDATED_COUNTS, rebuild=False)
    outcomes = builds_with_faults(fault, trial, folder)
    moments = [outcome.moment for outcome in outcomes]
    for kept in ("segment-000", "segment-001"):
        assert fnmatch.filter(moments, f"os.link corpora/{OWN}/generation-*/{kept}/folded.utf16")
        assert not fnmatch.filter(moments, f"write corpora/{OWN}/generation-*/{kept}/*")
    written = ("manifest.json", "folding.json", "documents.ranks", "registry/files.jsonl", "segment-002/folded.utf16")
    assert_each_moment(outcomes, fault, OWN, written)
    return outcomes


def test_an_update_killed_at_any_moment_leaves_the_last_index(outdated: tuple[Path, Path], memory: Path) -> None:
    """The update that comes next gives what an index built afresh does."""
    outcomes = each_moment_of_an_update("kill", outdated, memory)
    assert {outcome.code for outcome in outcomes} == {-signal.SIGKILL}
    assert any(outcome.moment.startswith("os.remove") for outcome in outcomes)
    assert_nothing_wrong(outcomes)


def test_an_update_interrupted_at_any_moment_leaves_an_index(outdated: tuple[Path, Path], memory: Path) -> None:
    outcomes = each_moment_of_an_update("interrupt", outdated, memory)
    assert {outcome.said.strip() for outcome in outcomes} == {"KeyboardInterrupt:"}
    assert_nothing_wrong(outcomes)


def test_a_disk_full_from_any_moment_of_an_update_on(outdated: tuple[Path, Path], memory: Path) -> None:
    outcomes = each_moment_of_an_update("full", outdated, memory)
    for outcome in outcomes:
        assert outcome.said.startswith("StorageError: The index cannot be written in "), outcome
        assert outcome.said.count("\n") == 1, outcome
    assert_nothing_wrong(outcomes)


@pytest.fixture
def behind(outdated: tuple[Path, Path], memory: Path) -> tuple[Path, Path]:
    """A copy of a data directory with an index that has to be updated, and the corpus's folder."""
    return Path(shutil.copytree(outdated[0], memory / "home")), outdated[1]


BEFORE, UPDATED = Counts(6, 5, 4), Counts(*UPDATED_COUNTS)


def counts_of_own(home: Path) -> Counts:
    return open_corpus(home, name=OWN).search(QUERY).counts


@pytest.mark.parametrize("code", [errno.EPERM, errno.EXDEV, errno.EMLINK, errno.ENOTSUP], ids=errno.errorcode.get)
def test_files_are_copied_where_they_cannot_be_linked(
    code: int, behind: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    home, _ = behind

    def refuse(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    with monkeypatch.context() as patch:
        patch.setattr(os, "link", refuse)
        assert build_corpus(home, name=OWN).built
    (folder,) = generation_folders(home, OWN)
    assert (folder / "segment-000").is_dir()
    assert {file.stat().st_nlink for file in folder.rglob("*") if file.is_file()} == {1}
    assert counts_of_own(home) == UPDATED
    assert not build_corpus(home, name=OWN).built


def test_a_reader_keeps_the_index_that_is_updated(behind: tuple[Path, Path]) -> None:
    """It shares files with the new one, which stay when the old one goes."""
    home, _ = behind
    reader = open_corpus(home, name=OWN)
    assert build_corpus(home, name=OWN).built
    assert len(generation_folders(home, OWN)) == 2
    assert reader.search(QUERY).counts == BEFORE
    texts = {document.id: [each.text for each in reader.passages(document)] for document in reader.documents}
    assert texts.keys() == {*TEXTS, "three", "four", "gone", "later"}
    assert texts["gone"] == ["口岸月报", "中欧班列停开。"]
    assert counts_of_own(home) == UPDATED
    del reader
    gc.collect()
    assert not build_corpus(home, name=OWN).built
    assert len(generation_folders(home, OWN)) == 1
    assert counts_of_own(home) == UPDATED


def test_what_a_killed_writer_left_is_removed_though_nothing_has_changed(own: Path) -> None:
    left = corpus_folder(own, OWN) / "generation-0123456789ab"
    shutil.copytree(generation_folders(own, OWN)[0], left)
    (left / "manifest.json").unlink()
    for name in ("current.new", "corpus.json.new", "writer.json"):
        (corpus_folder(own, OWN) / name).write_bytes(b"{")
    assert not build_corpus(own, name=OWN).built
    assert {each.name for each in corpus_folder(own, OWN).iterdir()} == {
        *("lock", "corpus.json", "current", generation_folders(own, OWN)[0].name)
    }
    assert len(generation_folders(own, OWN)) == 1


@pytest.mark.parametrize("damage", [flip_first, flip, flip_last, truncate, lengthen, overwrite, scribble, remove])
@pytest.mark.parametrize("name", ["registry/files.jsonl", "documents.ranks"])
def test_damage_to_what_an_update_goes_by(name: str, damage: Damage, behind: tuple[Path, Path]) -> None:
    home, _ = behind
    build_corpus(home, name=OWN)
    right = [hit.passage for hit in open_corpus(home, name=OWN).search(QUERY)]
    (folder,) = generation_folders(home, OWN)
    damage(folder / name)
    with pytest.raises(IndexDamagedError, match=f"{folder / name}.*{MEND}"):
        build_corpus(home, name=OWN)
    if name == "documents.ranks":
        with pytest.raises(IndexDamagedError, match=f"{folder / name}.*{MEND}"):
            list(open_corpus(home, name=OWN).search(QUERY))
    else:
        assert [hit.passage for hit in open_corpus(home, name=OWN).search(QUERY)] == right
        with pytest.raises(IndexDamagedError, match=f"{folder / name}.*{MEND}"):
            _ = open_corpus(home, name=OWN).paths
    assert build_corpus(home, name=OWN, rebuild=True).built
    assert [hit.passage for hit in open_corpus(home, name=OWN).search(QUERY)] == right
    assert not build_corpus(home, name=OWN).built


def test_a_damaged_registry_gives_no_document_a_wrong_id(own: Path) -> None:
    """A bit of the id has flipped, which leaves lines that can be read."""
    file = generation_folders(own, OWN)[0] / "registry" / "files.jsonl"
    file.write_bytes(file.read_bytes().replace(b'"id": "one"', b'"id": "ooe"'))
    build_corpus(own, name=OWN, rebuild=True)
    assert [document.id for document in open_corpus(own, name=OWN).documents] == ["one", "two"]


def test_an_index_of_another_format_is_built_of_the_folders_that_it_remembers(behind: tuple[Path, Path]) -> None:
    home, folder = behind
    alter_manifest(home, OWN, format=generations.FORMAT - 1, segments=None, files=None)
    assert counts_of_own(home) == UPDATED
    assert open_corpus(home, name=OWN).paths["later"] == folder / "moved" / "later.txt"
    assert not build_corpus(home, name=OWN).built


def test_a_folder_of_several_is_gone(own: Path) -> None:
    """The index stays as it is until the folder is back, or is to be forgotten."""
    more = write_documents(own.parent / "more", {"three": "中欧班列。\n"})
    build_corpus(own, name=OWN, paths=[more])
    before = tree(own)
    shutil.rmtree(more)
    with pytest.raises(DocumentError, match=f"^{more} cannot be read: {os.strerror(errno.ENOENT)}"):
        build_corpus(own, name=OWN)
    assert tree(own) == before
    assert counts_of_own(own) == Counts(5, 4, 3)
    report = build_corpus(own, name=OWN, forget=[more])
    assert (report.count("removed"), report.count("unchanged")) == (1, 2)
    assert counts_of_own(own) == RIGHT


def test_a_file_that_may_be_read_at_last(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it takes to be read leaves no trace in the file's size and time."""
    file = write_documents(own.parent / "mine", {"secret": "中欧班列。\n"}) / "secret.txt"
    opened = Path.open

    def refuse(path: Path, *arguments: Any, **options: Any) -> Any:
        if path == file:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return opened(path, *arguments, **options)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", refuse)
        assert build_corpus(own, name=OWN).refused == (f"{file} cannot be read: {os.strerror(errno.EACCES)}.",)
        assert not build_corpus(own, name=OWN).built
    assert build_corpus(own, name=OWN).count("added") == 1
    assert counts_of_own(own) == Counts(5, 4, 3)


def test_a_file_that_was_beyond_the_limits(own: Path) -> None:
    file = write_documents(own.parent / "mine", {"large": "中欧班列。\n" * 99}) / "large.txt"
    (refused,) = build_corpus(own, name=OWN, limits=Limits(size=1_000)).refused
    assert refused.startswith(f"{file} has more than 1,000 bytes")
    assert not build_corpus(own, name=OWN).built
    report = build_corpus(own, name=OWN, limits=Limits(size=10_000))
    assert (report.count("added"), report.count("unchanged"), report.refused) == (1, 2, ())
    assert not build_corpus(own, name=OWN).built


def test_a_pipe_in_the_place_of_a_file(own: Path) -> None:
    """To see whether it is the same, it is not waited for what comes out of it."""
    file = own.parent / "mine" / "one.txt"
    (own.parent / "mine" / "empty.txt").touch()
    assert len(build_corpus(own, name=OWN).refused) == 1
    for each in (file, own.parent / "mine" / "empty.txt"):
        each.unlink()
        os.mkfifo(each)
    report = build_corpus(own, name=OWN)
    assert report.documents == 1
    assert [each.reason for each in report.files if each.status == "removed"] == ["is not a file"] * 2


@pytest.mark.parametrize("step", range(len(TEXTS) + 1))
def test_interrupted_while_progress_is_told(step: int, home: Path, documents: Path) -> None:
    before = tree(home / "corpora")
    steps = []

    def interrupt(done: int, total: int, document: str) -> None:
        steps.append((done, total, document))
        if len(steps) == step + 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_corpus(home, documents=documents, rebuild=True, progress=interrupt)
    assert steps == [(0, 2, ""), (1, 2, "one"), (2, 2, "two")][: step + 1]
    assert tree(home / "corpora") == before
    assert is_right(home, documents)


def test_an_unreadable_document_leaves_the_last_index(home: Path, documents: Path, tmp_path: Path) -> None:
    before = tree(home / "corpora")
    broken = Path(shutil.copytree(documents, tmp_path / "broken"))
    (broken / "two.txt").write_bytes(NO_TEXT)
    with pytest.raises(DocumentError, match=r"two\.txt is not text"):
        open_corpus(home, documents=broken)
    assert tree(home / "corpora") == before
    assert is_right(home, documents)


def test_a_file_that_cannot_be_read_back_is_not_put_in_force(
    home: Path, documents: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = tree(home / "corpora")

    def unreadable(path: Path) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as patch:
        patch.setattr(generations, "page_checksums", unreadable)
        with pytest.raises(StorageError, match=os.strerror(errno.EIO)):
            build_corpus(home, documents=documents, rebuild=True)
    assert tree(home / "corpora") == before
    assert is_right(home, documents)


# Damage


@pytest.fixture(scope="module")
def right(parted: Path, documents: Path) -> dict[str, object]:
    """What is to be answered to each of the asks."""
    answers = {name: ask(open_corpus(parted, documents=documents)) for name, ask in ASKS.items()}
    assert all(answers.values())
    assert answers["count"] == RIGHT
    return answers


@pytest.fixture
def halves(parted: Path, memory: Path) -> Path:
    return Path(shutil.copytree(parted, memory / "home"))


def test_the_files_of_an_index_are_those_that_are_damaged_here(parted: Path) -> None:
    (folder,) = generation_folders(parted)
    patterns = [folder / name for name in (*FILES, "manifest.json", "registry/files.jsonl")]
    matched = [file for pattern in patterns for file in folder.glob(str(pattern.relative_to(folder)))]
    assert sorted(matched) == sorted(file for file in folder.rglob("*") if file.is_file())
    assert all(file.stat().st_size for file in matched)


@pytest.mark.parametrize("name", [name for name in FILES if not name.startswith("segment-001")])
def test_a_flipped_bit(name: str, halves: Path, documents: Path, right: dict[str, object]) -> None:
    """Each question is put to a corpus opened anew, as a command does."""
    (file,) = generation_folders(halves)[0].glob(name)
    flip(file)
    open_halves = partial(open_corpus, halves, documents=documents)
    answers = {each: answer(ask, open_halves, file) for each, ask in ASKS.items()}
    assert not {each for each in ASKS if answers[each] not in (right[each], DAMAGED)}
    unanswered, answered = FILES[name]
    assert answers[unanswered] == DAMAGED
    if answered:
        assert answers[answered] == right[answered]


@pytest.mark.parametrize("name", FILES)
def test_a_damaged_file(name: str, halves: Path, documents: Path, right: dict[str, object]) -> None:
    """All questions are put to the same corpus, as a program does; and `zhengce index` looks at every file."""
    (file,) = generation_folders(halves)[0].glob(name)
    whole = file.read_bytes()
    open_halves = partial(open_corpus, halves, documents=documents)
    damages: Sequence[Damage] = (flip_first, remove, flip_last, truncate, lengthen, overwrite, scribble)
    for damage in damages[:2] if name.startswith("segment-001") else damages:
        damage(file)
        corpus = answer(lambda corpus: corpus, open_halves, file)
        if isinstance(corpus, Corpus):
            answers = {each: answer(ask, corpus, file) for each, ask in ASKS.items()}
        else:
            assert damage in (truncate, lengthen, scribble, remove) or not FILES[name][1]
            answers = dict.fromkeys(ASKS, corpus)
        assert not {each for each in ASKS if answers[each] not in (right[each], DAMAGED)}, damage
        assert answers[FILES[name][0]] == DAMAGED, damage
        with pytest.raises(IndexDamagedError, match=re.escape(str(file))):
            build_corpus(halves, documents=documents)
        file.write_bytes(whole)
    assert not build_corpus(halves, documents=documents).built


def test_all_files_damaged_are_mended(halves: Path, documents: Path) -> None:
    (folder,) = generation_folders(halves)
    for number, file in enumerate(sorted(file for file in folder.rglob("*") if file.is_file())):
        (flip, truncate, lengthen, overwrite, scribble, remove)[number % 6](file)
    with pytest.raises(IndexDamagedError, match=MEND):
        open_corpus(halves, documents=documents)
    with pytest.raises(IndexDamagedError, match=MEND):
        build_corpus(halves, documents=documents)
    build_corpus(halves, documents=documents, rebuild=True)
    assert is_right(halves, documents)


def test_a_folder_of_files_that_is_gone(halves: Path, documents: Path, right: dict[str, object]) -> None:
    (folder,) = generation_folders(halves)
    shutil.rmtree(folder / "segment-001" / "whoosh")
    corpus = open_corpus(halves, documents=documents)
    assert ASKS["count"](corpus) == right["count"]
    for ask in ("-k", "suggestions"):
        with pytest.raises(IndexDamagedError, match=MEND):
            ASKS[ask](corpus)
    del corpus
    shutil.rmtree(folder / "segment-001")
    with pytest.raises(IndexDamagedError, match=MEND):
        open_corpus(halves, documents=documents)
    build_corpus(halves, documents=documents, rebuild=True)
    assert is_right(halves, documents)


def manifest(**changes: object) -> bytes:
    """Return a manifest of nothing, but for some changes."""
    built_with = {"reading": 0, "segmenter": "", "unicode": "", "documents": ""}
    said = {"format": generations.FORMAT, **built_with, "segments": [], "files": {}}
    return json.dumps({**said, **changes} if changes else {"format": generations.FORMAT}).encode()


@pytest.mark.parametrize(
    "garbage",
    [
        b"",
        b"\n",
        b"\0" * 100,
        b"\xff\xfe",
        b"0",
        b"0\n",
        b"\n{}",
        b"0\n{}",
        b"{",
        b"9" * 10_000 + b"\n",
        b"[" * 100_000,
        *map(
            signed,
            [
                b"{",
                b"null",
                b"[]",
                b'"text"',
                b"9" * 10_000,
                b"[" * 100_000,
                manifest(),
                manifest(format=None),
                manifest(format=math.inf),
                manifest(reading=None),
                manifest(segments=None),
                manifest(segments=["segment-000"]),
                manifest(segments=[["segment-000", 2]]),
                manifest(segments=[["segment-000", 2, None]]),
                manifest(files=[]),
                manifest(files={"folding.json": 1}),
                manifest(files={"folding.json": [None, 1]}),
                manifest(files={"folding.json": [math.inf, []]}),
            ],
        ),
    ],
    ids=lambda garbage: garbage[:60].decode("latin-1"),
)
def test_garbage_for_a_manifest(garbage: bytes, home: Path, documents: Path) -> None:
    (generation_folders(home)[0] / "manifest.json").write_bytes(garbage)
    for attempt in (open_corpus, build_corpus):
        with pytest.raises(IndexDamagedError, match=MEND):
            attempt(home, documents=documents)
    build_corpus(home, documents=documents, rebuild=True)
    assert is_right(home, documents)


@pytest.mark.parametrize("damage", [truncate, flip_first, flip, flip_last, lengthen, overwrite, scribble, remove])
def test_a_damaged_manifest(damage: Damage, halves: Path, documents: Path) -> None:
    damage(generation_folders(halves)[0] / "manifest.json")
    for attempt in (open_corpus, build_corpus):
        with pytest.raises(IndexDamagedError, match=r"manifest\.json"):
            attempt(halves, documents=documents)


def test_no_byte_of_the_manifest_can_be_changed_to_a_wrong_answer(halves: Path, documents: Path) -> None:
    """There are two segments: one named twice would be searched twice, and the other not at all."""
    (folder,) = generation_folders(halves)
    manifest = (folder / "manifest.json").read_bytes()
    wrong = {}
    for place, right_byte in enumerate(manifest):
        for byte in {right_byte ^ 1, right_byte ^ 1 << place % 8, ord("0")} - {right_byte}:
            (folder / "manifest.json").write_bytes(manifest[:place] + bytes([byte]) + manifest[place + 1 :])
            try:
                if generations.current(corpus_folder(halves)):
                    wrong[place, chr(byte)] = "taken for a manifest"
            except IndexDamagedError:
                pass
    assert not wrong


@pytest.mark.parametrize(
    "garbage",
    [
        b"",
        b"\n",
        b"\0" * 23,
        b"\xff\xfe",
        b".",
        b"..",
        b"/",
        b"generation-",
        b"generation-\0",
        b"generation-000000000000",
        b"generation-../..",
        b"generation-" + b"0" * 10_000,
        b"generation-\x1b[2J",
        "generation-班列".encode(),
    ],
    ids=lambda garbage: garbage[:30].decode("latin-1"),
)
def test_garbage_for_the_name_of_the_current_generation(garbage: bytes, home: Path, documents: Path) -> None:
    (corpus_folder(home) / "current").write_bytes(garbage)
    for attempt in (open_corpus, build_corpus):
        with pytest.raises(IndexDamagedError, match=MEND):
            attempt(home, documents=documents)
    build_corpus(home, documents=documents, rebuild=True)
    assert is_right(home, documents)


@pytest.mark.parametrize("damage", [truncate, flip_first, flip, flip_last, lengthen, scribble])
def test_a_damaged_name_of_the_current_generation(damage: Damage, home: Path, documents: Path) -> None:
    damage(corpus_folder(home) / "current")
    with pytest.raises(IndexDamagedError, match=MEND):
        open_corpus(home, documents=documents)
    build_corpus(home, documents=documents, rebuild=True)
    assert is_right(home, documents)


@pytest.mark.parametrize("lost", ["corpora", "corpora/bundled", "corpora/bundled/current", "corpora/bundled/lock"])
def test_an_index_that_is_gone_is_built(lost: str, home: Path, documents: Path) -> None:
    if (home / lost).is_dir():
        shutil.rmtree(home / lost)
    else:
        (home / lost).unlink()
    assert is_right(home, documents)


@pytest.mark.parametrize(
    "change",
    [
        {"format": generations.FORMAT + 1},
        {"format": 0},
        {"reading": 0},
        {"segmenter": "0" * 32},
        {"documents": "0" * 32},
        {"format": 0, "segments": [], "files": {}},
    ],
    ids=str,
)
def test_an_index_of_another_version_is_built_anew(change: dict[str, object], home: Path, documents: Path) -> None:
    alter_manifest(home, **change)
    old = generation_folders(home)
    assert is_right(home, documents)
    assert generation_folders(home) != old
    new = generation_folders(home)
    open_corpus(home, documents=documents)
    assert generation_folders(home) == new


def test_an_index_of_another_dictionary_is_built_anew(
    home: Path, documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = generation_folders(home)
    more = tmp_path / "policy_words.txt"
    more.write_bytes(words.POLICY_WORDS.read_bytes() + "铁路港区\n".encode())
    monkeypatch.setattr(words, "POLICY_WORDS", more)
    assert is_right(home, documents)
    assert generation_folders(home) != old


def test_a_changed_document_is_indexed_anew(own_documents: Callable[[dict[str, str]], Path]) -> None:
    own_documents(TEXTS)
    assert open_corpus().search(QUERY).counts == RIGHT
    own_documents({**TEXTS, "two": TEXTS["two"].replace("建设铁路港", "建设中欧班列铁路港")})
    assert open_corpus().search(QUERY).counts == Counts(5, 4, 2)
    own_documents({**TEXTS, "three": "中欧班列简报\n\n中欧班列开行。\n"})
    assert open_corpus().search(QUERY).counts == Counts(6, 5, 3)
    own_documents({"one": TEXTS["one"]})
    assert open_corpus().search(QUERY).counts == Counts(3, 2, 1)


# Damage to a page that is read, and to one that is not


def marker(number: int) -> str:
    """Return what stands in one paragraph only."""
    return "标" + chr(0xAC00 + number)


LONG, MANY, PARAGRAPHS = "long", 400, 1_100
MANY_COUNTS = Counts(9 * MANY, MANY, MANY)
SAMPLE = range(0, PARAGRAPHS, 15)


@pytest.fixture(scope="module")
def wide(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with a corpus of which most files have several pages, and the texts have dozens of blocks: a
    document of two hundred thousand characters, and many short ones."""
    chance = random.Random(2026)
    characters = [chr(code) for code in range(0x4E00, 0x4E00 + 2_000)]
    paragraphs = (f"{marker(number)}{''.join(chance.choices(characters, k=200))}。" for number in range(PARAGRAPHS))
    texts = {LONG: "\n\n".join(paragraphs)}
    title = "关于口岸建设的通知" * 9
    texts.update((f"short-{number:03}", f"第{number:03}号{title}\n\n正文。\n") for number in range(MANY))
    home = tmp_path_factory.mktemp("wide")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(segment_build, "Segmenter", lambda folding, cache: CHARACTERS)
        build_corpus(home, name="wide", paths=[write_documents(home / "documents", texts)])
    return home


@dataclass(frozen=True)
class Pages:
    """A file of the wide corpus, of which a page after the other can be damaged."""

    file: Path

    def __len__(self) -> int:
        return -(-self.file.stat().st_size // PAGE)

    @contextmanager
    def damaged(self, page: int) -> Iterator[None]:
        data = self.file.read_bytes()
        place = min(page * PAGE + PAGE // 2, len(data) - 1)
        try:
            self.file.write_bytes(data[:place] + bytes([data[place] ^ 8]) + data[place + 1 :])
            yield
        finally:
            self.file.write_bytes(data)


def pages_of(home: Path, name: str) -> Pages:
    (folder,) = generation_folders(home, "wide")
    (file,) = folder.rglob(name)
    return Pages(file)


def integers(home: Path, name: str) -> array[int]:
    (folder,) = generation_folders(home, "wide")
    return array("I", (folder / "segment-000" / name).read_bytes())


def answered(ask: Ask, corpus: Corpus) -> object:
    try:
        return ask(corpus)
    except IndexDamagedError:
        return DAMAGED


def counted(query: str, *, keywords: bool = False) -> Ask:
    return lambda corpus: corpus.search(query, keywords=keywords).counts


def placed(query: str) -> Ask:
    return lambda corpus: [(hit.document.id, hit.passage.number) for hit in corpus.search(query)]


def shown(document: IndexedDocument, number: int) -> Ask:
    return lambda corpus: corpus.passage(document, number)


def test_a_damaged_page_of_the_passages(wide: Path) -> None:
    """Just those passages cannot be shown that are in a block with a part of it."""
    corpus = open_corpus(wide, name="wide")
    long = corpus.document(LONG)
    asks = [shown(long, number) for number in range(1, long.passages + 1)]
    right = [ask(corpus) for ask in asks]
    blocks, starts = integers(wide, "folded.blocks"), integers(wide, "passages.starts")
    pages = pages_of(wide, "passages.deflate")
    assert len(pages) > 4
    assert len(blocks) > 20
    for page in range(len(pages)):
        with pages.damaged(page):
            corpus = open_corpus(wide, name="wide")
            found = [answered(ask, corpus) for ask in asks]
            assert corpus.search(marker(0)).counts == Counts(1, 1, 1)
            with pytest.raises(IndexDamagedError):
                build_corpus(wide, name="wide")
        for ordinal, passage in enumerate(found):
            block = bisect_right(blocks, ordinal) - 1
            needed = range(starts[block] // PAGE, -(-starts[block + 1] // PAGE))
            assert passage == (DAMAGED if page in needed else right[ordinal])
        assert right[0] in found or right[-1] in found
    assert not build_corpus(wide, name="wide").built


def test_a_damaged_page_of_the_texts(wide: Path) -> None:
    """What stands in it is not found, nor is it said not to be there; what stands elsewhere is found."""
    starts = integers(wide, "folded.starts")
    pages = pages_of(wide, "folded.utf16")
    assert len(pages) > 5
    others = []
    for page in range(len(pages)):
        with pages.damaged(page):
            corpus = open_corpus(wide, name="wide")
            found = {number: answered(placed(marker(number)), corpus) for number in SAMPLE}
            assert answered(counted("/标./"), corpus) == DAMAGED
            others.append(answered(counted("通知"), corpus))
        for number, places in found.items():
            is_there = starts[number] * 2 // PAGE <= page <= (starts[number + 1] * 2 - 1) // PAGE
            assert places in ([DAMAGED] if is_there else [DAMAGED, [(LONG, number + 1)]])
        # A block is 16 KiB; those that lie in two pages, and hashes that others share, are few.
        assert [*found.values()].count(DAMAGED) < len(SAMPLE) // 2
    assert {*others} == {MANY_COUNTS, DAMAGED}
    assert others[-1] == DAMAGED


def test_a_damaged_page_of_the_bigrams(wide: Path) -> None:
    pages = pages_of(wide, "bigrams.rows")
    found = []
    for page in {0, len(pages) // 2, len(pages) - 1}:
        with pages.damaged(page):
            corpus = open_corpus(wide, name="wide")
            found += [answered(counted(marker(number)), corpus) for number in SAMPLE]
    assert {*found} == {Counts(1, 1, 1), DAMAGED}
    assert found.count(DAMAGED) < len(found) // 2


@pytest.mark.parametrize("name", ["bigrams.starts", "folding.json"])
def test_a_damaged_file_that_everything_needs(name: str, wide: Path) -> None:
    pages = pages_of(wide, name)
    for page in range(len(pages)):
        with pages.damaged(page), pytest.raises(IndexDamagedError):
            open_corpus(wide, name="wide").search(marker(7))


def test_a_damaged_page_of_the_documents(wide: Path) -> None:
    pages = pages_of(wide, "documents.jsonl")
    assert len(pages) > 1
    for page in range(len(pages)):
        with pages.damaged(page):
            corpus = open_corpus(wide, name="wide")
            assert answered(placed(marker(7)), corpus) == (DAMAGED if page == 0 else [(LONG, 8)])
            last = [(f"short-{MANY - 1}", 1)]
            assert answered(placed(f"第{MANY - 1}号"), corpus) == (DAMAGED if page == len(pages) - 1 else last)
            for ask in (ASKS["docs"], counted("title:通知"), lambda corpus: corpus.document(LONG)):
                assert answered(ask, corpus) == DAMAGED


@pytest.mark.parametrize("name", ["whoosh/*.pst", "whoosh/*.trm"])
def test_a_damaged_page_of_the_word_index(name: str, wide: Path) -> None:
    pages = pages_of(wide, name)
    assert len(pages) > 2
    for page in {0, len(pages) // 2, len(pages) - 1}:
        with pages.damaged(page):
            corpus = open_corpus(wide, name="wide")
            assert answered(counted("通知", keywords=True), corpus) == DAMAGED
            assert answered(lambda corpus: corpus.suggestions("通"), corpus) == DAMAGED
            assert corpus.search("通知").counts == MANY_COUNTS


def test_a_page_damaged_after_the_corpus_was_opened(wide: Path) -> None:
    pages = pages_of(wide, "passages.deflate")
    results = open_corpus(wide, name="wide").search("/标./")
    with pages.damaged(len(pages) - 1):
        found = results.hits()
        assert next(found).passage.number == 1
        with pytest.raises(IndexDamagedError, match=r"passages\.deflate"):
            list(found)


# Several at once


def test_an_index_replaced_while_it_is_opened(home: Path, documents: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    check = snapshot.check
    replaced = []

    def replace_and_check(path: Path, manifest: generations.Manifest) -> None:
        monkeypatch.setattr(snapshot, "check", check)
        replaced.append(build_corpus(home, documents=documents, rebuild=True))
        check(path, manifest)

    monkeypatch.setattr(snapshot, "check", replace_and_check)
    assert open_corpus(home, documents=documents).search(QUERY).counts == RIGHT
    assert replaced


def test_an_index_removed_before_it_is_opened(home: Path, documents: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another process has put a new one in force after the name of the last was read."""
    reading = snapshot.reading

    def remove_and_read(path: Path) -> object:
        monkeypatch.setattr(snapshot, "reading", reading)
        build_corpus(home, documents=documents, rebuild=True)
        assert not path.exists()
        return reading(path)

    monkeypatch.setattr(snapshot, "reading", remove_and_read)
    assert open_corpus(home, documents=documents).search(QUERY).counts == RIGHT


def test_a_reader_keeps_the_index_that_it_opened(
    halves: Path, documents: Path, right: dict[str, object], tmp_path: Path
) -> None:
    """It has read nothing of most files before they are replaced."""
    opened = [open_corpus(halves, documents=documents) for _ in range(2)]
    assert opened[1].search("kind:heading")
    changed = Path(shutil.copytree(documents, tmp_path / "changed"))
    (changed / "two.txt").write_text("别的文件\n\n没有口岸。\n", encoding="utf-8")
    for _ in range(2):
        build_corpus(halves, documents=changed, rebuild=True)
    assert len(generation_folders(halves)) == 2
    for corpus in opened:
        assert {name: ask(corpus) for name, ask in ASKS.items()} == right
    assert open_corpus(halves, documents=changed).search(QUERY).counts == Counts(3, 2, 1)
    # As long as one of them reads, it stays.
    del corpus, opened[0]
    build_corpus(halves, documents=changed, rebuild=True)
    assert ASKS["show"](opened[0]) == right["show"]
    opened.clear()
    gc.collect()
    build_corpus(halves, documents=changed, rebuild=True)
    assert len(generation_folders(halves)) == 1


def test_a_reader_in_another_process_keeps_its_index(home: Path, documents: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from zhengce.index import open_corpus; home, documents = sys.argv[1:]\n"
        "corpus = open_corpus(Path(home), documents=Path(documents)); print(flush=True); input()\n"
        f"print(corpus.search('{QUERY}').counts, len([*corpus.passages(corpus.document('two'))]))"
    )
    command = (sys.executable, "-c", script, str(home), str(documents))
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as reader:
        assert reader.stdout
        reader.stdout.readline()
        build_corpus(home, documents=documents, rebuild=True)
        assert len(generation_folders(home)) == 2
        assert reader.communicate("\n", timeout=20)[0] == f"{RIGHT} 7\n"
    build_corpus(home, documents=documents, rebuild=True)
    assert len(generation_folders(home)) == 1


def test_a_writer_waits_for_another(home: Path, documents: Path) -> None:
    """The first to get its turn builds; the other sees that there is nothing left to do. Searches do not wait."""
    alter_manifest(home, documents="0" * 32)
    reports = []
    waiting = [
        threading.Thread(target=lambda: reports.append(build_corpus(home, documents=documents))) for _ in range(2)
    ]
    with locks.writing(corpus_folder(home), no_waiting):
        found = generations.current(corpus_folder(home))
        for thread in waiting:
            thread.start()
        time.sleep(0.05)
        assert all(thread.is_alive() for thread in waiting)
        assert generations.current(corpus_folder(home)) == found
        assert found
        assert len(snapshot.Snapshot(*found)) == 16
    for thread in waiting:
        thread.join(20)
    assert {(report.documents, report.passages) for report in reports} == {(2, 16)}
    assert sorted(report.built for report in reports) == [False, True]
    assert is_right(home, documents)


def test_a_writer_in_another_process_is_named_and_waited_for(own: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from zhengce.index.storage.locks import writing\n"
        "with writing(Path(sys.argv[1]), print): print(flush=True); input()"
    )
    said: list[str] = []
    reports = []
    (own.parent / "mine" / "two.txt").unlink()
    waiting = threading.Thread(
        target=lambda: reports.append(build_corpus(own, name=OWN, waiting=said.append)), daemon=True
    )
    command = (sys.executable, "-c", script, str(corpus_folder(own, OWN)))
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout
        assert writer.stdout.readline() == "\n"
        waiting.start()
        wait_until(lambda: said, "it is said who writes")
        assert counts_of_own(own) == RIGHT
        assert waiting.is_alive()
        assert writer.communicate("\n", timeout=20)[0] == ""
    waiting.join(20)
    (message,) = said
    day, when = r"\d{4}-\d\d-\d\d", r"\d\d:\d\d:\d\d"
    named = f"Process {writer.pid} on {re.escape(socket.gethostname())}, since {day} {when}, is writing this index; .*"
    assert re.fullmatch(named, message)
    assert [report.built for report in reports] == [True]
    assert not (corpus_folder(own, OWN) / "writer.json").exists()
    assert counts_of_own(own) == Counts(3, 2, 1)


@pytest.mark.parametrize("written", [None, b"", b"\xff", b"null", b"[]", b"{}", b'{"process": 1}', b"[" * 100_000])
def test_a_writer_that_nothing_is_known_of(written: bytes | None, tmp_path: Path) -> None:
    said: list[str] = []

    def wait() -> None:
        with locks.writing(tmp_path, said.append):
            pass

    with locks.writing(tmp_path, no_waiting):
        (tmp_path / "writer.json").unlink()
        if written is not None:
            (tmp_path / "writer.json").write_bytes(written)
        waiting = threading.Thread(target=wait, daemon=True)
        waiting.start()
        wait_until(lambda: said, "it is said who writes")
    waiting.join(20)
    assert not waiting.is_alive()
    assert said == ["Another process is writing this index; waiting for it to end …"]


def test_a_generation_removed_while_a_reader_waits_for_its_lock(tmp_path: Path) -> None:
    manifest = tmp_path / "manifest.json"
    manifest.touch()
    errors: list[IndexDamagedError] = []

    def read() -> None:
        try:
            with locks.reading(manifest):
                pass
        except IndexDamagedError as error:
            errors.append(error)

    waiting = threading.Thread(target=read, daemon=True)
    with locks.nobody_reading(manifest):
        waiting.start()
        time.sleep(0.05)
        assert waiting.is_alive()
        manifest.unlink()
    waiting.join(20)
    assert len(errors) == 1


def test_two_writers_that_add_to_a_corpus(own: Path) -> None:
    """The second adds to what the first has made of it, and not to what it was when it began to wait."""
    one, other = (write_documents(own.parent / name, {name: "中欧班列。\n"}) for name in ("three", "four"))
    said: list[str] = []
    waiting = threading.Thread(
        target=lambda: build_corpus(own, name=OWN, paths=[other], waiting=said.append), daemon=True
    )
    with locks.writing(corpus_folder(own, OWN), no_waiting):
        waiting.start()
        wait_until(lambda: said, "it waits")
        remember(redefine(own, OWN, [Root(one)]))
    waiting.join(20)
    assert [root.path.name for root in define(own, OWN).roots] == ["mine", "three", "four"]
    assert counts_of_own(own) == Counts(6, 5, 4)


# Workers


# Runs the command line, with a process for every bit of work where there are two parts of it.
WORKERS = """
import os
from zhengce.cli.main import main
from zhengce.index.indexing import build

build._WORTH_A_PROCESS = 1
build._processors = lambda: 2
main()
"""
has_children_listed = pytest.mark.skipif(
    not Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").exists(), reason="the processes are not known here"
)


@dataclass
class Work:
    """A data directory with a corpus of documents to be read by two workers: for each, one to begin with, a pipe
    that it waits for, and one to end with."""

    home: Path
    folder: Path
    begins: list[Path]
    stops: list[Path]
    ends: list[Path]
    largest_file: int | None = None
    pipes: list[int] = field(default_factory=list)
    processes: list[subprocess.Popen[str]] = field(default_factory=list)

    def start(self, *stages: list[Path]) -> subprocess.Popen[str]:
        """Start to build of documents of some stages."""

        def limit() -> None:
            if self.largest_file is not None:
                signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
                resource.setrlimit(resource.RLIMIT_FSIZE, (self.largest_file, resource.RLIM_INFINITY))

        (self.folder / "workers.py").write_text(WORKERS, encoding="ascii")
        paths = [path for part in zip(*stages, strict=True) for path in part]
        process = subprocess.Popen(
            [sys.executable, self.folder / "workers.py", "index", "--corpus", OWN, "--rebuild", *paths],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=self.folder / "elsewhere",
            env={**os.environ, "ZHENGCE_HOME": str(self.home), "PYTHONUTF8": "1"},
            start_new_session=True,
            preexec_fn=limit,
        )
        self.processes.append(process)
        return process

    def two_waiting(self, process: subprocess.Popen[str]) -> list[int]:
        """Wait until both workers wait for their pipes; returns their numbers, and keeps the pipes open."""
        self.pipes = [self._opened(stop, process) for stop in self.stops]
        workers = children(process.pid)
        assert len(workers) == 2
        return workers

    def go_on(self) -> None:
        """Let the workers have what they wait for: nothing that is a text."""
        for pipe in self.pipes:
            with suppress(BrokenPipeError):
                os.write(pipe, b"\xff")
        self.close()

    def close(self) -> None:
        while self.pipes:
            os.close(self.pipes.pop())

    def end(self) -> None:
        """End what a test that failed has left."""
        self.close()
        for process in self.processes:
            for each in (*children(process.pid), *([process.pid] if process.poll() is None else [])):
                os.kill(each, signal.SIGKILL)
            process.communicate()

    def _opened(self, pipe: Path, process: subprocess.Popen[str]) -> int:
        opened: list[int] = []

        def someone_reads() -> bool:
            assert process.poll() is None, process.communicate()
            with suppress(OSError):
                opened.append(os.open(pipe, os.O_WRONLY | os.O_NONBLOCK))
            return bool(opened)

        wait_until(someone_reads, "a worker reads")
        return opened[0]


@pytest.fixture
def work(shared_home: Path, tmp_path: Path) -> Iterator[Work]:
    """An index of the two short documents is in force."""
    folder = tmp_path / "work"
    home = tmp_path / "home"
    shutil.copytree(shared_home / "cache", home / "cache", copy_function=os.link)
    write_documents(folder, {**TEXTS, "end-1": "口岸建设。\n" * 90, "end-2": "铁路建设。\n" * 90})
    (folder / "elsewhere").mkdir()
    (folder / "elsewhere" / "queue.py").write_text("raise SystemExit('This is not the program\\'s.')", encoding="ascii")
    for number in (1, 2):
        os.mkfifo(folder / f"stop-{number}.txt")
    stages = ("one", "two"), ("stop-1", "stop-2"), ("end-1", "end-2")
    work = Work(home, folder, *([folder / f"{name}.txt" for name in stage] for stage in stages))
    build_corpus(home, name=OWN, paths=work.begins)
    yield work
    work.end()


def forgotten(work: Work) -> list[Path]:
    """Return what the corpus is made of but for the files that were there at first."""
    return [root.path for root in define(work.home, OWN).roots if root.path not in work.begins]


def assert_last_in_force(work: Work, before: dict[str, bytes]) -> None:
    """See that what was in force still is, that nothing is left behind, and that another build comes to its end."""
    after = tree(corpus_folder(work.home, OWN))
    assert after.keys() == before.keys()
    assert {name for name in after if after[name] != before[name]} <= {"corpus.json"}
    assert open_corpus(work.home, name=OWN).search(QUERY).counts == RIGHT
    assert build_corpus(work.home, name=OWN, forget=forgotten(work), rebuild=True).built
    assert len(generation_folders(work.home, OWN)) == 1
    assert not list((work.home / "cache").glob("tmp*"))
    assert open_corpus(work.home, name=OWN).search(QUERY).counts == RIGHT


def failed(process: subprocess.Popen[str], code: int = 2) -> str:
    """Return what a process said that has failed, without that it began."""
    out, err = process.communicate(timeout=20)
    assert (process.returncode, out) == (code, ""), err
    (said,) = [line for line in err.splitlines() if line and "building the index" not in line]
    return said


def test_two_workers_build_what_one_process_does(work: Work) -> None:
    process = work.start(work.begins, work.ends)
    out, err = process.communicate(timeout=20)
    assert (process.returncode, err) == (0, "zhengce: building the index of 4 documents …\n")
    assert "4 documents" in out
    (generation,) = generation_folders(work.home, OWN)
    assert {folder.name for folder in generation.iterdir() if folder.is_dir()} == {
        "registry",
        "segment-000",
        "segment-001",
    }
    corpora = [open_corpus(work.home, name=OWN)]
    build_corpus(work.home, name=OWN, rebuild=True)
    corpora.append(open_corpus(work.home, name=OWN))
    for name, ask in ASKS.items():
        one, other = map(ask, corpora)
        assert one == other or name == "explain", name


@has_children_listed
def test_a_killed_worker(work: Work) -> None:
    before = tree(corpus_folder(work.home, OWN))
    process = work.start(work.begins, work.stops, work.ends)
    workers = work.two_waiting(process)
    assert len(generation_folders(work.home, OWN)) == 2
    os.kill(workers[1], signal.SIGKILL)
    assert "A process that wrote a part of the index was ended (-9)." in failed(process)
    assert not any(map(is_running, workers))
    assert_last_in_force(work, before)


@has_children_listed
def test_a_killed_parent(work: Work) -> None:
    """The workers notice when they next have something to say; the next build removes what they have left."""
    before = {*generation_folders(work.home, OWN)}
    process = work.start(work.begins, work.stops, work.ends)
    workers = work.two_waiting(process)
    process.kill()
    process.wait()
    assert all(map(is_running, workers))
    work.go_on()
    assert process.communicate(timeout=20) == ("", "zhengce: building the index of 6 documents …\n")
    wait_until(lambda: not any(map(is_running, workers)), "the workers have ended", 10)
    (left,) = {*generation_folders(work.home, OWN)} - before
    assert [folder.name for folder in sorted(left.iterdir())] == ["folding.json", "segment-000", "segment-001"]
    assert open_corpus(work.home, name=OWN).search(QUERY).counts == RIGHT
    assert build_corpus(work.home, name=OWN, forget=forgotten(work), rebuild=True).built
    assert_last_in_force(work, tree(corpus_folder(work.home, OWN)))


@has_children_listed
def test_interrupted_workers(work: Work) -> None:
    before = tree(corpus_folder(work.home, OWN))
    process = work.start(work.stops, work.ends)
    workers = work.two_waiting(process)
    os.killpg(process.pid, signal.SIGINT)
    assert failed(process, 130) == "zhengce: interrupted"
    assert not any(map(is_running, workers))
    assert_last_in_force(work, before)


@has_children_listed
@pytest.mark.parametrize("delay", [0, 0.002, 0.1])
def test_interrupted_while_workers_are_started(delay: float, work: Work) -> None:
    before = tree(corpus_folder(work.home, OWN))
    process = work.start(work.stops, work.ends)
    seen: set[int] = set()
    wait_until(lambda: seen.update(children(process.pid)) or seen, "there is a worker")
    time.sleep(delay)
    os.killpg(process.pid, signal.SIGINT)
    assert failed(process, 130) == "zhengce: interrupted"
    assert not any(map(is_running, seen))
    assert tree(corpus_folder(work.home, OWN)).keys() == before.keys()


def test_a_disk_full_in_a_worker(work: Work) -> None:
    before = tree(corpus_folder(work.home, OWN))
    work.largest_file = 60_000
    write_documents(work.folder, dict.fromkeys(("end-1", "end-2"), "铁路建设。\n\n" * 9_000))
    said = failed(work.start(work.begins, work.ends))
    assert f"{corpus_folder(work.home, OWN)}: {os.strerror(errno.EFBIG)}." in said
    assert_last_in_force(work, before)


# Corpora of one's own


@pytest.fixture
def own(memory: Path) -> Path:
    """A data directory with a corpus of the two short documents, which are in a folder beside it."""
    build_corpus(memory / "home", name=OWN, paths=[write_documents(memory / "mine", TEXTS)])
    return memory / "home"


def definition(*, limits: object = None, **changes: object) -> bytes:
    """Return what a corpus remembers, but for some changes."""
    root = {"path": "/tmp", "globs": [], "encoding": None, "follow": False, **changes}
    return json.dumps({"roots": [root], "limits": {} if limits is None else limits}).encode()


@pytest.mark.parametrize(
    "garbage",
    [
        b"",
        b"\0" * 100,
        b"\xff\xfe",
        b"{",
        b"null",
        b"[]",
        b"{}",
        b"[" * 100_000,
        signed(definition())[:-1],
        signed(definition())[11:],
        *map(
            signed,
            [
                b"{",
                b"null",
                b"[]",
                b"{}",
                b"[" * 100_000,
                b'{"paths": ["/tmp"]}',
                b'{"roots": null, "limits": {}}',
                b'{"roots": {"path": "/tmp"}, "limits": {}}',
                b'{"roots": ["/tmp"], "limits": {}}',
                b'{"roots": [{"path": "/tmp"}], "limits": {}}',
                *(definition(path=path) for path in (None, 1, "", ".", "mine", "/tmp\0", "/tmp/\ud800")),
                definition(globs=None),
                definition(limits={"most": 1}),
                definition(limits=[]),
            ],
        ),
    ],
    ids=lambda garbage: garbage[:60].decode("latin-1"),
)
def test_garbage_for_what_a_corpus_is_made_of(garbage: bytes, own: Path) -> None:
    file = corpus_folder(own, OWN) / "corpus.json"
    file.write_bytes(garbage)
    for attempt in (open_corpus, build_corpus):
        with pytest.raises(StorageError, match=f"{file} is corrupt. Run `zhengce index --corpus {OWN} FOLDER`"):
            attempt(own, name=OWN)
    build_corpus(own, name=OWN, paths=[own.parent / "mine"])
    assert open_corpus(own, name=OWN).search(QUERY).counts == RIGHT
    assert not build_corpus(own, name=OWN).built


def test_no_byte_of_what_a_corpus_is_made_of_can_be_changed_to_a_wrong_answer(own: Path) -> None:
    file = corpus_folder(own, OWN) / "corpus.json"
    written = file.read_bytes()
    for place, byte in enumerate(written):
        for other in {byte ^ 1, byte ^ 1 << place % 8, 0} - {byte}:
            file.write_bytes(written[:place] + bytes([other]) + written[place + 1 :])
            with suppress(StorageError):
                assert open_corpus(own, name=OWN).search(QUERY).counts == RIGHT
            with pytest.raises((StorageError, DocumentError)) as caught:
                build_corpus(own, name=OWN)
            assert str(file) in str(caught.value) or "cannot be read: " in str(caught.value)


@pytest.mark.parametrize("lost", ["corpus.json", "."])
def test_a_corpus_of_which_nothing_is_known(lost: str, own: Path) -> None:
    if lost == ".":
        shutil.rmtree(corpus_folder(own, OWN))
    else:
        (corpus_folder(own, OWN) / lost).unlink()
    for attempt in (open_corpus, build_corpus):
        with pytest.raises(UnknownCorpusError, match=f"`zhengce index --corpus {OWN} FOLDER`"):
            attempt(own, name=OWN)
    build_corpus(own, name=OWN, paths=[own.parent / "mine"])
    assert open_corpus(own, name=OWN).search(QUERY).counts == RIGHT


def test_the_index_of_a_corpus_that_is_gone_is_built(own: Path) -> None:
    for left in corpus_folder(own, OWN).iterdir():
        if left.is_dir():
            shutil.rmtree(left)
    with pytest.raises(IndexDamagedError, match="--corpus"):
        open_corpus(own, name=OWN)
    (corpus_folder(own, OWN) / "current").unlink()
    assert open_corpus(own, name=OWN).search(QUERY).counts == RIGHT


def test_a_corpus_whose_folder_is_gone(own: Path) -> None:
    """It can be searched; to build it, its documents are needed."""
    before = tree(own)
    gone = own.parent / "mine"
    gone.rename(own.parent / "elsewhere")
    for rebuild in (False, True):
        with pytest.raises(DocumentError, match=f"^{gone} cannot be read: {os.strerror(errno.ENOENT)}"):
            build_corpus(own, name=OWN, rebuild=rebuild)
    assert tree(own) == before
    assert open_corpus(own, name=OWN).search(QUERY).counts == RIGHT
    gone.mkdir()
    with pytest.raises(DocumentError, match=f"^There is no document in {gone}"):
        build_corpus(own, name=OWN)
    assert tree(own) == before


def test_an_index_of_a_corpus_that_is_of_another_version_and_whose_folder_is_gone(own: Path) -> None:
    alter_manifest(own, OWN, format=generations.FORMAT + 1)
    shutil.rmtree(own.parent / "mine")
    with pytest.raises(DocumentError, match=str(own.parent / "mine")):
        open_corpus(own, name=OWN)


def test_files_that_cannot_be_read_do_not_stop_the_others(own: Path) -> None:
    folder = own.parent / "mine"
    (folder / "image.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "blank.md").write_bytes(" \n\n\u3000\n".encode())
    (folder / "zeros.txt").write_bytes(b"\0" * 1000)
    (folder / "nowhere.txt").symlink_to(folder / "missing")
    (folder / "around.txt").symlink_to(folder / "around.txt")
    (folder / "folder.txt").mkdir()
    os.mkfifo(folder / "pipe.txt")
    report = build_corpus(own, name=OWN)
    assert report
    refused = "\n".join(report.refused)
    for name in ("image.txt", "empty.txt", "blank.md", "zeros.txt"):
        assert str(folder / name) in refused
    skipped = {Path(each.path).name: each.reason for each in report.files if each.status == "skipped"}
    assert skipped.keys() == {"nowhere.txt", "around.txt", "pipe.txt"}
    assert skipped["pipe.txt"] == "is not a file"
    assert report.documents == 2
    assert open_corpus(own, name=OWN).search(QUERY).counts == RIGHT
    assert not build_corpus(own, name=OWN).built


def test_a_corpus_of_which_no_file_can_be_read(own: Path) -> None:
    before = tree(own)
    for name in TEXTS:
        (own.parent / "mine" / f"{name}.txt").write_bytes(NO_TEXT)
    with pytest.raises(DocumentError, match=r"(?s)None of the documents can be read.*one\.txt.*two\.txt"):
        build_corpus(own, name=OWN)
    assert tree(own) == before
    assert open_corpus(own, name=OWN).search(QUERY).counts == RIGHT


def test_a_document_that_is_gone_while_the_index_is_built(own: Path) -> None:
    def remove_the_last(done: int, total: int, document: str) -> None:
        (own.parent / "mine" / "two.txt").unlink(missing_ok=True)

    report = build_corpus(own, name=OWN, rebuild=True, progress=remove_the_last)
    assert report
    assert report.documents == 1
    assert str(own.parent / "mine" / "two.txt") in report.refused[0]
    assert open_corpus(own, name=OWN).search(QUERY).counts == Counts(3, 2, 1)


def test_damage_to_a_corpus_leaves_the_others(own: Path, documents: Path) -> None:
    build_corpus(own, documents=documents)
    build_corpus(own, name="other", paths=[own.parent / "mine"])
    shutil.rmtree(generation_folders(own, OWN)[0])
    (corpus_folder(own, "other") / "corpus.json").write_bytes(b"")
    assert open_corpus(own, documents=documents).search(QUERY).counts == RIGHT
    with pytest.raises(IndexDamagedError, match="--corpus"):
        open_corpus(own, name=OWN)
    build_corpus(own, name=OWN, rebuild=True)
    assert open_corpus(own, name=OWN).search(QUERY).counts == RIGHT


# Folders that cannot be written


@pytest.mark.parametrize("below", ["file", "file/data", "file/a/b"])
def test_a_data_directory_that_cannot_be_made(below: str, documents: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="ascii")
    for attempt in (open_corpus, build_corpus):
        with pytest.raises(StorageError, match=str(corpus_folder(tmp_path / below))):
            attempt(tmp_path / below, documents=documents)
    with pytest.raises(StorageError, match=str(corpus_folder(tmp_path / below, OWN))):
        build_corpus(tmp_path / below, name=OWN, paths=[documents])
    assert tree(tmp_path) == {"file": b"in the way"}


@pytest.mark.parametrize(
    "name", ["cache", "corpora", *(f"corpora/bundled{below}" for below in ("", "/lock", "/current"))]
)
def test_something_in_the_way_within_the_data_directory(name: str, documents: Path, tmp_path: Path) -> None:
    if name.endswith(("lock", "current")):
        (tmp_path / name).mkdir(parents=True)
    else:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("in the way", encoding="ascii")
    for attempt in (open_corpus, build_corpus):
        with pytest.raises(StorageError, match=str(tmp_path)):
            attempt(tmp_path, documents=documents)
    assert not generation_folders(tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_data_directory_without_permission_to_write(home: Path, documents: Path) -> None:
    folder = corpus_folder(home)
    before = tree(folder)
    folder.chmod(0o500)
    try:
        with pytest.raises(StorageError, match=str(folder)):
            build_corpus(home, documents=documents, rebuild=True)
        assert is_right(home, documents)
    finally:
        folder.chmod(0o700)
    assert tree(folder) == before
