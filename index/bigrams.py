"""Bigrams: which blocks of the folded texts hold a pair of neighbouring characters.

A term can stand only where all of its pairs do, so most blocks need not be read for it. Pairs, and single
characters, are hashed to rows; a row lists the numbers of its blocks, or has a bit for each where that is
shorter. Pairs that share a row make a block be read in vain, never left out.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Collection
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .pages import PagedFile, Sums

if TYPE_CHECKING:
    import numpy as np

ROWS, STARTS = "bigrams.rows", "bigrams.starts"

# Multipliers of multiplicative hashing: odd numbers without a pattern in their bits.
_FIRST, _SECOND, _BITS = 0x9E3779B1, 0x85EBCA6B, 0xFFFFFFFF
_SHIFT = 15


class BigramWriter:
    """Gathers the pairs of block after block, and writes the rows."""

    def __init__(self) -> None:
        self._codes: list[np.ndarray[Any, Any]] = []

    def add(self, block: bytes) -> None:
        """Add the next block, in UTF-16LE. Pairs across its lines do no harm."""
        import numpy as np

        units = np.frombuffer(block, dtype="<u2").astype(np.uint32)
        # numpy's integers wrap around as the hash wants.
        firsts = units * np.uint32(_FIRST)
        codes = np.concatenate((firsts, firsts[:-1] ^ (units[1:] * np.uint32(_SECOND))))
        self._codes.append(np.unique(codes ^ (codes >> np.uint32(_SHIFT))))

    def write(self, folder: Path) -> None:
        """Write the rows, about as many as there are different pairs."""
        import numpy as np

        blocks = len(self._codes)
        codes = np.concatenate(self._codes) if blocks else np.zeros(0, dtype=np.uint32)
        rows = 1 << max(4, (len(np.unique(codes)) // 2).bit_length())
        numbers = np.repeat(np.arange(blocks, dtype=_list_type(blocks)), [len(each) for each in self._codes])
        row_of = codes & np.uint32(rows - 1)
        numbers = numbers[np.argsort(row_of, kind="stable")]
        ends = np.cumsum(np.bincount(row_of, minlength=rows)).tolist()
        bitmap = _bitmap_bytes(blocks)
        starts = array("I", [0])
        with open(folder / ROWS, "wb") as file:
            first = 0
            for last in ends:
                listed = numbers[first:last]
                if listed.nbytes < bitmap:
                    data = listed.tobytes()
                else:
                    bits = np.zeros(bitmap * 8, dtype=bool)
                    bits[listed] = True
                    data = np.packbits(bits, bitorder="little").tobytes()
                file.write(data)
                starts.append(starts[-1] + len(data))
                first = last
        (folder / STARTS).write_bytes(starts.tobytes())


class Bigrams:
    """The rows of a segment, opened for reading.

    Raises:
        IndexDamagedError: A file of it is not as it was written. `candidates` raises it too.
    """

    def __init__(self, folder: Path, sums: dict[str, Sums], blocks: int) -> None:
        self._rows = PagedFile(folder / ROWS, sums[ROWS])
        self._starts = PagedFile(folder / STARTS, sums[STARTS]).array("I")
        self._blocks = blocks
        self._mask = len(self._starts) - 2

    def __len__(self) -> int:
        """Return the number of blocks."""
        return self._blocks

    def candidates(self, text: str) -> list[int]:
        """Return the numbers of the blocks, in order, in which a folded text may stand."""
        lists: list[Collection[int]] = []
        bitmaps: list[bytes] = []
        bitmap = _bitmap_bytes(self._blocks)
        for row in dict.fromkeys(code & self._mask for code in _codes(text)):
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


def _list_type(blocks: int) -> str:
    """Return the type of integers that number blocks: 16 bits, but for a document of a gigabyte."""
    return "H" if blocks <= 1 << 16 else "I"


def _bitmap_bytes(blocks: int) -> int:
    return -(-blocks // 8)


@lru_cache(maxsize=256)
def _codes(text: str) -> tuple[int, ...]:
    """Return the hashes of a text's pairs of UTF-16 units; of one unit, its own."""
    data = text.encode("utf-16-le")
    units = struct.unpack(f"<{len(data) // 2}H", data)
    if len(units) == 1:
        codes = [units[0] * _FIRST & _BITS]
    else:
        codes = [first * _FIRST & _BITS ^ second * _SECOND & _BITS for first, second in pairwise(units)]
    return tuple(code ^ code >> _SHIFT for code in codes)


def _numbers(bitmaps: list[bytes]) -> list[int]:
    """Return the numbers whose bit is set in every bitmap."""
    bits = int.from_bytes(bitmaps[0], "little")
    for bitmap in bitmaps[1:]:
        bits &= int.from_bytes(bitmap, "little")
    return [number for number, bit in enumerate(bin(bits)[:1:-1]) if bit == "1"]
