"""The appendix: hits as plain text that can be put behind a report, whole and with citations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TextIO

from ..corpus.model import Passage
from ..index.model import IndexedDocument, Span
from .exports import Export
from .layout import harmless
from .plain import excerpt


def write(export: Export, stream: TextIO) -> None:
    """Write a head with query, conditions, corpus, date and counts, then each passage with its citation.

    Matches stand between 【 and 】; neighbouring passages are indented.
    """
    stream.writelines(line + "\n" for line in _lines(export))


def _lines(export: Export) -> Iterator[str]:
    for name, value in export.head.lines():
        yield f"{name + ':':<9}{harmless(value)}"
    yield "Matches are marked 【…】."
    for number, each in enumerate(export.hits, start=1):
        hit = each.hit
        yield ""
        yield f"{number}. {harmless(export.cite(hit.document, hit.passage))}"
        yield ""
        yield from _neighbours(each.before)
        yield excerpt(hit.passage.text, [(0, len(hit.passage.text))], hit.spans, "【", "】")
        yield from _neighbours(each.after)


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
