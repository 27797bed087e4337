"""Digests by which an update sees what has changed since a file was read."""

from __future__ import annotations

import hashlib
from pathlib import Path

from ...corpus.document_reader import file_digest
from ...corpus.errors import DocumentError
from ...corpus.extraction import Limits
from ...corpus.files import Source, digest
from ...corpus.model import Document


def content_digest(path: Path) -> str:
    """Return a digest of a file's bytes; empty if they cannot be read, or only once, as those of a pipe."""
    try:
        return file_digest(path) if path.is_file() else ""
    except (DocumentError, OSError):
        return ""


def source_digest(source: Source) -> str:
    """Return a digest of what decides a document besides the bytes of its file: sidecars, the date in its name, and
    the encoding."""
    values = (sorted(source.defaults.items()), sorted(source.overrides.items()), source.encoding)
    return digest((repr(values).encode("utf-8", "surrogateescape"),))


def limits_digest(limits: Limits) -> str:
    """Return a digest of the limits that files are held to."""
    return digest((repr(limits).encode(),))


def text_digest(document: Document) -> str:
    """Return a digest of a document's text without white space, equal for files in different formats and encodings."""
    found = hashlib.blake2b(digest_size=16)
    for passage in document.passages:
        found.update("".join(passage.text.split()).encode("utf-8", "surrogatepass"))
    return found.hexdigest()
