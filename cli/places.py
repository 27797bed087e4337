"""Places: what DOC and DOC:N on the command line mean, and what of a query stands there."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import click

from ..index.library import Corpus
from ..index.model import IndexedDocument, Span
from .messages import nothing_found, say


def find_place(corpus: Corpus, place: str) -> tuple[IndexedDocument, int | None]:
    """Return the document and the number of the passage that DOC:N names, or None where it names a document.

    Raises:
        UnknownDocumentError: There is no such document, or there are several.
        click.UsageError: What stands behind the colon is no number.
    """
    # A file's name, and so a document's id, may hold a colon.
    whole = any(each.id.startswith(place) for each in corpus.documents)
    id_, _, number = (place, "", "") if whole else place.partition(":")
    document = corpus.document(id_)
    if not number:
        return document, None
    if not re.fullmatch("[0-9]{1,9}", number):
        raise click.UsageError(f"{number} is not the number of a passage; write {document.id}:1 for the first.")
    return document, int(number)


def matches_in(corpus: Corpus, document: IndexedDocument, query: str | None) -> Mapping[int, Sequence[Span]]:
    """Return where a query stands in the passages of a document, by their numbers. That it does not is said."""
    if query is None:
        return {}
    results = corpus.search(query, documents=[document.id], sort="document")
    if not results:
        say(nothing_found(corpus, results, keywords=False, words=False, documents=[document.id]))
    return {hit.passage.number: hit.spans for hit in results.hits()}
