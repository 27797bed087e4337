"""``zhengce docs``: which documents are listed, in which order, with what was found in each, and how that is drawn."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from conftest import Run
from pages import on_a_terminal
from zhengce.cli.display.layout import cells
from zhengce.index import Corpus
from zhengce.index.document_list import list_documents

ALL = ["chengyu", "chengdu", "qingbaijiang", "xining", "bazhong"]
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def listed(zhengce: Run, *arguments: str) -> list[str]:
    code, out, err = zhengce("docs", *arguments)
    assert (code, err) == (0, "")
    return [line.split("\t")[0] for line in out.splitlines()]


def test_documents_are_listed_by_content_with_what_was_found(zhengce: Run) -> None:
    for query in (["开放"], ["多式联运", "一单制"], ["国际班列 | 口岸"], ["-w", "人民"], ["开放", "--doc", "xining"]):
        rows = [line.split("\t") for line in zhengce("docs", *query)[1].splitlines()]
        of_search = [line.split("\t") for line in zhengce("search", *query, "-l", "--sort", "document")[1].splitlines()]
        assert [[row[0], *row[7:]] for row in rows] == of_search
        records = [json.loads(line) for line in zhengce("docs", *query, "-f", "jsonl")[1].splitlines()]
        counts = [[each["document"], str(each["occurrences"]), str(each["passages_matched"])] for each in records]
        assert counts == of_search


def test_conditions_list_documents_without_counts(zhengce: Run) -> None:
    assert listed(zhengce, "year:2022") == ["chengyu"]
    assert listed(zhengce, "issuer:四川", "|", "year:2025") == ["chengyu", "xining", "bazhong"]
    assert listed(zhengce, "NOT", "year:2025") == ["chengyu", "chengdu", "qingbaijiang"]
    assert len(zhengce("docs", "year:2022")[1].split("\t")) == 7
    assert "occurrences" not in json.loads(zhengce("docs", "year:2022", "-f", "jsonl")[1])
    assert listed(zhengce, "--doc", "xining", "--doc", "巴中") == ["xining", "bazhong"]


def test_nothing_found_is_said(zhengce: Run) -> None:
    assert zhengce("docs", "year:1900") == (1, "", "zhengce: no document has year:1900.\n")
    code, out, err = zhengce("docs", "火星")
    assert (code, out) == (1, "")
    assert "火星 does not occur." in err


@pytest.mark.parametrize(
    ("arguments", "order"),
    [
        ([], ALL),
        (["--sort", "date"], ["chengyu", "chengdu", "qingbaijiang", "xining", "bazhong"]),
        (["--sort", "-date"], ["bazhong", "xining", "qingbaijiang", "chengdu", "chengyu"]),
        (["--sort", "title"], ["bazhong", "xining", "qingbaijiang", "chengdu", "chengyu"]),
        (["开放", "--sort", "hits"], ["bazhong", "qingbaijiang", "chengyu", "xining", "chengdu"]),
        (["开放", "--sort", "hits", "-n", "0"], ["bazhong", "qingbaijiang", "chengyu", "xining", "chengdu"]),
    ],
)
def test_documents_are_listed_in_an_order_of_choice(zhengce: Run, arguments: list[str], order: list[str]) -> None:
    assert listed(zhengce, *arguments) == order


def test_documents_without_a_date_come_last(corpus: Corpus) -> None:
    class Undated(Corpus):
        @property
        def documents(self):  # type: ignore[no-untyped-def]
            first, *others = super().documents
            return (first._replace(metadata=type(first.metadata)(first.metadata.title)), *others)

    undated = Undated(corpus.name, corpus._snapshot, corpus.home, {})
    for sort in ("date", "-date"):
        assert [document.id for document in list_documents(undated, sort=sort)][-1] == "chengyu"


def test_a_list_is_limited(zhengce: Run) -> None:
    code, out, err = zhengce("docs", "-n", "2")
    assert (code, len(out.splitlines()), err) == (0, 2, "zhengce: 2 documents of 5 shown; -n 0 shows all.\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--sort", "hits"], "--sort hits is for a QUERY"),
        (["year:2022", "--sort", "hits"], "--sort hits is for a QUERY"),
        (["-f", "jsonl", "--bom"], "--bom is for csv and tsv, not for jsonl."),
        (["-o", "a.docx"], "Documents are not listed as docx"),
        (["--doc", "没有"], "没有"),
        (["(成都"], "("),
    ],
)
def test_what_cannot_be_listed_is_said(zhengce: Run, arguments: list[str], message: str) -> None:
    code, out, err = zhengce("docs", *arguments)
    assert (code, out) == (2, "")
    assert message in err


def cells_of(workbook: Path) -> list[list[list[str]]]:
    with zipfile.ZipFile(workbook) as package:
        sheets = sorted(name for name in package.namelist() if "sheets/sheet" in name)
        rows = [[*ElementTree.fromstring(package.read(name)).iter(f"{SHEET}row")] for name in sheets]
    return [[["".join(cell.itertext()) for cell in row] for row in sheet] for sheet in rows]


def test_a_workbook_has_the_table_and_what_it_is_of(zhengce: Run, tmp_path: Path) -> None:
    file = tmp_path / "documents.xlsx"
    code, out, err = zhengce("docs", "开放", "--sort", "hits", "-o", str(file))
    assert (code, out, err) == (0, "", f"zhengce: 5 documents written to {file}.\n")
    table, about = cells_of(file)
    rows = [*csv.reader(io.StringIO(zhengce("docs", "开放", "--sort", "hits", "-f", "csv")[1]))]
    # A workbook has no cells for what is empty, and begins with the columns that are printed.
    assert [sorted(filter(None, row)) for row in rows] == [sorted(row) for row in table]
    assert table[0][:7] == ["title", "number", "date", "issuers", "genre", "region", "document"]
    assert table[0][-5:] == ["family", "passages", "characters", "occurrences", "passages_matched"]
    assert dict(about)["Query"] == "开放"
    assert dict(about)["Found"] == "299 occurrences in 121 passages of 5 documents"
    zhengce("docs", "--doc", "xining", "-o", str(file))
    table, about = cells_of(file)
    assert (len(table), table[0][-1]) == (2, "characters")
    assert set(dict(about)) == {"Filter", "Corpus", "Date", "Program"}


@pytest.mark.parametrize("width", [26, 40, 80, 120])
@pytest.mark.parametrize("query", ["", "开放", "year:2025 --long"])
def test_a_page_is_never_wider_than_the_window(width: int, query: str, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = on_a_terminal(f"zhengce docs {query}", monkeypatch, width)
    assert max(map(cells, shown.splitlines())) <= width
    assert "\n  xining" in shown


def test_a_page_has_titles_dates_and_counts_in_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    head, blank, *lines = on_a_terminal("zhengce docs 开放 --sort hits", monkeypatch).splitlines()
    assert (head, blank) == ("299 occurrences in 121 passages of 5 documents", "")
    titles, below = lines[::2], lines[1::2]
    assert {cells(line) for line in titles} == {80}
    assert [re.split(" {2,}", line)[1:] for line in titles[:2]] == [["2025-06-17", "143"], ["2023-08", "75"]]
    assert below[0] == "  bazhong  63 passages match · 李良彬、徐涛 · 17,261 characters"
    assert on_a_terminal("zhengce docs -n 2", monkeypatch).splitlines()[-1] == (
        "2 documents of 5 shown; -n 0 shows all."
    )


def test_a_number_is_never_cut_and_folders_that_tell_nothing_apart_are_left_out(
    zhengce: Run, tmp_path: Path, quick_builds: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHENGCE_HOME", str(tmp_path / "home"))
    name = "关于进一步优化营商环境更好服务市场主体的实施意见"
    for folder, number in (("一", "国令〔2021〕735号"), ("二", "川办发〔2020〕2号")):
        (tmp_path / "texts" / folder).mkdir(parents=True)
        text = f"某省人民政府办公厅{name}\n\n{number}\n\n各市人民政府：现将意见印发给你们。\n"
        (tmp_path / "texts" / folder / f"{name}{folder}.txt").write_text(text, encoding="utf-8")
    assert zhengce("index", "--corpus", "mine", str(tmp_path / "texts"))[0] == 0
    for width in (50, 80, 120):
        shown = on_a_terminal("zhengce docs --corpus mine", monkeypatch, width)
        assert "国令〔2021〕735号" in shown
        assert "川办发〔2020〕2号" in shown
        assert "一/" not in shown
        assert max(map(cells, shown.splitlines())) <= width
    assert zhengce("show", f"{name}一", "--corpus", "mine")[0] == 0
