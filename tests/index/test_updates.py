"""Updates: after any changes to its files, an index answers as one that is built anew does."""

from __future__ import annotations

import os
import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from damage import segmenter
from zhengce.corpus import words
from zhengce.corpus.files import Root, Source
from zhengce.corpus.model import Document
from zhengce.index import Corpus, Hit, IndexedDocument, build, build_corpus, generations, open_corpus, registry
from zhengce.index.explaining import Step
from zhengce.index.registry import FileRecord
from zhengce.index.reports import BuildReport, FileReport

Put = Callable[..., Path]

SEQUENCES = int(os.environ.get("ZHENGCE_UPDATES", "2"))
"""How many sequences of updates are tried; each has a seed of its own."""
UPDATES = 16

TEXT = "成都开行班列。\n"


@pytest.fixture(autouse=True)
def _quick_builds(shared_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shared = segmenter(shared_home / "cache")
    monkeypatch.setattr(build, "Segmenter", lambda folding, cache: shared)
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
    read_document = build.read_document

    def noted(source: Source, *arguments: Any) -> Document:
        names.append(source.path.name)
        return read_document(source, *arguments)

    monkeypatch.setattr(build, "read_document", noted)
    return names


def update(home: Path, *paths: Path | Root, **options: Any) -> BuildReport:
    return build_corpus(home, name="own", paths=paths, **options)


def opened(home: Path) -> Corpus:
    return open_corpus(home, name="own")


def records(home: Path, name: str = "own") -> list[FileRecord]:
    found = generations.current(home / "corpora" / name)
    assert found
    return list(registry.read_records(found[0]))


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
        return replace(document, id=str(paths[document.id]), first=0)

    def shown(hit: Hit) -> Hit:
        return replace(hit, document=plain(hit.document))

    yield "documents", [(plain(each), list(corpus.passages(each))) for each in corpus.documents]
    for query in QUERIES:
        for options in ({"sort": "document"}, {"sort": "relevance"}, {"words": True}):
            results = corpus.search(query, **options)  # type: ignore[arg-type]
            yield f"{query} {options}", [shown(hit) for hit in results]
            yield f"best of {query} {options}", [shown(hit) for hit in results.hits(3)]
        by_document = [(plain(document), counts) for document, counts in results.by_document.items()]
        yield f"counts of {query}", (results.counts, len(results), results.searched, by_document)
        yield f"parts of {query}", (results.terms, results.parts(), results.conditions)
        yield f"explanation of {query}", list(_steps(corpus.explain(query)))
    for document in corpus.documents:
        found = corpus.search("班列 OR 口岸", documents=[document.id])
        yield f"班列 in {paths[document.id]}", [shown(hit) for hit in found]
    for question in QUESTIONS:
        # Whoosh counts removed documents into its scores until a segment is written anew.
        results = corpus.search(question, keywords=True)
        hits = {(str(paths[hit.document.id]), hit.passage.number, hit.spans) for hit in results}
        in_order = [shown(replace(hit, score=0)) for hit in corpus.search(question, keywords=True, sort="document")]
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
        assert len(updated._store.segments) <= 8, where
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
            is_kept = each.path in before and before[each.path].digest == now[each.path].digest
        rewritten = was in before and before[was].segment not in (alive | {None})
        if not is_kept or rewritten or (was in before and before[was].known != now[each.path].known):
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
