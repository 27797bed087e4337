"""Questions: what is asked of a corpus in a window, and what it answers."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from ...corpus.errors import ZhengceError
from ...index.errors import QueryError
from ...index.library import Corpus
from ...index.model import Counts
from ...index.search.results import Results
from ..display.messages import nothing_found, query_error
from ..display.wording import filters

NONE = Counts(0, 0, 0)

# The index of words, in which is looked for words that are like others, is read by one thread at a time.
_WORDS = threading.Lock()


@dataclass(frozen=True, slots=True)
class Question:
    """A query with what goes with it: whether whole words are wanted, and in which documents, by id."""

    query: str
    words: bool = False
    documents: tuple[str, ...] = ()

    @property
    def conditions(self) -> tuple[str, ...]:
        """Return how the query is asked, in words."""
        return tuple(filters(words=self.words, documents=self.documents))


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found, with how much; where that is nothing, or the question cannot be answered, a message says why."""

    question: Question
    results: Results | None = None
    counts: Counts = NONE
    message: str = ""


def answer(corpus: Corpus, question: Question) -> Answer:
    """Return the answer to a question. It may take as long as a regular expression may; nothing is left to be done when
    its hits are read but to read them."""
    try:
        results = corpus.search(question.query, words=question.words, documents=question.documents)
        if not results:
            where = question.documents
            with _WORDS:
                message = nothing_found(corpus, results, keywords=False, words=question.words, documents=where)
            return Answer(question, results, message=message)
        results.hit(0)
        return Answer(question, results, results.counts)
    except QueryError as error:
        return Answer(question, message=query_error(error))
    except ZhengceError as error:
        return Answer(question, message=str(error))
