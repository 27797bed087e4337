"""Conditions: which passages meet a field or a date of a query, by their document, section or kind."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from ...corpus.closed import assert_never
from ...corpus.model import Metadata
from ...corpus.text.folding import Folding, folded_within
from ..model import IndexedDocument
from ..query.ast import Alias, And, Dates, Field, Node, Not, Or, children
from ..query.operators import DocumentDate, FieldName
from ..storage.segment import Segment
from ..storage.segment_files import KINDS
from .scopes import intersect

DocumentNode = Field | Dates | And | Or | Not | Alias
"""A node that may be a condition on documents; see `is_on_documents`."""


def is_on_documents(node: Node) -> bool:
    """Say whether a node is a condition that is met by whole documents, not by single passages."""
    match node:
        case Dates():
            return True
        case Field(name=name):
            return name not in ("section", "kind")
        case And() | Or() | Not() | Alias():
            return all(map(is_on_documents, children(node)))
        case _:  # What stands in a text: terms, and operators on their places.
            return False


def passages_with(field: Field | Dates, segment: Segment, folding: Folding, within: Sequence[range]) -> Iterator[int]:
    """Yield the passages that meet a condition, in order, within some ranges of them."""
    if is_on_documents(field):
        passages = intersect(within, documents_with(field, segment, folding))
        return (ordinal for each in passages for ordinal in each)
    meets = condition(field, segment, folding)
    return (ordinal for each in within for ordinal in each if meets(ordinal))


def condition(field: Field | Dates, segment: Segment, folding: Folding) -> Callable[[int], bool]:
    """Return a function that says whether a passage meets a condition."""
    if isinstance(field, Dates) or is_on_documents(field):
        numbers = {segment.document_at(passages.start) for passages in documents_with(field, segment, folding)}
        return lambda ordinal: segment.document_at(ordinal) in numbers
    if field.name == "kind":
        wanted, kinds = KINDS.index(field.folded), segment.kinds
        return lambda ordinal: kinds[ordinal] == wanted
    sections = _sections_with(folded_within(field.folded), segment, folding)
    return lambda ordinal: segment.section_above(ordinal) in sections


def documents_with(node: DocumentNode, segment: Segment, folding: Folding) -> list[range]:
    """Return the ranges of passages of the documents that meet a condition on documents."""
    return [
        range(document.first - segment.base, document.first - segment.base + document.passages)
        for document in segment.documents
        if _meets(document, node, folding)
    ]


def _meets(document: IndexedDocument, node: Node, folding: Folding) -> bool:
    match node:
        case Dates():
            return any(may_be_dated(date, node) for date in _dates(document.metadata, node.name))
        case Field():
            forms = folded_within(node.folded)
            return any(_holds(folding.fold(text), forms) for text in _texts(document, node.name))
        case And(operands):
            return all(_meets(document, operand, folding) for operand in operands)
        case Or(operands):
            return any(_meets(document, operand, folding) for operand in operands)
        case Not(operand):
            return not _meets(document, operand, folding)
        case Alias(operand=operand):
            return _meets(document, operand, folding)
        case _:
            raise TypeError(f"{node} is no condition on documents")


def may_be_dated(date: str | None, dates: Dates) -> bool:
    """Say whether a date may be one of some days: where only its year or month is known, any day in it counts."""
    if date is None:
        return False
    # Compared as strings; that 2022-02-31 is no day matters not, since no date lies between it and 2022-03-01.
    known = len(date) - len("2022")
    return date + "-12-31"[known:] >= dates.first and date + "-01-01"[known:] <= dates.last


def _dates(metadata: Metadata, name: DocumentDate) -> Sequence[str | None]:
    """Return the dates of a document that a condition on dates asks for."""
    match name:
        case "date":
            return (metadata.date,)
        case "adopted":
            return (metadata.adopted,)
        case "promulgated":
            return (metadata.promulgated,)
        case "revised":
            return metadata.revised
        case "effective":
            return (metadata.effective,)
        case "published":
            return (metadata.published,)
    assert_never(name)


def _texts(document: IndexedDocument, name: FieldName) -> Sequence[str]:
    """Return the texts of a document that a condition on documents looks in."""
    metadata = document.metadata
    match name:
        case "title":
            return (metadata.title,)
        case "issuer":
            return metadata.issuers
        case "number":
            # 主席令第十五号 is also looked for as 主席令第15号.
            return (str(metadata.number), str(metadata.number._replace(numeral=""))) if metadata.number else ()
        case "doc":
            return (document.id,)
        case "section" | "kind":
            return ()
    assert_never(name)


def _holds(folded: str, forms: Sequence[str]) -> bool:
    return any(form in folded for form in forms)


def _sections_with(forms: Sequence[str], segment: Segment, folding: Folding) -> Collection[int]:
    """Return the sections that have a string, given in all its forms, in a heading of their path."""
    headings = {index for index, text in enumerate(segment.headings) if _holds(folding.fold(text), forms)}
    sections: set[int] = set()
    # A section comes after the one that it is under.
    for section, (parent, heading) in enumerate(zip(segment.section_parents, segment.section_headings, strict=True)):
        if heading in headings or parent in sections:
            sections.add(section)
    return sections
