"""Repeated lines: the headers and footers of pages in a plain text, which has no coordinates to tell them by."""

from __future__ import annotations

from collections.abc import Sequence

from .lines import CLAUSE_ENDS, INTERRUPTING, SENTENCE_ENDS, TextLine, ends_sentence, is_sentence

_WIDEST_HEADER = 40  # cells
_MOST_LINES = 3  # of a header


def repeated_lines(lines: Sequence[TextLine]) -> set[int]:
    """Return the indices of the lines that are headers or footers.

    They stand apart, are short, occur more than once, and at least once where no heading could stand.
    """
    groups: list[list[int]] = []
    for index, line in enumerate(lines):
        if groups and not line.gap and line.role == "text":
            groups[-1].append(index)
        else:
            groups.append([index])
    alike: dict[tuple[str, ...], list[list[int]]] = {}
    for group in groups:
        if len(group) <= _MOST_LINES and all(_may_be_header(lines[index]) for index in group):
            alike.setdefault(tuple(lines[index].text for index in group), []).append(group)
    repeated = (
        each for each in alike.values() if len(each) > 1 and any(_is_no_heading(lines, group) for group in each)
    )
    return {index for each in repeated for group in each for index in group}


def _may_be_header(line: TextLine) -> bool:
    short = line.role == "text" and not line.whole and line.width <= _WIDEST_HEADER and not line.enumerator
    return short and not any(mark in line.text for mark in SENTENCE_ENDS + CLAUSE_ENDS)


def _is_no_heading(lines: Sequence[TextLine], group: Sequence[int]) -> bool:
    """Say whether lines stand where no heading could: within a sentence, next to a page number, or above a short line
    rather than above text."""
    before = lines[group[0] - 1] if group[0] else None
    after = lines[group[-1] + 1] if group[-1] + 1 < len(lines) else None
    if any(each and each.role in INTERRUPTING for each in (before, after)):
        return True
    if before and before.role == "text" and before.width > _WIDEST_HEADER and not ends_sentence(before.text):
        return before.text[-1] not in "：:；;"
    return after is not None and after.role == "text" and not after.enumerator and not is_sentence(after)
