"""The table of file formats, the only place that names them. A reader is imported when a file first needs it."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import MissingReaderError
from ..installation import faulty, is_installed, remedy
from ..messages import message
from .interface import Capabilities, Format

if TYPE_CHECKING:
    from ..extraction import ExtractedText
    from ..limits import Limits
    from .interface import Reader

_LINES = Capabilities(has_lines=True)
_PAGES = Capabilities(has_pages=True)
_WEB = Capabilities(is_web=True)

FORMATS = (
    Format("text", (".txt", ".text"), ".plain_text", capabilities=_LINES),
    Format("Markdown", (".md", ".markdown"), ".markdown", capabilities=_LINES),
    Format("HTML", (".html", ".htm", ".xhtml", ".shtml"), ".html.reader", ("lxml",), sandboxed=True, capabilities=_WEB),
    Format("MHTML", (".mht", ".mhtml"), ".html.mhtml", ("lxml",), sandboxed=True, capabilities=_WEB),
    Format("XML", (".xml",), ".xml", ("lxml",), sandboxed=True, capabilities=_WEB),
    Format("DOCX", (".docx", ".docm", ".dotx", ".dotm"), ".word.reader", ("lxml",), sandboxed=True),
    Format("DOC", (".doc", ".dot"), ".word.converted", ("lxml",), sandboxed=True),
    Format("WPS", (".wps", ".wpt"), ".word.converted", ("lxml",), sandboxed=True),
    Format("RTF", (".rtf",), ".word.converted", ("lxml",), sandboxed=True),
    Format("ODT", (".odt", ".ott", ".fodt"), ".word.converted", ("lxml",), sandboxed=True),
    Format("UOF", (".uot", ".uof"), ".word.converted", ("lxml",), sandboxed=True),
    Format("OFD", (".ofd",), ".ofd", ("lxml",), sandboxed=True, capabilities=_PAGES),
    Format("PDF", (".pdf",), ".pdf.reader", ("pypdfium2",), sandboxed=True, capabilities=_PAGES),
)

_BY_SUFFIX = {suffix: each for each in FORMATS for suffix in each.suffixes}
_BY_NAME = {each.name: each for each in FORMATS}


def format_of(path: Path) -> Format | None:
    """Return the format of a file by its suffix, None where the program does not read such files."""
    return _BY_SUFFIX.get(path.suffix.lower())


def capabilities(name: str) -> Capabilities:
    """Return the capabilities of a document's format by its name, none where the name is unknown.

    A converted file is named by its suffix and the program: ``DOT (LibreOffice)``.
    """
    name = name.partition(" (")[0]
    found = _BY_NAME.get(name) or _BY_SUFFIX.get(f".{name.lower()}")
    return found.capabilities if found else Capabilities()


def is_available(missing: str) -> bool:
    """Tell whether a library or program is installed, by the name in `MissingReaderError.missing`."""
    from .word import libreoffice

    return libreoffice.program() is not None if missing == libreoffice.NAME else is_installed(missing)


def how_to_get(missing: str) -> str:
    """Return a library or program, by the name in `MissingReaderError.missing`, and how it is installed."""
    from .word import libreoffice

    return libreoffice.HOW_TO_GET if missing == libreoffice.NAME else remedy(missing)


def extract(format_: Format, path: Path, data: bytes, encoding: str | None, limits: Limits) -> ExtractedText:
    """Return the text of a file, as `zhengce.corpus.formats.interface.Reader` has it, in this process.

    Raises:
        DocumentError: The file cannot be read or exceeds a limit.
        MissingReaderError: A library or program that reads such files is not installed.
    """
    from dataclasses import replace

    try:
        reader: Reader = import_module(format_.reader, __package__)
    except (ImportError, OSError) as error:
        library = faulty(error, format_.libraries)
        if library is None:
            raise
        raise MissingReaderError(
            message(
                "{path} is {format}, which needs {library}", path=path, format=format_.name, library=remedy(library)
            ),
            library,
        ) from error
    extracted = reader.extract(path, data, encoding, limits)
    return extracted if extracted.format else replace(extracted, format=format_.name)
