"""The last query: what was searched for last on a terminal, kept so that its matches can be marked in reading on."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

_FILE = "last-query.json"


@dataclass(frozen=True, slots=True)
class Asked:
    """A query and how it was asked: as ``keywords``, or for whole ``words`` only."""

    query: str
    keywords: bool = False
    words: bool = False


def remember(asked: Asked, home: Path) -> None:
    """Keep a query in the data directory. That it cannot be kept is nothing to stop a search for."""
    with suppress(OSError):
        (home / _FILE).write_text(json.dumps(asdict(asked)), encoding="utf-8")


def recall(home: Path) -> Asked | None:
    """Return the query that was kept last, None if there is none."""
    try:
        asked = Asked(**json.loads((home / _FILE).read_bytes()))
    except (OSError, ValueError, TypeError, RecursionError):
        return None
    return asked if isinstance(asked.query, str) else None
