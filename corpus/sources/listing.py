"""Listings: how folders look, by which it is told without reading a file that nothing in them has changed."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress

from .ignore_files import IGNORE_FILES


def listing(entries: Iterable[os.DirEntry[str]]) -> list[str]:
    """Return a line for each entry of a folder: its name, where a link leads, and of a file its size and the time of
    its last change. Hidden entries are left out, but for ignore files."""
    return sorted(_line(each) for each in entries if not each.name.startswith(".") or each.name in IGNORE_FILES)


def looked_at(path: str) -> list[str]:
    """Return the listing of a folder, or the line of a single file, as it is now; empty if it cannot be read."""
    with suppress(OSError):
        if not os.path.isdir(path):  # noqa: PTH112 - 45 folders are looked at in each search
            return [state(os.stat(path))]  # noqa: PTH116
        with os.scandir(path) as entries:
            return listing(entries)
    return []


def _line(entry: os.DirEntry[str]) -> str:
    parts = [entry.name]
    with suppress(OSError):
        if entry.is_symlink():
            parts.append(os.readlink(entry.path))  # noqa: PTH115
        parts.append("/" if entry.is_dir() else state(entry.stat()))
    return "\0".join(parts)


def state(status: os.stat_result) -> str:
    """Return the size of a file and the time of its last change."""
    return f"{status.st_size} {status.st_mtime_ns}"
