"""Building: makes the index of a corpus true to its files, reading those that have changed, in several processes where
there is much to read."""

from __future__ import annotations

import hashlib
import os
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, suppress
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path

from ...corpus.document_reader import file_digest, read_document
from ...corpus.errors import DocumentError, MissingReaderError
from ...corpus.extraction import Limits
from ...corpus.files import File, Source, digest
from ...corpus.formats.sandbox import Sandbox
from ...corpus.formats.table import is_available
from ...corpus.model import Document
from ...corpus.text.folding import Folding
from ...corpus.text.simplification import simplified_characters
from ...corpus.text.words import Segmenter, clear_leftovers
from ..errors import IndexDamagedError
from ..storage.file_records import FOLDER as RECORDS
from ..storage.file_records import FileRecord, read_records, write_records
from ..storage.generations import (
    GenerationWriter,
    Manifest,
    SegmentEntry,
    check,
    current,
    is_current,
    new_generation,
    remove_others,
)
from ..storage.locks import writing
from ..storage.segment_writer import SegmentWriter
from ..storage.snapshot import read_folding, write_folding, write_ranks
from .changes import Changes, compare, known_digest, segments_to_rewrite
from .corpora import CorpusDefinition, remember
from .reports import BuildReport, report

Progress = Callable[[int, int, str], None]
"""Told, while building, how many of how many documents are done and which is at hand."""

_WORTH_A_PROCESS = 4_000_000  # bytes; for less, loading the dictionary again takes longer than is won
_LARGEST_SEGMENT = 64_000_000  # bytes of files, for which a process needs some 500 MB


@dataclass(frozen=True, slots=True)
class Done:
    """A document has been read, and its passages written; ``refused`` says why not, if it could not be read. The
    fields are those of `zhengce.index.storage.file_records.FileRecord`."""

    path: str
    id: str
    digest: str = ""
    segment: str | None = None
    number: int | None = None
    passages: int = 0
    text: str = ""
    format: str = ""
    encoding: str | None = None
    warnings: tuple[str, ...] = ()
    refused: str | None = None
    missing: str | None = None


def build(
    define: Callable[[], CorpusDefinition],
    *,
    cache: Path,
    rebuild: bool,
    progress: Progress,
    waiting: Callable[[str], None],
) -> BuildReport:
    """Make the index of a corpus true to its files; where nothing has changed, nothing is written.

    ``define`` returns the corpus; it is asked again when it is this process's turn to write, since another may have
    added to the corpus meanwhile. ``cache`` is the folder where jieba keeps its compiled dictionary; ``rebuild`` reads
    everything anew. A document that cannot be read is left out and reported, but an error if it is a bundled one.
    ``waiting`` is told where another process writes the index, which is waited for.

    Raises:
        DocumentError: A bundled document cannot be read, or no document can.
        StorageError: The folder cannot be written, or there is no room.
        IndexDamagedError: There is an index, but not as it was written, and ``rebuild`` is not set.
    """
    started = time.monotonic()
    definition = define()
    with writing(definition.folder, waiting):
        definition = define()
        discovered = definition.discover()
        fingerprint = definition.fingerprint()
        found = None if rebuild else current(definition.folder)
        remember(definition)
        usable = found if found and is_current(found, fingerprint) else None
        if usable:
            check(*usable, folder=None)
        records = read_records(usable[0]) if usable else _old_records(definition)
        retry = partial(_may_be_read_now, limits=definition.limits)
        changes = compare(discovered.files, records, _content, retry, everything=not usable)
        if not usable or changes.any:
            if usable:
                changes = changes.reading_again(_segments_to_rewrite(changes, usable[1]))
            cache.mkdir(parents=True, exist_ok=True)
            clear_leftovers(cache)
            with ExitStack() as cleared, new_generation(definition.folder, fingerprint) as writer:
                cleared.callback(clear_leftovers, cache)
                update = _Update(definition, writer, usable, changes)
                records = update.write(discovered.files, cache, progress)
        else:
            remove_others(definition.folder)
        elapsed = time.monotonic() - started
        return report(changes, records, discovered.skipped, elapsed, built=not usable or changes.any)


@dataclass(frozen=True, slots=True)
class _Update:
    """A generation to be made of the one in force, if there is one to go by, and of what has changed."""

    definition: CorpusDefinition
    writer: GenerationWriter
    found: tuple[Path, Manifest] | None
    changes: Changes

    def write(self, files: Sequence[File], cache: Path, progress: Progress) -> Sequence[FileRecord]:
        """Write everything but the manifest, and return the records of the files in their order."""
        places = {str(file.source.path): place for place, file in enumerate(files)}
        kept = [record for _, record in self.changes.kept]
        entries = self._keep(kept)
        # Texts that are compared must have been folded alike, whatever OpenCC there is now.
        folding = read_folding(self.found[0]) if self.found and entries else Folding(simplified_characters())
        write_folding(self.writer.path, folding)
        wanted = (*self.changes.added, *self.changes.changed, *self.changes.again)
        new = self._read(sorted(wanted, key=lambda file: places[str(file.source.path)]), folding, cache, progress)
        records = sorted((*kept, *new), key=lambda record: places[record.path])
        if not any(record.segment for record in records):
            reasons = (record.refused for record in records if record.refused)
            raise DocumentError("\n".join(["None of the documents can be read.", *reasons]))
        counts = Counter(record.segment for record in new if record.segment)
        self.writer.segments = [*entries, *(SegmentEntry(name, count) for name, count in sorted(counts.items()))]
        write_records(self.writer.path, records)
        write_ranks(self.writer.path, _ranks(self.writer.segments, records))
        return records

    def _keep(self, kept: Iterable[FileRecord]) -> list[SegmentEntry]:
        """Take over the segments of the generation in force that have documents which are kept."""
        if not self.found:
            return []
        path, manifest = self.found
        alive: dict[str, set[int]] = {}
        for record in kept:
            if record.segment is not None and record.number is not None:
                alive.setdefault(record.segment, set()).add(record.number)
        entries = []
        for entry in manifest.segments:
            if entry.name in alive:
                self.writer.keep(path, manifest, entry.name)
                removed = sorted(set(range(entry.documents)) - alive[entry.name])
                entries.append(replace(entry, removed=tuple(removed)))
        return entries

    def _read(self, files: Sequence[File], folding: Folding, cache: Path, progress: Progress) -> list[FileRecord]:
        """Read files into new segments, and return their records."""
        by_path = {str(file.source.path): file for file in files}
        taken = [int(entry.name.rpartition("-")[2]) for entry in self.found[1].segments] if self.found else []
        records: list[FileRecord] = []
        progress(0, len(files), "")
        work = Work(self.writer.path, cache, self.definition.limits)
        with closing(_write(files, work, folding, max(taken, default=-1) + 1)) as written:
            for done in written:
                if done.refused and self.definition.is_bundled:
                    raise DocumentError(done.refused)
                file = by_path[done.path]
                known, limits = known_digest(file), _limits_digest(work.limits) if done.refused else ""
                records.append(FileRecord(**asdict(done), size=file.size, time=file.time, known=known, limits=limits))
                progress(len(records), len(files), done.id)
        return records


@dataclass(frozen=True, slots=True)
class Work:
    """What processes that write segments share: the folder of the generation, that of jieba's compiled dictionary, and
    how much of a file is borne."""

    generation: Path
    cache: Path
    limits: Limits


def write_segment(sources: Iterable[Source], name: str, work: Work, folding: Folding) -> Iterator[Done]:
    """Write a segment of the sources, and yield what has become of each.

    The segment is left out if none of them can be read.
    """
    number = 0
    with ExitStack() as opened:
        reader = opened.enter_context(Sandbox())
        writer: SegmentWriter | None = None
        for source in sources:
            path = str(source.path)
            try:
                document = read_document(source, work.limits, reader.extract)
            except DocumentError as error:
                missing = error.missing if isinstance(error, MissingReaderError) else None
                digest = _content(source.path)
                yield Done(path, source.id, digest, refused=str(error), missing=missing)
                continue
            if writer is None:
                (work.generation / name).mkdir()
                segmenter = Segmenter(folding, work.cache)
                writer = opened.enter_context(SegmentWriter(work.generation / name, folding, segmenter))
            writer.add(document)
            yield Done(
                path,
                source.id,
                document.digest,
                name,
                number,
                len(document.passages),
                _text_digest(document),
                document.format,
                document.encoding,
                document.warnings,
            )
            number += 1
        if writer:
            writer.finish()


def _write(files: Sequence[File], work: Work, folding: Folding, first: int) -> Generator[Done, None, None]:
    """Write the files into segments, numbered from ``first`` on, and yield what has become of each."""
    total = sum(file.size for file in files)
    processes = min(_processors(), 1 + total // _WORTH_A_PROCESS)
    count = max(processes, -(-total // _LARGEST_SEGMENT))
    parts = [(sources, f"segment-{number:03}") for number, sources in enumerate(_parts(files, count), start=first)]
    if processes == 1:
        for sources, name in parts:
            yield from write_segment(sources, name, work, folding)
        return
    from .workers import write_segments

    yield from write_segments(parts, work, processes)


def _parts(files: Sequence[File], count: int) -> Iterator[Sequence[Source]]:
    """Yield the sources in so many parts, in order and of about the same size."""
    every = sum(file.size for file in files)
    first = total = made = 0
    for index, file in enumerate(files, start=1):
        total += file.size
        if total * count >= (made + 1) * every or index == len(files):
            yield [each.source for each in files[first:index]]
            first, made = index, made + 1


def _ranks(entries: Iterable[SegmentEntry], records: Sequence[FileRecord]) -> list[int] | None:
    """Return the place of each document, dead or alive, in reading order, None if they are in that order."""
    places = {(record.segment, record.number): place for place, record in enumerate(records) if record.segment}
    alive = [
        places[at] for entry in entries for number in range(entry.documents) if (at := (entry.name, number)) in places
    ]
    if alive == sorted(alive):
        return None
    return [places.get((entry.name, number), 0) for entry in entries for number in range(entry.documents)]


def _segments_to_rewrite(changes: Changes, manifest: Manifest) -> set[str]:
    """Return the segments to write anew."""
    kept = [record for _, record in changes.kept]
    alive = Counter(record.segment for record in kept)
    return segments_to_rewrite(kept, {entry.name: entry.documents - alive[entry.name] for entry in manifest.segments})


def _old_records(definition: CorpusDefinition) -> Sequence[FileRecord]:
    """Return the records of an index that cannot be used as it is, as far as they can be read: documents keep their
    ids when it is rebuilt."""
    with suppress(IndexDamagedError):
        if found := current(definition.folder):
            check(*found, folder=RECORDS)
            return read_records(found[0])
    return ()


def _content(path: Path) -> str:
    """Return a digest of a file's bytes, an empty one if they cannot be read, or only once, as those of a pipe."""
    try:
        return file_digest(path) if path.is_file() else ""
    except (DocumentError, OSError):
        return ""


def _may_be_read_now(record: FileRecord, limits: Limits) -> bool:
    """Say whether what a file was refused for may be so no more: the limits, what was missing, or who may read it."""
    if record.limits != _limits_digest(limits):
        return True
    return is_available(record.missing) if record.missing else not record.digest and bool(_content(Path(record.path)))


def _limits_digest(limits: Limits) -> str:
    return digest((repr(limits).encode(),))


def _text_digest(document: Document) -> str:
    """Return a digest of a document's text but for white space, alike for files in different formats and encodings."""
    digest = hashlib.blake2b(digest_size=16)
    for passage in document.passages:
        digest.update("".join(passage.text.split()).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
