"""The documents of a corpus as a table to be edited: a row for each, with a cell for each field of its metadata."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from ...corpus.metadata.fields import FIELDS, MetadataField
from ...corpus.metadata.origins import decoded
from ..model import IndexedDocument

DOCUMENT = MetadataField("document", ("文档", "文档编号"), "text", "the id of the document")
COLUMNS = (DOCUMENT, *FIELDS)


class KnownField(NamedTuple):
    """A field of a document's metadata that has a value: its name, the value as a table has it, and where it comes
    from."""

    name: str
    value: str
    origin: str


def known_fields(document: IndexedDocument) -> list[KnownField]:
    """Return what is known of a document, in the order of the fields."""
    origins = decoded(document.origins)
    named = zip(FIELDS, islice(document_cells(document), 1, None), strict=True)
    return [KnownField(field.name, value, origins.get(field.name, "text")) for field, value in named if value]


def document_cells(document: IndexedDocument) -> Iterator[str]:
    """Yield the cells of a document in the order of `COLUMNS`."""
    yield document.id
    for field in FIELDS:
        value = getattr(document.metadata, field.name)
        if isinstance(value, tuple):
            yield ("、" if field.form == "names" else " ").join(value)
        else:
            yield "" if value is None else str(value)
