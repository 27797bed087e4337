"""Changes: which files of a corpus have to be read again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ...corpus.files import File
from ...corpus.sources.discovery import ids
from ..storage.file_records import FileRecord
from .digests import readers, source_digest

_SMALL = 4_000_000  # bytes of files in a segment
_MOST_SMALL = 6
_OF_VOLUME = re.compile(r"(?P<volume>.+)/\d{2,}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Changes:
    """What has changed since the files of a corpus were last read.

    ``added`` and ``changed`` are files to read, with their documents' ids; a file that was refused and may be read now
    is ``added``. ``again`` are files to read that have not changed. ``kept`` are files that need not be read, each with
    its record under the path where it is now, and ``removed`` the records of files that are gone. ``renamed`` has the
    paths at which files were and are. ``other_readers`` counts the files that are read again since other versions of
    libraries read them, by the libraries then and now (see `zhengce.index.indexing.digests.readers`). ``touched`` says
    that a file that is kept has another time or path than its record, or that the files are in another order.
    """

    added: tuple[File, ...] = ()
    changed: tuple[File, ...] = ()
    again: tuple[File, ...] = ()
    kept: tuple[tuple[File, FileRecord], ...] = ()
    removed: tuple[FileRecord, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()
    other_readers: Mapping[tuple[str, str], int] = field(default_factory=dict)
    touched: bool = False

    @property
    def any(self) -> bool:
        """Say whether the index has to be written again."""
        return bool(self.added or self.changed or self.again or self.removed or self.touched)

    def reading_again(self, segments: Collection[str]) -> Changes:
        """Return the same with the documents of some segments read again."""
        again = tuple(file for file, record in self.kept if record.segment in segments)
        kept = tuple((file, record) for file, record in self.kept if record.segment not in segments)
        return replace(self, again=self.again + again, kept=kept)


def compare(
    files: Sequence[File],
    records: Iterable[FileRecord],
    content: Callable[[Path], str],
    retry: Callable[[FileRecord], bool],
    *,
    everything: bool = False,
) -> Changes:
    """Compare the files of a corpus with the records of the files that it had.

    A file of the same size and time has the same content. For a file of another time, ``content`` returns a digest of
    its bytes, or an empty string if they cannot be read. A file that was renamed or moved is recognised by its content,
    and its document keeps its id. ``retry`` says of a refused file whether it should be read again. With
    ``everything``, all files are read.
    """
    before = {record.path: record for record in records}
    now = {str(file.source.path) for file in files}
    gone = {path: record for path, record in before.items() if path not in now}
    kept: list[tuple[File, FileRecord]] = []
    again: list[tuple[File, FileRecord]] = []
    changed: list[tuple[File, FileRecord]] = []
    retried: list[tuple[File, FileRecord]] = []
    new: list[File] = []
    renamed: list[tuple[str, str]] = []
    other_readers: Counter[tuple[str, str]] = Counter()
    touched = False
    sizes = Counter(record.size for record in gone.values())
    for file in files:
        path = str(file.source.path)
        record = before.get(path)
        if record is None and sizes[file.size]:
            record = _moved(file, gone.values(), content)
            if record:
                del gone[record.path]
                renamed.append((record.path, path))
        if record is None:
            new.append(file)
        elif not _is_same(file, record, content):
            changed.append((file, record))
        elif record.refused and (retry(record) or _has_other_readers(file, record)):
            retried.append((file, record))
        elif everything or _is_named_otherwise(file, record):
            again.append((file, record))
        elif _has_other_readers(file, record):
            again.append((file, record))
            other_readers[record.readers, readers(file.source.path)] += 1
        else:
            touched = touched or record.time != file.time
            kept.append((file, replace(record, path=path, time=file.time)))
    taken = _Ids(record.id for _, record in (*kept, *again, *changed, *retried))
    return Changes(
        added=(*_with_known_ids(retried), *(_with_new_id(file, taken) for file in new)),
        changed=_with_known_ids(changed),
        again=_with_known_ids(again),
        kept=tuple((_with_id(file, record.id), record) for file, record in kept),
        removed=tuple(gone.values()),
        renamed=tuple(renamed),
        other_readers=other_readers,
        touched=touched or list(before) != [str(file.source.path) for file in files],
    )


def _is_same(file: File, record: FileRecord, content: Callable[[Path], str]) -> bool:
    if record.size != file.size or record.source_digest != source_digest(file.source):
        return False
    return record.time == file.time or record.content_digest == content(file.source.path)


def _is_named_otherwise(file: File, record: FileRecord) -> bool:
    """Say whether the name of a file has changed, which decides its format and may be the title of its document."""
    return Path(record.path).name != file.source.path.name


def _has_other_readers(file: File, record: FileRecord) -> bool:
    """Say whether other versions of the libraries would read a file. Where they are not installed any more, what they
    have read stays."""
    return readers(file.source.path) not in ("", record.readers)


def _moved(file: File, gone: Iterable[FileRecord], content: Callable[[Path], str]) -> FileRecord | None:
    alike = [record for record in gone if record.size == file.size]
    found = content(file.source.path) if alike else ""
    return next((record for record in alike if found and record.content_digest == found), None)


def _with_known_ids(pairs: Iterable[tuple[File, FileRecord]]) -> tuple[File, ...]:
    return tuple(_with_id(file, record.id) for file, record in pairs)


def _with_id(file: File, id_: str) -> File:
    return file._replace(source=file.source._replace(id=id_))


def _with_new_id(file: File, taken: _Ids) -> File:
    id_ = next((each for each in ids(file.source) if not taken.has(each)), str(file.source.path))
    taken.add(id_)
    return _with_id(file, id_)


class _Ids:
    """The ids that are taken: those of files, and `volume/07` for any number where `volume` is taken, since that file
    may be, or become, a volume of documents."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken: set[str] = set()
        self._volumes: set[str] = set()
        for each in taken:
            self.add(each)

    def add(self, id_: str) -> None:
        self._taken.add(id_)
        if match := _OF_VOLUME.fullmatch(id_):
            self._volumes.add(match["volume"])

    def has(self, id_: str) -> bool:
        match = _OF_VOLUME.fullmatch(id_)
        return id_ in self._taken or id_ in self._volumes or bool(match and match["volume"] in self._taken)


def segments_to_rewrite(kept: Iterable[FileRecord], removed: Mapping[str, int]) -> set[str]:
    """Return the segments to be written again, given the records that are kept and the number of removed documents in
    each segment.

    These are the segments of which half the documents or more are removed, and the small ones where there are many:
    every search spends some time on each segment.
    """
    documents: Counter[str] = Counter()
    sizes: Counter[str] = Counter()
    for record in kept:
        if record.segment:
            documents[record.segment] += len(record.documents)
            sizes[record.segment] += record.size
    chosen = {name for name, count in documents.items() if removed.get(name, 0) >= count}
    small = {name for name, size in sizes.items() if size < _SMALL} - chosen
    return chosen | small if len(small) > _MOST_SMALL else chosen
