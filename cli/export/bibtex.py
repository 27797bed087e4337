"""BibTeX: the documents in which something was found, for reference managers."""

from __future__ import annotations

from dataclasses import replace
from typing import TextIO

from ...index.citations.bibtex import lines
from ...index.citations.managers import clean
from ...index.citations.reference import Reference
from .table import Export


def write_documents(export: Export, stream: TextIO) -> None:
    """Write an entry for each document, below a comment that says what search they come from."""
    head = replace(export.head, shown=())
    # BibTeX has no comments, but skips everything outside an entry; and an entry begins with @.
    stream.writelines(f"% {name}: {clean(value).replace('@', '＠')}\n" for name, value in head.lines())
    stream.writelines(line + "\n" for line in lines(map(Reference, export.by_document())))
