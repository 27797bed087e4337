"""The last query that was searched for on a terminal, kept so that `show` and `outline` can mark its matches."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

from .request import Request

_FILE = "last-query.json"


def remember(request: Request, home: Path) -> None:
    """Write a query to the data directory. A search does not fail because its query cannot be kept."""
    kept = {"query": request.query, "keywords": request.keywords, "words": request.words}
    with suppress(OSError):
        (home / _FILE).write_text(json.dumps(kept), encoding="utf-8")


def recall(home: Path) -> Request | None:
    """Return the last query, or None if there is none."""
    try:
        request = Request(**json.loads((home / _FILE).read_bytes()))
    except (OSError, ValueError, TypeError, RecursionError):
        return None
    return request if isinstance(request.query, str) else None
