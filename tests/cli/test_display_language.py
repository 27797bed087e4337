"""What pages, lists and messages say beside the texts, in the reader's language."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from conftest import Run
from pages import on_a_terminal
from zhengce.cli.display.layout import cells


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ZHENGCE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("ZHENGCE_LANG", "zh")
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "一.txt").write_text("关于发展物流的通知\n\n发展中欧班列。\n", encoding="utf-8")
    (folder / "二.txt").write_text("关于发展物流的通知\n\n发展中欧班列。\n", encoding="utf-8")
    (folder / "空.txt").write_text("", encoding="utf-8")
    (folder / "表.xyz").write_text("x", encoding="utf-8")
    return folder


@pytest.mark.usefixtures("quick_builds")
def test_an_update_is_reported(folder: Path, zhengce: Run, tmp_path: Path) -> None:
    report = tmp_path / "report.jsonl"
    _, out, err = zhengce("index", "--corpus", "mine", str(folder), "--report", str(report))
    assert re.fullmatch(
        r"已建立索引（2篇文档、4段，用时\d+\.\d秒）：\S+/mine\n文件：新增2个、未收录1个、略过1个。\n", out
    )
    assert err == (
        "zhengce: 正在为3篇文档建立索引……\n"
        f"zhengce: 未收录：{folder}/空.txt 中没有文字。\n"
        f"zhengce: {folder}/二.txt 与 {folder}/一.txt 正文相同；两者均已收录。\n"
        "zhengce: 略过：1个文件的格式无法读取（.xyz）。\n"
    )
    records = map(json.loads, report.read_text(encoding="utf-8").splitlines())
    assert {each["reason"] for each in records} == {
        None,
        f"{folder}/空.txt has no text in it.",
        ".xyz is not a format that the program reads",
    }, "what programs read is in one language"

    _, out, _ = zhengce("index", "--corpus", "mine")
    assert out.startswith("索引已是最新：")
    assert out.endswith("/mine\n文件：未变2个、未收录1个、略过1个。\n")
    assert zhengce("corpora", "show", "mine")[1].startswith(f"mine：2篇文档、4段\n来源：{folder}\n索引位于 ")
    assert zhengce("search", "飞碟", "--corpus", "mine")[2] == "zhengce: 未检出“飞碟”。\n语料库：mine。\n"

    code, out, err = zhengce("check", "--corpus", "mine")
    assert (code, err) == (1, "zhengce: 2篇文档中，2篇有疑点，共5项。\n")
    assert out.splitlines()[0] == "一\tno date\t没有日期\tzhengce set '一' date=… --corpus mine"


def test_fields_have_the_names_that_people_know(zhengce: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHENGCE_LANG", "zh")
    lines = on_a_terminal("zhengce show xining:1 --long", monkeypatch).splitlines()
    assert "作者  一丁（正文）" in lines
    listed = on_a_terminal("zhengce docs --long", monkeypatch).splitlines()
    assert "标题：正文、日期：目录、作者：正文" in "".join(line.strip() for line in listed)
    _, out, _ = zhengce("show", "xining:1", "--long")
    assert "authors\t一丁\ttext" in out.splitlines(), "names that programs know stay"


@pytest.mark.parametrize("width", [40, 80, 120])
def test_no_line_is_wider_than_the_window(monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    monkeypatch.setenv("ZHENGCE_LANG", "zh")
    for command in (
        "search 成渝 物流",
        "search 物流 -n 3",
        "search 物流 --count-by issuer",
        "search 物流 --count-by section -n 3",
        "docs --long",
        "docs 班列 -n 2",
        "docs --count-by year",
        "kwic 物流 --sort R1,L1 --sample 5",
        "kwic 物流 --group L1w -n 5",
        "show xining --long",
        "outline chengyu --query 物流",
    ):
        page = on_a_terminal(f"zhengce {command}", monkeypatch, width).splitlines()
        assert [line for line in page if cells(re.sub(r"\x1b\[\d*[mG]", "", line)) > width] == [], command
