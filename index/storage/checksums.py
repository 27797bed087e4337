"""Seals: a checksum that stands in the first line of a small file, which is read whole and must not mislead."""

from __future__ import annotations

import zlib


def sealed(text: str) -> str:
    """Return an ASCII text with its checksum before it."""
    return f"{zlib.crc32(text.encode('ascii'))}\n{text}"


def unsealed(data: bytes) -> bytes:
    """Return what was sealed.

    Raises:
        ValueError: It is not as it was written.
    """
    checksum, _, written = data.partition(b"\n")
    if checksum != b"%d" % zlib.crc32(written):
        raise ValueError("not as it was written")
    return written
