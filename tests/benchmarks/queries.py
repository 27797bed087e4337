"""Queries: forty terms in four bands and five pairs of words, drawn from the texts with a seed."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from texts import Truth

PER_BAND = 10
FREQUENT_PAIRS = 2
MIDDLING_PAIRS = 3
TOP = 20
LENGTHS = (1, 2, 2, 3, 4, 4, 5, 6, 7, 8)
COMMON_LENGTHS = (1, 2, 2, 2, 3, 3, 4, 4, 5, 6)
SAMPLE = 20_000
TRIES = 400
MOST_FREQUENT = 3
Candidates = Callable[[int], Iterator[str]]
"""Terms of a length to be tried."""
Fits = Callable[[str], bool]
HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af]+")


@dataclass(frozen=True, slots=True)
class Band:
    """A band of frequency: the least and the greatest number of passages."""

    name: str
    least: int
    greatest: int

    def __str__(self) -> str:
        if not self.greatest:
            return self.name
        return f"{self.name} ({self.least:,}–{self.greatest:,} passages)"


@dataclass(frozen=True, slots=True)
class Query:
    """A term, its band, and the number of passages that hold it."""

    text: str
    band: str
    passages: int


@dataclass(frozen=True, slots=True)
class Pair:
    """Two words, the number of passages that hold each, and of those that hold both."""

    words: tuple[str, str]
    passages: tuple[int, int]
    both: int


@dataclass(frozen=True, slots=True)
class Queries:
    """What is asked of every tool: terms in bands, and pairs of words to be ranked."""

    bands: tuple[Band, ...]
    terms: tuple[Query, ...]
    pairs: tuple[Pair, ...]

    def band(self, name: str) -> list[Query]:
        return [term for term in self.terms if term.band == name]


def draw(truth: Truth, seed: int) -> Queries:
    """Draw the queries; the same texts and seed give the same ones."""
    draws = _Draws(truth, random.Random(seed))
    rare, middling = limits(len(truth.folded))
    terms = [*draws.absent(), *draws.between(rare), *draws.between(middling), *draws.common()]
    common = [term.passages for term in terms if term.band == "common"] or [0]
    bands = (Band("absent", 0, 0), rare, middling, Band("common", min(common), max(common)))
    return Queries(bands, tuple(terms), tuple(draws.pairs(middling)))


def limits(passages: int) -> tuple[Band, Band]:
    """Return the rare and the middling band: 1–10 and 100–1,000 passages, and less of fewer than 100,000."""
    rare = Band("rare", 1, max(1, min(10, passages // 100)))
    if passages >= 100_000:
        return rare, Band("middling", 100, 1_000)
    return rare, Band("middling", max(rare.greatest + 1, passages // 1_000), max(rare.greatest + 10, passages // 100))


class _Draws:
    """Draws from strings of a sample of the passages, by what they look like there; the truth decides."""

    def __init__(self, truth: Truth, chance: random.Random) -> None:
        self._truth = truth
        self._chance = chance
        self._taken: set[str] = set()
        size = min(SAMPLE, len(truth.folded))
        self._sample = [truth.folded[ordinal] for ordinal in chance.sample(range(len(truth.folded)), size)]
        self._scale = len(truth.folded) / max(1, size)
        self._strings = {length: _strings(self._sample, length) for length in range(1, max(LENGTHS) + 1)}

    def absent(self) -> list[Query]:
        return self._fill("absent", LENGTHS, self._glued, lambda term: not self._truth.count(term, 0))

    def between(self, band: Band) -> list[Query]:
        """Draw terms of a band; each stands in the sample about as often as the band would have it."""
        least, greatest = max(1, band.least / self._scale), max(1, band.greatest / self._scale)

        def candidates(length: int) -> Iterator[str]:
            likely = sorted(text for text, count in self._strings[length].items() if least <= count <= greatest)
            self._chance.shuffle(likely)
            return iter(likely)

        def fits(term: str) -> bool:
            return band.least <= self._truth.count(term, band.greatest) <= band.greatest

        return self._fill(band.name, LENGTHS, candidates, fits)

    def common(self) -> list[Query]:
        """Draw from the most frequent strings of each length."""

        def candidates(length: int) -> Iterator[str]:
            ordered = sorted(self._strings[length].items(), key=lambda item: (-item[1], item[0]))
            most = [text for text, _ in ordered if text not in self._taken][:MOST_FREQUENT]
            self._chance.shuffle(most)
            return iter(most)

        return self._fill("common", COMMON_LENGTHS, candidates, lambda term: True)

    def pairs(self, middling: Band) -> Iterator[Pair]:
        """Yield pairs of words of one passage, two of them of frequent words, three of a frequent and a middling
        one; at least twenty passages hold both, so that a page of results is full."""
        import jieba

        jieba.setLogLevel("ERROR")
        frequent = max(middling.greatest + 1, len(self._truth.folded) // 100)
        wanted = {"frequent": FREQUENT_PAIRS, "middling": MIDDLING_PAIRS}
        for text in self._sample[:TRIES]:
            words = sorted({word for word in jieba.cut(text) if len(word) > 1 and HAN.fullmatch(word)} - self._taken)
            if len(words) < 2:
                continue
            one, other = self._chance.sample(words, 2)
            counts = (self._truth.count(one), self._truth.count(other))
            seldom = "frequent" if min(counts) >= frequent else "middling"
            if max(counts) < frequent or min(counts) < middling.least or not wanted[seldom]:
                continue
            both = sum(one in folded and other in folded for folded in self._truth.folded)
            if both >= TOP:
                wanted[seldom] -= 1
                self._taken |= {one, other}
                yield Pair((one, other), counts, both)

    def _fill(self, band: str, lengths: tuple[int, ...], candidates: Candidates, fits: Fits) -> list[Query]:
        """Return ten terms of the lengths wanted, of others where a length has none, fewer where none has."""
        filled: list[Query] = []
        sources = {length: candidates(length) for length in self._strings}
        for wanted in lengths:
            for length in (wanted, *(each for each in sources if each != wanted)):
                term = self._first(sources[length], fits)
                if term:
                    self._taken.add(term)
                    filled.append(Query(term, band, self._truth.count(term)))
                    break
        return filled

    def _first(self, candidates: Iterator[str], fits: Fits) -> str | None:
        for _, term in zip(range(TRIES), candidates, strict=False):
            if term not in self._taken and self._truth.folding.fold(term) == term and fits(term):
                return term
        return None

    def _glued(self, length: int) -> Iterator[str]:
        """Yield strings that nobody wrote: two halves of strings that stand in the texts, or for one character, one
        that does not."""
        if length == 1:
            unused = sorted({chr(code) for code in range(0x4E00, 0xA000)} - self._truth.characters)
            self._chance.shuffle(unused)
            yield from unused
            return
        heads, tails = (sorted(self._strings[half]) for half in (length // 2, length - length // 2))
        while heads and tails:
            yield self._chance.choice(heads) + self._chance.choice(tails)


def _strings(texts: list[str], length: int) -> Counter[str]:
    """Return every string of a length with the number of the texts that hold it."""
    counted: Counter[str] = Counter()
    for text in texts:
        counted.update({run[at : at + length] for run in HAN.findall(text) for at in range(len(run) - length + 1)})
    return counted
