"""Answers: what a search in the window found, or why it found nothing."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import NamedTuple

from ...corpus.errors import ZhengceError
from ...corpus.messages import listed, message
from ...index.errors import QueryError
from ...index.library import Corpus
from ...index.model import Counts, IndexedDocument, Occurrence
from ...index.search.results import Results, Sort
from ..display.messages import nothing_found, query_error
from ..language.translation import gettext, ngettext, pgettext, translated
from ..request import Request
from .hit_layout import HitLayout

NONE = Counts(0, 0, 0)
NO_HITS = HitLayout((), (), 1)

ORDERS: dict[Sort, str] = {
    "relevance": message("by relevance"),
    "document": message("in reading order"),
    "date": message("oldest first"),
    "-date": message("newest first"),
}
"""The orders of hits, in words."""

_NAMED = 2  # documents; of more, a window says only how many

# The index of words, from which keywords and suggestions come, may be read by only one thread at a time.
_WORDS = threading.Lock()


class Question(NamedTuple):
    """A request with the order in which its hits are to be listed (None: the usual one)."""

    request: Request
    sort: Sort | None = None

    @property
    def switches(self) -> tuple[str, ...]:
        """Return how the query is asked, in as few words as a window has room for."""
        request = self.request
        documents = request.documents
        some = ngettext("{count:,} document", "{count:,} documents", len(documents))
        named = listed(documents) if len(documents) <= _NAMED else some
        switches = (
            pgettext("switch", "keywords") if request.keywords else None,
            pgettext("switch", "whole words") if request.words else None,
            gettext("in {documents}", documents=named) if documents else None,
            translated(ORDERS[self.sort]) if self.sort else None,
        )
        return tuple(each for each in switches if each)


@dataclass(frozen=True, slots=True)
class Answer:
    """The results of a request, with their counts and laid out by document. If there are none, a message says why;
    ``results`` is None if the query could not be read or answered."""

    question: Question
    results: Results | None = None
    counts: Counts = NONE
    layout: HitLayout = NO_HITS
    message: str = ""

    @property
    def request(self) -> Request:
        """Return what was asked."""
        return self.question.request

    @property
    def head(self) -> str:
        """Return what stands above the hits: the query, and how it is asked."""
        head = gettext("Hits of {query}", query=self.request.query) if self.results else gettext("Hits")
        for each in self.question.switches:
            head = gettext("{head} ({switch})", head=head, switch=each)
        return head

    def marks(self, corpus: Corpus, document: IndexedDocument) -> Mapping[int, Sequence[Occurrence]]:
        """Return the matches of the parts of the query in a document, by the number of the passage."""
        if self.request.keywords and self.results is not None:
            # Whoever has any of the words has been found.
            ordinals = next((each.ordinals for each in self.layout.groups if each.document == document), ())
            found = map(self.results.located, ordinals)
            return {each.passage.number: each.marks for each in found}
        return {hit.passage.number: hit.marks for hit in self.request.marks(corpus, document) or ()}


def answer(corpus: Corpus, question: Question, width: int) -> Answer:
    """Search a corpus, and lay out the hits at a width in cells. This does all the work that takes time; what is left
    for later is to read the hits."""
    request = question.request
    try:
        # A search for terms does not wait for another one, which may take long.
        with _WORDS if request.keywords else nullcontext():
            results = request.search(corpus, question.sort)
        if not results:
            with _WORDS:
                advice = gettext("To search for the words in it, press Esc and K.")
                said = nothing_found(corpus, results, request, advice=advice)
            return Answer(question, results, message=said)
        results.hit(0)
        layout = HitLayout(results.groups(), results.terms, width)
        return Answer(question, results, results.counts, layout)
    except QueryError as error:
        return Answer(question, message=query_error(error))
    except ZhengceError as error:
        return Answer(question, message=str(error))
