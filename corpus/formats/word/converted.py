"""Files of older and other word processors (DOC, WPS, RTF, ODT, UOF), which LibreOffice converts to DOCX."""

from __future__ import annotations

from pathlib import Path

from ...errors import DocumentError
from ...extraction import ExtractedText
from ...limits import Limits
from ...messages import message
from . import reader as docx
from .libreoffice import convert

# OLE, RTF, ZIP and XML. LibreOffice would read anything else as plain text, in an encoding of its choice.
_ZIP = b"PK\x03\x04"
_BEGINNINGS = (b"\xd0\xcf\x11\xe0", b"{\\rtf", _ZIP, b"<?xml")


def extract(path: Path, data: bytes, encoding: str | None, limits: Limits) -> ExtractedText:
    """Return the paragraphs of a file that LibreOffice converts.

    Raises:
        DocumentError: The file cannot be converted, or exceeds a limit.
        MissingReaderError: LibreOffice is not installed.
    """
    if docx.is_docx(data):
        return docx.read(path, data, limits, docx.NAME)
    if not data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(_BEGINNINGS):
        raise DocumentError(
            message("{path} is not a word processor file; rename it with the suffix of its format.", path=path)
        )
    if b"OFD.xml" in data and data.startswith(_ZIP):
        raise DocumentError(message("{path} is an OFD file; rename it with the suffix .ofd.", path=path))
    if docx.is_encrypted(data):
        raise DocumentError(message("{path} is protected by a password; save it without one.", path=path))
    name = path.suffix.lstrip(".").upper()
    return docx.read(path, convert(path, data, limits), limits, f"{name} (LibreOffice)")
