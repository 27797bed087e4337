"""Sidecars: tables of metadata beside the documents, which win over what the texts say.

``metadata.csv`` has a column ``file`` (文件), and others for the fields of `zhengce.corpus.metadata.fields`, any of
which may be missing or empty. ``metadata.toml`` has a table with such keys for each file. Both may give an
``encoding``. What is not understood in a sidecar is noted and left out; the rest of it applies.
"""

from __future__ import annotations

import csv
import difflib
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from ..errors import DocumentError
from ..files import read_bytes
from ..metadata.fields import FIELDS, MetadataField, ValueFormError, canonical, field_of
from ..text.encodings import decode, is_encoding
from . import toml

NAMES = ("metadata.csv", "metadata.toml")
FILE = MetadataField("file", ("文件", "文件名", "文件路径", "路径"), "text", "the file, by its path from the table")
ENCODING = MetadataField("encoding", ("编码",), "text", "the encoding of the file")
COLUMNS = (FILE, *FIELDS, ENCODING)
"""What a column of a sidecar may be."""

_LARGEST = 50_000_000  # bytes
_DELIMITERS = ",;\t"
_SEPARATOR_LINE = re.compile(r"sep=[,;\t]\r?\n")  # which Excel reads and writes
_LONGEST_CELL = 20  # lines; a longer one has lost its closing quotation mark


class Note(NamedTuple):
    """What was not understood in a sidecar, in which line, and what to write instead."""

    path: Path
    line: int | None
    text: str

    def __str__(self) -> str:
        where = "" if self.line is None else f", line {self.line}"
        return f"{self.path}{where}: {self.text}."


class SidecarRow(NamedTuple):
    """What a sidecar says of a file, which is named as it is written there. The keys of ``values`` are fields of
    `zhengce.corpus.model.Metadata`, and ``encoding``."""

    line: int | None
    file: str
    values: Mapping[str, str]


class Sidecar(NamedTuple):
    """A table that was read, and what in it was not understood."""

    path: Path
    rows: tuple[SidecarRow, ...]
    notes: tuple[Note, ...] = ()


def read_sidecar(path: Path) -> Sidecar:
    """Return what a sidecar says.

    Raises:
        DocumentError: It cannot be read, it has no column for the files, or it is not TOML.
    """
    decoded = decode(path, read_bytes(path, _LARGEST))
    notes = [Note(path, None, warning) for warning in decoded.warnings]

    def note(line: int | None, text: str) -> None:
        notes.append(Note(path, line, text))

    read = _read_csv if path.suffix == ".csv" else _read_toml
    rows = tuple(read(path, decoded.text, note))
    return Sidecar(path, rows, tuple(dict.fromkeys(notes)))


_TakeNote = Callable[["int | None", str], None]


def _read_csv(path: Path, text: str, note: _TakeNote) -> Iterator[SidecarRow]:
    text, skipped = (_SEPARATOR_LINE.sub("", text, count=1), 1) if _SEPARATOR_LINE.match(text) else (text, 0)
    lines = _csv_lines(path, text, skipped, note)
    first, headings = next(lines, (1, []))
    columns = _columns(first, headings, note)
    if FILE not in columns:
        known = f"“{FILE.name}” or “{FILE.headings[0]}”"
        raise DocumentError(f"{path} has no column {known} with the names of the files.")
    for line, cells in lines:
        if any(cell.strip() for cell in cells[len(columns) :]):
            advice = "put a cell that has a comma in it in quotation marks"
            note(line, f"the line has more cells than there are columns, and is left out; {advice}")
            continue
        row = [(column, cell) for column, cell in zip(columns, cells, strict=False) if column and cell.strip()]
        file = next((cell.strip() for column, cell in row if column is FILE), "")
        values = _understood(line, [(column, cell) for column, cell in row if column is not FILE], note)
        if file or values:
            yield SidecarRow(line, file, values)


def _csv_lines(path: Path, text: str, skipped: int, note: _TakeNote) -> Iterator[tuple[int, list[str]]]:
    """Yield the cells of each line that is not empty, with its number; ``skipped`` lines stood before them."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    before = 0
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            line = skipped + before + 1
            if before == 0:
                raise DocumentError(f"{path} cannot be read: line {line}: {error}.") from error
            note(line, f"the line cannot be read, and nothing after it is: {error}")
            return
        if cells is None:
            return
        line, before = skipped + before + 1, reader.line_num
        if reader.line_num + skipped - line > _LONGEST_CELL:
            through = f"a cell goes on to line {reader.line_num + skipped}"
            note(line, f"{through}, and the lines between are left out; close its quotation mark")
        elif any(cell.strip() for cell in cells):
            yield line, cells


def _delimiter(text: str) -> str:
    """Return the delimiter with which the first line has the most columns that are known."""
    first = next((line for line in text.splitlines() if line.strip(f"{_DELIMITERS} ")), "")

    def known(delimiter: str) -> int:
        try:
            return sum(field_of(each, COLUMNS) is not None for each in next(csv.reader([first], delimiter=delimiter)))
        except csv.Error:
            return 0

    return max(_DELIMITERS, key=known)


def _columns(line: int, headings: Sequence[str], note: _TakeNote) -> list[MetadataField | None]:
    """Return what each column is, None for those to be left out."""
    columns: list[MetadataField | None] = []
    for heading in headings:
        column = field_of(heading, COLUMNS)
        if column is None and heading.strip():
            note(line, f"the column “{heading.strip()}” is left out; {_advice(heading)}")
        elif column and column in columns:
            note(line, f"the column “{heading.strip()}” is left out: another one before it is {column.name} too")
            column = None
        columns.append(column)
    return columns


def _understood(line: int | None, cells: Iterable[tuple[MetadataField, str]], note: _TakeNote) -> dict[str, str]:
    """Return the values that their fields take."""
    values: dict[str, str] = {}
    for column, cell in cells:
        try:
            values[column.name] = canonical(column, cell)
        except ValueFormError as error:
            note(line, f"{column.name}: {error}")
            continue
        if column is ENCODING and not is_encoding(values[column.name]):
            note(line, f"there is no encoding “{values.pop(column.name)}”; write UTF-8, GB18030 or Big5")
    return values


def _read_toml(path: Path, text: str, note: _TakeNote) -> Iterator[SidecarRow]:
    try:
        tables = toml.loads(text)
    except (ValueError, RecursionError) as error:
        raise DocumentError(f"{path} cannot be read: {error}.") from error
    lines = text.splitlines()
    for file, table in tables.items():
        head = _line_of(lines, file)
        if not isinstance(table, dict):
            note(head, f'“{file}” is outside of a table; write the name of the file above it: ["a.txt"]')
            continue
        cells: list[tuple[int | None, MetadataField, str]] = []
        for key, value in table.items():
            line = _line_of(lines, key, head or 1)
            column = field_of(key, COLUMNS)
            items = value if isinstance(value, list) else [value]
            if isinstance(value, dict) and column is None:
                note(line, f'the name of a file stands in quotation marks: ["{file}.{key}"]')
            elif column is None or column is FILE:
                note(line, f"the key “{key}” is left out; {_advice(key)}")
            elif any(isinstance(item, (dict, list)) for item in items):
                note(line, f"{key} is neither a text nor a list of texts, and is left out")
            elif said := " ".join(map(str, items)).strip():
                cells.append((line, column, said))
        values = [_understood(line, [(column, cell)], note) for line, column, cell in cells]
        yield SidecarRow(head, file, {key: each for found in values for key, each in found.items()})


def _line_of(lines: Sequence[str], key: Any, first: int = 1) -> int | None:
    """Return the number of the first line from ``first`` on that begins with a key or table, None if none does: TOML
    may write a key with escapes. `tomllib` does not tell where a key stands."""
    for number, line in enumerate(lines[first - 1 :], start=first):
        if line.lstrip(" \t[\"'").startswith(str(key)):
            return number
    return None


def _advice(heading: str) -> str:
    """Return what to write instead of a heading that is not known."""
    names = {name: column for column in COLUMNS for name in (column.name, *column.headings)}
    near = difflib.get_close_matches(heading.strip().casefold(), names, 1)
    if near:
        return f"write {near[0]}, if that is what it is"
    return f"the columns are {', '.join(column.name for column in COLUMNS)}, or {FIELDS[0].headings[0]}, … in Chinese"
