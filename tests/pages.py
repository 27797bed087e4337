"""Pages: the documents whose examples are tested, and a terminal in this process that runs them."""

from __future__ import annotations

import io
import re
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import click
import pytest
from zhengce.cli.help.table import FOLDER, NAMES
from zhengce.cli.language.choice import SOURCE, languages
from zhengce.cli.main import run

ROOT = Path(__file__).parents[1]
CONTRIBUTING = ROOT / "CONTRIBUTING.md"
LANGUAGES = (SOURCE, *languages())
READMES = {SOURCE: ROOT / "README.md", "zh_CN": ROOT / "README.zh-CN.md"}
TOPICS_IN = {
    language: {name: (FOLDER if language == SOURCE else FOLDER / language) / f"{name}.md" for name in NAMES}
    for language in LANGUAGES
}
TOPICS = TOPICS_IN[SOURCE]


class Page(NamedTuple):
    """A page whose examples are tested, in the language that they are in."""

    language: str
    name: str
    path: Path


PAGES = tuple(
    Page(language, name, path)
    for language in LANGUAGES
    for name, path in {**TOPICS_IN[language], "README": READMES[language]}.items()
)

CODE = re.compile(r"`([^`]+)`")


def blocks(page: Path, language: str) -> list[str]:
    """Return the code blocks of a page in a language."""
    return re.findall(rf"(?<=```{language}\n).*?(?=```)", page.read_text(encoding="utf-8"), re.DOTALL)


def table(page: Path, header: str) -> list[list[str]]:
    """Return the cells of the table of a page that has this header, without the header."""
    rows = page.read_text(encoding="utf-8").split(f"\n{header}\n")[1].split("\n\n")[0].splitlines()[1:]
    return [[cell.replace("\\|", "|").strip() for cell in re.split(r"(?<!\\)\|", row)[1:-1]] for row in rows]


def code(cell: str) -> list[str]:
    """Return what stands between backticks in a cell."""
    return CODE.findall(cell)


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def on_a_terminal(command: str, monkeypatch: pytest.MonkeyPatch, width: int = 80) -> str:
    """Run a command line in this process as on a terminal without colours, and return what it prints."""
    arguments = shlex.split(command)[1:]
    with monkeypatch.context() as patch:
        patch.setenv("COLUMNS", str(width))
        patch.setenv("TERM", "xterm-256color")
        patch.setenv("NO_COLOR", "1")
        patch.setattr(sys, "stdout", screen := _Terminal())
        assert run(arguments) == 0, command
    return screen.getvalue()


def contexts(context: click.Context) -> Iterator[click.Context]:
    """Yield the contexts of a command and of those below it."""
    yield context
    group = context.command
    if isinstance(group, click.Group):
        for name in group.list_commands(context):
            command = group.get_command(context, name)
            assert command
            yield from contexts(click.Context(command, context, info_name=name, **command.context_settings))
