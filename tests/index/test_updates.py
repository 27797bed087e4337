"""Updates: after any changes to its files, an index answers as one that is built anew does."""

from __future__ import annotations

import os
import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from damage import segmenter
from zhengce.corpus.document import Document
from zhengce.corpus.errors import DocumentError
from zhengce.corpus.files import Root, Source
from zhengce.corpus.formats import table as formats
from zhengce.corpus.formats.interface import Format
from zhengce.corpus.formats.word import libreoffice
from zhengce.corpus.limits import Limits
from zhengce.corpus.text import words
from zhengce.index import Corpus, Hit, IndexedDocument, build_corpus, open_corpus
from zhengce.index.indexing import build, corpora, digests, segment_build
from zhengce.index.indexing.reports import BuildReport, FileReport
from zhengce.index.search.explanation import Step
from zhengce.index.storage import file_records, fingerprint, generations
from zhengce.index.storage.file_records import FileRecord

Put = Callable[..., Path]

SEQUENCES = int(os.environ.get("ZHENGCE_UPDATES", "2"))
"""How many sequences of updates are tried; each has a seed of its own."""
UPDATES = 8

TEXT = "成都开行班列。\n"


@pytest.fixture(autouse=True)
def _quick_builds(shared_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shared = segmenter(shared_home / "cache")
    monkeypatch.setattr(segment_build, "Segmenter", lambda folding, cache: shared)
    monkeypatch.setattr(words, "Segmenter", lambda folding, cache: shared)
    monkeypatch.setattr(os, "fsync", lambda descriptor: None)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "texts").mkdir()
    return tmp_path / "texts"


@pytest.fixture
def put(folder: Path) -> Put:
    times = iter(range(1_000_000_000_000_000_000, 2_000_000_000_000_000_000, 1_000_003))

    def write(name: str, text: str | bytes = TEXT) -> Path:
        """Write a file, with a time of its own."""
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        os.utime(path, ns=(0, next(times)))
        return path

    return write


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are read as documents, as they are read."""
    names: list[str] = []
    read_documents = segment_build.read_documents

    def noted(source: Source, *arguments: Any) -> tuple[Document, ...]:
        names.append(source.path.name)
        return read_documents(source, *arguments)

    monkeypatch.setattr(segment_build, "read_documents", noted)
    return names


def update(home: Path, *paths: Path | Root, **options: Any) -> BuildReport:
    return build_corpus(home, name="own", paths=paths, **options)


def opened(home: Path) -> Corpus:
    return open_corpus(home, name="own")


def records(home: Path, name: str = "own") -> list[FileRecord]:
    found = generations.current(home / "corpora" / name)
    assert found
    return list(file_records.read_records(found[0]))


def statuses(report: BuildReport) -> dict[str, str]:
    found = {Path(each.path).name: each.status for each in report.files}
    assert len(found) == len(report.files)
    return found


def named(report: BuildReport, name: str) -> FileReport:
    (found,) = (each for each in report.files if Path(each.path).name == name)
    return found


# Any changes


TITLES = ("关于开行中欧班列的通知", "成渝地区双城经济圈建设规划", "2023年政府工作报告", "口岸管理办法")
PARAGRAPHS = (
    "一、开行中欧班列",
    "（一）建设口岸",
    "成都开行中欧班列，质量第一，通达四方…",
    "重庆建设国际物流枢纽。开行西部陆海新通道班列；推动高质量发展。",
    "人民政府要为人民服务。人民人民人民。",
    "第一条　为了规范口岸管理，制定本办法。",
    "二、保障措施",
    "坚持質量第一的方針，2025 年開行班列1000列。",
    "| 项目 | 数量 |",
    "渝府办发〔2022〕86号",
    "重庆市人民政府",
    "2022年7月26日",
    "推动　物流成本　下降😀。",
)
STRINGS = ("班列", "人民", "质量第一", "口岸", "物流成本", "…", "2025年", "成", "没有的话")
QUERIES = (
    *STRINGS,
    ".",
    "开行 班列",
    "口岸 OR 物流",
    "人民 NOT 政府",
    "开行 NEAR/9 班列",
    "section:开行 班列",
    "title:通知 开行",
    "date:2022..2023 班列",
    "kind:heading 建设",
    "issuer:重庆 OR 班列",
    "/开行.{0,6}班列/",
)
QUESTIONS = ("开行中欧班列的质量", "物流成本", "人民政府服务")
NAMES = ("a.txt", "b.md", "法(2020-05-28).txt", "2023.txt", "通知.txt", "a.md", "[x].text")
FOLDERS = ("", "市/", "市/区/", "省/")
ANCHOR = "0.txt"


@dataclass(frozen=True)
class State:
    """What decides the documents of a folder: the content of each file, its time, and what sidecars say of it."""

    contents: dict[str, bytes]
    times: dict[str, int]
    said: dict[str, str]


class Tree:
    """A folder that is changed at random."""

    def __init__(self, folder: Path, put: Put, chance: random.Random) -> None:
        self._folder, self._put, self._chance = folder, put, chance
        put(ANCHOR, "开行班列。\n")

    def change(self) -> str:
        """Change something, and return what."""
        changes = (
            self.add, self.add, self.add, self.change_text, self.change_text, self.touch, self.remove, self.rename,
            self.move, self.copy, self.swap, self.spoil, self.state, self.say_nothing,
        )  # fmt: skip
        chosen = self._chance.choice(changes)
        with suppress(IndexError):  # there is no file to do it with
            chosen()
        return chosen.__name__

    def state_now(self) -> State:
        files = [path for path in self._folder.rglob("*") if path.is_file()]
        names = {path.relative_to(self._folder).as_posix(): path for path in files if path.name != "metadata.csv"}
        return State(
            {name: path.read_bytes() for name, path in names.items()},
            {name: path.stat().st_mtime_ns for name, path in names.items()},
            {name: self._said(name) for name in names},
        )

    def _said(self, name: str) -> str:
        sidecar = self._folder / "metadata.csv"
        lines = sidecar.read_text(encoding="utf-8").splitlines()[1:] if sidecar.exists() else []
        return "".join(line for line in lines if line.startswith(name + ","))

    def _text(self) -> str:
        chosen = [self._chance.choice(PARAGRAPHS) for _ in range(self._chance.randrange(1, 9))]
        return "\n\n".join([self._chance.choice(TITLES), *chosen]) + "\n"

    def _free(self) -> str:
        names = [folder + name for folder in FOLDERS for name in NAMES if not (self._folder / folder / name).exists()]
        return self._chance.choice(names)

    def _file(self) -> Path:
        files = sorted(
            path for path in self._folder.rglob("*") if path.is_file() and path.name not in (ANCHOR, "metadata.csv")
        )
        return self._chance.choice(files)

    def add(self) -> None:
        self._put(self._free(), self._text())

    def change_text(self) -> None:
        self._put(self._name(self._file()), self._text())

    def touch(self) -> None:
        path = self._file()
        self._put(self._name(path), path.read_bytes())

    def remove(self) -> None:
        self._file().unlink()

    def rename(self) -> None:
        path = self._file()
        free = self._folder / self._free()
        free.parent.mkdir(parents=True, exist_ok=True)
        path.rename(free)

    def move(self) -> None:
        path = self._file()
        moved = self._folder / self._chance.choice(FOLDERS) / path.name
        moved.parent.mkdir(parents=True, exist_ok=True)
        if not moved.exists():
            path.rename(moved)

    def copy(self) -> None:
        self._put(self._free(), self._file().read_bytes())

    def swap(self) -> None:
        one, other = self._file(), self._file()
        aside = self._folder / "aside"
        one.rename(aside)
        if one != other:
            other.rename(one)
        aside.rename(other)

    def spoil(self) -> None:
        self._put(self._name(self._file()), b"\x89PNG\r\n\x1a\n" + self._chance.randbytes(3))

    def state(self) -> None:
        said = [
            f"{self._name(self._file())},{self._chance.choice('川渝')},2021-0{self._chance.randrange(1, 9)}"
            for _ in range(3)
        ]
        self._put("metadata.csv", "\n".join(["file,region,date", *dict.fromkeys(said)]) + "\n")

    def say_nothing(self) -> None:
        (self._folder / "metadata.csv").unlink(missing_ok=True)

    def _name(self, path: Path) -> str:
        return path.relative_to(self._folder).as_posix()


def answers(corpus: Corpus) -> Iterator[tuple[str, object]]:
    """Yield what a corpus answers, with documents named by their paths."""
    paths = corpus.paths

    def plain(document: IndexedDocument) -> IndexedDocument:
        return document._replace(id=str(paths[document.id]), first=0)

    def shown(hit: Hit) -> Hit:
        return hit._replace(document=plain(hit.document))

    yield "documents", [(plain(each), list(corpus.passages(each))) for each in corpus.documents]
    for query in QUERIES:
        for options in ({"sort": "document"}, {"sort": "relevance"}, {"words": True}):
            results = corpus.search(query, **options)  # type: ignore[arg-type]
            yield f"{query} {options}", [shown(hit) for hit in results]
        yield f"best of {query}", [shown(hit) for hit in corpus.search(query, sort="relevance").hits(3)]
        by_document = [(plain(document), counts) for document, counts in results.by_document.items()]
        yield f"counts of {query}", (results.counts, len(results), results.searched, by_document)
        yield f"parts of {query}", (results.terms, results.parts(), results.conditions)
        yield f"explanation of {query}", list(_steps(corpus.explain(query)))
    for document in corpus.documents[::3]:
        found = corpus.search("班列 OR 口岸", documents=[document.id])
        yield f"班列 in {paths[document.id]}", [shown(hit) for hit in found]
    for question in QUESTIONS:
        # Whoosh counts removed documents into its scores until a segment is written anew.
        results = corpus.search(question, keywords=True)
        hits = {(str(paths[hit.document.id]), hit.passage.number, hit.spans) for hit in results}
        in_order = [shown(hit._replace(score=0)) for hit in corpus.search(question, keywords=True, sort="document")]
        yield f"words of {question}", (hits, results.counts, results.terms, in_order)
    for string in STRINGS:
        yield f"suggestions for {string}", corpus.suggestions(string, 5)
        yield f"parts of {string}", corpus.longest_parts(string + "没有")


def _steps(step: Step) -> Iterator[tuple[object, ...]]:
    # How many blocks are read goes by the segments.
    yield step.meaning, step.passages, [each for each in step.particulars if not each.startswith("reads ")]
    for part in step.parts:
        yield from _steps(part)


def expected_statuses(before: State, now: State) -> Counter[tuple[str, str]]:
    """Return how often each status is to be reported for files of each content."""
    expected: Counter[tuple[str, str]] = Counter()
    gone = Counter(str(content) for name, content in before.contents.items() if name not in now.contents)
    for name, content in now.contents.items():
        if content.startswith(b"\x89"):
            status = "refused"
        elif name in before.contents:
            status = (
                "unchanged" if (before.contents[name], before.said[name]) == (content, now.said[name]) else "changed"
            )
        else:
            status = "new"
        expected[status, str(content)] += 1
        if status in ("new", "refused") and name not in before.contents and gone[str(content)]:
            gone[str(content)] -= 1
            if status == "new":
                expected["new", str(content)] -= 1
                expected["renamed", str(content)] += 1
    for content, count in gone.items():
        expected["removed", content] += count
    return +expected


def reported(report: BuildReport, folder: Path, before: State, now: State) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    for each in report.files:
        name = Path(each.path).relative_to(folder).as_posix()
        contents = before.contents if each.status == "removed" else now.contents
        found["new" if each.status == "added" else each.status, str(contents[name])] += 1
    return found


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(SEQUENCES))
def test_an_index_that_is_updated_answers_as_a_new_one(
    home: Path, folder: Path, put: Put, read: list[str], seed: int
) -> None:
    chance = random.Random(seed)
    tree = Tree(folder, put, chance)
    before = State({}, {}, {})
    for number in range(UPDATES):
        done = [tree.change() for _ in range(chance.choice((0, 1, 1, 1, 2, 6)) if number else 8)]
        now = tree.state_now()
        known = {record.path: record for record in records(home)} if number else {}
        read.clear()
        report = update(home, folder)
        where = f"seed {seed}, update {number}: {', '.join(done)}"
        assert report.built == (now != before), where
        assert reported(report, folder, before, now) == expected_statuses(before, now), where
        _assert_that_only_what_changed_was_read(
            read, report, known, {record.path: record for record in records(home)}, where
        )
        updated = opened(home)
        assert len(updated._snapshot.segments) <= 8, where
        build_corpus(home, name="new", paths=[folder])
        new = open_corpus(home, name="new")
        for (name, answer), (_, wanted) in zip(answers(updated), answers(new), strict=True):
            assert answer == wanted, f"{where}: {name}"
        assert (report.documents, report.passages) == (len(new.documents), sum(each.passages for each in new.documents))
        _assert_that_the_same_texts_are_named(report, updated)
        before = now
        shutil.rmtree(home / "corpora" / "new")


def _assert_that_only_what_changed_was_read(
    read: list[str], report: BuildReport, before: dict[str, FileRecord], now: dict[str, FileRecord], where: str
) -> None:
    alive = {record.segment for record in now.values()}
    wanted: list[str] = []
    for each in report.files:
        if each.status in ("removed", "skipped"):
            continue
        was = str(each.reason).removeprefix("was ") if each.status == "renamed" else each.path
        is_kept = each.status == "unchanged" or (each.status == "renamed" and Path(was).name == Path(each.path).name)
        if each.status == "refused":
            is_kept = each.path in before and before[each.path].content_digest == now[each.path].content_digest
        rewritten = was in before and before[was].segment not in (alive | {None})
        if not is_kept or rewritten or (was in before and before[was].source_digest != now[each.path].source_digest):
            wanted.append(Path(each.path).name)
    assert sorted(read) == sorted(wanted), where


def _assert_that_the_same_texts_are_named(report: BuildReport, corpus: Corpus) -> None:
    texts = {
        str(corpus.paths[each.id]): "".join("".join(p.text.split()) for p in corpus.passages(each))
        for each in corpus.documents
    }
    first: dict[str, str] = {}
    for path, text in texts.items():
        first.setdefault(text, path)
    same = {path: first[text] for path, text in texts.items() if first[text] != path}
    assert {each.path: each.same_text for each in report.files if each.same_text} == same


# Single changes


def test_where_nothing_has_changed_nothing_is_read_or_written(
    home: Path, folder: Path, put: Put, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    put("a.txt")
    put("b.txt", b"\xff\xfe")
    assert update(home, folder).built
    current = (home / "corpora" / "own" / "current").read_bytes()
    read.clear()
    monkeypatch.setattr(build, "content_digest", lambda path: pytest.fail("no file needs to be looked into"))
    for options in ({}, {"paths": [folder]}, {"paths": [folder / "a.txt"]}, {"limits": Limits()}):
        report = build_corpus(home, name="own", **options)
        assert not report.built
        assert statuses(report) == {"a.txt": "unchanged", "b.txt": "refused"}
        assert not any(each.is_new for each in report.files)
    assert read == []
    assert (home / "corpora" / "own" / "current").read_bytes() == current


def test_a_file_that_was_only_touched_is_looked_into_once_and_not_read(
    home: Path, folder: Path, put: Put, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    put("a.txt")
    put("b.txt")
    update(home, folder)
    put("a.txt")
    read.clear()
    looked: list[str] = []
    content = build.content_digest
    monkeypatch.setattr(build, "content_digest", lambda path: looked.append(path.name) or content(path))
    for _ in range(2):
        assert statuses(update(home)) == {"a.txt": "unchanged", "b.txt": "unchanged"}
    assert (looked, read) == (["a.txt"], [])


def test_a_file_that_was_renamed_keeps_its_id_and_its_place_in_the_order(
    home: Path, folder: Path, put: Put, read: list[str]
) -> None:
    put("a.txt", "成都开行班列，通达四方。\n")
    put("b.txt", "重庆开行班列，通达四方。\n")
    put("other.txt", "开行班列。\n")
    update(home, folder, folder / "other.txt")
    read.clear()
    (folder / "a.txt").rename(folder / "c.txt")
    report = update(home)
    assert statuses(report) == {"b.txt": "unchanged", "c.txt": "renamed", "other.txt": "unchanged"}
    assert named(report, "c.txt").reason == f"was {folder / 'a.txt'}"
    assert read == ["c.txt"], "it has its title from its name"
    found = [(each.id, each.metadata.title) for each in opened(home).documents]
    assert found == [("b", "b"), ("a", "c"), ("other", "other")]
    (folder / "sub").mkdir()
    (folder / "c.txt").rename(folder / "sub" / "c.txt")
    read.clear()
    assert statuses(update(home))["c.txt"] == "renamed"
    assert read == []
    assert opened(home).paths["a"] == folder / "sub" / "c.txt"


def test_a_new_file_does_not_take_the_id_of_one_that_was_renamed(home: Path, folder: Path, put: Put) -> None:
    put("a.txt", "成都开行班列，通达四方。\n")
    update(home, folder)
    (folder / "a.txt").rename(folder / "b.txt")
    put("a.txt", "重庆开行班列。\n")
    put("b.md", "西安开行班列。\n")
    assert statuses(update(home)) == {"a.txt": "changed", "b.txt": "added", "b.md": "added"}
    found = opened(home).paths
    assert found["a"] == folder / "a.txt"
    assert len(found) == 3


@pytest.mark.parametrize("damaged", [False, True])
def test_a_rebuild_reads_everything_and_keeps_the_ids(
    home: Path, folder: Path, put: Put, read: list[str], monkeypatch: pytest.MonkeyPatch, damaged: bool
) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        put(name, f"{name}开行班列。\n")
    update(home, folder)
    (folder / "a.txt").rename(folder / "d.txt")
    update(home)
    before = opened(home).paths
    assert before["a"] == folder / "d.txt"
    if damaged:
        for file in (home / "corpora" / "own").glob("generation-*/segment-*/words.bits"):
            file.write_bytes(b"")
    read.clear()
    report = update(home, rebuild=True)
    assert report.built
    assert statuses(report) == dict.fromkeys(("b.txt", "c.txt", "d.txt"), "unchanged")
    assert read == ["b.txt", "c.txt", "d.txt"]
    assert opened(home).paths == before
    monkeypatch.setattr(fingerprint, "READING_VERSION", 0)
    read.clear()
    assert opened(home).paths == before
    assert read == ["b.txt", "c.txt", "d.txt"]


def test_many_small_updates_do_not_pile_up_segments(home: Path, folder: Path, put: Put, read: list[str]) -> None:
    put("0.txt", f"{'开行班列。' * 100}\n")
    update(home, folder)
    most = 0
    for number in range(1, 20):
        put(f"{number}.txt", f"第{number}次班列。\n")
        update(home)
        most = max(most, len(opened(home)._snapshot.segments))
    assert 2 <= most <= 8
    assert len(read) <= 20 + 3 * 20, "each is read again now and then only"
    assert len(opened(home).documents) == 20


def test_a_segment_of_which_half_is_no_more_is_written_anew(
    home: Path, folder: Path, put: Put, read: list[str]
) -> None:
    for number in range(6):
        put(f"{number}.txt", f"第{number}次班列。\n")
    update(home, folder)
    for number in range(3):
        read.clear()
        (folder / f"{number}.txt").unlink()
        report = update(home)
        assert report.count("removed") == 1
        assert read == ([] if number < 2 else ["3.txt", "4.txt", "5.txt"])
        segments = opened(home)._snapshot.segments
        assert sum(map(len, segments)) == (6 if number < 2 else 3)
        assert [each.id for each in opened(home).documents] == [str(each) for each in range(number + 1, 6)]
    assert len(list((home / "corpora" / "own").glob("generation-*"))) == 1


def test_the_same_text_is_said_of_all_files_but_the_first(home: Path, folder: Path, put: Put) -> None:
    put("a.txt", "开行班列。\n\n建设口岸。\n")
    put("b.txt", "开行班列。\r\n\r\n建设口岸。".encode("utf-16"))
    put("c.md", "开行 班列。\n\n建设口岸。\n")
    put("d.txt", "开行班列。\n")
    report = update(home, folder)
    assert {Path(each.path).name: each.same_text for each in report.files} == {
        "a.txt": None, "b.txt": str(folder / "a.txt"), "c.md": str(folder / "a.txt"), "d.txt": None,
    }  # fmt: skip
    assert len(opened(home).search("班列")) == 4


# Files that were refused


@pytest.fixture
def lacking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """A format whose reader needs a library that is not there; the function gives it the library."""
    path = tmp_path / "packages" / "readers" / "lacking.py"
    path.parent.mkdir(parents=True)
    path.write_text("import fake_library\nfrom zhengce.corpus.formats.plain_text import extract\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path / "packages"))
    monkeypatch.setitem(
        formats._BY_SUFFIX, ".fake", Format("FAKE", (".fake",), "readers.lacking", ("fake_library",), sandboxed=True)
    )

    def install() -> None:
        (tmp_path / "packages" / "fake_library.py").write_text("", encoding="utf-8")
        monkeypatch.syspath_prepend(str(tmp_path / "packages"))

    return install


def test_a_file_is_read_once_what_was_missing_is_there(
    home: Path, folder: Path, put: Put, read: list[str], lacking: Callable[[], None]
) -> None:
    put("a.txt")
    put("b.fake")
    report = update(home, folder)
    assert statuses(report) == {"a.txt": "added", "b.fake": "refused"}
    assert "which needs fake_library" in report.refused[0]
    read.clear()
    report = update(home)
    assert (report.built, report.count("refused"), read) == (False, 1, [])
    lacking()
    report = update(home)
    assert read == ["b.fake"]
    assert statuses(report) == {"a.txt": "unchanged", "b.fake": "added"}
    assert named(report, "b.fake").is_new
    assert [hit.document.id for hit in opened(home).search("班列")] == ["a", "b"]


def test_another_version_of_a_library_reads_again_the_files_that_it_reads(
    home: Path, folder: Path, put: Put, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [f"a{number}.txt" for number in range(4)]  # so many that the segment need not be written again
    for name in texts:
        put(name)
    put("b.html", "<p>成都开行班列。</p>")
    put("c.html", "<p>重庆开行班列。</p>")
    put("d.html", "<p></p>")
    lxml = f"lxml {version('lxml')}"
    report = update(home, folder)
    assert (report.documents, report.reasons) == (6, ())
    assert [each.readers for each in records(home)] == [*[""] * 4, *[lxml] * 3]
    assert not update(home).built
    monkeypatch.setattr(digests, "_with_version", lambda library: f"{library} 999")
    current = (home / "corpora" / "own" / "current").read_text()
    assert len(opened(home).search("班列")) == 6
    assert (home / "corpora" / "own" / "current").read_text() == current, "a search does not ask for versions"
    read.clear()
    report = update(home)
    assert read == ["b.html", "c.html", "d.html"], "a file that was refused may be read by another version"
    assert report.reasons == (f"2 files are read again: lxml 999 is installed, and {lxml} had read them.",)
    assert statuses(report) == {**dict.fromkeys([*texts, "b.html", "c.html"], "unchanged"), "d.html": "refused"}
    assert len(opened(home).search("班列")) == 6
    assert not update(home).built
    monkeypatch.setattr(digests, "_with_version", lambda library: "")
    assert not update(home).built, "what a library has read stays where the library is gone"


def test_libreoffice_is_there_once_its_program_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not formats.is_available(libreoffice.NAME)
    program = tmp_path / "libreoffice"
    program.touch()
    program.chmod(0o755)
    assert formats.is_available(libreoffice.NAME)


def test_a_file_that_was_too_large_is_read_once_it_may_be(home: Path, folder: Path, put: Put, read: list[str]) -> None:
    put("a.txt")
    put("b.txt", TEXT * 100)
    report = update(home, folder, limits=Limits(size=1000))
    assert "b.txt has more than 1,000 bytes, the most that are read" in report.refused[0]
    assert not update(home).built
    read.clear()
    assert statuses(update(home, limits=Limits())) == {"a.txt": "unchanged", "b.txt": "added"}
    assert read == ["b.txt"]


def test_a_file_that_nobody_might_read_is_read_once_one_may(
    home: Path, folder: Path, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    put("a.txt")
    put("b.txt", "重庆开行班列。\n")
    open_ = Path.open

    def refuse(path: Path, *arguments: Any, **options: Any) -> Any:
        if path.name == "b.txt":
            raise PermissionError(13, "Permission denied")
        return open_(path, *arguments, **options)

    with monkeypatch.context() as closed:
        closed.setattr(Path, "open", refuse)
        assert statuses(update(home, folder)) == {"a.txt": "added", "b.txt": "refused"}
        assert not update(home).built
    assert statuses(update(home)) == {"a.txt": "unchanged", "b.txt": "added"}


def test_a_file_is_refused_where_it_was_spoilt_and_comes_back(home: Path, folder: Path, put: Put) -> None:
    put("a.txt")
    put("b.txt")
    update(home, folder)
    put("b.txt", " \n")
    report = update(home)
    assert (report.documents, statuses(report)) == (1, {"a.txt": "unchanged", "b.txt": "refused"})
    put("b.txt", TEXT)
    report = update(home)
    assert (report.documents, statuses(report)) == (2, {"a.txt": "unchanged", "b.txt": "changed"})
    for path in (folder / "a.txt", folder / "b.txt"):
        path.write_bytes(b"")
    with pytest.raises(DocumentError, match="None of the documents can be read"):
        update(home)
    assert len(opened(home).search("班列")) == 2, "the last index stays"


def test_a_file_that_is_passed_over_from_now_on_is_named_once_with_the_reason(
    home: Path, folder: Path, put: Put
) -> None:
    put("a.txt")
    put("b.txt")
    put("c.png")
    update(home, folder)
    put("../outside.txt")
    (folder / "b.txt").unlink()
    (folder / "b.txt").symlink_to("../outside.txt")
    report = update(home)
    assert statuses(report) == {"a.txt": "unchanged", "b.txt": "removed", "c.png": "skipped"}
    assert "--follow goes there" in str(named(report, "b.txt").reason)
    assert statuses(update(home)) == {"a.txt": "unchanged", "b.txt": "skipped", "c.png": "skipped"}


# What a corpus is made of


def test_a_folder_is_the_same_however_one_comes_to_it(
    home: Path, folder: Path, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    put("a.txt")
    (folder / "sub").mkdir()
    update(home, folder)
    for at, path in ((folder, "../texts"), (folder / "sub", ".."), (folder, "."), (folder, "sub/..")):
        monkeypatch.chdir(at)
        report = update(home, Path(path))
        assert (report.documents, report.built) == (1, False)
    assert [root.path for root in corpora.define(home, "own").roots] == [folder]


def test_the_order_is_that_of_the_roots(home: Path, folder: Path, put: Put, read: list[str]) -> None:
    put("one/a.txt", "一开行班列。\n")
    put("two/b.txt", "二开行班列。\n")
    update(home, folder / "one", folder / "two")
    assert [each.id for each in opened(home).documents] == ["a", "b"]
    read.clear()
    assert update(home, folder / "one", forget=[folder / "one"]).built
    assert [each.id for each in opened(home).documents] == ["b", "a"]
    assert [hit.document.id for hit in opened(home).search("班列")] == ["b", "a"]
    assert read == []


def test_other_options_of_a_root_read_what_they_concern(home: Path, folder: Path, put: Put, read: list[str]) -> None:
    put("a.txt", "開行班列。\n".encode("big5"))
    for name in ("b.md", "c.md"):
        put(name, "开行班列。\n")
    update(home, Root(folder))
    read.clear()
    report = update(home, Root(folder, ("*.md",)))
    assert statuses(report) == {"a.txt": "removed", "b.md": "unchanged", "c.md": "unchanged"}
    assert read == []
    report = update(home, Root(folder, ("*.txt",), encoding="big5"))
    assert statuses(report) == {"a.txt": "added", "b.md": "removed", "c.md": "removed"}
    assert [each.encoding for each in opened(home).documents] == ["Big5"]


@pytest.mark.parametrize("name", [os.fsdecode("通知\n".encode("gbk") + b"\xff.txt"), "[bold]x\n\x1b[31m\u202e.txt"])
def test_names_of_any_bytes_are_indexed_and_found(home: Path, folder: Path, put: Put, name: str) -> None:
    put("a.txt")
    put(name, "重庆开行班列，通达四方。\n")
    report = update(home, folder)
    assert report.documents == 2
    found = opened(home)
    assert str(folder / name) in map(str, found.paths.values())
    (hit,) = found.search("重庆")
    assert hit.document.id == name[:-4]
    hit.document.metadata.title.encode()
    assert len(found.search("班列", documents=[hit.document.id])) == 1
    assert not update(home).built
    (folder / name).rename(folder / "b.txt")
    assert named(update(home), "b.txt").status == "renamed"
    assert opened(home).document(name[:-4]).id == name[:-4]
