"""Places: what DOC and DOC:N on the command line mean, and what of a query stands there."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import click

from ...index.library import Corpus
from ...index.model import IndexedDocument, Span
from ..display.messages import nothing_found, say
from ..last_query import Asked, recall
from .options import LAST_QUERY


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
    """Return where what a query seeks stands in the passages of a document, by their numbers. That there is nothing is
    said.

    Raises:
        click.UsageError: The last query is asked for, and there is none.
    """
    if query is None:
        return {}
    asked = asked_for(corpus, query)
    results = corpus.marks(document, asked.query, keywords=asked.keywords, words=asked.words)
    if results is None:
        say("the query asks for passages rather than for something in them, so nothing is marked.")
        return {}
    if not results:
        say(nothing_found(corpus, results, keywords=asked.keywords, words=asked.words, documents=[document.id]))
    return {hit.passage.number: hit.spans for hit in results.hits()}


def asked_for(corpus: Corpus, query: str) -> Asked:
    """Return the query that an option gives, or the last one where it gives none.

    Raises:
        click.UsageError: There is no last one.
    """
    if query != LAST_QUERY:
        return Asked(query)
    last = recall(corpus.home)
    if last is None:
        raise click.UsageError("There is no last query; write one behind --query, or search on a terminal first.")
    return last
