"""Counts by group as rows of a table and as dicts for JSON lines."""

from __future__ import annotations

from typing import Any

from ...corpus.messages import Message, message
from ..grouped_counts import CountBy, GroupCounts

FIELDS = ("occurrences", "passages", "documents", "characters", "per_10000_characters", "documents_searched")
"""What a row has beside its key."""


_UNKNOWN: dict[CountBy, Message] = {
    "year": message("no date"),
    "issuer": message("no issuer"),
    "region": message("no region"),
    "genre": message("no genre"),
    "section": message("no section"),
}


def column_names(by: CountBy) -> tuple[str, ...]:
    """Return the names of the columns: that of the key, then those of the counts."""
    return (by, *FIELDS)


def key_of(by: CountBy, group: GroupCounts) -> str:
    """Return the key of a group for people: 2022, or no date where it is not known."""
    return group.key if group.key is not None else _UNKNOWN[by]


def group_cells(by: CountBy, group: GroupCounts) -> tuple[str | int | float | None, ...]:
    """Return the cells of a group; a year is a number."""
    key = int(group.key) if by == "year" and group.key is not None else key_of(by, group)
    return (key, *group[1:5], group.rate, group.searched)


def group_record(by: CountBy, group: GroupCounts) -> dict[str, Any]:
    """Return a group as a dict. The key is None if it is not known."""
    cells = group_cells(by, group)
    return dict(zip(column_names(by), (None if group.key is None else cells[0], *cells[1:]), strict=True))
