"""The store: folded texts to search in, and the passages to show, memory-mapped.

``folded.txt`` holds the folded text of every passage, one a line, in UTF-8; a term is found in it as bytes.
``passages.jsonl`` holds the passages in the same order. ``*.offsets`` say where each line begins, as
64-bit integers of the machine. ``words.bits`` has a bit for every byte of the folded texts, set
where a word begins or a passage ends. ``expanding.json`` lists the passages in which a character folds to
several.
"""

from __future__ import annotations

import json
import mmap
import weakref
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import Literal

from ..corpus.folding import Folding
from ..corpus.model import Document, DocumentNumber, Metadata, Passage
from .generations import Manifest, check, damaged, reading
from .model import IndexedDocument

FOLDED, PASSAGES, WORDS = "folded.txt", "passages.jsonl", "words.bits"
DOCUMENTS, FOLDING, EXPANDING = "documents.json", "folding.json", "expanding.json"
_OFFSETS = ".offsets"
_OFFSET_TYPE: Literal["Q"] = "Q"

ByteRange = tuple[int, int]
"""Start and end (excluded) of an occurrence, in bytes of ``folded.txt``."""


class StoreWriter:
    """Writes a store into an empty folder; `close` must be called for it to be whole."""

    def __init__(self, folder: Path, folding: Folding) -> None:
        self._folder = folder
        self._folding = folding
        self._folded, self._folded_offsets = bytearray(), array(_OFFSET_TYPE, [0])
        self._passages, self._passage_offsets = bytearray(), array(_OFFSET_TYPE, [0])
        self._boundaries = array(_OFFSET_TYPE)
        self._documents: list[IndexedDocument] = []
        self._expanding: list[int] = []
        self._count = 0

    def add(self, document: Document, folded: Iterable[str], words: Iterable[Sequence[str]]) -> None:
        """Add a document with the folded texts of its passages and the words of each."""
        for passage, text, cut in zip(document.passages, folded, words, strict=True):
            position = len(self._folded)
            for word in cut:
                self._boundaries.append(position)
                position += len(word.encode())
            self._boundaries.append(position)
            self._folded += text.encode() + b"\n"
            self._folded_offsets.append(len(self._folded))
            record = {"kind": passage.kind, "section": passage.section, "lines": passage.lines, "text": passage.text}
            self._passages += json.dumps(record, ensure_ascii=False).encode() + b"\n"
            self._passage_offsets.append(len(self._passages))
            if self._folding.expands(passage.text):
                self._expanding.append(self._count + passage.number - 1)
        characters = sum(len("".join(passage.text.split())) for passage in document.passages)
        count = len(document.passages)
        self._documents.append(IndexedDocument(document.id, document.metadata, self._count, count, characters))
        self._count += count

    def close(self) -> None:
        """Write everything to disk."""
        import numpy as np

        bits = np.zeros(len(self._folded) + 1, dtype=bool)
        bits[np.frombuffer(self._boundaries, dtype=np.uint64)] = True
        traditional = "".join(self._folding.simplified)
        contents: dict[str, bytes | bytearray] = {
            FOLDED: self._folded,
            FOLDED + _OFFSETS: self._folded_offsets.tobytes(),
            PASSAGES: self._passages,
            PASSAGES + _OFFSETS: self._passage_offsets.tobytes(),
            WORDS: np.packbits(bits, bitorder="little").tobytes(),
            DOCUMENTS: json.dumps([asdict(each) for each in self._documents], ensure_ascii=False).encode(),
            FOLDING: json.dumps([traditional, "".join(self._folding.simplified.values())], ensure_ascii=False).encode(),
        }
        contents[EXPANDING] = json.dumps(self._expanding).encode()
        for name, content in contents.items():
            (self._folder / name).write_bytes(content)


class Store:
    """A store opened for reading, after its files have been compared with the manifest of its generation.

    Passages are named by their ordinal: their place in reading order over all documents, from 0.

    Raises:
        IndexDamagedError: A file is missing or not as it was written.
    """

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.folder = folder
        self.manifest = manifest
        with ExitStack() as lock:
            lock.enter_context(reading(folder))
            check(folder, manifest)
            self._open(folder)
            weakref.finalize(self, lock.pop_all().close)

    def _open(self, folder: Path) -> None:
        self.folded = _map(folder / FOLDED)
        self._folded_offsets = memoryview(_map(folder / (FOLDED + _OFFSETS))).cast(_OFFSET_TYPE)
        self._passages = _map(folder / PASSAGES)
        self._passage_offsets = memoryview(_map(folder / (PASSAGES + _OFFSETS))).cast(_OFFSET_TYPE)
        self._words = _map(folder / WORDS)
        try:
            traditional, simplified = json.loads((folder / FOLDING).read_bytes())
            self.folding = Folding(dict(zip(traditional, simplified, strict=True)))
            self._expanding = frozenset(json.loads((folder / EXPANDING).read_bytes()))
            self.documents = tuple(_document(data) for data in json.loads((folder / DOCUMENTS).read_bytes()))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise damaged(folder / DOCUMENTS) from error
        self._firsts = [document.first for document in self.documents]

    def __len__(self) -> int:
        """Return the number of passages."""
        return len(self._folded_offsets) - 1

    @property
    def mean_length(self) -> float:
        """Return the mean length of a folded passage in bytes."""
        return len(self.folded) / len(self)

    def length(self, ordinal: int) -> int:
        """Return the length of a folded passage in bytes."""
        return self._folded_offsets[ordinal + 1] - self._folded_offsets[ordinal]

    def ordinal(self, position: int) -> int:
        """Return the passage at a byte of the folded texts."""
        return bisect_right(self._folded_offsets, position) - 1

    def start(self, ordinal: int) -> int:
        """Return the byte of the folded texts where a passage begins; one past the last gives their end."""
        return self._folded_offsets[ordinal]

    def is_word(self, start: int, end: int) -> bool:
        """Say whether a byte range of the folded texts begins and ends at word boundaries."""
        return self._is_boundary(start) and self._is_boundary(end)

    def is_within_word(self, start: int, end: int) -> bool:
        """Say whether a byte range of the folded texts is part of a single word: 质量 in 质量第一 is, 国是 in 中国/是
        is not."""
        return not any(self._is_boundary(position) for position in range(start + 1, end))

    def _is_boundary(self, position: int) -> bool:
        return bool(self._words[position >> 3] >> (position & 7) & 1)

    def document(self, ordinal: int) -> IndexedDocument:
        """Return the document of a passage."""
        return self.documents[bisect_right(self._firsts, ordinal) - 1]

    def passage(self, ordinal: int) -> Passage:
        """Return a passage.

        Raises:
            IndexDamagedError: Its record cannot be understood.
        """
        start, end = self._passage_offsets[ordinal], self._passage_offsets[ordinal + 1]
        try:
            record = json.loads(self._passages[start:end])
            lines = tuple((first, last) for first, last in record["lines"])
            number = ordinal - self.document(ordinal).first + 1
            return Passage(number, record["kind"], tuple(record["section"]), lines, record["text"])
        except (ValueError, KeyError, TypeError) as error:
            raise damaged(self.folder / PASSAGES) from error

    def whole(self, ordinal: int, ranges: Sequence[ByteRange]) -> Sequence[ByteRange]:
        """Return those byte ranges of a folded passage that begin and end with characters of its text.

        All of them do, but where a character of the passage folds to several.
        """
        if ordinal not in self._expanding:
            return ranges
        folded = self.folding.fold_with_map(self.passage(ordinal).text)
        return [each for each in ranges if folded.is_whole(*self._characters(ordinal, each))]

    def spans(self, ordinal: int, text: str, ranges: Iterable[ByteRange]) -> tuple[tuple[int, int], ...]:
        """Return where byte ranges of a folded passage stand in its text, in characters.

        The offset map is made anew from the text, for the few passages that are shown, rather than stored.

        Raises:
            IndexDamagedError: The folded text is not that of the text.
        """
        folded = self.folding.fold_with_map(text)
        if folded.text.encode() != self.folded[self.start(ordinal) : self.start(ordinal + 1) - 1]:
            raise damaged(self.folder / FOLDED)
        return tuple(sorted(folded.span(*self._characters(ordinal, each)) for each in ranges))

    def _characters(self, ordinal: int, ranges: ByteRange) -> tuple[int, int]:
        """Return a byte range of a folded passage in its characters."""
        first, last = ranges
        before = len(self.folded[self.start(ordinal) : first].decode())
        return before, before + len(self.folded[first:last].decode())


def _map(path: Path) -> mmap.mmap:
    try:
        with open(path, "rb") as file:
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError) as error:
        raise damaged(path) from error


def _document(data: dict[str, object]) -> IndexedDocument:
    """Read a document back from what `dataclasses.asdict` made of it."""
    metadata = dict(data.pop("metadata"))  # type: ignore[call-overload]
    if metadata["number"]:
        metadata["number"] = DocumentNumber(**metadata["number"])
    for name in ("issuers", "authors"):
        metadata[name] = tuple(metadata[name])
    return IndexedDocument(metadata=Metadata(**metadata), **data)  # type: ignore[arg-type]
