"""Fields: what is shown of the fields in a Word file: of a cross-reference its result, of a tick box its tick."""

from __future__ import annotations

import re

from lxml import etree

from .numbering import numeral
from .wordprocessingml import W, is_on, value

_LONGEST_CODE = 200  # characters of what a field overstrikes
_OVERSTRIKE = re.compile(r"\s*EQ\b.*?\\o.*?[,，;]\s*(?P<text>[^,，;]*?)\)?\s*$", re.IGNORECASE | re.DOTALL)


class Field:
    """A field that is open: ``code`` is what it says to be done. Its beginning is the element ``begin``, at the end of
    the ``parts`` of a paragraph's text."""

    def __init__(self, parts: list[str], begin: etree._Element) -> None:
        self.code = ""
        self._parts, self._start, self._begin = parts, len(parts), begin
        self._has_result = False

    @property
    def lists(self) -> bool:
        """Whether it makes a table of contents."""
        return self.code.split()[:1] == ["TOC"]

    def show_result(self, parts: list[str]) -> None:
        """Take what was between its beginning and its result out of the text: that is part of the code."""
        self._has_result = True
        if parts is self._parts:
            del parts[self._start :]

    def end(self, parts: list[str]) -> None:
        """Add to the text what it shows without a result."""
        if self._has_result:
            return
        self.show_result(parts)
        if (shown := self._without_result()) is not None:
            parts.append(shown)

    def _without_result(self) -> str | None:
        if (box := self._begin.find(f"{W}ffData/{W}checkBox")) is not None:
            state = box.find(f"{W}checked")
            return "☒" if is_on(state if state is not None else box.find(f"{W}default")) else "☐"
        if (choices := self._begin.find(f"{W}ffData/{W}ddList")) is not None:
            entries = choices.findall(f"{W}listEntry")
            chosen = value(choices, "result") or value(choices, "default") or "0"
            return entries[int(chosen)].get(f"{W}val") if chosen.isdecimal() and int(chosen) < len(entries) else None
        if match := _OVERSTRIKE.match(self.code[:_LONGEST_CODE]):
            # A number that a circle is set over, or a character with its pinyin: the last of what is overstruck.
            text = match["text"]
            circled = any(circle in self.code for circle in "○◯〇") and text.isdecimal()
            return numeral(int(text), "decimalEnclosedCircle") if circled else text
        return None
