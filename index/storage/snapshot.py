"""Snapshots: a generation of an index opened for reading, with its segments as one."""

from __future__ import annotations

import json
import weakref
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

from ...corpus.model import Passage
from ...corpus.text.folding import Folding
from ..model import IndexedDocument
from .checked_files import CheckedFile, damaged
from .corrections import read_corrections
from .generations import MANIFEST, PREFIX, Manifest, check
from .locks import reading
from .segment import Segment
from .segment_files import KINDS, PASSAGE_KINDS

if TYPE_CHECKING:
    from .word_index import WordIndex

FOLDING, RANKS = "folding.json", "documents.ranks"


def write_folding(folder: Path, folding: Folding) -> None:
    """Write the table of characters, so that a query is folded as the texts were, without OpenCC."""
    table = ["".join(folding.simplified), "".join(folding.simplified.values())]
    (folder / FOLDING).write_text(json.dumps(table, ensure_ascii=False), encoding="utf-8")


def write_ranks(folder: Path, ranks: Sequence[int] | None) -> None:
    """Write the rank of each document in reading order; None where the documents are in that order."""
    if ranks is not None:
        (folder / RANKS).write_bytes(array("I", ranks).tobytes())


def read_folding(folder: Path) -> Folding:
    """Return the folding that a generation was built with.

    Raises:
        IndexDamagedError: Its table cannot be read.
    """
    try:
        traditional, simplified = json.loads((folder / FOLDING).read_bytes())
        return Folding(dict(zip(traditional, simplified, strict=True)))
    except (OSError, ValueError, TypeError, RecursionError) as error:
        raise damaged(folder / FOLDING) from error


class Snapshot:
    """A generation opened for reading. Its files are checked as they are read.

    A passage is named by its ordinal, which counts from 0 through all segments. What was set by hand of the
    documents is read from the folder above.

    Raises:
        IndexDamagedError: A file is missing or not as it was written. Any reading raises it too.
        StorageError: What was set by hand cannot be read.
    """

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.folder = folder
        self.manifest = manifest
        self._corrections = read_corrections(folder.parent)
        with ExitStack() as lock:
            lock.enter_context(reading(folder / MANIFEST))
            check(folder, manifest)
            self._open()
            weakref.finalize(self, lock.pop_all().close)

    def _open(self) -> None:
        self.folding = read_folding(self.folder)
        self.segments = tuple(self.opened_segments())
        self._bases = list(accumulate(map(len, self.segments), initial=0))

    def opened_segments(self, base: int = 0, prefix: str = "") -> Iterator[Segment]:
        """Open the segments: the ordinals of their passages count from a base, and ids of documents have a prefix."""
        entries = self.manifest.segments
        sums = [self.manifest.within(entry.name) for entry in entries]
        if not sums or any(PASSAGE_KINDS not in each for each in sums):
            raise damaged(self.folder)
        bases = accumulate((each[PASSAGE_KINDS].size for each in sums), initial=base)
        for entry, each, start in zip(entries, sums, bases, strict=False):
            removed = frozenset(entry.removed)
            yield Segment(self.folder / entry.name, each, start, removed, self._corrections, prefix)

    @property
    def generation(self) -> str:
        """Return the name of the generation; each build has another."""
        return self.folder.name.removeprefix(PREFIX)

    def paths(self) -> dict[str, str]:
        """Return the file of each document, by the document's id, where it was when the index was built.

        Raises:
            IndexDamagedError: The records of the files are damaged.
        """
        from .file_records import FOLDER, read_paths

        check(self.folder, self.manifest, FOLDER)
        return read_paths(self.folder)

    def __len__(self) -> int:
        """Return the number of ordinals, which includes the passages of removed documents."""
        return self._bases[-1]

    @property
    def size(self) -> tuple[int, int]:
        """Return the numbers of documents and of passages, without reading any of them."""
        documents = sum(segment.document_count for segment in self.segments)
        return documents, sum(len(passages) for segment in self.segments for passages in segment.alive)

    @cached_property
    def documents(self) -> tuple[IndexedDocument, ...]:
        """Return the documents in reading order."""
        found = [document for segment in self.segments for document in segment.documents]
        return tuple(sorted(found, key=lambda document: self.reading_rank(document.first)))

    @property
    def in_order(self) -> bool:
        """Say whether ordinals are in reading order. They are until an update has added documents."""
        return self.ranks is None

    def reading_rank(self, ordinal: int) -> tuple[int, int]:
        """Return a key that sorts passages in reading order: the rank of the document, and the ordinal."""
        if self.ranks is None:
            return 0, ordinal
        number = bisect_right(self._bases, ordinal) - 1
        document = self.segments[number].document_at(ordinal - self._bases[number])
        return self.ranks[self._document_bases[number] + document], ordinal

    def in_reading_order(self, ordinals: Sequence[int]) -> Sequence[int]:
        """Return ordinals in reading order; they are given in ascending order."""
        if self.in_order:
            return ordinals
        documents: list[tuple[int, Sequence[int]]] = []
        first = 0
        while first < len(ordinals):
            segment, local = self.segment(ordinals[first])
            rank, _ = self.reading_rank(ordinals[first])
            last = bisect_left(ordinals, segment.base + segment.end(segment.document_at(local)), first)
            documents.append((rank, ordinals[first:last]))
            first = last
        return [ordinal for _, each in sorted(documents) for ordinal in each]

    @cached_property
    def _document_bases(self) -> Sequence[int]:
        return list(accumulate((len(segment.document_firsts) for segment in self.segments), initial=0))

    @cached_property
    def ranks(self) -> Sequence[int] | None:
        """Return the rank of each document in reading order, also of removed ones; None if they are in that order."""
        sums = self.manifest.files.get(RANKS)
        return CheckedFile(self.folder / RANKS, sums).array("I") if sums else None

    def segment(self, ordinal: int) -> tuple[Segment, int]:
        """Return the segment of a passage, and its ordinal there."""
        segment = self.segments[bisect_right(self._bases, ordinal) - 1]
        return segment, ordinal - segment.base

    def passage(self, ordinal: int) -> Passage:
        """Return a passage."""
        segment, local = self.segment(ordinal)
        return segment.passage(local)

    def is_heading(self, ordinal: int) -> bool:
        """Tell whether a passage is a title or a heading."""
        segment, local = self.segment(ordinal)
        return KINDS[segment.kinds[local]] in ("title", "heading")

    def document(self, ordinal: int) -> IndexedDocument:
        """Return the document of a passage."""
        segment, local = self.segment(ordinal)
        return segment.document(segment.document_at(local))

    def word_index(self) -> WordIndex:
        """Open the word indexes of all segments as one.

        Raises:
            IndexDamagedError: A file of one of them is damaged.
        """
        from .word_index import WordIndex

        self.check_word_indexes()
        removed = [range(s.base + each.start, s.base + each.stop) for s in self.segments for each in s.removed]
        return WordIndex([segment.folder for segment in self.segments], removed)

    def check_word_indexes(self) -> None:
        """Check the word indexes of all segments.

        Raises:
            IndexDamagedError: A file of one of them is damaged.
        """
        from .word_index import FOLDER

        for entry in self.manifest.segments:
            check(self.folder, self.manifest, f"{entry.name}/{FOLDER}")
