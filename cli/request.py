"""A search request: a query, and how it is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..corpus.messages import listed, message

if TYPE_CHECKING:
    from ..index.library import Corpus
    from ..index.model import IndexedDocument
    from ..index.search.results import Results, Sort


class Request(NamedTuple):
    """A query with how it is asked: as ``keywords``, for whole ``words`` only, in some ``documents`` only, by id or
    as `zhengce.index.library.Corpus.document` takes them."""

    query: str
    keywords: bool = False
    words: bool = False
    documents: tuple[str, ...] = ()

    @property
    def conditions(self) -> tuple[str, ...]:
        """Return how the query is asked, in words, for those who read the results without having asked."""
        conditions = (
            message("as keywords: passages with any of its words") if self.keywords else None,
            message("whole words only") if self.words else None,
            message("only in {documents}", documents=listed(self.documents)) if self.documents else None,
        )
        return tuple(each for each in conditions if each)

    def command(self, options: str = "") -> str:
        """Return the command line that searches for it, but for ``documents``; ``options`` choose the corpus."""
        words = ["zhengce search", *([options] if options else [])]
        words += ["-k"] if self.keywords else []
        words += ["-w"] if self.words else []
        return " ".join([*words, quoted(self.query)])

    def resolved(self, corpus: Corpus) -> Request:
        """Return the request with the ids of the documents that it names; raises what `Corpus.document` raises."""
        if not self.documents:
            return self
        return self._replace(documents=tuple(corpus.document(name).id for name in self.documents))

    def search(self, corpus: Corpus, sort: Sort | None = None) -> Results:
        """Search a corpus; raises what `zhengce.index.library.Corpus.search` raises."""
        return corpus.search(self.query, keywords=self.keywords, words=self.words, documents=self.documents, sort=sort)

    def marks(self, corpus: Corpus, document: IndexedDocument) -> Results | None:
        """Return the passages of a document in which some part of the query occurs, or None if it has no such part."""
        return corpus.marks(document, self.query, keywords=self.keywords, words=self.words)


def quoted(text: str) -> str:
    """Return words as they are typed in a shell: in quotes if it would read them otherwise."""
    if all(each.isalnum() or each in "_-./: 〔〕" for each in text):
        return text
    import shlex

    return shlex.quote(text)
