"""Wording: counts, lines and citations as they are said to people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from ...corpus.model import Passage
from ...index.model import Counts, IndexedDocument
from ...index.search.results import TermCount
from .layout import harmless

TEXT_FORMATS = ("text", "Markdown")
"""Formats in which a passage has lines that an editor shows."""


def plural(count: int, noun: str) -> str:
    """Return a count with its noun: 1 passage, 2 passages, 12,000 passages."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def found(counts: Counts) -> str:
    """Return how much a search found, in words."""
    return (
        f"{plural(counts.occurrences, 'occurrence')} in {plural(counts.passages, 'passage')} "
        f"of {plural(counts.documents, 'document')}"
    )


def shown_of(shown: int, passages: int) -> str:
    """Return what is said where not all passages are shown."""
    return f"{plural(shown, 'passage')} of {passages:,} shown; -n 0 shows all."


def each_term(terms: Iterable[TermCount]) -> str:
    """Return how much was found of each term by itself: 成都 in 60 passages, 巴黎 in 0 passages."""
    return ", ".join(f"{harmless(term.text)} in {plural(term.passages, 'passage')}" for term in terms)


def source_lines(passage: Passage) -> str:
    """Return the source lines of a passage: line 5, lines 5–8, lines 5–8, 11."""
    ranges = source_ranges(passage)
    return f"line {ranges}" if ranges.isdigit() else f"lines {ranges}"


def source_ranges(passage: Passage) -> str:
    """Return the source lines of a passage by themselves: 5, 5–8, 11."""
    return ", ".join(f"{first}" if first == last else f"{first}–{last}" for first, last in passage.lines)


def place_in_file(document: IndexedDocument, passage: Passage) -> str:
    """Return where a passage stands in its file: its page, or its source lines; nothing where a file has neither."""
    if passage.page is not None:
        return f"p. {passage.page}"
    return source_lines(passage) if document.format in TEXT_FORMATS else ""


def file_of(document: IndexedDocument, path: Path) -> str:
    """Return a document's file with its format and encoding: Markdown, UTF-8: /texts/a.md."""
    return f"{', '.join(each for each in (document.format, document.encoding) if each)}: {path}"


def section_path(section: Iterable[str]) -> str:
    """Return a section path, outermost heading first."""
    return " › ".join(section)


def by(document: IndexedDocument) -> str | None:
    """Return who issued or wrote a document, or else what it comes from."""
    metadata = document.metadata
    return "、".join(metadata.issuers or metadata.authors) or metadata.source


def about(document: IndexedDocument) -> str:
    """Return what identifies a document besides its title: number, date, and who issued or wrote it."""
    metadata = document.metadata
    parts = (str(metadata.number) if metadata.number else None, metadata.date, by(document))
    return " · ".join(part for part in parts if part)


def filters(*, keywords: bool = False, words: bool = False, documents: Sequence[str] = ()) -> list[str]:
    """Return how a query was asked, for those who read what was found without having asked."""
    conditions = (
        "as keywords: passages with any of its words" if keywords else None,
        "whole words only" if words else None,
        f"only in {', '.join(documents)}" if documents else None,
    )
    return [each for each in conditions if each]


def citation(document: IndexedDocument, passage: Passage | None = None) -> str:
    """Return the citation of a passage: title, number or else source, date, section path, passage and lines; or that
    of a document."""
    metadata = document.metadata
    identity = "，".join(filter(None, (str(metadata.number or metadata.source or ""), metadata.date)))
    parts = [f"{metadata.title}（{identity}）" if identity else metadata.title]
    if passage is None:
        return parts[0]
    if passage.section:
        parts.append(section_path(passage.section))
    in_file = place_in_file(document, passage)
    parts.append(f"¶{passage.number}, {in_file}" if in_file else f"¶{passage.number}")
    return f"{' — '.join(parts)} [{harmless(document.id)}:{passage.number}]"
