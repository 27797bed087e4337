"""MHTML: web pages that a browser saved as one file."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes
from pathlib import Path

from ...errors import DocumentError
from ...extraction import ExtractedText
from ...limits import Limits
from ...messages import message
from ...metadata.page_metadata import is_address
from . import reader as html

_PAGES = ("text/html", "application/xhtml+xml")


def extract(path: Path, data: bytes, encoding: str | None, limits: Limits) -> ExtractedText:
    """Return the main content of the first page in a web archive.

    Raises:
        DocumentError: The archive has no page, or the page is not text or exceeds a limit.
    """
    try:
        parts = message_from_bytes(data).walk()
        page = next((part for part in parts if part.get_content_type() in _PAGES), None)
        content = page.get_payload(decode=True) if page else None
        charset = page.get_content_charset() if page else None
        # The header folds a long address over several lines.
        location = "".join(str(page["Content-Location"]).split()) if page else ""
    except (RecursionError, ValueError, LookupError) as error:
        raise DocumentError(
            message(
                "{path} cannot be read as a web archive: {reason}. Save the page as HTML.", path=path, reason=str(error)
            )
        ) from error
    if not isinstance(content, bytes):
        raise DocumentError(message("{path} holds no web page. Save the page as HTML.", path=path))
    found = html.extract(path, content, encoding, limits, charset)
    address = {"url": location} if is_address(location) else {}
    return replace(found, defaults={**address, **found.defaults})
