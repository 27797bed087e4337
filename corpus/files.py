"""Files: where documents come from, and how their bytes are read and compared."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from .errors import DocumentError, reason_of
from .messages import message


class Source(NamedTuple):
    """A file to be read as a document: its id and its path.

    ``defaults`` are metadata for what its text does not say; ``overrides`` replace what the text says. The keys of both
    are fields of `zhengce.corpus.model.Metadata`. ``encoding`` is the encoding of its text, None if it has to be
    detected. ``whole`` says that it is one document even if it is a volume of many; ``parts`` are the ``overrides`` of
    its documents by their numbers.
    """

    id: str
    path: Path
    defaults: Mapping[str, str] = {}
    overrides: Mapping[str, str] = {}
    encoding: str | None = None
    whole: bool = False
    parts: Mapping[int, Mapping[str, str]] = {}


class Root(NamedTuple):
    """A folder or file that a corpus is made of.

    ``globs`` select the files in it, as patterns of Git do; all files if there are none. ``encoding`` is the encoding
    of its text files, None if it has to be detected for each. ``follow`` says that links out of it are followed.
    ``whole`` says that each file is one document, even a volume of many.
    """

    path: Path
    globs: tuple[str, ...] = ()
    encoding: str | None = None
    follow: bool = False
    whole: bool = False


class File(NamedTuple):
    """A file to be read, with its size in bytes and the time of its last change in nanoseconds."""

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
            raise DocumentError(
                message("{path} has more than {limit:,} bytes, the most that are read.", path=path, limit=limit)
            )
        return data
    except OSError as error:
        raise DocumentError(message("{path} cannot be read: {reason}.", path=path, reason=reason_of(error))) from error


def digest(parts: Iterable[bytes]) -> str:
    """Return a digest of some bytes, which changes if any of them does.

    It is their size and CRC-32: no attack is expected, and `hashlib` takes 10 ms to import, a tenth of a search.
    """
    size = checksum = 0
    for part in parts:
        size += len(part)
        checksum = zlib.crc32(part, zlib.crc32(b"%d:" % len(part), checksum))
    return f"{size:x}-{checksum:08x}"
