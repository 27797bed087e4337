"""A segment opened for reading: folded texts to search in, passages to show, and what is known of them.

Its files are described in `zhengce.index.storage.segment_files`.
"""

from __future__ import annotations

import json
import mmap
import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from pathlib import Path

from ...corpus.model import Passage
from ..model import IndexedDocument
from .bigrams import Bigrams
from .checked_files import CheckedFile, PageChecksums, damaged
from .corrections import Corrections, corrected
from .document_records import read_record
from .segment_files import (
    BLOCKS,
    DOCUMENT_FIRSTS,
    DOCUMENT_STARTS,
    DOCUMENTS,
    EDGES,
    FOLDED,
    HEADINGS,
    KINDS,
    ORDINALS,
    PASSAGE_KINDS,
    SAMPLE_UNITS,
    SECTION_HEADINGS,
    SECTION_PARENTS,
    SECTIONS,
    SPLITS,
    STARTS,
    TEXT_STARTS,
    TEXTS,
    WORDS,
)  # fmt: skip

_STRETCH = 1 << 16  # units; more fall out of the processor's cache between two steps


class Segment:
    """A segment opened for reading.

    ``base`` is the ordinal of its first passage in the whole index; ``removed`` are the numbers of the documents that
    have been removed from the corpus, whose passages are not found; ``corrections`` are what was set by hand. The ids
    of documents begin with the ``prefix``.

    Raises:
        IndexDamagedError: A file is missing or not as it was written. Any reading raises it too.
    """

    def __init__(
        self,
        folder: Path,
        sums: dict[str, PageChecksums],
        base: int,
        removed: frozenset[int] = frozenset(),
        corrections: Corrections | None = None,
        prefix: str = "",
    ) -> None:
        self.folder = folder
        self._prefix = prefix
        self._corrections = corrections or {}
        self.base = base
        self._removed = removed
        self._sums = sums
        self._folded = self._file(FOLDED)
        self._texts = self._file(TEXTS)
        self._last_records: tuple[int, list[bytes]] = (-1, [])
        self._known: dict[int, IndexedDocument] = {}
        self.bigrams = Bigrams(folder, sums, len(self.blocks) - 1)

    def __len__(self) -> int:
        """Return the number of passages."""
        return self._sums[PASSAGE_KINDS].size

    @cached_property
    def starts(self) -> Sequence[int]:
        """Return where each passage begins, in units, and where the last ends."""
        return self._file(STARTS).array("I")

    @cached_property
    def sampled_ordinals(self) -> Sequence[int]:
        """Return the passage at every 64th unit."""
        return self._file(ORDINALS).array("I")

    @cached_property
    def blocks(self) -> Sequence[int]:
        """Return the first passage of each block, and how many passages there are."""
        return self._file(BLOCKS).array("I")

    @cached_property
    def splits(self) -> Sequence[int]:
        """Return the units at which no character of a text begins, in order."""
        return self._file(SPLITS).array("I")

    @cached_property
    def boundaries(self) -> bytes:
        """Return the bits of the units at which a word begins or a passage ends."""
        return self._file(WORDS).read()

    @cached_property
    def kinds(self) -> bytes:
        """Return the kind of each passage, as an index into `KINDS`."""
        return self._file(PASSAGE_KINDS).read()

    @cached_property
    def document_firsts(self) -> Sequence[int]:
        """Return the first passage of each document."""
        return self._file(DOCUMENT_FIRSTS).array("I")

    @cached_property
    def documents(self) -> tuple[IndexedDocument, ...]:
        """Return the documents that are not removed, in order."""
        return tuple(
            self.document(number) for number in range(len(self.document_firsts)) if number not in self._removed
        )

    @cached_property
    def alive(self) -> Sequence[range]:
        """Return the passages of the documents that are not removed."""
        ranges: list[range] = []
        start = 0
        for number in sorted(self._removed):
            if start < self.document_firsts[number]:
                ranges.append(range(start, self.document_firsts[number]))
            start = self.end(number)
        return [*ranges, range(start, len(self))] if start < len(self) else ranges

    @property
    def removed(self) -> Sequence[range]:
        """Return the passages of the removed documents."""
        return [range(self.document_firsts[number], self.end(number)) for number in sorted(self._removed)]

    @property
    def document_count(self) -> int:
        """Return the number of documents that are not removed."""
        return len(self.document_firsts) - len(self._removed)

    def end(self, number: int) -> int:
        """Return the passage after the last of a document."""
        after = number + 1
        return self.document_firsts[after] if after < len(self.document_firsts) else len(self)

    def stretches(self, blocks: Sequence[int], within: Sequence[range]) -> Iterator[tuple[int, int]]:
        """Yield the parts of the folded text to be searched, as ``[start, end)`` in units: the blocks, as far as they
        lie within ranges of passages. Neighbours are joined up to 128 KiB."""
        first = last = 0
        for passages in within:
            stop = bisect_left(self.blocks, passages.stop)
            for block in blocks[bisect_left(blocks, bisect_right(self.blocks, passages.start) - 1) :]:
                if block >= stop:
                    break
                start = self.starts[max(self.blocks[block], passages.start)]
                end = self.starts[min(self.blocks[block + 1], passages.stop)]
                if start != last or end - first > _STRETCH:
                    if last > first:
                        yield first, last
                    first = start
                last = end
        if last > first:
            yield first, last

    def checked(self, start: int, end: int) -> mmap.mmap | bytes:
        """Return the folded text, in UTF-16LE, for reading in ``[start, end)`` of its units."""
        return self._folded.checked(start * 2, end * 2)

    def units(self, start: int, end: int) -> bytes:
        """Return ``[start, end)`` of the folded text, in UTF-16LE."""
        return self._folded.read(start * 2, end * 2)

    def folded(self, ordinal: int) -> str:
        """Return the folded text of a passage."""
        return self.units(self.starts[ordinal], self.starts[ordinal + 1] - 1).decode("utf-16-le")

    def ordinal(self, unit: int) -> int:
        """Return the passage at a unit of the folded text."""
        ordinal = self.sampled_ordinals[unit // SAMPLE_UNITS]
        while self.starts[ordinal + 1] <= unit:
            ordinal += 1
        return ordinal

    def is_boundary(self, unit: int) -> bool:
        """Say whether a word begins at a unit, or a passage ends."""
        return bool(self.boundaries[unit >> 3] >> (unit & 7) & 1)

    def word_starts(self, ordinal: int) -> list[int]:
        """Return where words begin in a passage, in characters of its folded text."""
        start, end = self.starts[ordinal], self.starts[ordinal + 1] - 1
        bits = int.from_bytes(self.boundaries[start >> 3 : (end >> 3) + 1], "little") >> (start & 7)
        units = [unit for unit, bit in enumerate(f"{bits:b}"[::-1][: end - start]) if bit == "1"]
        text = self.folded(ordinal)
        if len(text) == end - start:
            return units
        sizes = (1 + (character > "\uffff") for character in text)
        characters = {unit: offset for offset, unit in enumerate(accumulate(sizes, initial=0))}
        return [characters[unit] for unit in units]

    def may_split(self, folded: str) -> bool:
        """Say whether a folded string may begin or end within what a single character has folded to."""
        return folded[0] in self._edges[0] or folded[-1] in self._edges[1]

    def is_split(self, unit: int) -> bool:
        """Say whether a unit lies within what a single character has folded to."""
        index = bisect_left(self.splits, unit)
        return index < len(self.splits) and self.splits[index] == unit

    def document_at(self, ordinal: int) -> int:
        """Return the number of a passage's document in this segment."""
        return bisect_right(self.document_firsts, ordinal) - 1

    def document(self, number: int) -> IndexedDocument:
        """Return a document."""
        return self._known.get(number) or self._known.setdefault(number, self._read_document(number))

    def _read_document(self, number: int) -> IndexedDocument:
        start, end = self._document_starts[number : number + 2]
        try:
            document = read_record(self._documents_file.read(start, end), self.base)
        except (ValueError, KeyError, TypeError) as error:
            raise damaged(self.folder / DOCUMENTS) from error
        said = self._corrections.get(document.id)
        document = corrected(document, said) if said else document
        return document._replace(id=self._prefix + document.id) if self._prefix else document

    def section_above(self, ordinal: int) -> int:
        """Return the section that a passage stands under: for a heading, the one above the section that it opens."""
        number = self.sections[ordinal]
        return self.section_parents[number] if KINDS[self.kinds[ordinal]] == "heading" else number

    def section(self, ordinal: int) -> tuple[str, ...]:
        """Return the section path of a passage."""
        return tuple(heading for _, heading in self.path(self.section_above(ordinal)))

    def path(self, section: int) -> list[tuple[int, str]]:
        """Return a section and those that it is under, outermost first, as their numbers and headings."""
        path: list[tuple[int, str]] = []
        while (parent := self.section_parents[section]) != section:
            path.append((section, self.headings[self.section_headings[section]]))
            section = parent
        return path[::-1]

    @cached_property
    def sections(self) -> Sequence[int]:
        """Return the section of each passage; a heading is in the one that it opens."""
        return self._file(SECTIONS).array("I")

    @cached_property
    def section_parents(self) -> Sequence[int]:
        """Return the section that each is under; a document's topmost is under itself."""
        return self._file(SECTION_PARENTS).array("I")

    @cached_property
    def section_headings(self) -> Sequence[int]:
        """Return the index of each section's heading in `headings`."""
        return self._file(SECTION_HEADINGS).array("I")

    @cached_property
    def headings(self) -> tuple[str, ...]:
        """Return the different headings of sections, the empty one first."""
        try:
            return tuple(map(str, json.loads(self._file(HEADINGS).read())))
        except (ValueError, TypeError) as error:
            raise damaged(self.folder / HEADINGS) from error

    def passage(self, ordinal: int) -> Passage:
        """Return a passage."""
        block = bisect_right(self.blocks, ordinal) - 1
        try:
            lines, text, *pages = json.loads(self._records(block)[ordinal - self.blocks[block]])
            ranges = tuple((first, last) for first, last in lines)
            kind = KINDS[self.kinds[ordinal]]
        except (ValueError, TypeError, IndexError) as error:
            raise damaged(self.folder / TEXTS) from error
        number = ordinal - self.document_firsts[self.document_at(ordinal)] + 1
        return Passage(number, kind, self.section(ordinal), ranges, text, pages[0] if pages else None)

    def _records(self, block: int) -> list[bytes]:
        """Return the records of the passages of a block. One block is kept, since passages are mostly read in order."""
        # Another thread may replace it at any moment.
        last = self._last_records
        if last[0] != block:
            start, end = self._text_starts[block : block + 2]
            try:
                last = self._last_records = block, zlib.decompress(self._texts.read(start, end)).split(b"\n")
            except zlib.error as error:
                raise damaged(self.folder / TEXTS) from error
        return last[1]

    @cached_property
    def _edges(self) -> tuple[frozenset[str], frozenset[str]]:
        try:
            after, before = json.loads(self._file(EDGES).read())
            return frozenset(after), frozenset(before)
        except (ValueError, TypeError) as error:
            raise damaged(self.folder / EDGES) from error

    @cached_property
    def _documents_file(self) -> CheckedFile:
        return self._file(DOCUMENTS)

    @cached_property
    def _document_starts(self) -> Sequence[int]:
        return self._file(DOCUMENT_STARTS).array("I")

    @cached_property
    def _text_starts(self) -> Sequence[int]:
        return self._file(TEXT_STARTS).array("I")

    def _file(self, name: str) -> CheckedFile:
        if name not in self._sums:
            raise damaged(self.folder / name)
        return CheckedFile(self.folder / name, self._sums[name])
