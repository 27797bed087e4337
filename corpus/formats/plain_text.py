"""Plain text files: their lines, decoded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from ..extraction import ExtractedText, SourceLine
from ..limits import Limits
from ..structure.lines import split_lines
from ..text.encodings import decode
from .copied_page import copied_page


def extract(path: Path, data: bytes, encoding: str | None, limits: Limits) -> ExtractedText:
    """Return the lines of a text file.

    Raises:
        DocumentError: The bytes are not text in the given encoding, or in any known one.
    """
    return extract_lines(path, data, encoding, tuple)


def extract_lines(
    path: Path, data: bytes, encoding: str | None, read: Callable[[Sequence[SourceLine]], Sequence[SourceLine]]
) -> ExtractedText:
    """Return the lines of a text file in a format that marks some of them, which ``read`` tells; errors are those of
    `extract`."""
    decoded = decode(path, data, encoding)
    page = copied_page(read(split_lines(decoded.text)))
    return ExtractedText(
        page.lines,
        encoding=decoded.encoding,
        overrides=page.overrides,
        defaults=page.defaults,
        warnings=decoded.warnings,
    )
