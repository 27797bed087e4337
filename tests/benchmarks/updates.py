"""Updates: what it takes to bring an index up to date, beside what it takes to build it.

Run it from the repository: ``python tests/benchmarks/updates.py FOLDER [--files 10] [--rounds 3]``. It works on a copy of
the folder. Each round changes the content of other files, drawn by a seed, and then nothing; times are of the whole
command, medians of the rounds. The bars are those the project set itself.
"""

from __future__ import annotations

import argparse
import random
import shutil
import statistics
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from measure import say, size_of
from processes import run
from table import Table, long_seconds, megabytes, plain
from zhengce.corpus.files import Root
from zhengce.corpus.sources.discovery import discover

COMMAND = [sys.executable, "-m", "zhengce.cli", "index", "--corpus", "bench"]
SUFFIXES = (".md", ".txt", ".text", ".markdown")
CHANGED, UNCHANGED = 20, 50
"""How many times as long as an update a build has to take, where some files have changed and where none has."""


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory() as temporary:
        folder, home = Path(temporary) / "files", Path(temporary) / "home"
        say("copying the files")
        shutil.copytree(options.folder, folder)
        print(plain(measure(folder, home, options.files, options.rounds, random.Random(options.seed))))


def measure(folder: Path, home: Path, count: int, rounds: int, chance: random.Random) -> Table:
    """Return what a build and updates take."""
    files = [file.source.path for file in discover([Root(folder)]).files]
    texts = [path for path in files if path.suffix.lower() in SUFFIXES]
    say(f"building an index of {len(files):,} files")
    whole = _update(home, folder)
    index = home / "corpora" / "bench"
    size = size_of(index)
    changed, unchanged = list[float](), list[float]()
    for number in range(1, rounds + 1):
        say(f"updating it, {number} of {rounds}")
        chosen = chance.sample(texts, min(count, len(texts)))
        for path in chosen:
            path.write_bytes(path.read_bytes() + f"\n\n第{number}次更新。\n".encode())
        changed.append(_update(home))
        unchanged.append(_update(home))
    rows = (
        ("whole build", long_seconds(whole), "", ""),
        (f"{count} files changed", *_beside(whole, changed, CHANGED)),
        ("nothing changed", *_beside(whole, unchanged, UNCHANGED)),
    )
    note = f"{len(files):,} files; the index has {megabytes(size)}, after the updates {megabytes(size_of(index))}"
    return Table("Updates", ("", "seconds", "of a build", "bar"), rows, note)


def _update(home: Path, *folders: Path) -> float:
    return run([*COMMAND, *map(str, folders)], {"ZHENGCE_HOME": str(home)}).seconds


def _beside(whole: float, seconds: Sequence[float], bar: int) -> tuple[str, str, str]:
    median = statistics.median(seconds)
    return f"{median:.2f} s", f"1/{whole / median:.0f}", f"1/{bar}, {'kept' if whole / median >= bar else 'missed'}"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=lambda path: Path(path).resolve(), metavar="FOLDER")
    parser.add_argument("--files", type=int, default=10, help="how many files are changed each time")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if not options.folder.is_dir():
        parser.error(f"{options.folder} is no folder")
    return options


if __name__ == "__main__":
    main()
