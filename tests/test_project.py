"""The package as a whole: what imports what, and what is in the wheel."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FOLDERS = ("cli", "corpus", "index")
MODULES = sorted(
    f"zhengce.{folder}.{path.stem}"
    for folder in FOLDERS
    for path in (ROOT / folder).glob("*.py")
    if path.stem not in ("__init__", "__main__")
)

WINDOW = {f"zhengce.cli.{name}" for name in ("background", "browser", "dialogs", "hitlist", "panes", "reader")}

# What may be imported at all by a module of each folder, besides the standard library and what is below it.
FOREIGN = {
    "corpus": {"click", "rich", "whoosh", "zhengce.index", "zhengce.cli"},
    "index": {"click", "rich", "zhengce.cli"},
    "cli": set(),
}


def imported_by(code: str, home: Path | None = None) -> set[str]:
    """Return the names of the modules in memory after some code has run in a process of its own."""
    report = "\nimport sys; print('\\n'.join(sys.modules), file=sys.stderr)"
    environment = {**os.environ, **({"ZHENGCE_HOME": str(home)} if home else {})}
    done = subprocess.run(
        [sys.executable, "-c", code + report], capture_output=True, text=True, check=True, env=environment
    )
    return set(done.stderr.split())


def imported_by_each(folder: str) -> dict[str, set[str]]:
    """Return for each module of a folder the names of those in memory after it has been imported alone, each in a
    process that begins with none of its folder. For cli, what is below it is there already, and Click; for all, what of
    the standard library takes longest to import."""
    below = "import click, zhengce.index" if folder == "cli" else ""
    code = f"""
import asyncio, csv, dataclasses, email, inspect, json, os, pathlib, subprocess, sys, tempfile, typing, zipfile
{below}
for module in {[each for each in MODULES if each.startswith(f"zhengce.{folder}.")]!r}:
    if not os.fork():
        __import__(module)
        os.write(1, (" ".join([module, *sys.modules]) + "\\n").encode())
        os._exit(0)
    if os.wait()[1]:
        sys.exit(f"{{module}} cannot be imported alone")
"""
    done = subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, check=True)
    lines = [line.split() for line in done.stdout.splitlines()]
    return {module: set(imported) for module, *imported in lines}


@pytest.mark.parametrize("folder", FOLDERS)
def test_each_module_can_be_imported_alone(folder: str) -> None:
    each = imported_by_each(folder)
    assert sorted(each) == [module for module in MODULES if module.startswith(f"zhengce.{folder}.")] != []
    for module, imported in each.items():
        assert not imported & FOREIGN[folder], module
        assert not imported & {"jieba", "opencc", "numpy"}, module
        # Textual, and with it all of Rich, is for the modules that the window is made of.
        assert module in WINDOW or not imported & {"rich.console", "textual"}, module


@pytest.mark.parametrize(
    ("arguments", "absent"),
    [
        (["search", "中欧班列"], {"jieba", "opencc", "numpy", "whoosh", "rich"}),
        (["search", "中欧班列", "开放", "-f", "jsonl", "-n", "0"], {"jieba", "opencc", "numpy", "whoosh", "rich"}),
        (["search", "-w", "人民"], {"jieba", "opencc", "numpy", "whoosh", "rich"}),
        (["search", "-k", "物流成本"], {"opencc", "numpy", "rich"}),
        (["search", "中欧班车"], {"jieba", "opencc", "numpy", "rich"}),
        (
            ["search", "中欧班列"],
            {"zhengce.index.search.concordance", "zhengce.cli.display.concordance", "zhengce.cli.editors"},
        ),
        (
            ["search", "中欧班列"],
            {"textual", "zhengce.cli.browse.launch", "zhengce.cli.browse.app", "zhengce.cli.browse.selection"},
        ),
        (["kwic", "开放", "--sort", "L1w,R1", "--width", "5w"], {"jieba", "opencc", "numpy", "whoosh", "rich"}),
        (["docs"], {"jieba", "opencc", "numpy", "whoosh", "rich"}),
    ],
)
def test_a_search_imports_only_what_it_needs(arguments: list[str], absent: set[str], shared_home: Path) -> None:
    imported = imported_by(f"from zhengce.cli.main import run; run({arguments!r})", shared_home)
    assert "zhengce.index.library" in imported
    assert not imported & absent


def test_the_wheel_holds_what_is_needed_and_nothing_else(tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    tree.mkdir()
    for name in ("setup.cfg", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, tree)
    for folder in FOLDERS:
        shutil.copytree(ROOT / folder, tree / folder, ignore=shutil.ignore_patterns("__pycache__"))
    code = "import sys, setuptools.build_meta as backend; backend.build_wheel(sys.argv[1])"
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], cwd=tree, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
    expected = {
        f"zhengce/{path.relative_to(ROOT).as_posix()}"
        for folder in FOLDERS
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert names == expected
    assert {"zhengce/corpus/documents/catalogue.toml", "zhengce/corpus/text/policy_words.txt"} <= names
    assert len([name for name in names if name.endswith("py.typed")]) == 3


def test_the_tests_mirror_the_folders() -> None:
    assert {path.name for path in (ROOT / "tests").iterdir() if path.is_dir()} >= {*FOLDERS, "benchmarks"}
