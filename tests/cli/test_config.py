"""Configuration: what is read from the file and the environment, what is said of a wrong file, and how it is changed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import get_args

import platformdirs
import pytest
from conftest import Run
from pages import TOPICS_IN, code, on_a_terminal, table
from zhengce.cli.config.configuration import Configuration
from zhengce.cli.config.reading import configuration_path, read_configuration
from zhengce.cli.config.settings import SETTINGS
from zhengce.cli.display.layout import cells
from zhengce.corpus.sources.toml import loads


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "folder" / "config.toml"
    monkeypatch.setenv("ZHENGCE_CONFIG", str(path))
    path.parent.mkdir()
    return path


def read(**environment: str) -> Configuration:
    return read_configuration({"ZHENGCE_CONFIG": os.environ["ZHENGCE_CONFIG"], **environment})


def rows(out: str) -> dict[str, tuple[str, str]]:
    return {name: (value, origin) for name, value, origin in (line.split("\t") for line in out.splitlines())}


def test_every_setting_is_a_field_with_a_help_and_an_example_that_reads_as_it(file: Path) -> None:
    fields = set(Configuration._fields) - {"aliases", "origins", "places", "problems"}
    assert set(SETTINGS) == fields
    for name, setting in SETTINGS.items():
        assert setting.about
        file.write_text(f"{name} = {setting.example}\n", encoding="utf-8")
        now = read()
        assert now.problems == ()
        assert now.origin(name) == "file"
        assert type(getattr(now, name)) is type(Configuration._field_defaults[name])
    headers = {
        "en": "| setting | what it is for | as it is written in the file |",
        "zh_CN": "| 设置项 | 用途 | 文件中的写法 |",
    }
    for language, topics in TOPICS_IN.items():
        assert [code(name)[0] for name, *_ in table(topics["config"], headers[language])] == [*SETTINGS]


def test_without_a_file_the_defaults_count(file: Path, zhengce: Run) -> None:
    assert read() == Configuration(aliases={}, origins={}, places={})
    assert rows(zhengce("config")[1]) == {
        "corpus": ("bundled", "default"),
        "color": ("auto", "default"),
        "pager": ("less -FRX", "default"),
        "width": ("100", "default"),
        "per_doc": ("3", "default"),
        "language": ("auto", "default"),
        "history": ("true", "default"),
    }


def test_each_value_is_shown_with_where_it_comes_from(
    file: Path, own_home: Path, zhengce: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHENGCE_CONFIG", str(file))
    file.write_text(
        '\ufeffwidth = 72 # narrow\npager = ""\n[aliases]\n"班列" = "中欧班列"\n"@港" = "口岸"\n', encoding="utf-8"
    )
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("ZHENGCE_CORPUS", "mine")
    found = rows(zhengce("config")[1])
    assert found["width"] == ("72", "file")
    assert found["pager"] == ('""', "file")
    assert found["color"] == ("never", "environment (NO_COLOR)")
    assert found["corpus"] == ("mine", "environment (ZHENGCE_CORPUS)")
    assert found["@班列"] == ("中欧班列", "file")
    assert found["@港"] == ("口岸", "file")
    monkeypatch.delenv("ZHENGCE_CORPUS")
    zhengce("use", "bundled")
    assert rows(zhengce("config")[1])["corpus"] == ("bundled", "zhengce use")
    drawn = on_a_terminal("zhengce config", monkeypatch)
    assert "width     72" in drawn


@pytest.mark.parametrize(
    ("text", "environment", "name", "value"),
    [
        ("", {}, "pager", "less -FRX"),
        ("", {"PAGER": "more"}, "pager", "more"),
        ("", {"PAGER": ""}, "pager", ""),
        ('pager = "most"', {"PAGER": "more"}, "pager", "most"),
        ('pager = "most"', {"PAGER": "more", "ZHENGCE_PAGER": "bat "}, "pager", "bat"),
        ('pager = "most"', {"ZHENGCE_PAGER": ""}, "pager", ""),
        ("", {"NO_COLOR": "1"}, "color", "never"),
        ("", {"NO_COLOR": ""}, "color", "auto"),
        ('color = "always"', {"NO_COLOR": "1"}, "color", "always"),
        ('corpus = "laws"', {}, "corpus", "laws"),
        ('corpus = "laws"', {"ZHENGCE_CORPUS": "mine"}, "corpus", "mine"),
    ],
)
def test_what_comes_first(text: str, environment: dict[str, str], name: str, value: str, file: Path) -> None:
    file.write_text(text, encoding="utf-8")
    assert getattr(read(**environment), name) == value


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('width = 80\ncolour = "never"\n', 2, "there is no setting “colour”; did you mean color?"),
        ("xyz = 1", 1, "there is no setting “xyz”; the settings are corpus, color,"),
        ("per-doc = 1", 1, "did you mean per_doc?"),
        ('\nwidth = "wide"', 2, "width cannot be “wide”; write a whole number from 20 to 10000, as in width = 100."),
        ("width = 5", 1, "width cannot be 5;"),
        ("width = true", 1, "width cannot be true;"),
        ("per_doc = 1.5", 1, "per_doc cannot be 1.5; write a whole number from 0 to 10000, as in per_doc = 3."),
        ('color = "red"', 1, "color cannot be “red”; write one of auto, always, never, as in color = \"auto\"."),
        ("color = []", 1, "color cannot be []; write one of auto"),
        ("pager = false", 1, 'pager cannot be false; write a command, or "" for none'),
        ('corpus = " "', 1, "write the name of a corpus"),
        ('history = "perhaps"', 1, "history cannot be “perhaps”; write true or false"),
        ('aliases = "x"', 1, "aliases is a table; write [aliases]"),
        ('[aliases]\n\n"班列" = 5', 3, "the alias “班列” is left out; write a query"),
        ('[aliases]\n"班 列" = "x"', 2, "the alias “班 列” is left out; the name of an alias is made of letters"),
        ("[width]\nx = 1", 1, "width cannot be {'x': 1}; write a whole number"),
        ("\nwidth = \n", 2, "invalid value; write each setting as in color = \"never\"."),
        ("[aliases]\n班列 = \"x\"\n", 2, 'write "班列" in quotation marks. The defaults are used.'),
        ("[aliases]\n@ban = \"x\"\n", 2, 'write "@ban" in quotation marks.'),
        ("width = 80\nwidth = 90\n", 2, "cannot overwrite a value;"),
        ('pager = "less', 1, "write each setting"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_the_rest_counts(text: str, line: int, said: str, file: Path, zhengce: Run) -> None:
    file.write_text(text, encoding="utf-8")
    code, out, err = zhengce("search", "中欧班列", "-c")
    assert (code, out) == (0, "23 occurrences in 16 passages of 5 documents\n")
    assert err.startswith(f"zhengce: {file}, line {line}: ")
    assert said in err
    assert len(err.splitlines()) == 1


def test_several_errors_are_all_said_and_good_values_count(file: Path, zhengce: Run) -> None:
    file.write_text('width = 1\nper_doc = 5\nfoo = 1\n[aliases]\n"a" = "成都"\n"b" = 1\n', encoding="utf-8")
    err = zhengce("config")[2]
    assert len(err.splitlines()) == 3
    assert (read().width, read().per_doc, dict(read().aliases)) == (100, 5, {"a": "成都"})


def test_a_file_that_cannot_be_read_is_said(file: Path, zhengce: Run) -> None:
    file.write_bytes("width = 80\n# 中文\n".encode("gb18030"))
    code, _, err = zhengce("search", "中欧班列", "-c")
    assert (code, f"{file}, line 2: this is not UTF-8; save the file in UTF-8." in err) == (0, True)
    file.unlink()
    file.mkdir()
    code, _, err = zhengce("search", "中欧班列", "-c")
    assert (code, f"{file} cannot be read: Is a directory." in err) == (0, True)
    assert zhengce("search", "没有的词", "-c")[0] == 1


def test_the_file_is_in_the_folder_of_the_platform(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ZHENGCE_CONFIG")
    assert configuration_path() == platformdirs.user_config_path("zhengce", appauthor=False) / "config.toml"
    monkeypatch.setenv("ZHENGCE_CONFIG", "~/c.toml")
    assert configuration_path() == Path.home() / "c.toml"


def test_set_and_unset_keep_the_rest_of_the_file(file: Path, zhengce: Run) -> None:
    before = '# mine\nwidth = 72   # narrow\n\n# names\n[aliases]\n"港" = "口岸"\n\n[other]\nx = 1\n'
    file.write_text(before, encoding="utf-8")
    assert zhengce("config", "set", "per-doc", "5")[:2] == (0, "per_doc is 5 from now on.\n")
    assert zhengce("config", "set", "width", "80")[0] == 0
    assert zhengce("config", "set", "@班列", "中欧班列", "|", "国际班列")[:2] == (
        0,
        "@班列 stands for 中欧班列 | 国际班列 from now on.\n",
    )
    assert file.read_text(encoding="utf-8") == (
        '# mine\nwidth = 80\n\n# names\nper_doc = 5\n[aliases]\n"港" = "口岸"\n"班列" = "中欧班列 | 国际班列"\n\n[other]\nx = 1\n'
    )
    for key in ("width", "per_doc", "@班列", "@港"):
        assert zhengce("config", "unset", key)[:2] == (0, f"{key} is not set any more.\n")
    assert loads(file.read_text(encoding="utf-8")) == {"aliases": {}, "other": {"x": 1}}
    assert zhengce("config", "unset", "width")[:2] == (0, "width is not set in the file.\n")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "width = 60",
        '"width" = 60\n',
        "  width   =   60\n[aliases]",
        "[aliases]\nwidth = '甲'\n",
        '[other]\nwidth = 60\n',
        "# width = 5\r\nper_doc = 2\r\n",
    ],
)  # fmt: skip
def test_what_is_set_is_what_the_file_says(text: str, file: Path, zhengce: Run) -> None:
    file.write_text(text, encoding="utf-8", newline="")
    before = loads(text)
    assert zhengce("config", "set", "width", "77")[0] == 0
    now = loads(file.read_text(encoding="utf-8"))
    assert now == {**before, "width": 77}
    assert zhengce("config", "set", "@a-1", "“一带\\一路” | b")[0] == 0
    now = loads(file.read_text(encoding="utf-8"))
    assert now["aliases"] == {**before.get("aliases", {}), "a-1": "“一带\\一路” | b"}


def test_a_form_that_is_not_changed_is_left_as_it_is(file: Path, zhengce: Run) -> None:
    for text, key, value, line in (
        ('aliases = { a = "甲" }\nwidth = 80\n', "@b", "乙", 'b = "乙"'),
        ('pager = """\nwidth = 5\n"""\n', "width", "70", "width = 70"),
    ):
        file.write_text(text, encoding="utf-8")
        code, _, err = zhengce("config", "set", key, value)
        assert (code, f"edit it by hand, as in {line}" in err) == (2, True)
        assert file.read_text(encoding="utf-8") == text
    file.write_text("width = ", encoding="utf-8")
    code, _, err = zhengce("config", "set", "width", "80")
    assert (code, "line 1" in err, "Mend it first." in err) == (2, True, True)


def test_an_alias_that_is_written_with_its_mark_is_replaced(file: Path, zhengce: Run) -> None:
    file.write_text('[aliases]\n"@班列" = "旧"\n', encoding="utf-8")
    zhengce("config", "set", "@班列", "新")
    assert file.read_text(encoding="utf-8") == '[aliases]\n"@班列" = "新"\n'


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("set", "colour", "never"), "There is no setting “colour”; did you mean color? An alias is written as @NAME."),
        (("set", "width", "wide"), "width cannot be “wide”; write a whole number from 20 to 10000."),
        (("set", "color", "red"), "write one of auto, always, never"),
        (("set", "corpus", "nope"), "There is no corpus “nope”"),
        (("set", "@", "x"), "“@” cannot be an alias"),
        (("set", "@a b", "x"), "“@a b” cannot be an alias"),
        (("set", "@a", " "), "@a stands for nothing"),
        (("set", "@a", "(成都"), "In @a: A bracket is not closed. Nothing is kept."),
        (("set", "@a", "@a | 成都"), "The alias @a leads back to itself: @a → @a."),
        (("set", "@a", "@b"), "There is no alias “b”. Nothing is kept."),
        (("set", "width"), "The argument VALUE is missing."),
        (("unset", "colour"), "There is no setting"),
        (("st",), "There is no command “st”. Did you mean set?"),
    ],
)  # fmt: skip
def test_what_cannot_be_set(arguments: tuple[str, ...], said: str, file: Path, zhengce: Run) -> None:
    code, out, err = zhengce("config", *arguments)
    assert (code, out) == (2, "")
    assert said in err
    assert not file.exists()


def test_a_setting_that_something_else_comes_before(file: Path, zhengce: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHENGCE_PAGER", "more")
    code, out, err = zhengce("config", "set", "pager", "most")
    assert (code, out) == (0, "pager is most from now on.\n")
    assert "pager is more all the same: environment (ZHENGCE_PAGER) comes first." in err


def test_the_path_is_printed(file: Path, zhengce: Run) -> None:
    assert zhengce("config", "path") == (0, f"{file}\n", "")


def test_colour_is_configured_and_an_option_comes_first(file: Path, zhengce: Run) -> None:
    file.write_text('color = "always"', encoding="utf-8")
    assert "\x1b[" in zhengce("search", "三峡水运")[1]
    assert "\x1b[" not in zhengce("search", "三峡水运", "--color", "never")[1]


@pytest.mark.parametrize("command", ["search 中欧班列 --full -n 3", "show chengyu:17", "help query"])
def test_text_takes_no_more_columns_than_configured(command: str, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def widest(window: int) -> int:
        return max(map(cells, on_a_terminal(f"zhengce {command}", monkeypatch, window).splitlines()))

    assert 90 < widest(150) <= 100
    file.write_text("width = 130", encoding="utf-8")
    assert 110 < widest(150) <= 130
    assert widest(80) <= 80


def test_an_alias_of_the_file_is_used_and_explained(file: Path, zhengce: Run) -> None:
    zhengce("config", "set", "@班列", "中欧班列 | 国际班列")
    assert zhengce("search", "@班列", "-c") == zhengce("search", "中欧班列 | 国际班列", "-c")
    assert zhengce("search", "-@班列", "-c")[0] == 0
    assert "@班列  the query that has this name: 中欧班列 | 国际班列" in zhengce("explain", "@班列 口岸")[1]
    exported = zhengce("search", "@班列 口岸", "-o", str(file.parent / "hits.txt"))
    assert exported[0] == 0
    text = (file.parent / "hits.txt").read_text(encoding="utf-8")
    assert "@班列 口岸" in text
    assert "(中欧班列 OR 国际班列) 口岸" in text
    code, _, err = zhengce("search", "@班车")
    assert (code, "Write @班列;" in err) == (2, True)


def test_the_file_costs_a_search_nothing_where_there_is_none(file: Path) -> None:
    # What measures coverage imports modules of its own before.
    program = (
        "import sys; before = set(sys.modules); from zhengce.cli.main import run; run(['search', '中欧班列']); "
        "print(*set(sys.modules) - before, file=sys.stderr)"
    )
    imported = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stderr.split()
    assert "zhengce.cli.config.reading" in imported
    late = {"tomllib", "tomli", "platformdirs", "difflib", "zhengce.cli.config.editing", "click.shell_completion"}
    assert not late & set(imported)


def test_colors_are_those_of_the_option() -> None:
    from zhengce.cli.config.configuration import COLORS, ColorSetting
    from zhengce.cli.output.options import Color

    assert COLORS == get_args(ColorSetting) == get_args(Color)
