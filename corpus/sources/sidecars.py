"""Sidecars: tables of metadata beside the documents, which win over what the texts say.

``metadata.csv`` has a column ``file`` (文件), and others for the fields of `zhengce.corpus.metadata.fields`, any of
which may be missing or empty. ``metadata.toml`` has a table with such keys for each file. Both may give an
``encoding``. What is not understood in a sidecar is noted and left out; the rest of it applies.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from ..errors import DocumentError
from ..messages import message
from ..metadata.fields import FIELDS, MetadataField, ValueFormError, canonical, field_of
from ..text.encodings import is_encoding
from . import toml
from .csv_tables import TakeNote, noted, read_text, table_rows, unknown_column

NAMES = ("metadata.csv", "metadata.toml")
FILE = MetadataField(
    "file", ("文件", "文件名", "文件路径", "路径"), "text", message("the file, by its path from the table")
)
ENCODING = MetadataField("encoding", ("编码",), "text", message("the encoding of the file"))
COLUMNS = (FILE, *FIELDS, ENCODING)
"""What a column of a sidecar may be."""


class Note(NamedTuple):
    """What was not understood in a sidecar, in which line, and what to write instead. ``is_sentence`` says that the
    text is a sentence that names the sidecar itself."""

    path: Path
    line: int | None
    text: str
    is_sentence: bool = False

    def __str__(self) -> str:
        return self.text if self.is_sentence else noted(self.path, self.line, self.text)


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
    notes: list[Note] = []

    def note(line: int | None, text: str) -> None:
        notes.append(Note(path, line, text))

    read = _read_csv if path.suffix == ".csv" else _read_toml
    rows = tuple(read(path, read_text(path, note), note))
    return Sidecar(path, rows, tuple(dict.fromkeys(notes)))


def _read_csv(path: Path, text: str, note: TakeNote) -> Iterator[SidecarRow]:
    for line, cells in table_rows(path, text, COLUMNS, note):
        row = [(column, cells[column.name]) for column in COLUMNS[1:] if cells.get(column.name)]
        values = _understood(line, row, note)
        if cells[FILE.name] or values:
            yield SidecarRow(line, cells[FILE.name], values)


def _understood(line: int | None, cells: Iterable[tuple[MetadataField, str]], note: TakeNote) -> dict[str, str]:
    """Return the values that their fields take."""
    values: dict[str, str] = {}
    for column, cell in cells:
        try:
            values[column.name] = canonical(column, cell)
        except ValueFormError as error:
            note(line, message("{field}: {problem}", field=column.name, problem=str(error)))
            continue
        if column is ENCODING and not is_encoding(values[column.name]):
            name = values.pop(column.name)
            note(line, message("there is no encoding “{name}”; write UTF-8, GB18030 or Big5", name=name))
    return values


def _read_toml(path: Path, text: str, note: TakeNote) -> Iterator[SidecarRow]:
    try:
        tables = toml.loads(text)
    except (ValueError, RecursionError) as error:
        raise DocumentError(message("{path} cannot be read: {reason}.", path=path, reason=str(error))) from error
    lines = text.splitlines()
    for file, table in tables.items():
        head = _line_of(lines, file)
        if not isinstance(table, dict):
            said = message('“{key}” is outside of a table; write the name of the file above it: ["a.txt"]', key=file)
            note(head, said)
            continue
        cells: list[tuple[int | None, MetadataField, str]] = []
        for key, value in table.items():
            line = _line_of(lines, key, head or 1)
            column = field_of(key, COLUMNS)
            items = value if isinstance(value, list) else [value]
            if isinstance(value, dict) and column is None:
                name = f"{file}.{key}"
                note(line, message('the name of a file stands in quotation marks: ["{name}"]', name=name))
            elif column is None or column is FILE:
                advice = unknown_column(key, COLUMNS)
                note(line, message("the key “{key}” is left out; {advice}", key=key, advice=advice))
            elif any(isinstance(item, (dict, list)) for item in items):
                note(line, message("{key} is neither a text nor a list of texts, and is left out", key=key))
            elif written := " ".join(map(str, items)).strip():
                cells.append((line, column, written))
        values = [_understood(line, [(column, cell)], note) for line, column, cell in cells]
        yield SidecarRow(head, file, {key: each for found in values for key, each in found.items()})


def _line_of(lines: Sequence[str], key: Any, first: int = 1) -> int | None:
    """Return the number of the first line from ``first`` on that begins with a key or table, None if none does: TOML
    may write a key with escapes. `tomllib` does not tell where a key stands."""
    for number, line in enumerate(lines[first - 1 :], start=first):
        if line.lstrip(" \t[\"'").startswith(str(key)):
            return number
    return None
