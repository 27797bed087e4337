"""Paragraphs: how many of the line breaks within paragraphs are joined, and how many of the paragraphs' ends are kept.

    python tests/benchmarks/paragraphs.py FOLDER            both figures
    python tests/benchmarks/paragraphs.py FOLDER --misses   and each break and end that is missed

FOLDER has a ``paragraphs.jsonl``, in which each line is a paragraph whose extent is known: ``file``, a text file in the
folder; ``start`` and ``end``, offsets of characters in it; ``ends_line``, whether the paragraph ends where a line
ends. Every line break between start and end is to be joined, every end of a line to be kept.

    python tests/benchmarks/paragraphs.py --numbers FILE    how many document numbers and dates are parsed

FILE is a CSV file with the columns ``doc_number_raw`` and ``date_raw``, as sites of governments print them.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from zhengce.corpus.document_reader import read_document
from zhengce.corpus.files import Source
from zhengce.corpus.notation.dates import find_date
from zhengce.corpus.notation.document_numbers import find_document_number


@dataclass(frozen=True, slots=True)
class Place:
    """A place where a line ends, known to be within a paragraph or at its end, and whether it is read so."""

    file: str
    line: int
    within: bool
    right: bool
    text: str


def places(folder: Path) -> Iterator[Place]:
    """Yield all places of the folder that are known."""
    rows = [json.loads(row) for row in (folder / "paragraphs.jsonl").read_text(encoding="utf-8").splitlines()]
    for name in dict.fromkeys(row["file"] for row in rows):
        text = (folder / name).read_bytes().decode()
        lines = text.split("\n")
        joined = _joined(folder / name)
        for row in rows:
            if row["file"] != name:
                continue
            first = text.count("\n", 0, row["start"]) + 1
            last = first + text.count("\n", row["start"], row["end"])
            for number in range(first, last):
                yield Place(name, number, True, number in joined, _around(lines, number))
            if row["ends_line"]:
                yield Place(name, last, False, last not in joined, _around(lines, last))


def _joined(path: Path) -> set[int]:
    """Return the numbers of the lines that go on in a later line of their passage."""
    joined: set[int] = set()
    for passage in read_document(Source(path.stem, path)).passages:
        numbers = [number for first, last in passage.lines for number in range(first, last + 1)]
        joined.update(numbers[:-1])
    return joined


def _around(lines: Sequence[str], number: int) -> str:
    return " ⏎ ".join(lines[number - 1 : number + 2])


def _share(found: Sequence[bool]) -> str:
    return f"{sum(found):,} of {len(found):,} ({sum(found) / max(1, len(found)):.2%})"


def measure_paragraphs(folder: Path, misses: bool) -> None:
    """Print the shares of breaks joined and ends kept, and the misses if asked for."""
    found = list(places(folder))
    print("line breaks within paragraphs joined:", _share([place.right for place in found if place.within]))
    print("ends of paragraphs kept:", _share([place.right for place in found if not place.within]))
    for place in found if misses else ():
        if not place.right:
            print(f"{place.file}:{place.line}: {'broken' if place.within else 'run on'}: {place.text}")


def measure_numbers(file: Path, misses: bool) -> None:
    """Print the shares of document numbers and dates parsed, and the misses if asked for."""
    with file.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened))
    for column, parse in (("doc_number_raw", find_document_number), ("date_raw", find_date)):
        texts = [row[column] for row in rows if row[column]]
        print(f"{column}:", _share([parse(text) is not None for text in texts]))
        for text in texts if misses else ():
            if parse(text) is None:
                print(f"  {text}")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--numbers", type=Path, metavar="FILE")
    parser.add_argument("--misses", action="store_true")
    arguments = parser.parse_args()
    if not (arguments.folder or arguments.numbers):
        parser.error("a FOLDER, or --numbers FILE, is needed")
    if arguments.folder:
        measure_paragraphs(arguments.folder, arguments.misses)
    if arguments.numbers:
        measure_numbers(arguments.numbers, arguments.misses)


if __name__ == "__main__":
    main()
