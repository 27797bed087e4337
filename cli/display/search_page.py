"""The page of hits: what a search found, document by document, laid out for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from ...corpus.messages import sentences
from ...corpus.model import Passage
from ...index.library import Corpus
from ...index.model import IndexedDocument, Occurrence, separate
from ...index.search.results import Results
from ..language.translation import gettext, ngettext, translated
from ..request import quoted
from .found_counts import document_counts, term_counts
from .layout import DOCUMENTS, cells, cut, harmless, wrap
from .snippets import snippets
from .terminal import as_drawn, one_line
from .theme import FAINT, PLACE, TITLE, match_of
from .wording import found_in_all, short_place_label, shown_of

if TYPE_CHECKING:
    from rich.text import Text

_INDENT = 2  # cells
_GAP = 2  # cells between a place and the text beside it
_PLACE_SHARE = 4  # a place that takes more than a fourth of the width has a line of its own
_HEADING = 40  # cells of a heading in a section path


class Look(NamedTuple):
    """How much is shown (None: all): so many passages of each document, so many documents, so many passages in all.

    ``flat`` asks for the passages in the order of the results rather than by document. ``context`` is the number of
    neighbours before and after each, ``characters`` the number of characters on either side of a match.
    """

    per_document: int | None = None
    documents: int | None = DOCUMENTS
    passages: int | None = None
    flat: bool = False
    context: tuple[int, int] = (0, 0)
    characters: int | None = None


class _Group(NamedTuple):
    """A document with those of its passages that are shown, and how much was found in it in all."""

    document: IndexedDocument
    ordinals: Sequence[int]
    occurrences: int
    more: int


@dataclass(frozen=True, slots=True)
class SearchPage:
    """The results of a search: the counts, a strip of the documents, and the hits below their documents.

    ``command`` is the command line that searches the same query, to which ``--doc`` and an id can be added. ``linked``
    asks for links to the files.
    """

    corpus: Corpus
    results: Results
    look: Look
    command: str
    linked: bool = False

    def lines(self, width: int) -> Iterator[Text]:
        """Yield the lines at a width in cells."""
        yield from self._head(width)
        shown = documents = 0
        for group in self._groups():
            yield one_line("")
            yield from document_header(group.document, group.occurrences, width)
            yield from self._hits(group, width)
            if group.more:
                yield from _wrapped(self._more(group), width, FAINT, _INDENT)
            shown += len(group.ordinals)
            documents += 1
        yield from self._foot(shown, documents, width)

    def _head(self, width: int) -> Iterator[Text]:
        yield from _wrapped(found_in_all(self.results.counts), width, TITLE)
        terms = self.results.terms
        if len(terms) > 1:
            yield from term_counts(terms, width)
        if (documents := self.results.counts.documents) > 1:
            counted = ((document, counts.occurrences) for document, counts in self.results.by_document.items())
            yield from _wrapped(document_counts(counted, documents, width), width, FAINT)

    def _groups(self) -> Iterator[_Group]:
        """Yield the documents in the order in which they are shown."""
        results, look = self.results, self.look
        if look.flat:
            ordinals = results.ordinals(look.passages)
            for document, each in groupby(ordinals, results.document):
                yield _Group(document, list(each), 0, 0)
            return
        left = look.passages
        for number, (document, counts, ordinals) in enumerate(results.look(look.per_document)):
            if number == look.documents or left == 0:
                return
            if left is not None:
                ordinals = ordinals[:left]
                left -= len(ordinals)
            yield _Group(document, ordinals, counts.occurrences, counts.passages - len(ordinals))

    def _hits(self, group: _Group, width: int) -> Iterator[Text]:
        document, column = group.document, self._column(group, width)
        section: Sequence[str] = ()
        following = 0  # the number of the first passage that was not shown yet
        for ordinal in group.ordinals:
            located = self.results.located(ordinal)
            passage = located.passage
            path = section_above(document, passage)
            if path and path != section:
                yield one_line(" " * _INDENT + path_line(path, width - _INDENT), FAINT)
            section = path
            before, after = self.look.context
            for number in range(max(1, passage.number - before, following), passage.number):
                yield from self._passage(document, self.corpus.passage(document, number), width, column, None)
            yield from self._passage(document, passage, width, column, located.marks)
            last = min(document.passages, passage.number + after)
            last = min([last, *(each - document.first for each in group.ordinals if each > ordinal)])
            for number in range(passage.number + 1, last + 1):
                yield from self._passage(document, self.corpus.passage(document, number), width, column, None)
            following = last + 1

    def _column(self, group: _Group, width: int) -> int:
        """Return the cells of the column of places, or 0 if they have lines of their own."""
        last = max(ordinal - group.document.first + 1 for ordinal in group.ordinals) + self.look.context[1]
        needed = cells(short_place_label(self.corpus, group.document, last))
        return needed if needed * _PLACE_SHARE <= width else 0

    def _passage(
        self,
        document: IndexedDocument,
        passage: Passage,
        width: int,
        column: int,
        marks: Sequence[Occurrence] | None,
    ) -> Iterator[Text]:
        """Yield the lines of a passage: of a hit with its marks, or of a neighbour, for which these are None."""
        place, style = short_place_label(self.corpus, document, passage.number), FAINT if marks is None else PLACE
        if self.linked:
            style += f" link {self.corpus.paths[document.id].as_uri()}"
        text, shown = _excerpt(passage, marks or (), None if marks is None else self.look.characters)
        page = "" if passage.page is None else gettext("p. {page}", page=passage.page)
        whole = f"{text}  {page}" if page else text
        indent = _INDENT + column + _GAP if column else 2 * _INDENT
        if not column:
            yield one_line(" " * _INDENT).append(place, style)
        for number, (start, end) in enumerate(wrap(whole, width - indent)):
            line = one_line(" " * indent)
            if number == 0 and column:
                line = one_line(" " * _INDENT).append(place, style).append(" " * (column - cells(place) + _GAP))
            offset = len(line) - start
            line.append(whole[start:end], FAINT if marks is None else "")
            for (first, last), term in shown:
                if first < end and last > start:
                    line.stylize(match_of(term), max(first, start) + offset, min(last, end) + offset)
            if end > len(text):
                line.stylize(FAINT, max(len(text), start) + offset, end + offset)
            yield line

    def _more(self, group: _Group) -> str:
        return f"+{group.more:,}  {self.command} --doc {quoted(self.corpus.short_id(group.document))}"

    def _foot(self, shown: int, documents: int, width: int) -> Iterator[Text]:
        counts = self.results.counts
        notes = []
        if not self.look.flat and documents < counts.documents:
            notes.append(
                ngettext(
                    "{count:,} document of {total:,} shown; -l lists them all.",
                    "{count:,} documents of {total:,} shown; -l lists them all.",
                    documents,
                    total=counts.documents,
                )
            )
        if shown < counts.passages:
            notes.append(shown_of(shown, counts.passages))
        if notes:
            yield one_line("")
            yield from _wrapped(translated(sentences(notes)), width, FAINT)


def document_header(document: IndexedDocument, occurrences: int, width: int) -> Iterator[Text]:
    """Yield the lines that head a document: its title, its number and date, and how often the query occurs in it (0 is
    not shown)."""
    title, about = harmless(document.metadata.title), harmless(_about(document))
    count = f"{occurrences:,}" if occurrences else ""
    room = width - (cells(count) + _GAP if count else 0)
    if cells(title) + _GAP + cells(about) <= room:
        line = one_line(title, TITLE).append(f"{' ' * _GAP}{about}" if about else "", FAINT)
        yield _with_count(line, count, width)
        return
    for number, (start, end) in enumerate(wrap(title, room)):
        yield _with_count(one_line(title[start:end], TITLE), count if number == 0 else "", width)
    yield from _wrapped(about, width, FAINT, _INDENT)


def _with_count(line: Text, count: str, width: int) -> Text:
    if not count:
        return line
    return line.append(" " * max(width - cells(line.plain) - cells(count), 1)).append(count, TITLE)


def _about(document: IndexedDocument) -> str:
    """Return number and date of a document."""
    metadata = document.metadata
    return " · ".join(filter(None, (str(metadata.number) if metadata.number else None, metadata.date)))


def section_above(document: IndexedDocument, passage: Passage) -> tuple[str, ...]:
    """Return the section path of a passage without the title of the document and without the words that the passage
    begins with."""
    path = passage.section
    if path and path[0] in document.metadata.title:
        path = path[1:]
    if path and passage.text.startswith(path[-1]):
        path = path[:-1]
    return path


def path_line(section: Sequence[str], width: int) -> str:
    """Return a section path in one line: long headings are cut, and outer ones left out."""
    parts = [cut(harmless(each), min(_HEADING, width)) for each in section]
    left_out = 0
    while left_out < len(parts) - 1 and cells(" › ".join(_inner(parts, left_out))) > width:
        left_out += 1
    shown = _inner(parts, left_out)
    return " › ".join(shown) if cells(" › ".join(shown)) <= width else parts[-1]


def _inner(parts: Sequence[str], left_out: int) -> Sequence[str]:
    """Return the headings of a section path without the outer ones."""
    return ["…", *parts[left_out:]] if left_out else parts


def _excerpt(passage: Passage, marks: Sequence[Occurrence], characters: int | None) -> tuple[str, list[Occurrence]]:
    """Return what is shown of a passage, and where its marks stand in it."""
    text = passage.text
    ranges = [(0, len(text))]
    if characters is not None:
        ranges = snippets(text, [mark.span for mark in marks], characters)
    assembled, moved = "", []
    for start, end in ranges:
        if start > 0 and not assembled.endswith("…"):
            assembled += "…"
        offset = len(assembled) - start
        for (first, last), term in separate(marks):
            if start <= first and last <= end:
                moved.append(Occurrence((first + offset, last + offset), term))
        assembled += text[start:end]
        if end < len(text):
            assembled += "…"
    return as_drawn(assembled), moved


def _wrapped(text: str, width: int, style: str, indent: int = 0) -> Iterator[Text]:
    for start, end in wrap(text, width - indent):
        yield one_line(" " * indent + text[start:end], style)
