"""The library: a corpus opened for searching, its index built where there is none or it is out of date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from ..corpus import bundled
from ..corpus.errors import UnknownDocumentError
from ..corpus.model import Passage
from . import generations
from .errors import IndexDamagedError, QueryError, StorageError
from .exact import search_exact
from .model import IndexedDocument
from .query import Query, Term, parse
from .results import Results
from .store import Store

if TYPE_CHECKING:
    from ..corpus.words import Segmenter
    from .build import BuildReport, Progress
    from .keywords import WordIndex

Sort = Literal["relevance", "document"]

BUNDLED = "bundled"
"""The name of the corpus of the documents that come with the program."""

_ATTEMPTS = 3


def open_corpus(home: Path | None = None, *, documents: Path | None = None, progress: Progress | None = None) -> Corpus:
    """Open the bundled corpus, after building its index if there is none or a document, the dictionary, the
    segmenter or the index's format has changed.

    ``home`` is the data directory, by default ``ZHENGCE_HOME`` or the user's own; ``documents`` is a folder
    with a catalogue to take instead of the bundled one, in a data directory of its own; ``progress`` is told
    how a build goes on.

    Raises:
        IndexDamagedError: There is an index, but not as it was written.
        StorageError: The data directory cannot be read or written.
        DocumentError: A document cannot be read.
    """
    home = home or generations.home()
    identity, folder = _identity(documents), home / BUNDLED
    failure: IndexDamagedError | StorageError = StorageError(f"The index in {folder} changes all the time; try again.")
    for _ in range(_ATTEMPTS):
        try:
            found = generations.current(folder)
            if found and generations.is_current(found, identity):
                return Corpus(BUNDLED, Store(*found), home)
            build_corpus(home, documents=documents, progress=progress)
        except IndexDamagedError as error:
            # Or else another process has put a new generation in force and removed this one meanwhile.
            failure = error
    raise failure


def build_corpus(
    home: Path | None = None,
    *,
    documents: Path | None = None,
    rebuild: bool = False,
    progress: Progress | None = None,
) -> BuildReport | None:
    """Build the index of the bundled corpus if it is out of date, or with ``rebuild`` in any case.

    Returns None where nothing needed to be done. Parameters and errors are those of `open_corpus`.
    """
    from .build import build

    home = home or generations.home()
    return build(
        bundled.catalogued_sources(documents or bundled.FOLDER),
        home / BUNDLED,
        _identity(documents),
        cache=home / "cache",
        rebuild=rebuild,
        progress=progress or (lambda done, total, document: None),
    )


class Corpus:
    """An indexed corpus, opened for searching.

    It stays true to the generation of the index that it opened, whatever is built meanwhile.
    """

    def __init__(self, name: str, store: Store, home: Path) -> None:
        self.name = name
        self._store = store
        self._home = home

    @property
    def documents(self) -> tuple[IndexedDocument, ...]:
        """Return the documents in reading order."""
        return self._store.documents

    def document(self, name: str) -> IndexedDocument:
        """Return a document by its id, or by a beginning of it that no other id has.

        Raises:
            UnknownDocumentError: There is none, or there are several.
        """
        found = [each for each in self.documents if each.id == name] or [
            each for each in self.documents if name and each.id.startswith(name)
        ]
        if len(found) == 1:
            return found[0]
        choice = found or self.documents
        names = ", ".join(each.id for each in choice[:12]) + (", …" if len(choice) > 12 else "")
        problem = f"“{name}” may be any of several documents" if found else f"There is no document “{name}”"
        raise UnknownDocumentError(f"{problem}. Choose one of: {names}.")

    def passages(self, document: IndexedDocument) -> Iterator[Passage]:
        """Yield the passages of a document in order."""
        return map(self._store.passage, range(document.first, document.first + document.passages))

    def passage(self, document: IndexedDocument, number: int) -> Passage:
        """Return a passage by its number, from 1.

        Raises:
            UnknownDocumentError: The document has no such passage.
        """
        if not 1 <= number <= document.passages:
            raise UnknownDocumentError(f"{document.id} has passages 1 to {document.passages}; there is no {number}.")
        return self._store.passage(document.first + number - 1)

    def neighbours(self, document: IndexedDocument, number: int, count: int) -> tuple[list[Passage], list[Passage]]:
        """Return up to ``count`` passages of the document before one, and as many after it."""
        before = range(max(1, number - count), number)
        after = range(number + 1, min(document.passages, number + count) + 1)
        return [self.passage(document, each) for each in before], [self.passage(document, each) for each in after]

    def search(
        self,
        query: str,
        *,
        keywords: bool = False,
        words: bool = False,
        documents: Sequence[str] = (),
        sort: Sort | None = None,
    ) -> Results:
        """Search for passages.

        The terms and phrases of ``query`` (see `zhengce.index.query.parse`) must stand in the same passage.
        With ``keywords``, the query is natural language instead, of which any word will do. ``words`` keeps
        occurrences of terms that begin and end at word boundaries. ``documents`` restricts to some, by id. ``sort``
        is by relevance for keywords and for several terms, else in reading order, unless given.

        Raises:
            QueryError: The query cannot be read.
            UnknownDocumentError: One of ``documents`` does not exist.
        """
        parsed = parse(query)
        names = (documents,) if isinstance(documents, str) else documents
        chosen = sorted({self.document(name) for name in names}, key=lambda each: each.first)
        within = [range(each.first, each.first + each.passages) for each in chosen]
        folded: dict[str, str] = {}
        for term in parsed.terms:
            folded.setdefault(self._fold(parsed, term), term.text)
        if keywords:
            from .keywords import keywords as cut
            from .keywords import search_keywords

            asked = cut(self._segmenter, " ".join(folded))
            if not asked:
                advice = "Write a word with letters, digits or Chinese characters."
                raise QueryError("There is no word in it.", query, parsed.terms[0].position, advice)
            matches, terms = search_keywords(
                self._store, self._words, asked, documents=[each.id for each in chosen], within=within
            )
        else:
            matches, terms = search_exact(self._store, folded, words=words, within=within)
        if sort == "document":
            matches.sort(key=lambda match: match.ordinal)
        elif not keywords and (sort == "relevance" or len(terms) > 1):
            matches.sort(key=lambda match: (-match.score, match.ordinal))
        return Results(self._store, matches, terms)

    def suggestions(self, text: str, limit: int = 5) -> list[tuple[str, int]]:
        """Return words of the corpus that are like a text that was not found, the likest first, each with
        the number of passages that it is in."""
        from .suggestions import suggest

        return suggest(self._words, self._store.folding.fold(text), limit)

    def _fold(self, query: Query, term: Term) -> str:
        folded = self._store.folding.fold(term.text).strip()
        if not folded:
            advice = "Write a word with letters, digits or Chinese characters."
            raise QueryError("There is nothing to search for in this term.", query.source, term.position, advice)
        return folded

    @cached_property
    def _words(self) -> WordIndex:
        from .keywords import WordIndex

        return WordIndex(self._store)

    @cached_property
    def _segmenter(self) -> Segmenter:
        from ..corpus.words import Segmenter

        return Segmenter(self._store.folding, self._home / "cache")


def _identity(documents: Path | None) -> str:
    return generations.fingerprint(bundled.fingerprint(documents or bundled.FOLDER))
