"""The library: answers what is asked of a corpus."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ..corpus.messages import message
from ..corpus.model import Passage
from .chosen import Chosen
from .errors import QueryError
from .model import IndexedDocument
from .query.ast import Or, ranked_parts
from .query.parser import Query, parse
from .search.query_matches import QueryMatches
from .search.results import Results, Sort
from .storage.snapshot import Snapshot

if TYPE_CHECKING:
    from ..corpus.text.words import Segmenter
    from .document_lookup import DocumentLookup
    from .search.explanation import Step
    from .search.outline import Heading
    from .search.versions import Standing
    from .storage.word_index import WordIndex


class Corpus:
    """An indexed corpus, or several that are searched as one, opened for searching: what was ``chosen``.

    It keeps the generation of the index that it has opened, whatever is built meanwhile.
    """

    def __init__(self, chosen: Chosen, snapshot: Snapshot, home: Path, aliases: Mapping[str, str]) -> None:
        self.chosen = chosen
        self.aliases = aliases
        self._snapshot = snapshot
        self._home = home

    @property
    def name(self) -> str:
        """Return the name of the corpus, the names of several, or the paths of what has no name."""
        return self.chosen.name

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
        """Return the name of the generation of the index; each build has another."""
        return self._snapshot.generation

    @cached_property
    def paths(self) -> dict[str, Path]:
        """Return the file of each document, by the document's id, where it was when the index was built.

        Raises:
            IndexDamagedError: The records of the files are damaged.
        """
        return {document: Path(path) for document, path in self._snapshot.paths().items()}

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

    def short_id(self, document: IndexedDocument) -> str:
        """Return the id of a document without its folders, if `document` takes that for no other, else the id."""
        name = document.id.rpartition("/")[2]
        is_plain = name and not any(mark in name for mark in "\n…")
        only = is_plain and f"\n{name}" not in self._ids and self._ids.count(f"/{name}\n") == 1
        return name if only else document.id

    def passages(self, document: IndexedDocument) -> Iterator[Passage]:
        """Yield the passages of a document in order."""
        return map(self._snapshot.passage, range(document.first, document.first + document.passages))

    def passage(self, document: IndexedDocument, number: int) -> Passage:
        """Return a passage by its number, from 1.

        Raises:
            UnknownDocumentError: The document has no such passage.
        """
        if not 1 <= number <= document.passages:
            from .document_lookup import no_passage

            raise no_passage(document, number)
        return self._snapshot.passage(document.first + number - 1)

    def neighbours(self, document: IndexedDocument, number: int, count: int) -> tuple[list[Passage], list[Passage]]:
        """Return up to ``count`` passages of the document before one, and as many after it."""
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
        """Return what the corpus knows of each document among the others, by id: other versions of the same law, and
        what repeals it. Errors are those of `search`."""
        from .search.versions import standings_of

        return standings_of(
            self.documents,
            lambda query: self.search(query, sort="document"),
            self.passages,
            self._snapshot.folding.fold,
        )

    def families(self) -> dict[str, str]:
        """Return what the versions of a law have in common, by the ids of those documents of which there are several
        versions; the ``family`` of `standings`, without looking for what repeals them."""
        from .search.versions import families_of

        return families_of(self.documents, self._snapshot.folding.fold)

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
                advice = message("Write a word with letters, digits or Chinese characters.")
                raise QueryError(message("There is no word in it."), query, 0, advice)
            matches = KeywordMatches(self._snapshot, self._words, query, asked, within)
            return Results(self._snapshot, matches, sort=sort or "relevance")
        root = self.parse(query, words=words).root
        sort = sort or ("relevance" if len(ranked_parts(root)) > 1 else "document")
        return Results(self._snapshot, QueryMatches(self._snapshot, root, within), sort=sort)

    def marks(
        self, document: IndexedDocument, query: str, *, keywords: bool = False, words: bool = False
    ) -> Results | None:
        """Search in one document for each part of a query by itself: for 成都 班列, every occurrence of either; for
        成都 NEAR 班列, those that are near. Returns None for a query of conditions only. The other parameters and the
        errors are those of `search`."""
        if keywords:
            return self.search(query, keywords=True, documents=[document.id], sort="document")
        parts = ranked_parts(self.parse(query, words=words).root)
        if not parts:
            return None
        within = [range(document.first, document.first + document.passages)]
        root = parts[0] if len(parts) == 1 else Or(tuple(parts))
        return Results(self._snapshot, QueryMatches(self._snapshot, root, within), sort="document")

    def parse(self, query: str, *, words: bool = False) -> Query:
        """Read a query as `search` does.

        Raises:
            QueryError: It cannot be read.
        """
        return parse(query, self._snapshot.folding.fold, words=words, aliases=self.aliases)

    def explain(self, query: str, *, words: bool = False) -> Step:
        """Return how a query is read and evaluated; parameters and errors are those of `search`."""
        from .search.explanation import explain

        return explain(self._snapshot, self.parse(query, words=words).root, self._segmenter.cut)

    def suggestions(self, text: str, limit: int = 5) -> list[tuple[str, int]]:
        """Return words of the corpus that are similar to a text that was not found, the most similar first, each with
        the number of passages that it is in."""
        from .search.suggestions import suggest

        return suggest(self._snapshot, self._words, self._snapshot.folding.fold(text), limit)

    def longest_parts(self, text: str) -> list[tuple[str, int]]:
        """Return the longest parts of a text that was not found which do occur, of two characters or more, each with
        the number of passages that it is in."""
        from .search.suggestions import longest_parts

        return longest_parts(self._snapshot, self._snapshot.folding.fold(text).strip())

    @cached_property
    def _ids(self) -> str:
        return "\n".join(("", *(document.id for document in self.documents), ""))

    @property
    def _lookup(self) -> DocumentLookup:
        from .document_lookup import DocumentLookup

        listing = f"zhengce docs {self.chosen.options}"
        return DocumentLookup(
            self.documents, self.chosen.in_words, listing, self._snapshot.folding.fold, self._snapshot.paths
        )

    @cached_property
    def _words(self) -> WordIndex:
        return self._snapshot.word_index()

    @cached_property
    def _segmenter(self) -> Segmenter:
        from ..corpus.text.words import Segmenter, clear_leftovers

        segmenter = Segmenter(self._snapshot.folding, self._home / "cache")
        clear_leftovers(self._home / "cache")
        return segmenter
