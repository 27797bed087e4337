"""The worker protocol: what a build and its workers tell each other, as JSON.

The build writes one job to the worker's standard input. The worker answers with a line for each file, and with a last
line that names the error if there was one.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ...corpus.files import File, Source
from ...corpus.limits import Limits
from ...corpus.messages import message
from ..errors import StorageError
from ..storage.file_records import FileRecord, record_from_json, record_to_json
from .segment_build import BuildSettings, SegmentTask


def encode_job(task: SegmentTask, settings: BuildSettings) -> str:
    """Return a job as the text that a worker reads."""
    # Paths are the only values that JSON does not know.
    return json.dumps([task, [settings.generation, settings.cache, settings.limits._asdict()]], default=str)


def decode_job(text: str) -> tuple[SegmentTask, BuildSettings]:
    """Return the job that `encode_job` wrote."""
    (files, name), (generation, cache, limits) = json.loads(text)
    task = SegmentTask([_file(*each) for each in files], name)
    return task, BuildSettings(Path(generation), Path(cache), Limits(**limits))


def encode_answer(answer: FileRecord | Exception) -> str:
    """Return what a worker says of a file, or the error that has ended it, as a line."""
    if isinstance(answer, FileRecord):
        return json.dumps({"record": record_to_json(answer)})
    if isinstance(answer, OSError):
        return json.dumps({"errno": answer.errno, "reason": answer.strerror})
    return json.dumps({"failure": f"{type(answer).__name__}: {answer}"})


def decode_answer(line: str) -> FileRecord:
    """Return the record in a line that `encode_answer` wrote.

    Raises:
        OSError: The worker could not write.
        StorageError: Another error ended the worker.
    """
    answer = json.loads(line)
    if "errno" in answer:
        raise OSError(answer["errno"], answer["reason"])
    if "failure" in answer:
        raise StorageError(
            message("A process that wrote a part of the index failed: {failure}", failure=answer["failure"])
        )
    return record_from_json(answer["record"])


def _file(source: Sequence[Any], size: int, time: int) -> File:
    id_, path, *rest = source
    return File(Source(id_, Path(path), *rest), size, time)
