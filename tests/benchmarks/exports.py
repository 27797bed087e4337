"""Exports: what it takes to write many hits to a file, beside what it takes to read them and to write as many bytes.

Run it from the repository: ``python tests/benchmarks/exports.py FOLDER [--hits 100000] [--rounds 3] [--term 的]``. Every
run is a process of its own, the export and what stands beside it in turn; times are the least of the rounds, to which
whatever else a machine does only adds. The bars are those the project set itself.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

import ours
from measure import say
from processes import run
from table import Table, long_seconds, megabytes, plain

COMMAND = [sys.executable, "-m", "zhengce.cli"]
TIMES, MEMORY = 1.5, 250e6
"""How many times as long as reading and writing an export may take, and the bytes of memory that it may have."""
BOUND = ("csv", "jsonl")
"""The endings of the formats that the bar on time is for."""

# Arguments: name of the corpus, term, command, number of hits or lines, bytes to write, file.
READ_AND_WRITE = """
import os, sys
from zhengce.index import open_corpus
from zhengce.index.search.concordance import Concordance, ContextWidth
name, term, command, count, size, file = sys.argv[1:]
results = open_corpus(name=name).search(term, sort="document")
read = results.hits if command == "search" else Concordance(results, width=ContextWidth(40)).lines
for each in read(int(count)):
    pass
with open(file, "wb") as stream:
    for start in range(0, int(size), 8192):
        stream.write(bytes(min(8192, int(size) - start)))
    stream.flush()
    os.fsync(stream.fileno())
"""
EXPORTS = [
    *(("search", suffix) for suffix in ("csv", "jsonl", "tsv", "txt", "md", "html", "docx", "xlsx")),
    *(("kwic", suffix) for suffix in ("csv", "jsonl", "txt", "html", "docx", "xlsx")),
]


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory() as temporary:
        home = Path(temporary) / "home"
        say("building the index")
        ours.build([options.folder], home)
        rows = [
            _row(command, suffix, options.term, options.hits, options.rounds, Path(temporary), home)
            for command, suffix in EXPORTS
        ]
    heads = ("", "export", "read and write", "ratio", "bar", "size", "peak memory", f"bar {megabytes(MEMORY)}")
    note = f"up to {options.hits:,} passages, or lines, with {options.term}; the least of {options.rounds} rounds"
    print(plain(Table("Exports", heads, tuple(rows), note)))


def _row(command: str, suffix: str, term: str, count: int, rounds: int, folder: Path, home: Path) -> tuple[str, ...]:
    say(f"{command}, {suffix}")
    file, beside = folder / f"hits.{suffix}", folder / "beside"
    environment = {"ZHENGCE_HOME": str(home)}
    exported, read = list[float](), list[float]()
    memory = 0
    for _ in range(rounds):
        ran = run([*COMMAND, command, term, "--corpus", ours.CORPUS, "-n", str(count), "-o", str(file)], environment)
        exported.append(ran.seconds)
        memory = max(memory, ran.largest)
        arguments = (ours.CORPUS, term, command, str(count), str(file.stat().st_size), str(beside))
        read.append(run([sys.executable, "-c", READ_AND_WRITE, *arguments], environment).seconds)
    one, other = min(exported), min(read)
    kept = f"{TIMES}, {'kept' if one / other <= TIMES else 'missed'}" if suffix in BOUND else ""
    size = megabytes(file.stat().st_size)
    within = "kept" if memory <= MEMORY else "missed"
    return (
        f"{command} {suffix}", long_seconds(one), long_seconds(other), f"{one / other:.2f}", kept,
        size, megabytes(memory), within,
    )  # fmt: skip


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=lambda path: Path(path).resolve(), metavar="FOLDER")
    parser.add_argument("--hits", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--term", default="的")
    options = parser.parse_args()
    if not options.folder.is_dir():
        parser.error(f"{options.folder} is no folder")
    return options


if __name__ == "__main__":
    main()
