"""Faults at the command line: processes killed and interrupted, full disks, closed pipes, hostile texts."""

from __future__ import annotations

import errno
import fcntl
import io
import json
import os
import random
import re
import resource
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import redirect_stderr, redirect_stdout, suppress
from pathlib import Path
from typing import Literal

import pytest
from damage import (
    alter_manifest,
    corpus_folder,
    flip,
    flip_last,
    generation_folders,
    remove,
    scribble,
    segmenter,
    tree,
    truncate,
)
from rich.console import Console
from zhengce.cli.display.search_page import Look, SearchPage
from zhengce.cli.display.theme import MATCH, PLACE, escapes
from zhengce.cli.exit_codes import INTERRUPTED
from zhengce.cli.export.table import EXPORTS, ExportFormat
from zhengce.cli.main import run
from zhengce.corpus.text import words
from zhengce.index import build_corpus, open_corpus
from zhengce.index.query.writer import quote

Run = Callable[..., tuple[int, str, str]]
Put = Callable[[dict[str, str]], Path]
Ended = tuple[int, str, str]

QUERY = "中欧班列"
COUNT = ("search", "-c", QUERY)
COUNTS = "Counts(occurrences=23, passages=16, documents=5)"
RIGHT = (0, "23 occurrences in 16 passages of 5 documents\n", "")
QUESTION = ("search", "-k", "怎样降低物流成本", "-f", "jsonl")
LONG_OUTPUTS = (("search", "-n", "0", "发展"), ("search", "-f", "jsonl", "-n", "0", "发展"), ("show", "bazhong"))
MEND = "zhengce index --rebuild"
NO_TEXT = b"\0" * 100


@pytest.fixture
def home(shared_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the data directory with the bundled documents' index; commands in this process use it."""
    home = copy_home(shared_home, tmp_path / "home")
    monkeypatch.setenv("ZHENGCE_HOME", str(home))
    return home


@pytest.fixture
def empty_home(shared_home: Path, tmp_path: Path) -> Path:
    """A data directory with the compiled dictionary only, so that a first build takes no longer than others."""
    return copy_cache(shared_home, tmp_path / "empty")


@pytest.fixture(scope="module")
def build_seconds(shared_home: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[float, float]:
    """How long a build takes as a process: until it says that it begins, and in all."""
    home = copy_home(shared_home, tmp_path_factory.mktemp("timed") / "home")
    started = time.monotonic()
    process = start(home, "index", "--rebuild")
    wait_for_start_of_build(process)
    begun = time.monotonic() - started
    assert ended(process)[0] == 0
    return begun, time.monotonic() - started


def copy_home(shared_home: Path, home: Path) -> Path:
    copy_cache(shared_home, home)
    shutil.copytree(corpus_folder(shared_home), corpus_folder(home))
    return home


def copy_cache(shared_home: Path, home: Path) -> Path:
    # The dictionary is only ever read or replaced as a whole, so a link to it will do.
    shutil.copytree(shared_home / "cache", home / "cache", copy_function=os.link)
    return home


def start(
    home: Path,
    *arguments: str,
    stdout: int = subprocess.PIPE,
    stderr: int = subprocess.PIPE,
    largest_file: int | None = None,
) -> subprocess.Popen[bytes]:
    """Start the program. Where a disk is to be full, no file may grow beyond ``largest_file`` bytes."""

    def limit() -> None:
        if largest_file is not None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, resource.RLIM_INFINITY))

    return subprocess.Popen(
        (sys.executable, "-m", "zhengce.cli", *arguments),
        stdout=stdout,
        stderr=stderr,
        bufsize=0,
        env={**os.environ, "ZHENGCE_HOME": str(home), "PYTHONUTF8": "1"},
        preexec_fn=limit,
    )


def ended(process: subprocess.Popen[bytes]) -> Ended:
    """Wait for a process; returns its exit code as a shell sees it, standard output and stderr."""
    try:
        out, err = process.communicate(timeout=30)
    except subprocess.TimeoutExpired:
        process.kill()
        raise
    # Python ends by the signal itself where Ctrl-C came while it ran generated code; a shell sees no difference.
    code = INTERRUPTED if process.returncode == -signal.SIGINT else process.returncode
    return code, (out or b"").decode(), (err or b"").decode()


def ran(home: Path, *arguments: str, largest_file: int | None = None) -> Ended:
    return ended(start(home, *arguments, largest_file=largest_file))


def wait_for_start_of_build(process: subprocess.Popen[bytes]) -> None:
    assert process.stderr
    assert b"building the index" in process.stderr.readline()


def one_message(err: str) -> str:
    """Return what was said on stderr, less that a build began: one message, and no traceback."""
    lines = [line for line in err.splitlines() if "building the index" not in line]
    assert len(lines) == 1, err
    assert lines[0].startswith("zhengce: ")
    assert "should not" not in err
    return lines[0]


def assert_no_traceback(err: str) -> None:
    assert "Traceback" not in err
    assert "Exception ignored" not in err
    assert "should not" not in err


# Killed and interrupted


@pytest.mark.slow
@pytest.mark.usefixtures("quick_builds")
def test_a_build_killed_at_many_moments_leaves_the_last_index(
    shared_home: Path, build_seconds: tuple[float, float], tmp_path: Path
) -> None:
    """Four moments over the whole of a build; leftovers of one are there when the next begins."""
    fractions = [(moment + 0.5) / 4 for moment in range(4)]

    def kill_builds(home: Path, chosen: Sequence[float]) -> list[int]:
        codes = []
        for fraction in chosen:
            process = start(home, "index", "--rebuild")
            with suppress(subprocess.TimeoutExpired):
                process.wait(fraction * build_seconds[1])
            process.kill()
            codes.append(ended(process)[0])
            assert ran(home, *COUNT) == RIGHT, fraction
        return codes

    homes = [copy_home(shared_home, tmp_path / name) for name in ("even", "odd")]
    with ThreadPoolExecutor() as pool:
        codes = [*pool.map(kill_builds, homes, (fractions[::2], fractions[1::2]))]
    assert -signal.SIGKILL in (*codes[0], *codes[1])
    for home in homes:
        build_corpus(home, rebuild=True)
        assert len(generation_folders(home)) == 1
        assert ran(home, *COUNT) == RIGHT


@pytest.mark.slow
def test_a_killed_first_build_is_made_up_for_by_the_next_search(
    shared_home: Path, build_seconds: tuple[float, float], tmp_path: Path
) -> None:
    def kill_first_build(fraction: float) -> Ended:
        home = copy_cache(shared_home, tmp_path / str(fraction))
        process = start(home, *COUNT)
        with suppress(subprocess.TimeoutExpired):
            process.wait(fraction * build_seconds[1])
        process.kill()
        process.communicate()
        code, out, err = ran(home, *COUNT)
        assert len(generation_folders(home)) == 1
        return code, out, err.replace("zhengce: building the index of 5 documents …\n", "")

    assert kill_first_build(0.7) == RIGHT


@pytest.mark.slow
def test_an_interrupted_build(home: Path) -> None:
    before = tree(corpus_folder(home))
    process = start(home, "index", "--rebuild")
    wait_for_start_of_build(process)
    process.send_signal(signal.SIGINT)
    code, out, err = ended(process)
    assert (code, out) == (130, ""), err
    assert_no_traceback(err)
    assert tree(corpus_folder(home)) == before
    assert ran(home, *COUNT) == RIGHT


@pytest.mark.slow
def test_an_interrupted_first_search(empty_home: Path) -> None:
    process = start(empty_home, *COUNT)
    wait_for_start_of_build(process)
    process.send_signal(signal.SIGINT)
    code, out, err = ended(process)
    assert (code, out) == (130, "")
    assert_no_traceback(err)
    assert not generation_folders(empty_home)


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(fcntl, "F_SETPIPE_SZ"), reason="pipes cannot be made small here")
@pytest.mark.parametrize("arguments", LONG_OUTPUTS, ids=" ".join)
def test_an_interrupted_output(arguments: tuple[str, ...], shared_home: Path) -> None:
    """The reader has stopped reading, as a pager does, and the pipe takes no more."""
    reading, writing = os.pipe()
    fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, 4096)
    process = start(shared_home, *arguments, stdout=writing)
    os.close(writing)
    assert select.select([reading], [], [], 30)[0]
    time.sleep(0.05)
    assert process.poll() is None
    process.send_signal(signal.SIGINT)
    code, _, err = ended(process)
    os.close(reading)
    assert code == 130
    assert_no_traceback(err)


def test_an_output_file_interrupted_keeps_its_content(
    zhengce: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(descriptor: int) -> None:
        raise KeyboardInterrupt

    (tmp_path / "hits.txt").write_text("kept", encoding="ascii")
    monkeypatch.setattr(os, "fsync", interrupt)
    assert zhengce("search", QUERY, "-o", str(tmp_path / "hits.txt"))[:2] == (130, "")
    assert tree(tmp_path) == {"hits.txt": b"kept"}


@pytest.mark.slow
def test_four_first_searches_at_once(tmp_path: Path) -> None:
    processes = [start(tmp_path / "home", *COUNT) for _ in range(4)]
    for code, out, err in map(ended, processes):
        assert (code, out) == RIGHT[:2]
        assert_no_traceback(err)
    assert len(generation_folders(tmp_path / "home")) == 1
    assert ran(tmp_path / "home", *COUNT) == RIGHT


@pytest.mark.slow
def test_searches_while_the_index_is_rebuilt(home: Path) -> None:
    process = start(home, "index", "--rebuild")
    searches = 0
    while process.poll() is None:
        assert str(open_corpus(home).search(QUERY).counts) == COUNTS
        searches += 1
        time.sleep(0.002)
    assert searches > 20
    assert ended(process)[0] == 0
    assert ran(home, *COUNT) == RIGHT


# Full disks and folders that cannot be written


@pytest.mark.slow
def test_a_disk_full_at_several_sizes(shared_home: Path, tmp_path: Path) -> None:
    """The rebuild and what it says; each size stops it at another file."""

    homes = {size: copy_home(shared_home, tmp_path / str(size)) for size in (60_000, 350_000)}
    before = tree(homes[60_000])
    processes = [start(home, "index", "--rebuild", largest_file=size) for size, home in homes.items()]
    for home, (code, out, err) in zip(homes.values(), map(ended, processes), strict=True):
        assert (code, out) == (2, "")
        message = one_message(err)
        assert str(corpus_folder(home)) in message
        assert os.strerror(errno.EFBIG) in message
        assert tree(home) == before
    assert ran(home, *COUNT, largest_file=0) == RIGHT


@pytest.mark.slow
@pytest.mark.usefixtures("quick_builds")
def test_a_disk_full_before_the_first_index(tmp_path: Path) -> None:
    code, out, err = ran(tmp_path / "home", *COUNT, largest_file=5_000)
    assert (code, out) == (2, "")
    assert str(corpus_folder(tmp_path / "home")) in one_message(err)
    assert {name for name, content in tree(tmp_path).items() if content} == set()
    assert str(open_corpus(tmp_path / "home").search(QUERY).counts) == COUNTS


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    with suppress(FileNotFoundError):
        subprocess.run(("mount", "-t", "tmpfs", "-o", "size=64k", "none", folder), capture_output=True, check=False)
    if not folder.is_mount():
        pytest.skip("no file system can be mounted here")
    yield folder
    subprocess.run(("umount", "-l", folder), check=True)


def remount(folder: Path, options: str) -> None:
    subprocess.run(("mount", "-o", f"remount,{options}", folder), check=True)


@pytest.mark.slow
def test_a_disk_too_small_for_the_first_index(small_disk: Path) -> None:
    home = small_disk / "home"
    code, out, err = ran(home, *COUNT)
    assert (code, out) == (2, "")
    assert f"{corpus_folder(home)}: {os.strerror(errno.ENOSPC)}" in one_message(err)
    assert not generation_folders(home)
    assert {name for name, content in tree(small_disk).items() if content} == set()


@pytest.mark.slow
@pytest.mark.usefixtures("quick_builds")
def test_a_disk_that_fills_up_and_one_that_is_read_only(small_disk: Path, shared_home: Path) -> None:
    home = small_disk / "home"
    remount(small_disk, "size=40m")
    shutil.copytree(shared_home, home)
    before = tree(home)
    remount(small_disk, f"size={(sum(map(len, before.values())) >> 10) + 700}k")
    code, out, err = ran(home, "index", "--rebuild")
    assert (code, out) == (2, "")
    assert f"{corpus_folder(home)}: {os.strerror(errno.ENOSPC)}" in one_message(err)
    assert tree(home) == before
    assert ran(home, *COUNT) == RIGHT

    remount(small_disk, "ro,size=40m")
    assert ran(home, *COUNT) == RIGHT
    code, out, err = ran(home, "index", "--rebuild")
    assert (code, out) == (2, "")
    assert f"{corpus_folder(home)}: {os.strerror(errno.EROFS)}" in one_message(err)

    remount(small_disk, "rw,size=40m")
    build_corpus(home, rebuild=True)
    assert ran(home, *COUNT) == RIGHT
    assert len(generation_folders(home)) == 1


@pytest.mark.parametrize("below", ["file", "file/data"])
@pytest.mark.parametrize("arguments", [COUNT, ("docs",), ("show", "xining:1"), ("index",), ("index", "--rebuild")])
def test_a_data_directory_that_cannot_be_made(
    arguments: tuple[str, ...], below: str, zhengce: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way", encoding="ascii")
    monkeypatch.setenv("ZHENGCE_HOME", str(tmp_path / below))
    code, out, err = zhengce(*arguments)
    assert (code, out) == (2, "")
    assert str(tmp_path / below) in one_message(err)
    assert tree(tmp_path) == {"file": b"in the way"}


def test_a_process_whose_data_directory_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="ascii")
    code, out, err = ran(tmp_path / "file" / "data", *COUNT)
    assert (code, out) == (2, "")
    assert str(tmp_path / "file" / "data") in one_message(err)


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
@pytest.mark.parametrize("mode", [0o500, 0o000])
def test_a_data_directory_without_permission(mode: int, home: Path) -> None:
    (corpus_folder(home)).chmod(mode)
    try:
        code, out, err = ran(home, "index", "--rebuild")
    finally:
        (corpus_folder(home)).chmod(0o700)
    assert (code, out) == (2, "")
    assert str(corpus_folder(home)) in one_message(err)
    assert ran(home, *COUNT) == RIGHT


# Damage


COMMANDS = {
    "count": COUNT,
    "search": ("search", QUERY, "-f", "jsonl", "-C", "1"),
    "word": ("search", "-c", "=人民"),
    "-w": ("search", "-w", "-f", "jsonl", "人民"),
    "split": ("search", "-c", "㎡ | …"),
    "regex": ("search", "-c", "/[0-9]+亿元/"),
    "near": ("search", "-c", "物流 NEAR/10 成本"),
    "SECT": ("search", "-c", "物流 SECT 口岸"),
    "section:": ("search", "-c", "section:保障"),
    "kind:": ("search", "-c", "kind:heading"),
    "title:": ("search", "-c", "title:高地 口岸"),
    "--doc": ("search", "-c", "开放", "--doc", "xining"),
    "-k": QUESTION,
    "-l": ("search", "-l", QUERY),
    "nothing": ("search", "中欧班车"),
    "explain": ("explain", "=人民 物流"),
    "show": ("show", "xining", "-f", "jsonl"),
    "show passage": ("show", "xining:3"),
    "docs": ("docs", "-f", "jsonl"),
    "docs --long": ("docs", "--long"),
}
# The files of a generation, each with a command that cannot do without it.
GENERATION = {
    "manifest.json": "docs",
    "folding.json": "docs",
    "registry/files.jsonl": "docs --long",
    **{
        f"segment-000/{name}": command
        for name, command in {
            "bigrams.characters": "count",
            "bigrams.rows": "count",
            "bigrams.starts": "count",
            "documents.firsts": "docs",
            "documents.jsonl": "docs",
            "documents.starts": "docs",
            "folded.blocks": "count",
            "folded.ordinals": "count",
            "folded.edges": "count",
            "folded.splits": "split",
            "folded.starts": "count",
            "folded.utf16": "count",
            "passages.deflate": "show",
            "passages.kinds": "kind:",
            "passages.starts": "show passage",
            "sections.headings": "section:",
            "sections.json": "section:",
            "sections.parents": "section:",
            "sections.passages": "SECT",
            "whoosh/*.pst": "-k",
            "whoosh/*.toc": "-k",
            "whoosh/*.trm": "nothing",
            "whoosh/*_stored.col": "-k",
            "whoosh/*_words_len.col": "-k",
            "words.bits": "word",
        }.items()
    },
}
# Damage of other kinds is like these to the program, as tests/index/test_faults.py sees of every file.
FOUR_WAYS = {"manifest.json", "folding.json", "segment-000/folded.utf16", "segment-000/passages.deflate"}


def assert_damaged(outcome: Ended) -> None:
    code, out, err = outcome
    assert (code, out) == (2, "")
    assert "The index is damaged" in one_message(err)
    assert MEND in err


def damaged_file(home: Path, pattern: str) -> Path:
    (folder,) = generation_folders(home)
    (file,) = folder.glob(pattern)
    return file


@pytest.fixture(scope="module")
def whole(shared_home: Path) -> dict[str, Ended]:
    """What the commands print where nothing is damaged."""
    outcomes = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ZHENGCE_HOME", str(shared_home))
        patch.setattr(words, "Segmenter", lambda folding, cache: segmenter(shared_home / "cache"))
        for name, arguments in COMMANDS.items():
            with redirect_stdout(io.StringIO()) as out, redirect_stderr(io.StringIO()) as err:
                code = run(arguments)
            outcomes[name] = code, out.getvalue(), err.getvalue()
    assert {name: code for name, (code, _, _) in outcomes.items() if code} == {"nothing": 1}
    return outcomes


@pytest.mark.slow
@pytest.mark.usefixtures("quick_builds")
@pytest.mark.parametrize("name", GENERATION)
def test_a_damaged_file(name: str, home: Path, zhengce: Run, whole: dict[str, Ended]) -> None:
    """What a command prints is right, or it says that the index is damaged; `zhengce index` always does."""
    file = damaged_file(home, name)
    content = file.read_bytes()
    for damage in (flip, truncate, scribble, remove) if name in FOUR_WAYS else (flip, remove):
        damage(file)
        outcomes = {each: zhengce(*arguments) for each, arguments in COMMANDS.items()}
        for each, outcome in outcomes.items():
            if outcome != whole[each]:
                assert_damaged(outcome)
                assert str(file) in outcome[2]
        assert_damaged(outcomes[GENERATION[name]])
        assert_damaged(zhengce("index"))
        file.write_bytes(content)
    assert zhengce("index")[0] == 0


def test_the_files_of_an_index_are_those_that_are_damaged_here(home: Path) -> None:
    (folder,) = generation_folders(home)
    assert sorted(damaged_file(home, name) for name in GENERATION) == sorted(
        file for file in folder.rglob("*") if file.is_file()
    )


@pytest.mark.slow
@pytest.mark.usefixtures("quick_builds")
@pytest.mark.parametrize(
    ("pattern", "damage"),
    [
        ("manifest.json", scribble),
        ("segment-000/folded.utf16", remove),
        ("segment-000/passages.starts", truncate),
        ("segment-000/whoosh/*.trm", flip),
    ],
)
def test_rebuilding_mends_the_index(
    pattern: str, damage: Callable[[Path], None], home: Path, zhengce: Run, whole: dict[str, Ended]
) -> None:
    damage(damaged_file(home, pattern))
    assert_damaged(zhengce("show", "xining") if "passages" in pattern else zhengce(*QUESTION))
    assert zhengce("index", "--rebuild")[0] == 0
    for name in ("count", "-k", "nothing", "show"):
        assert zhengce(*COMMANDS[name]) == whole[name]
    assert len(generation_folders(home)) == 1


@pytest.mark.parametrize(
    "garbage",
    [b"", b"\0", b"\xff\xfe", b"\x1b[2J", b"generation-\x1b[2J", b"generation-0", b"../../etc", b"[" * 100_000],
    ids=lambda garbage: garbage[:20].decode("latin-1"),
)
@pytest.mark.parametrize("name", ["current", "generation-*/manifest.json"])
def test_garbage_where_the_index_is_described(name: str, garbage: bytes, home: Path, zhengce: Run) -> None:
    (file,) = (corpus_folder(home)).glob(name)
    file.write_bytes(garbage)
    outcome = zhengce(*COUNT)
    assert_damaged(outcome)
    assert_harmless(outcome[2])


@pytest.mark.slow
@pytest.mark.usefixtures("quick_builds")
@pytest.mark.parametrize("change", [{"format": 0}, {"segmenter": "of something else"}], ids=str)
def test_an_index_of_another_version_is_built_anew(change: dict[str, object], home: Path, zhengce: Run) -> None:
    (folder,) = generation_folders(home)
    alter_manifest(home, **change)
    code, out, err = zhengce(*COUNT)
    assert (code, out) == RIGHT[:2]
    assert err == "zhengce: building the index of 5 documents …\n"
    assert generation_folders(home) != [folder]
    assert len(generation_folders(home)) == 1
    assert zhengce(*COUNT) == RIGHT


@pytest.mark.usefixtures("quick_builds")
def test_a_changed_document_is_searched_as_it_is_now(own_documents: Put, zhengce: Run) -> None:
    own_documents({"one": "关于班列的通知\n\n开行班列。\n"})
    assert zhengce("search", "-c", "班列")[:2] == (0, "2 occurrences in 2 passages of 1 document\n")
    own_documents({"one": "关于班列的通知\n\n开行火车。\n"})
    code, out, err = zhengce("search", "-c", "班列")
    assert (code, out) == (0, "1 occurrence in 1 passage of 1 document\n")
    assert err == "zhengce: building the index of 1 document …\n"
    assert zhengce("search", "火车") == (0, "one:2: 开行火车。\n", "")


# Corpora of one's own


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of two documents, for a corpus in a data directory that has none."""
    monkeypatch.setenv("ZHENGCE_HOME", str(tmp_path / "home"))
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "one.txt").write_text("关于班列的通知\n\n开行班列。\n", encoding="utf-8")
    (folder / "two.md").write_text("# 口岸方案\n\n班列开行。\n", encoding="utf-8")
    return folder


FOUND = (0, "3 occurrences in 3 passages of 2 documents\n", "")


def count_own(zhengce: Run) -> Ended:
    return zhengce("search", "-c", "班列", "--corpus", "own")


@pytest.mark.usefixtures("quick_builds")
def test_files_that_cannot_be_read_are_named_and_left_out(mine: Path, zhengce: Run) -> None:
    (mine / "bytes.txt").write_bytes(NO_TEXT)
    (mine / "empty.txt").write_bytes(b"")
    code, out, err = zhengce("index", "--corpus", "own", str(mine))
    assert code == 0
    assert out.startswith("Built the index of 2 documents, 4 passages in ")
    assert out.endswith("\n2 added, 2 refused.\n")
    said = err.splitlines()
    assert said[0] == "zhengce: building the index of 4 documents …"
    assert [line.partition(" is not")[0].partition(" has no")[0] for line in said[1:]] == [
        f"zhengce: left out: {mine / name}" for name in ("bytes.txt", "empty.txt")
    ]
    assert count_own(zhengce) == FOUND


@pytest.mark.usefixtures("quick_builds")
def test_a_corpus_of_which_no_file_can_be_read(mine: Path, zhengce: Run, tmp_path: Path) -> None:
    zhengce("index", "--corpus", "own", str(mine))
    before = tree(tmp_path / "home")
    for file in mine.iterdir():
        file.write_bytes(NO_TEXT)
    code, out, err = zhengce("index", "--corpus", "own")
    assert (code, out) == (2, "")
    assert "None of the documents can be read." in err
    assert all(str(file) in err for file in mine.iterdir())
    assert tree(tmp_path / "home") == before
    assert count_own(zhengce) == FOUND


@pytest.mark.usefixtures("quick_builds")
def test_a_corpus_whose_folder_is_gone(mine: Path, zhengce: Run) -> None:
    zhengce("index", "--corpus", "own", str(mine))
    shutil.rmtree(mine)
    for arguments in (("index", "--corpus", "own"), ("index", "--corpus", "own", "--rebuild")):
        code, out, err = zhengce(*arguments)
        assert (code, out) == (2, "")
        assert f"{mine} cannot be read: {os.strerror(errno.ENOENT)}" in one_message(err)
    assert count_own(zhengce) == FOUND


@pytest.mark.usefixtures("quick_builds")
@pytest.mark.parametrize("damage", [truncate, scribble, remove])
def test_a_corpus_that_does_not_know_what_it_is_made_of(
    damage: Callable[[Path], None], mine: Path, zhengce: Run, tmp_path: Path
) -> None:
    """The message says how to make it again, and that does."""
    zhengce("index", "--corpus", "own", str(mine))
    damage(corpus_folder(tmp_path / "home", "own") / "corpus.json")
    for arguments in (("search", "班列"), ("docs",), ("show", "one"), ("explain", "班列"), ("index",)):
        code, out, err = zhengce(*arguments, "--corpus", "own")
        assert (code, out) == (2, "")
        assert "`zhengce index --corpus own FOLDER`" in one_message(err)
    assert zhengce("index", "--corpus", "own", str(mine))[0] == 0
    assert count_own(zhengce) == FOUND


@pytest.mark.usefixtures("quick_builds")
def test_a_damaged_corpus_is_mended(mine: Path, zhengce: Run, tmp_path: Path) -> None:
    zhengce("index", "--corpus", "own", str(mine))
    (file,) = corpus_folder(tmp_path / "home", "own").glob("generation-*/segment-000/folded.utf16")
    flip(file)
    for outcome in (count_own(zhengce), zhengce("index", "--corpus", "own")):
        assert_damaged(outcome)
        assert "--corpus" in outcome[2]
    assert zhengce("index", "--corpus", "own", "--rebuild")[0] == 0
    assert count_own(zhengce) == FOUND


@pytest.mark.parametrize("name", ["", " ", ".", "..", "a/b", "/etc", "../bundled", "n" * 65, "\x1b[2J", "a\nb"])
def test_a_name_that_no_corpus_can_have(name: str, mine: Path, zhengce: Run, tmp_path: Path) -> None:
    before = tree(tmp_path)
    for arguments in (("search", "班列"), ("index", str(mine))):
        code, out, err = zhengce(*arguments, "--corpus", name)
        assert (code, out) == (2, "")
        assert_harmless(err)
        assert "should not" not in err
    assert tree(tmp_path) == before


# Where output goes


@pytest.mark.slow
@pytest.mark.parametrize("arguments", [*LONG_OUTPUTS, ("docs",), ("index",), ("--help",)], ids=" ".join)
def test_a_closed_pipe_is_silent(arguments: tuple[str, ...], shared_home: Path) -> None:
    process = start(shared_home, *arguments)
    head = subprocess.Popen(("head", "-1"), stdin=process.stdout, stdout=subprocess.PIPE)
    assert process.stdout
    process.stdout.close()
    first, _ = head.communicate(timeout=30)
    assert process.stderr
    err = process.stderr.read()
    process.stderr.close()
    process.wait(30)
    assert first.count(b"\n") == 1
    assert err == b""


ALL_OUTPUTS = (*LONG_OUTPUTS, COUNT, ("explain", QUERY), ("index",), ("--help",))


@pytest.mark.slow
def test_a_pipe_that_nobody_reads_is_no_failure(shared_home: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    processes = [start(shared_home, *arguments, stdout=writing) for arguments in ALL_OUTPUTS]
    os.close(writing)
    assert [*map(ended, processes)] == [(0, "", "")] * len(ALL_OUTPUTS)


@pytest.mark.slow
def test_output_to_a_full_device(shared_home: Path) -> None:
    with open("/dev/full", "wb") as full:
        processes = [start(shared_home, *arguments, stdout=full.fileno()) for arguments in ALL_OUTPUTS]
    for code, _, err in map(ended, processes):
        assert code == 2
        assert os.strerror(errno.ENOSPC) in one_message(err)


EXPORTED = [
    (*command, "-f", each.name, *more)
    for command in (("search", "的"), ("kwic", "的"), ("docs",))
    for each in EXPORTS
    for more in ((), ("-o", "/dev/stdout"))
    if command != ("docs",) or each.is_listing or each.has_tables
]


def to_device(device: str | int, *arguments: str) -> Ended:
    """Run a command in this process whose standard output is a device."""
    said = io.StringIO()
    with open(device, "w", encoding="utf-8") as stream, redirect_stdout(stream), redirect_stderr(said):
        code = run(arguments)
    return code, "", said.getvalue()


# What writes archives tries to finish them when it is thrown away; the command line does not say that that fails.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("arguments", EXPORTED, ids=" ".join)
def test_no_format_minds_a_closed_pipe_and_each_says_that_there_is_no_room(
    arguments: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    reading, writing = os.pipe()
    os.close(reading)
    assert to_device(writing, *arguments) == (0, "", "")
    code, _, err = to_device("/dev/full", *arguments)
    assert (code, err) == (2, f"zhengce: the output cannot be written: {os.strerror(errno.ENOSPC)}.\n")
    assert not [*tmp_path.iterdir()]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("each", EXPORTS, ids=lambda each: each.name)
def test_a_named_pipe_may_be_closed_early(each: ExportFormat, tmp_path: Path, zhengce: Run) -> None:
    os.mkfifo(tmp_path / "pipe")
    with ThreadPoolExecutor(1) as reader:
        opened = reader.submit(lambda: (tmp_path / "pipe").open("rb").close())
        code, out, err = zhengce("search", "的", "-f", each.name, "-o", str(tmp_path / "pipe"))
        opened.result()
    assert (code, out) == (0, "")
    # What fits into the pipe is written before it is closed, or after.
    assert err in ("", f"zhengce: 664 occurrences in 183 passages of 5 documents; written to {tmp_path / 'pipe'}.\n")


def test_standard_output_by_its_name_is_added_to(zhengce: Run, tmp_path: Path) -> None:
    file = tmp_path / "all.csv"
    with file.open("w", encoding="utf-8") as stream, redirect_stdout(stream):
        stream.write("before\n")
        run(("search", QUERY, "-f", "csv", "-o", "/dev/stdout"))
    text = file.read_text(encoding="utf-8")
    assert text.startswith("before\n")
    assert text.splitlines()[1:] == zhengce("search", QUERY, "-f", "csv")[1].splitlines()


@pytest.mark.slow
@pytest.mark.parametrize(("arguments", "code"), [(COUNT, 0), (("search", "中欧班车"), 1), (("show", "无"), 2)])
def test_messages_to_a_full_device(arguments: tuple[str, ...], code: int, shared_home: Path) -> None:
    with open("/dev/full", "wb") as full:
        assert ended(start(shared_home, *arguments, stderr=full.fileno()))[0] == code


@pytest.mark.parametrize("arguments", [("search", QUERY), ("search", QUERY, "-f", "jsonl"), ("show", "xining")])
@pytest.mark.parametrize("name", ["missing/hits.txt", "folder", "folder/", "file/hits.txt", "/dev/full", "n" * 300])
def test_an_output_file_that_cannot_be_written(
    name: str, arguments: tuple[str, ...], zhengce: Run, tmp_path: Path
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("kept", encoding="ascii")
    target = os.path.join(tmp_path, name)  # noqa: PTH118 (a Path would lose the slash at the end)
    code, out, err = zhengce(*arguments, "-o", target)
    assert (code, out) == (2, "")
    assert target in one_message(err)
    assert tree(tmp_path) == {"file": b"kept"}
    assert not [*(tmp_path / "folder").iterdir()]


@pytest.mark.slow
@pytest.mark.parametrize("arguments", [("search", QUERY), ("search", "-f", "jsonl", QUERY), ("show", "xining")])
@pytest.mark.parametrize("existing", [True, False])
def test_an_output_file_for_which_there_is_no_room(
    existing: bool, arguments: tuple[str, ...], shared_home: Path, tmp_path: Path
) -> None:
    if existing:
        (tmp_path / "hits.txt").write_text("kept", encoding="ascii")
    before = tree(tmp_path)
    code, out, err = ran(shared_home, *arguments, "-o", str(tmp_path / "hits.txt"), largest_file=1_000)
    assert (code, out) == (2, "")
    assert f"{tmp_path / 'hits.txt'} cannot be written: {os.strerror(errno.EFBIG)}" in one_message(err)
    assert tree(tmp_path) == before


@pytest.mark.slow
@pytest.mark.usefixtures("quick_builds")
def test_an_output_that_meets_damage_after_a_while(
    shared_home: Path, zhengce: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The damage is in a page that is read when passages have been written already."""
    monkeypatch.setenv("ZHENGCE_HOME", str(tmp_path / "home"))
    chance = random.Random(2026)
    characters = [chr(code) for code in range(0x4E00, 0x4E00 + 2_000)]
    text = "\n\n".join("的" + "".join(chance.choices(characters, k=200)) for _ in range(300))
    (tmp_path / "long.txt").write_text(text, encoding="utf-8")
    assert zhengce("index", "--corpus", "long", str(tmp_path / "long.txt"))[0] == 0
    (file,) = corpus_folder(tmp_path / "home", "long").glob("generation-*/segment-000/passages.deflate")
    flip_last(file)
    before = tree(tmp_path)
    (tmp_path / "hits.txt").write_text("kept", encoding="ascii")
    for command in (("search", "的"), ("search", "的", "-f", "jsonl"), ("show", "long")):
        assert_damaged(zhengce(*command, "--corpus", "long", "-o", str(tmp_path / "hits.txt")))
    assert tree(tmp_path) == {**before, "hits.txt": b"kept"}
    assert not [*tmp_path.glob(".*")]
    # What goes to standard output cannot be taken back, but it is said that it is not all.
    code, out, err = zhengce("search", "的", "-n", "0", "--corpus", "long")
    assert code == 2
    assert 0 < out.count("\n") < 300
    assert "The index is damaged" in one_message(err)
    code, out, err = zhengce("search", "的", "-n", "1", "--corpus", "long")
    assert (code, out.count("\n")) == (0, 1)


# Hostile texts

HOSTILE = {
    "sequences": "\x1b[31m红\x1b[2J\x1b]0;窗\x07退\x08垂\x0b页\x0c零删\x7f尾",
    "C1": "首\x84\x9b31m\x9d0;窗\x9c尾",
    "directions": "首\u202a\u202b\u202c\u202d\u202e反\u2066\u2067\u2068\u2069尾",
    "marks": "首\u200e左\u200f右\u061c尾",
    "markup": "[bold]markup[/bold] [link=file:///etc/passwd]x[/link] :smile: [/]",
}
each_hostile = pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
HARMFUL = {
    *map(chr, (*range(0x20), *range(0x7F, 0xA0))),
    *map(chr, (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))),
} - {"\t", "\n"}
COLORS = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;[^\x1b]*\x1b\\")


def assert_harmless(text: str) -> None:
    """See that a terminal finds nothing to act on but tabs and line breaks."""
    assert not {*text} & HARMFUL


def shown(hostile: str) -> str:
    """Return what is to be seen of a hostile text: a picture for each control, everything else as it is."""
    pictures = {chr(code): chr(0x2400 + code) for code in range(0x20)} | {"\x7f": "\u2421"}
    return "".join(pictures.get(character, "\ufffd") if character in HARMFUL else character for character in hostile)


@pytest.fixture
def hostile_documents(own_documents: Put) -> Callable[[str], None]:
    """Put documents with something hostile in title, headings and text in the place of the bundled ones."""

    def put(hostile: str) -> None:
        text = f"一、前段{hostile}。\n\n二、班列{hostile}开行。\n\n三、后段{hostile}。\n"
        folder = own_documents({"one": text, "two": "工作方案\n\n支持班列。\n"})
        add_to_catalogue(folder, "one", title=f"题{hostile}")

    return put


def add_to_catalogue(folder: Path, name: str, **fields: str) -> None:
    """State something of a document in the catalogue, in place of what was stated before."""
    catalogue = (folder / "catalogue.toml").read_text(encoding="utf-8")
    stated = {"id": name, **fields}
    lines = (f"{key} = {json.dumps(value)}\n".replace("\x7f", "\\u007f") for key, value in stated.items())
    (folder / "catalogue.toml").write_text(catalogue.replace(f'id = "{name}"\n', "".join(lines)), encoding="utf-8")


@pytest.mark.usefixtures("quick_builds")
@each_hostile
def test_hostile_texts_in_text(hostile: str, hostile_documents: Callable[[str], None], zhengce: Run) -> None:
    hostile_documents(hostile)
    for arguments in (
        ("search", "班列"),
        ("search", "班列", "-C", "1", "--chars", "10"),
        ("search", "-k", "班列开行"),
        ("search", "-l", "班列"),
        ("show", "one"),
        ("show", "one:2"),
        ("docs",),
    ):
        code, out, err = zhengce(*arguments)
        assert code == 0
        assert_harmless(out)
        assert_harmless(err)
        if "-l" not in arguments:
            assert shown(hostile) in out
    _, out, _ = zhengce("search", "班列", "--color", "always")
    for color in {*escapes(MATCH), *escapes(PLACE)}:
        assert color in out
        out = out.replace(color, "")
    assert shown(hostile) in out
    assert_harmless(out)


@pytest.mark.usefixtures("quick_builds")
@each_hostile
def test_hostile_texts_in_files(
    hostile: str, hostile_documents: Callable[[str], None], zhengce: Run, tmp_path: Path
) -> None:
    hostile_documents(hostile)
    file = tmp_path / "hits.txt"
    for arguments in (("search", "班列", "-C", "1"), ("search", "-k", "班列开行"), ("show", "one"), ("show", "one:2")):
        code, out, err = zhengce(*arguments, "-o", str(file))
        assert (code, out) == (0, "")
        assert_harmless(err)
        content = file.read_bytes().decode()
        assert_harmless(content)
        assert shown(hostile) in content


@pytest.mark.usefixtures("quick_builds")
@each_hostile
def test_hostile_texts_in_json_lines(
    hostile: str, hostile_documents: Callable[[str], None], zhengce: Run, tmp_path: Path
) -> None:
    hostile_documents(hostile)
    code, out, _ = zhengce("search", "班列", "--doc", "one", "-C", "1", "-f", "jsonl")
    assert code == 0
    assert_harmless(out)
    (line,) = out.split("\n")[:-1]
    hit = json.loads(line)
    assert hit["text"] == f"二、班列{hostile}开行。"
    assert [hit["text"][start:end] for start, end in hit["spans"]] == ["班列"]
    assert [passage["text"] for passage in (*hit["before"], *hit["after"])] == [
        f"一、前段{hostile}。",
        f"三、后段{hostile}。",
    ]
    for arguments in (("show", "one", "-f", "jsonl"), ("docs", "-f", "jsonl")):
        assert_harmless(zhengce(*arguments)[1])
    zhengce("search", "班列", "--doc", "one", "-f", "jsonl", "-o", str(tmp_path / "hits.jsonl"))
    content = (tmp_path / "hits.jsonl").read_bytes().decode()
    assert_harmless(content)
    assert [json.loads(line).get("text") for line in content.splitlines()] == [None, hit["text"]]


@pytest.mark.usefixtures("quick_builds")
@each_hostile
@pytest.mark.parametrize("colors", [None, "truecolor"])
def test_hostile_texts_laid_out_for_a_terminal(
    colors: Literal["truecolor"] | None, hostile: str, hostile_documents: Callable[[str], None]
) -> None:
    hostile_documents(hostile)
    corpus = open_corpus()
    screen = Console(file=io.StringIO(), width=160, force_terminal=True, color_system=colors, legacy_windows=False)
    look = Look(context=(1, 1), characters=60)
    page = SearchPage(corpus, corpus.search("班列"), look, "zhengce search 班列", linked=colors is not None)
    for line in page.lines(screen.width):
        screen.print(line, soft_wrap=True)
    assert isinstance(screen.file, io.StringIO)
    printed = screen.file.getvalue()
    if colors:
        assert COLORS.search(printed)
        printed = COLORS.sub("", printed)
    assert_harmless(printed)
    assert printed.count(shown(hostile)) == 4  # the title, the hit and its neighbours


@pytest.mark.usefixtures("quick_builds")
@each_hostile
def test_hostile_texts_on_a_terminal(
    hostile: str, hostile_documents: Callable[[str], None], zhengce: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    hostile_documents(hostile)
    monkeypatch.setenv("COLUMNS", "160")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    for arguments in (
        ("search", "班列"),
        ("search", "-k", "班列开行"),
        ("search", "-l", "班列"),
        ("show", "one"),
        ("docs",),
    ):
        for color in ("never", "always"):
            code, out, err = zhengce(*arguments, "--color", color)
            assert code == 0
            if color == "always":
                assert COLORS.search(out)
                out = COLORS.sub("", out)
            assert_harmless(out)
            assert_harmless(err)
            assert shown(hostile) in out


@pytest.mark.usefixtures("quick_builds")
@each_hostile
def test_hostile_names_of_files(hostile: str, mine: Path, zhengce: Run) -> None:
    name = hostile.replace("/", "")
    (mine / f"{name}.txt").write_text("班列。\n\n班列。\n", encoding="utf-8")
    (mine / f"{name}.md").write_bytes(NO_TEXT)
    code, out, err = zhengce("index", "--corpus", "own", str(mine))
    assert code == 0
    assert f"left out: {mine}/{shown(name)}.md is not text" in err
    assert_harmless(out + err)
    for arguments in (
        ("search", "班列"),
        ("search", "-l", "班列"),
        ("search", "-k", "班列"),
        ("search", "班列", "--doc", name, "-C", "1"),
        ("search", "班列", "-f", "jsonl"),
        ("search", "班列", "-o", "-"),
        ("search", "无人区", "--doc", name),
        ("search", "口岸", "--doc", name),
        ("explain", f"doc:{quote(name)} 班列"),
        ("show", name),
        ("show", "无"),
        ("docs",),
    ):
        code, out, err = zhengce(*arguments, "--corpus", "own")
        assert code == ((2 if "show" in arguments else 1) if {"无", "无人区", "口岸"} & {*arguments} else 0)
        assert_harmless(out + err)
        assert "should not" not in err
        if not {"jsonl", "无人区"} & {*arguments}:
            assert shown(name) in out + err


@pytest.mark.usefixtures("quick_builds")
@pytest.mark.parametrize(
    "arguments",
    [
        ("search", "班列{}"),
        ("search", '"班列{}'),
        ("search", "-k", "{}"),
        ("search", "-w", "班列{}"),
        ("search", "--doc", "{}", "班列"),
        ("search", "班列", "-o", "/missing/{}"),
        ("search", "班列", "-n", "{}"),
        ("search", "班列", "--color", "{}"),
        ("search", "班列", "--{}"),
        ("show", "{}"),
        ("show", "xining:{}"),
        ("show", "xining", "{}"),
        ("docs", "{}"),
        ("docs", "--corpus", "{}"),
        ("explain", "班列{}"),
        ("explain", "/班列{}("),
        ("index", "{}"),
        ("index", "--corpus", "{}", "."),
        ("search", "title:{}", "班列"),
        ("search", "kind:{}", "班列"),
        ("search", "date:{}", "班列"),
        ("{}",),
    ],
    ids=" ".join,
)
@each_hostile
def test_hostile_arguments_in_messages(hostile: str, arguments: tuple[str, ...], zhengce: Run) -> None:
    code, out, err = zhengce(*(argument.format(hostile) for argument in arguments))
    assert code in (1, 2) or arguments[0] == "explain" or "-k" in arguments
    assert err or out
    assert_harmless(out)
    assert_harmless(err)
    assert "should not" not in err
