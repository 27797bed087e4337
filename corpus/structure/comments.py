"""Comments in Markdown and plain text (``<!-- … -->``): their lines are no text of the document.

The rules are CommonMark's: a comment that begins a line may go on over several, one within a line ends in that line. A
Markdown parser would also rewrite the text around them, whose lines and characters are to stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_START, _END = "<!--", "-->"
_INDENT = 3  # spaces that may stand before a comment that begins a line
_COMMENT = re.compile(f"{_START}.*?{_END}")


def without_comments(lines: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """Yield each line without its comments, and whether comments are all that it holds. Of such a line the text is
    given as it is."""
    last = max((index for index, line in enumerate(lines) if _END in line), default=-1)  # line in which a comment ends
    inside = False
    for index, line in enumerate(lines):
        rest = line
        if inside:
            _, end, rest = line.partition(_END)
            inside = not end
        if not inside and _START in rest:
            rest = _COMMENT.sub("", rest)
            if _opens(rest) and index < last:
                rest, inside = "", True
        yield (line, True) if line.strip() and not rest.strip() else (rest, False)


def _opens(line: str) -> bool:
    start = line.find(_START)
    return 0 <= start <= _INDENT and not line[:start].strip(" ")
