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

_DATED = re.compile(r".*[(（](?P<day>(?:19|20)\d\d-\d\d-\d\d)[)）]|(?P<year>(?:19|20)\d\d)")


@dataclass(frozen=True, slots=True)
class Source:
    """A file to be read as a document: its id and its path.

    ``known`` is what is known of it where its text says nothing, as the date in its name; ``stated`` is what is to be
    believed rather than the text. The keys of both are fields of `zhengce.corpus.model.Metadata`. ``encoding`` is what
    its characters are encoded in, None where that is to be found out.
    """

    id: str
    path: Path
    known: Mapping[str, str] = field(default_factory=dict)
    stated: Mapping[str, str] = field(default_factory=dict)
    encoding: str | None = None


def sources_in(paths: Iterable[Path]) -> list[Source]:
    """Return the documents in folders, and files, in the order of their names.

    A document's id is its path within the folder without its ending, or with it where another has the same;
    hidden files and folders are left out. A day in brackets at the end of a file's name, or a year that is all of
    it, is the document's date where the text gives none.

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
        known = {"date": dated["day"] or dated["year"]} if (dated := _DATED.fullmatch(path.stem)) else {}
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
