"""Finding: builds the index of a corpus and searches in it.

>>> from zhengce.index import open_corpus
>>> corpus = open_corpus()
>>> [hit.document.id for hit in corpus.search("中欧班列 口岸").hits(1)]
['chengyu']
"""

from ..corpus.errors import DocumentError, UnknownDocumentError, ZhengceError
from .errors import IndexDamagedError, QueryError, QueryTimeoutError, StorageError, UnknownCorpusError
from .indexing.corpora import BUNDLED
from .library import Corpus, build_corpus, open_corpus
from .model import Counts, Hit, IndexedDocument
from .search.results import Results

__all__ = [
    "BUNDLED",
    "Corpus",
    "Counts",
    "DocumentError",
    "Hit",
    "IndexDamagedError",
    "IndexedDocument",
    "QueryError",
    "QueryTimeoutError",
    "Results",
    "StorageError",
    "UnknownCorpusError",
    "UnknownDocumentError",
    "ZhengceError",
    "build_corpus",
    "open_corpus",
]
