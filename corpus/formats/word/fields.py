"""Fields of a Word file: what each shows, the result of a cross-reference, the tick of a tick box."""

from __future__ import annotations

import re

from lxml import etree

from .numbering import numeral
from .wordprocessingml import W, is_on, value

_LONGEST_CODE = 200  # characters of a field code that are matched
_OVERSTRIKE = re.compile(r"\s*EQ\b.*?\\o.*?[,，;]\s*(?P<text>[^,，;]*?)\)?\s*$", re.IGNORECASE | re.DOTALL)


class Field:
    """An open field. It begins with the element ``begin``, at the end of the ``parts`` of a paragraph's text; ``code``
    is its instruction."""

    def __init__(self, parts: list[str], begin: etree._Element) -> None:
        self.code = ""
        self._parts, self._start, self._begin = parts, len(parts), begin
        self._has_result = False

    @property
    def is_contents(self) -> bool:
        """Whether the field makes a table of contents."""
        return self.code.split()[:1] == ["TOC"]

    def show_result(self, parts: list[str]) -> None:
        """Drop the text between the beginning and the result of the field, which belongs to its code."""
        self._has_result = True
        if parts is self._parts:
            del parts[self._start :]

    def end(self, parts: list[str]) -> None:
        """End the field, and add what it shows if it has no result."""
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
            # A number in a circle, or a character with its pinyin: the last of the overstruck texts.
            text = match["text"]
            circled = any(circle in self.code for circle in "○◯〇") and text.isdecimal()
            return numeral(int(text), "decimalEnclosedCircle") if circled else text
        return None
