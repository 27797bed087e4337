"""Report: all figures of a run, the bars they are held against, and the tables that show both."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from growth import MARKED, Growth
from measure import Asked, Built, Measured, mean
from ours import NAME, SPANS, Ranked, Whole
from peers import Textbook
from queries import Queries
from table import Table, long_seconds, megabytes, milliseconds, share, times

Answers = tuple[tuple[Ranked, Ranked | None], ...]
"""Ours and the textbook's answers to each pair of words."""
COMMON_PASSAGES = 40_000


@dataclass(frozen=True, slots=True)
class Corpus:
    """What was searched."""

    files: int
    passages: int
    size: int
    unreadable: int


@dataclass(frozen=True, slots=True)
class Report:
    """One run. What was not measured is None or empty."""

    machine: str
    corpus: Corpus
    seed: int
    queries: Queries
    measured: tuple[Measured, ...]
    miscounted: tuple[str, ...] | None = None
    ranked: Answers = ()
    whole: tuple[Whole, ...] = ()
    growth: Growth | None = None

    @property
    def head(self) -> str:
        corpus = self.corpus
        unreadable = f", {corpus.unreadable} files not read" if corpus.unreadable else ""
        return (
            f"{self.machine}\n{corpus.files:,} files, {corpus.passages:,} passages, {corpus.size / 1e6:,.1f} MB of text"
            f"{unreadable}; seed {self.seed}"
        )

    def tool(self, name: str) -> Measured | None:
        return next((each for each in self.measured if each.name == name), None)


@dataclass(frozen=True, slots=True)
class Bar:
    """A figure of the project's own and the most, or the least, that it may be; None was not measured."""

    what: str
    figure: float | None
    limit: float
    unit: str
    least: bool = False

    @property
    def verdict(self) -> str:
        if self.figure is None:
            return "not measured"
        met = self.figure >= self.limit if self.least else self.figure <= self.limit
        return "met" if met else "MISSED"


def bars(report: Report) -> Iterator[Bar]:
    """Yield the bars of the project, one after another."""
    ours, spans = report.tool(NAME), report.tool(SPANS)
    textbook = report.tool(Textbook.name)
    for what, tool in (("passages", ours), ("spans", spans)):
        asked = tool.asked if tool else ()
        yield Bar(f"recall, {what}", mean([each.recall for each in asked]), 1, "", least=True)
        yield Bar(f"precision, {what}", mean([each.precision for each in asked]), 1, "", least=True)
    yield Bar("terms with other counts than the truth", _size(report.miscounted), 0, "")
    for band in ("absent", "rare"):
        slow = _slowest(ours, band)
        yield Bar(f"{band}, slowest term{f' ({slow.term})' if slow else ''}", _thousand(slow), 1, "ms")
    slow = _slowest(ours, "common", {query.text: query.passages for query in report.queries.terms})
    what = f"common, slowest term{f' ({slow.term})' if slow else ''}, per 40,000 passages where more"
    yield Bar(what, _thousand(slow), 30, "ms")
    yield Bar("top 20 of two words / textbook", _ranked(report.ranked), 0.2, "×")
    for each in report.whole:
        limit = round(1.5 * each.floor * 1000 + 40, 1)
        yield Bar(f"whole process, {each.band}: 1.5 × floor + 40 ms", each.seconds * 1000, limit, "ms")
    our_index, their_index = (tool.built if tool else None for tool in (ours, textbook))
    seconds = our_index.seconds / their_index.seconds if our_index and their_index else None
    yield Bar("build / textbook", seconds, 0.25, "×")
    yield Bar("index / text in UTF-8", our_index.size / report.corpus.size if our_index else None, 2, "×")
    yield Bar("peak memory of the build", _mega(our_index.memory if our_index else None), 1000, "MB")
    yield Bar("peak memory of a search", _mega(max((each.memory for each in report.whole), default=None)), 200, "MB")
    bands = {each.band: each.ratio for each in report.growth.bands} if report.growth else {}
    for band, limit in (("absent", 2), ("rare", 2), (MARKED, 2), ("common", 10)):
        yield Bar(f"ten times the corpus: {band}", bands.get(band), limit, "×")


def tables(report: Report) -> Iterator[Table]:
    """Yield the tables of a run."""
    yield _indexes(report)
    yield _ways(report)
    for band in report.queries.bands:
        yield _answers(report, band.name, str(band))
    yield from _ours(report)


def short_tables(report: Report) -> Iterator[Table]:
    """Yield the tables of a run with all terms in one of them."""
    yield _indexes(report)
    yield _ways(report)
    yield _overview(report)
    yield from _ours(report)


def _ours(report: Report) -> Iterator[Table]:
    if report.ranked:
        yield _pairs(report)
    if report.whole:
        heads = ("band", "search -c", "floor", "ratio", "peak memory")
        rows = [(each.band, milliseconds(each.seconds), milliseconds(each.floor), times(each.seconds, each.floor),
                 megabytes(each.memory)) for each in report.whole]  # fmt: skip
        yield Table("Whole process", heads, tuple(rows), "the floor is python -c 'import click, whoosh.index'")
    if report.growth:
        yield from _growth(report.growth)
    yield _bars(report)


def _indexes(report: Report) -> Table:
    ours = report.tool(NAME)
    base = ours.built if ours else None
    rows = [_index(tool, base, report.corpus.size) for tool in report.measured if tool.unit != "spans"]
    heads = ("tool", "version", "build", "× ours", "index", "× text", "peak memory")
    earlier = any(tool.built and tool.built.earlier for tool in report.measured)
    return Table("Indexes", heads, tuple(rows), "* in an earlier run" if earlier else "")


def _index(tool: Measured, base: Built | None, size: int) -> tuple[str, ...]:
    found = tool.built
    if tool.version is None:
        return (tool.name, "not installed", *["–"] * 5)
    if found is None:
        return (tool.name, tool.version, *["–"] * 5)
    return (
        tool.name,
        tool.version,
        long_seconds(found.seconds) + ("*" if found.earlier else ""),
        times(found.seconds, base.seconds if base else None),
        megabytes(found.size),
        times(found.size, size),
        megabytes(found.memory),
    )


def _ways(report: Report) -> Table:
    rows = tuple((tool.name, tool.unit, tool.how) for tool in report.measured)
    return Table("How each is asked", ("tool", "finds", "how"), rows)


def _overview(report: Report) -> Table:
    """Return the times of all bands side by side, each with its recall and precision."""
    rows = []
    for tool in (tool for tool in report.measured if tool.version):
        cells = []
        for band in report.queries.bands:
            asked = tool.band(band.name)
            exact = (share(mean([each.recall for each in asked])), share(mean([each.precision for each in asked])))
            beside = "" if exact == ("–", "–") else f" ({exact[0]}, {exact[1]})"
            cells.append(milliseconds(tool.seconds(band.name)) + beside)
        rows.append((tool.name, *cells))
    note = "Median time of the band's terms (recall, precision)."
    return Table("Terms", ("tool", *map(str, report.queries.bands)), tuple(rows), note)


def _answers(report: Report, band: str, title: str) -> Table:
    ours = report.tool(NAME)
    base = ours.seconds(band) if ours else None
    heads = ("tool", "time", "× ours", "slowest", "recall", "precision", "of")
    rows = []
    for tool in report.measured:
        asked, slow = tool.band(band), _slowest(tool, band)
        row = (
            milliseconds(tool.seconds(band)),
            times(tool.seconds(band), base),
            milliseconds(slow.seconds if slow else None),
            share(mean([each.recall for each in asked])),
            share(mean([each.precision for each in asked])),
        )
        rows.append((tool.name, *row, tool.unit if tool.version else "not installed"))
    terms = ", ".join(f"{query.text} {query.passages:,}" for query in report.queries.band(band))
    return Table(f"Terms: {title}", heads, tuple(rows), terms or "the texts have none")


def _pairs(report: Report) -> Table:
    rows = []
    for pair, (ours, textbook) in zip(report.queries.pairs, report.ranked, strict=True):
        counts = " ".join(f"{word} {count:,}" for word, count in zip(pair.words, pair.passages, strict=True))
        own = (f"{pair.both:,}", milliseconds(ours.seconds), f"{ours.found:,}")
        theirs = ("–", "–", "–")
        if textbook:
            ratio = times(ours.seconds, textbook.seconds)
            theirs = (milliseconds(textbook.seconds), f"{textbook.found:,}", ratio)
        rows.append((counts, *own, *theirs))
    heads = ("words, passages", "with both", NAME, "finds", "textbook", "finds", "ratio")
    return Table("Top 20 of two words, texts read", heads, tuple(rows))


def _growth(growth: Growth) -> Iterator[Table]:
    rows = [
        (each.band, f"{each.passages[0]:,.0f}", f"{each.passages[1]:,.0f}", milliseconds(each.seconds[0]),
         milliseconds(each.seconds[1]), times(each.seconds[1], each.seconds[0])) for each in growth.bands
    ]  # fmt: skip
    heads = ("terms", "passages", "in ten times", "time", "in ten times", "ratio")
    yield Table("Ten times the corpus: answers", heads, tuple(rows), "medians of the terms")
    base, grown = growth.base, growth.grown
    costs = (
        ("build", long_seconds(base.seconds), long_seconds(grown.seconds), times(grown.seconds, base.seconds)),
        ("index", megabytes(base.size), megabytes(grown.size), times(grown.size, base.size)),
        ("peak memory", megabytes(base.memory), megabytes(grown.memory), times(grown.memory, base.memory)),
    )
    yield Table("Ten times the corpus: build", ("", "corpus", "ten times", "ratio"), costs)


def _bars(report: Report) -> Table:
    rows = []
    for bar in bars(report):
        figure = "–" if bar.figure is None else f"{bar.figure:,.3g} {bar.unit}".strip()
        limit = f"{'≥' if bar.least else '≤'} {bar.limit:,.4g} {bar.unit}".strip()
        rows.append((bar.what, figure, limit, bar.verdict))
    return Table("Bars", ("figure", "measured", "bar", ""), tuple(rows))


def _slowest(tool: Measured | None, band: str, passages: Mapping[str, int] | None = None) -> Asked | None:
    """Return the answer that took longest; with ``passages``, in proportion for terms in more than 40,000."""

    def seconds(each: Asked) -> float:
        return (each.seconds or 0) * min(1, COMMON_PASSAGES / max(1, (passages or {}).get(each.term, 0)))

    found = [replace(each, seconds=seconds(each)) for each in tool.band(band) if each.seconds] if tool else []
    return max(found, key=lambda each: each.seconds or 0, default=None)


def _ranked(found: Answers) -> float | None:
    """Return the ratio of the medians of all pairs."""
    ours, theirs = [each.seconds for each, _ in found], [each.seconds for _, each in found if each]
    return statistics.median(ours) / statistics.median(theirs) if theirs else None


def _size(found: tuple[str, ...] | None) -> float | None:
    return None if found is None else len(found)


def _thousand(asked: Asked | None) -> float | None:
    return None if asked is None or asked.seconds is None else asked.seconds * 1000


def _mega(size: int | None) -> float | None:
    return None if size is None else size / 1e6
