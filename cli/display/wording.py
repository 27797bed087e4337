"""The words for counts, terms, places and files."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ...corpus.messages import Message, counted, listed
from ...index.descriptions import format_in_words
from ...index.library import Corpus
from ...index.model import Counts, IndexedDocument
from ...index.search.matches import TermCount
from ..config.current import current
from ..language.translation import gettext, ngettext, pgettext, translated
from .layout import harmless


def place_label(document: IndexedDocument, passage: int) -> str:
    """Return the place of a passage as a terminal may show it: chengyu:17."""
    return harmless(document.place(passage))


def short_place_label(corpus: Corpus, document: IndexedDocument, passage: int) -> str:
    """Return the place of a passage without the folders of its document, where `zhengce show` understands that."""
    return harmless(f"{corpus.short_id(document)}:{passage}")


def found(counts: Counts) -> str:
    """Return how much a search found, in words. Conditions alone are met by passages, and occur nowhere."""
    if counts.passages and not counts.occurrences:
        return gettext("{passages} of {documents}", **_sizes(counts))
    return gettext("{occurrences} in {passages} of {documents}", **_sizes(counts))


def found_in_all(counts: Counts) -> str:
    """Return how much a search found, as the first line of a page; see `found`."""
    if counts.passages and not counts.occurrences:
        return pgettext("first line of a page", "{passages} of {documents}", **_sizes(counts))
    return pgettext("first line of a page", "{occurrences} in {passages} of {documents}", **_sizes(counts))


def _sizes(counts: Counts) -> dict[str, str]:
    return {
        "occurrences": ngettext("{count:,} occurrence", "{count:,} occurrences", counts.occurrences),
        "passages": ngettext("{count:,} passage", "{count:,} passages", counts.passages),
        "documents": ngettext("{count:,} document", "{count:,} documents", counts.documents),
    }


def shown_of(shown: int, passages: int) -> str:
    """Return the note that not all passages are shown."""
    return ngettext(
        "{count:,} passage of {total:,} shown; -n 0 shows all.",
        "{count:,} passages of {total:,} shown; -n 0 shows all.",
        shown,
        total=passages,
    )


def documents_shown_of(shown: int, documents: int) -> str:
    """Return the note that not all documents are listed."""
    return ngettext(
        "{count:,} document of {total:,} shown; -n 0 shows all.",
        "{count:,} documents of {total:,} shown; -n 0 shows all.",
        shown,
        total=documents,
    )


def each_term(terms: Iterable[TermCount]) -> Message:
    """Return how much was found of each term by itself: 成都 in 60 passages, 巴黎 in 0 passages."""
    return listed(in_passages(harmless(term.text), term.passages) for term in terms)


def in_passages(term: str, passages: int) -> Message:
    """Return in how many passages a term is, which may be painted."""
    return counted("{term} in {count:,} passage", "{term} in {count:,} passages", passages, term=term)


def corpus_note(corpus: Corpus) -> str | None:
    """Return the line that says which corpora, folders or files were asked, where it is not the bundled corpus."""
    chosen = corpus.chosen
    if chosen.is_bundled:
        return None
    names = translated(listed(harmless(name) for name in (*chosen.names, *map(str, chosen.paths))))
    if chosen.paths:
        return gettext("In: {names}", names=names)
    return ngettext("Corpus: {names}", "Corpora: {names}", len(chosen.names), names=names)


def options_of(corpus: Corpus) -> str:
    """Return the options that choose what was asked once more, empty where a command without them asks the same."""
    usual = corpus.chosen.is_bundled and current().corpus == corpus.name
    return "" if usual else corpus.chosen.options


def file_of(document: IndexedDocument, path: Path) -> str:
    """Return a document's file with its format and encoding: Markdown, UTF-8: /texts/a.md."""
    known = listed(filter(None, (format_in_words(document.format), document.encoding)))
    return gettext("{format}: {path}", format=known, path=path)
