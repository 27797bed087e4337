"""The document number of a text: read from its head, its title, or the notes on who promulgated it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from ..model import DocumentNumber, Passage
from ..notation.document_numbers import (
    find_document_number,
    is_bracketed_number,
    is_number_line,
    number_in_title,
    number_over_lines,
)
from ..notation.promulgation import promulgating_order

_LINES_OF_HEAD = 6  # among which a number may be spread over several
_DAYS_TO_PUBLISH = 60  # from the day of an order to the date of the version


def number_of(passages: Sequence[Passage], title: str, notes: Sequence[str], date: str | None) -> DocumentNumber | None:
    """Return the number of a document, None if its text does not say.

    ``notes`` are the enactment notes below its title, ``date`` is that of the version. Numbers within sentences are
    citations.
    """
    return _on_line(passages) or number_in_title(title) or _of_order(notes, date)


def _on_line(passages: Sequence[Passage]) -> DocumentNumber | None:
    """Return the first number on a line of its own, or spread over two or three lines of the head."""
    held = [passage for passage in passages if passage.kind != "furniture"]
    texts = [passage.text for passage in held]
    for start, text in enumerate(texts):
        below_title = start > 0 and held[start - 1].kind == "title"
        if is_number_line(text) or (below_title and is_bracketed_number(text)):
            return find_document_number(text)
        for count in (2, 3) if start < _LINES_OF_HEAD else ():
            if number := number_over_lines(texts[start : start + count]):
                return number
    return None


def _of_order(notes: Sequence[str], date: str | None) -> DocumentNumber | None:
    """Return the number of the order that promulgated the version; a later version has another, which its notes leave
    out."""
    number, day = promulgating_order(notes) or (None, "")
    if number and date and len(date) == len(day):
        days = datetime.date.fromisoformat(date) - datetime.date.fromisoformat(day)
        return number if days.days <= _DAYS_TO_PUBLISH else None
    return number
