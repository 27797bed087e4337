"""Bigrams: which blocks of the folded texts hold a pair of neighbouring characters.

A term can occur only in a block that has all of its characters and pairs, so most blocks need not be read for it.
Pairs are hashed to rows, and each character has a row of its own. A row is a list of block numbers, or a bitmap where
that is shorter. Where pairs share a row, a block may be read in vain, but none is left out.
"""

from __future__ import annotations

import struct
from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from itertools import chain, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .checked_files import CheckedFile, PageChecksums

if TYPE_CHECKING:
    import numpy as np

ROWS, STARTS, CHARACTERS = "bigrams.rows", "bigrams.starts", "bigrams.characters"

# Multipliers of multiplicative hashing: odd numbers without a pattern in their bits.
_FIRST, _SECOND, _BITS = 0x9E3779B1, 0x85EBCA6B, 0xFFFFFFFF
_SHIFT = 15


class BigramWriter:
    """Collects the pairs of one block after another, and writes the rows."""

    def __init__(self) -> None:
        self._codes: list[np.ndarray[Any, Any]] = []
        self._units: list[np.ndarray[Any, Any]] = []

    def add(self, block: bytes) -> None:
        """Add the next block, in UTF-16LE. Pairs across its lines do no harm."""
        import numpy as np

        units = np.frombuffer(block, dtype="<u2").astype(np.uint32)
        # numpy's integers wrap around as the hash wants.
        codes = (units[:-1] * np.uint32(_FIRST)) ^ (units[1:] * np.uint32(_SECOND))
        self._codes.append(np.unique(codes ^ (codes >> np.uint32(_SHIFT))))
        self._units.append(np.unique(units))

    def write(self, folder: Path) -> None:
        """Write the rows: about as many as there are different pairs, then one for each character."""
        import numpy as np

        codes = np.concatenate(self._codes)
        rows = 1 << max(4, (len(np.unique(codes)) // 2).bit_length())
        characters, row_of_unit = np.unique(np.concatenate(self._units), return_inverse=True)
        starts = array("I", [0])
        with open(folder / ROWS, "wb") as file:
            for data in chain(
                _encoded(codes & np.uint32(rows - 1), rows, [len(each) for each in self._codes]),
                _encoded(row_of_unit, len(characters), [len(each) for each in self._units]),
            ):
                file.write(data)
                starts.append(starts[-1] + len(data))
        (folder / STARTS).write_bytes(starts.tobytes())
        (folder / CHARACTERS).write_bytes(characters.astype(np.uint16).tobytes())


def _encoded(row_of: np.ndarray[Any, Any], rows: int, sizes: Sequence[int]) -> Iterator[bytes]:
    """Yield ``rows`` rows as they are stored, given the row of each entry of all blocks in order, and the number of
    entries of each block."""
    import numpy as np

    blocks = len(sizes)
    bitmap = _bitmap_bytes(blocks)
    numbers = np.repeat(np.arange(blocks, dtype=_list_type(blocks)), sizes)
    numbers = numbers[np.argsort(row_of, kind="stable")]
    first = 0
    for last in np.cumsum(np.bincount(row_of, minlength=rows)).tolist():
        listed = numbers[first:last]
        if listed.nbytes < bitmap:
            yield listed.tobytes()
        else:
            bits = np.zeros(bitmap * 8, dtype=bool)
            bits[listed] = True
            yield np.packbits(bits, bitorder="little").tobytes()
        first = last


class Bigrams:
    """The rows of a segment, opened for reading.

    Raises:
        IndexDamagedError: A file is damaged. `candidates` raises it too.
    """

    def __init__(self, folder: Path, sums: dict[str, PageChecksums], blocks: int) -> None:
        self._rows = CheckedFile(folder / ROWS, sums[ROWS])
        self._starts = CheckedFile(folder / STARTS, sums[STARTS]).array("I")
        self._characters = CheckedFile(folder / CHARACTERS, sums[CHARACTERS]).array("H")
        self._blocks = blocks
        self._pairs = len(self._starts) - 1 - len(self._characters)

    def __len__(self) -> int:
        """Return the number of blocks."""
        return self._blocks

    def candidates(self, text: str) -> list[int]:
        """Return the numbers of the blocks, in order, in which a folded text may occur."""
        lists: list[Collection[int]] = []
        bitmaps: list[bytes] = []
        bitmap = _bitmap_bytes(self._blocks)
        for row in self._rows_of(text):
            if row is None:
                return []
            data = self._rows.read(self._starts[row], self._starts[row + 1])
            if len(data) == bitmap:
                bitmaps.append(data)
            elif data:
                lists.append(array(_list_type(self._blocks), data))
            else:
                return []
        if not lists:
            return _numbers(bitmaps)
        shortest = min(lists, key=len)
        common = set(shortest).intersection(*(each for each in lists if each is not shortest))
        return [block for block in sorted(common) if all(bits[block >> 3] >> (block & 7) & 1 for bits in bitmaps)]

    def _rows_of(self, text: str) -> Iterator[int | None]:
        """Yield the rows of a text's characters, None for one that does not occur, and of its pairs."""
        units = _units(text)
        for unit in dict.fromkeys(units):
            index = bisect_left(self._characters, unit)
            occurs = index < len(self._characters) and self._characters[index] == unit
            yield self._pairs + index if occurs else None
        yield from dict.fromkeys(code & self._pairs - 1 for code in _codes(units))


def _list_type(blocks: int) -> str:
    """Return the array type of block numbers: 16 bits are enough for a gigabyte of folded text."""
    return "H" if blocks <= 1 << 16 else "I"


def _bitmap_bytes(blocks: int) -> int:
    return -(-blocks // 8)


@lru_cache(maxsize=256)
def _units(text: str) -> tuple[int, ...]:
    data = text.encode("utf-16-le")
    return struct.unpack(f"<{len(data) // 2}H", data)


@lru_cache(maxsize=256)
def _codes(units: tuple[int, ...]) -> tuple[int, ...]:
    """Return the hashes of pairs of neighbouring UTF-16 units."""
    codes = (first * _FIRST & _BITS ^ second * _SECOND & _BITS for first, second in pairwise(units))
    return tuple(code ^ code >> _SHIFT for code in codes)


def _numbers(bitmaps: list[bytes]) -> list[int]:
    """Return the numbers whose bit is set in every bitmap."""
    bits = int.from_bytes(bitmaps[0], "little")
    for bitmap in bitmaps[1:]:
        bits &= int.from_bytes(bitmap, "little")
    return [number for number, bit in enumerate(bin(bits)[:1:-1]) if bit == "1"]
