"""The query language and the corpora on the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from zhengce.index.query.arguments import query_of

Run = Callable[..., tuple[int, str, str]]


def count(zhengce: Run, *arguments: str) -> int:
    code, out, err = zhengce("search", "-c", "-f", "jsonl", *arguments)
    assert code in (0, 1), err
    return int(json.loads(out)["passages"])


def test_several_arguments_are_one_query(zhengce: Run) -> None:
    assert count(zhengce, "成都", "班列") == count(zhengce, "成都 班列") > 0
    assert count(zhengce, "成都", "NEAR/10", "班列") == count(zhengce, "成都 NEAR/10 班列") > 0
    assert count(zhengce, "成都", "|", "重庆") == count(zhengce, "成都 OR 重庆")


def test_a_dash_before_a_term_is_no_option(zhengce: Run) -> None:
    both, without = count(zhengce, "成都", "重庆"), count(zhengce, "成都", "-重庆")
    assert both + without == count(zhengce, "成都")
    assert without == count(zhengce, "成都", "NOT", "重庆") == count(zhengce, "-重庆", "成都")
    assert without == count(zhengce, "成都", "-/重庆/") == count(zhengce, "成都", "-（重庆）")
    assert count(zhengce, "成都", "-=重庆") == count(zhengce, "成都", "NOT", "=重庆")
    assert without == count(zhengce, "成都", '-"重庆"') == count(zhengce, "成都", "-(重庆)")
    assert zhengce("search", "-c", "成都", "-n", "3", "-重庆")[0] == 0


def test_a_dash_before_latin_letters_says_how_to_write_not(zhengce: Run) -> None:
    code, out, err = zhengce("search", "成都", "-RCEP")
    assert (code, out) == (2, "")
    assert "write NOT RCEP." in err
    assert "NOT" not in zhengce("search", "成都", "--nonsense")[2]


def test_a_query_error_marks_the_place_in_cells(zhengce: Run) -> None:
    code, _, err = zhengce("search", "成都 NEAR")
    assert code == 2
    lines = err.splitlines()
    assert lines[1] == "  成都 NEAR"
    assert lines[2] == "       ^"


def test_what_was_not_found_is_said_part_by_part(zhengce: Run) -> None:
    said = zhengce("search", "青白江 NEAR/3 西宁")[2]
    assert said == (
        "zhengce: no passage holds all of it: 青白江 in 52 passages, 西宁 in 14 passages, "
        "青白江 NEAR/3 西宁 in 0 passages.\n"
    )
    assert zhengce("search", "title:外星 班列")[2] == "zhengce: no document has title:外星.\n"
    assert (
        "青白江 does not occur in documents with title:西宁; elsewhere there are"
        in (zhengce("search", "title:西宁 青白江")[2])
    )
    assert zhengce("search", "/第[八九]批/")[2] == "zhengce: nothing matches 第[八九]批.\n"
    assert "Parts of it that occur: 的陆 (" in zhengce("search", "外星的陆海")[2]
    # A term of six characters may be meant as natural language.
    assert "add -k" in zhengce("search", "外星的陆海上")[2]
    assert "add -k" not in zhengce("search", "外星的陆海")[2]


def test_hits_without_occurrences_are_shown(zhengce: Run) -> None:
    code, out, _ = zhengce("search", "kind:heading issuer:重庆", "-n", "2")
    assert code == 0
    assert len(out.splitlines()) == 2
    records = [json.loads(line) for line in zhengce("search", "-班列", "-f", "jsonl", "-n", "3")[1].splitlines()]
    assert [record["spans"] for record in records] == [[], [], []]


def test_explain_says_what_is_compared_and_how_much_is_read(zhengce: Run) -> None:
    code, out, _ = zhengce("explain", "(中歐班列 | 重庆)", "-西宁", "=人民 NEAR/10 政*府")
    assert code == 0
    lines = out.splitlines()
    assert lines[0] == ("(中歐班列 OR 重庆) NOT 西宁 (=人民 NEAR/10 政*府)  all of these in the same passage")
    assert "compared as 中欧班列" in out
    assert "words: 中欧班列" in out
    assert "of 5 blocks of text" in out
    assert all("matches " in line for line in lines if line.strip().startswith("matches"))
    assert zhengce("explain", "成都 (")[0] == 2


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ZHENGCE_HOME", str(tmp_path / "home"))
    documents = tmp_path / "my documents"
    (documents / "深处").mkdir(parents=True)
    (documents / "一号文件(2021-02-03).md").write_text("# 关于班列的通知\n\n开行中欧班列。\n", encoding="utf-8")
    (documents / "深处" / "方案.txt").write_text("关于口岸的方案\n\n建设口岸，开行班列。\n", encoding="utf-8")
    (documents / "旧.txt").write_bytes("旧编码".encode("gb18030"))
    return documents


@pytest.mark.usefixtures("quick_builds")
def test_a_corpus_of_a_folder(zhengce: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code, out, err = zhengce("index", "--corpus", "mine", str(folder))
    assert code == 0
    assert out.startswith("Built the index of 3 documents, 5 passages in ")
    assert "3 added." in out
    assert err == "zhengce: building the index of 3 documents …\n"
    assert zhengce("search", "--corpus", "mine", "班列", "-l")[1].splitlines() == [
        "一号文件(2021-02-03)\t2\t2",
        "深处/方案\t1\t1",
    ]
    assert zhengce("search", "--corpus", "mine", "旧编码", "-l")[1] == "旧\t1\t1\n"
    monkeypatch.setenv("ZHENGCE_CORPUS", "mine")
    assert zhengce("search", "口岸 date:2021-02")[0] == 1
    assert zhengce("search", "班列 date:2021-02", "-l")[1] == "一号文件(2021-02-03)\t2\t2\n"
    assert [line.split("\t")[0] for line in zhengce("docs")[1].splitlines()][2] == "深处/方案"
    assert zhengce("show", "深处/方案:2")[0] == 0
    assert zhengce("index")[1].startswith("The index is up to date: ")
    (folder / "新.md").write_text("新开班列。\n", encoding="utf-8")
    assert zhengce("index")[1].startswith("Built the index of 4 documents")


@pytest.mark.usefixtures("quick_builds")
def test_a_corpus_that_is_not_there(zhengce: Run, folder: Path) -> None:
    code, _, err = zhengce("search", "--corpus", "laws", "班列")
    assert code == 2
    assert "There is no corpus “laws”; `zhengce index --corpus laws FOLDER` makes one; there is none but" in err
    assert zhengce("index", "--corpus", "a/b", str(folder))[0] == 2
    assert zhengce("index", str(folder))[0] == 2
    assert zhengce("index", "--corpus", "mine", str(folder / "nothing"))[0] == 2
    assert not (folder.parent / "home" / "corpora" / "mine").exists()


@pytest.mark.usefixtures("quick_builds")
def test_a_regular_expression_that_never_ends_is_ended(
    zhengce: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zhengce.index.search.deadline.REGEX_SECONDS", 0.2)
    (folder / "长.txt").write_text("某" * 60 + "甲\n", encoding="utf-8")
    zhengce("index", "--corpus", "mine", str(folder))
    code, out, err = zhengce("search", "--corpus", "mine", "/(某|某某)+$/")
    assert (code, out) == (2, "")
    assert "takes longer than" in err


@pytest.mark.parametrize(
    ("arguments", "query"),
    [
        (["成都 | 重庆", "year:2022"], "(成都 | 重庆) year:2022"),
        (["year:2022", "成都 OR 重庆", "-西宁"], "year:2022 (成都 OR 重庆) -西宁"),
        (["成都 | 重庆"], "成都 | 重庆"),
        (["成都", "|", "重庆", "year:2022"], "成都 | 重庆 year:2022"),
        (["成都 班列", "重庆"], "成都 班列 重庆"),
        (["(成都 | 重庆)", "班列"], "(成都 | 重庆) 班列"),
        (["成都 |", "重庆"], "成都 | 重庆"),
        (["“成都 | 重庆”", "班列"], "“成都 | 重庆” 班列"),
    ],
)
def test_what_is_one_argument_stays_together(arguments: list[str], query: str) -> None:
    assert query_of(arguments) == query
    assert query_of(arguments, keywords=True) == " ".join(arguments)


@pytest.mark.parametrize(
    ("arguments", "alternatives", "query"),
    [
        ([], ["成都"], "成都"),
        ([], ["成都", "重庆 班列"], "(成都) | (重庆 班列)"),
        (["西宁"], ["成都"], "(西宁) | (成都)"),
        (["year:2022"], ["成都", "重庆"], "((成都) | (重庆)) year:2022"),
        (["-西宁", "year:2022"], ["成都 | 重庆"], "(成都 | 重庆) -西宁 year:2022"),
        (["year:2022"], ["成都"], "成都 year:2022"),
        (["year:2022 | 西宁"], ["成都"], "(year:2022 | 西宁) | (成都)"),
    ],
)
def test_what_only_restricts_holds_for_all_alternatives(
    arguments: list[str], alternatives: list[str], query: str
) -> None:
    assert query_of(arguments, alternatives) == query


@pytest.mark.parametrize("command", ["search", "kwic", "docs", "explain"])
def test_a_condition_beside_a_choice_is_for_all_of_it(command: str, zhengce: Run) -> None:
    code, out, _ = zhengce(command, "成都 | 重庆", "year:2022")
    assert code == 0
    assert out == zhengce(command, "(成都 | 重庆) year:2022")[1]
    assert out != zhengce(command, "成都 | 重庆 year:2022")[1]
