"""Limits: how large a file may be, and how long reading it may take."""

from __future__ import annotations

from typing import NamedTuple


class Limits(NamedTuple):
    """Limits per file; a file that exceeds one is refused.

    ``size`` is in bytes, ``expanded`` the bytes of an archive's members when unpacked, ``pages`` a number of pages,
    ``nesting`` the depth of elements, ``seconds`` the time that reading may take.
    """

    size: int = 200_000_000
    expanded: int = 1_000_000_000
    pages: int = 5_000
    nesting: int = 500
    seconds: float = 60.0


DEFAULT_LIMITS = Limits()
