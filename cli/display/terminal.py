"""Documents and passages laid out for a terminal, as lines of Rich text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Literal

from ...corpus.model import Passage
from ...index.descriptions import about, position_in_file, section_path
from ...index.model import IndexedDocument, Occurrence, separate
from ...index.search.results import Results
from ..language.translation import gettext, translated
from .layout import cells, harmless, wrap
from .theme import DOCUMENT, FAINT, TITLE, match_of
from .wording import place_label

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from ...index.records.document_table import KnownField

INDENT = 5
"""The cells before the text of a passage, for its number."""

_ID_SHARE = 3  # an id that takes more than a third of the width has a line of its own

_UNDER_ID = 2  # cells

_CELL_EDGES = re.compile(r"\t+")

NEIGHBOUR = "-"
"""Stands after the number of a passage that is shown as a neighbour, as in grep."""


def console(color_system: Literal["auto", "standard"] | None) -> Console:
    """Return a console for standard output that prints texts as they are, without markup or highlighting.

    ``color_system`` is None for no colour, ``auto`` for what the terminal can do, and ``standard`` for the first eight
    colours in any case.
    """
    from rich.console import Console

    return Console(
        color_system=color_system,
        force_terminal=color_system is not None,
        no_color=color_system is None,
        markup=False,
        emoji=False,
        highlight=False,
    )


def header(document: IndexedDocument, width: int) -> Iterator[Text]:
    """Yield the lines that name a document."""
    indent = _beside_id(document, width)
    id_ = harmless(document.id)
    first = f"{id_}  " if indent > _UNDER_ID else ""
    if not first:
        yield from _wrapped(id_, width, DOCUMENT)
    title = harmless(document.metadata.title)
    for index, (start, end) in enumerate(wrap(title, width - indent)):
        yield one_line(first or " " * indent if index == 0 else " " * indent, DOCUMENT).append(title[start:end], TITLE)
    yield from _wrapped(harmless(about(document)), width, FAINT, indent)


def _beside_id(document: IndexedDocument, width: int) -> int:
    """Return the indent of the lines that describe a document: beside its id, or below it if the id is too long."""
    indent = cells(harmless(document.id)) + 2
    return indent if indent * _ID_SHARE <= width else _UNDER_ID


def document_page(
    document: IndexedDocument,
    passages: Iterable[Passage],
    width: int,
    asked: int | None,
    marks: Mapping[int, Sequence[Occurrence]],
    known: Sequence[KnownField] = (),
) -> Iterator[Text]:
    """Yield the lines of a document, or of the passage that was ``asked`` for and its neighbours. ``marks`` are the
    matches to mark, by the number of the passage, ``known`` the fields to be shown above them."""
    yield from header(document, width)
    column = max((cells(field.name) for field in known), default=0) + 2
    for field in known:
        text = harmless(gettext("{value}  ({origin})", value=field.value, origin=field.origin))
        for index, (start, end) in enumerate(wrap(text, width - column)):
            name = field.name if index == 0 else ""
            yield one_line(name + " " * (column - cells(name)), FAINT).append(text[start:end])
    for passage in passages:
        yield one_line("")
        if asked == passage.number:
            yield from _position(document, passage, width)
        mark = " " if asked in (None, passage.number) else NEIGHBOUR
        yield from paragraph(passage, width, marks.get(passage.number, ()), style=style_of(passage), mark=mark)


def style_of(passage: Passage) -> str:
    """Return the look of a passage in its document: headings are bold; footnotes and page numbers are faint."""
    return {"title": TITLE, "heading": TITLE, "paragraph": "", "table": ""}.get(passage.kind, FAINT)


def matches_by_document(results: Results, width: int) -> Iterator[Text]:
    """Yield a line for each document with matches: their number, its id, and as much of its title as fits beside the
    ids."""
    rows = [(document, harmless(document.id), f"{counts.occurrences:,}") for document, counts in results.documents()]
    longest = max(len(count) for _, _, count in rows)
    names = max(cells(id_) for _, id_, _ in rows)
    for document, id_, count in rows:
        line = one_line(f"{count:>{longest}}  ").append(id_, DOCUMENT)
        if names * _ID_SHARE <= width:
            title = harmless(document.metadata.title)
            start, end = wrap(title, width - longest - names - 4)[0]
            line.append(" " * (names - cells(id_) + 2))
            line.append(title[start:end] if end == len(title) else title[start : end - 1] + "…")
        yield line


def _position(document: IndexedDocument, passage: Passage, width: int) -> Iterator[Text]:
    in_file = translated(position_in_file(document, passage))
    position = gettext("({position})", position=in_file) if in_file else ""
    parts = (place_label(document, passage.number), section_path(passage.section), position)
    yield from _wrapped(harmless("  ".join(filter(None, parts))), width, FAINT, INDENT)


def paragraph(
    passage: Passage, width: int, marks: Iterable[Occurrence] = (), *, style: str = "", mark: str = " "
) -> Iterator[Text]:
    """Yield the lines of a passage, with its number and a mark in the margin, its matches in the colours of their
    terms."""
    text, apart = as_drawn(passage.text), separate(marks)
    for index, (start, end) in enumerate(wrap(text, width - INDENT)):
        line = one_line(f"{passage.number:>{INDENT - 1}}{mark}" if index == 0 else " " * INDENT, FAINT)
        offset = len(line) - start
        line.append(text[start:end], style)
        for (first, last), term in apart:
            if first < end and last > start:
                line.stylize(match_of(term), max(first, start) + offset, min(last, end) + offset)
        yield line


def lines_of(passage: Passage, width: int) -> list[tuple[int, int]]:
    """Return the lines that `paragraph` makes of a whole passage, as ranges of the characters of its text."""
    return wrap(as_drawn(passage.text), width - INDENT)


def as_drawn(text: str) -> str:
    """Return the text of a passage, of the same length, as it is drawn: edges between table cells, and nothing that a
    terminal acts on."""
    return harmless(_CELL_EDGES.sub(_edge, text))


def _edge(tabs: re.Match[str]) -> str:
    """Return the edge that replaces tabs between table cells, of the same length, so that spans stay true."""
    return "│".ljust(len(tabs[0]))


def _wrapped(text: str, width: int, style: str, indent: int = 0) -> Iterator[Text]:
    for start, end in wrap(text, width - indent):
        yield one_line(" " * indent + text[start:end], style)


def one_line(text: str, style: str = "") -> Text:
    """Return a text that Rich does not wrap."""
    from rich.text import Text

    # The style covers only these characters, so that what is appended has its own.
    return Text.assemble((text, style), no_wrap=True, overflow="ignore")
