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
from ..index.results import Results
from .layout import harmless
from .messages import say
from .output import STANDARD_OUTPUT, OutputError, output
from .snippets import DEFAULT_CHARACTERS
from .wording import citation, found, plural, shown_of

if TYPE_CHECKING:
    from rich.text import Text

    from ..index.explaining import Step
    from .exports import Export

Contents = Literal["passages", "documents", "counts"]
Color = Literal["auto", "always", "never"]

DEFAULT_LIMIT = 20


@dataclass(frozen=True, slots=True)
class View:
    """How a person asked to see something; `search` and the other commands have the options.

    ``limit`` is a number of passages (0: all), ``context`` one of neighbouring passages, ``characters`` one
    of characters around a match, and ``full`` asks for passages whole. ``style`` is one of citations;
    ``per_occurrence`` and ``bom`` are for rows (see `zhengce.cli.exports.Export`).
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
    per_occurrence: bool = False
    bom: bool = False

    @property
    def to_file(self) -> bool:
        """Say whether a file is written rather than standard output."""
        return self.file not in (None, STANDARD_OUTPUT)

    @property
    def on_terminal(self) -> bool:
        """Say whether it is laid out for a person to read on a terminal."""
        return self.file is None and self.format == "text" and sys.stdout.isatty()

    @property
    def colored(self) -> bool:
        """Say whether matches are coloured; `NO_COLOR <https://no-color.org>`_ is heeded."""
        if self.color == "auto":
            return self.on_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
        return self.color == "always"

    @property
    def shown(self) -> int | None:
        """Return how many passages are shown, None for all: files, and formats that are made to be files, take
        all unless limited."""
        everything = self.to_file or self.format not in ("text", "jsonl")
        limit = (0 if everything else DEFAULT_LIMIT) if self.limit is None else self.limit
        return limit or None


def show_results(corpus: Corpus, results: Results, query: str, conditions: Sequence[str], view: View) -> None:
    """Show what a search found; ``conditions`` says in words how the query was asked."""
    if view.on_terminal and view.contents != "counts":
        from . import terminal

        characters = None if view.full else view.characters or DEFAULT_CHARACTERS
        if view.contents == "documents":
            _print(lambda width: terminal.matches_by_document(results, width), view)
        else:
            page = terminal.SearchPage(corpus, results, view.shown, view.context, characters)
            _print(page.lines, view)
        return
    if view.contents == "passages" and (view.format != "text" or view.file is not None):
        _write_export(exported(corpus, results, query, conditions, view), view)
    else:
        write_lines(_result_lines(corpus, results, view), view.file)
    if view.contents == "passages" and view.shown is not None and view.shown < len(results):
        say(shown_of(view.shown, len(results)))
    elif view.to_file:
        say(f"{found(results.counts)}; written to {view.file}.")


def show_documents(documents: Sequence[IndexedDocument], paths: Mapping[str, Path], view: View) -> None:
    """Show the list of documents; with the files of those whose ``paths`` are given, by id."""
    if view.on_terminal:
        from . import terminal

        _print(lambda width: terminal.documents_page(documents, paths, width), view)
    elif view.format == "jsonl":
        from . import jsonlines

        records = (jsonlines.document_record(document, paths.get(document.id)) for document in documents)
        write_lines(map(jsonlines.line, records), view.file)
    else:
        from . import plain

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
        from . import terminal

        _print(lambda width: terminal.document_page(document, passages, width, asked, spans), view)
    elif view.format == "jsonl":
        from . import jsonlines

        records = (jsonlines.shown_record(document, passage, spans.get(passage.number)) for passage in passages)
        write_lines(map(jsonlines.line, records), view.file)
    elif view.to_file:
        from .appendix import whole_document

        write_lines(whole_document(document, passages, spans), view.file)
        say(f"{plural(len(passages), 'passage')} written to {view.file}.")
    else:
        from . import plain

        write_lines(plain.document_lines(document, passages, asked, spans, color=view.colored), view.file)


def show_explanation(step: Step, view: View) -> None:
    """Show how a query was read and is found."""
    from .explanation import explanation_lines

    _print(lambda width: explanation_lines(step), view)


def exported(corpus: Corpus, results: Results, query: str, conditions: Sequence[str], view: View) -> Export:
    """Return what of a search is exported."""
    import datetime
    from importlib.metadata import version

    from .exports import Export, Head, HitWithNeighbours

    def hits() -> Iterator[HitWithNeighbours]:
        for hit in results.hits(view.shown):
            before, after = corpus.neighbours(hit.document, hit.passage.number, view.context)
            yield HitWithNeighbours(hit, tuple(before), tuple(after))

    counts = results.counts
    documents = corpus.documents
    head = Head(
        query,
        tuple(conditions),
        corpus.name,
        corpus.generation,
        len(documents),
        sum(document.passages for document in documents),
        counts,
        counts.passages if view.shown is None else min(view.shown, counts.passages),
        datetime.date.today(),
        version("zhengce"),
    )
    return Export(
        head,
        hits(),
        lambda: results.by_document,
        _citing(view.style),
        styled=view.style is not None,
        context=view.context > 0,
        per_occurrence=view.per_occurrence,
        bom=view.bom,
    )


def _citing(style: str | None) -> Callable[[IndexedDocument, Passage], str]:
    if style is None:
        return citation
    from .citations import PROSE, Reference

    cite = PROSE[style]
    return lambda document, passage: cite(Reference(document.id, document.metadata, document.format, passage))


def _write_export(export: Export, view: View) -> None:
    from .exports import BY_NAME

    chosen = BY_NAME[view.format]
    if not chosen.is_text and not view.to_file and sys.stdout.isatty():
        raise OutputError(f"{chosen.name} is nothing to read on a terminal; write it to a file with -o FILE.")
    write = chosen.writer()
    with output(view.file) as stream:
        write(export, stream)


def _result_lines(corpus: Corpus, results: Results, view: View) -> Iterable[str]:
    """Return the lines of a result that is no export: counts, documents, or passages as a pipe has them."""
    if view.format == "jsonl":
        from . import jsonlines

        if view.contents == "counts":
            return [jsonlines.line(jsonlines.counts_record(results.counts))]
        return (
            jsonlines.line({"document": document.id, **jsonlines.counts_record(counts)})
            for document, counts in results.by_document.items()
        )
    if view.contents == "counts":
        return [found(results.counts)]
    if view.contents == "documents":
        return (harmless(document.id) for document in results.by_document)
    from . import plain

    characters = None if view.full else view.characters
    return plain.hit_lines(corpus, results, view.shown, view.context, characters, color=view.colored)


def write_lines(lines: Iterable[str], file: str | None) -> None:
    """Write lines to a file, or to standard output (see `zhengce.cli.output`)."""
    with output(file) as stream:
        stream.writelines(line + "\n" for line in lines)


def _print(lines: Callable[[int], Iterable[Text]], view: View) -> None:
    from .terminal import console

    screen = console(("standard" if view.color == "always" else "auto") if view.colored else None)
    for line in lines(screen.width):
        screen.print(line, soft_wrap=True)
