"""Corrections: what was set by hand of the documents of a corpus. They are kept beside its index and outlive it.

They are applied when a document is read from the index, so that a correction is in force at once, for conditions,
exports and citations alike, and no file is read again: metadata stand nowhere else in an index, and ranking and the
search for texts do not look at them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...corpus.errors import reason_of
from ...corpus.messages import message
from ..errors import StorageError
from .checksums import replace_file, verified, with_checksum
from .locks import storage_errors, writing

if TYPE_CHECKING:
    from ..model import IndexedDocument

NAME = "corrections.json"

Corrections = Mapping[str, Mapping[str, str]]
"""The values that were set, by the id of the document and the name of the field, as
`zhengce.corpus.metadata.fields.canonical` writes them. An empty one says that the document has none."""


def read_corrections(folder: Path) -> Corrections:
    """Return the corrections of the corpus that is kept in a folder.

    Raises:
        StorageError: They cannot be read, or are not as they were written.
    """
    path = folder / NAME
    try:
        written = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise StorageError(message("{path} cannot be read: {reason}.", path=path, reason=reason_of(error))) from error
    try:
        return {
            str(document): {str(name): str(value) for name, value in values.items()}
            for document, values in json.loads(verified(written)).items()
        }
    except (ValueError, AttributeError, RecursionError) as error:
        raise StorageError(
            message(
                "{path}, which holds what was set by hand, is damaged. "
                "Restore it from a copy, or remove it and set the metadata again.",
                path=path,
            )
        ) from error


def change_corrections(
    folder: Path, change: Callable[[dict[str, dict[str, str]]], object], waiting: Callable[[str], None]
) -> None:
    """Change the corrections of the corpus that is kept in a folder: ``change`` is called with all of them. Nobody else
    changes them meanwhile, and they are replaced as a whole.

    Raises:
        StorageError: They cannot be read or written.
    """
    with writing(folder, waiting):
        said = {document: dict(values) for document, values in read_corrections(folder).items()}
        change(said)
        kept = {document: values for document, values in said.items() if values}
        with storage_errors(folder):
            replace_file(folder / NAME, with_checksum(json.dumps(kept)))


def corrected(document: IndexedDocument, values: Mapping[str, str]) -> IndexedDocument:
    """Return a document with what was set by hand."""
    from ...corpus.metadata.fields import FIELD_BY_NAME, value_of
    from ...corpus.metadata.origins import decoded, encoded

    known = {name: value for name, value in values.items() if name in FIELD_BY_NAME}
    changed: dict[str, Any] = {name: value_of(FIELD_BY_NAME[name], value) for name, value in known.items()}
    metadata = document.metadata._replace(**changed)
    origins = {**decoded(document.origins), **dict.fromkeys(known, "set")}
    return document._replace(metadata=metadata, origins=encoded(origins))  # type: ignore[arg-type]
