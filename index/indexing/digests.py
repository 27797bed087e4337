"""Digests and versions by which an update sees what has changed since a file was read."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from ...corpus.document import Document
from ...corpus.document_reader import file_digest
from ...corpus.errors import DocumentError
from ...corpus.files import Source, digest
from ...corpus.formats.table import format_of
from ...corpus.limits import Limits


def content_digest(path: Path) -> str:
    """Return a digest of a file's bytes; empty if they cannot be read, or only once, as those of a pipe."""
    try:
        return file_digest(path) if path.is_file() else ""
    except (DocumentError, OSError):
        return ""


def source_digest(source: Source) -> str:
    """Return a digest of what decides a document besides the bytes and the name of its file: sidecars, the encoding,
    and whether a volume is one document."""
    parts = [(number, sorted(said.items())) for number, said in sorted(source.parts.items())]
    values = (sorted(source.defaults.items()), sorted(source.overrides.items()), source.encoding, source.whole, parts)
    return digest((repr(values).encode("utf-8", "surrogateescape"),))


def readers(path: Path) -> str:
    """Return the libraries that read a file, each with its version: ``lxml 6.0.2``. Empty where the program itself
    does, and where they are not installed.

    LibreOffice, which converts DOC and the like, is not among them: to ask for its version takes seconds.
    """
    format_ = format_of(path)
    return ", ".join(filter(None, map(_with_version, format_.libraries))) if format_ else ""


@cache
def _with_version(library: str) -> str:
    try:
        return f"{library} {version(library)}"
    except PackageNotFoundError:
        return ""


def limits_digest(limits: Limits) -> str:
    """Return a digest of the limits that files are held to."""
    return digest((repr(limits).encode(),))


def text_digest(document: Document) -> str:
    """Return a digest of a document's text without white space, equal for files in different formats and encodings."""
    found = hashlib.blake2b(digest_size=16)
    for passage in document.passages:
        found.update("".join(passage.text.split()).encode("utf-8", "surrogatepass"))
    return found.hexdigest()
