"""Fields: which passages meet a condition on their documents, their sections or their kind."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from ...corpus.text.folding import Folding
from ..model import IndexedDocument
from ..query.ast import Dates, Field
from ..storage.segment import KINDS, Segment

FIELDS_OF_DOCUMENTS = ("title", "issuer", "number", "doc")


def passages_with(field: Field | Dates, segment: Segment, folding: Folding, within: Sequence[range]) -> Iterator[int]:
    """Return the passages that meet a condition, in order, within some ranges of them."""
    if isinstance(field, Dates) or field.name in FIELDS_OF_DOCUMENTS:
        passages = intersect(within, documents_with(field, segment, folding))
        return (ordinal for each in passages for ordinal in each)
    meets = condition(field, segment, folding)
    return (ordinal for each in within for ordinal in each if meets(ordinal))


def condition(field: Field | Dates, segment: Segment, folding: Folding) -> Callable[[int], bool]:
    """Return a function that says whether a passage meets a condition."""
    if isinstance(field, Dates) or field.name in FIELDS_OF_DOCUMENTS:
        numbers = {segment.document_at(passages.start) for passages in documents_with(field, segment, folding)}
        return lambda ordinal: segment.document_at(ordinal) in numbers
    if field.name == "kind":
        wanted, kinds = KINDS.index(field.folded), segment.kinds
        return lambda ordinal: kinds[ordinal] == wanted
    sections = _sections_with(field.folded, segment, folding)
    return lambda ordinal: segment.section_above(ordinal) in sections


def documents_with(field: Field | Dates, segment: Segment, folding: Folding) -> list[range]:
    """Return the passages of the documents that meet a condition on documents."""
    return [
        range(document.first - segment.base, document.first - segment.base + document.passages)
        for document in segment.documents
        if _meets(document, field, folding)
    ]


def _meets(document: IndexedDocument, field: Field | Dates, folding: Folding) -> bool:
    return _may_be_dated(document, field) if isinstance(field, Dates) else _holds(document, field, folding)


def _may_be_dated(document: IndexedDocument, dates: Dates) -> bool:
    """Say whether a document's date may be one of some days: where only its year or month is known, any in it."""
    date = document.metadata.date
    if date is None:
        return False
    # Compared as strings, 2022-02-31 lies between February and March as well as any day does.
    known = len(date) - len("2022")
    return date + "-12-31"[known:] >= dates.first and date + "-01-01"[known:] <= dates.last


def _holds(document: IndexedDocument, field: Field, folding: Folding) -> bool:
    metadata = document.metadata
    texts: dict[str, Sequence[str]] = {
        "title": (metadata.title,),
        "issuer": metadata.issuers,
        "number": (str(metadata.number or ""),),
        "doc": (document.id,),
    }
    return any(field.folded in folding.fold(text) for text in texts[field.name])


def _sections_with(folded: str, segment: Segment, folding: Folding) -> Collection[int]:
    """Return the sections that have a string in a heading of their path."""
    headings = {index for index, text in enumerate(segment.headings) if folded in folding.fold(text)}
    sections: set[int] = set()
    # A section comes after the one that it is under.
    for section, (parent, heading) in enumerate(zip(segment.section_parents, segment.section_headings, strict=True)):
        if heading in headings or parent in sections:
            sections.add(section)
    return sections


def in_segment(segment: Segment, within: Sequence[range]) -> list[range]:
    """Return what of some ranges of passages there is in a segment, by its own ordinals."""
    local = [range(each.start - segment.base, each.stop - segment.base) for each in within]
    return intersect(local, segment.alive)


def intersect(one: Sequence[range], other: Sequence[range]) -> list[range]:
    """Return the ranges of what is in a range of either; both are in order."""
    common: list[range] = []
    first = second = 0
    while first < len(one) and second < len(other):
        start, stop = max(one[first].start, other[second].start), min(one[first].stop, other[second].stop)
        if start < stop:
            common.append(range(start, stop))
        if one[first].stop < other[second].stop:
            first += 1
        else:
            second += 1
    return common
