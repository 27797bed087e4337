"""Exact search: passages that hold every term, each found as a string wherever it stands."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from .matching import find
from .ranking import bm25
from .results import Match, TermCount
from .store import Store


def search_exact(
    store: Store, terms: Mapping[str, str], *, words: bool = False, within: Collection[range] = ()
) -> tuple[list[Match], list[TermCount]]:
    """Return the passages that hold all of the terms, in reading order, and what was found of each by itself.

    ``terms`` gives the folded terms, each with how it was written; ``words`` keeps occurrences that begin and
    end at word boundaries; ``within`` looks in some ranges of passages only.
    """
    found = [find(store, term, words=words, within=within) for term in terms]
    common = sorted(set(found[0]).intersection(*found[1:]))
    matches = [
        Match(ordinal, score, tuple(sorted(each for term in found for each in term[ordinal])))
        for ordinal, score in zip(common, bm25(store, found, common), strict=True)
    ]
    counts = [TermCount(written, len(each)) for written, each in zip(terms.values(), found, strict=True)]
    return matches, counts
