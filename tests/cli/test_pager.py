"""The pager: what is longer than the screen goes through it, and it may be closed at any time."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from zhengce.cli import pager

SEARCH = ["search", "开放", "--color", "never"]


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "kept"


def on_a_terminal(arguments: list[str], command: str, *, rows: int = 24, term: str = "xterm") -> tuple[int, str]:
    """Run the program on a pseudo-terminal with a pager, and return its exit code and what it writes there."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": term, "COLUMNS": "80", "LINES": str(rows), "ZHENGCE_PAGER": command}
    process = subprocess.Popen(
        [sys.executable, "-m", "zhengce.cli", *arguments], stdin=theirs, stdout=theirs, stderr=theirs, env=environment
    )
    os.close(theirs)
    written = read_all(ours)
    os.close(ours)
    return process.wait(), written


def read_all(descriptor: int) -> str:
    written = b""
    while True:
        try:
            chunk = os.read(descriptor, 65536)
        except OSError:
            chunk = b""
        if not chunk:
            return written.decode().replace("\r\n", "\n")
        written += chunk


@pytest.mark.integration
def test_what_is_longer_than_the_screen_goes_through_the_pager(kept: Path) -> None:
    code, written = on_a_terminal(SEARCH, f"tee {kept}")
    assert code == 0
    assert kept.read_text(encoding="utf-8") == written
    assert written.startswith("299 occurrences in 121 passages of 5 documents\n")
    assert on_a_terminal([*SEARCH, "--no-pager"], f"tee {kept}.no") == (0, written)
    assert not Path(f"{kept}.no").exists()


@pytest.mark.integration
@pytest.mark.parametrize(
    "arguments",
    [
        ["kwic", "开放"],
        ["show", "chengyu"],
        ["outline", "chengyu"],
        ["help", "query"],
        ["help", "search"],
        ["help"],
        ["--help"],
        ["docs", "-h"],
    ],
    ids=" ".join,
)
def test_every_page_goes_through_the_pager(arguments: list[str], kept: Path) -> None:
    code, written = on_a_terminal(arguments, f"tee {kept}")
    assert code == 0
    assert kept.read_text(encoding="utf-8") == written
    assert len(written.splitlines()) > 24


@pytest.mark.integration
@pytest.mark.parametrize(
    ("arguments", "rows", "term"),
    [(SEARCH, 500, "xterm"), (SEARCH, 24, "dumb"), (["search", "三峡水运"], 24, "xterm"), (["use"], 10, "xterm")],
)
def test_there_is_no_pager_where_none_is_needed(arguments: list[str], rows: int, term: str, kept: Path) -> None:
    code, written = on_a_terminal(arguments, f"tee {kept}", rows=rows, term=term)
    assert code == 0
    assert written
    assert not kept.exists()


@pytest.mark.integration
@pytest.mark.parametrize("command", ["true", "head -1", "cat", "", "no-such-pager", "sh -c 'exit 3'"])
def test_a_pager_that_ends_early_or_is_not_there_does_no_harm(command: str) -> None:
    code, written = on_a_terminal(SEARCH, command)
    assert code == 0
    assert "Traceback" not in written
    assert "zhengce:" not in written


@pytest.mark.integration
def test_ctrl_c_is_for_the_pager(tmp_path: Path) -> None:
    # A pager that lives through a Ctrl-C and ends by itself, as less does.
    script = tmp_path / "pager"
    script.write_text("#!/bin/sh\ntrap 'echo again' INT\ncat >/dev/null\necho ready\nread x </dev/tty\necho closed\n")
    script.chmod(0o755)
    pid, ours = pty.fork()
    if pid == 0:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # It is ignored in a background job.
        os.environ.update(TERM="xterm", LINES="24", ZHENGCE_PAGER=str(script))
        os.execv(sys.executable, [sys.executable, "-m", "zhengce.cli", *SEARCH])
    written = b""
    while b"ready" not in written and select.select([ours], [], [], 60)[0]:
        written += os.read(ours, 65536)
    # A shell that is about to read sees a signal only after it has read.
    for _ in range(20):
        os.write(ours, b"\x03")
        while b"again" not in written and select.select([ours], [], [], 1)[0]:
            written += os.read(ours, 65536)
        if b"again" in written:
            break
    assert b"again" in written
    os.write(ours, b"\n")
    whole = written.decode() + read_all(ours)
    assert "closed" in whole
    assert "interrupted" not in whole
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0


@pytest.mark.parametrize(
    ("variables", "command"),
    [
        ({"TERM": "xterm"}, ["less", "-FRX"]),
        ({"TERM": "xterm", "PAGER": "more -s"}, ["more", "-s"]),
        ({"TERM": "xterm", "PAGER": "more", "ZHENGCE_PAGER": "less -S"}, ["less", "-S"]),
        ({"TERM": "xterm", "PAGER": "more", "ZHENGCE_PAGER": ""}, []),
        ({"TERM": "xterm", "PAGER": "cat"}, []),
        ({"TERM": "dumb", "PAGER": "more"}, []),
        ({}, []),
    ],
)
def test_which_pager(variables: dict[str, str], command: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TERM", "PAGER", "ZHENGCE_PAGER"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(pager.shutil, "which", lambda name: f"/usr/bin/{name}")
    assert pager.pager() == command


def test_the_signal_is_handled_as_before(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    before = signal.getsignal(signal.SIGINT)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("ZHENGCE_PAGER", "tee")
    monkeypatch.setenv("LINES", "5")
    monkeypatch.setenv("COLUMNS", "80")
    pager.write(map(str, range(50)))
    assert capfd.readouterr().out.split() == [str(each) for each in range(50)]
    assert signal.getsignal(signal.SIGINT) == before
