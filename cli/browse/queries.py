"""Requests: what is asked of a corpus in a window, and what it answers."""

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

# The index of words, in which is looked for words that are like others, is read by one thread at a time.
_WORDS = threading.Lock()


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found, with how much; where that is nothing, or the request cannot be answered, a message says why."""

    request: Request
    results: Results | None = None
    counts: Counts = NONE
    message: str = ""


def answer(corpus: Corpus, request: Request) -> Answer:
    """Return the answer to a request. It may take as long as a regular expression may; nothing is left to be done when
    its hits are read but to read them."""
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
