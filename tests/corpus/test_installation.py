"""What is said of a library that is missing or does not load, and that a plain installation has what it needs."""

from __future__ import annotations

import configparser
import re
import shlex
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pages import ROOT
from zhengce.cli.export.table import EXPORTS
from zhengce.corpus import installation
from zhengce.corpus.formats.table import FORMATS
from zhengce.corpus.installation import faulty, remedy

Run = Callable[..., tuple[int, str, str]]

PIP = [sys.executable, "-m", "pip", "install"]


def options() -> configparser.ConfigParser:
    found = configparser.ConfigParser()
    found.read(ROOT / "setup.cfg", encoding="utf-8")
    return found


def names(requirements: str) -> set[str]:
    return {re.split(r"[<>=;%]", line)[0].lower() for line in requirements.split("\n") if line}


def test_a_plain_installation_reads_and_writes_every_format() -> None:
    libraries = {library for each in FORMATS for library in each.libraries}
    libraries |= {each.library for each in EXPORTS if each.library}
    assert libraries == {"lxml", "pypdfium2", "xlsxwriter"}
    assert libraries <= names(options()["options"]["install_requires"])


def test_there_is_an_extra_for_all_extras() -> None:
    extras = options()["options.extras_require"]
    of_users = [name for name in extras if name not in ("all", "test", "bench", "dev")]
    assert of_users == ["browse", "watch"]
    assert extras["all"].split() == [line for name in of_users for line in extras[name].split()]


@pytest.mark.parametrize(
    ("library", "installed"),
    [
        ("textual", "textual<9,>=8"),
        ("xlsxwriter", "XlsxWriter>=3.1"),
        ("whoosh", "Whoosh-Reloaded<2.8,>=2.7.5"),
        ("lxml", "lxml>=6"),
        ("unheard_of", "unheard_of"),
    ],
)
def test_the_command_is_that_of_this_interpreter(library: str, installed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    said, command = remedy(library).split(": ")
    assert said == library
    assert shlex.split(command) == [*PIP, installed]
    monkeypatch.setattr(installation, "is_installed", lambda library: True)
    said, command = remedy(library).split(": ")
    assert said == f"{library}, which does not load"
    assert shlex.split(command) == [*PIP, "--force-reinstall", installed]


@pytest.mark.parametrize(
    ("error", "library"),
    [
        (ModuleNotFoundError(name="lxml"), "lxml"),
        (ModuleNotFoundError(name="lxml.etree"), "lxml"),
        (ImportError("etree.so: file too short", name="etree"), "lxml"),
        (ImportError("no library 'pdfium'"), "lxml"),
        (OSError("libpdfium.so: file too short"), "lxml"),
        (ModuleNotFoundError(name="another"), None),
        (ImportError("cannot import name", name="zhengce.corpus"), None),
    ],
)
def test_the_library_at_fault_is_known(error: ImportError | OSError, library: str | None) -> None:
    assert faulty(error, ("lxml",)) == library
    assert faulty(error, ()) is None


@pytest.mark.usefixtures("quick_builds")
def test_one_message_counts_the_files_of_a_library_that_does_not_load(
    own_home: Path, zhengce: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    away, folder = own_home / "libraries", own_home / "many"
    for each in (away, folder):
        each.mkdir()
    (away / "pypdfium2.py").write_text("raise OSError('libpdfium.so: file too short')", encoding="utf-8")
    for number in range(50):
        (folder / f"{number}.{'PDF' if number else 'pdf'}").write_bytes(b"%PDF")
    command = shlex.join([*PIP, "--force-reinstall", "pypdfium2>=5"])
    monkeypatch.syspath_prepend(away)
    counted = f"50 files (.pdf) need pypdfium2, which does not load: {command}\n"
    code, out, err = zhengce("index", "--corpus", "many", str(folder))
    assert (code, out) == (2, "")
    assert err.endswith(f"zhengce: None of the documents can be read.\n{counted}")
    (folder / "a.txt").write_text("班列。\n", encoding="utf-8")
    code, out, err = zhengce("index", "--corpus", "many", str(folder))
    assert code == 0
    assert err.endswith(f"…\nzhengce: left out: {counted}")
    assert out.endswith("1 added, 50 refused.\n")


@pytest.mark.parametrize("library", ["whoosh", "click", "no_such"])
def test_whatever_library_is_missing_is_named(library: str, zhengce: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def lacking(*_: object) -> None:
        raise ModuleNotFoundError(f"No module named '{library}.sub'", name=f"{library}.sub")

    monkeypatch.setattr("zhengce.cli.main._command", lacking)
    monkeypatch.setitem(sys.modules, library, None)
    code, out, err = zhengce("docs")
    assert (code, out) == (2, "")
    assert err == f"zhengce: it needs {remedy(library)}\n"
    assert f"{sys.executable} -m pip install" in err
