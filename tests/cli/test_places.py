"""A place that a command prints leads every other command to the very passage."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from pathlib import Path

import pytest
from conftest import Run
from zhengce.corpus.model import Passage
from zhengce.index import Corpus, Hit, IndexedDocument, build_corpus, open_corpus

QUERIES = (
    "开放", "发展", "物流", "成都", "班列", "中欧班列", "通道", "建设", "服务", "合作", "企业", "创新", "提升", "国际",
    "成都 班列", "成都 | 重庆", "/[0-9]+/", "政府 -开放", "物流 SENT 成本", "kind:heading",
)  # fmt: skip
SAMPLED = 4  # hits of each query

ODD = {
    "a:b 通知": "关于班列的通知\n\n各区县：\n\n成都开行班列，发展物流。\n\n重庆开放口岸。\n",
    "a:b 通知:2": "关于物流的通知\n\n降低物流成本，提升服务。\n\n创新合作。\n",
    "2024: 甲/通知 1": "关于开放的通知\n\n国际通道建设。\n\n企业发展，政府服务12。\n",
    "通知 1": "关于企业的通知\n\n成都企业。\n\n发展。\n",
    "…/x y: 3": "关于合作的通知\n\n国际合作：重庆、成都班列。\n",
    "-x [1]": "关于服务的通知\n\n提升服务，发展物流。\n",
}


@pytest.fixture(scope="session")
def odd_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with a corpus of files that have colons and spaces in their names."""
    folder, home = tmp_path_factory.mktemp("odd names"), tmp_path_factory.mktemp("home")
    for name, text in ODD.items():
        file = folder / f"{name}.txt"
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    build_corpus(home, name="odd", paths=[folder])
    return home


@pytest.fixture(scope="session")
def given_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with the corpus of a folder that the environment names."""
    folder = os.environ.get("ZHENGCE_CORPUS_FOLDER")
    if not folder:
        pytest.skip("ZHENGCE_CORPUS_FOLDER names no folder")
    home = tmp_path_factory.mktemp("home")
    build_corpus(home, name="given", paths=[Path(folder)])
    return home


@pytest.fixture(params=["bundled", "odd", "given"])
def any_corpus(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Corpus:
    homes = {"bundled": "shared_home", "odd": "odd_home", "given": "given_home"}
    home = request.getfixturevalue(homes[request.param])
    monkeypatch.setenv("ZHENGCE_HOME", str(home))
    monkeypatch.setenv("ZHENGCE_CORPUS", request.param)
    return open_corpus(home, name=request.param)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[tuple[IndexedDocument, Passage | None]]:
    """The passages that `open` was asked for. It would replace this process by an editor."""
    asked = list[tuple[IndexedDocument, Passage | None]]()

    def command(document: IndexedDocument, passage: Passage | None, *_: object) -> list[str]:
        asked.append((document, passage))
        return []

    monkeypatch.setattr("zhengce.cli.editors.command", command)
    monkeypatch.setattr("zhengce.cli.editors.open_file", lambda command: None)
    return asked


def sampled(hits: list[Hit]) -> list[Hit]:
    return hits[:: max(1, len(hits) // SAMPLED)]


@pytest.mark.integration
@pytest.mark.parametrize("query", QUERIES)
def test_every_place_in_a_pipe_leads_to_its_passage(
    zhengce: Run, any_corpus: Corpus, opened: list[tuple[IndexedDocument, Passage | None]], query: str
) -> None:
    hits = list(any_corpus.search(query).hits())
    lines = zhengce("search", query, "-n", "0")[1].splitlines()
    assert len(lines) == len(hits)
    for hit, line in zip(hits, lines, strict=True):
        # Every place leads to its passage in the library, and the sample below in each command.
        place = hit.document.place(hit.passage.number)
        assert line.startswith(f"{place}: ")
        assert any_corpus.place(place) == any_corpus.place(f"{place}:") == (hit.document, hit.passage.number)
    for hit in sampled(hits):
        place = hit.document.place(hit.passage.number)
        code, shown, _ = zhengce("show", "-C", "0", "-f", "jsonl", "--", place)
        record = json.loads(shown)
        assert (code, record["document"], record["text"]) == (0, hit.document.id, hit.passage.text)
        assert record["place"] == place
        assert zhengce("cite", "--", place)[1] == any_corpus.cite(hit.document, hit.passage) + "\n"
        assert zhengce("open", "--", place)[0] == 0
        assert opened.pop() == (hit.document, hit.passage)


def test_a_place_is_the_same_in_every_form_of_output(
    zhengce: Run, odd_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHENGCE_HOME", str(odd_home))
    asked = ["--corpus", "odd", "-n", "0"]
    place = "2024: 甲/通知 1:2"
    assert zhengce("search", "国际通道", *asked)[1] == f"{place}: 国际通道建设。\n"
    assert zhengce("kwic", "国际通道", *asked)[1].split("\t")[0] == place
    for command in ("search", "kwic"):
        assert json.loads(zhengce(command, "国际通道", *asked, "-f", "jsonl")[1])["place"] == place
        row = next(csv.DictReader(io.StringIO(zhengce(command, "国际通道", *asked, "-f", "csv")[1])))
        assert (row["place"], list(row)[-1]) == (place, "place")
        for format_ in ("text", "markdown", "html"):
            for style in ([], ["--cite", "gbt7714"]):
                out = zhengce(command, "国际通道", *asked, "-f", format_, *style, "-o", "-")[1]
                assert re.sub(r"\\(?=\W)", "", out).count(place) == 1, (command, format_, style)


def test_an_outline_gives_places_and_takes_one(zhengce: Run) -> None:
    records = [json.loads(line) for line in zhengce("outline", "86号:17", "-f", "jsonl")[1].splitlines()]
    lines = zhengce("outline", "chengyu")[1].splitlines()
    assert [each["place"] for each in records] == [line.split("\t")[0] for line in lines]
    assert records[0]["place"] == f"chengyu:{records[0]['passage']}"


def test_a_place_without_its_folders_leads_to_the_same_passage(any_corpus: Corpus) -> None:
    for document in any_corpus.documents:
        assert any_corpus.place(f"{any_corpus.short_id(document)}:1") == (document, 1)


def test_folders_are_left_out_where_no_other_document_has_the_name(odd_home: Path) -> None:
    corpus = open_corpus(odd_home, name="odd")
    short = {document.id: corpus.short_id(document) for document in corpus.documents}
    assert short["…/x y: 3"] == "x y: 3"
    assert short["2024: 甲/通知 1"] == "2024: 甲/通知 1"
    assert short["a:b 通知"] == "a:b 通知"
