"""Lays out help in cells, by the rules of Chinese lines: Click counts characters and breaks at spaces and hyphens."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from typing import Any

import click

from ..display.layout import NOT_FIRST, NOT_LAST, cells, wrap
from ..language.translation import gettext, speak_in_click
from .help_text import COMMENT, VERBATIM, paragraphs_of

_USAGE_ROOM = 20  # cells beside the name of a command below which its arguments have lines of their own
_LEAST = 10  # cells of a second column


class Formatter(click.HelpFormatter):
    """Writes help for a window of ``width`` cells, in the language of the reader."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        speak_in_click()

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write a usage line, its arguments below each other beside the name of the command."""
        before = (gettext("Usage: {command}", command=prog) if prefix is None else prefix + prog) + " "
        indent = cells(before)
        if self.width < indent + _USAGE_ROOM:
            self.write(before.rstrip() + "\n")
            before, indent = "", 4
        lines = fill(args, self.width - indent)
        first, *others = [*lines, *([] if lines else [""])]
        start = before or " " * indent
        self.write("\n".join([(start + first).rstrip(), *(" " * indent + line for line in others)]) + "\n")

    def write_heading(self, heading: str) -> None:
        """Write the heading of a section."""
        marked = gettext("{heading}:", heading=heading)
        self.write(f"{' ' * self.current_indent}{marked}\n")

    def write_text(self, text: str) -> None:
        """Write paragraphs."""
        indent = " " * self.current_indent
        paragraphs = (_paragraph(each, self.width - self.current_indent) for each in paragraphs_of(text))
        self.write("\n\n".join("\n".join(indent + line for line in lines) for lines in paragraphs) + "\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write terms, each with what is said of it in a second column."""
        rows = list(rows)
        column = min(max((cells(first) for first, _ in rows), default=0), col_max) + col_spacing
        margin, indent = " " * self.current_indent, " " * (column + self.current_indent)
        for first, second in rows:
            lines = fill(second, max(self.width - column - self.current_indent, _LEAST))
            gap = column - cells(first)
            if gap >= col_spacing and lines:
                self.write(f"{margin}{first}{' ' * gap}{lines.pop(0)}\n")
            else:
                self.write("".join(f"{margin}{line}\n" for line in _term(first, self.width - self.current_indent)))
            self.write("".join(f"{indent}{line}\n" for line in lines))


def fill(text: str, width: int) -> list[str]:
    """Return a text in lines of a width in cells, broken at spaces and beside characters that take two cells."""
    plain = text.replace("\n", " ")
    return [plain[start:end] for start, end in lines_of(plain, width)]


def lines_of(text: str, width: int, code: Iterable[tuple[int, int]] = ()) -> list[tuple[int, int]]:
    """Return the lines of a text as ranges of its characters. The spaces at a break belong to neither line. Ranges that
    are code break at spaces only, if they fit."""
    unbroken = {position for start, end in code for position in range(start + 1, end)}
    lines: list[tuple[int, int]] = []
    begin = end = 0  # of the line so far
    for start, stop in _pieces(text, unbroken):
        if begin < end and cells(text[begin:stop]) <= width:
            end = stop
            continue
        if begin < end:
            lines.append((begin, end))
        begin, end = start, stop
        while cells(text[begin:end]) > width:
            cut = begin + wrap(text[begin:end], width)[0][1]
            lines.append((begin, cut))
            begin = cut
    return [*lines, (begin, end)] if begin < end else lines


def _pieces(text: str, unbroken: Set[int]) -> Iterator[tuple[int, int]]:
    """Yield what a line does not break within, as ranges of characters, without the spaces around it."""
    for word in re.finditer(r"[^ ]+", text):
        start = word.start()
        for position in range(start + 1, word.end()):
            if position not in unbroken and _may_break(text[position - 1], text[position]):
                yield start, position
                start = position
        yield start, word.end()


def _may_break(before: str, after: str) -> bool:
    is_beside_wide = cells(before) > 1 or cells(after) > 1
    # A number stays with what it counts: 10字.
    return is_beside_wide and after not in NOT_FIRST and before not in NOT_LAST and not before.isdecimal()


def _term(text: str, width: int) -> list[str]:
    """Return the lines of an option whose value is one of so many that it has to break."""
    lines: list[str] = []
    for choice in re.split(r"(?<=\|)", text):
        if lines and cells(lines[-1] + choice) <= width:
            lines[-1] += choice
        else:
            lines.append(COMMENT * 2 + choice if lines else choice)
    return lines


def _paragraph(text: str, width: int) -> list[str]:
    if text.startswith(VERBATIM):
        return [part for line in text.removeprefix(VERBATIM).strip("\n").split("\n") for part in _example(line, width)]
    return fill(text, width)


def _example(line: str, width: int) -> list[str]:
    """Return the line of a command; what is said of it stands below where there is no room beside it."""
    written, _, comment = line.rpartition(COMMENT)
    if cells(line) <= width or not written.strip():
        return [line]
    indent = COMMENT * 2
    return [written.rstrip(), *(indent + part for part in fill(comment, max(width - len(indent), _LEAST)))]
