"""Extracts: what the reader of a format takes out of a file, for paragraphs to be made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Role = Literal["text", "heading", "table", "footnote", "caption", "page", "field"]
"""``page`` is what a page or a file format adds; ``field`` is a line complete in itself: a date, a
document number, a line of a form, the speaker of a report."""


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line of a file, or a paragraph of a format that knows its paragraphs.

    ``number`` is its place in the file: of a text file, the line; else a count from 1. ``text`` has what white space
    sets it in; a blank piece is a gap between others. ``role`` is what the format says of it, None where that is to
    be told by its looks; ``level`` is the depth of a heading, from 1. ``page`` is the page it stands on, from 1, where
    there are pages. ``whole`` says that it is a paragraph, heading or table row as it stands, and not to be joined
    with others.
    """

    number: int
    text: str
    role: Role | None = None
    level: int = 0
    page: int | None = None
    whole: bool = False


@dataclass(frozen=True, slots=True)
class ExtractedText:
    """The text of a file in pieces, in reading order, and what else the file tells.

    ``format`` and ``encoding`` are named for people. ``overrides`` is what the file says of itself in so many words, as
    the table above a page of a government's site does; it is believed rather than the text. ``defaults`` fills in what
    the text does not say. The keys of both are fields of `zhengce.corpus.model.Metadata`; several issuers or authors
    are set apart by a space. ``warnings`` say what could not be read, and where.
    """

    pieces: tuple[SourceLine, ...]
    format: str
    encoding: str | None = None
    overrides: Mapping[str, str] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a file is borne before it is refused: its size in bytes, that of what is packed in it when
    expanded, its pages, how deep its elements are nested, and the seconds that reading it may take."""

    size: int = 200_000_000
    expanded: int = 1_000_000_000
    pages: int = 5_000
    nesting: int = 500
    seconds: float = 60.0


DEFAULT_LIMITS = Limits()
