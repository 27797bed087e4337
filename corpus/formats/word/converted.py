"""Converting: files of older and other word processors (DOC, WPS, RTF, ODT), which LibreOffice makes DOCX of."""

from __future__ import annotations

from pathlib import Path

from ...errors import DocumentError
from ...extraction import ExtractedText, Limits
from . import reader as docx
from .libreoffice import convert

# OLE, RTF, ZIP and XML: LibreOffice would take anything else for a text, in an encoding of its choice.
_ZIP = b"PK\x03\x04"
_BEGINNINGS = (b"\xd0\xcf\x11\xe0", b"{\\rtf", _ZIP, b"<?xml")


def extract(path: Path, data: bytes, encoding: str | None, limits: Limits) -> ExtractedText:
    """Return the paragraphs of a file that LibreOffice converts.

    Raises:
        DocumentError: It cannot be converted, or goes beyond the limits.
        MissingReaderError: LibreOffice is not installed.
    """
    if docx.is_docx(data):
        return docx.read(path, data, limits, "DOCX")
    if not data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(_BEGINNINGS):
        raise DocumentError(f"{path} is of no word processor, whatever its name says: give it its own ending.")
    if b"OFD.xml" in data and data.startswith(_ZIP):
        # Neither LibreOffice nor any other common program converts it without being asked by hand.
        raise DocumentError(f"{path} is OFD, which is not read. Save it as PDF in the program that shows it.")
    if docx.is_encrypted(data):
        raise DocumentError(f"{path} is protected by a password. Save it without one to have it read.")
    name = path.suffix.lstrip(".").upper()
    return docx.read(path, convert(path, data, limits), limits, f"{name} (LibreOffice)")
