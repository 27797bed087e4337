"""Ours: zhengce asked as a library and as a command."""

from __future__ import annotations

import statistics
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from measure import Built, size_of, timed
from peers import Textbook, Tool
from processes import run
from queries import TOP, Pair, Queries
from texts import Span, Texts, Truth
from zhengce.index import Counts, Hit, IndexedDocument, Results, open_corpus
from zhengce.index.query.writer import quote

CORPUS = "bench"
NAME = "zhengce"
SPANS = "zhengce, spans read"
FLOOR = [sys.executable, "-c", "import click, whoosh.index"]
COMMAND = [sys.executable, "-m", "zhengce.cli"]
ROUNDS = 11


class Exact(Tool):
    """The exact search, in process: what it finds is counted and known, but not read."""

    unit, how = "passages", "all occurrences counted, all passages known"

    def __init__(self, texts: Texts | None, home: Path, corpus: str = CORPUS, name: str = NAME) -> None:
        self.name = name
        self.corpus = open_corpus(home, name=corpus)
        self._first = _first_passages(texts, self.corpus.documents) if texts else {}

    def ask(self, term: str) -> tuple[Results, Counts]:
        results = self.corpus.search(quote(term))
        return results, results.counts

    def found(self, answer: tuple[Results, Counts]) -> set[int]:
        return {self.place(hit) for hit in answer[0]}

    def place(self, hit: Hit) -> int:
        """Return the place of a hit's passage in the texts."""
        return self._first[hit.document.id] + hit.passage.number - 1


class WithSpans(Tool):
    """The exact search with every passage read and every occurrence's span."""

    name, unit, how = SPANS, "spans", "every passage read, every occurrence's span"

    def __init__(self, exact: Exact) -> None:
        self._exact = exact

    def ask(self, term: str) -> list[Hit]:
        return list(self._exact.corpus.search(quote(term)))

    def found(self, answer: list[Hit]) -> set[tuple[int, Span]]:
        return {(self._exact.place(hit), span) for hit in answer for span in hit.spans}


@dataclass(frozen=True, slots=True)
class Ranked:
    """How one tool answered a pair of words: the seconds for the best twenty passages, and how many it knows of."""

    seconds: float
    found: int


@dataclass(frozen=True, slots=True)
class Whole:
    """Seconds of ``zhengce search -c`` as a process of its own, of the imports that are its floor, and its peak
    memory in bytes."""

    band: str
    seconds: float
    floor: float
    memory: int


def build(folder: Sequence[Path], home: Path, corpus: str = CORPUS) -> Built:
    """Build our index with the command, as a user would."""
    ran = run([*COMMAND, "index", "--corpus", corpus, "--rebuild", *map(str, folder)], {"ZHENGCE_HOME": str(home)})
    return Built(ran.seconds, size_of(home / "corpora" / corpus), ran.together)


def miscounted(exact: Exact, truth: Truth, terms: Sequence[str]) -> list[str]:
    """Return the terms whose counts are not those of the truth."""
    wrong = []
    for term in terms:
        spans = truth.spans(term)
        documents = len({truth.texts.owners[ordinal] for ordinal in spans})
        if exact.ask(term)[1] != Counts(sum(map(len, spans.values())), len(spans), documents):
            wrong.append(term)
    return wrong


def ranked(exact: Exact, textbook: Textbook | None, pairs: Sequence[Pair]) -> tuple[tuple[Ranked, Ranked | None], ...]:
    """Time the best twenty for pairs of words, ours and the textbook's in turn, their texts read."""
    measured = []
    for pair in pairs:
        words, ours, theirs = " ".join(pair.words), [], []
        for _ in range(ROUNDS + 1):
            ours.append(timed(lambda: list(_ranking(exact, words).hits(TOP)))[0])  # noqa: B023
            if textbook:
                theirs.append(timed(lambda: textbook.best(words, TOP))[0])  # noqa: B023
        other = Ranked(statistics.median(theirs[1:]), textbook.size(words)) if textbook else None
        measured.append((Ranked(statistics.median(ours[1:]), len(_ranking(exact, words))), other))
    return tuple(measured)


def _ranking(exact: Exact, words: str) -> Results:
    return exact.corpus.search(words, sort="relevance")


def whole(queries: Queries, home: Path) -> tuple[Whole, ...]:
    """Time the command for each band and the floor in turn, with another term of the band each time."""
    environment = {"ZHENGCE_HOME": str(home)}
    bands = {band.name: [query.text for query in queries.band(band.name)] for band in queries.bands}
    floors: list[float] = []
    seconds: dict[str, list[float]] = {band: [] for band in bands}
    memory = dict.fromkeys(bands, 0)
    for number in range(ROUNDS + 1):
        floors.append(run(FLOOR, environment).seconds)
        for band, terms in bands.items():
            if terms:
                ran = run([*COMMAND, "search", "--corpus", CORPUS, "-c", terms[number % len(terms)]], environment)
                seconds[band].append(ran.seconds)
                memory[band] = max(memory[band], ran.largest)
    floor = statistics.median(floors[1:])
    return tuple(
        Whole(band, statistics.median(times[1:]), floor, memory[band]) for band, times in seconds.items() if times
    )


def _first_passages(texts: Texts, documents: Sequence[IndexedDocument]) -> dict[str, int]:
    """Return where the passages of each document begin in the texts; a document is named by its path, without an
    ending unless two have the same."""
    places: dict[str, int] = {}
    for place, path in enumerate(texts.files):
        relative = path.relative_to(texts.folder)
        for name in (relative.with_suffix(""), relative):
            places.setdefault(name.as_posix(), place)
    first = {owner: ordinal for ordinal, owner in reversed(list(enumerate(texts.owners)))}
    passages = Counter(texts.owners)
    if [passages[places[document.id]] for document in documents] != [document.passages for document in documents]:
        raise SystemExit("The index has other passages than the files.")
    return {document.id: first[places[document.id]] for document in documents}
