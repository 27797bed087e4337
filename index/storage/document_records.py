"""The record of a document in a segment, read from JSON."""

from __future__ import annotations

import json

from ...corpus.model import DocumentNumber, Metadata
from ..model import IndexedDocument


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
