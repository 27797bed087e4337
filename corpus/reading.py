"""Reading: turns a file into a document."""

from __future__ import annotations

from .errors import DocumentError
from .files import Source, decode, read_bytes
from .lines import read_lines
from .metadata import read_metadata
from .model import Document
from .paragraphs import blocks
from .sections import passages


def read_document(source: Source) -> Document:
    """Read a document from its file.

    Raises:
        DocumentError: The file cannot be read, is not UTF-8, or has no text.
    """
    return parse_document(source, decode(source.path, read_bytes(source.path)))


def parse_document(source: Source, text: str) -> Document:
    """Return the document that a source text makes.

    Raises:
        DocumentError: There is nothing but white space in it.
    """
    found = passages(blocks(read_lines(text)))
    if not found:
        raise DocumentError(f"{source.path} has no text in it.")
    return Document(source.id, read_metadata(found, source.known, fallback=source.path.stem), found)
