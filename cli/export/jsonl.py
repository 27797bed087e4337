"""JSON lines: one object a passage or occurrence, a contract that the README documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, TextIO

from ...corpus.model import Passage
from ...index.json_text import json_text
from ...index.model import Counts, IndexedDocument, Span
from ...index.search.concordance import ConcordanceLine
from .table import Cite, ConcordanceExport, HitWithNeighbours, PassageExport

VERSION = 1
"""Version of the objects. New keys may join them without a new version; none leaves or changes its meaning."""


def line(record: dict[str, Any]) -> str:
    """Return an object as a line, without the line break, in which a terminal finds nothing to act on."""
    return json_text({"version": VERSION, **record})


def passage_record(document: IndexedDocument, passage: Passage) -> dict[str, Any]:
    """Return the object for a passage."""
    return {
        **_identity(document),
        "section": passage.section,
        "passage": passage.number,
        "kind": passage.kind,
        "lines": passage.lines,
        **({} if passage.page is None else {"page": passage.page}),
        "text": passage.text,
    }


def shown_record(document: IndexedDocument, passage: Passage, spans: Sequence[Span] | None) -> dict[str, Any]:
    """Return the object for a passage that is shown, with the spans of what matches in it where there is any."""
    return passage_record(document, passage) | ({"spans": [list(span) for span in spans]} if spans else {})


def write_passages(export: PassageExport, stream: TextIO) -> None:
    """Write a line that says of what search they are, and one for each passage found."""
    stream.write(line({"search": export.head.record()}) + "\n")
    cite = export.cite if export.styled else None
    stream.writelines(line(record) + "\n" for record in hit_records(export.hits, cite, context=export.context))


def write_concordance(export: ConcordanceExport, stream: TextIO) -> None:
    """Write a line that says of what search they are, and one for each occurrence."""
    stream.write(line({"search": export.head.record()}) + "\n")
    cite = export.cite if export.styled else None
    stream.writelines(line(record) + "\n" for record in occurrence_records(export.lines, export.terms, cite))


def hit_records(
    hits: Iterable[HitWithNeighbours], cite: Cite | None = None, *, context: bool = False
) -> Iterator[dict[str, Any]]:
    """Yield the object for each passage found. With ``context``, its neighbours are objects within it."""
    for each in hits:
        hit = each.hit
        record = passage_record(hit.document, hit.passage)
        record |= {"spans": hit.spans, "score": hit.score}
        if context:
            record["before"] = [passage_record(hit.document, passage) for passage in each.before]
            record["after"] = [passage_record(hit.document, passage) for passage in each.after]
        record |= _cited(cite, hit.document, hit.passage)
        yield record


def occurrence_records(
    lines: Iterable[ConcordanceLine], terms: Sequence[str], cite: Cite | None = None
) -> Iterator[dict[str, Any]]:
    """Yield the object for each line of a concordance."""
    # What is the same for the lines of a passage is made once for those that follow each other.
    for _, in_passage in groupby(lines, lambda line: (line.document.id, line.passage.number)):
        first, *others = in_passage
        place = passage_record(first.document, first.passage)
        del place["text"]
        cited = _cited(cite, first.document, first.passage)
        for each in (first, *others):
            context = {"left": each.left, "match": each.match, "right": each.right}
            yield {**place, "span": each.span, "term": terms[each.term], **context, **cited}


def counts_record(counts: Counts) -> dict[str, Any]:
    """Return the object for the counts of a search."""
    return {"occurrences": counts.occurrences, "passages": counts.passages, "documents": counts.documents}


def document_record(document: IndexedDocument, path: Path | None = None) -> dict[str, Any]:
    """Return the object for a document, with the path of its file where that is given."""
    metadata = document.metadata
    return {
        **_identity(document),
        "issuers": list(metadata.issuers),
        "authors": list(metadata.authors),
        "source": metadata.source,
        "genre": metadata.genre,
        "region": metadata.region,
        "published": metadata.published,
        "index_number": metadata.index_number,
        "newspaper_page": metadata.newspaper_page,
        "publisher": metadata.publisher,
        "publisher_place": metadata.publisher_place,
        "url": metadata.url,
        "accessed": metadata.accessed,
        "format": document.format,
        "encoding": document.encoding,
        **({"path": str(path)} if path else {}),
        "passages": document.passages,
        "characters": document.characters,
    }


def _cited(cite: Cite | None, document: IndexedDocument, passage: Passage) -> dict[str, Any]:
    return {"citation": cite(document, passage)} if cite else {}


def _identity(document: IndexedDocument) -> dict[str, Any]:
    number = document.metadata.number
    return {
        "document": document.id,
        "title": document.metadata.title,
        "number": str(number) if number else None,
        "date": document.metadata.date,
    }
