"""The looks of HTML elements: hidden, centred, emphasised, a link, a footnote."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_ALIGN = re.compile(r"text-align\s*:\s*(\w+)", re.IGNORECASE)
_WEIGHT = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)|font\s*:[^;]*\bbold\b", re.IGNORECASE)
_SIZE = re.compile(r"font(?:-size)?\s*:[^;]*?\b(\d+(?:\.\d+)?)\s*(pt|px)", re.IGNORECASE)
_LARGE_SIZES = ("5", "6", "7")  # of a font element
_LARGE = {"pt": 16.0, "px": 21.0}
_NOTE = re.compile(r"(?:^|[\s_-])(?:foot|end)notes?(?:$|[\s_-])|MsoFootnoteText|^_?ftn\d|cite_note")
_UNPRINTED = re.compile(r"(?:^|\s)(?:no-?print|printfooter|d-print-none|mw-editsection)(?:$|\s)")
_LONGEST_STYLE = 1_000  # characters of a style that are matched
_LONGEST_UNPRINTED = 200  # characters; a longer text is no button


def is_hidden(element: etree._Element) -> bool:
    """Tell whether an element is invisible, or a short control that is not printed. A page that is hidden as a whole is
    shown by its script."""
    if element.tag in ("html", "body"):
        return False
    if element.get("hidden") is not None or _HIDDEN.search(_style(element)):
        return True
    unprinted = _UNPRINTED.search(element.get("class", ""))
    return bool(unprinted) and len("".join(element.itertext())) <= _LONGEST_UNPRINTED


def is_link(element: etree._Element) -> bool:
    """Tell whether an element is a link."""
    return element.tag == "a" and element.get("href") is not None


def is_note(element: etree._Element) -> bool:
    """Tell whether an element is named as a footnote."""
    if element.tag not in ("p", "li", "div", "aside", "section", "ol", "ul"):
        return False
    return any(_NOTE.search(element.get(name, "")) for name in ("class", "id", "role"))


def is_emphasis(element: etree._Element) -> bool:
    """Tell whether an element makes its text bold or large."""
    style = _style(element)
    size = _SIZE.search(style)
    large = size is not None and float(size[1]) >= _LARGE[size[2].lower()]
    return element.tag in ("b", "strong") or large or bool(_WEIGHT.search(style)) or element.get("size") in _LARGE_SIZES


def is_centred(element: etree._Element) -> bool:
    """Tell whether the text of an element is centred."""
    for each in _upwards(element):
        stated = _ALIGN.search(_style(each))
        alignment = stated[1] if stated else "center" if each.tag == "center" else each.get("align")
        if alignment:
            return alignment.lower() == "center"
    return False


def _upwards(element: etree._Element) -> Iterator[etree._Element]:
    yield element
    yield from element.iterancestors()


def _style(element: etree._Element) -> str:
    return str(element.get("style", ""))[:_LONGEST_STYLE]
