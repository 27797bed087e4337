"""Running heads: the lines that pages repeat above or below their text."""

from __future__ import annotations

from collections.abc import Sequence

from .lines import CLAUSE_ENDS, SENTENCE_ENDS, TextLine, ends_sentence, is_sentence

_WIDEST_HEAD = 40  # cells of a running head
_LONGEST_HEAD_LINES = 3


def repeated_lines(lines: Sequence[TextLine]) -> set[int]:
    """Return the indices of the lines that pages repeat.

    They are set apart, short, there more than once, and at least once where no heading could be.
    """
    groups: list[list[int]] = []
    for index, line in enumerate(lines):
        if groups and not line.gap and line.role == "text":
            groups[-1].append(index)
        else:
            groups.append([index])
    alike: dict[tuple[str, ...], list[list[int]]] = {}
    for group in groups:
        if len(group) <= _LONGEST_HEAD_LINES and all(_is_head(lines[index]) for index in group):
            alike.setdefault(tuple(lines[index].text for index in group), []).append(group)
    heads = (found for found in alike.values() if len(found) > 1 and any(_heads_page(lines, group) for group in found))
    return {index for found in heads for group in found for index in group}


def _is_head(line: TextLine) -> bool:
    short = line.role == "text" and not line.whole and line.width <= _WIDEST_HEAD and not line.enumerator
    return short and not any(mark in line.text for mark in SENTENCE_ENDS + CLAUSE_ENDS)


def _heads_page(lines: Sequence[TextLine], group: Sequence[int]) -> bool:
    """Say whether lines stand where no heading could: within a sentence, by a page's number, or above a label
    rather than text."""
    before = lines[group[0] - 1] if group[0] else None
    after = lines[group[-1] + 1] if group[-1] + 1 < len(lines) else None
    if any(each and each.role == "furniture" for each in (before, after)):
        return True
    if before and before.role == "text" and before.width > _WIDEST_HEAD and not ends_sentence(before.text):
        return before.text[-1] not in "：:；;"
    return after is not None and after.role == "text" and not after.enumerator and not is_sentence(after)
