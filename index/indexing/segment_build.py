"""Building a segment: what one process does of a build, from the files to a segment on disk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from ...corpus.document_reader import read_documents
from ...corpus.errors import DocumentError, MissingReaderError
from ...corpus.files import File
from ...corpus.formats.sandbox import Sandbox
from ...corpus.limits import Limits
from ...corpus.text.folding import Folding
from ...corpus.text.words import Segmenter
from ..storage.file_records import DocumentRecord, FileRecord
from ..storage.segment_writer import SegmentWriter
from .digests import content_digest, limits_digest, readers, source_digest, text_digest


class SegmentTask(NamedTuple):
    """A segment to be written: the files of its documents, and its name."""

    files: Sequence[File]
    name: str


class BuildSettings(NamedTuple):
    """What all processes of a build share: the folder of the generation, the folder where jieba keeps its compiled
    dictionary, and the limits that files are held to."""

    generation: Path
    cache: Path
    limits: Limits


def build_segment(task: SegmentTask, settings: BuildSettings, folding: Folding) -> Iterator[FileRecord]:
    """Write a segment, and yield the record of each file as soon as it has been read.

    No segment is written if none of the files can be read.

    Raises:
        OSError: The segment cannot be written.
    """
    number = 0
    with ExitStack() as opened:
        sandbox = opened.enter_context(Sandbox())
        writer: SegmentWriter | None = None
        for file in task.files:
            try:
                documents = read_documents(file.source, settings.limits, sandbox.extract)
            except DocumentError as error:
                yield _refused(file, error, settings.limits)
                continue
            if writer is None:
                folder = settings.generation / task.name
                folder.mkdir()
                writer = opened.enter_context(SegmentWriter(folder, folding, Segmenter(folding, settings.cache)))
            for document in documents:
                writer.add(document)
            first = documents[0]
            yield FileRecord(
                path=str(file.source.path),
                size=file.size,
                time=file.time,
                content_digest=first.digest,
                source_digest=source_digest(file.source),
                id=file.source.id,
                segment=task.name,
                number=number,
                documents=tuple(DocumentRecord(each.id, len(each.passages), text_digest(each)) for each in documents),
                format=first.format,
                encoding=first.encoding,
                warnings=tuple(dict.fromkeys(warning for each in documents for warning in each.warnings)),
                readers=readers(file.source.path),
            )
            number += len(documents)
        if writer:
            writer.finish()


def _refused(file: File, error: DocumentError, limits: Limits) -> FileRecord:
    return FileRecord(
        path=str(file.source.path),
        size=file.size,
        time=file.time,
        content_digest=content_digest(file.source.path),
        source_digest=source_digest(file.source),
        id=file.source.id,
        refused=str(error),
        missing=error.missing if isinstance(error, MissingReaderError) else None,
        limits_digest=limits_digest(limits),
        readers=readers(file.source.path),
    )
