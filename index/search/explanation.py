"""Explanations: how a query was read, what is compared, and how it is found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce

from ...corpus.closed import assert_never
from ...corpus.messages import message
from ..query.ast import (
    Alias,
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
from ..query.operators import FIELDS, STRINGS, operator_meaning
from ..query.writer import write
from ..storage.snapshot import Snapshot
from .deadline import Deadline
from .evaluator import Evaluator


@dataclass(frozen=True, slots=True)
class Step:
    """A part of a query: what it means, how it is written in full, details of how it is found, the number of passages
    that match it, and its own parts."""

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
            meaning(node),
            f"@{node.name}" if isinstance(node, Alias) else write(node),
            tuple(_particulars(snapshot, node, cut)),
            sum(len(evaluator.find(node)) for evaluator in evaluators),
            tuple(map(step, children(node))),
        )

    return step(root)


def meaning(node: Node) -> str:
    """Return what a node asks for, in one sentence of the table of the language."""
    match node:
        case Term(word=True) | Wildcard(word=True):
            return STRINGS["whole word"].meaning
        case Term():
            return STRINGS["term"].meaning
        case Wildcard():
            return STRINGS["wildcard"].meaning
        case Regex():
            return STRINGS["regex"].meaning
        case Near(distance=count) | SameSentence(count=count):
            return operator_meaning(node.operator, count)
        case SameSection() | SameDocument() | And() | Or() | Not():
            return operator_meaning(node.operator)
        case Field(name=name):
            return FIELDS[name].meaning
        case Dates(name=name, first=first, last=last):
            return message("{meaning}: {first} to {last}", meaning=FIELDS[name].meaning, first=first, last=last)
        case Alias(expansion=expansion):
            return message("{meaning}: {expansion}", meaning=STRINGS["alias"].meaning, expansion=expansion)
    assert_never(node)


def _particulars(snapshot: Snapshot, node: Node, cut: Callable[[str], Sequence[str]]) -> list[str]:
    """Return what is compared, and how much of the text has to be read for it."""
    match node:
        case Term(text=text, folded=folded):
            found = _read(snapshot, node.forms)
            return [*_compared(text, node.forms), message("words: {words}", words=" · ".join(cut(folded))), found]
        case Wildcard(literals=literals):
            return [message("compared as {forms}", forms=" … ".join(literals)), _read(snapshot, literals)]
        case Regex(text=text, pattern=pattern):
            return [*_compared(text, [pattern]), message("reads every passage")]
        case Field(text=text, folded=folded):
            return _compared(text, [folded])
        case Near() | SameSentence() | SameSection() | SameDocument() | And() | Or() | Not() | Dates() | Alias():
            return []
    assert_never(node)


def _compared(text: str, forms: Sequence[str]) -> list[str]:
    if [*forms] == [text]:
        return []
    written = reduce(lambda first, other: message("{form} or {other}", form=first, other=other), forms)
    return [message("compared as {forms}", forms=written)]


def _read(snapshot: Snapshot, strings: Sequence[str]) -> str:
    """Say in how many blocks of text each of some strings may stand; no others are read for it."""
    every = sum(len(segment.blocks) - 1 for segment in snapshot.segments)
    counts = [sum(len(segment.bigrams.candidates(each)) for segment in snapshot.segments) for each in strings]
    read = reduce(
        lambda first, other: message("{count} and {other}", count=first, other=other), (f"{each:,}" for each in counts)
    )
    return message("reads {blocks} of {every:,} blocks of text", blocks=read, every=every)
