"""Setting metadata by hand: single fields, or a table of documents that was edited."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from ..corpus.messages import Message, message
from ..corpus.metadata.fields import FIELD_BY_NAME, FIELDS, MetadataField, ValueFormError, canonical, field_of, value_of
from ..corpus.sources.csv_tables import noted, read_text, table_rows, unknown_column
from .model import IndexedDocument
from .records.document_table import COLUMNS, DOCUMENT, READ_ONLY, document_cells

Values = Mapping[str, str]
"""Values by the names of their fields, as `zhengce.corpus.metadata.fields.canonical` writes them."""

_INERT = re.compile(r"'(?=\s*[=+\-@＝＋－＠])")


class TableChanges(NamedTuple):
    """What a table says otherwise than the corpus, by the ids of documents, and what in it was not understood."""

    values: Mapping[str, Values]
    notes: tuple[str, ...]


def named_field(name: str) -> MetadataField:
    """Return the field of a name in English or Chinese.

    Raises:
        ValueFormError: There is none.
    """
    field = field_of(name)
    if field is None:
        advice = unknown_column(name, FIELDS)
        raise ValueFormError(message("there is no field “{name}”; {advice}", name=name.strip(), advice=advice))
    return field


def read_value(field: MetadataField, written: str) -> str:
    """Return a value as it is kept. An empty one says that the document has none.

    Raises:
        ValueFormError: The field takes no such value.
    """
    if written.strip():
        try:
            return canonical(field, written)
        except ValueFormError as error:
            said = message("{field}: {problem}", field=Message(field.name, {}, context="column"), problem=str(error))
            raise ValueFormError(said) from error
    if field.name == "title":
        raise ValueFormError(message("title: a document has a title; write title=…"))
    return ""


def table_changes(path: Path, documents: Iterable[IndexedDocument]) -> TableChanges:
    """Return what an edited table says otherwise than the documents do. Columns that are not for editing are passed
    over.

    Raises:
        DocumentError: The table cannot be read, or has no column ``document``.
    """
    notes: list[str] = []

    def note(line: int | None, text: str) -> None:
        notes.append(noted(path, line, text))

    known = {document.id: document for document in documents}
    values: dict[str, Values] = {}
    for line, cells in table_rows(path, read_text(path, note), (*COLUMNS, *READ_ONLY), note):
        document = known.get(cells[DOCUMENT.name])
        if document is None:
            note(
                line,
                message(
                    "there is no document “{name}”; write an id as zhengce docs lists it", name=cells[DOCUMENT.name]
                ),
            )
            continue
        changed: dict[str, str] = {}
        for field, cell in _differing(document, cells):
            try:
                changed[field.name] = read_value(field, cell)
            except ValueFormError as error:
                note(line, str(error))
        if changed:
            values[document.id] = {**values.get(document.id, {}), **changed}
    return TableChanges(values, tuple(notes))


def _differing(document: IndexedDocument, cells: Mapping[str, str]) -> Iterator[tuple[MetadataField, str]]:
    """Yield the cells that say something else than the document, whatever a spreadsheet has made of them."""
    for column, now in zip(COLUMNS, document_cells(document), strict=True):
        cell = _INERT.sub("", cells.get(column.name, now), count=1)
        if column.name in FIELD_BY_NAME and not _is_same(column, cell, now):
            yield column, cell


def _is_same(field: MetadataField, cell: str, now: str) -> bool:
    # Excel writes ? for what GBK has not.
    if " ".join(cell.split()) in (" ".join(now.split()), " ".join(now.encode("gbk", "replace").decode("gbk").split())):
        return True
    try:
        return bool(cell) and value_of(field, canonical(field, cell)) == value_of(field, now)
    except ValueFormError:
        return False
