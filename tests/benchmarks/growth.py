"""Growth: the same questions to the corpus and to one ten times as large, made of it."""

from __future__ import annotations

import random
import statistics
from dataclasses import dataclass
from pathlib import Path

from measure import Built, clock, say
from ours import Exact, build
from queries import Queries
from texts import Texts, Truth

TIMES = 10
MARKERS = 10
MARKER_LENGTH = 4
ROUNDS = 11
BANDS = ("absent", "rare", "middling", "common")
MARKED = "rare, as often in both"


@dataclass(frozen=True, slots=True)
class Grown:
    """The median seconds and passages of a band's terms in the corpus and in the one ten times as large."""

    band: str
    seconds: tuple[float, float]
    passages: tuple[float, float]

    @property
    def ratio(self) -> float:
        return self.seconds[1] / self.seconds[0]


@dataclass(frozen=True, slots=True)
class Growth:
    """Both builds, and how the answers' times grew."""

    base: Built
    grown: Built
    bands: tuple[Grown, ...]


def measure(truth: Truth, queries: Queries, folder: Path, home: Path, seed: int) -> Growth:
    """Build both corpora and ask them in turn.

    Terms of the texts stand ten times as often in the large one. Ten made-up terms, in a file that both have, stand
    in each once: what these take longer, they take for the sake of the rest.
    """
    chance, texts = random.Random(seed), truth.texts
    markers = _markers(truth, chance)
    extra = _marked(markers, folder)
    large = grow(texts, folder / "texts", chance)
    builts, tools = [], []
    for name, source in (("base", texts.folder), ("grown", large)):
        say(f"building {name} corpus for growth")
        builts.append(build([source, extra], home, f"growth-{name}"))
        tools.append(Exact(None, home, f"growth-{name}", name))
    bands = {band: [query.text for query in queries.band(band)] for band in BANDS} | {MARKED: markers}
    say("asking both in turn")
    times = clock(tools, [term for terms in bands.values() for term in terms], ROUNDS)
    grown = []
    for band, terms in bands.items():
        if terms:
            seconds = [statistics.median(times[tool.name][term] for term in terms) for tool in tools]
            passages = [statistics.median(tool.ask(term)[1].passages for term in terms) for tool in tools]
            grown.append(Grown(band, (seconds[0], seconds[1]), (passages[0], passages[1])))
    return Growth(builts[0], builts[1], tuple(grown))


def grow(texts: Texts, into: Path, chance: random.Random) -> Path:
    """Write ten copies of every file, with names and titles of their own and paragraphs in another order; what an
    earlier run has written is taken as it is."""
    complete = into / "complete"
    if complete.exists():
        return into / "files"
    for path in texts.files:
        relative = path.relative_to(texts.folder)
        text = path.read_text(encoding="utf-8-sig").strip()
        between = "\n\n" if "\n\n" in text else "\n"
        title, *paragraphs = text.split(between)
        for number in range(1, TIMES + 1):
            copy = into / "files" / str(number) / relative.with_name(f"{relative.stem} {number}{relative.suffix}")
            copy.parent.mkdir(parents=True, exist_ok=True)
            chance.shuffle(paragraphs)
            copy.write_text(between.join([f"{title} {number}", *paragraphs]) + "\n", encoding="utf-8")
    complete.touch()
    return into / "files"


def _markers(truth: Truth, chance: random.Random) -> list[str]:
    """Return made-up terms of characters that are frequent in the texts."""
    characters = sorted(character for character in truth.characters if "\u4e00" <= character <= "\u9fff")
    markers: list[str] = []
    while len(markers) < MARKERS:
        marker = "".join(chance.choices(characters, k=MARKER_LENGTH))
        if truth.folding.fold(marker) == marker and not truth.count(marker, 0):
            markers.append(marker)
    return markers


def _marked(markers: list[str], folder: Path) -> Path:
    """Write the file of the made-up terms, a paragraph for each."""
    path = folder / "markers.md"
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text("\n\n".join(["# 记号", *(f"其中有{marker}。" for marker in markers)]) + "\n", encoding="utf-8")
    return path
