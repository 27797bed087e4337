"""Plain text: passages and concordances as an appendix to a report, with citations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import TextIO

from ...corpus.model import Passage
from ...index.model import IndexedDocument, Occurrence, Span, merge
from ...index.search.concordance import ConcordanceLine
from ..display.concordance import MEASURED, place_of, shown
from ..display.layout import cells, harmless
from ..display.plain import excerpt
from ..language.translation import gettext
from .interface import (
    ConcordanceExport,
    Export,
    NeighbourExport,
    NeighbourWriter,
    PassageExport,
    cited_with_place,
    head_lines,
    named,
)


class Writer(NeighbourWriter):
    """Writes an appendix to a report."""

    def write_passages(self, export: PassageExport, stream: TextIO) -> None:
        """Write a head with query, filters, corpus, date and counts, then each passage with its citation.

        Matches stand between 【 and 】; neighbouring passages are indented.
        """
        stream.writelines(line + "\n" for line in chain(_head(export), _passages(export)))

    def write_neighbours(self, export: NeighbourExport, stream: TextIO) -> None:
        """Write how often each neighbour stands beside the matches, a tab, and the neighbour, below comments."""
        about = head_lines(export.head) if export.head else ()
        stream.writelines(f"# {named(name, harmless(value))}\n" for name, value in about)
        stream.writelines(f"{count}\t{shown(text)}\n" for text, count in export.counted)

    def write_concordance(self, export: ConcordanceExport, stream: TextIO) -> None:
        """Write a head, then the lines with the matches in one column, then the documents that they come from.

        The widths of the columns come from the first thousand lines; wider texts are not cut.
        """
        stream.writelines(line + "\n" for line in chain(_head(export), _concordance(export)))


def whole_document(
    document: IndexedDocument, passages: Sequence[Passage], marks: Mapping[int, Sequence[Occurrence]]
) -> Iterator[str]:
    """Yield a document as text, its passages set apart by blank lines, matches between 【 and 】."""
    for passage in passages:
        text = _marked(passage.text, [mark.span for mark in marks.get(passage.number, ())])
        yield f"[{harmless(document.id)}:{passage.number}] {text}"
        yield ""


def _marked(text: str, spans: Iterable[Span]) -> str:
    """Return a text with its matches between 【 and 】, those that overlap between one pair."""
    joined = [Occurrence(span, 0) for span in merge(spans)]
    return excerpt(text, [(0, len(text))], joined, lambda match, _: f"【{match}】")


def _head(export: Export) -> Iterator[str]:
    lines = [(gettext("{heading}:", heading=name), value) for name, value in head_lines(export.head)]
    width = max(cells(name) for name, _ in lines)
    for name, value in lines:
        yield f"{name}{' ' * (width - cells(name))} {harmless(value)}"


def _passages(export: PassageExport) -> Iterator[str]:
    yield gettext("Matches are marked 【…】.")
    for number, each in enumerate(export.hits, start=1):
        hit = each.hit
        yield ""
        yield f"{number}. {harmless(cited_with_place(export, hit))}"
        yield ""
        yield from _neighbours(each.before)
        yield _marked(hit.passage.text, hit.spans)
        yield from _neighbours(each.after)


def _neighbours(passages: Sequence[Passage]) -> Iterator[str]:
    for passage in passages:
        yield f"    ({passage.number}) {harmless(passage.text, tabs=True)}"


def _concordance(export: ConcordanceExport) -> Iterator[str]:
    lines = iter(export.lines)
    measured = list(islice(lines, MEASURED))
    place, left, match = (
        max((cells(part) for part in parts), default=0)
        for parts in zip(*(_parts(line)[:3] for line in measured), strict=True)
    )
    documents: dict[str, IndexedDocument] = {}
    yield ""
    for line in chain(measured, lines):
        documents[line.document.id] = line.document
        where, before, within, after = _parts(line)
        drawn = (where, " " * (place - cells(where)), "  ", " " * (left - cells(before)), before)
        yield "".join((*drawn, " ", within, " " * (match - cells(within)), " ", after)).rstrip()
    yield ""
    for id_, document in documents.items():
        yield named(harmless(id_), harmless(export.cite(document)))


def _parts(line: ConcordanceLine) -> tuple[str, str, str, str]:
    return place_of(line), shown(line.left), shown(line.match), shown(line.right)
