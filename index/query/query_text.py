"""The text of a query: where the words, phrases, regular expressions and brackets in it end."""

from __future__ import annotations

import re

from .operators import OPERATORS
from .tokens import HALF_WIDTH, QUOTATION

_SEPARATORS = {operator.symbol for operator in OPERATORS.values() if operator.symbol and not operator.is_prefix}
_REGEX = r"/(?:[\\＼].|[^/\\＼])*/|／(?:[\\＼].|[^／\\＼])*／"
_BREAK = re.compile(rf"[\s{re.escape(''.join(_SEPARATORS))}]")
# What may come before the first phrase or regular expression in a group.
_LEAD = re.compile(r"[-=(]*(?:[A-Za-z]+:)?")


class QueryText:
    """The text of a query. ``half`` is the same with all marks half-width, of the same length; ``groups`` are the
    positions at which the groups begin that are open."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.half = source.translate(HALF_WIDTH)
        self.groups: list[int] = []

    def ends(self, position: int) -> bool:
        """Say whether a token must end here, unless the character is part of it."""
        if position >= len(self.source) or self.source[position].isspace() or self.half[position] in _SEPARATORS:
            return True
        return self.half[position] == ")" and bool(self.groups)

    def word_end(self, position: int) -> int:
        """Return where a word ends; brackets that open in it close in it."""
        depth = 0
        while not self.ends(position) or (depth and self.half[position : position + 1] == ")"):
            match self.half[position]:
                case "(":
                    depth += 1
                case ")":
                    depth = max(depth - 1, 0)
                case "\\":
                    position += 1
            position += 1
        return min(position, len(self.source))

    def phrase_end(self, start: int) -> int:
        """Return where the phrase at ``start`` ends, or 0 if there is none or it is not closed."""
        opening = self.source[start : start + 1]
        depth, position = 1, start + 1
        while opening in QUOTATION and position < len(self.source):
            character = self.source[position]
            if character in QUOTATION[opening]:
                depth -= 1
                if not depth:
                    return position + 1
            elif character == opening:
                depth += 1
            position += 2 if self.half[position] == "\\" else 1
        return 0

    def regex_end(self, start: int) -> int:
        """Return where the regular expression at ``start`` ends, or 0 if there is none or it is not closed."""
        if self.half[start : start + 1] != "/":
            return 0
        found = re.match(_REGEX, self.source[start:], re.DOTALL)
        return start + found.end() if found else 0

    def is_part_of_word(self, start: int) -> bool:
        """Say whether the bracket that opens here is part of a word: text follows directly where it closes."""
        end = self.bracket_end(start)
        return bool(end) and not self.ends(end) and self.half[end] != ")"

    def bracket_end(self, start: int) -> int:
        """Return where the bracket that opens here has closed, or 0 if white space or | comes before."""
        lead = _LEAD.match(self.half, start)
        position = lead.end() if lead else start
        depth = self.half.count("(", start, position)
        if end := self.phrase_end(position) or self.regex_end(position):
            # What it holds closes no bracket.
            if _BREAK.search(self.half, position, end):
                return 0
            position = end
        while position < len(self.half) and not _BREAK.match(self.half, position):
            match self.half[position]:
                case "(":
                    depth += 1
                case ")":
                    depth -= 1
                    if not depth:
                        return position + 1
                case "\\":
                    position += 1
            position += 1
        return 0
