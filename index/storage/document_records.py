"""The record of a document in a segment, as JSON has it."""

from __future__ import annotations

import json
from typing import Any

from ...corpus.model import DocumentNumber, Metadata
from ..model import IndexedDocument


def metadata_record(metadata: Metadata) -> dict[str, Any]:
    """Return the metadata of a document for its record, with the parts of its number by name."""
    number = metadata.number
    return {**metadata._asdict(), "number": number._asdict() if number else None}


def read_record(written: bytes, base: int) -> IndexedDocument:
    """Return the document of a record; ``base`` is the ordinal of the segment's first passage in the whole index.

    Raises:
        ValueError, KeyError, TypeError: It is not a record.
    """
    data = json.loads(written)
    metadata = data.pop("metadata")
    if metadata["number"]:
        metadata["number"] = DocumentNumber(**metadata["number"])
    for name in ("issuers", "authors", "revised"):
        metadata[name] = tuple(metadata[name])
    first = data.pop("first") + base
    return IndexedDocument(metadata=Metadata(**metadata), first=first, **data)
