"""Names pages of a file in a message."""

from __future__ import annotations

from collections.abc import Sequence

from ..messages import Message, counted, listed

_MOST_NAMED = 20  # page ranges in a warning


def named_pages(numbers: Sequence[int]) -> Message:
    """Return pages by their numbers, consecutive ones as a range: ``pages 1, 3-5``."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    names = [str(first) if first == last else f"{first}-{last}" for first, last in runs]
    pages = listed(names[:_MOST_NAMED])
    if (more := len(names) - _MOST_NAMED) > 0:
        return counted(
            "pages {pages}, and {count} more range", "pages {pages}, and {count} more ranges", more, pages=pages
        )
    return counted("page {pages}", "pages {pages}", len(numbers), pages=pages)
