"""Answers: what a search in the window found, or why it found nothing."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from ...corpus.errors import ZhengceError
from ...index.errors import QueryError
from ...index.library import Corpus
from ...index.model import Counts
from ...index.search.results import Results
from ..display.messages import nothing_found, query_error
from ..request import Request

NONE = Counts(0, 0, 0)

# Suggestions of similar words come from the index of words, which only one thread may read at a time.
_WORDS = threading.Lock()


@dataclass(frozen=True, slots=True)
class Answer:
    """The results of a request with their counts. If there are none, a message says why; ``results`` is None if the
    query could not be read or answered."""

    request: Request
    results: Results | None = None
    counts: Counts = NONE
    message: str = ""


def answer(corpus: Corpus, request: Request) -> Answer:
    """Search a corpus. This does all the work that takes time; what is left for later is to read the hits."""
    try:
        results = request.search(corpus)
        if not results:
            with _WORDS:
                message = nothing_found(corpus, results, request)
            return Answer(request, results, message=message)
        results.hit(0)
        return Answer(request, results, results.counts)
    except QueryError as error:
        return Answer(request, message=query_error(error))
    except ZhengceError as error:
        return Answer(request, message=str(error))
