"""Plain text and Markdown files: their lines, decoded."""

from __future__ import annotations

from pathlib import Path

from ..extraction import ExtractedText, Limits
from ..structure.lines import split_lines
from ..text.encodings import decode


def extract(path: Path, data: bytes, encoding: str | None, limits: Limits) -> ExtractedText:
    """Return the lines of a text file.

    Raises:
        DocumentError: The bytes are not text in the given encoding, or in any known one.
    """
    decoded = decode(path, data, encoding)
    return ExtractedText(split_lines(decoded.text), encoding=decoded.encoding, warnings=decoded.warnings)
