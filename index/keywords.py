"""Keyword search: a question in natural language, its words looked up in Whoosh and ranked by BM25."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..corpus.words import FUNCTION_WORDS, Segmenter, is_word
from . import schema
from .generations import check
from .matching import find
from .results import Match, TermCount
from .store import ByteRange, Store

_PART_WEIGHT = 0.5  # of a part of a word, beside the word itself


@dataclass(frozen=True, slots=True)
class Keyword:
    """A word of a question, with the shorter words within it, which stand for it where it does not occur."""

    text: str
    parts: tuple[str, ...] = ()


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

    def rank(self, keywords: Sequence[Keyword], documents: Collection[str] = ()) -> dict[int, Ranked]:
        """Return the passages that hold any of the words, by ordinal; ``documents`` restricts to some."""
        from whoosh import query

        def term(word: str, weight: float = 1.0) -> Any:
            return query.Term("words", word, boost=weight)

        any_of = [term(keyword.text) for keyword in keywords]
        # In order, not as a set: scores are sums, and must come out alike in every process.
        parts = dict.fromkeys(part for keyword in keywords for part in keyword.parts)
        any_of += [term(part, _PART_WEIGHT) for part in parts]
        all_of = [
            query.Or([term(keyword.text), *([query.And(list(map(term, keyword.parts)))] if keyword.parts else [])])
            for keyword in keywords
        ]
        chosen = query.Or([query.Term("document", name) for name in documents]) if documents else None
        complete = set(self._searcher.docs_for_query(query.And(all_of)))
        results = self._searcher.search(query.Or(any_of), limit=None, filter=chosen)
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


def keywords(segmenter: Segmenter, folded: str) -> list[Keyword]:
    """Return the words of a question, each once, without those that carry no topic."""
    words = [word for word in segmenter.cut(folded) if is_word(word)]
    topical = [word for word in words if word not in FUNCTION_WORDS]
    return [Keyword(word, tuple(segmenter.parts(word))) for word in dict.fromkeys(topical or words)]


def search_keywords(
    store: Store,
    index: WordIndex,
    keywords: Sequence[Keyword],
    *,
    documents: Collection[str] = (),
    within: Collection[range] = (),
) -> tuple[list[Match], list[TermCount]]:
    """Return the passages that hold any of the words, the best first: those with all the words before the
    others, then by BM25. Also return what was found of each word and each part.

    ``documents`` and ``within`` name the same restriction, by ids and by ranges of passages.
    """
    texts = dict.fromkeys(text for keyword in keywords for text in (keyword.text, *keyword.parts))
    found = {text: find(store, text, within=within) for text in texts}
    ranked = index.rank(keywords, documents)
    order = sorted(ranked, key=lambda ordinal: (not ranked[ordinal].complete, -ranked[ordinal].score, ordinal))
    matches = [Match(ordinal, ranked[ordinal].score, _ranges(store, keywords, found, ordinal)) for ordinal in order]
    return matches, [TermCount(text, len(passages)) for text, passages in found.items()]


def _ranges(
    store: Store,
    keywords: Sequence[Keyword],
    found: Mapping[str, Mapping[int, Sequence[ByteRange]]],
    ordinal: int,
) -> tuple[ByteRange, ...]:
    """Return the occurrences in a passage that stand for the words: those that are words; where a word stands
    only within longer ones (质量 in 质量第一), those; and its parts outside of it."""
    ranges: set[ByteRange] = set()
    for keyword in keywords:
        whole = _words(store, found[keyword.text].get(ordinal, ()))
        parts = [each for part in keyword.parts for each in _words(store, found[part].get(ordinal, ()))]
        ranges.update(whole)
        ranges.update(
            (start, end) for start, end in parts if not any(first <= start and end <= last for first, last in whole)
        )
    return tuple(sorted(ranges))


def _words(store: Store, ranges: Sequence[ByteRange]) -> Sequence[ByteRange]:
    """Return the occurrences of a text that are words; if there are none, those within a word, but for single
    characters, which are not indexed as parts."""
    words = [each for each in ranges if store.is_word(*each)]
    single = bool(ranges) and len(store.folded[slice(*ranges[0])].decode()) == 1
    return words if words or single else [each for each in ranges if store.is_within_word(*each)]
