"""The documents of a corpus as a table, of which the cells that are fields of metadata can be edited."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from ...corpus.messages import message
from ...corpus.metadata.fields import FIELDS, MetadataField
from ...corpus.metadata.origins import decoded
from ..descriptions import ORIGINS
from ..model import Counts, IndexedDocument

DOCUMENT = MetadataField("document", ("文档", "文档编号"), "text", message("the id of the document"))
COLUMNS = (DOCUMENT, *FIELDS)

_FAMILY = MetadataField(
    "family", ("版本系列",), "text", message("what the titles of the versions of a law have in common")
)
_SIZES = (
    MetadataField("passages", ("段数", "段落数"), "text", message("how many passages it has")),
    MetadataField("characters", ("字数",), "text", message("how many characters it has, without white space")),
)
_FOUND = (
    MetadataField("occurrences", ("处数",), "text", message("how often the query occurs in it")),
    MetadataField(
        "passages_matched", ("命中段数", "命中段落数"), "text", message("how many of its passages match the query")
    ),
)
READ_ONLY = (_FAMILY, *_SIZES, *_FOUND)
"""The columns that are no fields of the metadata: what a table has in them is not taken back."""


class KnownField(NamedTuple):
    """A field of a document's metadata that has a value: its name, the value as a table has it, and where it comes
    from."""

    name: str
    value: str
    origin: str


def table_names(*, counted: bool) -> list[str]:
    """Return the names of the columns of `table_cells`; ``counted`` tells that they have counts."""
    return [column.name for column in (*COLUMNS, _FAMILY, *_SIZES, *(_FOUND if counted else ()))]


def table_cells(document: IndexedDocument, family: str | None, counts: Counts | None = None) -> list[str | int]:
    """Return the cells of a document: its fields as a table has them, its family, its size, and what a query found in
    it."""
    found = (counts.occurrences, counts.passages) if counts else ()
    return [*document_cells(document), family or "", document.passages, document.characters, *found]


def known_fields(document: IndexedDocument) -> list[KnownField]:
    """Return what is known of a document, in the order of the fields."""
    origins = decoded(document.origins)
    named = zip(FIELDS, islice(document_cells(document), 1, None), strict=True)
    return [KnownField(field.name, value, ORIGINS[origins.get(field.name, "text")]) for field, value in named if value]


def document_cells(document: IndexedDocument) -> Iterator[str]:
    """Yield the cells of a document in the order of `COLUMNS`."""
    yield document.id
    for field in FIELDS:
        value = getattr(document.metadata, field.name)
        if field.form in ("names", "dates"):
            yield ("、" if field.form == "names" else " ").join(value)
        else:
            yield "" if value is None else str(value)
