"""The command line in Chinese: help, errors, settings, completion and the man page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.shell_completion import ZshComplete
from conftest import Run
from zhengce.cli.commands.program import COMMANDS
from zhengce.cli.commands.program import zhengce as program
from zhengce.cli.completion.shells import VARIABLE
from zhengce.cli.display.layout import cells
from zhengce.cli.help.help_text import help_messages
from zhengce.cli.help.table import NAMES
from zhengce.cli.language.translation import speak

OPTION = re.compile(r"^  (-[\w, -]+?)(?=  | [^-]|$)", re.MULTILINE)
NO_EXAMPLE = re.compile(r"^(?!  (?:zhengce|vim|EDITOR|VISUAL)\b).*$", re.MULTILINE)


@pytest.fixture(autouse=True)
def _chinese(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("ZHENGCE_LANG", "zh")
    yield
    speak("en")


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "config.toml"
    monkeypatch.setenv("ZHENGCE_CONFIG", str(path))
    monkeypatch.delenv("ZHENGCE_LANG")
    return path


def contexts(context: click.Context) -> Iterator[click.Context]:
    yield context
    group = context.command
    for name in group.list_commands(context) if isinstance(group, click.Group) else ():
        command = group.get_command(context, name)
        assert command
        yield from contexts(click.Context(command, context, info_name=name))


ALL = [*contexts(click.Context(program, info_name="zhengce", **program.context_settings))]


@pytest.mark.parametrize("context", ALL, ids=[each.command_path for each in ALL])
def test_help_is_all_in_chinese_and_as_wide_as_the_window(
    context: click.Context, zhengce: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = context.command_path.split()[1:]
    for columns in (60, 80, 100):
        monkeypatch.setenv("COLUMNS", str(columns))
        pages = []
        for language in ("en", "zh"):
            monkeypatch.setenv("ZHENGCE_LANG", language)
            code, page, _ = zhengce(*words, "--help")
            assert code == 0
            assert max(map(cells, NO_EXAMPLE.findall(page))) <= columns
            pages.append(page)
        english, chinese = (OPTION.findall(re.split("Options:|选项：", page)[1]) for page in pages)
        assert english == chinese
        in_english, in_chinese = ("".join(page.split()) for page in pages)
        said = ["".join(each.split()) for each in help_messages(context) if " " in each]
        assert [each for each in said if each in in_english]
        assert not [each for each in said if each in in_chinese]


def test_the_usage_names_its_parts(zhengce: Run) -> None:
    assert zhengce("-h")[1].startswith("用法：zhengce [选项] 命令 [参数]...\n")
    assert zhengce("set", "-h")[1].startswith("用法：zhengce set [选项] [文档] [字段=值]...\n")
    assert zhengce("help", "set") == zhengce("set", "-h")
    assert zhengce("cite", "-h")[1].startswith("用法：zhengce cite [选项] 文档[:段落]...\n")


ERRORS = [
    (["search"], "缺少参数：检索式。"),
    (["search", "x", "--nope"], "没有选项 --nope。是否指 --no-pager、--lines 或 --in？"),
    (["search", "x", "-n", "many"], "-n / --limit：“many”不是有效的整数。"),
    (["search", "x", "-n", "-1"], "-n / --limit：-1 不在范围 x>=0 之内。"),
    (["search", "x", "--sort", "age"], "--sort：“age”不可用，可选 relevance、document、date 或 -date。"),
    (["search", "x", "--in", "/nowhere"], "--in：路径“/nowhere”不存在。"),
    (["search", "x", "-o"], "选项 -o 须带一个值。"),
    (["search", "x", "-c", "-l"], "-c 与 -l 不能同用。"),
    (["search", "x", "--bom"], "--bom 只用于 csv 和 tsv，不用于 text。"),
    (["show"], "缺少参数：文档[:段落]。"),
    (["corpora", "nothing"], "没有命令“nothing”。可选：clear、list、remove、rename、show。"),
    (["config", "sett"], "没有命令“sett”。是否指 set 或 unset？"),
    (["config", "set", "colour", "no"], "没有设置项“colour”；是否指 color？别名写作“@名称”。"),
    (["config", "set", "width", "3"], "width 不能为“3”；应写20至10000的整数。"),
    (["help", "serch"], "没有专题或命令“serch”。是否指 search？"),
    (["set", "chengdu", "date"], "“date”未设定字段；应写作“字段=值”，如 date=2022-07-26。"),
]


@pytest.mark.parametrize(("arguments", "said"), ERRORS, ids=[" ".join(words) for words, _ in ERRORS])
def test_errors_are_whole_sentences(arguments: list[str], said: str, zhengce: Run) -> None:
    code, out, err = zhengce(*arguments)
    assert (code, out) == (2, "")
    assert err.splitlines()[0] == f"zhengce: {said}"
    assert "Usage" not in err
    assert "Try" not in err


def test_the_file_chooses_the_language(file: Path, zhengce: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_text('language = "zh"\n', encoding="utf-8")
    assert zhengce("--help")[1].startswith("用法：")
    monkeypatch.setenv("ZHENGCE_LANG", "en")
    assert zhengce("--help")[1].startswith("Usage: ")


def test_a_command_chooses_the_language(file: Path, zhengce: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert zhengce("config", "set", "language", "zh") == (0, "language is zh from now on.\n", "")
    assert zhengce("--help")[1].startswith("用法：")
    assert zhengce("config", "unset", "language") == (0, "已取消设定 language。\n", "")
    monkeypatch.setenv("LANGUAGE", "")  # which the program has set for Click, in this process
    assert zhengce("--help")[1].startswith("Usage: ")


def test_the_variable_is_shown_as_the_origin(file: Path, zhengce: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHENGCE_LANG", "zh-Hans-CN")
    assert "language\tzh\tenvironment (ZHENGCE_LANG)\n" in zhengce("config")[1]
    code, _, err = zhengce("config", "set", "language", "en")
    assert (code, err) == (0, "zhengce: language 仍为 zh：环境变量（ZHENGCE_LANG）优先。\n")
    monkeypatch.setenv("ZHENGCE_LANG", "nonsense")
    assert "language\ten\tfile\n" in zhengce("config")[1]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('color = "blue"', '第1行：color 不能为 “blue”；应写 auto、always、never 之一，如 color = "auto"。'),
        ("colour = 1", "第1行：没有设置项“colour”；是否指 color？"),
        ('color = "never', '第1行：此处不应换行；各设置项应写作 color = "never" 之类。现采用默认值。'),
        ("[aliases]\nx = 3", '第2行：别名“x”未采用；应写检索式，如 "中欧班列 | 国际班列"。'),
    ],
)
def test_what_is_wrong_in_the_file(
    text: str, said: str, file: Path, zhengce: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHENGCE_LANG", "zh")
    file.write_text(text + "\n", encoding="utf-8")
    code, _, err = zhengce("docs")
    assert (code, err) == (0, f"zhengce: {file} {said}\n")


def test_completion_describes_options_commands_and_settings(zhengce: Run) -> None:
    speak("zh_CN")
    complete = ZshComplete(program, {}, "zhengce", VARIABLE)
    found = {item.value: item.help for item in complete.get_completions(["search"], "--")}
    assert found["--json"] == "与 -f jsonl 相同。"
    assert {item.value: item.help for item in complete.get_completions([], "sea")} == {"search": "检索段落。"}
    settings = {item.value: item.help for item in complete.get_completions(["config", "set"], "lan")}
    assert settings == {"language": "界面语言：auto、en、zh；auto 为系统语言"}


def test_the_man_page(zhengce: Run) -> None:
    code, page, _ = zhengce("help", "--man")
    lines = page.splitlines()
    assert code == 0
    assert lines[1] == ".mso zh.tmac"
    sections = [line.removeprefix(".SH ") for line in lines if line.startswith(".SH")]
    assert sections == ["名称", "概要", "描述", "选项", "命令", *map(str.upper, NAMES)]
    for name in COMMANDS:
        assert any(line.startswith(f'.SS "zhengce {name} [选项]') for line in lines)
    assert "[环境变量：\\:ZHENGCE_CORPUS]" in page
    assert "env var" not in page
