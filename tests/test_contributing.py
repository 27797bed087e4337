"""The map in CONTRIBUTING.md names every folder, and its table of checks every target that it mentions."""

from __future__ import annotations

import re

from pages import CONTRIBUTING, ROOT, code, table

FOLDERS = ("cli", "corpus", "index")


def test_the_map_names_every_folder() -> None:
    named = [code(folder)[0].rstrip("/") for folder, _ in table(CONTRIBUTING, "| folder | what it is |")]
    packages = {
        path.parent.relative_to(ROOT).as_posix() for folder in FOLDERS for path in (ROOT / folder).rglob("__init__.py")
    }
    assert len(named) == len(set(named))
    assert set(named) == packages | {"corpus/documents", "tests"}


def test_the_map_follows_the_arrows() -> None:
    """Folders of a package stand in the order in which they import each other."""
    config = (ROOT / "setup.cfg").read_text(encoding="utf-8")
    rows = [code(folder)[0].rstrip("/") for folder, _ in table(CONTRIBUTING, "| folder | what it is |")]
    for package in FOLDERS:
        contract = config.split(f"[importlinter:contract:{package}]")[1].split("\n[")[0]
        layers = re.findall(rf"zhengce\.{package}\.(\w+)", contract)
        rank = {
            name: index
            for index, line in enumerate(contract.splitlines())
            for name in re.findall(rf"zhengce\.{package}\.(\w+)", line)
        }
        mapped = [row.split("/")[1] for row in rows if row.count("/") == 1 and row.startswith(f"{package}/")]
        ranks = [rank[name] for name in mapped if name in layers]
        assert ranks == sorted(ranks), package


def test_the_benchmarks_are_there() -> None:
    page = ROOT / "tests" / "benchmarks" / "README.md"
    for name, _ in table(page, "| script | what it measures |"):
        assert (page.parent / code(name)[0]).is_file()


def test_targets_and_variables_are_real() -> None:
    targets = re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    mentioned = {code(command)[0].split()[1] for command, _ in table(CONTRIBUTING, "| command | what it does |")}
    assert mentioned <= set(targets)
    sources = [
        path.read_text(encoding="utf-8") for folder in (*FOLDERS, "tests") for path in (ROOT / folder).rglob("*.py")
    ]
    for names, _ in table(CONTRIBUTING, "| variable | what it does |"):
        for name in code(names):
            assert any(f'"{name}"' in source for source in sources), name
