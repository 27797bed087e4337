"""The errors that the program raises on purpose, each with a message that a user can act on."""

from __future__ import annotations


class ZhengceError(Exception):
    """Base of every expected failure; its text is printed as it stands and the exit code is 2."""


class DocumentError(ZhengceError):
    """A document cannot be read, or its catalogue does not describe it."""


class MissingReaderError(DocumentError):
    """A file needs a library or program to be read that is not installed; ``missing`` names it."""

    def __init__(self, message: str, missing: str) -> None:
        super().__init__(message)
        self.missing = missing


class UnknownDocumentError(ZhengceError):
    """A document was asked for by an id that the corpus does not have."""
