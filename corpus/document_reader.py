"""Reading: turns a file into a document."""

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
from .metadata.text_metadata import read_metadata
from .model import Document
from .structure.lines import text_lines
from .structure.paragraphs import text_blocks
from .structure.sections import passages

_CHUNK = 1 << 20  # bytes

Extractor = Callable[[Format, Path, bytes, "str | None", Limits], ExtractedText]
"""What takes the text out of a file, as `zhengce.corpus.formats.table.extract` does."""


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


def file_digest(path: Path) -> str:
    """Return the `content_digest` of a file, which may be larger than the memory.

    Raises:
        DocumentError: It cannot be read.
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
    """Return the document that the text of a file makes.

    Raises:
        DocumentError: There is nothing but white space in it.
    """
    found = passages(text_blocks(text_lines(map(_whole_line, extracted.lines))))
    if not found:
        raise DocumentError(f"{source.path} has no text in it.")
    overrides = {key: _whole(value) for key, value in {**extracted.overrides, **source.overrides}.items()}
    defaults = {key: _whole(value) for key, value in {**extracted.defaults, **source.defaults}.items()}
    metadata = read_metadata(found, defaults=defaults, overrides=overrides, fallback=_whole(source.path.stem))
    return Document(source.id, metadata, found, extracted.format, extracted.encoding, extracted.warnings)


def _whole_line(line: SourceLine) -> SourceLine:
    text = _whole(line.text)
    return line if text is line.text else replace(line, text=text)


def _whole(text: str) -> str:
    """Return a text with U+FFFD for each half of a character that stands alone, which no encoding has: bytes in a
    file's name that are not UTF-8, and what a faulty font or `utf-7` makes of a text."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text
