"""Explaining: how a query was read, what is compared, and how it is found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ..query.ast import (
    And,
    Dates,
    Field,
    Near,
    Node,
    Not,
    Or,
    Regex,
    SameDocument,
    SameSection,
    SameSentence,
    Term,
    Wildcard,
    children,
)
from ..query.parser import write
from ..storage.snapshot import Snapshot
from .deadline import Deadline
from .evaluator import Evaluator


@dataclass(frozen=True, slots=True)
class Step:
    """A part of a query: what it means, how it is written in full, particulars of how it is found, the number of
    passages that match it, and its own parts."""

    meaning: str
    query: str
    particulars: tuple[str, ...]
    passages: int
    parts: tuple[Step, ...]


def explain(snapshot: Snapshot, root: Node, cut: Callable[[str], Sequence[str]]) -> Step:
    """Return how a node is understood and found in a snapshot; ``cut`` cuts a folded text into words.

    Raises:
        QueryTimeoutError: A regular expression takes too long.
        IndexDamagedError: A file of the index is not as it was written.
    """
    deadline = Deadline()
    evaluators = [Evaluator(each, snapshot.folding, each.alive, deadline) for each in snapshot.segments]

    def step(node: Node) -> Step:
        return Step(
            _meaning(node),
            write(node),
            tuple(_particulars(snapshot, node, cut)),
            sum(len(evaluator.find(node)) for evaluator in evaluators),
            tuple(map(step, children(node))),
        )

    return step(root)


def _meaning(node: Node) -> str:
    match node:
        case Term(word=True) | Wildcard(word=True):
            return "this string as whole words"
        case Term():
            return "this string"
        case Wildcard():
            return "this string, with gaps"
        case Regex():
            return "what this regular expression matches"
        case Near(distance=distance, ordered=ordered):
            order = "in this order" if ordered else "in any order"
            return f"both with at most {distance} characters between them, {order}"
        case SameSentence(count=1):
            return "both in the same sentence (同句)"
        case SameSentence(count=count):
            return f"both within {count} sentences"
        case SameSection():
            return "either, where both stand under the same innermost heading (同条、同节)"
        case SameDocument():
            return "either, where both stand in the same document (同篇)"
        case And():
            return "all of these in the same passage"
        case Or():
            return "any of these"
        case Not():
            return "not this"
        case Field(name="kind"):
            return "passages of this kind"
        case Field(name="section"):
            return "passages under a heading that holds this"
        case Field(name=name):
            return f"documents whose {_NAMES.get(name, name)} holds this"
        case Dates(first=first, last=last):
            return f"documents that may be of a day from {first} to {last}"


_NAMES = {"number": "document number (发文字号)", "doc": "id"}


def _particulars(snapshot: Snapshot, node: Node, cut: Callable[[str], Sequence[str]]) -> list[str]:
    """Return what is compared, and how much of the text has to be read for it."""
    match node:
        case Term(text=text, folded=folded):
            compared = [f"compared as {folded}"] if folded != text else []
            return [*compared, f"words: {' · '.join(cut(folded))}", _read(snapshot, [folded])]
        case Wildcard(literals=literals):
            return [f"compared as {' … '.join(literals)}", _read(snapshot, literals)]
        case Regex(text=text, pattern=pattern):
            compared = [f"compared as {pattern}"] if pattern != text else []
            return [*compared, "reads every passage"]
        case Field(text=text, folded=folded) if folded != text:
            return [f"compared as {folded}"]
        case _:
            return []


def _read(snapshot: Snapshot, strings: Sequence[str]) -> str:
    """Say in how many blocks of text each of some strings may stand; no others are read for it."""
    every = sum(len(segment.blocks) - 1 for segment in snapshot.segments)
    counts = [sum(len(segment.bigrams.candidates(each)) for segment in snapshot.segments) for each in strings]
    return f"reads {' and '.join(f'{count:,}' for count in counts)} of {every:,} blocks of text"
