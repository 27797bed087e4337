"""Building: reads the documents, cuts their words and writes an index of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..corpus.files import Source
from ..corpus.folding import Folding
from ..corpus.model import Document
from ..corpus.reading import read_document
from ..corpus.script import simplified_characters
from ..corpus.words import Segmenter
from .generations import check, current, is_current, new_generation, writing
from .store import StoreWriter

Progress = Callable[[int, int, str], None]
"""Told, while building, how many of how many documents are done and which is at hand."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build made, and the seconds it took."""

    documents: int
    passages: int
    seconds: float


def build(
    sources: Sequence[Source], folder: Path, identity: str, *, cache: Path, rebuild: bool, progress: Progress
) -> BuildReport | None:
    """Build an index of the sources in a folder, unless one with this identity is in force already.

    ``identity`` is what `zhengce.index.generations.fingerprint` says; ``cache`` is the folder where jieba
    keeps its compiled dictionary; ``rebuild`` builds in any case. Returns None where nothing needed to be
    done: another process may have built while this one waited for its turn.

    Raises:
        DocumentError: A document cannot be read.
        StorageError: The folder cannot be written, or there is no room.
        IndexDamagedError: There is an index, but not as it was written, and ``rebuild`` is not set.
    """
    started = time.monotonic()
    with writing(folder):
        found = None if rebuild else current(folder)
        if found and is_current(found, identity):
            check(*found, folder=None)
            return None
        documents = [read_document(source) for source in sources]
        cache.mkdir(parents=True, exist_ok=True)
        with new_generation(folder, identity) as path:
            _write(documents, path, cache, progress)
    return BuildReport(len(documents), sum(len(each.passages) for each in documents), time.monotonic() - started)


def _write(documents: Sequence[Document], path: Path, cache: Path, progress: Progress) -> None:
    from whoosh import index

    from . import schema

    folding = Folding(simplified_characters())
    progress(0, len(documents), "")
    segmenter = Segmenter(folding, cache)
    store = StoreWriter(path, folding)
    (path / schema.FOLDER).mkdir()
    writer = index.create_in(str(path / schema.FOLDER), schema.schema()).writer(limitmb=64)
    for done, document in enumerate(documents):
        progress(done, len(documents), document.id)
        folded = [folding.fold(passage.text) for passage in document.passages]
        words = [segmenter.cut(text) for text in folded]
        store.add(document, folded, words)
        for fields in _fields(document, [segmenter.indexed(cut) for cut in words], folding):
            writer.add_document(**fields)
    writer.commit()
    store.close()
    progress(len(documents), len(documents), "")


def _fields(document: Document, words: Sequence[Sequence[str]], folding: Folding) -> list[dict[str, object]]:
    """Return the Whoosh fields of each passage; what is text in them is folded."""
    metadata = document.metadata
    texts = {
        "title": metadata.title,
        "number": str(metadata.number) if metadata.number else None,
        "genre": metadata.genre,
        "region": metadata.region,
    }
    shared: dict[str, object] = {name: folding.fold(text) for name, text in texts.items() if text}
    shared |= {
        "document": document.id,
        "issuer": [folding.fold(name) for name in metadata.issuers],
        "author": [folding.fold(name) for name in metadata.authors],
    }
    if metadata.date:
        shared["date"] = metadata.date
    return [
        {
            **shared,
            "words": list(cut),
            "passage": passage.number,
            "kind": passage.kind,
            "section": [folding.fold(heading) for heading in passage.section],
        }
        for passage, cut in zip(document.passages, words, strict=True)
    ]
