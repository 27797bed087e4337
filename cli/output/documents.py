"""Shows the list of documents, and documents or parts of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from ...corpus.model import Passage
from ...index.library import Corpus
from ...index.model import IndexedDocument, Span
from ..destination import open_destination
from ..display.messages import say
from ..display.wording import plural
from .options import OutputOptions
from .writing import print_lines, write_lines


def show_documents(corpus: Corpus, options: OutputOptions, *, long: bool = False) -> None:
    """Show the list of documents; ``long`` adds the file of each, where its fields come from, other versions of it and
    what repeals it."""
    if not options.export_format.is_listing:
        from ..export.csv import write_documents

        with open_destination(options.file) as stream:
            write_documents(corpus.documents, stream, bom=options.bom)
        return
    documents, paths = corpus.documents, corpus.paths if long else {}
    standings = corpus.standings() if long or options.as_records else {}
    if options.on_terminal:
        from ..display import terminal

        print_lines(lambda width: terminal.documents_page(documents, paths, standings, width), options)
    elif options.as_records:
        from ...index.records.objects import document_record, json_line

        records = (document_record(each, paths.get(each.id), standings[each.id]) for each in documents)
        write_lines(map(json_line, records), options.file)
    else:
        from ..display import plain

        lines = (plain.document_line(each, paths.get(each.id), standings.get(each.id)) for each in documents)
        write_lines(lines, options.file)


def show_document(
    document: IndexedDocument,
    passages: Sequence[Passage],
    options: OutputOptions,
    *,
    asked: int | None = None,
    spans: Mapping[int, Sequence[Span]] = MappingProxyType({}),
) -> None:
    """Show passages of a document: all, or the one that was ``asked`` for with its neighbours. ``spans`` are the
    matches to mark in them, by the number of the passage."""
    if options.on_terminal:
        from ..display import terminal

        print_lines(lambda width: terminal.document_page(document, passages, width, asked, spans), options)
    elif options.as_records:
        from ...index.records.objects import json_line, shown_record

        records = (shown_record(document, passage, spans.get(passage.number)) for passage in passages)
        write_lines(map(json_line, records), options.file)
    elif options.to_file:
        from ..export.text import whole_document

        write_lines(whole_document(document, passages, spans), options.file)
        say(f"{plural(len(passages), 'passage')} written to {options.file}.")
    else:
        from ..display import plain

        lines = plain.document_lines(document, passages, asked, spans, color=options.colored)
        write_lines(lines, options.file)
