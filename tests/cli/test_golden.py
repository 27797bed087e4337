"""Outputs kept as bytes and reviewed by eye. ``make golden`` writes them anew; read the difference."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest
from zhengce.cli.options import STYLES

GOLDEN = Path(__file__).parent / "golden"
UPDATE = bool(os.environ.get("UPDATE_GOLDEN"))

DOCUMENTS = ("chengyu", "chengdu", "qingbaijiang", "xining", "bazhong")

TERMINAL = {
    "search": ["search", "中欧班列", "-n", "5"],
    "search-color": ["search", "中欧班列（成渝）", "--color", "always"],
    "search-context": ["search", "三峡水运", "-C", "1", "--chars", "15"],
    "search-full": ["search", "功能配套", "--full"],
    "search-keywords": ["search", "-k", "怎样降低物流成本", "-n", "3"],
    "search-documents": ["search", "国际班列", "-l"],
    "search-table": ["search", "联系电话", "-n", "2"],
    "kwic": ["kwic", "中欧班列", "--sort", "R1,R2"],
    "kwic-color": ["kwic", "成都 | 重庆", "--sort", "date,L1w", "--sample", "12", "--seed", "7", "--color", "always"],
    "kwic-span": ["kwic", "开放", "--span", "3w", "--sort", "L1w", "-n", "8"],
    "kwic-group": ["kwic", "物流", "--group", "R1w", "-n", "8"],
    "outline": ["outline", "chengyu", "--query", "班列"],
    "show-query": ["show", "chengyu:17", "--query", "中欧班列", "-C", "0", "--color", "always"],
    "docs": ["docs"],
    "show": ["show", "xining"],
    "show-passage": ["show", "chengyu:8", "-C", "1"],
}
BOTH = [place for id_ in DOCUMENTS for place in (id_, f"{id_}:17")]
PIPE = {
    "pipe": ["search", "三峡", "物流"],
    "pipe-jsonl": ["search", "中欧班列（成渝）", "-f", "jsonl", "-n", "1", "-C", "1"],
    "pipe-appendix": ["search", "中欧班列（成渝）", "-o", "-"],
    "pipe-kwic": ["kwic", "中欧班列", "--sort", "R1w"],
    "pipe-kwic-jsonl": ["kwic", "中欧班列（成渝）", "-f", "jsonl", "-n", "2"],
    "pipe-outline": ["outline", "chengyu", "--query", "班列"],
    "pipe-docs": ["docs"],
    "pipe-show": ["show", "bazhong:59"],
    **{f"cite-{style}": ["cite", *BOTH, "--cite", style] for style in STYLES},
}


def on_a_terminal(arguments: list[str], width: int) -> bytes:
    """Run a command on a pseudo-terminal of a width in cells and return what it writes."""
    ours, theirs = pty.openpty()
    color = [] if "--color" in arguments or arguments[0] == "cite" else ["--color", "never"]
    environment = {**os.environ, "COLUMNS": str(width), "TERM": "xterm-256color", "LANG": "C.UTF-8"}
    environment.pop("COLORTERM", None)
    process = subprocess.Popen(
        [sys.executable, "-m", "zhengce.cli", *arguments, *color], stdout=theirs, stderr=theirs, env=environment
    )
    os.close(theirs)
    written = b""
    while True:
        try:
            chunk = os.read(ours, 65536)
        except OSError:  # Linux says so when the other side is closed
            break
        if not chunk:
            break
        written += chunk
    os.close(ours)
    assert process.wait() == 0
    return written.replace(b"\r\n", b"\n")


def compare(name: str, written: bytes) -> None:
    path = GOLDEN / f"{name}.txt"
    if UPDATE:
        path.write_bytes(written)
    assert written == path.read_bytes()


@pytest.mark.parametrize("name", TERMINAL)
def test_on_a_terminal(name: str) -> None:
    compare(name, on_a_terminal(TERMINAL[name], 80))


def test_on_a_narrow_terminal() -> None:
    compare("search-narrow", on_a_terminal(["search", "三峡水运"], 40))


def test_a_concordance_on_a_narrow_terminal() -> None:
    compare("kwic-narrow", on_a_terminal(["kwic", "三峡水运"], 36))


@pytest.mark.parametrize("name", PIPE)
def test_in_a_pipe(name: str) -> None:
    done = subprocess.run([sys.executable, "-m", "zhengce.cli", *PIPE[name]], capture_output=True, check=True)
    written = re.sub(rb"(?m)^Date:    [\d-]+$", b"Date:    2026-01-31", done.stdout)
    written = re.sub(rb"(?m)^Program: zhengce .*$", b"Program: zhengce 1.2.3", written)
    compare(name, re.sub(rb"generation [0-9a-f]{12}", b"generation 0123456789ab", written))


def test_every_golden_file_belongs_to_a_test() -> None:
    assert {path.stem for path in GOLDEN.iterdir()} == {*TERMINAL, *PIPE, "search-narrow", "kwic-narrow"}
