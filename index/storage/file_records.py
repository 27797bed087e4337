"""The registry: what has become of each file of a corpus, so that only what changes is read again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from .checked_files import damaged

FOLDER, NAME = "registry", "files.jsonl"


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A file as it was read: its path, its size in bytes, the time of its last change in nanoseconds, and digests of
    its bytes and of what else decides its document, such as a sidecar.

    ``id`` is its document's, which it keeps when it is renamed. The document is the one of this ``number`` in a
    ``segment``, and of so many passages; both are None for a file that was refused, where ``refused`` says why,
    ``missing`` names what has to be installed to read it, and ``limits`` is a digest of those that it was held to.
    ``text`` is a digest of its text, alike for files in different formats.
    """

    path: str
    size: int
    time: int
    digest: str
    known: str
    id: str
    segment: str | None = None
    number: int | None = None
    passages: int = 0
    text: str = ""
    format: str = ""
    encoding: str | None = None
    warnings: tuple[str, ...] = ()
    refused: str | None = None
    missing: str | None = None
    limits: str = ""


def write_records(generation: Path, records: Iterable[FileRecord]) -> None:
    """Write the records of a generation, in the order given."""
    (generation / FOLDER).mkdir()
    with open(generation / FOLDER / NAME, "w", encoding="ascii") as file:
        file.writelines(json.dumps(asdict(record)) + "\n" for record in records)


def read_records(generation: Path) -> Sequence[FileRecord]:
    """Return the records of a generation.

    Raises:
        IndexDamagedError: They cannot be read.
    """
    path = generation / FOLDER / NAME
    try:
        with open(path, encoding="ascii") as file:
            return [FileRecord(**{**data, "warnings": tuple(data["warnings"])}) for data in map(json.loads, file)]
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise damaged(path) from error
