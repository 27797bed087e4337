"""Finding: builds the index of a corpus, searches in it, and returns what it finds as plain data.

>>> from zhengce.index import open_corpus
>>> corpus = open_corpus()
>>> results = corpus.search("中欧班列 口岸")
>>> results.counts.passages
3
>>> hit = next(results.hits(1))
>>> hit.document.id, hit.passage.number, hit.spans[0]
('chengyu', 17, (8, 12))

A concordance has a line for each occurrence, in its context and in an order of choice:

>>> from zhengce.index import concordance
>>> lines = concordance(corpus.search("中欧班列"), sort="R1,R2", width="5").lines(2)
>>> [(line.left, line.match, line.right) for line in lines]
[('跨境电商+', '中欧班列', '”联动模式'), ('班列首发，', '中欧班列', '“牵手”中')]

Citations are text in a style, or data for a reference manager:

>>> from zhengce.index import STYLES, Reference, csl_item
>>> [style.name for style in STYLES]
['gbt7714', 'apa', 'chicago', 'bibtex', 'csl-json']
>>> corpus.cite(corpus.document("xining"), style="chicago")
'一丁. “打造开放之城 西宁持续扩大国际朋友圈.” [newspaper unknown: 西宁报纸版面], 2025.'
>>> csl_item(Reference(hit.document, hit.passage))["number"]
'渝府办发〔2022〕86号'

What ``-f jsonl`` and ``-f csv`` write is data as well. ``pandas.DataFrame(passage_rows(results.hits()))`` is a table:

>>> from zhengce.index import hit_record, occurrence_rows, passage_rows
>>> hit_record(hit)["section"][-1]
'(四) 共同做强中欧班列（成渝）品牌'
>>> next(passage_rows([hit])).by
'重庆市人民政府办公厅、四川省人民政府办公厅'
>>> found = concordance(corpus.search("口岸"), width="2")
>>> [row.right for row in occurrence_rows(found.lines(2), found.terms)]
['对接', '物流']

The outline of a document, and how a query is read:

>>> corpus.outline(hit.document, results)[0].occurrences
6
>>> corpus.explain("成都 | 重庆").parts[0].passages
66

Several corpora are searched as one, and folders without a name: `open_corpora` and `open_paths`. The ids of documents
of several corpora begin with the name of the corpus:

>>> from zhengce.index import open_corpora
>>> open_corpora(["bundled"]).document("chengyu").id
'bundled/chengyu'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from ..corpus.errors import DocumentError, UnknownDocumentError, ZhengceError
from .chosen import Chosen
from .errors import IndexDamagedError, QueryError, QueryTimeoutError, StorageError, UnknownCorpusError
from .indexing.corpora import BUNDLED
from .library import Corpus
from .model import Counts, Hit, HitWithNeighbours, IndexedDocument, Occurrence
from .opening import build_corpus, open_corpora, open_corpus, open_paths
from .search.results import Results

if TYPE_CHECKING:
    from .citations.csl_json import csl_item
    from .citations.reference import Reference
    from .citations.styles import STYLES, Style
    from .document_list import DocumentList, list_documents
    from .grouped_counts import GroupCounts, GroupedCounts, count_by, count_documents
    from .records.head import Head, head_of
    from .records.objects import document_record, hit_record, occurrence_records, passage_record
    from .records.rows import (
        DocumentRow,
        OccurrenceRow,
        PassageRow,
        YearRow,
        document_rows,
        occurrence_rows,
        passage_rows,
        year_rows,
    )
    from .search.concordance import Concordance, ConcordanceLine, ContextWidth, Neighbour, concordance
    from .search.explanation import Step
    from .search.outline import Heading

# What a search does not need is imported when it is asked for; the names are those above.
_LATE = {
    "citations.csl_json": ("csl_item",),
    "citations.reference": ("Reference",),
    "citations.styles": ("STYLES", "Style"),
    "document_list": ("DocumentList", "list_documents"),
    "grouped_counts": ("GroupCounts", "GroupedCounts", "count_by", "count_documents"),
    "records.head": ("Head", "head_of"),
    "records.objects": ("document_record", "hit_record", "occurrence_records", "passage_record"),
    "records.rows": (
        "DocumentRow", "OccurrenceRow", "PassageRow", "YearRow",
        "document_rows", "occurrence_rows", "passage_rows", "year_rows",
    ),
    "search.concordance": ("Concordance", "ConcordanceLine", "ContextWidth", "Neighbour", "concordance"),
    "search.explanation": ("Step",),
    "search.outline": ("Heading",),
}  # fmt: skip

__all__ = [
    "BUNDLED",
    "STYLES",
    "Chosen",
    "Concordance",
    "ConcordanceLine",
    "ContextWidth",
    "Corpus",
    "Counts",
    "DocumentError",
    "DocumentList",
    "DocumentRow",
    "GroupCounts",
    "GroupedCounts",
    "Head",
    "Heading",
    "Hit",
    "HitWithNeighbours",
    "IndexDamagedError",
    "IndexedDocument",
    "Neighbour",
    "Occurrence",
    "OccurrenceRow",
    "PassageRow",
    "QueryError",
    "QueryTimeoutError",
    "Reference",
    "Results",
    "Step",
    "StorageError",
    "Style",
    "UnknownCorpusError",
    "UnknownDocumentError",
    "YearRow",
    "ZhengceError",
    "build_corpus",
    "concordance",
    "count_by",
    "count_documents",
    "csl_item",
    "document_record",
    "document_rows",
    "head_of",
    "hit_record",
    "list_documents",
    "occurrence_records",
    "occurrence_rows",
    "open_corpora",
    "open_corpus",
    "open_paths",
    "passage_record",
    "passage_rows",
    "year_rows",
]


def __getattr__(name: str) -> Any:
    for module, names in _LATE.items():
        if name in names:
            return getattr(import_module(f".{module}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
