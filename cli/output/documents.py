"""Shows the list of documents, and documents or parts of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from ...corpus.messages import in_context, listed, message
from ...corpus.model import Passage
from ...index.descriptions import ORIGINS, format_in_words
from ...index.document_list import DocumentList
from ...index.library import Corpus
from ...index.model import Counts, IndexedDocument, Occurrence
from ..display.layout import harmless
from ..display.messages import say
from ..display.wording import documents_shown_of
from ..language.translation import ngettext, translated
from ..request import Request
from .options import OutputOptions
from .writing import print_lines, write_lines, write_table

_FILE = "file"  # the name of the field that has the path of a document

if TYPE_CHECKING:
    from ...index.records.document_table import KnownField
    from ...index.records.head import Head
    from ...index.search.results import Results


def show_documents(
    corpus: Corpus,
    documents: DocumentList,
    request: Request,
    results: Results | None,
    options: OutputOptions,
    *,
    long: bool = False,
) -> None:
    """Show a list of documents, or its first ones if the options limit it. If they were searched for, ``results`` are
    those of the ``request``. ``long`` adds the file of each, where its fields come from, other versions of it and what
    repeals it."""
    shown = documents.first(options.limit or None)
    if options.to_file or not options.as_page:
        _write_documents(corpus, shown, request, results, options, long=long)
    else:
        from ..display.document_list import DocumentPage

        paths, standings = (corpus.paths, corpus.standings()) if long else ({}, {})
        found = results.counts if results and documents.counts is not None else None
        page = DocumentPage(shown, len(documents), found, paths, standings, corpus.short_id, _origins)
        print_lines(page.lines, options)
    if options.to_file:
        say(
            ngettext(
                "{count:,} document written to {file}.",
                "{count:,} documents written to {file}.",
                len(shown),
                file=options.file,
            )
        )
    elif len(shown) < len(documents) and not options.as_page:
        say(documents_shown_of(len(shown), len(documents)))


def _origins(document: IndexedDocument) -> str:
    """Return where each field of a document comes from, for people."""
    from ...corpus.metadata.origins import decoded
    from ..export.headings import HEADINGS

    return translated(
        listed(
            message("{field}: {origin}", field=HEADINGS[name], origin=ORIGINS[origin])
            for name, origin in decoded(document.origins).items()
        )
    )


def _write_documents(
    corpus: Corpus,
    documents: DocumentList,
    request: Request,
    results: Results | None,
    options: OutputOptions,
    *,
    long: bool,
) -> None:
    """Write a list of documents as a table, as records, or as lines."""
    counts = documents.counts or {}
    if not options.export_format.is_listing:
        from ...index.records.document_table import table_cells, table_names
        from ..export.interface import TableExport

        families, names = corpus.families(), table_names(counted=documents.counts is not None)
        rows = (table_cells(each, families.get(each.id), counts.get(each.id)) for each in documents)
        # A table in a text is taken back when it has been edited: it has nothing but its rows.
        head = None if options.export_format.is_text else _head(corpus, request, results)
        write_table(TableExport(in_context("sheet", "Documents"), names, rows, head, options.bom), options)
        return
    paths = corpus.paths if long else {}
    standings = corpus.standings() if long or options.as_records else {}
    if options.as_records:
        from ...index.records.objects import document_record, json_line

        records = (
            document_record(each, paths.get(each.id), standings[each.id], counts.get(each.id)) for each in documents
        )
        write_lines(map(json_line, records), options.file, utf8=True)
    else:
        from ..display.plain import document_line

        lines = (
            document_line(each, counts.get(each.id), paths.get(each.id), standings.get(each.id)) for each in documents
        )
        write_lines(lines, options.file)


def _head(corpus: Corpus, request: Request, results: Results | None) -> Head:
    """Return what a workbook says of the list: what was searched for, if anything was, in which corpus, and when."""
    from ...index.records.head import head_of

    reading, counts = (results.reading, results.counts) if results else ("", Counts(0, 0, 0))
    return head_of(corpus, request.query, reading, counts, filters=request.conditions)


def show_document(
    document: IndexedDocument,
    passages: Sequence[Passage],
    options: OutputOptions,
    *,
    asked: int | None = None,
    marks: Mapping[int, Sequence[Occurrence]] = MappingProxyType({}),
    path: Path | None = None,
) -> None:
    """Show passages of a document: all, or the one that was ``asked`` for with its neighbours. ``marks`` are the
    matches to mark in them, by the number of the passage. Given the ``path`` of its file, all that is known of the
    document and where it comes from stands above them."""
    known = _known(document, path)
    if options.as_page:
        from ..display import terminal

        known = [*map(_named, known)]

        print_lines(lambda width: terminal.document_page(document, passages, width, asked, marks, known), options)
    elif options.as_records:
        from ...index.records.objects import document_record, json_line, shown_record

        about = [document_record(document, path)] if path else []
        records = (
            shown_record(document, passage, [mark.span for mark in marks.get(passage.number, ())])
            for passage in passages
        )
        write_lines(map(json_line, chain(about, records)), options.file)
    elif options.to_file:
        from ..export.text import whole_document

        write_lines(chain(known_lines(known), whole_document(document, passages, marks)), options.file)
        say(
            ngettext(
                "{count:,} passage written to {file}.",
                "{count:,} passages written to {file}.",
                len(passages),
                file=options.file,
            )
        )
    else:
        from ..display import plain

        lines = plain.document_lines(document, passages, asked, marks, color=options.colored)
        write_lines(chain(known_lines(known), lines), options.file)


def _known(document: IndexedDocument, path: Path | None) -> Sequence[KnownField]:
    """Return what is known of a document, its file first, if its path is given."""
    if path is None:
        return ()
    from ...index.records.document_table import KnownField, known_fields

    return [KnownField(_FILE, str(path), format_in_words(document.format)), *known_fields(document)]


def _named(field: KnownField) -> KnownField:
    """Return a field with its name and its origin as people read them."""
    from ..export.headings import HEADINGS

    name = message("file") if field.name == _FILE else HEADINGS[field.name]
    return field._replace(name=translated(name), origin=translated(field.origin))


def known_lines(known: Iterable[KnownField]) -> Iterator[str]:
    """Yield what is known of a document as lines of name, value and origin between tabs."""
    return ("\t".join(map(harmless, field)) for field in known)
