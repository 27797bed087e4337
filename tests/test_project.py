"""The package as a whole: what imports what, and what is in the wheel."""

from __future__ import annotations

import ast
import configparser
import os
import runpy
import shutil
import subprocess
import sys
import zipfile
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FOLDERS = ("cli", "corpus", "index")
# Where it is time to make two of one.
LINES_OF_A_MODULE = 320
LINES_OF_A_FUNCTION = 60
MODULES_OF_A_FOLDER = 18  # which cli/commands needs: it has one for each command

SOURCES = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))


def module_of(path: Path) -> str:
    """Return the name that a file of the source tree is imported by."""
    name = ".".join(["zhengce", *path.relative_to(ROOT).with_suffix("").parts])
    return name.removesuffix(".__init__")


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


MODULES = [module_of(path) for path in SOURCES if path.stem != "__main__"]

# What may be imported at all by a module of each folder, besides the standard library and what is below it.
FOREIGN = {
    "corpus": {"click", "rich", "whoosh", "zhengce.index", "zhengce.cli"},
    "index": {"click", "rich", "zhengce.cli"},
    "cli": set(),
}


def belongs(module: str, folder: str) -> bool:
    return f"{module}.".startswith(f"zhengce.{folder}.")


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
for module in {[each for each in MODULES if belongs(each, folder)]!r}:
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


@pytest.mark.slow
@pytest.mark.parametrize("folder", FOLDERS)
def test_each_module_can_be_imported_alone(folder: str) -> None:
    each = imported_by_each(folder)
    assert sorted(each) == sorted(each for each in MODULES if belongs(each, folder)) != []
    for module, imported in each.items():
        assert not imported & FOREIGN[folder], module
        assert not imported & {"jieba", "opencc", "numpy"}, module
        # Textual, and with it all of Rich, is for the modules that the window is made of; Rich's Markdown for help topics.
        allowed = {"rich.console"} if module == "zhengce.cli.help.drawing" else set()
        assert module.startswith("zhengce.cli.browse.") or not imported & {"rich.console", "textual"} - allowed, module


@pytest.mark.parametrize(
    ("arguments", "absent"),
    [
        (["search", "中欧班列"], {"jieba", "opencc", "numpy", "whoosh", "rich"}),
        (["search", "中欧班列", "开放", "-f", "jsonl", "-n", "0"], {"jieba", "opencc", "numpy", "whoosh", "rich"}),
        (["search", "-w", "人民"], {"jieba", "opencc", "numpy", "whoosh", "rich"}),
        (["search", "-k", "物流成本"], {"opencc", "whoosh.searching", "rich"}),
        (["search", "中欧班车"], {"jieba", "opencc", "numpy", "rich"}),
        (
            ["search", "中欧班列"],
            {"zhengce.index.search.concordance", "zhengce.cli.display.concordance", "zhengce.cli.editors"},
        ),
        (
            ["search", "中欧班列"],
            {
                "zhengce.cli.help.table",
                "textual",
                "zhengce.cli.browse.launch",
                "zhengce.cli.browse.app",
                "zhengce.cli.browse.selection",
            },
        ),
        (["kwic", "开放", "--sort", "L1w,R1", "--width", "5w"], {"jieba", "opencc", "numpy", "whoosh", "rich"}),
        (["docs"], {"jieba", "opencc", "numpy", "whoosh", "rich"}),
    ],
)
def test_a_search_imports_only_what_it_needs(arguments: list[str], absent: set[str], shared_home: Path) -> None:
    imported = imported_by(f"from zhengce.cli.main import run; run({arguments!r})", shared_home)
    assert "zhengce.index.library" in imported
    assert not imported & absent


def test_each_folder_is_a_package_of_the_installation() -> None:
    listed = configparser.ConfigParser()
    listed.read(ROOT / "setup.cfg", encoding="utf-8")
    packages = listed["options"]["packages"].split()
    assert packages == sorted(module_of(path) for path in SOURCES if path.stem == "__init__")
    assert {path.parent for path in SOURCES} == {path.parent for path in SOURCES if path.stem == "__init__"}


def test_each_module_says_what_it_is_for_in_its_first_line() -> None:
    wanting = {
        path.relative_to(ROOT).as_posix(): said
        for path in SOURCES
        if not (said := (ast.get_docstring(parsed(path)) or "").partition("\n")[0]).endswith(".")
    }
    assert not wanting


def test_modules_functions_and_folders_are_short() -> None:
    modules = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES}
    functions = {
        (path, each.name): (each.end_lineno or 0) - each.lineno + 1
        for path in SOURCES
        for each in ast.walk(parsed(path))
        if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    folders = Counter(path.parent for path in SOURCES if path.stem != "__init__")
    assert not {str(path): lines for path, lines in modules.items() if lines > LINES_OF_A_MODULE}
    assert not {f"{path}: {name}": lines for (path, name), lines in functions.items() if lines > LINES_OF_A_FUNCTION}
    assert not {str(folder): count for folder, count in folders.items() if count > MODULES_OF_A_FOLDER}


def build(kind: str, tree: Path) -> Path:
    """Build a wheel or a source distribution of a tree, and return its file."""
    code = f"import setuptools.build_meta as backend; print(backend.build_{kind}('dist'))"
    done = subprocess.run([sys.executable, "-c", code], cwd=tree, check=True, capture_output=True, text=True)
    return tree / "dist" / done.stdout.splitlines()[-1]


@pytest.mark.parametrize("of", ["tree", "source distribution"])
def test_the_wheel_holds_what_is_needed_and_nothing_else(of: str, tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    tree.mkdir()
    for name in ("setup.cfg", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, tree)
    for folder in FOLDERS:
        shutil.copytree(ROOT / folder, tree / folder, ignore=shutil.ignore_patterns("__pycache__"))
    if of == "source distribution":
        shutil.unpack_archive(build("sdist", tree), tmp_path / "unpacked")
        (tree,) = (tmp_path / "unpacked").iterdir()
    with zipfile.ZipFile(build("wheel", tree)) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
    expected = {
        f"zhengce/{path.relative_to(ROOT).as_posix()}"
        for folder in FOLDERS
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert names == expected
    assert {"zhengce/corpus/documents/catalogue.toml", "zhengce/corpus/text/policy_words.txt"} <= names
    assert "zhengce/cli/help/topics/query.md" in names
    assert len([name for name in names if name.endswith("py.typed")]) == 3


def test_the_tests_mirror_the_folders() -> None:
    assert {path.name for path in (ROOT / "tests").iterdir() if path.is_dir()} >= {*FOLDERS, "benchmarks"}


def test_a_module_of_each_folder_is_tried_by_mutations() -> None:
    mutations = runpy.run_path(str(ROOT / "tests/benchmarks/mutations.py"))["MODULES"]
    assert {str(Path(module).parent) for module in mutations} == {
        path.parent.relative_to(ROOT).as_posix() for path in SOURCES if path.parent.parent != ROOT
    }
    for module, tests in mutations.items():
        assert all((ROOT / name).is_file() for name in (module, *tests.split(",")))
