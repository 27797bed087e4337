"""Sidecars: tables of metadata beside the documents, which win over what the texts say.

``metadata.csv`` has a column ``file``, the path of a document from the folder of the table, and columns named as the
fields of `zhengce.corpus.model.Metadata`, any of which may be missing or empty. ``metadata.toml`` has a table with such
keys for each file, named by its path. Both may give an ``encoding``.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from ..errors import DocumentError
from ..files import read_bytes
from ..model import Metadata
from . import toml

NAMES = ("metadata.csv", "metadata.toml")
KEYS = frozenset(field.name for field in fields(Metadata)) | {"encoding"}
_FILE = "file"
_LARGEST = 50_000_000  # bytes


def read_sidecar(path: Path) -> dict[Path, dict[str, str]]:
    """Return the metadata in a sidecar, by the path of the file.

    Raises:
        DocumentError: The sidecar cannot be read, or has an unknown column or key.
    """
    found: dict[Path, dict[str, str]] = {}
    for file, values in _read_csv(path) if path.suffix == ".csv" else _read_toml(path):
        file_path = path.parent / file
        found[file_path] = {**found.get(file_path, {}), **_checked(path, values)}
    return found


def _read_csv(path: Path) -> Iterable[tuple[str, Mapping[str, Any]]]:
    rows = csv.DictReader(io.StringIO(_text(path), newline=""))
    try:
        if _FILE not in (rows.fieldnames or ()):
            raise DocumentError(f"{path} has no column “{_FILE}” with the names of the files.")
        for row in rows:
            if None in row:
                raise DocumentError(f"{path} has more cells in line {rows.line_num} than columns.")
            yield row.pop(_FILE) or "", row
    except csv.Error as error:
        raise DocumentError(f"{path} cannot be read: line {rows.reader.line_num}: {error}.") from error


def _read_toml(path: Path) -> Iterable[tuple[str, Mapping[str, Any]]]:
    try:
        tables = toml.loads(_text(path))
    except (ValueError, RecursionError) as error:
        raise DocumentError(f"{path} cannot be read: {error}.") from error
    for file, values in tables.items():
        if not isinstance(values, dict):
            raise DocumentError(
                f'{path} has the key “{file}” outside of a table; write the name of the file above it: ["{file}"].'
            )
        yield file, values


def _text(path: Path) -> str:
    try:
        return read_bytes(path, _LARGEST).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        name = "“CSV UTF-8”" if path.suffix == ".csv" else "UTF-8"
        raise DocumentError(f"{path} is not UTF-8 at byte {error.start}; save it as {name}.") from error


def _checked(path: Path, values: Mapping[str, Any]) -> dict[str, str]:
    if unknown := [key for key in values if key not in KEYS]:
        raise DocumentError(f"{path} has the unknown key “{unknown[0]}”; the keys are {', '.join(sorted(KEYS))}.")
    lists = {key: value if isinstance(value, list) else [value] for key, value in values.items() if value is not None}
    for key, items in lists.items():
        if any(isinstance(item, (dict, list)) for item in items):
            raise DocumentError(f"{path} has “{key}”, which is neither a text nor a list of texts.")
    return {key: said for key, items in lists.items() if (said := " ".join(map(str, items)).strip())}
