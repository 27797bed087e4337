"""Writes a segment: the part of an index that one process builds of some of the documents.

Its files are described in `zhengce.index.storage.segment_files`.
"""

from __future__ import annotations

import json
import zlib
from array import array
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from itertools import accumulate
from pathlib import Path

from ...corpus.document import Document
from ...corpus.metadata.origins import encoded
from ...corpus.model import Passage
from ...corpus.text.folding import Folding
from ...corpus.text.words import Segmenter
from ..model import IndexedDocument
from . import segment_files as files
from .bigrams import BigramWriter
from .document_records import metadata_record
from .word_index import WordIndexWriter

_BLOCK_UNITS = 8192
_COMPRESSION = 6


class SegmentWriter:
    """Writes a segment into an empty folder.

    As a context manager, it closes its files; only `finish` completes the segment.
    """

    def __init__(self, folder: Path, folding: Folding, segmenter: Segmenter) -> None:
        self._folder = folder
        self._folding = folding
        self._segmenter = segmenter
        self._opened = ExitStack()
        self._folded = self._opened.enter_context((folder / files.FOLDED).open("wb"))
        self._texts = self._opened.enter_context((folder / files.TEXTS).open("wb"))
        self._bigrams = BigramWriter()
        self._words = WordIndexWriter()
        self._starts = array("I", [0])
        self._boundaries = array("I")
        self._splits = array("I")
        self._edges: tuple[set[str], set[str]] = (set(), set())
        self._kinds = bytearray()
        self._blocks = array("I", [0])
        self._text_starts = array("I", [0])
        self._block, self._records = bytearray(), list[str]()
        self._sections = _Sections()
        self._documents: list[bytes] = []
        self._document_firsts = array("I")

    def __enter__(self) -> SegmentWriter:
        return self

    def __exit__(self, *_: object) -> None:
        self._opened.close()

    def add(self, document: Document) -> None:
        """Add a document."""
        first, count = len(self._starts) - 1, len(document.passages)
        characters = sum(len("".join(passage.text.split())) for passage in document.passages)
        described = IndexedDocument(
            document.id,
            document.metadata,
            first,
            count,
            characters,
            document.format,
            document.encoding,
            encoded(document.origins),
        )
        # An id may hold bytes of a file's name that are not UTF-8.
        written = {**described._asdict(), "metadata": metadata_record(document.metadata)}
        self._documents.append((json.dumps(written, ensure_ascii=False) + "\n").encode("utf-8", "surrogatepass"))
        self._document_firsts.append(first)
        self._sections.begin_document()
        expanding = self._folding.expanding("".join(passage.text for passage in document.passages))
        for passage in document.passages:
            folded = self._folding.fold(passage.text)
            words = self._segmenter.cut(folded)
            self._words.add(self._segmenter.index_terms(words))
            self._add_text(folded, words)
            if not expanding.isdisjoint(passage.text):
                self._add_splits(passage)
            self._kinds.append(files.KINDS.index(passage.kind))
            self._sections.add((*passage.section, passage.text) if passage.kind == "heading" else passage.section)
            pages = [] if passage.page is None else [passage.page]
            self._records.append(json.dumps([passage.lines, passage.text, *pages], ensure_ascii=False))
            if len(self._block) >= _BLOCK_UNITS * 2:
                self._end_block()

    def finish(self) -> None:
        """Write the rest of the files. No document can be added afterwards."""
        import numpy as np

        if self._records:
            self._end_block()
        self._opened.close()
        self._bigrams.write(self._folder)
        self._words.write(self._folder)
        units = self._starts[-1]
        bits = np.zeros(units + 1, dtype=bool)
        bits[np.frombuffer(self._boundaries, dtype=np.uint32)] = True
        samples = np.arange(0, units + files.SAMPLE_UNITS, files.SAMPLE_UNITS)
        ordinals = np.searchsorted(np.frombuffer(self._starts, dtype=np.uint32)[:-1], samples, side="right") - 1
        document_starts = array("I", accumulate(map(len, self._documents), initial=0))
        contents: dict[str, bytes | bytearray] = {
            files.STARTS: self._starts.tobytes(),
            files.ORDINALS: ordinals.astype(np.uint32).tobytes(),
            files.BLOCKS: self._blocks.tobytes(),
            files.TEXT_STARTS: self._text_starts.tobytes(),
            files.WORDS: np.packbits(bits, bitorder="little").tobytes(),
            files.SPLITS: self._splits.tobytes(),
            files.EDGES: json.dumps([sorted(characters) for characters in self._edges]).encode(),
            files.PASSAGE_KINDS: self._kinds,
            files.DOCUMENTS: b"".join(self._documents),
            files.DOCUMENT_STARTS: document_starts.tobytes(),
            files.DOCUMENT_FIRSTS: self._document_firsts.tobytes(),
            **self._sections.contents(),
        }
        for name, content in contents.items():
            (self._folder / name).write_bytes(content)

    def _add_text(self, folded: str, words: Sequence[str]) -> None:
        """Add a folded text, with the boundaries of its words, to the current block."""
        data = folded.encode("utf-16-le") + b"\n\0"
        self._block += data
        sizes: Iterable[int] = map(len, words)
        if len(data) != 2 * len(folded) + 2:  # some characters are two units
            sizes = (len(word.encode("utf-16-le")) // 2 for word in words)
        self._boundaries.extend(accumulate(sizes, initial=self._starts[-1]))
        self._starts.append(self._starts[-1] + len(data) // 2)

    def _add_splits(self, passage: Passage) -> None:
        """Add the places within what a single character of the passage has folded to."""
        folded = self._folding.fold_with_map(passage.text)
        for place in folded.inner_offsets():
            self._edges[0].add(folded.text[place])
            self._edges[1].add(folded.text[place - 1])
            self._splits.append(self._starts[-2] + len(folded.text[:place].encode("utf-16-le")) // 2)

    def _end_block(self) -> None:
        self._folded.write(self._block)
        self._bigrams.add(bytes(self._block))
        self._texts.write(zlib.compress("\n".join(self._records).encode(), _COMPRESSION))
        self._blocks.append(len(self._starts) - 1)
        self._text_starts.append(self._texts.tell())
        self._block.clear()
        self._records.clear()


class _Sections:
    """The headings of a segment as a tree: each has its text and the one that it is under."""

    def __init__(self) -> None:
        self._of = array("I")
        self._parents, self._headings = array("I"), array("I")
        self._texts: dict[str, int] = {"": 0}
        self._known: dict[tuple[str, ...], int] = {}

    def begin_document(self) -> None:
        self._known = {(): self._new(len(self._parents), "")}

    def add(self, path: tuple[str, ...]) -> None:
        """Add the path of the section that the next passage is in."""
        self._of.append(self._number(path))

    def contents(self) -> dict[str, bytes]:
        return {
            files.SECTIONS: self._of.tobytes(),
            files.SECTION_PARENTS: self._parents.tobytes(),
            files.SECTION_HEADINGS: self._headings.tobytes(),
            files.HEADINGS: json.dumps(list(self._texts), ensure_ascii=False).encode(),
        }

    def _number(self, path: tuple[str, ...]) -> int:
        if path not in self._known:
            self._known[path] = self._new(self._number(path[:-1]), path[-1])
        return self._known[path]

    def _new(self, parent: int, heading: str) -> int:
        """Return the number of a new section; the topmost one of a document is its own parent."""
        self._parents.append(parent)
        self._headings.append(self._texts.setdefault(heading, len(self._texts)))
        return len(self._parents) - 1
