"""The interface of exports: what is written, and what a writer of a format implements."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

from ...corpus.closed import assert_never
from ...index.records.rows import PassageRow
from ..display.wording import found
from ..language.translation import gettext, ngettext, pgettext, translated

if TYPE_CHECKING:
    from ...index.citations.reference import Cite
    from ...index.model import Counts, Hit, HitWithNeighbours, IndexedDocument
    from ...index.records.head import Head
    from ...index.search.concordance import ConcordanceLine

Cell = str | int | float | None
"""What a cell of a table holds."""


@dataclass(frozen=True, slots=True)
class Export:
    """What the exports of any search share.

    ``head`` says what search it is, ``by_document`` returns how much was found in each document, and ``cite`` makes
    the citations. ``styled`` tells that a style of citations was asked for; ``bom`` asks for the mark by which Excel
    knows UTF-8.
    """

    head: Head
    by_document: Callable[[], Mapping[IndexedDocument, Counts]]
    cite: Cite
    styled: bool
    bom: bool


@dataclass(frozen=True, slots=True)
class PassageExport(Export):
    """Passages to write, which can be read once. ``context`` tells that neighbours were asked for; ``columns`` are what
    a table has of each."""

    hits: Iterable[HitWithNeighbours]
    context: bool
    columns: Sequence[str] = PassageRow._fields


@dataclass(frozen=True, slots=True)
class ConcordanceExport(Export):
    """A concordance to write, whose lines can be read once. ``terms`` are those that the lines name by number."""

    lines: Iterable[ConcordanceLine]
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NeighbourExport:
    """Neighbours of the matches to write, each with how often it stands there, of ``total`` occurrences; the head is
    None in a pipe. See `Export` for ``bom``."""

    head: Head | None
    counted: Sequence[tuple[str, int]]
    total: int
    bom: bool


@dataclass(frozen=True, slots=True)
class TableExport:
    """A table of documents or of counts to write: the ``names`` of its columns, and its rows, which can be read once.
    ``head`` says what it is a table of, unless it is to have nothing but its rows. See `Export` for ``bom``."""

    title: str
    names: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    head: Head | None = None
    bom: bool = False


class ExportWriter(ABC):
    """Writes exports in one format to a stream, or to its ``buffer`` if the format is not text."""

    def write(self, export: PassageExport | ConcordanceExport, stream: TextIO) -> None:
        """Write an export of either kind."""
        match export:
            case PassageExport():
                self.write_passages(export, stream)
            case ConcordanceExport():
                self.write_concordance(export, stream)
            case _:
                assert_never(export)

    @abstractmethod
    def write_passages(self, export: PassageExport, stream: TextIO) -> None:
        """Write the head and the passages."""

    @abstractmethod
    def write_concordance(self, export: ConcordanceExport, stream: TextIO) -> None:
        """Write the head and the lines of a concordance."""


class NeighbourWriter(ExportWriter):
    """A writer that also writes how often neighbours stand beside the matches."""

    @abstractmethod
    def write_neighbours(self, export: NeighbourExport, stream: TextIO) -> None:
        """Write the head, if there is one, and the neighbours."""


class TableWriter(ExportWriter):
    """A writer that also writes tables of documents and of counts."""

    @abstractmethod
    def write_table(self, table: TableExport, stream: TextIO) -> None:
        """Write the rows under the names of their columns, and what the table is about."""


class BibliographyWriter(ExportWriter):
    """A writer that writes the documents in which something was found, whichever passages or lines were asked for."""

    @abstractmethod
    def write_documents(self, export: Export, stream: TextIO) -> None:
        """Write the head and the documents."""

    def write_passages(self, export: PassageExport, stream: TextIO) -> None:
        """Write the documents."""
        self.write_documents(export, stream)

    def write_concordance(self, export: ConcordanceExport, stream: TextIO) -> None:
        """Write the documents."""
        self.write_documents(export, stream)


def cited_with_place(export: Export, hit: Hit) -> str:
    """Return the citation of a passage, with its place in square brackets: the program's own style has it, and to the
    others it is added."""
    citation = export.cite(hit.document, hit.passage)
    return f"{citation} [{hit.document.place(hit.passage.number)}]" if export.styled else citation


def head_lines(head: Head) -> Iterator[tuple[str, str]]:
    """Yield the lines of a head for people, each with its name, in the language of the reader. Those on what was
    searched for and found are left out if nothing was searched for."""
    if head.query:
        yield gettext("Query"), translated(head.query)
        if head.read != head.query:
            yield gettext("Read as"), head.read
    for each in head.filters:
        yield gettext("Filter"), translated(each)
    yield gettext("Corpus"), _corpus(head)
    yield pgettext("of a search", "Date"), head.date.isoformat()
    if head.query:
        yield gettext("Found"), found(head.counts)
    for each in head.shown:
        yield gettext("Shown"), translated(each)
    yield gettext("Program"), f"zhengce {head.version}"


def named(name: str, text: str) -> str:
    """Return a line with its name before it."""
    return gettext("{name}: {text}", name=name, text=text)


def _corpus(head: Head) -> str:
    return gettext(
        "{name}, {documents}, {passages}, generation {generation}",
        name=head.corpus,
        documents=ngettext("{count:,} document", "{count:,} documents", head.documents),
        passages=ngettext("{count:,} passage", "{count:,} passages", head.passages),
        generation=head.generation,
    )
