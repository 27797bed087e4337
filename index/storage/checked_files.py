"""Files of an index, mapped into memory and checked page by page as they are read.

To check one checksum of a whole file, all of it would have to be read before the first answer. Here each page of 64 KiB
has its own, which is compared once, when the page is read.
"""

from __future__ import annotations

import mmap
import zlib
from array import array
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from ...corpus.messages import message
from ..errors import IndexDamagedError

PAGE = 1 << 16


class PageChecksums(NamedTuple):
    """A file's size in bytes, and the CRC-32 of each of its pages."""

    size: int
    pages: tuple[int, ...]


def damaged(path: Path) -> IndexDamagedError:
    """Return the error to raise for a file that is missing or damaged."""
    return IndexDamagedError(
        message(
            "The index is damaged: {path} is missing or corrupt. "
            "Run `zhengce index --rebuild` to repair it, with --corpus for a corpus of your own.",
            path=path,
        )
    )


def page_checksums(path: Path) -> PageChecksums:
    """Return the checksums of a file as it is now.

    Raises:
        OSError: It cannot be read.
    """
    size, pages = 0, []
    with open(path, "rb") as file:
        while page := file.read(PAGE):
            size += len(page)
            pages.append(zlib.crc32(page))
    return PageChecksums(size, tuple(pages))


class CheckedFile:
    """A file of the index. A page is checked before any byte of it is returned.

    Raises:
        IndexDamagedError: The file is missing or its size has changed. Reading raises it for a page that has changed.
    """

    def __init__(self, path: Path, sums: PageChecksums) -> None:
        self._path = path
        self._sums = sums.pages
        self._checked = bytearray(len(sums.pages))
        self._data: mmap.mmap | bytes = b""
        try:
            with open(path, "rb") as file:
                if path.stat().st_size != sums.size:
                    raise damaged(path)
                if sums.size:
                    self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError) as error:
            raise damaged(path) from error

    def __len__(self) -> int:
        """Return the number of bytes."""
        return len(self._data)

    def check(self, start: int, end: int) -> None:
        """Check the pages of ``[start, end)`` that have not been checked yet.

        Raises:
            IndexDamagedError: A page has changed.
        """
        with memoryview(self._data) as data:
            for page in range(start // PAGE, -(-end // PAGE)):
                if not self._checked[page]:
                    if zlib.crc32(data[page * PAGE : (page + 1) * PAGE]) != self._sums[page]:
                        raise damaged(self._path)
                    self._checked[page] = True

    def checked(self, start: int, end: int) -> mmap.mmap | bytes:
        """Return the whole file, of which only ``[start, end)`` may be read: those bytes are checked."""
        self.check(start, end)
        return self._data

    def read(self, start: int = 0, end: int | None = None) -> bytes:
        """Return the bytes of ``[start, end)``, by default all."""
        end = len(self) if end is None else end
        self.check(start, end)
        return self._data[start:end]

    def array(self, type_: str) -> Sequence[int]:
        """Return the whole file as integers of an `array` type."""
        return array(type_, self.read())
