"""Files of an index, mapped into memory and checked page by page as they are read.

A checksum of a whole file would have to read it all before the first answer; here each page of 64 KiB has its own, and
is compared once, when something in it is wanted.
"""

from __future__ import annotations

import mmap
import zlib
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ..errors import IndexDamagedError

PAGE = 1 << 16

MEND = "Run `zhengce index --rebuild` to mend it, with --corpus for a corpus of your own."


@dataclass(frozen=True, slots=True)
class PageChecksums:
    """A file's size in bytes, and the CRC-32 of each of its pages."""

    size: int
    pages: tuple[int, ...]


def damaged(path: Path) -> IndexDamagedError:
    """Return the error for a file of the index that is not as it was written."""
    return IndexDamagedError(f"The index is damaged: {path} is missing or not as it was written. {MEND}")


def page_checksums(path: Path) -> PageChecksums:
    """Return the sums of a file as it is.

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
    """A file of the index, of which no byte is believed before its page has been checked.

    Raises:
        IndexDamagedError: The file is missing or has another size than when it was written. Reading raises it
            too, where a page is not as it was written.
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
        """Compare the pages that hold ``[start, end)`` with their sums, those that have not been yet.

        Raises:
            IndexDamagedError: One is not as it was written.
        """
        with memoryview(self._data) as data:
            for page in range(start // PAGE, -(-end // PAGE)):
                if not self._checked[page]:
                    if zlib.crc32(data[page * PAGE : (page + 1) * PAGE]) != self._sums[page]:
                        raise damaged(self._path)
                    self._checked[page] = True

    def checked(self, start: int, end: int) -> mmap.mmap | bytes:
        """Return the file for reading in ``[start, end)`` of it, which has been checked."""
        self.check(start, end)
        return self._data

    def read(self, start: int = 0, end: int | None = None) -> bytes:
        """Return bytes, by default all."""
        end = len(self) if end is None else end
        self.check(start, end)
        return self._data[start:end]

    def array(self, type_: str) -> Sequence[int]:
        """Return the whole file as integers of an `array` type."""
        return array(type_, self.read())
