"""Formats: which files are read, and by what. Their readers are imported when the first such file is met."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from ..errors import MissingReaderError
from ..extraction import ExtractedText, Limits
from .word import libreoffice


@dataclass(frozen=True, slots=True)
class Format:
    """A format of files: its name for people, the endings that tell it, in lower case, and the module of a package,
    by default this one, whose ``extract`` reads it.

    ``libraries`` are what the module imports that a plain installation does not have. ``sandboxed`` says that it hands
    files to code that may hang or crash over one, so that it is run in a process of its own.
    """

    name: str
    suffixes: tuple[str, ...]
    module: str
    libraries: tuple[str, ...] = ()
    sandboxed: bool = False
    package: str = __package__


FORMATS = (
    Format("text", (".txt", ".text"), "plain_text"),
    Format("Markdown", (".md", ".markdown"), "plain_text"),
    Format("HTML", (".html", ".htm", ".xhtml", ".shtml"), "html.reader", ("lxml",), sandboxed=True),
    Format("MHTML", (".mht", ".mhtml"), "html.mhtml", ("lxml",), sandboxed=True),
    Format("XML", (".xml",), "xml", ("lxml",), sandboxed=True),
    Format("DOCX", (".docx", ".docm", ".dotx", ".dotm"), "word.reader", ("lxml",), sandboxed=True),
    Format("DOC", (".doc", ".dot"), "word.converted", ("lxml",), sandboxed=True),
    Format("WPS", (".wps", ".wpt"), "word.converted", ("lxml",), sandboxed=True),
    Format("RTF", (".rtf",), "word.converted", ("lxml",), sandboxed=True),
    Format("ODT", (".odt", ".ott", ".fodt"), "word.converted", ("lxml",), sandboxed=True),
    Format("UOF", (".uot", ".uof"), "word.converted", ("lxml",), sandboxed=True),
    Format("OFD", (".ofd",), "word.converted", ("lxml",)),
    Format("PDF", (".pdf",), "pdf.reader", ("pypdfium2",), sandboxed=True),
)

_BY_SUFFIX = {suffix: each for each in FORMATS for suffix in each.suffixes}


def format_of(path: Path) -> Format | None:
    """Return the format of a file by its ending, None where files that end so are not read."""
    return _BY_SUFFIX.get(path.suffix.lower())


def is_available(missing: str) -> bool:
    """Say whether a library or program is installed, by the name that a `MissingReaderError` gives it."""
    if missing == libreoffice.NAME:
        return libreoffice.program() is not None
    return find_spec(missing.partition(".")[0]) is not None


def extract(format_: Format, path: Path, data: bytes, encoding: str | None, limits: Limits) -> ExtractedText:
    """Return what is in the bytes of a file.

    ``encoding`` is what its characters are encoded in, None where that is to be found out.

    Raises:
        DocumentError: They cannot be read, or go beyond the limits.
        MissingReaderError: A library or program that reads them is not installed.
    """
    try:
        reader = import_module(f".{format_.module}", format_.package)
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] not in format_.libraries:
            raise
        raise MissingReaderError(
            f"{path} is {format_.name}, which needs {error.name}: pip install 'zhengce[formats]'", error.name
        ) from error
    extracted: ExtractedText = reader.extract(path, data, encoding, limits)
    return extracted
