"""File records: what became of each file of a corpus, so that an update reads only the files that have changed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from ...corpus.messages import from_json, to_json
from .checked_files import damaged

FOLDER, NAME = "registry", "files.jsonl"

T = TypeVar("T")

# Keys of format 3: documents keep their ids when an index of that format is rebuilt.
_FORMER_KEYS = {"digest": "content_digest", "known": "source_digest", "limits": "limits_digest"}
# Keys of records from when a file was one document; such an index is rebuilt, so they are not needed.
_DROPPED_KEYS = frozenset(("text", "text_digest", "passages"))


class DocumentRecord(NamedTuple):
    """A document of a file: its id, the number of its passages, and a digest that is equal for equal texts."""

    id: str
    passages: int
    text_digest: str


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A file as it was when it was last read, and what became of it.

    ``path``, ``size`` in bytes and ``time`` of the last change in nanoseconds are those of the file. The digests
    (see `zhengce.index.indexing.digests`) tell whether anything that its documents depend on has changed:
    ``content_digest`` the bytes, ``source_digest`` what sidecars and options say of the file, and ``limits_digest``
    the limits that a refused file was held to.

    ``id`` is the id of the file, which it keeps when it is renamed: that of its one document, or what those of the
    documents in a volume begin with. ``documents`` are its documents in order; the first has the ``number`` in the
    ``segment``, and the others follow it. Both are None for a file that was refused: then ``refused`` is the reason,
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
    documents: tuple[DocumentRecord, ...] = ()
    format: str = ""
    encoding: str | None = None
    warnings: tuple[str, ...] = ()
    refused: str | None = None
    missing: str | None = None
    limits_digest: str = ""
    readers: str = ""

    @property
    def numbers(self) -> range:
        """Return the numbers that its documents have in the segment."""
        return range(self.number, self.number + len(self.documents)) if self.number is not None else range(0)

    @property
    def passages(self) -> int:
        """Return the number of passages in all its documents."""
        return sum(document.passages for document in self.documents)


def record_from_json(data: dict[str, Any]) -> FileRecord:
    """Return a record from what `record_to_json` has returned, or an earlier version of it that had texts for messages.

    Raises:
        KeyError, TypeError: They are not those of a record.
    """
    values = {_FORMER_KEYS.get(key, key): value for key, value in data.items() if key not in _DROPPED_KEYS}
    documents = tuple(DocumentRecord(*each) for each in values.get("documents", ()))
    refused = values.get("refused")
    said = {
        "warnings": tuple(map(from_json, values["warnings"])),
        "refused": None if refused is None else from_json(refused),
    }
    return FileRecord(**{**values, **said, "documents": documents})


def record_to_json(record: FileRecord) -> dict[str, Any]:
    """Return a record as values that JSON can keep."""
    said = {"warnings": list(map(to_json, record.warnings)), "refused": record.refused and to_json(record.refused)}
    return {**asdict(record), **said}


def write_records(generation: Path, records: Iterable[FileRecord]) -> None:
    """Write the records of a generation, in the order given."""
    (generation / FOLDER).mkdir()
    with open(generation / FOLDER / NAME, "w", encoding="ascii") as file:
        file.writelines(json.dumps(record_to_json(record)) + "\n" for record in records)


def read_records(generation: Path) -> Sequence[FileRecord]:
    """Return the records of a generation.

    Raises:
        IndexDamagedError: They cannot be read.
    """
    return _read(generation, lambda lines: [record_from_json(data) for data in lines])


def read_paths(generation: Path) -> dict[str, str]:
    """Return the path of the file of each document of a generation, by the document's id. Errors are those of
    `read_records`, which takes four times as long."""
    return _read(generation, lambda lines: {each[0]: data["path"] for data in lines for each in data["documents"]})


def _read(generation: Path, made: Callable[[Iterable[dict[str, Any]]], T]) -> T:
    path = generation / FOLDER / NAME
    try:
        with open(path, encoding="ascii") as file:
            return made(map(json.loads, file))
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise damaged(path) from error
