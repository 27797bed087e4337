"""An oracle of keyword search: Whoosh's own search and scoring, a posting at a time, and the order made from that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from whoosh import fields, formats, index, query
from whoosh.reading import MultiReader
from whoosh.searching import Searcher
from zhengce.index import Corpus
from zhengce.index.query.ast import Term
from zhengce.index.search.deadline import Deadline
from zhengce.index.search.evaluator import Evaluator
from zhengce.index.search.keyword_matches import keywords as cut
from zhengce.index.search.scopes import in_segment
from zhengce.index.storage.word_index import FOLDER, Keyword


class Scored(NamedTuple):
    """The BM25 score of a passage, and whether all of the words are in it."""

    score: float
    complete: bool


def scored(folders: Sequence[Path], keywords: Sequence[Keyword]) -> dict[int, Scored]:
    """Return the passages with any of the words in some word indexes, by ordinal."""
    words = fields.KEYWORD(scorable=True)
    words.format = formats.Existence()
    schema = fields.Schema(words=words)
    readers = [index.open_dir(str(folder / FOLDER), schema=schema).reader() for folder in folders]
    searcher: Any = Searcher(readers[0] if len(readers) == 1 else MultiReader(readers))

    def term(word: str, weight: float = 1.0) -> Any:
        return query.Term("words", word, boost=weight)

    parts = dict.fromkeys(part for keyword in keywords for part in keyword.parts)
    any_of = [*(term(keyword.text) for keyword in keywords), *(term(part, 0.5) for part in parts)]
    all_of = [
        query.Or([term(keyword.text), *([query.And(list(map(term, keyword.parts)))] if keyword.parts else [])])
        for keyword in keywords
    ]
    complete = set(searcher.docs_for_query(query.And(all_of)))
    hits = searcher.search(query.Or(any_of), limit=None)
    return {hit.docnum: Scored(round(hit.score, 4), hit.docnum in complete) for hit in hits}


class Found(NamedTuple):
    """What a keyword search is to find: the passages, the most relevant first, their scores, and the number of passages
    that hold each word and each part of one as a string."""

    ordinals: list[int]
    scores: Mapping[int, float]
    passages: list[int]


def search(corpus: Corpus, question: str, documents: Sequence[str] = ()) -> Found:
    """Search a corpus for the words of a question."""
    snapshot = corpus._snapshot
    asked = cut(corpus._segmenter, snapshot.folding.fold(question))
    chosen = [corpus.document(name) for name in documents]
    within = sorted((range(each.first, each.first + each.passages) for each in chosen), key=lambda each: each.start)
    scopes = [in_segment(segment, within or [range(len(snapshot))]) for segment in snapshot.segments]
    places = {
        segment.base + ordinal
        for segment, scope in zip(snapshot.segments, scopes, strict=True)
        for passages in scope
        for ordinal in passages
    }
    ranked = scored([segment.folder for segment in snapshot.segments], asked)
    ranked = {ordinal: each for ordinal, each in ranked.items() if ordinal in places}
    ordinals = sorted(
        ranked, key=lambda each: (not ranked[each].complete, -ranked[each].score, snapshot.reading_rank(each))
    )
    strings = dict.fromkeys(text for keyword in asked for text in (keyword.text, *keyword.parts))
    evaluators = [
        Evaluator(segment, snapshot.folding, scope, Deadline())
        for segment, scope in zip(snapshot.segments, scopes, strict=True)
    ]
    passages = [sum(len(each.find(Term(string, string))) for each in evaluators) for string in strings]
    return Found(ordinals, {ordinal: each.score for ordinal, each in ranked.items()}, passages)
