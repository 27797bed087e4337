"""The man page: all of the help is in it, and nothing of it is taken for a request."""

from __future__ import annotations

import os
import re
import shutil
import subprocess

import click
import pytest
from conftest import Run
from pages import LANGUAGES, TOPICS_IN
from zhengce.cli.commands.program import COMMANDS
from zhengce.cli.commands.program import zhengce as program
from zhengce.cli.help.manual import manual
from zhengce.cli.help.table import NAMES
from zhengce.cli.language.translation import speak

REQUESTS = {".TH", ".SH", ".SS", ".PP", ".TP", ".IP", ".RS", ".RE", ".nf", ".fi", ".B", ".nh", ".ad"}


@pytest.fixture(scope="module")
def page() -> list[str]:
    return [*manual(click.Context(program, info_name="zhengce", **program.context_settings))]


@pytest.fixture(scope="module")
def pages(page: list[str]) -> dict[str, list[str]]:
    """The page in each language."""
    speak("zh_CN")
    chinese = [*manual(click.Context(program, info_name="zhengce", **program.context_settings))]
    speak("en")
    return {"en": page, "zh_CN": chinese}


def read(lines: list[str]) -> str:
    """Return the text of the page as a reader sees it, without white space."""
    text = "\n".join(line for line in lines if not line.startswith("."))
    for written, shown in ((r"\[rs]", "\\"), (r"\-", "-"), (r"\[dq]", '"'), (r"\[aq]", "'"), (r"\&", ""), (r"\:", "")):
        text = text.replace(written, shown)
    return "".join(re.sub(r"\\f[BR]", "", text).split())


def test_it_has_the_parts_of_a_man_page(page: list[str], zhengce: Run) -> None:
    assert re.fullmatch(r'\.TH ZHENGCE 1 "" "zhengce [\d.]+" "zhengce"', page[0])
    sections = [line.removeprefix(".SH ").strip('"') for line in page if line.startswith(".SH")]
    assert sections == ["NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "COMMANDS", *map(str.upper, NAMES)]
    assert page[page.index(".SH NAME") + 1].startswith("zhengce \\- ")
    assert zhengce("help", "--man") == (0, "\n".join(page) + "\n", "")


def test_only_requests_of_a_man_page_begin_with_a_full_stop(page: list[str]) -> None:
    assert {line.split(" ")[0] for line in page if line.startswith((".", "'"))} == REQUESTS
    assert not [line for line in page if "\n" in line]
    assert page.count(".nf") == page.count(".fi") == page.count(".RS 2") == page.count(".RE")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_is_in_it(name: str, page: list[str]) -> None:
    assert any(line.startswith(f'.SS "zhengce {name} ') for line in page)
    command = program.get_command(click.Context(program), name)
    assert command
    text = read(page)
    for parameter in command.params:
        if isinstance(parameter, click.Option) and not parameter.hidden:
            assert "".join(parameter.opts[-1].split()) in text
            assert "".join((parameter.help or "").split()) in text


def bare(text: str) -> str:
    """Return a text without white space, and without what Markdown and roff read as marks."""
    return re.sub(r"[\s`*\[\]\\]|\]\([^)]*\)", "", text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_every_topic_is_in_it(name: str, language: str, pages: dict[str, list[str]]) -> None:
    text = bare(read(pages[language]))
    lines = TOPICS_IN[language][name].read_text(encoding="utf-8").splitlines()[1:]
    for line in lines:
        if line and not line.startswith(("```", "|", "#")):
            assert bare(re.sub(r"^(- |\d+\. )", "", line.strip())) in text
        if line.startswith("| `"):
            assert bare(re.split(r"(?<!\\)\|", line)[1]) in text


def test_it_goes_with_no_name(zhengce: Run) -> None:
    code, _, err = zhengce("help", "--man", "query")
    assert (code, "leave the name out" in err) == (2, True)


@pytest.mark.integration
@pytest.mark.skipif(not shutil.which("man") or not shutil.which("groff"), reason="no man")
@pytest.mark.parametrize("language", LANGUAGES)
def test_man_shows_it(language: str, pages: dict[str, list[str]]) -> None:
    environment = {**os.environ, "MANWIDTH": "100", "LC_ALL": "C.UTF-8", "MANPAGER": "cat"}
    done = subprocess.run(
        ["man", "--warnings", "-l", "-"], input="\n".join(pages[language]), capture_output=True, encoding="utf-8", env=environment, check=True
    )  # fmt: skip
    assert not [line for line in done.stderr.splitlines() if "can't break line" not in line]
    shown = done.stdout
    assert "zhengce search -k 怎样降低物流成本" in shown
    assert "  /国发\\[2021\\]/" in shown or "/国发\\[2021\\]/" in shown
    assert "--corpus NAME" in shown or "--corpus 名称" in shown
    assert "\\f" not in shown
