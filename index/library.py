"""The library: opens and builds corpora, and answers what is asked of one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from ..corpus.errors import UnknownDocumentError
from ..corpus.extraction import Limits
from ..corpus.files import Root
from ..corpus.model import Passage
from .errors import IndexDamagedError, QueryError, StorageError
from .indexing.corpora import BUNDLED, define, redefine
from .model import IndexedDocument
from .query.ast import Or, ranked_parts
from .query.parser import Query, parse
from .search.query_matches import QueryMatches
from .search.results import Results, Sort
from .storage import generations
from .storage.snapshot import Snapshot

if TYPE_CHECKING:
    from ..corpus.text.words import Segmenter
    from .document_lookup import DocumentLookup
    from .indexing.build import Progress
    from .indexing.reports import BuildReport
    from .search.explanation import Step
    from .search.outline import Heading
    from .search.versions import Standing
    from .storage.word_index import WordIndex

_ATTEMPTS = 3


def open_corpus(
    home: Path | None = None,
    *,
    name: str = BUNDLED,
    documents: Path | None = None,
    aliases: Mapping[str, str] = MappingProxyType({}),
    progress: Progress | None = None,
    waiting: Callable[[str], None] | None = None,
) -> Corpus:
    """Open a corpus, by default the bundled one.

    Its index is built first if there is none, or if it is outdated: see `zhengce.index.storage.fingerprint`. Only of
    the bundled corpus are the files looked at; those of others are when `build_corpus` is called. ``home`` is the data
    directory, by default ``ZHENGCE_HOME`` or the user's own; ``documents`` is a folder with a catalogue to be used for
    the bundled corpus, in a data directory of its own. ``aliases`` are queries, by the names that stand for them after
    ``@`` in others. ``progress`` is called during a build, ``waiting`` with a message if another process is building.

    Raises:
        UnknownCorpusError: There is no corpus of that name.
        IndexDamagedError: The index is damaged.
        StorageError: The data directory cannot be read or written.
        DocumentError: A document cannot be read.
    """
    home = home or generations.home()
    definition = define(home, name, documents)
    problem = f"The index in {definition.folder} is being rebuilt again and again; try later."
    failure: IndexDamagedError | StorageError = StorageError(problem)
    for _ in range(_ATTEMPTS):
        try:
            found = generations.current(definition.folder)
            if found and not generations.outdated(found[1], definition.fingerprint()):
                return Corpus(name, Snapshot(*found), home, aliases)
            build_corpus(home, name=name, documents=documents, progress=progress, waiting=waiting)
        except IndexDamagedError as error:
            # Another process may have put a new generation in force and removed this one.
            failure = error
    raise failure


def build_corpus(
    home: Path | None = None,
    *,
    name: str = BUNDLED,
    paths: Sequence[Path | Root] = (),
    forget: Sequence[Path] = (),
    limits: Limits | None = None,
    documents: Path | None = None,
    rebuild: bool = False,
    progress: Progress | None = None,
    waiting: Callable[[str], None] | None = None,
) -> BuildReport:
    """Update the index of a corpus: files that have changed are read, or all files with ``rebuild``.

    ``paths`` are folders and files to add to a corpus, which is made if there is none of that name, and ``forget`` are
    those to take from it. The corpus remembers them, and the ``limits``. The other parameters and the errors are those
    of `open_corpus`.
    """
    from .indexing.build import build

    home = home or generations.home()
    roots = [path if isinstance(path, Root) else Root(path) for path in paths]
    asked = roots or forget or limits
    return build(
        lambda: redefine(home, name, roots, forget, limits) if asked else define(home, name, documents),
        cache=home / "cache",
        rebuild=rebuild,
        progress=progress or (lambda done, total, document: None),
        waiting=waiting or (lambda message: None),
    )


class Corpus:
    """An indexed corpus, opened for searching. It keeps the generation of the index that it has opened."""

    def __init__(self, name: str, snapshot: Snapshot, home: Path, aliases: Mapping[str, str]) -> None:
        self.name = name
        self.aliases = aliases
        self._snapshot = snapshot
        self._home = home

    @property
    def home(self) -> Path:
        """Return the data directory."""
        return self._home

    @property
    def documents(self) -> tuple[IndexedDocument, ...]:
        """Return the documents in reading order."""
        return self._snapshot.documents

    @property
    def size(self) -> tuple[int, int]:
        """Return the numbers of documents and passages, without listing the documents."""
        return self._snapshot.size

    @property
    def generation(self) -> str:
        """Return the name of the generation of the index, of which each build makes another."""
        return self._snapshot.folder.name.removeprefix(generations.PREFIX)

    @property
    def paths(self) -> dict[str, Path]:
        """Return the file of each document, by the document's id, where it was when the index was built.

        Raises:
            IndexDamagedError: The records of the files are damaged.
        """
        from .storage.file_records import FOLDER, read_records

        generations.check(self._snapshot.folder, self._snapshot.manifest, FOLDER)
        records = read_records(self._snapshot.folder)
        return {document.id: Path(record.path) for record in records for document in record.documents}

    def document(self, name: str) -> IndexedDocument:
        """Return a document by its id, or by a part of its id, path, number or title that means no other; see
        `zhengce.index.document_lookup`.

        Raises:
            UnknownDocumentError: There is none, or there are several.
        """
        return self._lookup.document(name)

    def place(self, place: str) -> tuple[IndexedDocument, int | None]:
        """Return the document and the number of the passage that ``DOC:N`` names, DOC as `document` takes it; the
        number is None for DOC alone.

        Raises:
            UnknownDocumentError: There is no such document or passage, or there are several.
        """
        return self._lookup.place(place)

    def passages(self, document: IndexedDocument) -> Iterator[Passage]:
        """Yield the passages of a document in order."""
        return map(self._snapshot.passage, range(document.first, document.first + document.passages))

    def passage(self, document: IndexedDocument, number: int) -> Passage:
        """Return a passage by its number, from 1.

        Raises:
            UnknownDocumentError: The document has no such passage.
        """
        if not 1 <= number <= document.passages:
            raise UnknownDocumentError(f"{document.id} has passages 1 to {document.passages}; there is no {number}.")
        return self._snapshot.passage(document.first + number - 1)

    def neighbours(self, document: IndexedDocument, number: int, count: int) -> tuple[list[Passage], list[Passage]]:
        """Return up to ``count`` passages before one, and as many after it."""
        before = range(max(1, number - count), number)
        after = range(number + 1, min(document.passages, number + count) + 1)
        return [self.passage(document, each) for each in before], [self.passage(document, each) for each in after]

    def cite(self, document: IndexedDocument, passage: Passage | None = None, style: str = "gbt7714") -> str:
        """Return the citation of a document, or of a passage of it, as plain text in a style of `zhengce.index.STYLES`.

        Raises:
            KeyError: There is no such style.
        """
        from .citations.reference import Reference
        from .citations.styles import STYLE_BY_NAME

        return STYLE_BY_NAME[style].cite(Reference(document, passage))

    def standings(self) -> dict[str, Standing]:
        """Return the versions of each document and what repeals it, by its id; errors are those of `search`."""
        from .search.versions import standings_of

        return standings_of(
            self.documents,
            lambda query: self.search(query, sort="document"),
            self.passages,
            self._snapshot.folding.fold,
        )

    def version_groups(self) -> list[list[IndexedDocument]]:
        """Return the documents in reading order, the versions of a law together, the newest first."""
        from .search.versions import version_groups

        return version_groups(self.documents, self._snapshot.folding.fold)

    def outline(self, document: IndexedDocument, results: Results | None = None) -> list[Heading]:
        """Return the headings of a document in order, each with the number of occurrences of ``results`` under it."""
        from .search.outline import outline

        found = results.occurrences() if results else {}
        passages = range(document.first, document.first + document.passages)
        segment, local = self._snapshot.segment(document.first)
        sections = segment.sections[local : local + document.passages]
        return outline([segment.path(each) for each in sections], [found.get(each, 0) for each in passages])

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

        ``query`` is in the query language (see `zhengce.index.query.parser.parse`), or with ``keywords`` in natural
        language, of which a passage needs one word. ``words`` keeps only occurrences of terms that begin and end at
        word boundaries. ``documents`` are the ids of the documents to search in, by default all. ``sort`` is by
        default relevance for keywords and for queries of several terms, and reading order for one term.

        Raises:
            QueryError: The query cannot be read.
            QueryTimeoutError: A regular expression takes too long.
            UnknownDocumentError: One of ``documents`` does not exist.
            IndexDamagedError: A file of the index is damaged.
        """
        names = (documents,) if isinstance(documents, str) else documents
        chosen = sorted({self.document(name) for name in names}, key=lambda each: each.first)
        within = [range(each.first, each.first + each.passages) for each in chosen] or [range(len(self._snapshot))]
        if keywords:
            from .search.keyword_matches import KeywordMatches
            from .search.keyword_matches import keywords as cut

            asked = cut(self._segmenter, self._snapshot.folding.fold(query))
            if not asked:
                advice = "Write a word with letters, digits or Chinese characters."
                raise QueryError("There is no word in it.", query, 0, advice)
            matches = KeywordMatches(self._snapshot, self._words, asked, within)
            return Results(self._snapshot, matches, sort=sort or "relevance")
        root = self.parse(query, words=words).root
        sort = sort or ("relevance" if len(ranked_parts(root)) > 1 else "document")
        return Results(self._snapshot, QueryMatches(self._snapshot, root, within), sort=sort)

    def marks(
        self, document: IndexedDocument, query: str, *, keywords: bool = False, words: bool = False
    ) -> Results | None:
        """Search in one document for each part of a query by itself: for 成都 班列, every occurrence of either. Returns
        None for a query of conditions only. The other parameters and the errors are those of `search`."""
        if keywords:
            return self.search(query, keywords=True, documents=[document.id], sort="document")
        parts = ranked_parts(self.parse(query, words=words).root)
        if not parts:
            return None
        within = [range(document.first, document.first + document.passages)]
        root = parts[0] if len(parts) == 1 else Or(tuple(parts))
        return Results(self._snapshot, QueryMatches(self._snapshot, root, within), sort="document")

    def parse(self, query: str, *, words: bool = False) -> Query:
        """Read a query as `search` does; raises `QueryError`."""
        return parse(query, self._snapshot.folding.fold, words=words, aliases=self.aliases)

    def explain(self, query: str, *, words: bool = False) -> Step:
        """Return how a query is read and evaluated; parameters and errors are those of `search`."""
        from .search.explanation import explain

        return explain(self._snapshot, self.parse(query, words=words).root, self._segmenter.cut)

    def suggestions(self, text: str, limit: int = 5) -> list[tuple[str, int]]:
        """Return words of the corpus like a text that was not found, the most similar first, each with its passages."""
        from .search.suggestions import suggest

        return suggest(self._snapshot, self._words, self._snapshot.folding.fold(text), limit)

    def longest_parts(self, text: str) -> list[tuple[str, int]]:
        """Return the longest parts of two characters or more of a text that was not found, each with its passages."""
        from .search.suggestions import longest_parts

        return longest_parts(self._snapshot, self._snapshot.folding.fold(text).strip())

    @property
    def _lookup(self) -> DocumentLookup:
        from .document_lookup import DocumentLookup

        return DocumentLookup(self.documents, self.name, self._snapshot.folding.fold, lambda: self.paths)

    @cached_property
    def _words(self) -> WordIndex:
        return self._snapshot.word_index()

    @cached_property
    def _segmenter(self) -> Segmenter:
        from ..corpus.text.words import Segmenter, clear_leftovers

        segmenter = Segmenter(self._snapshot.folding, self._home / "cache")
        clear_leftovers(self._home / "cache")
        return segmenter
