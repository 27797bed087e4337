"""Measure: build tools' indexes, time their answers in turn, and compare these with the truth."""

from __future__ import annotations

import json
import shutil
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from peers import Peer, Tool, Unit
from queries import Queries, Query
from texts import Span, Texts, Truth

ROUNDS = 7
Times = dict[str, dict[str, float]]
"""The median seconds of every term, by the tool's name."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Built:
    """What an index costs: seconds to build it, bytes on disk, peak memory in bytes where it was measured, and whether
    an earlier run built it."""

    seconds: float
    size: int
    memory: int | None = None
    earlier: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """How a term was answered; there is no recall where there is nothing to find, no precision where nothing
    was found."""

    term: str
    band: str
    seconds: float | None
    recall: float | None
    precision: float | None


@dataclass(frozen=True, slots=True)
class Measured:
    """All figures of a tool; one without a version is not installed."""

    name: str
    how: str
    unit: Unit
    version: str | None
    built: Built | None
    asked: tuple[Asked, ...]

    def band(self, name: str) -> list[Asked]:
        return [each for each in self.asked if each.band == name]

    def seconds(self, band: str) -> float | None:
        """Return the median of a band's terms."""
        times = [each.seconds for each in self.band(band) if each.seconds is not None]
        return statistics.median(times) if times else None


@dataclass(frozen=True, slots=True)
class Prepared:
    """A tool, ready to be asked if it has a version."""

    tool: Tool
    version: str | None
    built: Built | None


def say(message: str) -> None:
    """Tell on stderr how it goes on."""
    print(f"… {message}", file=sys.stderr, flush=True)


def timed(ask: Callable[[], T]) -> tuple[float, T]:
    """Return the seconds that a call takes, and what it returns."""
    started = time.perf_counter()
    answer = ask()
    return time.perf_counter() - started, answer


def prepare(peer: Peer, texts: Texts, folder: Path) -> Prepared:
    """Build a peer's index in a folder, or take the one that an earlier run kept there with the time it took."""
    version = peer.version()
    if version is None:
        return Prepared(peer, None, None)
    record, index = folder / "built.json", folder / "index"
    earlier = record.exists()
    if peer.indexes and not earlier:
        say(f"building {peer.name}")
        shutil.rmtree(index, ignore_errors=True)
        index.mkdir(parents=True)
        seconds, _ = timed(lambda: peer.build(texts, index))
        record.write_text(json.dumps(asdict(Built(seconds, size_of(index)))))
    peer.open(texts, index)
    built = replace(Built(**json.loads(record.read_text())), earlier=earlier) if peer.indexes else None
    return Prepared(peer, version, built)


def size_of(folder: Path) -> int:
    """Return the bytes of all files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def measure(prepared: Sequence[Prepared], truth: Truth, queries: Queries) -> tuple[Measured, ...]:
    """Time and judge all tools that are installed. Reading every span of a common term is not timed: nobody reads
    a hundred thousand."""
    tools = [each.tool for each in prepared if each.version]
    say("asking " + ", ".join(tool.name for tool in tools))
    times = clock([tool for tool in tools if tool.unit != "spans"], [query.text for query in queries.terms])
    few = [query.text for query in queries.terms if query.band != "common"]
    times |= clock([tool for tool in tools if tool.unit == "spans"], few)
    say("comparing what they found with the truth")
    judged = judge(tools, truth, queries.terms, times)
    return tuple(
        Measured(tool.name, tool.how, tool.unit, each.version, each.built, judged.get(tool.name, ()))
        for each in prepared
        for tool in [each.tool]
    )


def clock(tools: Sequence[Tool], terms: Sequence[str], rounds: int = ROUNDS) -> Times:
    """Ask every tool for every term, tool by tool in each of several rounds, after one to warm up."""
    times: dict[str, dict[str, list[float]]] = {tool.name: {term: [] for term in terms} for tool in tools}
    for number in range(rounds + 1):
        for tool in tools:
            for term in terms:
                # The answer lives until the clock has stopped: to throw it away costs, too.
                seconds, _answer = timed(lambda tool=tool, term=term: tool.ask(term))  # type: ignore[misc]
                if number:
                    times[tool.name][term].append(seconds)
                del _answer
    return {name: {term: statistics.median(each) for term, each in found.items()} for name, found in times.items()}


def judge(tools: Sequence[Tool], truth: Truth, terms: Sequence[Query], times: Times) -> dict[str, tuple[Asked, ...]]:
    """Compare what the tools find with the truth, term by term."""
    judged: dict[str, list[Asked]] = {tool.name: [] for tool in tools}
    for query in terms:
        true = _true(truth.spans(query.text), truth.texts.owners)
        for tool in tools:
            found, there = tool.found(tool.ask(query.text)), true[tool.unit]
            right = len(found & there)
            recall = right / len(there) if there else None
            precision = right / len(found) if found else None
            seconds = times[tool.name].get(query.text)
            judged[tool.name].append(Asked(query.text, query.band, seconds, recall, precision))
    return {name: tuple(asked) for name, asked in judged.items()}


def _true(spans: dict[int, tuple[Span, ...]], owners: Sequence[int]) -> dict[Unit, set[Any]]:
    return {
        "spans": {(ordinal, span) for ordinal, found in spans.items() for span in found},
        "passages": set(spans),
        "files": {owners[ordinal] for ordinal in spans},
    }


def mean(values: Sequence[float | None]) -> float | None:
    """Return the mean of the values that there are."""
    present = [value for value in values if value is not None]
    return statistics.fmean(present) if present else None
