"""The store: a generation of an index opened for reading, its segments as one."""

from __future__ import annotations

import json
import weakref
from bisect import bisect_right
from contextlib import ExitStack
from functools import cached_property
from itertools import accumulate
from pathlib import Path

from ..corpus.folding import Folding
from ..corpus.model import Passage
from .generations import Manifest, check, reading
from .model import IndexedDocument
from .pages import damaged
from .segment import PASSAGE_KINDS, Segment

FOLDING = "folding.json"


def write_folding(folder: Path, folding: Folding) -> None:
    """Keep the table of characters with the index, so that a query needs neither OpenCC nor its version."""
    table = ["".join(folding.simplified), "".join(folding.simplified.values())]
    (folder / FOLDING).write_text(json.dumps(table, ensure_ascii=False), encoding="utf-8")


def read_folding(folder: Path) -> Folding:
    """Return the folding that a generation was built with.

    Raises:
        IndexDamagedError: Its table cannot be read.
    """
    try:
        traditional, simplified = json.loads((folder / FOLDING).read_bytes())
        return Folding(dict(zip(traditional, simplified, strict=True)))
    except (OSError, ValueError, TypeError) as error:
        raise damaged(folder / FOLDING) from error


class Store:
    """A generation opened for reading. Its files are checked as they are read.

    Passages are named by their ordinal: their place in reading order over all documents, from 0.

    Raises:
        IndexDamagedError: A file is missing or not as it was written. Any reading raises it too.
    """

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.folder = folder
        self.manifest = manifest
        with ExitStack() as lock:
            lock.enter_context(reading(folder))
            check(folder, manifest)
            self._open()
            weakref.finalize(self, lock.pop_all().close)

    def _open(self) -> None:
        sums = [self.manifest.within(name) for name in self.manifest.segments]
        if not sums or any(PASSAGE_KINDS not in each for each in sums):
            raise damaged(self.folder)
        self.folding = read_folding(self.folder)
        bases = list(accumulate((each[PASSAGE_KINDS].size for each in sums), initial=0))
        named = zip(self.manifest.segments, sums, bases, strict=False)
        self.segments = tuple(Segment(self.folder / name, each, base) for name, each, base in named)
        self._bases = bases

    def __len__(self) -> int:
        """Return the number of passages."""
        return self._bases[-1]

    @cached_property
    def mean_length(self) -> float:
        """Return the mean length of a folded passage, in units of UTF-16."""
        return sum(segment.starts[-1] for segment in self.segments) / max(1, len(self))

    @cached_property
    def documents(self) -> tuple[IndexedDocument, ...]:
        """Return the documents in reading order."""
        return tuple(document for segment in self.segments for document in segment.documents)

    def segment(self, ordinal: int) -> tuple[Segment, int]:
        """Return the segment of a passage, and its ordinal there."""
        segment = self.segments[bisect_right(self._bases, ordinal) - 1]
        return segment, ordinal - segment.base

    def passage(self, ordinal: int) -> Passage:
        """Return a passage."""
        segment, local = self.segment(ordinal)
        return segment.passage(local)

    def document(self, ordinal: int) -> IndexedDocument:
        """Return the document of a passage."""
        segment, local = self.segment(ordinal)
        return segment.document(segment.document_at(local))
