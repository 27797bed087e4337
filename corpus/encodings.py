"""Encodings: the text of a file's bytes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from .errors import DocumentError


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding that its bytes were in, named for people, and what of them could not be decoded."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def decode(path: Path, data: bytes, encoding: str | None = None) -> Decoded:
    """Return the text of a file's bytes, without a byte order mark.

    Raises:
        DocumentError: The bytes are not UTF-8; the message says where.
    """
    try:
        return Decoded(data.decode("utf-8-sig"), "UTF-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise DocumentError(
            f"{path} is not UTF-8: byte {error.start} (line {line}) is 0x{data[error.start]:02x}. Convert it to UTF-8."
        ) from error
