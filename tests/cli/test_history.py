"""The history: what of a query is kept, for whom, how much, and how it is listed and forgotten."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from conftest import Run
from pages import on_a_terminal
from zhengce.cli import history
from zhengce.cli.history import MOST, remember
from zhengce.cli.request import Request
from zhengce.index import Corpus, Counts, open_corpus

FOUND = Counts(7, 5, 3)


@pytest.fixture
def mine(own_home: Path) -> Corpus:
    """A corpus whose history is empty."""
    found = open_corpus()
    history.clear(found.home)
    return found


def queries(corpus: Corpus) -> list[str]:
    return [entry.request.query for entry in history.history(corpus.home)]


def test_a_query_on_a_terminal_is_listed_with_what_it_found(
    mine: Corpus, zhengce: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_a_terminal("zhengce search -w 中欧班列", monkeypatch)
    on_a_terminal("zhengce kwic 国际班列 --doc chengdu", monkeypatch)
    zhengce("search", "成都")
    rows = [line.split("\t") for line in zhengce("history")[1].splitlines()]
    counts = open_corpus().search("国际班列", documents=["chengdu"]).counts
    assert [row[1:] for row in rows] == [
        ["bundled", "23", "16", "5", "中欧班列 -w"],
        ["bundled", *map(str, counts), "国际班列 --doc chengdu"],
    ]
    drawn = on_a_terminal("zhengce history -n 1", monkeypatch).splitlines()
    assert drawn[0].endswith("国际班列 --doc chengdu")
    assert drawn[1].endswith(f"of {counts.documents} document · bundled")
    assert rows[1][0][:16].replace("T", " ") == drawn[0][:16]


def test_a_query_of_documents_is_kept_if_something_can_be_marked(mine: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    on_a_terminal("zhengce docs issuer:四川", monkeypatch)
    assert queries(mine) == []
    on_a_terminal("zhengce docs 中欧班列 issuer:四川", monkeypatch)
    assert queries(mine) == ["中欧班列 issuer:四川"]


def test_the_last_ones_are_shown_the_newest_last(mine: Corpus, zhengce: Run) -> None:
    for number in range(30):
        remember(Request(f"班列{number}"), mine, FOUND)
    assert [line.split("\t")[-1] for line in zhengce("history", "-n", "3")[1].splitlines()] == [
        "班列27",
        "班列28",
        "班列29",
    ]
    assert len(zhengce("history")[1].splitlines()) == 20
    assert len(zhengce("history", "-n", "0")[1].splitlines()) == 30


def test_the_same_query_again_is_kept_once(mine: Corpus) -> None:
    for query in ("班列", "班列", "口岸", "班列"):
        remember(Request(query), mine, FOUND)
    assert queries(mine) == ["班列", "口岸", "班列"]
    remember(Request("班列", words=True), mine, FOUND)
    assert len(queries(mine)) == 4


def test_the_file_is_bounded_and_private(mine: Corpus) -> None:
    path = mine.home / "history.jsonl"
    entry = json.dumps(
        {"time": "2026-01-01T00:00:00+08:00", "corpus": "bundled", **Request("旧")._asdict(), "counts": [1, 1, 1]}
    )
    path.write_text(f"{entry}\n" * (MOST + 50), encoding="ascii")
    path.chmod(0o644)
    remember(Request("新"), mine, FOUND)
    assert len(queries(mine)) == MOST
    assert queries(mine)[-2:] == ["旧", "新"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in mine.home.iterdir() if each.name.endswith(".new")] == []


def test_earlier_queries_are_told_once_the_last_one_first(mine: Corpus) -> None:
    for query in ("班列", "口岸\x1b", "班列"):
        remember(Request(query), mine, FOUND)
        remember(Request("怎样", keywords=True), mine, FOUND)
    assert history.earlier_queries(mine.home) == ["班列", "口岸␛"]


def test_lines_that_cannot_be_read_are_left_out(mine: Corpus) -> None:
    remember(Request("班列"), mine, FOUND)
    path = mine.home / "history.jsonl"
    whole = path.read_bytes()
    others = b'{"query": 5}\n[]\n\xff\n' + b"[" * 100_000 + b'\n{"query": "a", "documents": 1}\n'
    path.write_bytes(others + whole + whole[: len(whole) // 2])
    assert queries(mine) == ["班列"]
    remember(Request("口岸"), mine, FOUND)
    assert queries(mine) == ["班列", "口岸"]


def test_the_configuration_keeps_none(mine: Corpus, zhengce: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert zhengce("config", "set", "history", "off")[0] == 0
    on_a_terminal("zhengce search 中欧班列", monkeypatch)
    assert queries(mine) == []
    code, out, err = zhengce("history")
    assert (code, out) == (1, "")
    assert "history is false in the configuration" in err


def test_it_can_be_forgotten(mine: Corpus, zhengce: Run) -> None:
    remember(Request("班列"), mine, FOUND)
    remember(Request("口岸"), mine, FOUND)
    assert zhengce("history", "--clear")[:2] == (0, "2 queries forgotten.\n")
    assert zhengce("history") == (1, "", "zhengce: there are no queries yet.\n")
    assert zhengce("history", "--clear")[:2] == (0, "0 queries forgotten.\n")


def test_what_a_terminal_acts_on_is_not_printed(mine: Corpus, zhengce: Run) -> None:
    remember(Request("班列\x1b[31m\x07"), mine, FOUND)
    assert "\x1b" not in zhengce("history")[1]
