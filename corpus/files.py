"""Files: where documents come from, and their bytes."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from .errors import DocumentError


@dataclass(frozen=True, slots=True)
class Source:
    """A file to be read as a document: its id and its path.

    ``defaults`` are used where its text says nothing, such as the date in its name; ``overrides`` are believed rather
    than the text. The keys of both are fields of `zhengce.corpus.model.Metadata`. ``encoding`` is what
    its characters are encoded in, None where that is to be found out.
    """

    id: str
    path: Path
    defaults: Mapping[str, str] = field(default_factory=dict)
    overrides: Mapping[str, str] = field(default_factory=dict)
    encoding: str | None = None


@dataclass(frozen=True, slots=True)
class Root:
    """A folder or file that a corpus is made of.

    ``globs`` choose among the files in it, by Git's patterns, all where there are none. ``encoding`` is that of all of
    its text files, None where it is to be found out for each. ``follow`` goes where links lead out of it.
    """

    path: Path
    globs: tuple[str, ...] = ()
    encoding: str | None = None
    follow: bool = False


@dataclass(frozen=True, slots=True)
class File:
    """A file that is to be read, with its size in bytes and the time of its last change in nanoseconds."""

    source: Source
    size: int
    time: int


def read_bytes(path: Path, limit: int | None = None) -> bytes:
    """Return a file's bytes.

    Raises:
        DocumentError: The file cannot be read, or has more bytes than the limit.
    """
    try:
        with path.open("rb") as file:
            data = file.read() if limit is None else file.read(limit + 1)
        if limit is not None and len(data) > limit:
            raise DocumentError(f"{path} has more than {limit:,} bytes, the most that are read.")
        return data
    except OSError as error:
        raise DocumentError(f"{path} cannot be read: {error.strerror or error}.") from error


def digest(parts: Iterable[bytes]) -> str:
    """Return a digest of some bytes, by which it is seen that any of them has changed.

    It is their size and CRC-32: nobody tries to deceive us, and `hashlib` takes 10 ms to load, a tenth of a search.
    """
    size = checksum = 0
    for part in parts:
        size += len(part)
        checksum = zlib.crc32(part, zlib.crc32(b"%d:" % len(part), checksum))
    return f"{size:x}-{checksum:08x}"
