"""The documents that come with the program, and the catalogue that describes them."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

from .errors import DocumentError
from .files import Source, digest, read_bytes

FOLDER = Path(__file__).parent / "documents"
_CATALOGUE = "catalogue.toml"
_REQUIRED = ("id", "file")


def catalogued_sources(folder: Path) -> tuple[Source, ...]:
    """Return the documents of a folder that has a catalogue, in the catalogue's order.

    Raises:
        DocumentError: The catalogue cannot be read, or an entry lacks its id or file.
    """
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib

    path = folder / _CATALOGUE
    try:
        entries = tomllib.loads(read_bytes(path).decode())["document"]
        for entry in entries:
            if not re.fullmatch(r"[\w.-]+", entry["id"]):
                raise DocumentError(f"{path}: an id is made of letters, digits, _, - and ., unlike {entry['id']!r}.")
        return tuple(
            Source(
                id=entry["id"],
                path=folder / entry["file"],
                known={key: str(value) for key, value in entry.items() if key not in _REQUIRED},
            )
            for entry in entries
        )
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError) as error:
        raise DocumentError(f"{path} is not a catalogue of documents: {error}.") from error


def fingerprint(folder: Path) -> str:
    """Return a digest of the files of a folder and their names; it changes when any of them does.

    Raises:
        DocumentError: The folder or a file in it cannot be read.
    """
    try:
        paths = sorted(path for path in folder.iterdir() if path.is_file())
    except OSError as error:
        raise DocumentError(f"{folder} cannot be read: {error.strerror or error}.") from error
    return digest(part for path in paths for part in (os.fsencode(path.name), read_bytes(path)))
