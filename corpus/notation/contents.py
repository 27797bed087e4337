"""Tables of contents: lines that lead to a page."""

from __future__ import annotations

import re

# Full stops, ellipses or middle dots lead to the number of a page: 附录 A 分类与编码 ............ 14.
_ENTRY = re.compile(
    r".*\S\s*(?:\.{5,}|(?:\.\s){4,}\.?|…{2,}|[·•]{5,}|．{4,})\s*[—–-]?\s*(?:\d{1,4}|[IVXivx]{1,6})\s*[—–-]?"
)


def is_contents_entry(text: str) -> bool:
    """Say whether a line is an entry of a table of contents, with dots that lead to a page."""
    return bool(_ENTRY.fullmatch(text))
