"""Building: reads the documents and writes an index of them, in several processes where there is much to read."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

from ..corpus.errors import DocumentError
from ..corpus.files import Source
from ..corpus.folding import Folding
from ..corpus.reading import read_document
from ..corpus.script import simplified_characters
from ..corpus.words import Segmenter, clear_leftovers
from .corpora import Definition, remember
from .generations import check, current, is_current, new_generation, writing
from .segmentwriter import SegmentWriter
from .store import write_folding

Progress = Callable[[int, int, str], None]
"""Told, while building, how many of how many documents are done and which is at hand."""

_WORTH_A_PROCESS = 4_000_000  # bytes; for less, loading the dictionary again takes longer than is won
_LARGEST_SEGMENT = 64_000_000  # bytes of files, for which a process needs some 500 MB


@dataclass(frozen=True, slots=True)
class Done:
    """A document has been read, and its passages written; ``refused`` says why not, if it could not be read."""

    id: str
    passages: int = 0
    refused: str | None = None


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build made, the seconds it took, and why documents were left out."""

    documents: int
    passages: int
    seconds: float
    refused: tuple[str, ...] = ()


def build(definition: Definition, *, cache: Path, rebuild: bool, progress: Progress) -> BuildReport | None:
    """Build the index of a corpus, unless one of the same documents is in force already.

    ``cache`` is the folder where jieba keeps its compiled dictionary; ``rebuild`` builds in any case. A document
    that cannot be read is left out and reported, but an error if it is a bundled one. Returns None where nothing
    needed to be done: another process may have built while this one waited for its turn.

    Raises:
        DocumentError: A bundled document cannot be read, or no document can.
        StorageError: The folder cannot be written, or there is no room.
        IndexDamagedError: There is an index, but not as it was written, and ``rebuild`` is not set.
    """
    started = time.monotonic()
    sources = definition.sources()
    documents = passages = 0
    refused: list[str] = []
    with writing(definition.folder):
        identity = definition.identity(sources)
        found = None if rebuild else current(definition.folder)
        remember(definition)
        if found and is_current(found, identity):
            check(*found, folder=None)
            return None
        cache.mkdir(parents=True, exist_ok=True)
        clear_leftovers(cache)
        progress(0, len(sources), "")
        with ExitStack() as cleared, new_generation(definition.folder, identity) as path:
            cleared.callback(clear_leftovers, cache)
            folding = Folding(simplified_characters())
            write_folding(path, folding)
            with closing(_write(sources, path, folding, cache)) as written:
                for done in written:
                    if done.refused and definition.is_bundled:
                        raise DocumentError(done.refused)
                    if done.refused:
                        refused.append(done.refused)
                    documents, passages = documents + (not done.refused), passages + done.passages
                    progress(documents + len(refused), len(sources), done.id)
            if not documents:
                raise DocumentError("\n".join(["None of the documents can be read.", *refused]))
    return BuildReport(documents, passages, time.monotonic() - started, tuple(refused))


def write_segment(sources: Iterable[Source], folder: Path, folding: Folding, cache: Path) -> Iterator[Done]:
    """Write a segment of the sources into a new folder, and yield what has become of each.

    The folder is left out if none of them can be read.
    """
    with ExitStack() as opened:
        writer: SegmentWriter | None = None
        for source in sources:
            try:
                document = read_document(source)
            except DocumentError as error:
                yield Done(source.id, refused=str(error))
                continue
            if writer is None:
                folder.mkdir()
                writer = opened.enter_context(SegmentWriter(folder, folding, Segmenter(folding, cache)))
            writer.add(document)
            yield Done(source.id, len(document.passages))
        if writer:
            writer.finish()


def _write(sources: Sequence[Source], path: Path, folding: Folding, cache: Path) -> Generator[Done, None, None]:
    sizes = [_size(source) for source in sources]
    processes = min(_processors(), 1 + sum(sizes) // _WORTH_A_PROCESS)
    count = max(processes, -(-sum(sizes) // _LARGEST_SEGMENT))
    parts = list(_parts(sources, sizes, count))
    folders = [path / f"segment-{number:03}" for number in range(len(parts))]
    if processes == 1:
        for part, folder in zip(parts, folders, strict=True):
            yield from write_segment(part, folder, folding, cache)
        return
    from .workers import write_segments

    yield from write_segments(list(zip(parts, folders, strict=True)), path, cache, processes)


def _parts(sources: Sequence[Source], sizes: Sequence[int], count: int) -> Iterator[Sequence[Source]]:
    """Yield so many parts of the sources, in order and of about the same size."""
    first = total = made = 0
    for index, size in enumerate(sizes, start=1):
        total += size
        if total * count >= (made + 1) * sum(sizes) or index == len(sizes):
            yield sources[first:index]
            first, made = index, made + 1


def _size(source: Source) -> int:
    try:
        return source.path.stat().st_size
    except OSError:
        return 0


def _processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
