"""Turns a file into a document: its reader extracts lines, of which passages and metadata are made."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from .errors import DocumentError
from .extraction import DEFAULT_LIMITS, ExtractedText, Limits, SourceLine
from .files import Source, read_bytes
from .formats.interface import Format
from .formats.table import extract, format_of
from .metadata.text_metadata import metadata_and_warnings
from .model import Document
from .structure.lines import text_lines
from .structure.paragraphs import text_blocks
from .structure.sections import passages

_CHUNK = 1 << 20  # bytes

Extractor = Callable[[Format, Path, bytes, "str | None", Limits], ExtractedText]
"""What extracts the text of a file, as `zhengce.corpus.formats.table.extract` does."""


def read_document(source: Source, limits: Limits = DEFAULT_LIMITS, extractor: Extractor = extract) -> Document:
    """Read a document from its file.

    Raises:
        DocumentError: The file cannot be read, exceeds the limits, or has no text.
        MissingReaderError: The library or program that reads its format is not installed.
    """
    format_ = format_of(source.path)
    if format_ is None:
        raise DocumentError(f"{source.path} is not in a format that the program reads.")
    data = read_bytes(source.path, limits.size)
    extracted = extractor(format_, source.path, data, source.encoding, limits)
    return replace(document(source, extracted), digest=content_digest(data))


def content_digest(data: bytes) -> str:
    """Return a digest of the bytes of a file, which identifies it after it is renamed."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def file_digest(path: Path) -> str:
    """Return the `content_digest` of a file that may be larger than the memory.

    Raises:
        DocumentError: The file cannot be read.
    """
    digest = hashlib.blake2b(digest_size=16)
    try:
        with path.open("rb") as file:
            while data := file.read(_CHUNK):
                digest.update(data)
    except OSError as error:
        raise DocumentError(f"{path} cannot be read: {error.strerror or error}.") from error
    return digest.hexdigest()


def document(source: Source, extracted: ExtractedText) -> Document:
    """Return the document made of the extracted text of a file.

    Raises:
        DocumentError: It is nothing but white space.
    """
    found = passages(text_blocks(text_lines(map(_encodable_line, extracted.lines))))
    if not found:
        raise DocumentError(f"{source.path} has no text in it.")
    overrides = {key: _encodable(value) for key, value in {**extracted.overrides, **source.overrides}.items()}
    defaults = {key: _encodable(value) for key, value in {**extracted.defaults, **source.defaults}.items()}
    metadata, warnings = metadata_and_warnings(found, defaults, overrides, fallback=_encodable(source.path.stem))
    warnings = (*extracted.warnings, *warnings)
    return Document(source.id, metadata, found, extracted.format, extracted.encoding, warnings)


def _encodable_line(line: SourceLine) -> SourceLine:
    text = _encodable(line.text)
    return line if text is line.text else replace(line, text=text)


def _encodable(text: str) -> str:
    """Return a text with U+FFFD for each lone surrogate, which no encoding can write. They come from file names that
    are not UTF-8, from faulty fonts and from `utf-7`."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text
