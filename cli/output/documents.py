"""Shows the list of documents, and documents or parts of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from ...corpus.model import Passage
from ...index.library import Corpus
from ...index.model import IndexedDocument, Occurrence
from ..destination import open_destination
from ..display.layout import harmless
from ..display.messages import say
from ..display.wording import plural
from .options import OutputOptions
from .writing import print_lines, write_lines

if TYPE_CHECKING:
    from ...index.records.document_table import KnownField


def show_documents(corpus: Corpus, options: OutputOptions, *, long: bool = False) -> None:
    """Show the list of documents, the versions of a law together; ``long`` adds the file of each, where its fields come
    from, other versions of it and what repeals it."""
    if not options.export_format.is_listing:
        from ..export.csv import write_documents

        with open_destination(options.file) as stream:
            write_documents(chain.from_iterable(corpus.version_groups()), stream, bom=options.bom)
        return
    groups, paths = corpus.version_groups(), corpus.paths if long else {}
    documents = list(chain.from_iterable(groups))
    standings = corpus.standings() if long or options.as_records else {}
    if options.as_page:
        from ..display import terminal

        print_lines(lambda width: terminal.documents_page(groups, paths, standings, width), options)
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
    marks: Mapping[int, Sequence[Occurrence]] = MappingProxyType({}),
    path: Path | None = None,
) -> None:
    """Show passages of a document: all, or the one that was ``asked`` for with its neighbours. ``marks`` are the
    matches to mark in them, by the number of the passage. Given the ``path`` of its file, all that is known of the
    document and where it comes from stands above them."""
    known = _known(document, path)
    if options.as_page:
        from ..display import terminal

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
        say(f"{plural(len(passages), 'passage')} written to {options.file}.")
    else:
        from ..display import plain

        lines = plain.document_lines(document, passages, asked, marks, color=options.colored)
        write_lines(chain(known_lines(known), lines), options.file)


def _known(document: IndexedDocument, path: Path | None) -> Sequence[KnownField]:
    """Return what is known of a document, its file first, if its path is given."""
    if path is None:
        return ()
    from ...index.records.document_table import KnownField, known_fields

    return [KnownField("file", str(path), document.format), *known_fields(document)]


def known_lines(known: Iterable[KnownField]) -> Iterator[str]:
    """Yield what is known of a document as lines of name, value and origin between tabs."""
    return ("\t".join(map(harmless, field)) for field in known)
