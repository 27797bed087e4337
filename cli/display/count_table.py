"""Counts by group, laid out for a terminal as a table with bars."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...corpus.messages import Message, in_context
from ...index.grouped_counts import CountBy, GroupCounts, GroupedCounts
from ...index.model import Counts
from ...index.records.group_counts import key_of
from ..language.translation import gettext, ngettext, pgettext, translated
from .layout import cells, cut, harmless, wrap
from .terminal import one_line
from .theme import FAINT, MATCH, TITLE
from .wording import found_in_all

if TYPE_CHECKING:
    from rich.text import Text

_GAP = 2  # cells between columns
_SHORTEST_BAR = 10  # cells; a column is left out before the bars become shorter
_LONGEST_BAR = 50
_SHORTEST_KEY = 12
_EIGHTHS = " ▏▎▍▌▋▊▉"
_FULL = "█"
_NO_DOCUMENT = "·"

_BY: dict[CountBy, Message] = {
    "year": in_context("column", "year"),
    "document": in_context("column", "document"),
    "issuer": in_context("column", "issuer"),
    "region": in_context("column", "region"),
    "genre": in_context("column", "genre"),
    "section": in_context("column", "section"),
}


@dataclass(frozen=True, slots=True)
class CountTable:
    """A table of the first ``limit`` (None: all) groups, below what was found in all, with notes at the end."""

    counted: GroupedCounts
    limit: int | None
    notes: Sequence[str]

    def lines(self, width: int) -> Iterator[Text]:
        """Yield the lines at a width in cells."""
        for head in self._heads():
            yield from _wrapped(head, width, TITLE)
        yield one_line("")
        yield from self._table(width)
        gaps = any(not group.searched for group in self.counted.groups[: self.limit])
        note = gettext("In years with {mark} there is no document.", mark=_NO_DOCUMENT)
        notes = [*([note] if gaps else []), *self.notes]
        if notes:
            yield one_line("")
        for note in notes:
            yield from _wrapped(note, width, FAINT)

    def _heads(self) -> Iterator[str]:
        total, by = self.counted.all, translated(_BY[self.counted.by])
        if self.counted.has_terms:
            counts = found_in_all(Counts(total.occurrences, total.passages, total.documents))
            yield gettext("{found}, by {column}", found=counts, column=by)
            yield ngettext(
                "{rate} per 10,000 characters of {count:,} document",
                "{rate} per 10,000 characters of {count:,} documents",
                total.searched,
                rate=_rate(total),
            )
        else:
            documents = ngettext("{count:,} document", "{count:,} documents", total.documents)
            passages = ngettext("{count:,} passage", "{count:,} passages", total.passages)
            yield gettext("{documents}, {passages}, by {column}", documents=documents, passages=passages, column=by)

    def _table(self, width: int) -> Iterator[Text]:
        counted = self.counted
        groups = counted.groups[: self.limit]
        keys = [harmless(_shown_key(counted, group)) for group in groups]
        columns = self._columns(groups)
        needed = max(map(cells, (translated(_BY[counted.by]), *keys)))
        shortest = min(needed, _SHORTEST_KEY)
        while len(columns) > 1 and width - shortest - sum(map(_width_of, columns)) - _GAP < _SHORTEST_BAR:
            columns.pop()
        numbers = sum(map(_width_of, columns))
        column = max(min(needed, width - numbers - _GAP - _SHORTEST_BAR, width // 2), min(shortest, width - numbers))
        longest = min(width - column - numbers - _GAP, _LONGEST_BAR)
        names = "".join(_right(each[0], _width_of(each)) for each in columns)
        yield one_line(" " * column + names, FAINT)
        most = max((_measure(counted, group) for group in groups), default=0)
        for row, (key, group) in enumerate(zip(keys, groups, strict=True), start=1):
            fitting = cut(key, column)
            line = one_line(fitting + " " * (column - cells(fitting)), "" if group.key is not None else FAINT)
            for each in columns:
                line.append(_right(each[row], _width_of(each)), "" if group.searched else FAINT)
            if bar := _bar(_measure(counted, group), most, longest):
                line.append(" " * _GAP).append(bar, MATCH.removeprefix("bold "))
            yield line

    def _columns(self, groups: Sequence[GroupCounts]) -> list[list[str]]:
        """Return the columns, each with its name first, the most important first."""
        documents = [pgettext("column", "documents"), *(_count(group, group.documents) for group in groups)]
        passages = [pgettext("column", "passages"), *(_count(group, group.passages) for group in groups)]
        if not self.counted.has_terms:
            return [documents, passages]
        if self.counted.by == "document":
            documents = passages
        occurrences = [pgettext("column", "occurrences"), *(_count(group, group.occurrences) for group in groups)]
        return [occurrences, [pgettext("column", "per 10,000"), *map(_rate, groups)], documents]


def _shown_key(counted: GroupedCounts, group: GroupCounts) -> str:
    """Return the key of a group; of an id, the last part, by which a command finds the document, too."""
    key = translated(key_of(counted.by, group))
    return key.rsplit("/", 1)[-1] if counted.by == "document" else key


def _measure(counted: GroupedCounts, group: GroupCounts) -> int:
    return group.occurrences if counted.has_terms else group.documents


def _count(group: GroupCounts, count: int) -> str:
    return f"{count:,}" if group.searched else _NO_DOCUMENT


def _rate(group: GroupCounts) -> str:
    return _NO_DOCUMENT if group.rate is None else f"{group.rate:,.2f}"


def _width_of(column: Sequence[str]) -> int:
    return max(map(cells, column)) + _GAP


def _right(text: str, width: int) -> str:
    """Return a text at the right of a column."""
    return " " * (width - cells(text)) + text


def _bar(count: int, most: int, longest: int) -> str:
    """Return a bar in proportion to a count, in eighths of a cell; what is not nothing has one of an eighth."""
    if not count or longest < 1:
        return ""
    full, eighths = divmod(max(round(8 * longest * count / most), 1), 8)
    return _FULL * full + _EIGHTHS[eighths].strip()


def _wrapped(text: str, width: int, style: str) -> Iterator[Text]:
    for start, end in wrap(text, width):
        yield one_line(text[start:end], style)
