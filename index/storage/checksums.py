"""Small files that are read whole: a checksum shows damage, and new content replaces the old in one step."""

from __future__ import annotations

import os
import zlib
from contextlib import suppress
from pathlib import Path


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


def replace_file(path: Path, text: str) -> None:
    """Replace the content of a file by an ASCII text: after a kill or a full disk, the old content is there or the new,
    never a part.

    Raises:
        OSError: The text cannot be written. The file is as it was.
    """
    new = path.with_name(path.name + ".new")
    try:
        write_through(new, text)
        new.replace(path)
    except BaseException:
        with suppress(OSError):
            new.unlink(missing_ok=True)
        raise


def write_through(path: Path, text: str) -> None:
    """Write an ASCII text to a file, and wait until it has reached the disk.

    Raises:
        OSError: It cannot be written.
    """
    with open(path, "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
