"""Plain text and Markdown files: their lines, decoded."""

from __future__ import annotations

from pathlib import Path

from ..extraction import ExtractedText, Limits
from ..structure.lines import split_lines
from ..text.encodings import decode
from .copied_page import copied_page


def extract(path: Path, data: bytes, encoding: str | None, limits: Limits) -> ExtractedText:
    """Return the lines of a text file.

    Raises:
        DocumentError: The bytes are not text in the given encoding, or in any known one.
    """
    decoded = decode(path, data, encoding)
    page = copied_page(split_lines(decoded.text))
    return ExtractedText(
        page.lines,
        encoding=decoded.encoding,
        overrides=page.overrides,
        defaults=page.defaults,
        warnings=decoded.warnings,
    )
