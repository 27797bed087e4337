"""BibTeX: the documents in which something was found, for reference managers."""

from __future__ import annotations

from typing import TextIO

from ...index.citations.bibtex import lines
from ...index.citations.managers import clean
from ...index.citations.reference import Reference
from .interface import BibliographyWriter, Export, head_lines, named


class Writer(BibliographyWriter):
    """Writes an entry for each document, below a comment that says what search they come from."""

    def write_documents(self, export: Export, stream: TextIO) -> None:
        """Write the comment and the entries."""
        head = export.head._replace(shown=())
        # BibTeX has no comments, but skips everything outside an entry; and an entry begins with @.
        stream.writelines(f"% {named(name, clean(value).replace('@', '＠'))}\n" for name, value in head_lines(head))
        stream.writelines(line + "\n" for line in lines(map(Reference, export.by_document())))
