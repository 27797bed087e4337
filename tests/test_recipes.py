"""The recipes of CONTRIBUTING.md, each followed to the letter in a copy of the tree: what is added works."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
FOLDERS = ("cli", "corpus", "index")
RECIPES = ("Add an export format", "Add a file format", "Add a query operator")
TOPICS = "cli/help/topics"

SUBTITLES = """1
00:00:01,000 --> 00:00:03,500
中欧班列从重庆团结村站出发，

2
00:00:03,600 --> 00:00:06,000
开往德国杜伊斯堡。
"""


class Step(NamedTuple):
    """One change that a recipe asks for: a text behind another in a file, or, behind none, a new file."""

    path: str
    behind: str | None
    text: str


_STEP = re.compile(
    r"In `(?P<path>[^`]+)`, after:\n+(?P<behind>{block})\s*add:\n+(?P<added>{block})"
    r"|New file `(?P<new>[^`]+)`:\n+(?P<content>{block})".replace("{block}", r"[ ]*```.*?\n[ ]*```\n"),
    re.DOTALL,
)


def steps(recipe: str) -> list[Step]:
    """Return the changes that a section of CONTRIBUTING.md asks for."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    section = text.partition(f"## {recipe}\n")[2].partition("\n## ")[0] + "\n"
    found = [
        Step(step["path"], content(step["behind"]), content(step["added"]))
        if step["path"]
        else Step(step["new"], None, content(step["content"]))
        for step in _STEP.finditer(section)
    ]
    assert len(found) == len(re.findall(r", after:$|^.*New file `", section, re.MULTILINE)), "a step that is no step"
    return found


def content(block: str) -> str:
    """Return the lines of a fenced block, without the indentation that the block has as part of a list."""
    indentation = len(block) - len(block.lstrip(" "))
    return "".join(line[indentation:] or "\n" for line in block.splitlines(keepends=True)[1:-1])


def follow(recipe: str, tree: Path) -> None:
    """Do in a copy of the tree what a recipe says."""
    changes = steps(recipe)
    assert changes, f"no step in {recipe!r}"
    for step in changes:
        file = tree / step.path
        if step.behind is None:
            assert not file.exists(), file
            file.write_text(step.text, encoding="utf-8")
        else:
            old = "\n" + file.read_text(encoding="utf-8")
            assert old.count("\n" + step.behind) == 1, f"{step.path} must hold once:\n{step.behind}"
            file.write_text(old.replace("\n" + step.behind, "\n" + step.behind + step.text)[1:], encoding="utf-8")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the source tree, with the packages under the name that they are imported by in build/typed."""
    copy = tmp_path / "tree"
    for folder in (*FOLDERS, "tests"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for path in ROOT.iterdir():
        if path.is_file():
            shutil.copy(path, copy)
    (copy / "build/typed/zhengce").mkdir(parents=True)
    for folder in FOLDERS:
        (copy / "build/typed/zhengce" / folder).symlink_to(copy / folder)
    return copy


def python(tree: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run Python where a copy of the tree is what is imported."""
    environment = {**os.environ, "PYTHONPATH": str(tree / "build/typed"), "ZHENGCE_HOME": str(tree / "home")}
    command = [sys.executable, *map(str, arguments)]
    return subprocess.run(command, cwd=tree, env=environment, capture_output=True, encoding="utf-8", check=False)


def said(tree: Path, *arguments: str | Path) -> str:
    """Return what a command prints in a copy of the tree."""
    done = python(tree, "-m", "zhengce.cli", *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout


def assert_nothing_is_missing(tree: Path, tests: str) -> None:
    """Run the tests that a recipe names for what it adds: they pass, and fail where the help topic does not have it."""
    command = ("-m", "pytest", "-n0", "-x", "-p", "no:cacheprovider", tests)
    done = python(tree, *command)
    assert done.returncode == 0, done.stdout
    shutil.rmtree(tree / TOPICS)
    shutil.copytree(ROOT / TOPICS, tree / TOPICS)
    assert python(tree, *command).returncode == 1


def test_an_export_format_is_added(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    follow("Add an export format", tree)
    written = said(tree, "search", "中欧班列", "-n", "2", "-f", "yaml")
    assert written.count("中欧班列") >= 2
    for field in ("document", "passage", "text"):
        assert re.search(rf"(?m)^[- ]*{field}: ", written), field
    monkeypatch.setenv("UPDATE_GOLDEN", "1")
    python(tree, "-m", "pytest", "-n0", "tests/cli/test_golden.py", "-k", "yaml")
    monkeypatch.delenv("UPDATE_GOLDEN")
    assert_nothing_is_missing(tree, "tests/cli/test_export_table.py")


def test_a_file_format_is_added(tree: Path, tmp_path: Path) -> None:
    follow("Add a file format", tree)
    (tmp_path / "films").mkdir()
    (tmp_path / "films" / "train.srt").write_text(SUBTITLES, encoding="utf-8")
    said(tree, "index", "--corpus", "films", tmp_path / "films")
    assert said(tree, "search", "--corpus", "films", "团结村站", "-c").startswith("1 occurrence ")
    assert "中欧班列从重庆团结村站出发，开往德国杜伊斯堡。" in said(tree, "show", "--corpus", "films", "train")
    assert_nothing_is_missing(tree, "tests/corpus/test_formats.py")


def test_a_query_operator_is_added(tree: Path) -> None:
    follow("Add a query operator", tree)
    queries = ("班列", "班列 NEAR/5 中欧", "班列 NOTNEAR/5 中欧")
    everything, together, apart = (int(said(tree, "search", each, "-c").split()[0]) for each in queries)
    assert together > 0
    assert 0 < apart < everything
    assert_nothing_is_missing(tree, "tests/index/test_operators.py")


def test_what_is_added_passes_the_type_checker_and_a_missing_case_does_not(tree: Path) -> None:
    pytest.importorskip("mypy")
    for recipe in RECIPES:
        follow(recipe, tree)
    whole = python(tree, "-m", "mypy", "--config-file", "setup.cfg")
    assert whole.returncode == 0, whole.stdout
    left_out = dict(leave_out_a_case(tree / "index"))
    assert "index/search/evaluator.py" in left_out
    lacking = python(tree, "-m", "mypy", "--config-file", "setup.cfg", "-p", "zhengce.index").stdout
    for path, count in left_out.items():
        assert len(re.findall(rf'{path}:\d+: error: Argument 1 to "assert_never"', lacking)) == count, lacking


def leave_out_a_case(folder: Path) -> Iterator[tuple[str, int]]:
    """Take the last case out of each match that `assert_never` closes; yield files, and from how many of each."""
    for path in sorted(folder.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        lines = text.splitlines(keepends=True)
        matches = sorted(closed_matches(ast.parse(text)), key=lambda each: each.lineno, reverse=True)
        for match in matches:
            *_, before, last = match.cases
            del lines[before.body[-1].end_lineno or 0 : last.body[-1].end_lineno]
        path.write_text("".join(lines), encoding="utf-8")
        if matches:
            yield path.relative_to(folder.parent).as_posix(), len(matches)


def closed_matches(module: ast.Module) -> Iterator[ast.Match]:
    """Yield each match behind which stands an `assert_never`."""
    for function in ast.walk(module):
        if isinstance(function, ast.FunctionDef):
            for statement, behind in pairwise(function.body):
                if isinstance(statement, ast.Match) and ast.unparse(behind).startswith("assert_never("):
                    yield statement
