"""Outputs kept as bytes and reviewed by eye. ``make golden`` writes them anew; read the difference."""

from __future__ import annotations

import datetime
import os
import pty
import re
import subprocess
import sys
import zipfile
from importlib.metadata import version
from pathlib import Path
from xml.etree import ElementTree

import pytest
from zhengce.cli.display.layout import cells
from zhengce.cli.export.table import EXPORTS, ExportFormat
from zhengce.cli.main import run
from zhengce.index.citations.styles import STYLE_BY_NAME

GOLDEN = Path(__file__).parent / "golden"
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
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
    "kwic-width": ["kwic", "开放", "--width", "3w", "--sort", "L1w", "-n", "8"],
    "kwic-group": ["kwic", "物流", "--group", "R1w", "-n", "8"],
    "outline": ["outline", "chengyu", "--query", "班列"],
    "show-query": ["show", "chengyu:17", "--query", "中欧班列", "-C", "0", "--color", "always"],
    "docs": ["docs"],
    "show": ["show", "xining"],
    "show-passage": ["show", "chengyu:8", "-C", "1"],
}
CHINESE = {
    "zh-search": TERMINAL["search"],
    "zh-search-terms": ["search", "成渝 物流", "-n", "3", "--color", "always"],
    "zh-search-counts": ["search", "物流", "--count-by", "issuer"],
    "zh-search-years": ["search", "中欧班列", "--count-by", "year"],
    "zh-kwic": TERMINAL["kwic-color"],
    "zh-kwic-group": TERMINAL["kwic-group"],
    "zh-docs": ["docs"],
    "zh-docs-query": ["docs", "班列", "-n", "3"],
    "zh-show-passage": TERMINAL["show-passage"],
    "zh-explain": ["explain", "成都 NEAR/5 /物流|航空/ date:2022 NOT title:方案"],
}
MESSAGES = (
    ["search", "中欧班列车次"],
    ["search", "怎样降低物流成本呢"],
    ["search", "成都 西宁 重庆"],
    ["search", "-w", "民政"],
    ["search", "-w", "民政", "--doc", "qingbaijiang"],
    ["search", "成渝", "--doc", "xining"],
    ["search", "成渝 date:2025", "--doc", "xining"],
    ["search", "/飞碟+/", "date:2022"],
    ["search", "-k", "飞碟", "--doc", "xining"],
    ["search", "date:2030"],
    ["search", "date:2030", "--doc", "xining", "--doc", "chengdu"],
    ["search", "成都 and 重庆"],
    ["search", "飞碟 /"],
    ["search", "（成都 重庆"],
    ["search", "成都 NEAR"],
    ["search", "“成都” date:明年"],
    ["serach", "班列"],
    ["search", "班列", "-n", "2"],
    ["docs", "-n", "2"],
    ["kwic", "班列", "--sample", "9", "-n", "2"],
    ["search", "物流", "--count-by", "year", "-n", "1"],
    ["index", "--limit", "seconds="],
)
"""Command lines that say something beside their results, or instead of them."""
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
    "pipe-kwic-group-csv": ["kwic", "物流", "--group", "R1w", "-n", "5", "-f", "csv"],
    **{f"cite-{style}": ["cite", *BOTH, "--cite", style] for style in STYLE_BY_NAME},
}
EXPORTED = {
    "search": ["search", "中欧班列（成渝）", "-C", "1", "--cite", "gbt7714"],
    "kwic": ["kwic", "中欧班列 | RCEP", "--sort", "R1,L1", "--sample", "9"],
}


def on_a_terminal(arguments: list[str], width: int, language: str = "en") -> bytes:
    """Run a command on a pseudo-terminal of a width in cells and return what it writes, in a language."""
    color = [] if "--color" in arguments or arguments[0] == "cite" else ["--color", "never"]
    ours, theirs = pty.openpty()
    environment = {
        **os.environ,
        "COLUMNS": str(width),
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "ZHENGCE_LANG": language,
    }
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
    lines = re.sub(rb"\x1b\][^\x1b]*\x1b\\|\x1b\[[0-9;]*m|\r", b"", written).decode().split("\n")
    assert max(map(cells, lines)) <= width
    # Links have a number of their own each time, and name the folder of the documents.
    return re.sub(rb"\x1b]8;id=\d+;file://[^\x1b]*/", b"\x1b]8;;file:///", written.replace(b"\r\n", b"\n"))


def compare(name: str, written: bytes) -> None:
    path = GOLDEN / f"{name}.txt"
    if UPDATE:
        path.write_bytes(written)
    assert written == path.read_bytes()


@pytest.mark.integration
@pytest.mark.parametrize("name", TERMINAL)
def test_on_a_terminal(name: str) -> None:
    compare(name, on_a_terminal(TERMINAL[name], 80))


@pytest.mark.integration
@pytest.mark.parametrize("name", CHINESE)
def test_in_chinese(name: str) -> None:
    compare(name, on_a_terminal(CHINESE[name], 80, "zh"))


@pytest.mark.parametrize(("name", "language"), [("messages", "en"), ("zh-messages", "zh")])
def test_messages(
    name: str, language: str, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHENGCE_LANG", language)
    written = []
    for arguments in MESSAGES:
        run([*arguments])
        written += [f"$ zhengce {' '.join(arguments)}\n".encode(), capfdbinary.readouterr().err]
    compare(name, b"".join(written))


def test_carets_stand_below_what_they_mean() -> None:
    for name in ("messages", "zh-messages"):
        lines = (GOLDEN / f"{name}.txt").read_text(encoding="utf-8").split("\n")
        carets = [number for number, line in enumerate(lines) if line.strip() == "^"]
        meant = [_from_cell(lines[number - 1], lines[number].index("^")) for number in carets]
        assert meant == ["/", "（成都 重庆", "NEAR", "明年"]


def _from_cell(line: str, cell: int) -> str:
    """Return the end of a line, from a cell of the terminal on."""
    return next(line[start:] for start in range(len(line) + 1) if cells(line[:start]) >= cell)


def test_on_a_narrow_terminal() -> None:
    compare("search-narrow", on_a_terminal(["search", "三峡水运"], 40))


def test_a_concordance_on_a_narrow_terminal() -> None:
    compare("kwic-narrow", on_a_terminal(["kwic", "三峡水运"], 36))


@pytest.mark.parametrize("name", PIPE)
def test_in_a_pipe(name: str, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(PIPE[name]) == 0
    compare(name, timeless(capfdbinary.readouterr().out))


@pytest.mark.parametrize("name", EXPORTED)
@pytest.mark.parametrize("each", EXPORTS, ids=[each.name for each in EXPORTS])
def test_exports(name: str, each: ExportFormat, tmp_path: Path) -> None:
    file = tmp_path / f"file{each.suffixes[0]}"
    assert run([*EXPORTED[name], "-f", each.name, "-o", str(file)]) == 0
    content = file.read_bytes() if each.is_text else unpacked(file)
    compare(f"export-{name}-{each.name}", timeless(content))


def timeless(written: bytes) -> bytes:
    """Return an output of any day, version and generation of the index as one of the same."""
    written = written.replace(datetime.date.today().isoformat().encode(), b"2026-01-31")
    written = written.replace(f"zhengce {version('zhengce')}".encode(), b"zhengce 1.2.3")
    return re.sub(rb"""(?<=generation )[0-9a-f]{12}|(?<="generation": ")[0-9a-f]{12}""", b"0123456789ab", written)


def unpacked(file: Path) -> bytes:
    """Return what our own of a package holds: the parts of a DOCX, each element that makes a line on one of its own;
    and the cells of an XLSX, whose elements are those of the library that writes it."""
    with zipfile.ZipFile(file) as package:
        names = sorted(name for name in package.namelist() if re.search(r"word/(document|foot)|sheets/sheet", name))
        parts = {name: package.read(name) for name in names}
    if file.suffix == ".xlsx":
        rows = (row for part in parts.values() for row in ElementTree.fromstring(part).iter(f"{SHEET}row"))
        cells = (["".join(cell.itertext()) for cell in row] for row in rows)
        return "".join("\t".join(row) + "\n" for row in cells).encode()
    whole = b"\n".join(name.encode() + b"\n" + part for name, part in parts.items())
    return re.sub(rb"(?=<(?:w:p|w:tr|w:footnote)[ >])", b"\n", whole) + b"\n"


def test_every_golden_file_belongs_to_a_test() -> None:
    assert {path.stem for path in GOLDEN.iterdir()} == {
        *(*TERMINAL, *CHINESE, *PIPE, "search-narrow", "kwic-narrow", "messages", "zh-messages"),
        *(f"export-{name}-{each.name}" for name in EXPORTED for each in EXPORTS),
    }
