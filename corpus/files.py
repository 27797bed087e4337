"""Files: where documents come from, their bytes and what text these are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from .errors import DocumentError


@dataclass(frozen=True, slots=True)
class Source:
    """A file to be read as a document: its id, its path, and what a catalogue states of it."""

    id: str
    path: Path
    known: Mapping[str, str] = field(default_factory=dict)


def read_bytes(path: Path) -> bytes:
    """Return a file's bytes.

    Raises:
        DocumentError: The file cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise DocumentError(f"{path} cannot be read: {error.strerror or error}.") from error


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
