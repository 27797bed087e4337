"""Plain lines for pipes: one line a passage, ``document:passage: text``, or ``file:line:text`` as grep writes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ...corpus.model import Passage
from ...index.library import Corpus
from ...index.model import Counts, IndexedDocument, Occurrence, separate
from ...index.search.results import Results
from .context import in_context
from .layout import harmless
from .snippets import snippets
from .theme import PLACE, match_of, paint

if TYPE_CHECKING:
    from ...index.records.rows import PassageRow
    from ...index.search.versions import Standing

SEPARATOR = "--"


def hit_lines(
    corpus: Corpus,
    results: Results,
    limit: int | None,
    before: int,
    after: int,
    characters: int | None,
    *,
    paths: Mapping[str, Path] | None = None,
    color: bool = False,
) -> Iterator[str]:
    """Yield a line for each hit, and one for each of its neighbours, so many ``before`` and ``after`` it.

    ``characters`` is the number of characters to show on either side of each match (None: whole passages). As with
    grep, ``--`` stands where passages between neighbours are left out. Given the ``paths`` of the documents by id, each
    line begins with file and line instead of the place.
    """

    def draw(match: str, term: int) -> str:
        return paint(match, match_of(term), color=color)

    def line(document: IndexedDocument, passage: Passage, text: str | None = None, mark: str = ":") -> str:
        if paths is None:
            return passage_line(document, passage, text, mark, color=color)
        return _file_line(paths[document.id], passage, text, mark, color=color)

    for index, group in enumerate(in_context(corpus, results, limit, before, after)):
        hit, text = group.hit, group.hit.passage.text
        ranges = [(0, len(text))] if characters is None else snippets(text, hit.spans, characters)
        if (before or after) and index and not group.follows:
            yield SEPARATOR
        yield from (line(hit.document, each, mark="-") for each in group.before)
        yield line(hit.document, hit.passage, excerpt(text, ranges, hit.marks, draw))
        yield from (line(hit.document, each, mark="-") for each in group.after)


def document_lines(
    document: IndexedDocument,
    passages: Iterable[Passage],
    asked: int | None,
    marks: Mapping[int, Sequence[Occurrence]],
    *,
    color: bool = False,
) -> Iterator[str]:
    """Yield a line for each passage of a document; see `zhengce.cli.output.documents.show_document`."""

    def draw(match: str, term: int) -> str:
        return paint(match, match_of(term), color=color)

    for passage in passages:
        text = passage.text
        marked = excerpt(text, [(0, len(text))], marks.get(passage.number, ()), draw)
        mark = ":" if asked in (None, passage.number) else "-"
        yield passage_line(document, passage, marked, mark, color=color)


def document_line(
    document: IndexedDocument,
    counts: Counts | None = None,
    path: Path | None = None,
    standing: Standing | None = None,
) -> str:
    """Return a document as a line of fields between tabs: id, number, date, issuers, passages, characters, title; with
    what a query found in it, also occurrences and passages; with the path of its file, also format, encoding and path;
    with its standing, also the dates of all versions of the law, the ids of what repeals it, the origin of each field,
    and whether it is in force as far as that is stated. ``-`` stands for what is unknown."""
    metadata = document.metadata
    by = "、".join(metadata.issuers)
    fields = [document.id, metadata.number, metadata.date, by, document.passages, document.characters, metadata.title]
    fields += [str(counts.occurrences), str(counts.passages)] if counts else []
    fields += [document.format, document.encoding, str(path)] if path else []
    if standing:
        # A search in a pipe does not need it.
        from ...index.descriptions import origins_in_words, validity_in_words

        versions = ", ".join(version.date or "?" for version in standing.versions)
        fields += [
            versions,
            ", ".join((*standing.repealed_by, *(["itself"] if standing.repealed else []))),
            origins_in_words(document),
            validity_in_words(document),
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
    text: str, ranges: Sequence[tuple[int, int]], marks: Iterable[Occurrence], draw: Callable[[str, int], str]
) -> str:
    """Return ranges of a text, with … where something is left out, and its matches as ``draw`` draws them, given the
    number of the term of each."""
    apart = separate(marks)
    parts: list[str] = []
    for start, end in ranges:
        parts.append("…" if start > 0 and (not parts or parts[-1] != "…") else "")
        position = start
        for (first, last), term in apart:
            if start <= first and last <= end:
                parts.append(harmless(text[position:first], tabs=True))
                parts.append(draw(harmless(text[first:last], tabs=True), term))
                position = last
        parts += [harmless(text[position:end], tabs=True), "…" if end < len(text) else ""]
    return "".join(parts)


def field_line(row: PassageRow, fields: Iterable[str]) -> str:
    """Return columns of a row between tabs. A tab or a line break in a text becomes a space."""
    return "\t".join(harmless(" ".join(str(getattr(row, each) or "").split("\t"))) for each in fields)
