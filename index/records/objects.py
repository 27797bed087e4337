"""Records: passages, occurrences and documents as dicts, the objects that ``-f jsonl`` writes one a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...corpus.model import Passage
from ..json_text import json_text
from ..model import Counts, Hit, IndexedDocument, Span

if TYPE_CHECKING:
    from ..citations.reference import Cite
    from ..search.concordance import ConcordanceLine
    from ..search.outline import Heading
    from ..search.versions import Standing

VERSION = 1
"""The version of the records. A new key does not raise it; a key that is removed or changes its meaning does."""


def json_line(record: dict[str, Any]) -> str:
    """Return a record with its version as JSON in one line, without the line break."""
    return json_text({"version": VERSION, **record})


def passage_record(document: IndexedDocument, passage: Passage) -> dict[str, Any]:
    """Return a passage as a dict."""
    return {
        **_identity(document),
        "section": passage.section,
        "passage": passage.number,
        "place": document.place(passage.number),
        "kind": passage.kind,
        "lines": passage.lines,
        **({} if passage.page is None else {"page": passage.page}),
        "text": passage.text,
    }


def shown_record(document: IndexedDocument, passage: Passage, spans: Sequence[Span] | None) -> dict[str, Any]:
    """Return a passage that is shown, with the spans of its matches if it has any."""
    return passage_record(document, passage) | ({"spans": [list(span) for span in spans]} if spans else {})


def hit_record(
    hit: Hit, neighbours: tuple[Sequence[Passage], Sequence[Passage]] | None = None, cite: Cite | None = None
) -> dict[str, Any]:
    """Return a passage found as a dict, with its ``neighbours`` before and after it and its citation if asked for."""
    record = passage_record(hit.document, hit.passage) | {"spans": hit.spans, "score": hit.score}
    if neighbours:
        before, after = neighbours
        record["before"] = [passage_record(hit.document, passage) for passage in before]
        record["after"] = [passage_record(hit.document, passage) for passage in after]
    return record | _cited(cite, hit.document, hit.passage)


def occurrence_records(
    lines: Iterable[ConcordanceLine], terms: Sequence[str], cite: Cite | None = None
) -> Iterator[dict[str, Any]]:
    """Yield a dict for each line of a concordance; ``terms`` are those that the lines name by number."""
    # The part that the lines of a passage share is made once for lines that follow each other.
    for _, in_passage in groupby(lines, lambda line: (line.document.id, line.passage.number)):
        first, *others = in_passage
        shared = passage_record(first.document, first.passage)
        del shared["text"]
        cited = _cited(cite, first.document, first.passage)
        for each in (first, *others):
            context = {"left": each.left, "match": each.match, "right": each.right}
            yield {**shared, "span": each.span, "term": terms[each.term], **context, **cited}


def counts_record(counts: Counts) -> dict[str, Any]:
    """Return the counts of a search as a dict."""
    return {"occurrences": counts.occurrences, "passages": counts.passages, "documents": counts.documents}


def document_record(
    document: IndexedDocument,
    path: Path | None = None,
    standing: Standing | None = None,
    counts: Counts | None = None,
) -> dict[str, Any]:
    """Return a document as a dict; with the path of its file and where its fields come from, with its versions and
    repeal (see `zhengce.index.Corpus.standings`), and with what a query found in it, if these are given."""
    from ...corpus.metadata.origins import decoded

    metadata = document.metadata
    return {
        **_identity(document),
        "issuers": list(metadata.issuers),
        "authors": list(metadata.authors),
        "source": metadata.source,
        "genre": metadata.genre,
        "region": metadata.region,
        "published": metadata.published,
        "adopted": metadata.adopted,
        "approved": metadata.approved,
        "promulgated": metadata.promulgated,
        "revised": list(metadata.revised),
        "effective": metadata.effective,
        "signed": metadata.signed,
        "validity": metadata.validity,
        "index_number": metadata.index_number,
        "newspaper_page": metadata.newspaper_page,
        "publisher": metadata.publisher,
        "publisher_place": metadata.publisher_place,
        "url": metadata.url,
        "accessed": metadata.accessed,
        "format": document.format,
        "encoding": document.encoding,
        **({"path": str(path), "origins": decoded(document.origins)} if path else {}),
        "passages": document.passages,
        "characters": document.characters,
        **(_standing(standing) if standing else {}),
        **({"occurrences": counts.occurrences, "passages_matched": counts.passages} if counts else {}),
    }


def _standing(standing: Standing) -> dict[str, Any]:
    return {
        "family": standing.family,
        "versions": [version._asdict() for version in standing.versions],
        "repealed_by": list(standing.repealed_by),
        "repealed": standing.repealed,
        "repealed_since": standing.since,
    }


def document_counts_record(document: IndexedDocument, counts: Counts) -> dict[str, Any]:
    """Return how much a search found in a document as a dict."""
    return {"document": document.id, **counts_record(counts)}


def heading_record(document: IndexedDocument, heading: Heading, *, counted: bool) -> dict[str, Any]:
    """Return a heading of a document as a dict; ``counted`` adds the number of occurrences under it."""
    record = {
        "document": document.id,
        "passage": heading.passage,
        "place": document.place(heading.passage),
        "depth": heading.depth,
        "text": heading.text,
    }
    return record | ({"occurrences": heading.occurrences} if counted else {})


def neighbour_record(text: str, occurrences: int) -> dict[str, Any]:
    """Return what stands beside matches, and how often, as a dict."""
    return {"neighbour": text, "occurrences": occurrences}


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
