"""CSL-JSON: the documents in which something was found, for reference managers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, TextIO

from ...index.citations.csl_json import array, item
from ...index.citations.reference import Reference
from .table import Export


def write_documents(export: Export, stream: TextIO) -> None:
    """Write an item for each document. JSON has no place for a head, so each item says in its field for custom
    variables what search it comes from and what was found in it."""
    head = replace(export.head, shown=()).record()

    def items() -> Iterator[dict[str, Any]]:
        for document, counts in export.by_document().items():
            here = {"occurrences": counts.occurrences, "passages": counts.passages}
            yield item(Reference(document)) | {"custom": {"zhengce": head | {"here": here}}}

    stream.writelines(line + "\n" for line in array(items()))
