"""The appendix: hits as plain text that can be put behind a report, whole and with citations."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..corpus.model import Passage
from ..index.library import Corpus
from ..index.model import IndexedDocument, Span
from ..index.results import Results
from .layout import harmless
from .plain import excerpt
from .wording import citation, found, plural


def appendix(
    query: str,
    conditions: Iterable[str],
    corpus: Corpus,
    results: Results,
    limit: int | None,
    context: int,
    date: datetime.date,
) -> Iterator[str]:
    """Yield the lines: a head with query, conditions, corpus, date and counts, then each passage with its
    citation.

    Matches stand between 【 and 】; neighbouring passages are indented.
    """
    yield f"Query:   {harmless(query)}"
    for condition in conditions:
        yield f"         {harmless(condition)}"
    yield f"Corpus:  {corpus.name}, {plural(len(corpus.documents), 'document')}"
    yield f"Date:    {date.isoformat()}"
    yield f"Found:   {found(results.counts)}"
    if limit is not None and limit < len(results):
        yield f"Shown:   {plural(limit, 'passage')} of {len(results):,}"
    yield "Matches are marked 【…】."
    for number, hit in enumerate(results.hits(limit), start=1):
        before, after = corpus.neighbours(hit.document, hit.passage.number, context)
        yield ""
        yield f"{number}. {harmless(citation(hit.document, hit.passage))}"
        yield ""
        yield from _neighbours(before)
        yield excerpt(hit.passage.text, [(0, len(hit.passage.text))], hit.spans, "【", "】")
        yield from _neighbours(after)


def whole_document(
    document: IndexedDocument, passages: Sequence[Passage], spans: Mapping[int, Sequence[Span]]
) -> Iterator[str]:
    """Yield a document as text, its passages set apart by blank lines, matches between 【 and 】."""
    for passage in passages:
        text = excerpt(passage.text, [(0, len(passage.text))], spans.get(passage.number, ()), "【", "】")
        yield f"[{harmless(document.id)}:{passage.number}] {text}"
        yield ""


def _neighbours(passages: Sequence[Passage]) -> Iterator[str]:
    for passage in passages:
        yield f"    ({passage.number}) {harmless(passage.text, tabs=True)}"
