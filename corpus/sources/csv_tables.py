"""Tables in CSV as people save them: any encoding and delimiter of Excel, headings in English or Chinese."""

from __future__ import annotations

import csv
import difflib
import io
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from ..errors import DocumentError
from ..files import read_bytes
from ..messages import listed, message
from ..metadata.fields import MetadataField, field_of
from ..text.encodings import decode

TakeNote = Callable[["int | None", str], None]
"""Called with the line in which something was not understood, and with what it is and what to write instead."""

_LARGEST = 50_000_000  # bytes
_DELIMITERS = ",;\t"
_SEPARATOR_LINE = re.compile(r"sep=[,;\t]\r?\n")  # which Excel reads and writes
_LONGEST_CELL = 20  # lines; a longer one has lost its closing quotation mark


def read_text(path: Path, note: TakeNote) -> str:
    """Return the text of a table.

    Raises:
        DocumentError: It cannot be read.
    """
    decoded = decode(path, read_bytes(path, _LARGEST))
    for warning in decoded.warnings:
        note(None, warning)
    return decoded.text


def table_rows(
    path: Path, text: str, columns: Sequence[MetadataField], note: TakeNote
) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield each line of a table that is not empty: its number, and its cells by the names of their columns.

    ``columns`` are those that may be; the table must have the first of them, which names what a line is about.

    Raises:
        DocumentError: It has no such column, or its first line cannot be read.
    """
    text, skipped = (_SEPARATOR_LINE.sub("", text, count=1), 1) if _SEPARATOR_LINE.match(text) else (text, 0)
    lines = _lines(path, text, _delimiter(text, columns), skipped, note)
    first, headings = next(lines, (1, []))
    found = _columns(first, headings, columns, note)
    if columns[0] not in found:
        raise DocumentError(
            message(
                "{path} has no column “{name}” or “{heading}” with the names of the {name}s.",
                path=path,
                name=columns[0].name,
                heading=columns[0].headings[0],
            )
        )
    for line, cells in lines:
        if any(cell.strip() for cell in cells[len(found) :]):
            said = message(
                "the line has more cells than there are columns, and is left out; put a cell that has a comma in it in "
                "quotation marks"
            )
            note(line, said)
        else:
            yield line, {column.name: cell.strip() for column, cell in zip(found, cells, strict=False) if column}


def unknown_column(heading: str, columns: Sequence[MetadataField]) -> str:
    """Return what to write instead of a heading that is not known."""
    names = [name for column in columns for name in (column.name, *column.headings)]
    if near := difflib.get_close_matches(heading.strip().casefold(), names, 1):
        return message("write {name}, if that is what it is", name=near[0])
    return message(
        "the columns are {names}, or {heading}, … in Chinese",
        names=listed(column.name for column in columns),
        heading=columns[1].headings[0],
    )


def noted(path: Path, line: int | None, text: str) -> str:
    """Return a note on a line of a table, or on all of it, as a sentence."""
    if line is None:
        return message("{path}: {text}.", path=path, text=text)
    return message("{path}, line {line}: {text}.", path=path, line=line, text=text)


def _lines(path: Path, text: str, delimiter: str, skipped: int, note: TakeNote) -> Iterator[tuple[int, list[str]]]:
    """Yield the cells of each line that is not empty, with its number; ``skipped`` lines stood before them."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    before = 0
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            line = skipped + before + 1
            if before == 0:
                raise DocumentError(
                    message("{path} cannot be read: line {line}: {reason}.", path=path, line=line, reason=str(error))
                ) from error
            note(line, message("the line cannot be read, and nothing after it is: {reason}", reason=str(error)))
            return
        if cells is None:
            return
        line, before = skipped + before + 1, reader.line_num
        if reader.line_num + skipped - line > _LONGEST_CELL:
            said = message(
                "a cell goes on to line {last}, and the lines between are left out; close its quotation mark",
                last=reader.line_num + skipped,
            )
            note(line, said)
        elif any(cell.strip() for cell in cells):
            yield line, cells


def _delimiter(text: str, columns: Sequence[MetadataField]) -> str:
    """Return the delimiter with which the first line has the most columns that are known."""
    first = next((line for line in text.splitlines() if line.strip(f"{_DELIMITERS} ")), "")

    def known(delimiter: str) -> int:
        try:
            return sum(field_of(each, columns) is not None for each in next(csv.reader([first], delimiter=delimiter)))
        except csv.Error:
            return 0

    return max(_DELIMITERS, key=known)


def _columns(
    line: int, headings: Sequence[str], columns: Sequence[MetadataField], note: TakeNote
) -> list[MetadataField | None]:
    """Return what each column is, None for those to be left out."""
    found: list[MetadataField | None] = []
    for heading in headings:
        column = field_of(heading, columns)
        if column is None and heading.strip():
            advice = unknown_column(heading, columns)
            said = message("the column “{heading}” is left out; {advice}", heading=heading.strip(), advice=advice)
            note(line, said)
        elif column and column in found:
            said = message(
                "the column “{heading}” is left out: another one before it is {name} too",
                heading=heading.strip(),
                name=column.name,
            )
            note(line, said)
            column = None
        found.append(column)
    return found
