"""Reading: turns a file into a document."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from .errors import DocumentError
from .extract import DEFAULT_LIMITS, Extract, Limits
from .files import Source, read_bytes
from .formats import Format, extract, format_of
from .lines import read_lines
from .metadata import read_metadata
from .model import Document
from .paragraphs import blocks
from .sections import passages

Extractor = Callable[[Format, Path, bytes, "str | None", Limits], Extract]
"""What takes the text out of a file, as `zhengce.corpus.formats.extract` does."""


def read_document(source: Source, limits: Limits = DEFAULT_LIMITS, extractor: Extractor = extract) -> Document:
    """Read a document from its file.

    Raises:
        DocumentError: The file cannot be read, goes beyond the limits, or has no text.
        MissingReaderError: A library or program that reads files of its format is not installed.
    """
    format_ = format_of(source.path)
    if format_ is None:
        raise DocumentError(f"{source.path} is of no format that is read.")
    data = read_bytes(source.path, limits.size)
    extracted = extractor(format_, source.path, data, source.encoding, limits)
    return replace(document(source, extracted), digest=content_digest(data))


def content_digest(data: bytes) -> str:
    """Return a digest of the bytes of a file, by which it is known again where it was renamed."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def document(source: Source, extracted: Extract) -> Document:
    """Return the document that the text of a file makes.

    Raises:
        DocumentError: There is nothing but white space in it.
    """
    found = passages(blocks(read_lines(extracted.pieces)))
    if not found:
        raise DocumentError(f"{source.path} has no text in it.")
    stated = {**extracted.stated, **source.stated}
    known = {**extracted.known, **source.known}
    metadata = read_metadata(found, known=known, stated=stated, fallback=source.path.stem)
    return Document(source.id, metadata, found, extracted.format, extracted.encoding, extracted.warnings)
