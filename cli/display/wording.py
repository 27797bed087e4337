"""The words for counts, terms, places and files."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ...corpus.messages import listed
from ...index.descriptions import format_in_words
from ...index.library import Corpus
from ...index.model import Counts, IndexedDocument
from ...index.search.matches import TermCount
from ..config.current import current
from ..language.translation import gettext, ngettext
from .layout import harmless


def plural(count: int, noun: str, several: str = "") -> str:
    """Return a count with its noun: 1 passage, 2 passages, 12,000 passages; ``several`` is the plural if it needs more
    than an s."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {several or noun + 's'}"


def place_label(document: IndexedDocument, passage: int) -> str:
    """Return the place of a passage as a terminal may show it: chengyu:17."""
    return harmless(document.place(passage))


def short_place_label(corpus: Corpus, document: IndexedDocument, passage: int) -> str:
    """Return the place of a passage without the folders of its document, where `zhengce show` understands that."""
    return harmless(f"{corpus.short_id(document)}:{passage}")


def found(counts: Counts) -> str:
    """Return how much a search found, in words."""
    return gettext(
        "{occurrences} in {passages} of {documents}",
        occurrences=ngettext("{count:,} occurrence", "{count:,} occurrences", counts.occurrences),
        passages=ngettext("{count:,} passage", "{count:,} passages", counts.passages),
        documents=ngettext("{count:,} document", "{count:,} documents", counts.documents),
    )


def shown_of(shown: int, passages: int) -> str:
    """Return the note that not all passages are shown."""
    return f"{plural(shown, 'passage')} of {passages:,} shown; -n 0 shows all."


def each_term(terms: Iterable[TermCount]) -> str:
    """Return how much was found of each term by itself: 成都 in 60 passages, 巴黎 in 0 passages."""
    return ", ".join(f"{harmless(term.text)} in {plural(term.passages, 'passage')}" for term in terms)


def corpus_note(corpus: Corpus) -> str | None:
    """Return the line that says which corpora, folders or files were asked, where it is not the bundled corpus."""
    chosen = corpus.chosen
    if chosen.is_bundled:
        return None
    what = "In" if chosen.paths else "Corpora" if len(chosen.names) > 1 else "Corpus"
    return f"{what}: {harmless(chosen.name)}"


def options_of(corpus: Corpus) -> str:
    """Return the options that choose what was asked once more, empty where a command without them asks the same."""
    usual = corpus.chosen.is_bundled and current().corpus == corpus.name
    return "" if usual else corpus.chosen.options


def file_of(document: IndexedDocument, path: Path) -> str:
    """Return a document's file with its format and encoding: Markdown, UTF-8: /texts/a.md."""
    known = listed(filter(None, (format_in_words(document.format), document.encoding)))
    return gettext("{format}: {path}", format=known, path=path)
