"""The interface between the formats and the rest of the program: what a reader is, and what a format can do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

if TYPE_CHECKING:
    from pathlib import Path

    from ..extraction import ExtractedText
    from ..limits import Limits

Program = Literal["editor", "page viewer", "desktop"]
"""What opens a file for the user: a text editor, a viewer that can go to a page, or the desktop's choice."""


class Reader(Protocol):
    """A reader of one or more formats: a module with this function."""

    def extract(self, path: Path, data: bytes, encoding: str | None, limits: Limits, /) -> ExtractedText:
        """Return the text of a file, whose content is ``data``.

        ``path`` is for messages, and for formats that share a reader; the file itself is not opened. ``encoding`` is
        the encoding that the user names, None where the reader has to find out.

        Raises:
            DocumentError: The file cannot be read or exceeds a limit. The message begins with the path and ends with
                what the user can do.
            MissingReaderError: A library or program that reads such files is not installed.
        """
        ...


class Capabilities(NamedTuple):
    """What can be said about a passage's position in a file of a format.

    ``has_lines``: the numbers of source lines are those that a text editor shows. ``has_pages``: passages have page
    numbers. ``is_web``: files are saved web pages, and are cited as online sources.
    """

    has_lines: bool = False
    has_pages: bool = False
    is_web: bool = False

    @property
    def opened_in(self) -> Program:
        """The kind of program that shows a passage in such a file."""
        return "editor" if self.has_lines else "page viewer" if self.has_pages else "desktop"


class Format(NamedTuple):
    """A file format.

    ``name`` is shown to users and stored with each document. ``suffixes`` are in lower case. ``reader`` is the module
    that follows the protocol `Reader`: absolute, or relative to `zhengce.corpus.formats` with a leading dot.
    ``libraries`` are what the reader imports, which may be missing or not work on a system. ``sandboxed`` runs the
    reader in a process of its own, because the code that it relies on may hang or crash on a file.
    """

    name: str
    suffixes: tuple[str, ...]
    reader: str
    libraries: tuple[str, ...] = ()
    sandboxed: bool = False
    capabilities: Capabilities = Capabilities()
