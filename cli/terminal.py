"""The terminal: hits, documents and passages laid out in cells, as Rich texts to be printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..corpus.model import Passage
from ..index.library import Corpus
from ..index.model import Hit, IndexedDocument, Span, merge
from ..index.results import Results
from .layout import cells, harmless, wrap
from .snippets import snippets
from .wording import about, each_term, found, plural, section_path, source_lines

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

_INDENT = 5  # cells; passage numbers stand in them
_NARROWEST = 24  # cells of text, however narrow the terminal

_MATCH = "bold red"
_TITLE = "bold"
_ID = "bold cyan"
_FAINT = "dim"


def console(*, color: bool) -> Console:
    """Return the console for standard output: no markup, no emoji codes, no highlighting of its own."""
    from rich.console import Console

    return Console(
        color_system="auto" if color else None,
        force_terminal=color,
        no_color=not color,
        markup=False,
        emoji=False,
        highlight=False,
    )


@dataclass(frozen=True, slots=True)
class SearchPage:
    """A search on the terminal: a header for each document, its hits, and a footer.

    ``limit`` is how many hits are shown (None: all), ``context`` how many neighbouring passages with each,
    ``characters`` how much of a passage around its matches (None: all of it).
    """

    corpus: Corpus
    results: Results
    limit: int | None = None
    context: int = 0
    characters: int | None = None

    def lines(self, width: int) -> Iterator[Text]:
        """Yield the lines at a width in cells."""
        shown = None
        for hit in self.results.hits(self.limit):
            if hit.document.id != shown:
                if shown:
                    yield _line("")
                yield from header(hit.document, width)
                shown = hit.document.id
            before, after = self.corpus.neighbours(hit.document, hit.passage.number, self.context)
            yield _line("")
            yield from _place(hit, width)
            for passage in before:
                yield from _paragraph(passage, width, style=_FAINT)
            yield from _hit(hit, width, self.characters)
            for passage in after:
                yield from _paragraph(passage, width, style=_FAINT)
        yield _line("")
        yield _line(found(self.results.counts), _TITLE)
        if len(self.results.terms) > 1:
            yield from _wrapped(each_term(self.results.terms), width, _FAINT)
        if self.limit is not None and self.limit < len(self.results):
            yield _line(f"{plural(self.limit, 'passage')} of {len(self.results):,} shown; -n 0 shows all.", _FAINT)


def header(document: IndexedDocument, width: int) -> Iterator[Text]:
    """Yield the lines that say which document follows."""
    indent = cells(document.id) + 2
    room = max(width - indent, _NARROWEST)
    title = harmless(document.metadata.title)
    for index, (start, end) in enumerate(wrap(title, room)):
        line = _line(f"{document.id}  " if index == 0 else " " * indent, _ID)
        yield line.append(title[start:end], _TITLE)
    details = harmless(about(document))
    for start, end in wrap(details, room):
        yield _line(" " * indent + details[start:end], _FAINT)


def document_page(document: IndexedDocument, passages: Iterable[Passage], width: int) -> Iterator[Text]:
    """Yield the lines of a document, or of some of its passages."""
    yield from header(document, width)
    for passage in passages:
        yield _line("")
        style = {"title": _TITLE, "heading": _TITLE}.get(passage.kind, "")
        if passage.kind in ("furniture", "footnote", "byline", "caption"):
            style = _FAINT
        yield from _paragraph(passage, width, style=style)


def documents_page(documents: Sequence[IndexedDocument], width: int) -> Iterator[Text]:
    """Yield the lines of the list of documents."""
    for document in documents:
        yield from header(document, width)
        size = f"{plural(document.passages, 'passage')}, {plural(document.characters, 'character')}"
        yield _line(" " * (cells(document.id) + 2) + size, _FAINT)
        yield _line("")
    passages = sum(document.passages for document in documents)
    characters = sum(document.characters for document in documents)
    total = f"{plural(len(documents), 'document')}, {plural(passages, 'passage')}, {plural(characters, 'character')}"
    yield _line(total, _TITLE)


def matches_by_document(results: Results, width: int) -> Iterator[Text]:
    """Yield a line for each document with matches: how many, and its title as far as it fits."""
    rows = [(document, f"{counts.occurrences:,}") for document, counts in results.by_document.items()]
    longest = max(len(count) for _, count in rows)
    names = max(cells(document.id) for document, _ in rows)
    for document, count in rows:
        title = harmless(document.metadata.title)
        room = max(width - longest - names - 4, _NARROWEST)
        start, end = wrap(title, room)[0]
        line = _line(f"{count:>{longest}}  ").append(f"{document.id:<{names}}  ", _ID)
        yield line.append(title[start:end] if end == len(title) else title[start : end - 1] + "…")


def _place(hit: Hit, width: int) -> Iterator[Text]:
    place = f"{section_path(hit.passage.section)}  ({source_lines(hit.passage)})".strip()
    place = harmless(place)
    for start, end in wrap(place, max(width - _INDENT, _NARROWEST)):
        yield _line(" " * _INDENT + place[start:end], _FAINT)


def _hit(hit: Hit, width: int, characters: int | None) -> Iterator[Text]:
    stretches = [(0, len(hit.passage.text))]
    if characters is not None:
        stretches = snippets(hit.passage.text, hit.spans, characters)
    yield from _paragraph(hit.passage, width, hit.spans, stretches)


def _paragraph(
    passage: Passage,
    width: int,
    spans: Iterable[Span] = (),
    stretches: Sequence[tuple[int, int]] | None = None,
    *,
    style: str = "",
) -> Iterator[Text]:
    """Yield the lines of a passage, or of some stretches of it, its number in the margin."""
    text, marks = _assemble(passage.text, stretches or [(0, len(passage.text))], spans)
    for index, (start, end) in enumerate(wrap(text, max(width - _INDENT, _NARROWEST))):
        line = _line(f"{passage.number:>{_INDENT - 1}} " if index == 0 else " " * _INDENT, _FAINT)
        offset = len(line) - start
        line.append(text[start:end], style)
        for first, last in marks:
            if first < end and last > start:
                line.stylize(_MATCH, max(first, start) + offset, min(last, end) + offset)
        yield line


def _assemble(text: str, stretches: Sequence[tuple[int, int]], spans: Iterable[Span]) -> tuple[str, list[Span]]:
    """Return the stretches joined by …, and where the spans stand in the result."""
    assembled, marks = "", []
    merged = merge(spans)
    for start, end in stretches:
        if start > 0 and not assembled.endswith("…"):
            assembled += "…"
        offset = len(assembled) - start
        marks += [(first + offset, last + offset) for first, last in merged if start <= first and last <= end]
        assembled += text[start:end]
        if end < len(text):
            assembled += "…"
    return harmless(assembled.replace("\t", " ")), marks


def _wrapped(text: str, width: int, style: str) -> Iterator[Text]:
    for start, end in wrap(text, max(width, _NARROWEST)):
        yield _line(text[start:end], style)


def _line(text: str, style: str = "") -> Text:
    from rich.text import Text

    # The style is laid over these characters only, so that what is appended has its own.
    return Text.assemble((text, style), no_wrap=True, overflow="ignore")
