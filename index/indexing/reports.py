"""Reports: what an update of an index did, file by file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

from ...corpus.formats.table import how_to_get
from ...corpus.messages import counted, listed, message
from ...corpus.sources.discovery import Discovered
from ..storage.file_records import FileRecord
from .changes import Changes

Status = Literal["added", "changed", "renamed", "unchanged", "removed", "refused", "skipped"]


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of a file.

    ``id`` is that of its document or, of a volume of several ``documents``, what their ids begin with. ``reason`` says
    why it was refused or skipped, why its document was removed although the file is still there, or which path a
    renamed file had, and ``missing`` the library or program for want of which it was refused. ``warnings`` say what in
    the file could not be read; ``same_text`` is another file with the same documents. ``is_new`` is False if the last
    update has reported the same.
    """

    path: str
    status: Status
    id: str | None = None
    format: str | None = None
    encoding: str | None = None
    passages: int = 0
    reason: str | None = None
    warnings: tuple[str, ...] = ()
    same_text: str | None = None
    is_new: bool = False
    documents: int = 0
    missing: str | None = None


class Refusal(NamedTuple):
    """A file that was refused, why, and the library or program for want of which, if that is why."""

    path: str
    reason: str
    missing: str | None


def refusals(refused: Sequence[Refusal]) -> Iterator[str]:
    """Yield why files were refused: one message for all that need the same library or program, which counts them, and
    one for each other file."""
    of_library: dict[str, list[Refusal]] = {}
    for each in refused:
        if each.missing:
            of_library.setdefault(each.missing, []).append(each)
    for missing, files in of_library.items():
        if len(files) == 1:
            yield files[0].reason
            continue
        yield message(
            "{count:,} files ({endings}) need {library}",
            count=len(files),
            endings=listed(sorted({Path(each.path).suffix.lower() for each in files})),
            library=how_to_get(missing),
        )
    yield from (each.reason for each in refused if not each.missing)


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What an update did: the number of documents and passages that there are now, the seconds that it took, and what
    became of each file. ``built`` says whether the index was written again; ``reasons`` are sentences that say why
    files that have not changed were read again, ``notes`` what in sidecars was not understood."""

    documents: int
    passages: int
    seconds: float
    files: tuple[FileReport, ...]
    built: bool
    reasons: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def refused(self) -> tuple[str, ...]:
        """Return the reasons for which files were refused."""
        return tuple(each.reason or "" for each in self.files if each.status == "refused")

    def count(self, status: Status) -> int:
        """Return the number of files with a status."""
        return sum(each.status == status for each in self.files)


def report(
    changes: Changes,
    records: Sequence[FileRecord],
    discovered: Discovered,
    seconds: float,
    *,
    built: bool,
    outdated: str | None,
) -> BuildReport:
    """Return the report of an update, given what had changed and the records of all files.

    ``outdated`` says in words why the whole index was outdated, None if it was not.
    """
    read = [record for record in records if record.segment]
    reasons = {str(path): why for path, why in discovered.skipped}
    files = [
        *_files(changes, records),
        *(_removed(record, reasons.pop(record.path, None)) for record in changes.removed),
    ]
    files += (FileReport(path, "skipped", reason=why) for path, why in reasons.items())
    passages = sum(record.passages for record in read)
    why = tuple(_reasons(changes, outdated))
    notes = tuple(map(str, discovered.notes))
    documents = sum(len(record.documents) for record in read)
    return BuildReport(documents, passages, seconds, tuple(files), built, why, notes)


def _reasons(changes: Changes, outdated: str | None) -> Iterator[str]:
    if outdated:
        yield message("All documents are read again: {reason}.", reason=outdated)
    for (then, now), count in changes.other_readers.items():
        yield counted(
            "{count:,} file is read again: {now} is installed, and {then} had read it.",
            "{count:,} files are read again: {now} is installed, and {then} had read them.",
            count,
            now=now,
            then=then or message("another version"),
        )


def _files(changes: Changes, records: Sequence[FileRecord]) -> Iterator[FileReport]:
    added = {str(file.source.path) for file in changes.added}
    changed = {str(file.source.path) for file in changes.changed}
    before = {now: then for then, now in changes.renamed}
    first: dict[tuple[str, ...], str] = {}
    for record in records:
        path, reason = record.path, record.refused
        status: Status = "unchanged"
        same = path
        if texts := tuple(document.text_digest for document in record.documents):
            same = first.setdefault(texts, path)
        new = path in added or path in changed
        if record.refused:
            yield FileReport(path, "refused", record.id, reason=reason, is_new=new, missing=record.missing)
            continue
        if path in before:
            status, reason = "renamed", message("was {path}", path=before[path])
        elif new:
            status = "added" if path in added else "changed"
        yield FileReport(
            path,
            status,
            record.id,
            record.format,
            record.encoding,
            record.passages,
            reason,
            record.warnings,
            same if same != path else None,
            is_new=new,
            documents=len(record.documents),
        )


def _removed(record: FileRecord, reason: str | None) -> FileReport:
    return FileReport(record.path, "removed", record.id, reason=reason, is_new=True)
