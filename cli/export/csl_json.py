"""CSL-JSON: the documents in which something was found, for reference managers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TextIO

from ...index.citations.csl_json import array, csl_item
from ...index.citations.reference import Reference
from .interface import BibliographyWriter, Export


class Writer(BibliographyWriter):
    """Writes an item for each document.

    JSON has no place for a head, so each item says in its field for custom variables what search it comes from and
    how much was found in the document.
    """

    def write_documents(self, export: Export, stream: TextIO) -> None:
        """Write an array of items, one a line."""
        stream.writelines(line + "\n" for line in array(_items(export)))


def _items(export: Export) -> Iterator[dict[str, Any]]:
    head = export.head._replace(shown=()).record()
    for document, counts in export.by_document().items():
        here = {"occurrences": counts.occurrences, "passages": counts.passages}
        yield csl_item(Reference(document)) | {"custom": {"zhengce": head | {"here": here}}}
