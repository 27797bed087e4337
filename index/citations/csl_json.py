"""CSL-JSON, the data format of Zotero, Pandoc and the styles of citationstyles.org."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ..json_text import json_text
from .managers import LANGUAGE, clean, key, note, page
from .reference import Reference, ReferenceType, date_parts, with_subtitle

_TYPES: dict[ReferenceType, str] = {
    "newspaper": "article-newspaper",
    "report": "report",
    "official": "document",
    "web": "webpage",
}


def lines(references: Iterable[Reference]) -> Iterator[str]:
    """Yield the lines of a file of CSL-JSON, one item a line."""
    return array(map(csl_item, references))


def array(items: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Yield the lines of a JSON array, one item a line."""
    before = "["
    for each in items:
        yield before + json_text(each)
        before = ","
    yield "]" if before == "," else "[]"


def csl_item(reference: Reference) -> dict[str, Any]:
    """Return the item of CSL-JSON (version 1.0.2) as a dict."""
    metadata = reference.metadata
    cited_as = reference.type
    title = with_subtitle(clean(reference.title))
    fields: dict[str, Any] = {"id": key(reference), "type": _TYPES[cited_as], "title": title}
    if reference.responsible:
        fields["author"] = [{"literal": clean(name)} for name in reference.responsible]
    if reference.date:
        fields["issued"] = _date(reference.date)
    if reference.number:
        fields["number"] = clean(reference.number)
    container = reference.newspaper if cited_as == "newspaper" else metadata.source if cited_as == "web" else None
    if container:
        fields["container-title"] = clean(container)
    if cited_as in ("report", "official") and metadata.genre:
        fields["genre"] = clean(metadata.genre)
    if metadata.publisher:
        fields["publisher"] = clean(metadata.publisher)
    if metadata.publisher_place:
        fields["publisher-place"] = clean(metadata.publisher_place)
    if cited_page := page(reference):
        fields["page"] = clean(cited_page)
    if metadata.url:
        fields["URL"] = clean(metadata.url)
    if metadata.accessed and reference.is_online:
        fields["accessed"] = _date(metadata.accessed)
    fields["language"] = LANGUAGE
    # Zotero has no field for the number of a document or a web page, but reads it from such a line of the note.
    notes = (f"number: {clean(reference.number)}" if reference.number else None, clean(note(reference)))
    if text := "\n".join(filter(None, notes)):
        fields["note"] = text
    return fields


def _date(date: str) -> dict[str, Any]:
    parts = date_parts(date)
    return {"date-parts": [parts]} if parts else {"literal": clean(date)}
