"""Building: updates the index of a corpus to its files as they are now.

Only files that have changed are read, in several processes where there is much to read.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ...corpus.errors import DocumentError
from ...corpus.files import File
from ...corpus.formats.table import is_available
from ...corpus.limits import Limits
from ...corpus.messages import lines, message
from ...corpus.text.folding import Folding
from ...corpus.text.simplification import simplified_characters
from ...corpus.text.words import clear_leftovers
from ..errors import IndexDamagedError
from ..storage.file_records import FOLDER as RECORDS
from ..storage.file_records import FileRecord, read_records, write_records
from ..storage.generations import (
    GenerationWriter,
    Manifest,
    SegmentEntry,
    check,
    current,
    new_generation,
    outdated,
    remove_others,
)
from ..storage.locks import writing
from ..storage.snapshot import read_folding, write_folding, write_ranks
from . import unchanged
from .changes import Changes, compare, segments_to_rewrite
from .corpora import CorpusDefinition, remember
from .digests import content_digest, limits_digest
from .reports import BuildReport, Refusal, refusals, report
from .segment_build import BuildSettings, SegmentTask, build_segment

Progress = Callable[[int, int, str], None]
"""Called during a build with the number of files read, the number of files to read, and the id of the last one."""

_WORTH_A_PROCESS = 4_000_000  # bytes; for less, loading the dictionary once more takes longer than is saved
_LARGEST_SEGMENT = 64_000_000  # bytes of files, for which a process needs some 500 MB


def build(
    define: Callable[[], CorpusDefinition],
    *,
    cache: Path,
    rebuild: bool,
    progress: Progress,
    waiting: Callable[[str], None],
) -> BuildReport:
    """Update the index of a corpus to its files. Where nothing has changed, nothing is written.

    ``define`` returns the corpus. It is called again when this process has the lock, since another process may have
    added to the corpus meanwhile. ``cache`` is the folder where jieba keeps its compiled dictionary; ``rebuild`` reads
    all files again. A document that cannot be read is left out and reported; for a bundled document that is an error.
    ``waiting`` is called with a message if another process is writing the index; this one waits for it to end.

    Raises:
        DocumentError: A bundled document cannot be read, or none of the documents.
        StorageError: The folder cannot be written, or the disk is full.
        IndexDamagedError: The index is damaged, and ``rebuild`` is not set.
    """
    started = time.monotonic()
    definition = define()
    with writing(definition.folder, waiting):
        definition = define()
        discovered = definition.discover()
        fingerprint = definition.fingerprint()
        found = None if rebuild else current(definition.folder)
        remember(definition)
        why = outdated(found[1], fingerprint) if found else None
        usable = None if why else found
        if usable:
            check(*usable, folder=None)
        records = read_records(usable[0]) if usable else _old_records(definition)
        retry = partial(_may_be_read_now, limits=definition.limits)
        changes = compare(discovered.files, records, content_digest, retry, everything=not usable)
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
        if definition.in_cache and (now := current(definition.folder)):
            unchanged.note(definition.folder, now[0].name, discovered, records)
        elapsed = time.monotonic() - started
        return report(changes, records, discovered, elapsed, built=not usable or changes.any, outdated=why)


@dataclass(frozen=True, slots=True)
class _Update:
    """A new generation, made of the one in force, ``found``, if it is usable, and of what has changed."""

    definition: CorpusDefinition
    writer: GenerationWriter
    found: tuple[Path, Manifest] | None
    changes: Changes

    def write(self, files: Sequence[File], cache: Path, progress: Progress) -> Sequence[FileRecord]:
        """Write everything but the manifest, and return the records of the files in their order."""
        ranks = {str(file.source.path): rank for rank, file in enumerate(files)}
        kept = [record for _, record in self.changes.kept]
        entries = self._keep(kept)
        # Texts that are compared must have been folded alike, whatever OpenCC there is now.
        folding = read_folding(self.found[0]) if self.found and entries else Folding(simplified_characters())
        write_folding(self.writer.path, folding)
        wanted = (*self.changes.added, *self.changes.changed, *self.changes.again)
        new = self._read(sorted(wanted, key=lambda file: ranks[str(file.source.path)]), folding, cache, progress)
        records = sorted((*kept, *new), key=lambda record: ranks[record.path])
        if not any(record.segment for record in records):
            refused = [Refusal(each.path, each.refused, each.missing) for each in records if each.refused]
            raise DocumentError(lines((message("None of the documents can be read."), *refusals(refused))))
        counts: Counter[str] = Counter()
        for record in new:
            if record.segment:
                counts[record.segment] += len(record.documents)
        self.writer.segments = [*entries, *(SegmentEntry(name, count) for name, count in sorted(counts.items()))]
        write_records(self.writer.path, records)
        write_ranks(self.writer.path, _ranks(self.writer.segments, records))
        return records

    def _keep(self, kept: Iterable[FileRecord]) -> list[SegmentEntry]:
        """Take over the segments of the generation in force that have kept documents."""
        if not self.found:
            return []
        path, manifest = self.found
        alive: dict[str, set[int]] = {}
        for record in kept:
            if record.segment is not None:
                alive.setdefault(record.segment, set()).update(record.numbers)
        entries = []
        for entry in manifest.segments:
            if entry.name in alive:
                self.writer.keep(path, manifest, entry.name)
                removed = sorted(set(range(entry.documents)) - alive[entry.name])
                entries.append(entry._replace(removed=tuple(removed)))
        return entries

    def _read(self, files: Sequence[File], folding: Folding, cache: Path, progress: Progress) -> list[FileRecord]:
        """Read files into new segments, and return their records."""
        taken = [int(entry.name.rpartition("-")[2]) for entry in self.found[1].segments] if self.found else []
        records: list[FileRecord] = []
        progress(0, len(files), "")
        settings = BuildSettings(self.writer.path, cache, self.definition.limits)
        with closing(_build_segments(files, settings, folding, max(taken, default=-1) + 1)) as read:
            for record in read:
                if record.refused and self.definition.is_bundled:
                    raise DocumentError(record.refused)
                records.append(record)
                progress(len(records), len(files), record.id)
        return records


def _build_segments(
    files: Sequence[File], settings: BuildSettings, folding: Folding, first: int
) -> Generator[FileRecord, None, None]:
    """Read the files into segments, numbered from ``first`` on, and yield the record of each file."""
    total = sum(file.size for file in files)
    processes = min(_processors(), 1 + total // _WORTH_A_PROCESS)
    count = max(processes, -(-total // _LARGEST_SEGMENT))
    tasks = [SegmentTask(part, f"segment-{number:03}") for number, part in enumerate(_parts(files, count), start=first)]
    if processes == 1:
        for task in tasks:
            yield from build_segment(task, settings, folding)
        return
    from .workers import build_segments

    yield from build_segments(tasks, settings, processes)


def _parts(files: Sequence[File], count: int) -> Iterator[Sequence[File]]:
    """Yield the files in so many parts, in order and of about the same size in bytes."""
    every = sum(file.size for file in files)
    first = total = made = 0
    for index, file in enumerate(files, start=1):
        total += file.size
        if total * count >= (made + 1) * every or index == len(files):
            yield files[first:index]
            first, made = index, made + 1


def _ranks(entries: Iterable[SegmentEntry], records: Sequence[FileRecord]) -> list[int] | None:
    """Return the rank of each document in reading order, 0 for removed ones; None if they are in that order."""
    read = ((record.segment, number) for record in records if record.segment for number in record.numbers)
    ranks = {document: rank for rank, document in enumerate(read)}
    documents = [(entry.name, number) for entry in entries for number in range(entry.documents)]
    kept = [ranks[document] for document in documents if document in ranks]
    return None if kept == sorted(kept) else [ranks.get(document, 0) for document in documents]


def _segments_to_rewrite(changes: Changes, manifest: Manifest) -> set[str]:
    """Return the segments to be written again."""
    kept = [record for _, record in changes.kept]
    alive: Counter[str] = Counter()
    for record in kept:
        if record.segment:
            alive[record.segment] += len(record.documents)
    return segments_to_rewrite(kept, {entry.name: entry.documents - alive[entry.name] for entry in manifest.segments})


def _old_records(definition: CorpusDefinition) -> Sequence[FileRecord]:
    """Return the records of an index that has to be rebuilt, if they can be read, so that documents keep their ids."""
    with suppress(IndexDamagedError):
        if found := current(definition.folder):
            check(*found, folder=RECORDS)
            return read_records(found[0])
    return ()


def _may_be_read_now(record: FileRecord, limits: Limits) -> bool:
    """Say whether the reason for which a file was refused may no longer hold: the limits, a library or program that was
    missing, or permissions."""
    if record.limits_digest != limits_digest(limits):
        return True
    return (
        is_available(record.missing)
        if record.missing
        else not record.content_digest and bool(content_digest(Path(record.path)))
    )


def _processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
