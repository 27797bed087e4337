"""Faults below the library: builds cut short, files damaged, folders that cannot be written."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from zhengce.corpus import words
from zhengce.corpus.folding import Folding
from zhengce.corpus.script import simplified_characters
from zhengce.index import Counts, build, build_corpus, generations

MEND = "zhengce index --rebuild"
QUERY, RIGHT, RIGHT_BUNDLED = "班列", Counts(4, 3, 2), Counts(23, 16, 5)
QUESTION = "开行班列"

TEXTS = {
    "one": "关于班列的通知\n\n一、开行中欧班列，中欧班列要多开。\n\n二、建设口岸。\n",
    "two": "口岸工作方案\n\n第一条 支持班列发展。\n\n第二条 建设铁路港。\n",
}

STORE = (
    "documents.json",
    "folded.txt",
    "folded.txt.offsets",
    "folding.json",
    "passages.jsonl",
    "passages.jsonl.offsets",
    "words.bits",
)
WHOOSH = ("whoosh/*.seg", "whoosh/*.toc", "whoosh/*_WRITELOCK")

# Builds an index over and over, each time in a fresh copy of a data directory and with a fault at the next
# of the moments at which something changes on disk, until a build comes to its end before the fault comes.
# Prints for each moment what it was, how the process ended, and what it wrote.
_BUILDS = """
import errno, json, os, shutil, signal, sys, tempfile
from pathlib import Path

import numpy
import whoosh.index
from zhengce.corpus.folding import Folding
from zhengce.corpus.words import Segmenter
from zhengce.index import build, build_corpus

fault, documents, template, folder = sys.argv[1], *map(Path, sys.argv[2:])
segmenter = Segmenter(Folding({}), folder)
build.Segmenter = lambda folding, cache: segmenter


def attempt(home, moment, report):
    passed = 0

    def pass_moment(description):
        nonlocal passed
        passed += 1
        if passed != moment:
            return
        os.write(report, description.encode())
        if fault == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        elif fault == "interrupt":
            os.kill(os.getpid(), signal.SIGINT)
        else:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def audit(event, arguments):
        changes = ["os.mkdir", "os.rename"] if fault == "full" else ["os.mkdir", "os.rename", "os.remove", "os.rmdir"]
        if event in changes or (event == "open" and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)):
            if isinstance(arguments[0], (str, os.PathLike)) and home in Path(arguments[0]).parents:
                pass_moment(f"{event} {Path(arguments[0]).relative_to(home)}")

    replace = Path.replace

    def replace_and_pass(path, target):
        replace(path, target)
        if fault != "full":
            pass_moment(f"{target} is replaced")

    Path.replace = replace_and_pass
    sys.addaudithook(audit)
    try:
        build_corpus(home, documents=documents, rebuild=True)
    except BaseException as error:
        print(f"{type(error).__name__}: {error}", flush=True)


outcomes = []
while True:
    moment = len(outcomes) + 1
    home = folder / f"home-{moment}"
    shutil.copytree(template, home)
    reading, report = os.pipe()
    child = os.fork()
    if not child:
        said = os.open(folder / f"said-{moment}", os.O_WRONLY | os.O_CREAT)
        os.dup2(said, 1)
        os.dup2(said, 2)
        attempt(home, moment, report)
        sys.exit()
    os.close(report)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    description = os.read(reading, 1000).decode()
    os.close(reading)
    if not description:
        break
    outcomes.append((str(home), description, code, (folder / f"said-{moment}").read_text()))
print(json.dumps(outcomes))
"""


@pytest.fixture(scope="session")
def segmenter(shared_home: Path) -> words.Segmenter:
    return words.Segmenter(Folding(simplified_characters()), shared_home / "cache")


@pytest.fixture(autouse=True)
def _one_segmenter(segmenter: words.Segmenter, monkeypatch: pytest.MonkeyPatch) -> None:
    """Load the dictionary once; all builds share it."""
    monkeypatch.setattr(build, "Segmenter", lambda folding, cache: segmenter)
    monkeypatch.setattr(words, "Segmenter", lambda folding, cache: segmenter)


@pytest.fixture(scope="session")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of two short documents."""
    folder = tmp_path_factory.mktemp("documents")
    for name, text in TEXTS.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    entries = [f'[[document]]\nid = "{name}"\nfile = "{name}.txt"\n' for name in TEXTS]
    (folder / "catalogue.toml").write_text("\n".join(entries), encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def built(documents: Path, shared_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory in which the short documents are indexed. Tests must leave it as it is."""
    home = tmp_path_factory.mktemp("built")
    shutil.copytree(shared_home / "cache", home / "cache", copy_function=os.link)
    build_corpus(home, documents=documents)
    shutil.rmtree(home / "cache")
    return home


@pytest.fixture
def home(built: Path, tmp_path: Path) -> Path:
    return shutil.copytree(built, tmp_path / "home")


@pytest.fixture
def bundled_home(shared_home: Path, tmp_path: Path) -> Path:
    return shutil.copytree(shared_home / "bundled", tmp_path / "home" / "bundled").parent


def generation_folders(home: Path) -> list[Path]:
    return sorted((home / "bundled").glob("generation-*"))


def only_generation(home: Path) -> Path:
    (folder,) = generation_folders(home)
    return folder


def unexpected_files(home: Path) -> list[str]:
    """Return what lies in a data directory beside one whole generation."""
    expected = {"current", "lock", *generations.Manifest.__dataclass_fields__}
    found = generations.current(home / "bundled")
    assert found
    path, manifest = found
    expected |= {f"{path.name}/{name}" for name in (*manifest.files, "manifest.json")}
    files = (file.relative_to(home / "bundled") for file in (home / "bundled").rglob("*") if file.is_file())
    return sorted(str(file) for file in files if str(file) not in expected)
