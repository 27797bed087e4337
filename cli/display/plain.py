"""Plain lines for pipes: one line a passage, ``document:passage: text``, or ``file:line:text`` as grep writes them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ...corpus.model import Passage
from ...index.library import Corpus
from ...index.model import IndexedDocument, Span, merge
from ...index.search.results import Results
from .context import in_context
from .layout import harmless
from .snippets import snippets
from .theme import MATCH, PLACE, escapes, paint

if TYPE_CHECKING:
    from ...index.search.versions import Standing

SEPARATOR = "--"


def hit_lines(
    corpus: Corpus,
    results: Results,
    limit: int | None,
    context: int,
    characters: int | None,
    *,
    paths: Mapping[str, Path] | None = None,
    color: bool = False,
) -> Iterator[str]:
    """Yield a line for each hit, and one for each of ``context`` neighbours on either side.

    ``characters`` is the number of characters to show on either side of each match (None: whole passages). As with
    grep, ``--`` stands where passages between neighbours are left out. Given the ``paths`` of the documents by id, each
    line begins with file and line instead of the place.
    """
    marks = escapes(MATCH, color=color)

    def line(document: IndexedDocument, passage: Passage, text: str | None = None, mark: str = ":") -> str:
        if paths is None:
            return passage_line(document, passage, text, mark, color=color)
        return _file_line(paths[document.id], passage, text, mark, color=color)

    for index, group in enumerate(in_context(corpus, results, limit, context)):
        hit, text = group.hit, group.hit.passage.text
        ranges = [(0, len(text))] if characters is None else snippets(text, hit.spans, characters)
        if context and index and not group.follows:
            yield SEPARATOR
        yield from (line(hit.document, each, mark="-") for each in group.before)
        yield line(hit.document, hit.passage, excerpt(text, ranges, hit.spans, *marks))
        yield from (line(hit.document, each, mark="-") for each in group.after)


def document_lines(
    document: IndexedDocument,
    passages: Iterable[Passage],
    asked: int | None,
    spans: Mapping[int, Sequence[Span]],
    *,
    color: bool = False,
) -> Iterator[str]:
    """Yield a line for each passage of a document; see `zhengce.cli.output.documents.show_document`."""
    for passage in passages:
        text, marks = passage.text, escapes(MATCH, color=color)
        marked = excerpt(text, [(0, len(text))], spans.get(passage.number, ()), *marks)
        mark = ":" if asked in (None, passage.number) else "-"
        yield passage_line(document, passage, marked, mark, color=color)


def document_line(document: IndexedDocument, path: Path | None = None, standing: Standing | None = None) -> str:
    """Return a document as a line of fields between tabs: id, number, date, issuers, passages, characters, title; with
    the path of its file, also format, encoding and path; with its standing, also the dates of all versions of the law,
    the ids of what repeals it, and the origin of each field. ``-`` stands for what is unknown."""
    metadata = document.metadata
    by = "、".join(metadata.issuers)
    fields = [document.id, metadata.number, metadata.date, by, document.passages, document.characters, metadata.title]
    fields += [document.format, document.encoding, str(path)] if path else []
    if standing:
        # A search in a pipe does not need it.
        from ...index.descriptions import origins_in_words

        versions = ", ".join(version.date or "?" for version in standing.versions)
        fields += [
            versions,
            ", ".join((*standing.repealed_by, *(["itself"] if standing.repealed else []))),
            origins_in_words(document),
        ]
    return "\t".join(harmless(str(field)) if field else "-" for field in fields)


def passage_line(
    document: IndexedDocument, passage: Passage, text: str | None = None, mark: str = ":", *, color: bool = False
) -> str:
    """Return a passage as a line; ``mark`` is ``:`` for a hit and ``-`` for its neighbours."""
    place = paint(f"{harmless(document.id)}{mark}{passage.number}{mark}", PLACE, color=color)
    return f"{place} {harmless(passage.text, tabs=True) if text is None else text}"


def _file_line(path: Path, passage: Passage, text: str | None, mark: str, *, color: bool) -> str:
    """Return a passage as a line for editors: the path of the file and the first source line of the passage, or its
    page."""
    position = passage.lines[0][0] if passage.page is None else passage.page
    place = paint(f"{harmless(str(path))}{mark}{position}{mark}", PLACE, color=color)
    return f"{place}{harmless(passage.text, tabs=True) if text is None else text}"


def excerpt(
    text: str, ranges: Sequence[tuple[int, int]], spans: Iterable[Span], before: str = "", after: str = ""
) -> str:
    """Return ranges of a text, with … where something is left out, and its matches between two marks."""
    merged = merge(spans)
    parts: list[str] = []
    for start, end in ranges:
        parts.append("…" if start > 0 and (not parts or parts[-1] != "…") else "")
        position = start
        for first, last in merged:
            if start <= first and last <= end:
                parts += [harmless(text[position:first], tabs=True), before]
                parts += [harmless(text[first:last], tabs=True), after]
                position = last
        parts += [harmless(text[position:end], tabs=True), "…" if end < len(text) else ""]
    return "".join(parts)
