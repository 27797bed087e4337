"""The title of a PDF file: what its properties name, where the first page says the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...extraction import SourceLine

_SHORTEST = 4  # characters
_MOST_LINES = 4


def with_title(lines: Sequence[SourceLine], title: str) -> tuple[SourceLine, ...]:
    """Return the lines, those of the first page that say the ``title`` marked as title.

    Many properties are left over from another file or made up by a program, so that they alone name no title. They
    tell it from the running head, which stands above it.
    """
    wanted = _bare(title)
    for start in range(len(lines)) if len(wanted) >= _SHORTEST else ():
        if lines[start].page != lines[0].page:
            break
        for end in range(start + 1, min(start + _MOST_LINES, len(lines)) + 1):
            group = lines[start:end]
            if all(each.text.strip() and each.role is None for each in group) and _said(group) == wanted:
                marked = (replace(each, role="title", level=1) for each in group)
                return (*lines[:start], *marked, *lines[end:])
    return tuple(lines)


def _said(lines: Sequence[SourceLine]) -> str:
    return "".join(_bare(each.text) for each in lines)


def _bare(text: str) -> str:
    return "".join(text.split())
