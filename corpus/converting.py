"""Converting: files of older and other word processors (DOC, WPS, RTF, ODT), which LibreOffice makes DOCX of."""

from __future__ import annotations

from pathlib import Path

from . import docx
from .errors import DocumentError
from .extract import Extract, Limits
from .libreoffice import convert

_WEB_PAGES = (b"<html", b"<!doctype html", b"mime-version:")


def extract(path: Path, data: bytes, encoding: str | None, limits: Limits) -> Extract:
    """Return the paragraphs of a file that LibreOffice converts.

    Raises:
        DocumentError: It cannot be converted, or goes beyond the limits.
        MissingReaderError: LibreOffice is not installed.
    """
    if docx.is_docx(data):
        return docx.read(path, data, limits, "DOCX")
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:20].lower().startswith(_WEB_PAGES):
        raise DocumentError(f"{path} is a web page, whatever its name says: give it the ending .html or .mht.")
    if docx.is_encrypted(data):
        raise DocumentError(f"{path} is protected by a password. Save it without one to have it read.")
    name = path.suffix.lstrip(".").upper()
    return docx.read(path, convert(path, data, limits), limits, f"{name} (LibreOffice)")
