"""The corpus that `zhengce use` has chosen: a small file in the data directory."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

from ...corpus.errors import reason_of
from ...corpus.messages import message
from ...index.errors import StorageError
from ...index.storage.checksums import replace_file

_FILE = "corpus-in-use.json"


def corpus_in_use(home: Path) -> str | None:
    """Return the name of the corpus that was chosen, which may not exist any more; None if none was."""
    try:
        name = json.loads((home / _FILE).read_bytes())["corpus"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    return name if isinstance(name, str) and name else None


def use_corpus(home: Path, name: str | None) -> None:
    """Choose a corpus for all commands that are not told which, or none.

    Raises:
        StorageError: The choice cannot be kept.
    """
    try:
        if name is None:
            (home / _FILE).unlink(missing_ok=True)
            return
        home.mkdir(parents=True, exist_ok=True)
        replace_file(home / _FILE, json.dumps({"corpus": name}))
    except OSError as error:
        raise StorageError(
            message("{path} cannot be written: {reason}.", path=home / _FILE, reason=reason_of(error))
        ) from error


def rename_in_use(home: Path, old: str, new: str | None) -> bool:
    """Follow a corpus that is renamed, or removed (None). Return whether it is the one in use."""
    if corpus_in_use(home) != old:
        return False
    with suppress(StorageError):
        use_corpus(home, new)
    return True
