"""Shows counts by group: on a terminal as a table with bars, elsewhere as rows, as records or as a table in a file."""

from __future__ import annotations

from collections.abc import Iterator

from ...corpus import messages
from ...corpus.messages import Message, in_context, message, sentences
from ...index.grouped_counts import CountBy, GroupedCounts
from ...index.library import Corpus
from ...index.model import Counts
from ...index.records.group_counts import column_names, group_cells, group_record
from ...index.records.head import Head, head_of
from ...index.records.objects import json_line
from ...index.search.results import Results
from ..display.layout import harmless
from ..display.messages import say
from ..display.wording import found
from ..export.headings import headings
from ..export.interface import TableExport, head_lines, named
from ..language.translation import gettext, ngettext, speaking, translated
from ..request import Request
from .options import OutputOptions
from .writing import print_lines, write_lines, write_table

_COUNTED_BY: dict[CountBy, Message] = {
    "year": message("counted by year."),
    "document": message("counted by document."),
    "issuer": message("counted by issuer."),
    "region": message("counted by region."),
    "genre": message("counted by genre."),
    "section": message("counted by section."),
}


def show_counts(
    corpus: Corpus, counted: GroupedCounts, results: Results | None, request: Request, options: OutputOptions
) -> None:
    """Show how much was found in each group, or without ``results`` how many documents there are."""
    limit = options.limit or None
    if options.as_page:
        from ..display.count_table import CountTable

        said = [translated(each) for each in (*_notes(counted), *_left_out(counted, limit))]
        print_lines(CountTable(counted, limit, said).lines, options)
        return
    notes = [sentences([_COUNTED_BY[counted.by], *_notes(counted)]), *_left_out(counted, limit)]
    reading, counts = (results.reading, results.counts) if results else ("", Counts(0, 0, 0))
    head = head_of(corpus, request.query, reading, counts, filters=request.conditions, shown=notes)
    if options.export_format.is_listing:
        with speaking(options.language):
            write_lines(_lines(counted, limit, head, options), options.file, utf8=options.as_records)
    else:
        rows = (group_cells(counted.by, group) for group in counted.groups[:limit])
        write_table(
            TableExport(in_context("sheet", "Counts"), column_names(counted.by), rows, head, options.bom), options
        )
    if options.to_file:
        documents = counted.all.documents
        size = found(counts) if results else ngettext("{count:,} document", "{count:,} documents", documents)
        say(gettext("{found}; counts written to {file}.", found=size, file=options.file))
    else:
        for each in _left_out(counted, limit):
            say(translated(each))


def _lines(counted: GroupedCounts, limit: int | None, head: Head, options: OutputOptions) -> Iterator[str]:
    """Yield a line for each group, in a file below what search they come from."""
    by, groups = counted.by, counted.groups[:limit]
    if options.as_records:
        if options.is_export:
            yield json_line({"search": head.record()})
        for group in groups:
            yield json_line(group_record(by, group))
        return
    if options.is_export:
        yield from (f"# {named(name, harmless(value))}" for name, value in head_lines(head))
        yield "# " + "\t".join(headings(column_names(by)[:-1]))
    for group in groups:
        # What programs read in a pipe is the same in every language.
        key, *counts = group_cells(by, group)[:-1]
        shown = translated(str(key)) if options.is_export else key
        yield "\t".join("-" if cell is None else harmless(str(cell)) for cell in (shown, *counts))


def _notes(counted: GroupedCounts) -> Iterator[Message]:
    """Yield what has to be known to read the counts."""
    if counted.by == "issuer" and counted.repeated:
        yield message("A document with several issuers counts under each of them.")
    if counted.by == "section":
        yield message("A section is the outermost heading above a passage, without its number.")


def _left_out(counted: GroupedCounts, limit: int | None) -> Iterator[Message]:
    if limit is not None and limit < len(counted.groups):
        yield messages.counted(
            "{count:,} row of {total:,} shown; -n 0 shows all.",
            "{count:,} rows of {total:,} shown; -n 0 shows all.",
            limit,
            total=len(counted.groups),
        )
