"""Table: rows of text under heads, plain or as Markdown."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """A table with what it is about, and a note on how it is to be read."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


def plain(table: Table) -> str:
    """Return a table for the terminal: the first column to the left, the others to the right unless they are words."""
    lines = [table.heads, *table.rows]
    widths = [max(map(_width, column)) for column in zip(*lines, strict=True)]
    rights = [_is_figures(column) for column in zip(*table.rows, strict=True)] or [False] * len(widths)
    body = ("  ".join(_pad(*cell) for cell in zip(line, widths, rights, strict=True)).rstrip() for line in lines)
    return "\n".join([table.title, *(f"  {line}" for line in body), *([f"  ({table.note})"] if table.note else [])])


def markdown(table: Table) -> str:
    """Return a table for a README."""
    rights = [_is_figures(column) for column in zip(*table.rows, strict=True)] or [False] * len(table.heads)
    rule = ["--:" if right else "---" for right in rights]
    lines = [f"| {' | '.join(each.replace('|', chr(92) + '|') for each in line)} |" for line in table.rows]
    head = f"| {' | '.join(table.heads)} |\n|{'|'.join(rule)}|"
    return "\n".join([f"**{table.title}**", "", head, *lines, *(["", table.note] if table.note else [])])


def milliseconds(seconds: float | None) -> str:
    if seconds is None:
        return "–"
    return f"{seconds * 1000:.3f} ms" if seconds < 0.001 else f"{seconds * 1000:.1f} ms"


def long_seconds(seconds: float | None) -> str:
    return "–" if seconds is None else f"{seconds:.1f} s"


def megabytes(size: float | None) -> str:
    return "–" if size is None else f"{size / 1e6:,.1f} MB"


def share(value: float | None) -> str:
    """Return a recall or precision; only what is whole is called 1."""
    if value is None:
        return "–"
    return "1" if value == 1 else f"{min(value, 0.999):.3f}"


def times(value: float | None, base: float | None) -> str:
    """Return how many times the base a value is."""
    if value is None or not base:
        return "–"
    ratio = value / base
    return f"{ratio:.2f}×" if ratio < 10 else f"{ratio:,.0f}×"


def _is_figures(column: Sequence[str]) -> bool:
    return all(cell[:1] in "0123456789–" for cell in column)


def _width(text: str) -> int:
    """Return the cells of a terminal that a text takes: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _pad(text: str, width: int, right: bool) -> str:
    space = " " * (width - _width(text))
    return space + text if right else text + space
