"""The README tells the truth: its examples, its reference, its commands and its contract."""

from __future__ import annotations

import configparser
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import takewhile
from pathlib import Path

import click
import pytest
from conftest import Run
from zhengce.cli.commands.program import zhengce as whole_program
from zhengce.cli.last_query import remember
from zhengce.cli.request import Request
from zhengce.corpus.formats.table import FORMATS
from zhengce.corpus.sources import bundled
from zhengce.index import Corpus, QueryError
from zhengce.index.query.parser import parse

pytestmark = pytest.mark.integration

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
UPDATE = bool(os.environ.get("UPDATE_README"))
REFERENCE = re.compile(
    r"(?<=<!-- reference: made by `make reference` -->\n).*?(?=<!-- end of reference -->)", re.DOTALL
)
SHELL = re.compile(r"(?<=```sh\n).*?(?=```)", re.DOTALL)
CONSOLE = re.compile(r"(?<=```console\n).*?(?=```)", re.DOTALL)


def reference() -> str:
    """Return the help of every command as Markdown."""
    program = click.Context(whole_program, info_name="zhengce", terminal_width=96, **whole_program.context_settings)
    parts = [f"### {each.command_path}\n\n```text\n{each.get_help()}\n```\n" for each in (program, *commands(program))]
    return "\n" + "\n".join(parts) + "\n"


def commands(parent: click.Context) -> Iterator[click.Context]:
    """Yield the commands of a group, each with those of its own after it."""
    assert isinstance(parent.command, click.Group)
    for name in parent.command.list_commands(parent):
        command = parent.command.get_command(parent, name)
        assert command
        yield (context := click.Context(command, parent, info_name=name))
        if isinstance(command, click.Group):
            yield from commands(context)


def run_examples(block: str) -> str:
    """Return a console block with the output of its commands as a terminal of 80 cells shows it."""
    from test_golden import on_a_terminal

    lines = []
    for line in block.splitlines():
        if line.startswith("$ "):
            written = on_a_terminal(shlex.split(line[2:])[1:], 80).decode()
            lines += ["", line, *written.rstrip("\n").split("\n")]
    return "\n".join(lines[1:]) + "\n"


def test_reference_and_examples_are_what_the_program_prints(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "tests" / "cli"))
    text = README.read_text(encoding="utf-8")
    true = REFERENCE.sub(lambda _: reference(), text)
    true = CONSOLE.sub(lambda match: run_examples(match[0]), true)
    if UPDATE:
        README.write_text(true, encoding="utf-8")
    else:
        assert text == true


def test_the_python_example_runs() -> None:
    (code,) = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[0] == "chengyu 17 ((8, 16),)"
    assert len(done.stdout.splitlines()) == 4


def at_home(shared_home: Path, folder: Path) -> None:
    """Make a home of somebody who has searched with the program, and keeps the bundled texts in ~/documents as well."""
    shutil.copytree(shared_home, folder / "data")
    remember(Request("中欧班列"), folder / "data")
    shutil.copytree(bundled.FOLDER, folder / "documents")


@pytest.fixture
def shell(tmp_path: Path, shared_home: Path) -> Callable[[str], subprocess.CompletedProcess[bytes]]:
    """A shell at home."""
    at_home(shared_home, tmp_path)
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "ZHENGCE_HOME": str(tmp_path / "data"),
    }

    def run(script: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(["bash", "-ec", script], cwd=tmp_path, env=environment, capture_output=True, check=False)

    return run


@pytest.mark.parametrize(
    "script", [block for block in SHELL.findall(README.read_text(encoding="utf-8")) if "venv" not in block]
)
def test_the_shell_examples_run(script: str, shell: Callable[[str], subprocess.CompletedProcess[bytes]]) -> None:
    done = shell(script)
    assert done.returncode == 0, done.stderr.decode()


def test_the_examples_of_the_help_texts_run(
    shared_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, zhengce: Run
) -> None:
    at_home(shared_home, tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("ZHENGCE_HOME", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    examples = re.findall(
        r"^  (zhengce (?:search|explain|docs|show|cite|kwic|outline|index) .*?)(?: {3,}.*)?$", reference(), re.MULTILINE
    )
    assert len(examples) > 30
    for example in examples:
        # As a shell has it: words, up to what is done with the output, and ~.
        words = takewhile(lambda word: word not in ("|", ">"), shlex.split(example)[1:])
        code, _, err = zhengce(*map(os.path.expanduser, words))
        assert code == 0, (example, err)


def test_the_two_commands_are_there() -> None:
    text = README.read_text(encoding="utf-8")
    assert "python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/zhengce search 中欧班列\n" in text
    assert "python3 -m venv .venv && .venv/bin/pip install '.[test]' && .venv/bin/python -m pytest\n" in text


def test_the_tour_finds_its_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "tests" / "cli"))
    from test_golden import on_a_terminal

    table = README.read_text(encoding="utf-8").split("| question | ask | answer |")[1].split("\n\n")[0]
    rows = [line.split(" | ") for line in table.splitlines()[2:]]
    assert len(rows) == 10
    for _, ask, answer in rows:
        commands = re.findall(r"`zhengce ([^`]+)`", ask.replace("\\|", "|"))
        printed = "".join(on_a_terminal(shlex.split(command), 80).decode() for command in commands)
        for said in re.findall(r"\*\*(.+?)\*\*", answer):
            assert "".join(said.split()) in "".join(printed.split()), said


def test_every_error_of_the_table_is_said_at_a_place_and_with_advice() -> None:
    table = README.read_text(encoding="utf-8").split("| written | said |")[1].split("\n\n")[0]
    rows = re.findall(r"^\| `(.+)` \| (.+) \|$", table, re.MULTILINE)
    assert len(rows) > 20
    for written, said in rows:
        with pytest.raises(QueryError) as caught:
            parse(written, str)
        assert str(caught.value) == said
        assert 0 <= caught.value.position <= len(written)
        assert caught.value.advice


def test_every_query_of_the_table_finds_something(corpus: Corpus) -> None:
    table = README.read_text(encoding="utf-8").split("| write | find passages with |")[1].split("\n\n")[0]
    queries = [
        query.replace("\\|", "|")
        for line in table.splitlines()
        if line.startswith("| `")
        for query in re.findall(r"`([^`]+)`", line.replace("\\|", "\x00").split("|")[1].replace("\x00", "|"))
        if not query.startswith(("-w", "-k", "\\")) and "…" not in query
    ]
    assert len(queries) > 25
    for query in queries:
        assert parse(query, str)
        assert corpus.search(query), query


def test_the_contract_names_every_key(corpus: Corpus) -> None:
    from zhengce.index.records.objects import VERSION, document_record

    table = README.read_text(encoding="utf-8").split("## JSON lines")[1].split("## From Python")[0]
    keys = set(
        re.findall(r"`(\w+)`", "".join(line.split("|")[1] for line in table.splitlines() if line.startswith("| `")))
    )
    assert keys == {
        *("version", "document", "title", "number", "date", "section", "passage", "kind", "lines", "text"),
        *("spans", "score", "before", "after", "page", "citation"),
    }
    assert f"version {VERSION}" in table
    of_documents = table.split("`docs` one for each document, with ")[1]
    record = document_record(corpus.documents[0], Path())
    assert set(re.findall(r"`(\w+)`", of_documents)) == set(record)


def test_every_format_is_in_the_table() -> None:
    table = README.read_text(encoding="utf-8").split("| format | files | |")[1].split("\n\n")[0]
    rows = [line.split("|")[1:3] for line in table.splitlines()[2:]]
    assert {name for names, _ in rows for name in names.strip().split(", ")} == {each.name for each in FORMATS}
    suffixes = re.findall(r"`(\.\w+)`", "".join(files for _, files in rows))
    assert sorted(suffixes) == sorted(suffix for each in FORMATS for suffix in each.suffixes)


def test_the_python_versions_are_those_of_the_package() -> None:
    configuration = configparser.ConfigParser()
    configuration.read(ROOT / "setup.cfg", encoding="utf-8")
    classifiers = re.findall(r"Python :: (3\.\d+)", configuration["metadata"]["classifiers"])
    assert f"Python {classifiers[0]} to {classifiers[-1]}" in README.read_text(encoding="utf-8")
