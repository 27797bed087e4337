"""What of a query is marked in reading on: its parts wherever they stand, and those of the last query."""

from __future__ import annotations

import json
import os
import pty
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Run
from zhengce.cli.history import recall, remember
from zhengce.cli.request import Request
from zhengce.index import Corpus, Counts, open_corpus


@pytest.fixture
def own_home(shared_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data directory of one's own, with the index of the bundled documents, in which nothing was searched for yet."""
    monkeypatch.setenv("ZHENGCE_HOME", str(tmp_path / "home"))
    return Path(shutil.copytree(shared_home, tmp_path / "home", ignore=shutil.ignore_patterns("history.jsonl")))


def marked(corpus: Corpus, query: str, document: str = "chengyu") -> set[str]:
    """Return the different strings that a query marks in a document."""
    results = corpus.marks(corpus.document(document), query)
    assert results is not None
    return {hit.passage.text[start:end] for hit in results for start, end in hit.spans}


@pytest.mark.parametrize(
    ("query", "strings"),
    [
        ("成都 口岸", {"成都", "口岸"}),
        ("成都 -口岸", {"成都"}),
        ("西宁 口岸", {"口岸"}),
        ("口岸 issuer:重庆", {"口岸"}),
        ("西宁 DOC 口岸", {"口岸"}),
        ("成都 NEAR/2 双核 | 三峡", {"成都", "双核", "三峡"}),
        ("西宁 NEAR 口岸", set()),
    ],
)
def test_each_part_is_marked_by_itself(corpus: Corpus, query: str, strings: set[str]) -> None:
    assert marked(corpus, query) == strings


def test_parts_that_are_to_be_near_are_marked_where_they_are(corpus: Corpus) -> None:
    results = corpus.marks(corpus.document("chengyu"), "成都 NEAR/2 双核")
    assert results is not None
    assert [hit.passage.number for hit in results] == [23]
    assert "成都" in corpus.passage(corpus.document("chengyu"), 20).text


def test_a_passage_without_all_of_a_query_has_marks_of_what_it_has(zhengce: Run) -> None:
    record = json.loads(zhengce("show", "chengyu:18", "--query", "三峡 班车", "-C", "0", "-f", "jsonl")[1])
    assert [record["text"][start:end] for start, end in record["spans"]] == ["三峡"]


def test_a_query_without_anything_to_mark(zhengce: Run) -> None:
    code, out, err = zhengce("show", "chengyu:18", "--query", "date:2022")
    assert code == 0
    assert "三峡" in out
    assert "nothing is marked" in err


def test_the_last_query_is_marked(zhengce: Run, own_home: Path) -> None:
    corpus = open_corpus(own_home)
    remember(Request("三峡水运", words=False), corpus, Counts(1, 1, 1))
    record = json.loads(zhengce("show", "chengyu:18", "-C", "0", "-f", "jsonl", "--query")[1])
    assert [record["text"][start:end] for start, end in record["spans"]] == ["三峡水运"]
    remember(Request("怎样降低运输成本", keywords=True), corpus, Counts(1, 1, 1))
    record = json.loads(zhengce("show", "chengyu:18", "-C", "0", "-f", "jsonl", "--query")[1])
    assert {record["text"][start:end] for start, end in record["spans"]} == {"降低", "运输成本", "运输"}
    rows = [json.loads(row) for row in zhengce("outline", "chengyu", "-f", "jsonl", "--query")[1].splitlines()]
    assert max(row["occurrences"] for row in rows if row["passage"] == 18) >= 3


@pytest.mark.parametrize("content", [None, b"", b"[]", b'{"query": "a", "b": 1}', b'{"query": 5}', b"\xff"])
def test_without_a_last_query_it_is_said_what_to_write(zhengce: Run, own_home: Path, content: bytes | None) -> None:
    if content is not None:
        (own_home / "history.jsonl").write_bytes(content)
    code, out, err = zhengce("show", "chengyu:18", "--query")
    assert (code, out) == (2, "")
    assert "write one after --query" in err


def test_a_search_is_kept_on_a_terminal_only(own_home: Path) -> None:
    command = [sys.executable, "-m", "zhengce.cli", "search", "-w", "中欧班列"]
    subprocess.run(command, capture_output=True, check=True)
    assert recall(own_home) is None
    ours, theirs = pty.openpty()
    process = subprocess.Popen(command, stdout=theirs, stderr=theirs)
    os.close(theirs)
    while True:
        try:
            if not os.read(ours, 65536):
                break
        except OSError:
            break
    os.close(ours)
    assert process.wait() == 0
    assert recall(own_home) == Request("中欧班列", words=True)


def test_a_search_goes_on_where_nothing_can_be_kept(own_home: Path) -> None:
    (own_home / "history.jsonl").mkdir()
    remember(Request("三峡"), open_corpus(own_home), Counts(1, 1, 1))
    assert recall(own_home) is None
