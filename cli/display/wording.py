"""The words for counts, terms, places and files."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from ...index.indexing.corpora import BUNDLED
from ...index.library import Corpus
from ...index.model import Counts, IndexedDocument
from ...index.search.matches import TermCount
from .layout import harmless

# What a shell reads as more than itself; @ is PowerShell's.
_SHELL = r"""[\s"'`$&|;<>()\[\]{}*?!#~\\@=]"""


def plural(count: int, noun: str, several: str = "") -> str:
    """Return a count with its noun: 1 passage, 2 passages, 12,000 passages; ``several`` is the plural if it needs more
    than an s."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {several or noun + 's'}"


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


def quoted(word: str) -> str:
    """Return a word as it is typed in a shell: in single quotes if a shell would read it otherwise."""
    return word if word and not re.search(_SHELL, word) else "'" + word.replace("'", "'\\''") + "'"


def corpus_note(corpus: Corpus) -> str | None:
    """Return the line that says which corpus was asked, where it is not the bundled one."""
    return None if corpus.name == BUNDLED else f"Corpus: {harmless(corpus.name)}"


def file_of(document: IndexedDocument, path: Path) -> str:
    """Return a document's file with its format and encoding: Markdown, UTF-8: /texts/a.md."""
    return f"{', '.join(each for each in (document.format, document.encoding) if each)}: {path}"
