"""The title of a page's document: what the head of the page names, found again in its text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ...metadata.page_metadata import is_site_name
from ...structure.paragraphs import join
from .blocks import HtmlBlock

_SHORTEST_TITLE = 4  # characters
_MOST_LINES = 4  # of a title
_HOME = re.compile(r"(?:https?://[^/?#]+)?/?(?:index\.\w+)?", re.IGNORECASE)
_BEHIND = re.compile(r"[\s_|｜·•›»>]|[-–—]")
_BEFORE = re.compile(r"[_|｜·•›»>]$|\s[-–—]$")


def with_title(blocks: Sequence[HtmlBlock], named: Iterable[str]) -> tuple[list[HtmlBlock], str]:
    """Return the blocks with those of the title made into one of the role ``title``, and this title.

    ``named`` are the titles that the page names, the most trustworthy first; a site may write its name and that of a
    column behind or before. Without a block that says the same, nothing is changed, and the title is empty.
    """
    for title in named:
        if is_site_name(title):
            continue
        runs = [run for start in range(len(blocks)) if (run := _run(blocks, start, title))]
        if runs:
            # The longest, at first sight.
            run = max(runs, key=lambda run: (len(_bare(_joined(blocks, run))), -run.start))
            text = _joined(blocks, run)
            first = blocks[run.start]
            made = HtmlBlock(text, first.element, "title", 1, stated=text)
            return [*blocks[: run.start], made, *blocks[run.stop :]], text
    return list(blocks), ""


def is_logo(block: HtmlBlock) -> bool:
    """Tell whether a heading is the name of the site: it says so, or leads to the first page."""
    return is_site_name(block.text) or any(target and _HOME.fullmatch(target) for target in block.targets)


def _run(blocks: Sequence[HtmlBlock], start: int, title: str) -> range | None:
    """Return the blocks from ``start`` that together say a title, or that part of it which names no site."""
    found = None
    if blocks[start].role not in (None, "heading"):
        return None
    for end in range(start + 1, min(start + _MOST_LINES, len(blocks)) + 1):
        if end > start + 1 and blocks[end - 1].role:
            break
        said = _bare(_joined(blocks, range(start, end)))
        if said not in _bare(title):
            break
        if len(said) >= _SHORTEST_TITLE and _names(title, said):
            found = range(start, end)
    return found


def _names(title: str, said: str) -> bool:
    """Tell whether a title is what is said, with nothing but the names of a site or column behind or before it."""
    if _bare(title) == said:
        return True
    if is_site_name(said):
        return False
    spaced = r"\s*".join(map(re.escape, said))
    if match := re.match(rf"\s*{spaced}(?P<rest>.*)", title, re.DOTALL):
        return bool(_BEHIND.match(match["rest"]))
    if match := re.fullmatch(rf"(?P<rest>.*?)\s*{spaced}\s*", title, re.DOTALL):
        return len(said) * 2 >= len(_bare(title)) and bool(_BEFORE.search(match["rest"]))
    return False


def _joined(blocks: Sequence[HtmlBlock], run: range) -> str:
    return join([blocks[index].text.strip() for index in run])


def _bare(text: str) -> str:
    return "".join(text.split())
