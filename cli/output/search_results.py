"""Shows what a search found: passages, documents, or only the counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ...corpus.messages import counted, message
from ...index.library import Corpus
from ...index.model import HitWithNeighbours
from ...index.search.results import Results
from ..display.layout import harmless
from ..display.messages import say
from ..display.snippets import DEFAULT_CHARACTERS
from ..display.wording import found, found_in_all, options_of, shown_of
from ..language.translation import gettext
from ..request import Request
from .options import OutputOptions
from .writing import citing, print_lines, write_export, write_lines

if TYPE_CHECKING:
    from ..display.search_page import Look
    from ..export.interface import PassageExport


def show_results(corpus: Corpus, results: Results, request: Request, options: OutputOptions) -> None:
    """Show what a search found."""
    if options.contents == "groups":
        from ...index.grouped_counts import count_by
        from .counts import show_counts

        assert options.count_by
        show_counts(corpus, count_by(results, options.count_by), results, request, options)
        return
    if options.as_page and options.contents != "counts":
        _print_page(corpus, results, request, options)
        return
    limit = options.limit or None
    if options.contents != "passages":
        write_lines(_count_lines(results, options), options.file, utf8=options.as_records)
    elif options.is_export:
        write_export(passage_export(corpus, results, request, limit, options), options)
    else:
        write_lines(_passage_lines(corpus, results, limit, options), None, utf8=options.as_records)
    if options.contents == "passages" and limit is not None and limit < len(results):
        say(shown_of(limit, len(results)))
    if options.to_file:
        say(gettext("{found}; written to {file}.", found=found(results.counts), file=options.file))


def passage_export(
    corpus: Corpus, results: Results, request: Request, limit: int | None, options: OutputOptions
) -> PassageExport:
    """Return the first ``limit`` passages (None: all) that a search found as an export."""
    from ...index.records.head import head_of
    from ...index.records.rows import PassageRow
    from ..export.interface import PassageExport

    shown = [message("the most relevant first")] if results.ranked else []
    if limit is not None and limit < len(results):
        shown.append(
            counted("{count:,} passage of {total:,}", "{count:,} passages of {total:,}", limit, total=len(results))
        )
    return PassageExport(
        head=head_of(corpus, request.query, results.reading, results.counts, filters=request.conditions, shown=shown),
        by_document=lambda: results.by_document,
        cite=citing(options.style),
        styled=options.style is not None,
        bom=options.bom,
        hits=_hits(corpus, results, limit, options),
        context=options.context,
        columns=options.fields or PassageRow._fields,
    )


def _print_page(corpus: Corpus, results: Results, request: Request, options: OutputOptions) -> None:
    """Print the documents or the passages found, laid out for a terminal."""
    if options.contents == "documents":
        from ..display import terminal

        print_lines(lambda width: terminal.matches_by_document(results, width), options)
        return
    from ..display.search_page import SearchPage

    command = request.command(options_of(corpus))
    page = SearchPage(corpus, results, _look(request, options), command, linked=options.colored)
    print_lines(page.lines, options)


def _look(request: Request, options: OutputOptions) -> Look:
    """Return how much of the results a page shows: of a document that is searched alone, all."""
    from ..config.current import current
    from ..display.layout import DOCUMENTS
    from ..display.search_page import Look

    characters = None if options.full else options.characters or DEFAULT_CHARACTERS
    look = Look(context=(options.before, options.after), characters=characters)
    if options.flat or (options.limit and options.per_document is None):
        return look._replace(flat=True, passages=options.limit or None)
    unlimited = options.limit == 0
    default = None if unlimited or len(request.documents) == 1 else current().per_doc or None
    per_document = default if options.per_document is None else options.per_document or None
    return look._replace(
        per_document=per_document, documents=None if unlimited else DOCUMENTS, passages=options.limit or None
    )


def _hits(corpus: Corpus, results: Results, limit: int | None, options: OutputOptions) -> Iterator[HitWithNeighbours]:
    if not options.context:
        yield from map(HitWithNeighbours, results.hits(limit))
        return
    most = max(options.before, options.after)
    for hit in results.hits(limit):
        before, after = corpus.neighbours(hit.document, hit.passage.number, most)
        yield HitWithNeighbours(
            hit, tuple(before[max(len(before) - options.before, 0) :]), tuple(after[: options.after])
        )


def _count_lines(results: Results, options: OutputOptions) -> Iterable[str]:
    """Return the lines that tell how much was found, or in which documents."""
    if options.as_records:
        from ...index.records.objects import counts_record, document_counts_record, json_line

        if options.contents == "counts":
            return [json_line(counts_record(results.counts))]
        return (json_line(document_counts_record(*each)) for each in results.by_document.items())
    if options.contents == "counts":
        return [found_in_all(results.counts)]
    return (
        "\t".join((harmless(document.id), str(counts.occurrences), str(counts.passages)))
        for document, counts in results.documents()
    )


def _passage_lines(corpus: Corpus, results: Results, limit: int | None, options: OutputOptions) -> Iterable[str]:
    """Return the passages found as lines for a pipe."""
    if options.as_records:
        from ...index.records.objects import hit_record, json_line

        cite = citing(options.style) if options.style else None
        return (
            json_line(hit_record(each.hit, (each.before, each.after) if options.context else None, cite))
            for each in _hits(corpus, results, limit, options)
        )
    from ..display import plain

    if options.fields:
        from ...index.records.rows import passage_rows

        return (plain.field_line(row, options.fields) for row in passage_rows(results.hits(limit)))
    return plain.hit_lines(
        corpus,
        results,
        limit,
        options.before,
        options.after,
        None if options.full else options.characters,
        paths=corpus.paths if options.with_files else None,
        color=options.colored,
    )
