"""The errors of building, opening and querying an index."""

from __future__ import annotations

from ..corpus.errors import ZhengceError


class IndexDamagedError(ZhengceError):
    """A file of the index is missing or damaged."""


class UnknownCorpusError(ZhengceError):
    """A corpus does not exist, its name is not allowed, or it cannot be changed as asked."""


class StorageError(ZhengceError):
    """The data directory cannot be read or written."""


class QueryTimeoutError(ZhengceError):
    """A query takes too long."""


class QueryError(ZhengceError):
    """A query is not in the query language.

    ``position`` is the offset of the error in ``query``, in characters; ``advice`` says what to write instead.
    """

    def __init__(self, message: str, query: str, position: int, advice: str) -> None:
        super().__init__(message)
        self.query = query
        self.position = position
        self.advice = advice
