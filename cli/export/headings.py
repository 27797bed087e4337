"""The headings of columns for people: the names of columns in the language of the reader."""

from __future__ import annotations

from collections.abc import Iterable

from ...corpus.messages import Message, in_context
from ..language.translation import translated

HEADINGS: dict[str, Message] = {
    str(each): each
    for each in (
        # Of passages, occurrences, documents and years, as `zhengce.index.records.rows` has them.
        in_context("column", "document"),
        in_context("column", "title"),
        in_context("column", "number"),
        in_context("column", "date"),
        in_context("column", "by"),
        in_context("column", "section"),
        in_context("column", "passage"),
        in_context("column", "page"),
        in_context("column", "lines"),
        in_context("column", "occurrences"),
        in_context("column", "matches"),
        in_context("column", "text"),
        in_context("column", "citation"),
        in_context("column", "place"),
        in_context("column", "term"),
        in_context("column", "left"),
        in_context("column", "match"),
        in_context("column", "right"),
        in_context("column", "passages"),
        in_context("column", "documents"),
        in_context("column", "year"),
        in_context("column", "neighbour"),
        in_context("column", "percent"),
        # Of counts by group.
        in_context("column", "issuer"),
        in_context("column", "characters"),
        in_context("column", "per_10000_characters"),
        in_context("column", "documents_searched"),
        # Of the table of documents. `zhengce set --from` takes it back, so these are names of its fields.
        in_context("column", "issuers"),
        in_context("column", "authors"),
        in_context("column", "source"),
        in_context("column", "genre"),
        in_context("column", "region"),
        in_context("column", "published"),
        in_context("column", "index_number"),
        in_context("column", "newspaper_page"),
        in_context("column", "publisher"),
        in_context("column", "publisher_place"),
        in_context("column", "url"),
        in_context("column", "accessed"),
        in_context("column", "adopted"),
        in_context("column", "approved"),
        in_context("column", "promulgated"),
        in_context("column", "revised"),
        in_context("column", "effective"),
        in_context("column", "signed"),
        in_context("column", "validity"),
        in_context("column", "family"),
        in_context("column", "passages_matched"),
    )
}
"""The names of the columns of all tables, each as people read it."""


def heading(name: str) -> str:
    """Return the heading of a column, which is also how people call the field."""
    return translated(HEADINGS.get(name, name))


def headings(names: Iterable[str]) -> list[str]:
    """Return the headings of columns that have these names."""
    return [heading(name) for name in names]
