"""How much of a page was kept: a warning where more was left out than navigation holds."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from pathlib import Path

from lxml import etree

from .blocks import UNSEEN, HtmlBlock

# Of 26 pages of government sites, none has 50 characters of navigation outside links; an encyclopedia has 500.
_MOST_LEFT_OUT = 500  # characters outside links
_MOST_LEFT_OUT_SHARE = 0.1  # of what is kept

_NO_TEXT = re.compile(
    rf"<!--.*?(?:-->|\Z)|<({'|'.join(sorted(UNSEEN))})\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE
)
_TAG = re.compile(r"<[^<>]*>")


def completeness_warnings(path: Path, source: str, root: etree._Element, kept: Sequence[HtmlBlock]) -> tuple[str, ...]:
    """Return a warning if too much of a page was left out to be navigation, else nothing.

    What the page holds is counted in its ``source``, not in the tree under ``root``, which a parser may have cut short.
    """
    links = sum(size("".join(each.itertext())) for each in root.iter("a"))
    held = size(html.unescape(_TAG.sub("", _NO_TEXT.sub("", source)))) - links
    read = sum(size(block.text) - block.linked for block in kept)
    if held - read <= max(_MOST_LEFT_OUT, _MOST_LEFT_OUT_SHARE * read):
        return ()
    return (
        f"{path} holds {held:,} characters outside links, of which {held - read:,} were taken for navigation and left "
        "out. If text is missing, save the page as text.",
    )


def size(text: str) -> int:
    """Return the number of characters of a text without white space."""
    return len("".join(text.split()))
