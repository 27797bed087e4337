"""The errors that the program expects, each with a message that a user can act on."""

from __future__ import annotations

from .messages import message

_REASONS: dict[str, str] = {
    each: each
    for each in (
        message("Permission denied"),
        message("Operation not permitted"),
        message("No such file or directory"),
        message("Not a directory"),
        message("Is a directory"),
        message("File exists"),
        message("Directory not empty"),
        message("File name too long"),
        message("Too many levels of symbolic links"),
        message("Too many open files"),
        message("Read-only file system"),
        message("No space left on device"),
        message("Disk quota exceeded"),
        message("File too large"),
        message("Input/output error"),
        message("Device or resource busy"),
        message("Broken pipe"),
        message("Exec format error"),
    )
}


def reason_of(error: OSError) -> str:
    """Return why the system has refused something; the usual reasons are messages."""
    said = error.strerror or str(error)
    return _REASONS.get(said, said)


class ZhengceError(Exception):
    """Base of all expected errors. The command line prints the message and exits with code 2."""


class DocumentError(ZhengceError):
    """A document cannot be read, or its catalogue has no entry for it."""


class MissingReaderError(DocumentError):
    """The library or program that reads a file is not installed; ``missing`` names it."""

    def __init__(self, said: str, missing: str) -> None:
        super().__init__(said)
        self.missing = missing


class UnknownDocumentError(ZhengceError):
    """No document of the corpus has the id."""
