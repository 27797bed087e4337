"""Places: what DOC and DOC:N mean on the command line, and which matches of a query to mark there."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import click

from ...index.library import Corpus
from ...index.model import IndexedDocument, Span
from ..display.messages import nothing_found, say
from ..last_query import recall
from ..request import Request
from .options import LAST_QUERY

_NUMBER = re.compile("[0-9]{1,9}")


def find_place(corpus: Corpus, place: str) -> tuple[IndexedDocument, int | None]:
    """Return the document and the number of the passage that DOC:N names; the number is None for DOC.

    The last colon parts the two. Where an id itself ends like a place, a passage of the shorter id comes first, so that
    every place that is printed leads to its passage.

    Raises:
        UnknownDocumentError: No document, or more than one, has this id or beginning of an id.
        click.UsageError: What follows the colon is not a number.
    """
    # The name of a file, and so the id of a document, may contain colons and even end like a place.
    id_, _, number = place.rpartition(":")
    if not id_ or (not _is_passage(corpus, id_, number) and _begins_id(corpus, place)):
        id_, number = place, ""
    document = corpus.document(id_)
    if not number:
        return document, None
    if not _NUMBER.fullmatch(number):
        raise click.UsageError(f"{number} is not the number of a passage; write {document.id}:1 for the first.")
    return document, int(number)


def _is_passage(corpus: Corpus, id_: str, number: str) -> bool:
    """Say whether a document of just this id has a passage of this number."""
    if not _NUMBER.fullmatch(number):
        return False
    return any(each.id == id_ and 1 <= int(number) <= each.passages for each in corpus.documents)


def _begins_id(corpus: Corpus, text: str) -> bool:
    return any(each.id.startswith(text) for each in corpus.documents)


def matches_in(corpus: Corpus, document: IndexedDocument, query: str | None) -> Mapping[int, Sequence[Span]]:
    """Return the matches of a query in a document, by the number of the passage. If there are none, a message says
    why.

    Raises:
        click.UsageError: The last query is asked for, and there is none.
    """
    if query is None:
        return {}
    request = requested(corpus, query)
    results = request.marks(corpus, document)
    if results is None:
        say("the query only has conditions on passages, so nothing is marked.")
        return {}
    if not results:
        say(nothing_found(corpus, results, request._replace(documents=(document.id,))))
    return {hit.passage.number: hit.spans for hit in results.hits()}


def requested(corpus: Corpus, query: str) -> Request:
    """Return the request that --query makes: with the query given, or the last one if none is.

    Raises:
        click.UsageError: There is no last query.
    """
    if query != LAST_QUERY:
        return Request(query)
    last = recall(corpus.home)
    if last is None:
        raise click.UsageError("There is no last query; write one after --query, or search on a terminal first.")
    return last
