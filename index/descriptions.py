"""Short descriptions of documents and passages: who is responsible, and where a passage stands."""

from __future__ import annotations

from collections.abc import Iterable

from ..corpus.messages import Message, in_context, listed, message
from ..corpus.model import Origin, Passage
from .model import IndexedDocument


def format_in_words(name: str) -> str:
    """Return the name of a document's format for people: ``text`` is a word, all others are names."""
    return in_context("format", "text") if name == "text" else name


def section_path(section: Iterable[str]) -> str:
    """Return a section path in one line, the outermost heading first: ``二、重点任务 › （四）口岸``."""
    return " › ".join(section)


def source_ranges(passage: Passage) -> str:
    """Return the source lines of a passage as numbers: ``5``, ``5–8, 11``."""
    return ", ".join(_ranges(passage))


def source_lines(passage: Passage) -> str:
    """Return the source lines of a passage in words: ``line 5``, ``lines 5–8, 11``."""
    ranges = _ranges(passage)
    if len(ranges) == 1 and ranges[0].isdigit():
        return message("line {line}", line=ranges[0])
    return message("lines {lines}", lines=listed(ranges))


def _ranges(passage: Passage) -> list[str]:
    return [f"{first}" if first == last else f"{first}–{last}" for first, last in passage.lines]


def position_in_file(document: IndexedDocument, passage: Passage) -> str:
    """Return where a passage stands in its file: its page, or else its source lines. Empty if a file has neither."""
    if passage.page is not None:
        return message("p. {page}", page=passage.page)
    from ..corpus.formats.table import capabilities

    return source_lines(passage) if capabilities(document.format).has_lines else ""


def responsible(document: IndexedDocument) -> str | None:
    """Return who issued or wrote a document, or else its source."""
    metadata = document.metadata
    return "、".join(metadata.issuers or metadata.authors) or metadata.source


def about(document: IndexedDocument) -> str:
    """Return what identifies a document besides its title: number, date, and who issued or wrote it."""
    metadata = document.metadata
    parts = (str(metadata.number) if metadata.number else None, metadata.date, responsible(document))
    return " · ".join(part for part in parts if part)


_SAID_BY: dict[Origin, str] = {
    "text": message("as the text says"),
    "page": message("as the page says"),
    "properties": message("as the file says"),
    "name": message("as the name of the file says"),
    "catalogue": message("as the catalogue says"),
    "sidecar": message("as the table beside it says"),
    "set": message("as set by hand"),
}

ORIGINS: dict[Origin, str] = {
    "text": in_context("origin", "text"),
    "page": in_context("origin", "page"),
    "properties": in_context("origin", "properties"),
    "name": in_context("origin", "name"),
    "catalogue": in_context("origin", "catalogue"),
    "sidecar": in_context("origin", "sidecar"),
    "set": in_context("origin", "set"),
}
"""Where a field comes from, in a word."""


def validity_in_words(document: IndexedDocument) -> str | None:
    """Return what is stated of a document's being in force, and by what: ``失效, as the page says``."""
    from ..corpus.metadata.origins import decoded

    if not (validity := document.metadata.validity):
        return None
    said_by = _SAID_BY[decoded(document.origins).get("validity", "text")]
    return message("{validity}, {said_by}", validity=validity, said_by=said_by)


def origins_in_words(document: IndexedDocument) -> str:
    """Return where each field of a document comes from: ``title: text, date: sidecar``."""
    from ..corpus.metadata.origins import decoded

    origins = decoded(document.origins).items()
    return listed(
        # The names of fields are those of the columns of tables.
        message("{field}: {origin}", field=Message(name, {}, context="column"), origin=ORIGINS[origin])
        for name, origin in origins
    )
