"""The errors that the program expects, each with a message that a user can act on."""

from __future__ import annotations


class ZhengceError(Exception):
    """Base of all expected errors. The command line prints the message and exits with code 2."""


class DocumentError(ZhengceError):
    """A document cannot be read, or its catalogue has no entry for it."""


class MissingReaderError(DocumentError):
    """The library or program that reads a file is not installed; ``missing`` names it."""

    def __init__(self, message: str, missing: str) -> None:
        super().__init__(message)
        self.missing = missing


class UnknownDocumentError(ZhengceError):
    """No document of the corpus has the id."""
