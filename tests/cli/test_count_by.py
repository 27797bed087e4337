"""``zhengce search --count-by``: the table on a terminal, and the same rows in every other form."""

from __future__ import annotations

import csv
import io
import json
import shlex
import zipfile
from collections import Counter
from pathlib import Path
from typing import get_args
from xml.etree import ElementTree

import pytest
from conftest import Run
from pages import on_a_terminal
from zhengce.cli.commands.search import search
from zhengce.cli.display.count_table import CountTable
from zhengce.cli.display.layout import cells
from zhengce.index import Corpus, count_by
from zhengce.index.grouped_counts import CountBy, DocumentGroup, GroupCounts, GroupedCounts

BY = get_args(CountBy)
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def test_the_choices_are_those_of_the_library() -> None:
    (option,) = [each for each in search.params if each.name == "count_by"]
    assert tuple(option.type.choices) == BY  # type: ignore[attr-defined]


@pytest.mark.parametrize("by", BY)
def test_every_form_has_the_same_counts(zhengce: Run, corpus: Corpus, by: CountBy) -> None:
    groups = count_by(corpus.search("开放"), by).groups
    code, out, err = zhengce("search", "开放", "--count-by", by)
    assert (code, err) == (0, "")
    lines = [line.split("\t") for line in out.splitlines()]
    known = [group.key or {"year": "no date"}.get(by, f"no {by}") for group in groups]
    assert lines == [
        [key, *map(str, group[1:5]), "-" if group.rate is None else str(group.rate)]
        for key, group in zip(known, groups, strict=True)
    ]
    records = [json.loads(line) for line in zhengce("search", "开放", "--count-by", by, "--json")[1].splitlines()]
    assert [record.pop("version") for record in records] == [1] * len(groups)
    assert [list(record.values()) for record in records] == [
        [int(group.key) if by == "year" and group.key else group.key, *group[1:5], group.rate, group.searched]
        for group in groups
    ]
    assert [*csv.reader(io.StringIO(zhengce("search", "开放", "--count-by", by, "-f", "csv")[1]))][
        : len(groups) + 1
    ] == [
        [by, "occurrences", "passages", "documents", "characters", "per_10000_characters", "documents_searched"],
        *(
            [*line[:5], "" if line[5] == "-" else line[5], str(group.searched)]
            for line, group in zip(lines, groups, strict=True)
        ),
    ]


def test_years_in_which_nothing_was_found_are_there(zhengce: Run) -> None:
    rows = [line.split("\t") for line in zhengce("search", "开放", "--count-by", "year")[1].splitlines()]
    assert [row[0] for row in rows] == ["2022", "2023", "2024", "2025"]
    assert rows[2] == ["2024", "0", "0", "0", "0", "-"]
    assert sum(int(row[1]) for row in rows) == 299


@pytest.mark.parametrize(
    ("query", "documents"),
    [
        # Nothing of 三峡水运 stands in the second one.
        (["三峡水运", "--doc", "chengyu", "--doc", "xining"], {"chengyu", "xining"}),
        (["三峡水运", "(year:2022 | doc:xining)"], {"chengyu", "xining"}),
        (["三峡水运", "NOT", "year:2023"], {"chengyu", "xining", "bazhong"}),
        (["三峡水运"], {"chengyu", "chengdu", "qingbaijiang", "xining", "bazhong"}),
    ],
)
def test_rates_are_of_the_documents_that_were_searched(
    query: list[str], documents: set[str], corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    characters = sum(each.characters for each in corpus.documents if each.id in documents)
    lines = on_a_terminal(f"zhengce search {shlex.join(query)} --count-by region", monkeypatch).splitlines()
    occurrences = int(lines[0].split()[0])
    assert lines[1] == f"{10_000 * occurrences / characters:.2f} per 10,000 characters of {len(documents)} documents"


def test_files_say_what_they_count(zhengce: Run, tmp_path: Path) -> None:
    said = "counted by issuer. A document with several issuers counts under each of them."
    for name in ("counts.txt", "counts.csv", "counts.tsv", "counts.jsonl", "counts.xlsx"):
        file = tmp_path / name
        code, out, err = zhengce("search", "开放", "--count-by", "issuer", "-n", "2", "-o", str(file))
        assert (code, out) == (0, "")
        assert err == f"zhengce: 299 occurrences in 121 passages of 5 documents; counts written to {file}.\n"
        text = written(file)
        for expected in ("开放", said, "2 rows of 5 shown", "成都日报社", "99.15388683236382"):
            assert expected in text, (name, expected)
        assert "no issuer" not in text


def written(file: Path) -> str:
    if file.suffix != ".xlsx":
        return file.read_text(encoding="utf-8")
    with zipfile.ZipFile(file) as package:
        sheets = [package.read(name) for name in package.namelist() if "sheets/sheet" in name]
    return "\n".join(
        "".join(cell.itertext()) for sheet in sheets for cell in ElementTree.fromstring(sheet).iter(f"{SHEET}c")
    )


def test_rows_are_limited(zhengce: Run) -> None:
    code, out, err = zhengce("search", "开放", "--count-by", "document", "-n", "2")
    assert (code, [line.split("\t")[0] for line in out.splitlines()]) == (0, ["bazhong", "qingbaijiang"])
    assert err == "zhengce: 2 rows of 5 shown; -n 0 shows all.\n"
    assert len(zhengce("search", "开放", "--count-by", "document", "-n", "0")[1].splitlines()) == 5


def test_nothing_found_is_said(zhengce: Run) -> None:
    code, out, err = zhengce("search", "火星", "--count-by", "year")
    assert (code, out) == (1, "")
    assert "火星 does not occur." in err


@pytest.mark.parametrize(
    "arguments",
    [
        ["-c"], ["-l"], ["-H"], ["--full"], ["--chars", "9"], ["--flat"], ["--per-doc", "0"], ["-C", "1"], ["-A", "0"],
        ["--sort", "date"], ["--fields", "place"], ["--cite", "apa"], ["-o", "a.docx"], ["-f", "html"], ["-o", "a.bib"],
    ],
)  # fmt: skip
def test_what_contradicts_counting_is_said(zhengce: Run, arguments: list[str]) -> None:
    code, out, err = zhengce("search", "开放", "--count-by", "year", *arguments)
    assert (code, out) == (2, "")
    assert "--count-by " in err


@pytest.mark.parametrize("width", [24, 40, 80, 120])
@pytest.mark.parametrize("by", BY)
def test_a_table_is_never_wider_than_the_window(by: CountBy, width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    for query in ("开放", "year:2022..2025"):
        shown = on_a_terminal(f"zhengce search {query} --count-by {by}", monkeypatch, width)
        assert max(map(cells, shown.splitlines())) <= width
        assert "█" in shown or width == 24


def test_a_table_for_people(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = on_a_terminal("zhengce search 开放 --count-by year", monkeypatch)
    assert shown.splitlines() == [
        "299 occurrences in 121 passages of 5 documents, by year",
        "75.96 per 10,000 characters of 5 documents",
        "",
        "      occurrences  per 10,000  documents",
        "2022           49       70.43          1  ███████████▌",
        "2023           88       67.32          2  ████████████████████▋",
        "2024            ·           ·          ·",
        "2025          162       83.79          2  ██████████████████████████████████████",
        "",
        "In years with · there is no document.",
    ]
    conditions = on_a_terminal("zhengce search year:2022..2023 --count-by year", monkeypatch).splitlines()
    assert conditions[0] == "3 documents, 149 passages, by year"
    assert [line.split()[:3] for line in conditions[2:]] == [
        ["documents", "passages"],
        ["2022", "1", "44"],
        ["2023", "2", "105"],
    ]


def test_bars_are_in_proportion() -> None:
    groups = [
        GroupCounts("甲", 80, 1, 1, 100, 1),
        GroupCounts("乙", 41, 1, 1, 100, 1),
        GroupCounts("丙", 1, 1, 1, 9, 1),
    ]
    counted = GroupedCounts("genre", groups, GroupCounts(None, 122, 3, 3, 209, 3), True, False)
    lines = [line.plain for line in CountTable(counted, None, ()).lines(54)][4:]
    bars = [line.split("  ")[-1].strip() for line in lines]
    longest = len(bars[0])
    assert bars[0] == "█" * longest
    assert [len(bars[1]), len(bars[2])] == [longest // 2 + 1, 1]
    assert bars[2] in "▏▎▍"


def test_documents_are_counted_without_a_query(zhengce: Run, corpus: Corpus) -> None:
    years = Counter(each.metadata.date[:4] for each in corpus.documents if each.metadata.date)
    code, out, err = zhengce("docs", "--count-by", "year")
    assert (code, err) == (0, "")
    rows = [line.split("\t") for line in out.splitlines()]
    first, last = int(min(years)), int(max(years))
    assert [(row[0], row[3]) for row in rows] == [(str(year), str(years[str(year)])) for year in range(first, last + 1)]
    assert all(row[1] == "0" for row in rows)


@pytest.mark.parametrize("query", [["issuer:四川"], ["year:2023..2025"], ["中欧班列", "-青白江"]])
@pytest.mark.parametrize("by", get_args(DocumentGroup))
def test_the_documents_that_a_query_finds_are_counted(zhengce: Run, query: list[str], by: DocumentGroup) -> None:
    listed = [json.loads(line) for line in zhengce("docs", *query, "-f", "jsonl")[1].splitlines()]
    records = [json.loads(line) for line in zhengce("docs", *query, "--count-by", by, "-f", "jsonl")[1].splitlines()]
    assert listed
    if by == "issuer":
        assert sum(each["documents"] for each in records) == sum(len(each["issuers"]) or 1 for each in listed)
    else:
        assert sum(each["documents"] for each in records) == len(listed)


@pytest.mark.parametrize("options", [["--long"], ["--sort", "date"]])
def test_counts_of_documents_take_no_option_of_the_list(zhengce: Run, options: list[str]) -> None:
    code, out, err = zhengce("docs", "--count-by", "year", *options)
    assert (code, out) == (2, "")
    assert "--count-by counts documents" in err


def test_a_search_without_a_query_says_how_documents_are_counted(zhengce: Run) -> None:
    code, _, err = zhengce("search", "--count-by", "year")
    assert code == 2
    assert "zhengce docs --count-by" in err


def test_a_file_of_counted_documents_says_nothing_of_a_search(zhengce: Run, tmp_path: Path) -> None:
    file = tmp_path / "years.csv"
    code, out, err = zhengce("docs", "--count-by", "year", "-o", str(file))
    assert (code, out) == (0, "")
    assert err.startswith("zhengce: 5 documents; counts written to ")
    names = [
        row[0] for row in csv.reader(file.read_text(encoding="utf-8").splitlines()) if row and row[0].startswith("#")
    ]
    assert names == ["# Corpus", "# Date", "# Shown", "# Program"]
