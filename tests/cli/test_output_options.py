"""What is shown by default: how many passages, how much context, and whether in colour."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from zhengce.cli.display import theme
from zhengce.cli.output.concordance import default_context_width
from zhengce.cli.output.options import OutputOptions


@pytest.mark.parametrize(
    ("options", "most"),
    [
        (OutputOptions(), None),
        (OutputOptions(layout="page"), 20),
        (OutputOptions(layout="page", format="jsonl"), None),
        (OutputOptions(layout="page", file="-"), None),
        (OutputOptions(format="jsonl"), None),
        (OutputOptions(file="hits.txt"), None),
        (OutputOptions(format="csv"), None),
        (OutputOptions(format="html"), None),
        (OutputOptions(format="csv", limit=3), 3),
        (OutputOptions(file="hits.txt", limit=3), 3),
        (OutputOptions(limit=0), None),
    ],
)
def test_what_programs_read_has_everything(options: OutputOptions, most: int | None) -> None:
    assert options.most(20) == most


@pytest.mark.parametrize(
    ("options", "characters"),
    [
        (OutputOptions(), 40),
        (OutputOptions(format="jsonl"), 40),
        (OutputOptions(format="csv", file="lines.csv"), 40),
        (OutputOptions(format="xlsx", file="lines.xlsx"), 40),
        (OutputOptions(file="lines.txt"), 20),
        (OutputOptions(format="markdown"), 20),
        (OutputOptions(format="html", file="lines.html"), 20),
        (OutputOptions(format="docx", file="lines.docx"), 20),
    ],
)
def test_context_that_is_read_on_paper_is_shorter(options: OutputOptions, characters: int) -> None:
    width = default_context_width(options)
    assert width
    assert (width.count, width.words) == (characters, False)


@pytest.mark.parametrize(
    ("color", "terminal", "variables", "expected"),
    [
        ("auto", True, {}, True),
        ("auto", True, {"NO_COLOR": "1"}, False),
        ("auto", True, {"NO_COLOR": ""}, True),
        ("auto", True, {"TERM": "dumb"}, False),
        ("auto", False, {}, False),
        ("always", False, {"NO_COLOR": "1"}, True),
        ("never", True, {}, False),
    ],
)
def test_when_there_is_colour(
    color: str, terminal: bool, variables: dict[str, str], expected: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: terminal)
    assert OutputOptions(color=color).colored is expected


def test_each_term_has_a_colour_of_its_own() -> None:
    assert len(set(theme.MATCHES)) == len(theme.MATCHES)
    assert theme.match_of(0) == theme.match_of(len(theme.MATCHES)) == theme.MATCH
    assert theme.paint("x", "bold red") == "\x1b[1;31mx\x1b[0m"
    assert theme.paint("x", "bold red", color=False) == "x"


@pytest.mark.integration
@pytest.mark.parametrize(
    ("arguments", "encoding"),
    [((), "gb18030"), (("-f", "jsonl"), "utf-8"), (("-f", "csv"), "utf-8")],
)
def test_what_programs_read_is_utf8_in_every_locale(arguments: tuple[str, ...], encoding: str) -> None:
    command = [sys.executable, "-m", "zhengce.cli", "search", "中欧班列", "-n", "1", *arguments]
    environment = {**os.environ, "PYTHONIOENCODING": "gb18030"}
    written = subprocess.run(command, capture_output=True, check=True, env=environment).stdout
    assert "中欧班列" in written.decode(encoding)
