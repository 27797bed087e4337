"""How much of a page was kept: a warning where more was left out than navigation holds."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from pathlib import Path

from lxml import etree

from ...messages import message
from .blocks import UNSEEN, HtmlBlock

# Of 26 pages of government sites, none has 50 characters of navigation outside links; an encyclopedia has 500.
_MOST_LEFT_OUT = 500  # characters outside links
_MOST_LEFT_OUT_SHARE = 0.1  # of what is kept

_NO_TEXT = re.compile(
    rf"<!--.*?(?:-->|\Z)|<({'|'.join(sorted(UNSEEN))})\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE
)
_TAG = re.compile(r"<[^<>]*>")
_LINK = re.compile(r"<a\b.*?</a\s*>", re.DOTALL | re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?://|www\.)", re.IGNORECASE)
_PART = re.compile(r"[\s。；！？…]+")


def completeness_warnings(path: Path, source: str, root: etree._Element, kept: Sequence[HtmlBlock]) -> tuple[str, ...]:
    """Return a warning if too much of a page was left out to be navigation, else nothing.

    What the page holds is counted in its ``source``, not in the tree under ``root``, which a parser may have cut short.
    A second copy of what was kept, as pages have it for reading aloud and for sharing, is no loss.
    """
    links = sum(size("".join(each.itertext())) for each in root.iter("a"))
    text = _NO_TEXT.sub("", source)
    held = size(html.unescape(_TAG.sub("", text))) - links
    read = sum(size(block.text) - block.linked for block in kept)
    most = max(_MOST_LEFT_OUT, _MOST_LEFT_OUT_SHARE * read)
    if held - read <= most or (lost := _lost(text, kept)) <= most:
        return ()
    return (
        message(
            "{path} holds {held:,} characters outside links, of which {lost:,} were taken for navigation and left "
            "out. If text is missing, save the page as text.",
            path=path,
            held=held,
            lost=lost,
        ),
    )


def _lost(source: str, kept: Sequence[HtmlBlock]) -> int:
    """Return the number of characters of those parts of a page that stand in no block that was kept."""
    read = "".join("".join(block.text.split()) for block in kept)
    parts = _PART.split(html.unescape(_TAG.sub("\n", _LINK.sub("\n", source))))
    return sum(len(part) for part in set(parts) if part not in read and not _ADDRESS.match(part))


def size(text: str) -> int:
    """Return the number of characters of a text without white space."""
    return len("".join(text.split()))
