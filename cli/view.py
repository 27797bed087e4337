"""Views: what of a result is shown, in which form, and where it goes."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from ..corpus.model import Passage
from ..index.library import Corpus
from ..index.model import IndexedDocument, Span
from ..index.search.results import Results
from .display.layout import harmless
from .display.messages import say
from .display.snippets import DEFAULT_CHARACTERS
from .display.wording import found, plural, shown_of
from .output import STANDARD_OUTPUT, OutputError, output
from .request import Request

if TYPE_CHECKING:
    from rich.text import Text

    from ..index.search.explanation import Step
    from .export.table import Cite, Export, HitWithNeighbours, PassageExport

Contents = Literal["passages", "documents", "counts"]
Color = Literal["auto", "always", "never"]

DEFAULT_LIMIT = 20


@dataclass(frozen=True, slots=True)
class View:
    """How a person asked to see something; `search` and the other commands have the options.

    ``limit`` is a number of passages (0: all), ``context`` one of neighbouring passages, ``characters`` one
    of characters around a match, and ``full`` asks for passages whole. ``style`` is one of citations;
    ``bom`` is for rows (see `zhengce.cli.export.table.Export`).
    """

    contents: Contents = "passages"
    format: str = "text"
    file: str | None = None
    limit: int | None = None
    context: int = 0
    characters: int | None = None
    full: bool = False
    color: Color = "auto"
    style: str | None = None
    bom: bool = False

    @property
    def to_file(self) -> bool:
        """Say whether a file is written rather than standard output."""
        return self.file not in (None, STANDARD_OUTPUT)

    @property
    def on_terminal(self) -> bool:
        """Say whether it is laid out for a person to read on a terminal."""
        return self.file is None and self.format == "text" and self.style is None and sys.stdout.isatty()

    @property
    def colored(self) -> bool:
        """Say whether matches are coloured; `NO_COLOR <https://no-color.org>`_ is heeded."""
        if self.color == "auto":
            return self.on_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
        return self.color == "always"

    def most(self, default: int) -> int | None:
        """Return how many passages or lines are shown, None for all: files, and formats that are made to be files,
        take all unless limited, others so many by ``default``."""
        everything = self.to_file or self.format not in ("text", "jsonl")
        limit = (0 if everything else default) if self.limit is None else self.limit
        return limit or None

    @property
    def reads_through(self) -> bool:
        """Say whether people are to read what is written from its beginning to its end, document after document."""
        from .export.table import BY_NAME

        return self.is_export and self.limit is None and BY_NAME[self.format].laid_out

    @property
    def is_export(self) -> bool:
        """Say whether what is written says of what search it is, as what is taken away does: files, formats that are
        made to be files, and text with citations in a style."""
        cited = self.format == "text" and self.style is not None
        return self.file is not None or cited or self.format not in ("text", "jsonl")


def show_results(corpus: Corpus, results: Results, request: Request, view: View) -> None:
    """Show what a search found."""
    limit = view.most(DEFAULT_LIMIT)
    if view.on_terminal and view.contents != "counts":
        from .display import terminal

        characters = None if view.full else view.characters or DEFAULT_CHARACTERS
        if view.contents == "documents":
            _print(lambda width: terminal.matches_by_document(results, width), view)
        else:
            page = terminal.SearchPage(corpus, results, limit, view.context, characters)
            _print(page.lines, view)
        return
    if view.contents != "passages":
        write_lines(_count_lines(results, view), view.file)
    elif view.is_export:
        write_export(exported(corpus, results, request, limit, view), view)
    else:
        write_lines(_passage_lines(corpus, results, limit, view), None)
    if view.contents == "passages" and limit is not None and limit < len(results):
        say(shown_of(limit, len(results)))
    elif view.to_file:
        say(f"{found(results.counts)}; written to {view.file}.")


def show_documents(documents: Sequence[IndexedDocument], paths: Mapping[str, Path], view: View) -> None:
    """Show the list of documents; with the files of those whose ``paths`` are given, by id."""
    if view.on_terminal:
        from .display import terminal

        _print(lambda width: terminal.documents_page(documents, paths, width), view)
    elif view.format == "jsonl":
        from .export import jsonl as jsonlines

        records = (jsonlines.document_record(document, paths.get(document.id)) for document in documents)
        write_lines(map(jsonlines.line, records), view.file)
    else:
        from .display import plain

        write_lines((plain.document_line(document, paths.get(document.id)) for document in documents), view.file)


def show_document(
    document: IndexedDocument,
    passages: Sequence[Passage],
    view: View,
    *,
    asked: int | None = None,
    spans: Mapping[int, Sequence[Span]] = MappingProxyType({}),
) -> None:
    """Show passages of a document: all, or the one that was ``asked`` for with its neighbours. ``spans`` are the
    matches to mark in them, by the passages' numbers."""
    if view.on_terminal:
        from .display import terminal

        _print(lambda width: terminal.document_page(document, passages, width, asked, spans), view)
    elif view.format == "jsonl":
        from .export import jsonl as jsonlines

        records = (jsonlines.shown_record(document, passage, spans.get(passage.number)) for passage in passages)
        write_lines(map(jsonlines.line, records), view.file)
    elif view.to_file:
        from .export.text import whole_document

        write_lines(whole_document(document, passages, spans), view.file)
        say(f"{plural(len(passages), 'passage')} written to {view.file}.")
    else:
        from .display import plain

        write_lines(plain.document_lines(document, passages, asked, spans, color=view.colored), view.file)


def show_explanation(step: Step, view: View) -> None:
    """Show how a query was read and is found."""
    from .display.explanation import explanation_lines

    _print(lambda width: explanation_lines(step), view)


def write_export(export: Export, view: View) -> None:
    """Write an export in the format that was asked for.

    Raises:
        OutputError: It cannot be written, or is nothing for the terminal.
        MissingWriterError: A library is not installed.
    """
    from .export.table import BY_NAME

    chosen = BY_NAME[view.format]
    if not chosen.is_text and not view.to_file and sys.stdout.isatty():
        raise OutputError(f"{chosen.name} is nothing to read on a terminal; write it to a file with -o FILE.")
    write = chosen.writer(type(export))
    with output(view.file) as stream:
        write(export, stream)


def citing(style: str | None) -> Cite:
    """Return the function that cites in a style, or in the program's own."""
    if style is None:
        from ..index.citations import short

        return short.cite
    from ..index.citations.reference import Reference
    from ..index.citations.styles import STYLE_BY_NAME

    chosen = STYLE_BY_NAME[style]
    return lambda document, passage=None: harmless(chosen.cite(Reference(document, passage)))


def exported(corpus: Corpus, results: Results, request: Request, limit: int | None, view: View) -> PassageExport:
    """Return what of a search is exported."""
    from .export.table import PassageExport, head_of

    shown = ["the most relevant first"] if results.ranked else []
    if limit is not None and limit < len(results):
        shown.append(f"{plural(limit, 'passage')} of {len(results):,}")
    return PassageExport(
        head=head_of(corpus, request.query, results.reading, results.counts, filters=request.conditions, shown=shown),
        by_document=lambda: results.by_document,
        cite=citing(view.style),
        styled=view.style is not None,
        bom=view.bom,
        hits=_hits(corpus, results, limit, view.context),
        context=view.context > 0,
    )


def _hits(corpus: Corpus, results: Results, limit: int | None, context: int) -> Iterator[HitWithNeighbours]:
    from .export.table import HitWithNeighbours

    if not context:
        yield from map(HitWithNeighbours, results.hits(limit))
        return
    for hit in results.hits(limit):
        before, after = corpus.neighbours(hit.document, hit.passage.number, context)
        yield HitWithNeighbours(hit, tuple(before), tuple(after))


def _count_lines(results: Results, view: View) -> Iterable[str]:
    """Return the lines that say how much was found, or in which documents."""
    if view.format == "jsonl":
        from .export import jsonl as jsonlines

        if view.contents == "counts":
            return [jsonlines.line(jsonlines.counts_record(results.counts))]
        return (
            jsonlines.line({"document": document.id, **jsonlines.counts_record(counts)})
            for document, counts in results.by_document.items()
        )
    if view.contents == "counts":
        return [found(results.counts)]
    return (harmless(document.id) for document in results.by_document)


def _passage_lines(corpus: Corpus, results: Results, limit: int | None, view: View) -> Iterable[str]:
    """Return the passages found as lines for a pipe."""
    if view.format == "jsonl":
        from .export import jsonl as jsonlines

        cite = citing(view.style) if view.style else None
        hits = _hits(corpus, results, limit, view.context)
        return map(jsonlines.line, jsonlines.hit_records(hits, cite, context=view.context > 0))
    from .display import plain

    characters = None if view.full else view.characters
    return plain.hit_lines(corpus, results, limit, view.context, characters, color=view.colored)


def write_lines(lines: Iterable[str], file: str | None) -> None:
    """Write lines to a file, or to standard output (see `zhengce.cli.output`)."""
    with output(file) as stream:
        stream.writelines(line + "\n" for line in lines)


def _print(lines: Callable[[int], Iterable[Text]], view: View) -> None:
    from .display.terminal import console

    screen = console(("standard" if view.color == "always" else "auto") if view.colored else None)
    for line in lines(screen.width):
        screen.print(line, soft_wrap=True)
