"""The documents of a corpus as a table to be edited: a row for each, with a cell for each field of its metadata."""

from __future__ import annotations

from collections.abc import Iterator

from ...corpus.metadata.fields import FIELDS, MetadataField
from ..model import IndexedDocument

DOCUMENT = MetadataField("document", ("文档", "文档编号"), "text", "the id of the document")
COLUMNS = (DOCUMENT, *FIELDS)


def document_cells(document: IndexedDocument) -> Iterator[str]:
    """Yield the cells of a document in the order of `COLUMNS`."""
    yield document.id
    for field in FIELDS:
        value = getattr(document.metadata, field.name)
        if isinstance(value, tuple):
            yield ("、" if field.form == "names" else " ").join(value)
        else:
            yield "" if value is None else str(value)
