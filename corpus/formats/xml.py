"""XML: the titles and texts of a feed (RSS, Atom), and the text of the elements of any other XML file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from lxml import etree

from ..extraction import ExtractedText, SourceLine
from ..limits import Limits
from ..messages import message
from ..text.encodings import decode
from .html import reader as html
from .html.blocks import collapse

_FEEDS = frozenset(("rss", "feed", "RDF"))
_ITEMS = frozenset(("item", "entry"))
_TITLE = "title"
_TEXTS = frozenset(("description", "content", "summary", "encoded", "subtitle", "tagline"))
_MOST_FAULTS = 10
_REFERENCE = re.compile(r"&#(?:[xX]([0-9A-Fa-f]{1,8})|([0-9]{1,10}));")
_MARKUP = re.compile(r"<(?:p|br|div|span|a|b|i|img|strong|em|ul|ol|li|table|blockquote|h[1-6])\b", re.IGNORECASE)


def extract(path: Path, data: bytes, encoding: str | None, limits: Limits) -> ExtractedText:
    """Return the text of an XML file. A web page with this suffix is read as HTML.

    A file that is not well-formed is read as far as libxml2 recovers it; the warnings name the faults.

    Raises:
        DocumentError: The file is not text, or exceeds a limit.
    """
    decoded = decode(path, data, encoding, html.declared_encoding(data))
    parser = etree.XMLParser(
        encoding="utf-8", recover=True, resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    root = html.parse(path, _REFERENCE.sub(_character, decoded.text), parser)
    if root is None or _name(root) == "html":
        return replace(html.extract(path, data, encoding, limits), format="HTML")
    found = _feed(path, root, limits) if _name(root) in _FEEDS else _texts(root)
    lines = tuple(
        SourceLine(number, text, "heading" if level else None, level, whole=True)
        for number, (text, level) in enumerate(found, start=1)
    )
    faults = [
        message("line {line}: {fault}", line=entry.line, fault=entry.message.strip()) for entry in parser.error_log
    ]
    return ExtractedText(lines, encoding=decoded.encoding, warnings=(*decoded.warnings, *faults[:_MOST_FAULTS]))


def _feed(path: Path, root: etree._Element, limits: Limits) -> Iterator[tuple[str, int]]:
    """Yield the titles and texts of a feed, each with its heading level, 0 for a text."""
    for element in root.iter("{*}" + _TITLE, *("{*}" + name for name in _TEXTS)):
        parent = element.getparent()
        in_item = parent is not None and _name(parent) in _ITEMS
        if _name(element) == _TITLE and parent is not None and (in_item or _name(parent) in ("channel", "feed")):
            yield collapse("".join(element.itertext())), 2 if in_item else 1
        elif _name(element) in _TEXTS:
            for text in _paragraphs(path, element, limits):
                yield text, 0


def _texts(root: etree._Element) -> Iterator[tuple[str, int]]:
    """Yield the whole text of each outermost element that has text of its own, with level 0."""
    walk = etree.iterwalk(root, events=("start",))
    for _, element in walk:
        if not isinstance(element.tag, str):  # a reference to an unknown entity: &name;
            yield element.text, 0
        elif any(text and text.strip() for text in (element.text, *(child.tail for child in element))):
            walk.skip_subtree()
            yield collapse("".join(element.itertext())), 0


def _paragraphs(path: Path, element: etree._Element, limits: Limits) -> list[str]:
    """Return the paragraphs of a text in a feed: plain text, escaped HTML, or elements."""
    if len(element):
        markup = etree.tostring(element, encoding="unicode", with_tail=False)
    else:
        markup = element.text or ""
        if not _MARKUP.search(markup):
            return [line.strip() for line in markup.splitlines() if line.strip()]
    page = html.parse(path, markup)
    return [] if page is None else [block.text for block in html.page_blocks(path, page, limits)]


def _name(element: etree._Element) -> str:
    """Return an element's local name, without a namespace or an undeclared prefix."""
    return re.sub(r".*[}:]", "", element.tag) if isinstance(element.tag, str) else ""


def _character(reference: re.Match[str]) -> str:
    """Return a character reference unchanged, or U+FFFD if XML allows no such character."""
    number = int(reference[1], 16) if reference[1] else int(reference[2])
    is_text = (
        number in (9, 10, 13) or 0x20 <= number < 0xD800 or 0xE000 <= number < 0xFFFE or 0xFFFF < number < 0x110000
    )
    return reference[0] if is_text else "\ufffd"
