"""File records: what became of each file of a corpus, so that an update reads only the files that have changed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from .checked_files import damaged

FOLDER, NAME = "registry", "files.jsonl"

# Keys of format 3: documents keep their ids when an index of that format is rebuilt.
_FORMER_KEYS = {"digest": "content_digest", "known": "source_digest", "text": "text_digest", "limits": "limits_digest"}


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A file as it was when it was last read, and what became of it.

    ``path``, ``size`` in bytes and ``time`` of the last change in nanoseconds are those of the file. The digests
    (see `zhengce.index.indexing.digests`) tell whether anything that its document depends on has changed:
    ``content_digest`` the bytes, ``source_digest`` what sidecars and options say of the file, and ``limits_digest``
    the limits that a refused file was held to. ``text_digest`` is equal for files with the same text.

    ``id`` is the id of the document, which it keeps when the file is renamed. The document has the ``number`` in the
    ``segment``, and so many ``passages``. Both are None for a file that was refused: then ``refused`` is the reason,
    and ``missing`` the library or program that has to be installed to read it. ``format`` and ``encoding`` are named
    for people; ``warnings`` say what in the file could not be read; ``readers`` are the libraries that read it, with
    their versions.
    """

    path: str
    size: int
    time: int
    content_digest: str
    source_digest: str
    id: str
    segment: str | None = None
    number: int | None = None
    passages: int = 0
    text_digest: str = ""
    format: str = ""
    encoding: str | None = None
    warnings: tuple[str, ...] = ()
    refused: str | None = None
    missing: str | None = None
    limits_digest: str = ""
    readers: str = ""


def record_from_json(data: dict[str, Any]) -> FileRecord:
    """Return a record from the values of its `dataclasses.asdict` as JSON keeps them.

    Raises:
        KeyError, TypeError: They are not those of a record.
    """
    values = {_FORMER_KEYS.get(key, key): value for key, value in data.items()}
    return FileRecord(**{**values, "warnings": tuple(values["warnings"])})


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
            return [record_from_json(data) for data in map(json.loads, file)]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise damaged(path) from error
