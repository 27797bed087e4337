"""Text and Markdown files."""

from __future__ import annotations

from pathlib import Path

from ..extraction import ExtractedText, Limits
from ..structure.lines import split_lines
from ..text.encodings import decode


def extract(path: Path, data: bytes, encoding: str | None, limits: Limits) -> ExtractedText:
    """Return the lines of a text file.

    Raises:
        DocumentError: It is not text in any encoding that is known, or not in the one given.
    """
    decoded = decode(path, data, encoding)
    name = "Markdown" if path.suffix.lower().startswith(".m") else "text"
    return ExtractedText(split_lines(decoded.text), name, decoded.encoding, warnings=decoded.warnings)
