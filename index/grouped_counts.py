"""Counts of what was found by year, document, issuer, region, genre or section, beside the size of each group."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from ..corpus.closed import assert_never
from ..corpus.notation.numbering import ARTICLE_RANKS, find_enumerator
from .model import IndexedDocument
from .search.concordance import collated
from .search.results import Results

CountBy = Literal["year", "document", "issuer", "region", "genre", "section"]
"""What is counted by: year, id, issuers, region or genre of the documents, or the outermost section of passages."""

DocumentGroup = Literal["year", "issuer", "region", "genre"]
"""What documents are counted by."""

PER = 10_000
"""The characters that rates are given for."""


class GroupCounts(NamedTuple):
    """What was found in a group: occurrences, passages, and documents with any. The ``key`` is what its documents or
    passages share; it is None if that is not known.

    ``characters`` are those of all documents of the group that were searched, or of all passages of the section,
    without white space, and ``searched`` is how many documents that are; they are the sample, whether or not anything
    was found in them.
    """

    key: str | None
    occurrences: int = 0
    passages: int = 0
    documents: int = 0
    characters: int = 0
    searched: int = 0

    @property
    def rate(self) -> float | None:
        """Return the occurrences per 10,000 characters; None if there are no characters."""
        return PER * self.occurrences / self.characters if self.characters else None


class GroupedCounts(NamedTuple):
    """What was found in each group that has any, and in ``all`` that was searched.

    Years are in order, with all that have documents or stand between two in which something was found. Other groups
    come by the number of occurrences, the most first, or if the query asks for conditions only, by the number of
    documents. The group without a key is the last. ``repeated`` tells that documents with several issuers are in
    several groups.
    """

    by: CountBy
    groups: Sequence[GroupCounts]
    all: GroupCounts
    has_terms: bool
    repeated: bool


class _Part(NamedTuple):
    """A document or a passage, with what was found in it, as it counts in each of its groups."""

    document: str
    keys: Sequence[str | None]
    occurrences: int
    passages: int
    characters: int


@dataclass(slots=True)
class _Tally:
    """A group while it is counted; documents are those found in and those searched, by id."""

    occurrences: int = 0
    passages: int = 0
    characters: int = 0
    found_in: set[str] = field(default_factory=set)
    searched: set[str] = field(default_factory=set)

    def add(self, part: _Part) -> None:
        """Count a document or a passage in the group."""
        self.occurrences += part.occurrences
        self.passages += part.passages
        self.characters += part.characters
        self.searched.add(part.document)
        if part.passages:
            self.found_in.add(part.document)

    def counts(self, key: str | None) -> GroupCounts:
        """Return what was counted."""
        return GroupCounts(
            key, self.occurrences, self.passages, len(self.found_in), self.characters, len(self.searched)
        )


def count_by(results: Results, by: CountBy) -> GroupedCounts:
    """Return what was found by groups of documents or of passages.

    A document with several issuers counts under each. The section of a passage is the outermost heading above it, other
    than the title of the document, without its number; a heading is in the section that it opens. Sections of several
    documents are one if their headings are equal when folded. Where articles have no chapters above them, they are in
    no section.

    Raises:
        IndexDamagedError: A file of the index is not as it was written.
    """
    by_section = by == "section"
    documents = list(_documents(results, "document" if by_section else by))
    groups, total = _tallied(_passages(results) if by_section else documents), _Tally()
    for part in documents:
        total.add(part)
    has_terms = bool(results.terms)
    repeated = any(part.passages and len(part.keys) > 1 for part in documents)
    return GroupedCounts(by, _ordered(groups, by, has_terms=has_terms), total.counts(None), has_terms, repeated)


def count_documents(documents: Iterable[IndexedDocument], by: DocumentGroup) -> GroupedCounts:
    """Return how many documents there are in each group, and of how many passages and characters; without a query
    there are no occurrences."""
    keys = _keys(by)
    parts = [_Part(each.id, keys(each), 0, each.passages, each.characters) for each in documents]
    groups, total = _tallied(parts), _Tally()
    for part in parts:
        total.add(part)
    repeated = any(len(part.keys) > 1 for part in parts)
    return GroupedCounts(by, _ordered(groups, by, has_terms=False), total.counts(None), False, repeated)


def _tallied(parts: Iterable[_Part]) -> list[GroupCounts]:
    tallies: dict[str | None, _Tally] = {}
    for part in parts:
        for key in part.keys:
            tallies.setdefault(key, _Tally()).add(part)
    return [tally.counts(key) for key, tally in tallies.items()]


def _documents(results: Results, by: CountBy) -> Iterator[_Part]:
    """Yield the documents that were searched."""
    found = {document.id: counts for document, counts in results.by_document.items()}
    keys = _keys(by)
    for document in results.searched_documents:
        counts = found.get(document.id)
        occurrences, passages = (counts.occurrences, counts.passages) if counts else (0, 0)
        yield _Part(document.id, keys(document), occurrences, passages, document.characters)


def _keys(by: CountBy) -> Callable[[IndexedDocument], Sequence[str | None]]:
    """Return the function that says which groups a document is in."""
    match by:
        case "year":
            return lambda document: (document.metadata.date[:4] if document.metadata.date else None,)
        case "document":
            return lambda document: (document.id,)
        case "issuer":
            return lambda document: tuple(dict.fromkeys(document.metadata.issuers)) or (None,)
        case "region":
            return lambda document: (document.metadata.region or None,)
        case "genre":
            return lambda document: (document.metadata.genre or None,)
        case "section":
            raise ValueError("sections are of passages, not of documents")
    assert_never(by)


def _passages(results: Results) -> Iterator[_Part]:
    """Yield the passages of those sections in which something was found, among all that were searched."""
    found = results.occurrences()
    sections = _Sections(results)
    documents = [(document, sections.keys(document)) for document in results.searched_documents]
    has_any = {
        key
        for document, keys in documents
        for ordinal, key in enumerate(keys, start=document.first)
        if ordinal in found
    }
    for document, keys in documents:
        for ordinal, key in enumerate(keys, start=document.first):
            # To read a text takes most of the time.
            if key in has_any:
                name = None if key is None else sections.names[key]
                characters = len("".join(results.text(ordinal).split()))
                yield _Part(document.id, (name,), found.get(ordinal, 0), ordinal in found, characters)


class _Sections:
    """The sections of passages by their keys, the folded form of their names. ``names`` has one name of each: the one
    that needs no folding, else the shortest."""

    def __init__(self, results: Results) -> None:
        self._results = results
        self._known: dict[str, tuple[str, str | None]] = {}
        self.names: dict[str, str] = {}

    def keys(self, document: IndexedDocument) -> list[str | None]:
        """Return the section of each passage of a document."""
        title = self._results.fold(document.metadata.title)
        ordinals = range(document.first, document.first + document.passages)
        return [self._key(self._results.section(ordinal), title) for ordinal in ordinals]

    def _key(self, path: Sequence[str], title: str) -> str | None:
        for heading in path:
            if heading not in self._known:
                self._known[heading] = self._results.fold(heading).strip(), self._read(heading)
            folded, key = self._known[heading]
            if folded not in title:
                return key
        return None

    def _read(self, heading: str) -> str | None:
        name = _section_name(heading)
        if name is None:
            return None
        key = self._results.fold(name)
        self.names[key] = min(self.names.get(key, name), name, key=lambda each: (each != key, len(each), each))
        return key


def _section_name(heading: str) -> str | None:
    """Return what the section of a heading is called: without its number, or with it if it has nothing else. Articles
    have no names."""
    number = find_enumerator(heading)
    if number is None:
        return heading.strip() or None
    rest = heading[number.length :].strip(" \u3000\t:：、")
    return rest or (None if number.rank in ARTICLE_RANKS else heading.strip())


def _ordered(groups: Iterable[GroupCounts], by: CountBy, *, has_terms: bool) -> list[GroupCounts]:
    """Return the groups in which something was found, in order. Years also have those between, and those with
    documents before and after."""
    searched = {group.key: group for group in groups}
    found = [group for group in searched.values() if group.passages]
    last = [group for group in found if group.key is None]
    named = [group for group in found if group.key is not None]
    if by == "year":
        years = [int(group.key or 0) for group in named]
        between = range(min(years), max(years) + 1) if years else ()
        shown = {*(f"{year:04}" for year in between), *filter(None, searched if years else ())}
        return [*(searched.get(year, GroupCounts(year)) for year in sorted(shown)), *last]
    named.sort(key=lambda each: (-(each.occurrences if has_terms else each.documents), collated(each.key or "")))
    return [*named, *last]
