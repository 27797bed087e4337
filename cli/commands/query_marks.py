"""Matches of --query: which query is meant, and where it matches in a document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import click

from ...index.library import Corpus
from ...index.model import IndexedDocument, Occurrence
from ..display.messages import nothing_found, say
from ..history import recall
from ..language.translation import gettext
from ..request import Request
from .options import LAST_QUERY


def matches_in(corpus: Corpus, document: IndexedDocument, query: str | None) -> Mapping[int, Sequence[Occurrence]]:
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
        say(gettext("the query only has conditions on passages, so nothing is marked."))
        return {}
    if not results:
        say(nothing_found(corpus, results, request._replace(documents=(document.id,))))
    return {hit.passage.number: hit.marks for hit in results.hits()}


def requested(corpus: Corpus, query: str) -> Request:
    """Return the request that --query makes: with the query given, or the last one if none is.

    Raises:
        click.UsageError: There is no last query.
    """
    if query != LAST_QUERY:
        return Request(query)
    last = recall(corpus.home)
    if last is None:
        raise click.UsageError(
            gettext("There is no last query; write one after --query, or search on a terminal first.")
        )
    return last
