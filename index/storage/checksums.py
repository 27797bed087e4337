"""A checksum in the first line of a small file that is read whole, so that damage to it is noticed."""

from __future__ import annotations

import zlib


def with_checksum(text: str) -> str:
    """Return an ASCII text with a line before it that holds its CRC-32."""
    return f"{zlib.crc32(text.encode('ascii'))}\n{text}"


def verified(data: bytes) -> bytes:
    """Return the text that `with_checksum` was given.

    Raises:
        ValueError: The text or its checksum has been changed.
    """
    checksum, _, written = data.partition(b"\n")
    if checksum != b"%d" % zlib.crc32(written):
        raise ValueError("not as it was written")
    return written
