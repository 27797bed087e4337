"""Texts: the passages of a folder, and by a plain scan of them where a term truly stands."""

from __future__ import annotations

import functools
import hashlib
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from zhengce.corpus.document_reader import read_document
from zhengce.corpus.errors import DocumentError
from zhengce.corpus.files import Source
from zhengce.corpus.text.folding import Folded, Folding
from zhengce.corpus.text.simplification import simplified_characters

SUFFIXES = (".md", ".txt")
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Texts:
    """The passages of a folder, file by file: every passage's text, the place of its file, and its own number in
    that file, from 1."""

    folder: Path
    files: tuple[Path, ...]
    passages: tuple[str, ...]
    owners: tuple[int, ...]
    numbers: tuple[int, ...]
    size: int
    """Bytes of the passages in UTF-8."""
    unreadable: int

    @property
    def fingerprint(self) -> str:
        digest = hashlib.blake2b(str(self.folder).encode(), digest_size=8)
        for owner, passage in zip(self.owners, self.passages, strict=True):
            digest.update(f"{owner}:{passage}\n".encode())
        return digest.hexdigest()


def files_of(folder: Path) -> list[Path]:
    """Return the files to be read, but for hidden ones."""
    visible = (path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES and path.is_file())
    return sorted(path for path in visible if not any(part.startswith(".") for part in path.relative_to(folder).parts))


def read_texts(folder: Path) -> Texts:
    """Read a folder as the program does: what a passage is, is for the program to say."""
    files: list[Path] = []
    passages: list[str] = []
    owners: list[int] = []
    numbers: list[int] = []
    unreadable = 0
    for path in files_of(folder):
        try:
            document = read_document(Source(path.stem, path))
        except DocumentError:
            unreadable += 1
            continue
        for passage in document.passages:
            passages.append(passage.text)
            owners.append(len(files))
            numbers.append(passage.number)
        files.append(path)
    size = sum(len(passage.encode()) for passage in passages)
    return Texts(folder, tuple(files), tuple(passages), tuple(owners), tuple(numbers), size, unreadable)


class Truth:
    """Where terms stand, by nothing but `str.find` over the folded passages."""

    def __init__(self, texts: Texts) -> None:
        self.texts = texts
        self.folding = Folding(simplified_characters())
        self.folded = [self.folding.fold(passage) for passage in texts.passages]
        self._is_one = functools.cache(lambda character: len(self.folding.fold(character)) == 1)
        # Folded passages hold no line break, so no term is found from one passage into the next.
        self._joined = "\n".join(self.folded)
        self._starts = [0, *accumulate(len(passage) + 1 for passage in self.folded)]

    @property
    def characters(self) -> set[str]:
        return set(self._joined)

    def count(self, term: str, most: int | None = None) -> int:
        """Return the number of passages that hold a term; counting stops beyond ``most``."""
        found, at = 0, self._joined.find(term)
        while at >= 0 and (most is None or found <= most):
            found += 1
            at = self._joined.find(term, self._starts[bisect_right(self._starts, at)])
        return found

    def spans(self, term: str) -> dict[int, tuple[Span, ...]]:
        """Return every occurrence of a folded term, overlapping ones too, by the passage's place in the texts, in
        characters of the passage as it is written."""
        found: dict[int, list[Span]] = {}
        at = self._joined.find(term)
        while at >= 0:
            ordinal = bisect_right(self._starts, at) - 1
            start = at - self._starts[ordinal]
            found.setdefault(ordinal, []).append((start, start + len(term)))
            at = self._joined.find(term, at + 1)
        written = {ordinal: self._written(ordinal, spans) for ordinal, spans in found.items()}
        return {ordinal: spans for ordinal, spans in written.items() if spans}

    def _written(self, ordinal: int, spans: list[Span]) -> tuple[Span, ...]:
        text = self.texts.passages[ordinal]
        if len(text) == len(self.folded[ordinal]) and all(map(self._is_one, set(text))):
            return tuple(spans)
        folded = self.folding.fold_with_map(text)
        return tuple(
            folded.span(*span) for span in spans if not any(_splits_character(folded, place) for place in span)
        )


def _splits_character(folded: Folded, place: int) -> bool:
    """Say whether a place in a folded text is within what one character folded to: ㈠ holds no 一."""
    if not 0 < place < len(folded.text):
        return False
    start = folded.starts[place]
    return start == folded.starts[place - 1] and folded.ends[place] == start + 1
