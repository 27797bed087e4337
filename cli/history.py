"""History: the last queries that found something on a terminal.

`zhengce history` lists them; `show` and `outline` mark the matches of the last one.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from ..corpus.errors import ZhengceError, reason_of
from ..corpus.messages import message
from ..index.library import Corpus
from ..index.model import Counts
from .config.current import current
from .display.layout import harmless
from .request import Request

MOST = 500
"""How many queries are kept: about 90 KB, which a search reads and writes in 0.6 ms."""

_FILE = "history.jsonl"
_PRIVATE = 0o600  # queries tell what somebody works on


class Entry(NamedTuple):
    """A query that was searched for: when, in local time (ISO 8601), in which corpus, and what it found."""

    time: str
    corpus: str
    request: Request
    counts: Counts


def remember(request: Request, corpus: Corpus, counts: Counts) -> None:
    """Add a query to the history, unless the configuration says that none is kept. The last query again only has
    another time. A search does not fail because its query cannot be kept."""
    if not current().history:
        return
    from datetime import datetime

    with suppress(OSError):
        now = datetime.now().astimezone().isoformat(timespec="seconds")
        # To read each entry would take 5 ms; the lines are kept as they are.
        lines = _lines(corpus.home)[1 - MOST :]
        last = _entry(lines[-1]) if lines else None
        name = corpus.chosen.lasting_name
        if last and (last.request, last.corpus) == (request, name):
            del lines[-1]
        _write(corpus.home / _FILE, [*lines, _line(Entry(now, name, request, counts))])


def history(home: Path) -> list[Entry]:
    """Return the queries that are kept, the oldest first. A line that cannot be read is left out."""
    return [entry for line in _lines(home) if (entry := _entry(line))]


def recall(home: Path) -> Request | None:
    """Return the last query, as it was asked but for the documents, or None if there is none."""
    entries = history(home)
    return entries[-1].request._replace(documents=()) if entries else None


def earlier_queries(home: Path, *, keywords: bool = False) -> list[str]:
    """Return the different queries that are kept, of terms or of ``keywords``, as a terminal may show them, the last
    one first."""
    asked = (entry.request for entry in reversed(history(home)))
    return list(dict.fromkeys(harmless(each.query) for each in asked if each.keywords == keywords))


def clear(home: Path) -> int:
    """Remove all queries, and return how many there were.

    Raises:
        ZhengceError: The file cannot be removed.
    """
    count = len(history(home))
    try:
        (home / _FILE).unlink(missing_ok=True)
    except OSError as error:
        raise ZhengceError(
            message("{path} cannot be removed: {reason}.", path=home / _FILE, reason=reason_of(error))
        ) from error
    return count


def _lines(home: Path) -> list[bytes]:
    try:
        return (home / _FILE).read_bytes().splitlines()
    except OSError:
        return []


def _write(path: Path, lines: Sequence[bytes]) -> None:
    """Replace the file in one step, so that another process finds all of it or none, and nobody else may read it. Other
    than `replace_file`, this does not wait for the disk, which a search has no time for."""
    new = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE), "wb") as file:
            file.writelines(line + b"\n" for line in lines)
        new.replace(path)
    finally:
        with suppress(OSError):
            new.unlink(missing_ok=True)


def _line(entry: Entry) -> bytes:
    record = {"time": entry.time, "corpus": entry.corpus, **entry.request._asdict(), "counts": list(entry.counts)}
    return json.dumps(record).encode("ascii")


def _entry(line: bytes) -> Entry | None:
    """Return the entry of a line, or None if `_line` cannot have written it."""
    try:
        record = json.loads(line)
        documents = tuple(map(str, record["documents"]))
        query, time, corpus = record["query"], record["time"], record["corpus"]
        request = Request(query, bool(record["keywords"]), bool(record["words"]), documents)
        counts = Counts(*map(int, record["counts"]))
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    return (
        Entry(time, corpus, request, counts) if all(isinstance(each, str) for each in (query, time, corpus)) else None
    )
