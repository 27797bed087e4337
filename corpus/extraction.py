"""What the reader of a format takes out of a file, for paragraphs to be made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

LineRole = Literal["text", "title", "heading", "table", "footnote", "caption", "furniture", "comment", "standalone"]
"""What a line is. ``title`` is a line of the title of the whole document, where the format tells it. ``furniture`` is
what a page layout or a file format adds: headers, footers, page numbers, front matter. ``comment`` is a comment in the
markup, which is no text of the document: it ends no paragraph and becomes no passage. ``standalone`` is a line that is
complete in itself: a date, a document number, a line of a form, the speaker of a report."""


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line of a file, or a paragraph where the format marks paragraphs.

    ``number`` is the line's number in a text file; in other formats it counts from 1. ``text`` keeps its indent. A
    blank line separates what stands before and after it. ``role`` is set where the format tells it; None leaves it to
    be recognised from the text. ``level`` is the depth of a heading, from 1. ``page`` is the page that the line stands
    on, from 1, in formats with pages. ``whole`` marks a complete paragraph, heading or table row, which is never joined
    with others.
    """

    number: int
    text: str
    role: LineRole | None = None
    level: int = 0
    page: int | None = None
    whole: bool = False


@dataclass(frozen=True, slots=True)
class ExtractedText:
    """The text of a file as lines in reading order, and what else the file tells.

    ``format`` and ``encoding`` are names for people. An empty ``format`` stands for the format that the suffix of the
    file names. ``overrides`` are metadata that the file states explicitly, as the table above a document on a
    government site does; they win over what the text says. ``defaults`` fill in what the text does not say. The keys
    of both are fields of `zhengce.corpus.model.Metadata`; several issuers or authors are separated by a space.
    ``warnings`` say what could not be read, and where.
    """

    lines: tuple[SourceLine, ...]
    format: str = ""
    encoding: str | None = None
    overrides: Mapping[str, str] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
