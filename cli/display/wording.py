"""The words for counts, terms, places and files."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ...index.model import Counts, IndexedDocument
from ...index.search.results import TermCount
from .layout import harmless


def plural(count: int, noun: str) -> str:
    """Return a count with its noun: 1 passage, 2 passages, 12,000 passages."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def place_label(document: IndexedDocument, passage: int) -> str:
    """Return the place of a passage as a terminal may show it: chengyu:17."""
    return harmless(document.place(passage))


def found(counts: Counts) -> str:
    """Return how much a search found, in words."""
    return (
        f"{plural(counts.occurrences, 'occurrence')} in {plural(counts.passages, 'passage')} "
        f"of {plural(counts.documents, 'document')}"
    )


def shown_of(shown: int, passages: int) -> str:
    """Return the note that not all passages are shown."""
    return f"{plural(shown, 'passage')} of {passages:,} shown; -n 0 shows all."


def each_term(terms: Iterable[TermCount]) -> str:
    """Return how much was found of each term by itself: 成都 in 60 passages, 巴黎 in 0 passages."""
    return ", ".join(f"{harmless(term.text)} in {plural(term.passages, 'passage')}" for term in terms)


def file_of(document: IndexedDocument, path: Path) -> str:
    """Return a document's file with its format and encoding: Markdown, UTF-8: /texts/a.md."""
    return f"{', '.join(each for each in (document.format, document.encoding) if each)}: {path}"
