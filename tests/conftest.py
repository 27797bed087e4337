"""What tests share: one data directory with an index of the bundled documents, built once."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from damage import segmenter, simplified
from hypothesis import HealthCheck, settings
from pages import on_a_terminal
from zhengce.cli.language.translation import speak
from zhengce.cli.main import run
from zhengce.corpus.sources import bundled
from zhengce.corpus.text import words
from zhengce.index import Corpus, open_corpus
from zhengce.index.indexing import build, segment_build

Run = Callable[..., tuple[int, str, str]]


# A busy machine is no failure.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


def pytest_configure() -> None:
    """Let the processes that tests start be interrupted. A shell starts background jobs with Ctrl-C ignored, and every
    process inherits that, so that a Ctrl-C sent to it would do nothing."""
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def shared_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data directory in which the bundled documents are indexed. Tests must leave it as it is."""
    home = tmp_path_factory.mktemp("home")
    open_corpus(home)
    return home


@pytest.fixture(scope="session")
def corpus(shared_home: Path) -> Corpus:
    return open_corpus(shared_home)


@pytest.fixture(autouse=True)
def _home(shared_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHENGCE_HOME", str(shared_home))
    monkeypatch.setenv("LINES", "10000")  # Nothing is long enough for the pager.
    monkeypatch.setenv("ZHENGCE_CONFIG", str(shared_home / "no-config.toml"))
    monkeypatch.setenv("LANGUAGE", "")  # which the program sets for Click
    monkeypatch.setenv("LC_ALL", "C.UTF-8")  # English
    speak("en")  # where a test before has run a command in another language
    for variable in ("ZHENGCE_LANG", "NO_COLOR", "ZHENGCE_CORPUS", "ZHENGCE_PAGER", "PAGER"):
        monkeypatch.delenv(variable, raising=False)


@pytest.fixture
def quick_builds(shared_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Builds and keyword searches in this process share one loaded dictionary, and one table of characters."""
    loaded = segmenter(shared_home / "cache")
    monkeypatch.setattr(build, "simplified_characters", simplified)
    monkeypatch.setattr(segment_build, "Segmenter", lambda folding, cache: loaded)
    monkeypatch.setattr(words, "Segmenter", lambda folding, cache: loaded)


@pytest.fixture
def own_home(shared_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home of somebody who has searched with the program, and keeps the bundled texts in ~/documents as well."""
    shutil.copytree(shared_home, tmp_path / "data")
    shutil.copytree(bundled.FOLDER, tmp_path / "documents")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("ZHENGCE_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("LINES", "10000")  # Nothing is long enough for the pager.
    monkeypatch.setenv("ZHENGCE_CONFIG", str(tmp_path / "config.toml"))
    monkeypatch.chdir(tmp_path)
    on_a_terminal("zhengce search 中欧班列", monkeypatch)
    return tmp_path


@pytest.fixture
def zhengce(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command in this process; returns the exit code, what it printed, and what it said on stderr."""

    def run_command(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = run(arguments)
        out, err = capsys.readouterr()
        return code, out, err

    return run_command


@pytest.fixture
def own_documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[dict[str, str]], Path]:
    """Put texts in the place of the bundled documents, by id, with a data directory of their own."""

    def put(texts: dict[str, str]) -> Path:
        folder = tmp_path / "documents"
        folder.mkdir(exist_ok=True)
        entries = []
        for name, text in texts.items():
            (folder / f"{name}.txt").write_text(text, encoding="utf-8", newline="")
            entries.append(f'[[document]]\nid = "{name}"\nfile = "{name}.txt"\n')
        (folder / "catalogue.toml").write_text("\n".join(entries), encoding="utf-8")
        monkeypatch.setattr(bundled, "FOLDER", folder)
        monkeypatch.setenv("ZHENGCE_HOME", str(tmp_path / "home"))
        return folder

    return put
