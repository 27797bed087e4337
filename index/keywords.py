"""Keyword search: a question in natural language, its words looked up in Whoosh and ranked by BM25."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..corpus.words import FUNCTION_WORDS, Segmenter
from . import schema
from .generations import check
from .matching import find
from .results import Match, TermCount
from .store import ByteRange, Store


@dataclass(frozen=True, slots=True)
class Ranked:
    """A passage that holds some of the words: its BM25 score, and whether it holds all of them."""

    score: float
    complete: bool


class WordIndex:
    """The words of the passages, in Whoosh.

    Raises:
        IndexDamagedError: A file of it is missing or altered.
    """

    def __init__(self, store: Store) -> None:
        from whoosh import index

        check(store.folder, store.manifest, schema.FOLDER)
        self._searcher: Any = index.open_dir(str(store.folder / schema.FOLDER), schema=schema.schema()).searcher()

    def rank(self, words: Sequence[str], documents: Collection[str] = ()) -> dict[int, Ranked]:
        """Return the passages that hold any of the words, by ordinal; ``documents`` restricts to some."""
        from whoosh import query

        terms = [query.Term("words", word) for word in words]
        chosen = query.Or([query.Term("document", name) for name in documents]) if documents else None
        complete = set(self._searcher.docs_for_query(query.And(terms)))
        results = self._searcher.search(query.Or(terms), limit=None, filter=chosen)
        return {hit.docnum: Ranked(round(hit.score, 4), hit.docnum in complete) for hit in results}

    def words_with(self, parts: Iterable[str]) -> dict[str, int]:
        """Return the words of two characters or more that hold one of the parts, each with the number of
        passages that it is in."""
        reader, wanted = self._searcher.reader(), tuple(parts)
        words = (name.decode() for name in reader.lexicon("words"))
        return {
            word: int(reader.doc_frequency("words", word))
            for word in words
            if len(word) > 1 and any(part in word for part in wanted)
        }


def keywords(segmenter: Segmenter, folded: str) -> list[str]:
    """Return the words of a question, each once, without those that carry no topic."""
    words = [word for word in segmenter.cut(folded) if any(character.isalnum() for character in word)]
    topical = [word for word in words if word not in FUNCTION_WORDS]
    return list(dict.fromkeys(topical or words))


def search_keywords(
    store: Store, index: WordIndex, words: Sequence[str], documents: Collection[str] = ()
) -> tuple[list[Match], list[TermCount]]:
    """Return the passages that hold any of the words, the best first: those with all the words before the
    others, then by BM25. Also return what was found of each word."""
    ranked = index.rank(words, documents)
    found = {word: find(store, word) for word in words}
    matches = [
        Match(ordinal, passage.score, _ranges(store, found, ordinal))
        for ordinal, passage in sorted(ranked.items(), key=lambda item: (not item[1].complete, -item[1].score, item[0]))
    ]
    return matches, [TermCount(word, sum(map(len, each.values())), len(each)) for word, each in found.items()]


def _ranges(
    store: Store, found: Mapping[str, Mapping[int, Sequence[ByteRange]]], ordinal: int
) -> tuple[ByteRange, ...]:
    """Return the occurrences in a passage that stand for the words: those that are words, and where a
    word stands within longer words only (质量 in 质量第一), those."""
    ranges: set[ByteRange] = set()
    for each in found.values():
        occurrences = each.get(ordinal, ())
        ranges.update([each for each in occurrences if store.is_word(*each)] or occurrences)
    return tuple(sorted(ranges))
