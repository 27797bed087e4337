"""The list of documents: all or those that a query finds, in an order of choice."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, Literal

from ..corpus.closed import assert_never
from .model import Counts, IndexedDocument
from .search.concordance import collated

if TYPE_CHECKING:
    from .library import Corpus
    from .search.results import Results

DocumentSort = Literal["date", "-date", "title", "hits"]
"""The order of documents: by date, the oldest first or last, those without a date at the end; by title, in the order of
Pinyin; by the number of occurrences, the most first."""

Groups = Sequence[Sequence[IndexedDocument]]


@dataclass(frozen=True, slots=True)
class DocumentList:
    """Documents in the order in which they are listed. Versions of one law that stand together make a group.

    ``counts`` is what a query found in each document, by its id; it is None if nothing was asked of their contents.
    """

    groups: Groups
    counts: Mapping[str, Counts] | None = None

    def __iter__(self) -> Iterator[IndexedDocument]:
        return chain.from_iterable(self.groups)

    def __len__(self) -> int:
        return sum(map(len, self.groups))

    def first(self, limit: int | None) -> DocumentList:
        """Return the list of the first documents: so many of them, or all."""
        if limit is None:
            return self
        groups: list[Sequence[IndexedDocument]] = []
        for group in self.groups:
            groups.append(group[:limit])
            limit -= len(groups[-1])
        return replace(self, groups=[group for group in groups if group])


def list_documents(
    corpus: Corpus,
    results: Results | None = None,
    *,
    documents: Collection[str] = (),
    sort: DocumentSort | None = None,
) -> DocumentList:
    """Return the list of the documents that ``results`` are in; without them, of those with the ids ``documents``, by
    default all.

    Without ``sort`` they are in reading order, the versions of a law together where the first of them stands, the
    newest first.
    """
    groups: Groups = corpus.version_groups()
    counts: Mapping[str, Counts] | None = None
    if results is not None:
        documents = {document.id for document in results.found_in}
        # Of conditions alone, passages meet them without an occurrence.
        if results.terms:
            counts = {document.id: found for document, found in results.by_document.items()}
    if results is not None or documents:
        chosen = ([each for each in group if each.id in documents] for group in groups)
        groups = [group for group in chosen if group]
    if sort:
        listed = {document.id for group in groups for document in group}
        in_order = [document for document in corpus.documents if document.id in listed]
        groups = _sorted(in_order, counts or {}, sort)
    return DocumentList(groups, counts)


def _sorted(documents: Sequence[IndexedDocument], counts: Mapping[str, Counts], sort: DocumentSort) -> Groups:
    """Return documents in an order of choice, each by itself; those that are equal stay in the order they have."""
    match sort:
        case "date" | "-date":
            dated = [document for document in documents if document.metadata.date]
            dated.sort(key=lambda document: document.metadata.date or "", reverse=sort == "-date")
            ordered = [*dated, *(document for document in documents if not document.metadata.date)]
        case "title":
            ordered = sorted(documents, key=lambda document: collated(document.metadata.title))
        case "hits":
            ordered = sorted(documents, key=lambda document: -counts[document.id].occurrences if counts else 0)
        case _:
            assert_never(sort)
    return [(document,) for document in ordered]
