"""Corpora of the user's own on the command line: what is kept, said and reported of them."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

import pytest
from conftest import Run
from pages import on_a_terminal
from zhengce.cli.display.layout import cells
from zhengce.cli.display.updates import problems
from zhengce.index.indexing.reports import BuildReport, FileReport

pytestmark = [pytest.mark.integration, pytest.mark.usefixtures("quick_builds")]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ZHENGCE_HOME", str(tmp_path / "home"))
    folder = tmp_path / "texts"
    folder.mkdir()
    for name, text in {"一.txt": "成都开行班列。\n", "二.md": "# 通知\n\n重庆开行班列。\n", "图.jpg": "x"}.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "空.txt").write_bytes(b"")
    return folder


def records(path: Path) -> dict[str, dict[str, object]]:
    """Return what a report says, by the names of the files."""
    return {Path(each["path"]).name: each for each in map(json.loads, path.read_text(encoding="utf-8").splitlines())}


def test_every_file_is_accounted_for(zhengce: Run, folder: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.jsonl"
    code, out, err = zhengce("index", "--corpus", "mine", str(folder), "--report", str(report))
    assert code == 0
    assert out.splitlines()[1] == "2 added, 1 refused, 1 skipped."
    assert "left out: " in err
    assert "passed over: 1 file of no format that is read (.jpg)." in err
    assert {name: each["status"] for name, each in records(report).items()} == {
        "一.txt": "added",
        "二.md": "added",
        "空.txt": "refused",
        "图.jpg": "skipped",
    }

    (folder / "一.txt").rename(folder / "三.txt")
    (folder / "二.md").write_text("成都开行班列。\n", encoding="utf-8")
    code, out, err = zhengce("index", "--corpus", "mine", "--report", str(report), "--strict")
    assert code == 2, "a file is refused, and --strict was asked for"
    assert out.splitlines()[1] == "1 changed, 1 renamed, 1 refused, 1 skipped."
    assert err.count("left out") == 1, "it was said before, but may have been forgotten"
    assert "二.md has the same text as " in err or "三.txt has the same text as " in err
    assert records(report)["三.txt"]["id"] == "一"

    assert zhengce("index", "--corpus", "mine")[1].splitlines()[1] == "2 unchanged, 1 refused, 1 skipped."


def test_corpora_are_listed_shown_renamed_and_removed(zhengce: Run, folder: Path) -> None:
    assert zhengce("corpora")[1] == "bundled\tthe documents that come with the program\n"
    zhengce("index", "--corpus", "mine", str(folder), "--glob", "*.txt", "--encoding", "utf-8", "--limit", "seconds=5")
    assert zhengce("corpora", "list")[1].splitlines()[1] == f"mine\t{folder}"
    shown = zhengce("corpora", "show", "mine")[1].splitlines()
    assert shown[0] == "mine: 1 document, 1 passage"
    assert shown[1] == f"made of {folder} --glob *.txt --encoding utf-8"
    assert shown[3].endswith("seconds=5")
    assert zhengce("corpora", "rename", "mine", "other")[0] == 0
    assert zhengce("search", "--corpus", "other", "-c", "班列")[0] == 0
    assert zhengce("search", "--corpus", "mine", "-c", "班列")[0] == 2
    assert zhengce("corpora", "rename", "bundled", "mine")[0] == 2
    assert zhengce("corpora", "rename", "other", "bundled")[0] == 2
    assert zhengce("corpora", "remove", "bundled", "--yes")[0] == 2
    assert zhengce("corpora", "remove", "other", "--yes")[0] == 0
    assert zhengce("corpora")[1].splitlines() == ["bundled\tthe documents that come with the program"]
    assert (folder / "一.txt").exists()


def test_a_path_is_forgotten(zhengce: Run, folder: Path) -> None:
    zhengce("index", "--corpus", "mine", str(folder / "一.txt"), str(folder / "二.md"))
    assert "1 unchanged, 1 removed." in zhengce("index", "--corpus", "mine", "--forget", str(folder / "二.md"))[1]
    assert zhengce("index", "--corpus", "mine", "--forget", str(folder / "二.md"))[0] == 2
    assert zhengce("index", "--corpus", "mine", "--forget", str(folder / "一.txt"))[0] == 2


def test_what_cannot_be_meant_is_refused(zhengce: Run, folder: Path) -> None:
    zhengce("index", "--corpus", "mine", str(folder))
    for arguments in (
        ("--limit", "seconds"), ("--limit", "time=3"), ("--limit", "size=0"), ("--glob", "*.txt"), ("--follow",)
    ):  # fmt: skip
        code, out, err = zhengce("index", "--corpus", "mine", *arguments)
        assert (code, out) == (2, ""), arguments
        assert "Usage: " in err, arguments


def test_documents_are_listed_with_their_files(zhengce: Run, folder: Path) -> None:
    (folder / "旧.txt").write_bytes("西宁开行班列。\n".encode("gb18030"))
    zhengce("index", "--corpus", "mine", str(folder))
    lines = [line.split("\t") for line in zhengce("docs", "--corpus", "mine", "--long")[1].splitlines()]
    assert [[*line[7:10], line[12]] for line in lines] == [
        ["text", "UTF-8", str(folder / "一.txt"), "title: name"],
        ["Markdown", "UTF-8", str(folder / "二.md"), "title: text"],
        ["text", "GB18030", str(folder / "旧.txt"), "title: name"],
    ]
    found = json.loads(zhengce("docs", "--corpus", "mine", "--long", "-f", "jsonl")[1].splitlines()[2])
    assert (found["format"], found["encoding"], found["path"]) == ("text", "GB18030", str(folder / "旧.txt"))
    assert (found["family"], found["versions"], found["repealed_by"]) == (None, [], [])
    assert all(line[10:12] == ["-", "-"] for line in lines)


def test_what_a_page_says_of_a_document_being_in_force(
    zhengce: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = "<tr><td>索引号：K1/2020</td><td>文号：某府发〔2020〕3号</td><td>有效性：失效</td></tr>"
    text = f"<table>{table}</table><h1>某市关于救助的通知</h1><p>{'现通知如下，请遵照执行。' * 20}</p>"
    (folder / "页.html").write_text(f"<html><body>{text}</body></html>", encoding="utf-8")
    zhengce("index", "--corpus", "mine", str(folder))
    lines = [line.split("\t") for line in zhengce("docs", "--corpus", "mine", "--long")[1].splitlines()]
    assert {line[0]: line[13] for line in lines}["页"] == "失效, as the page says"
    shown = on_a_terminal("zhengce docs --corpus mine --long", monkeypatch)
    assert "失效, as the page says" in shown
    (record,) = map(json.loads, zhengce("show", "--long", "--corpus", "mine", "页", "-f", "jsonl")[1].splitlines()[:1])
    assert (record["validity"], record["origins"]["validity"]) == ("失效", "page")
    zhengce("set", "--corpus", "mine", "页", "validity=有效")
    assert "有效, as set by hand" in on_a_terminal("zhengce docs --corpus mine --long", monkeypatch)


def test_versions_of_a_law_and_what_repeals_it_are_listed(
    zhengce: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    laws = {
        "物流法(2003-10-28)": ("物流法", "第九条 本法自2004年1月1日起施行。"),
        "物流法(2018-10-26)": ("中华人民共和国物流法（2018年修正）", "第九条 本法自2004年1月1日起施行。"),
        "仓储法(2023-05-06)": ("仓储法", "第九条 本法自2024年1月1日起施行。《中华人民共和国物流法》同时废止。"),
    }
    for name, (title, text) in laws.items():
        (folder / f"{name}.md").write_text(f"# {title}\n\n第一条 为了发展，制定本法。\n\n{text}\n", encoding="utf-8")
    zhengce("index", "--corpus", "mine", str(folder))
    lines = [line.split("\t") for line in zhengce("docs", "--corpus", "mine", "--long")[1].splitlines()]
    both = "2003-10-28, 2018-10-26"
    assert {line[0]: line[10:12] for line in lines if line[0] in laws} == {
        "物流法(2003-10-28)": [both, "仓储法(2023-05-06)"],
        "物流法(2018-10-26)": [both, "仓储法(2023-05-06)"],
        "仓储法(2023-05-06)": ["-", "-"],
    }
    records = map(json.loads, zhengce("docs", "--corpus", "mine", "-f", "jsonl")[1].splitlines())
    (found,) = (record for record in records if record["document"] == "物流法(2003-10-28)")
    assert found["family"] == "物流法"
    assert found["versions"] == [
        {"document": "物流法(2003-10-28)", "date": "2003-10-28"},
        {"document": "物流法(2018-10-26)", "date": "2018-10-26"},
    ]
    assert (found["repealed_by"], found["repealed_since"]) == (["仓储法(2023-05-06)"], "2024-01-01")
    shown = on_a_terminal("zhengce docs --corpus mine --long", monkeypatch)
    assert f"versions: {both}" in shown
    assert "repealed since 2024-01-01 by: 仓储法(2023-05-06)" in shown
    assert "versions" not in on_a_terminal("zhengce docs --corpus mine", monkeypatch)
    cited = [zhengce("cite", "--corpus", "mine", name)[1] for name in ("物流法(2003", "物流法(2018")]
    assert "2003-10-28" in cited[0]
    assert "2018-10-26" in cited[1]


def test_what_is_said_beside_a_file_comes_into_its_citation(zhengce: Run, folder: Path) -> None:
    zhengce("index", "--corpus", "mine", str(folder))
    assert zhengce("cite", "--corpus", "mine", "一")[1].endswith("[Z]. [日期不详].\n")
    said = {
        "newspaper_page": "3", "publisher": "甲", "publisher_place": "乙", "url": "https://a.cn/1", "accessed": "2024-03-01",
    }  # fmt: skip
    table = f"file,source,{','.join(said)}\n一.txt,人民日报,{','.join(said.values())}\n"
    (folder / "metadata.csv").write_text(table, encoding="utf-8")
    zhengce("index", "--corpus", "mine")
    found = json.loads(zhengce("docs", "--corpus", "mine", "-f", "jsonl")[1].splitlines()[0])
    assert said.items() <= found.items()
    assert zhengce("cite", "--corpus", "mine", "一")[1].endswith(
        "[N/OL]. 人民日报, [日期不详](3)[2024-03-01]. https://a.cn/1.\n"
    )


def test_what_a_sidecar_says_and_is_not_understood_is_said_each_time(zhengce: Run, folder: Path) -> None:
    table = folder / "metadata.csv"
    table.write_bytes("文件,标题,日期,页数\n一,某某办法,2014年13月4日,3\n五,甲,,\n".encode("gb18030"))
    for _ in range(2):
        code, _, err = zhengce("index", "--corpus", "mine", str(folder))
        assert code == 0
        assert [line.partition(f"{table}, ")[2] for line in err.splitlines() if str(table) in line] == [
            "line 1: the column “页数” is left out; the columns are file, title, number, date, issuers, authors, source, "
            "genre, region, published, index_number, newspaper_page, publisher, publisher_place, url, accessed, adopted, "
            "approved, promulgated, revised, effective, signed, validity, encoding, or 标题, … in Chinese.",
            "line 2: date: “2014年13月4日” is no date; write 2022, 2022-07 or 2022-07-26.",
            f"line 3: there is no file “五” in {folder}; write its path from the folder of the table.",
        ]
    assert "\t某某办法" in zhengce("docs", "--corpus", "mine")[1]
    table.write_bytes(b"x")
    for _ in range(2):
        err = zhengce("index", "--corpus", "mine")[2]
        assert (
            err.count(f"{table} has no column “file” or “文件” with the names of the files. Nothing of it is taken.")
            == 1
        )


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent otherwise there")
def test_a_folder_is_watched(folder: Path) -> None:
    command = [sys.executable, "-u", "-m", "zhengce.cli", "index", "--corpus", "mine", str(folder), "--watch"]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8", env=dict(os.environ)
    )
    assert process.stdout
    assert process.stderr
    assert process.stdout.readline().startswith("Built the index of 2 documents")
    process.stdout.readline()
    while "watching " not in process.stderr.readline():
        pass
    time.sleep(0.3)
    (folder / "三.txt").write_text("西宁开行班列。\n", encoding="utf-8")
    assert process.stdout.readline().startswith("Built the index of 3 documents")
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "Traceback" not in err


def test_what_is_known_of_a_document_stands_above_its_passage(zhengce: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    code, out, _ = zhengce("show", "chengyu:17", "--long", "-C", "0")
    *known, passage = out.splitlines()
    assert code == 0
    assert passage.startswith("chengyu:17: ")
    fields = {name: (value, origin) for name, value, origin in (line.split("\t") for line in known)}
    assert list(fields)[:4] == ["file", "title", "number", "date"]
    assert fields["number"] == ("渝府办发〔2022〕86号", "text")
    assert fields["issuers"] == ("重庆市人民政府办公厅、四川省人民政府办公厅", "text")
    assert fields["region"] == ("成渝地区", "catalogue")
    about, hit = map(json.loads, zhengce("show", "chengyu:17", "--long", "-C", "0", "-f", "jsonl")[1].splitlines())
    assert (about["document"], about["origins"]["region"], hit["place"]) == ("chengyu", "catalogue", "chengyu:17")
    shown = on_a_terminal("zhengce show chengyu:17 --long", monkeypatch)
    assert re.search(r"^number +渝府办发〔2022〕86号  \(text\)$", shown, re.MULTILINE)


def test_versions_of_a_law_stand_together_the_newest_first(
    zhengce: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder := tmp_path / "laws").mkdir()
    for name, title in (
        ("a", "中华人民共和国物流法（2003年修正）"),
        ("b", "仓储条例"),
        ("c", "中华人民共和国物流法（2018年修正）"),
        ("d", "关于物流的通知"),
        ("e", "关于物流的通知"),
    ):
        text = f"# {title}\n\n{'2018' if '2018' in title else '2003'}年10月28日发布\n\n第一条 为了发展，制定本法。\n"
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    zhengce("index", "--corpus", "mine", str(folder))
    listed = zhengce("docs", "--corpus", "mine")[1]
    assert [line[0] for line in listed.splitlines()] == list("cabde")
    assert [line[0] for line in zhengce("docs", "--corpus", "mine", "-f", "csv")[1].splitlines()[1:]] == list("cabde")
    shown = on_a_terminal("zhengce docs --corpus mine", monkeypatch).splitlines()
    below = {line: after for line, after in pairwise(shown) if "物流法" in line}
    assert [(line.rstrip("-0123456789").rstrip(), after.split("  ")[-2:]) for line, after in below.items()] == [
        ("中华人民共和国物流法（2018年修正）", ["c", "45 characters"]),
        ("    中华人民共和国物流法（2003年修正）", ["a", "45 characters"]),
    ]
    assert all(cells(line) == 80 for line in below)


def test_of_many_copies_the_first_are_named() -> None:
    files = tuple(
        FileReport(f"{number}.txt", "added", documents=1, is_new=True, same_text="a.txt") for number in range(12)
    )
    said = list(problems(BuildReport(13, 13, 1.0, files, built=True)))
    assert said[9:] == [
        "9.txt has the same text as a.txt; both are in the corpus.",
        "2 other files like that; `zhengce check` lists all.",
    ]
