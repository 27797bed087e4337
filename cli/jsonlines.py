"""JSON lines: one object a passage, a contract that the README documents."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from ..corpus.model import Passage
from ..index.library import Corpus
from ..index.model import Counts, IndexedDocument, Span
from ..index.results import Results
from .layout import DIRECTIONS, SEPARATORS

VERSION = 1
"""Version of the objects. New keys may join them without a new version; none leaves or changes its meaning."""

_UNSAFE = {code: f"\\u{code:04x}" for code in (0x7F, *range(0x80, 0xA0), *SEPARATORS, *DIRECTIONS)}


def line(record: dict[str, Any]) -> str:
    """Return an object as a line, without the line break, in which a terminal finds nothing to act on."""
    return json.dumps({"version": VERSION, **record}, ensure_ascii=False).translate(_UNSAFE)


def passage_record(document: IndexedDocument, passage: Passage) -> dict[str, Any]:
    """Return the object for a passage."""
    return {
        **_identity(document),
        "section": list(passage.section),
        "passage": passage.number,
        "kind": passage.kind,
        "lines": [list(lines) for lines in passage.lines],
        **({} if passage.page is None else {"page": passage.page}),
        "text": passage.text,
    }


def shown_record(document: IndexedDocument, passage: Passage, spans: Sequence[Span] | None) -> dict[str, Any]:
    """Return the object for a passage that is shown, with the spans of what matches in it where there is any."""
    return passage_record(document, passage) | ({"spans": [list(span) for span in spans]} if spans else {})


def hit_lines(corpus: Corpus, results: Results, limit: int | None, context: int) -> Iterator[str]:
    """Yield a line for each hit; with ``context``, its neighbours are objects within its own."""
    for hit in results.hits(limit):
        record = passage_record(hit.document, hit.passage)
        record |= {"spans": [list(span) for span in hit.spans], "score": hit.score}
        if context:
            neighbours = corpus.neighbours(hit.document, hit.passage.number, context)
            for name, passages in zip(("before", "after"), neighbours, strict=True):
                record[name] = [passage_record(hit.document, passage) for passage in passages]
        yield line(record)


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
        "format": document.format,
        "encoding": document.encoding,
        **({"path": str(path)} if path else {}),
        "passages": document.passages,
        "characters": document.characters,
    }


def _identity(document: IndexedDocument) -> dict[str, Any]:
    number = document.metadata.number
    return {
        "document": document.id,
        "title": document.metadata.title,
        "number": str(number) if number else None,
        "date": document.metadata.date,
    }
