"""Finding: builds the index of a corpus and searches in it.

>>> from zhengce.index import open_corpus
>>> corpus = open_corpus()
>>> [hit.document.id for hit in corpus.search("中欧班列 口岸").hits(1)]
['chengyu']
"""

from .library import BUNDLED, Corpus, build_corpus, open_corpus
from .model import Counts, Hit, IndexedDocument

__all__ = ["BUNDLED", "Corpus", "Counts", "Hit", "IndexedDocument", "build_corpus", "open_corpus"]
