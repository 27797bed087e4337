"""The errors of building, opening and querying an index."""

from __future__ import annotations

from ..corpus.errors import ZhengceError


class IndexDamagedError(ZhengceError):
    """A file of the index is missing, cut short or altered."""


class UnknownCorpusError(ZhengceError):
    """A corpus was asked for that there is not, or that cannot be."""


class StorageError(ZhengceError):
    """The data directory cannot be read or written."""


class QueryTimeoutError(ZhengceError):
    """A query takes longer than it may."""


class QueryError(ZhengceError):
    """A query cannot be read.

    ``position`` is where, in characters of ``query``; ``advice`` says what to write instead.
    """

    def __init__(self, message: str, query: str, position: int, advice: str) -> None:
        super().__init__(message)
        self.query = query
        self.position = position
        self.advice = advice
