"""Files: where documents come from, their bytes and what text these are."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from .errors import DocumentError

SUFFIXES = (".md", ".txt")
"""The endings of the files that are taken for documents."""

_DATED = re.compile(r"[(（](?P<date>(?:19|20)\d\d-\d\d-\d\d)[)）]$")


@dataclass(frozen=True, slots=True)
class Source:
    """A file to be read as a document: its id, its path, and what is known of it besides its text, as its date."""

    id: str
    path: Path
    known: Mapping[str, str] = field(default_factory=dict)


def sources_in(paths: Iterable[Path]) -> list[Source]:
    """Return the documents in folders, and files, in the order of their names.

    A document's id is its path within the folder without its ending, or with it where another has the same;
    hidden files and folders are left out. A day in brackets at the end of a file's name is the document's
    date where the text gives none.

    Raises:
        DocumentError: A path does not exist or cannot be read, or there are no documents.
    """
    found: dict[Path, Path] = {}
    for path in paths:
        try:
            for file in _files(path):
                found.setdefault(file.resolve(), file.relative_to(path if path.is_dir() else path.parent))
        except OSError as error:
            raise DocumentError(f"{path} cannot be read: {error.strerror or error}.") from error
    if not found:
        endings = " or ".join(SUFFIXES)
        raise DocumentError(f"There is no document in {', '.join(map(str, paths))}: no file that ends in {endings}.")
    sources: dict[str, Source] = {}
    for path, name in found.items():
        known = {"date": dated["date"]} if (dated := _DATED.search(path.stem)) else {}
        for name_ in (name.with_suffix("").as_posix(), name.as_posix(), path.as_posix()):
            if name_ not in sources:
                sources[name_] = Source(name_, path, known)
                break
    return list(sources.values())


def _files(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        path.stat()
        yield path
        return
    for each in sorted(path.iterdir()):
        if each.name.startswith("."):
            continue
        if each.is_dir() and not each.is_symlink():
            yield from _files(each)
        elif each.suffix.lower() in SUFFIXES and each.is_file():
            yield each


def read_bytes(path: Path) -> bytes:
    """Return a file's bytes.

    Raises:
        DocumentError: The file cannot be read.
    """
    try:
        return path.read_bytes()
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


def decode(path: Path, data: bytes) -> str:
    """Return the text of a file's bytes, without a byte order mark.

    Raises:
        DocumentError: The bytes are not UTF-8; the message says where.
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise DocumentError(
            f"{path} is not UTF-8: byte {error.start} (line {line}) is 0x{data[error.start]:02x}. Convert it to UTF-8."
        ) from error
