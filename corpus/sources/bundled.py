"""The documents that come with the program, and the catalogue that describes them."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import DocumentError
from ..files import File, Source, digest, read_bytes

if TYPE_CHECKING:
    from .discovery import Discovered

FOLDER = Path(__file__).parents[1] / "documents"
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
                defaults={key: str(value) for key, value in entry.items() if key not in _REQUIRED},
            )
            for entry in entries
        )
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError) as error:
        raise DocumentError(f"{path} is not a catalogue of documents: {error}.") from error


def discovered(folder: Path) -> Discovered:
    """Return the files of a folder that has a catalogue.

    Raises:
        DocumentError: The catalogue cannot be read, or a file is not there.
    """
    from .discovery import Discovered

    files = []
    for source in catalogued_sources(folder):
        try:
            status = source.path.stat()
        except OSError as error:
            raise DocumentError(f"{source.path} cannot be read: {error.strerror or error}.") from error
        files.append(File(source, status.st_size, status.st_mtime_ns))
    return Discovered(tuple(files))


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
