"""Web archives (MHTML): pages that a browser has saved as one file."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes
from pathlib import Path

from ...errors import DocumentError
from ...extraction import ExtractedText, Limits
from ...metadata.page_metadata import is_address
from . import reader as html

_PAGES = ("text/html", "application/xhtml+xml")


def extract(path: Path, data: bytes, encoding: str | None, limits: Limits) -> ExtractedText:
    """Return the article on the first page in a web archive.

    Raises:
        DocumentError: There is no page in it, or it is not text, or goes beyond the limits.
    """
    try:
        parts = message_from_bytes(data).walk()
        page = next((part for part in parts if part.get_content_type() in _PAGES), None)
        content = page.get_payload(decode=True) if page else None
        charset = page.get_content_charset() if page else None
        # A long address is folded over several lines.
        location = "".join(str(page["Content-Location"]).split()) if page else ""
    except (RecursionError, ValueError, LookupError) as error:
        raise DocumentError(f"{path} cannot be read as a web archive: {error}. Save the page as HTML.") from error
    if not isinstance(content, bytes):
        raise DocumentError(f"{path} is no web archive with a page in it. Save the page as HTML.")
    found = html.extract(path, content, encoding, limits, charset)
    address = {"url": location} if is_address(location) else {}
    return replace(found, format="MHTML", defaults={**address, **found.defaults})
