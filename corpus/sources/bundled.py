"""The documents that come with the program, and their catalogue."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import DocumentError, reason_of
from ..files import File, Source, digest, read_bytes
from ..messages import message
from . import toml

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
    path = folder / _CATALOGUE
    try:
        entries = toml.loads(read_bytes(path).decode())["document"]
        for entry in entries:
            if not re.fullmatch(r"[\w.-]+", entry["id"]):
                raise DocumentError(
                    message(
                        "{path} has the id {id}; ids consist of letters, digits, _, - and .",
                        path=path,
                        id=repr(entry["id"]),
                    )
                )
        return tuple(
            Source(
                id=entry["id"],
                path=folder / entry["file"],
                defaults={key: str(value) for key, value in entry.items() if key not in _REQUIRED},
            )
            for entry in entries
        )
    except (ValueError, KeyError, TypeError) as error:
        raise DocumentError(
            message("{path} is not a catalogue of documents: {reason}.", path=path, reason=str(error))
        ) from error


def discovered(folder: Path) -> Discovered:
    """Return the files of a folder that has a catalogue.

    Raises:
        DocumentError: The catalogue cannot be read, or a file is missing.
    """
    from .discovery import Discovered

    files = []
    for source in catalogued_sources(folder):
        try:
            status = source.path.stat()
        except OSError as error:
            reason = reason_of(error)
            raise DocumentError(message("{path} cannot be read: {reason}.", path=source.path, reason=reason)) from error
        files.append(File(source, status.st_size, status.st_mtime_ns))
    return Discovered(tuple(files))


def fingerprint(folder: Path) -> str:
    """Return a digest of the names and contents of the files in a folder.

    Raises:
        DocumentError: The folder or a file in it cannot be read.
    """
    try:
        paths = sorted(path for path in folder.iterdir() if path.is_file())
    except OSError as error:
        reason = reason_of(error)
        raise DocumentError(message("{path} cannot be read: {reason}.", path=folder, reason=reason)) from error
    return digest(part for path in paths for part in (os.fsencode(path.name), read_bytes(path)))
