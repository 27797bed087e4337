"""The time limit of regular expressions, which may otherwise run without end."""

from __future__ import annotations

import time

from ...corpus.messages import message
from ..errors import QueryTimeoutError

REGEX_SECONDS = 10.0
"""How long the regular expressions of a search may take in all."""


class Deadline:
    """The moment by which a search must be done with its regular expressions."""

    def __init__(self) -> None:
        self.renew()

    def renew(self) -> None:
        """Start the time again: hits are read from disk, however long after the search."""
        self._end = time.monotonic() + REGEX_SECONDS

    def remaining(self) -> float:
        """Return the seconds that are left.

        Raises:
            QueryTimeoutError: There are none.
        """
        remaining = self._end - time.monotonic()
        if remaining <= 0:
            raise QueryTimeoutError(
                message(
                    "The regular expression takes longer than {seconds:.0f} seconds. Put a term beside it that "
                    "passages must hold as well, or take out what repeats within what repeats, as in (a+)+.",
                    seconds=REGEX_SECONDS,
                )
            )
        return remaining
