"""Labels with their values in lines of text, as the table of a government site comes out when its page is copied.

The labels are those of `zhengce.corpus.metadata.page_metadata`. A label may be spaced (``索 引 号``), be the item of a
list, have a colon or none, and its value beside it or in the next line; several may stand on one line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from .fields import FIELD_BY_NAME, ValueFormError, canonical
from .page_metadata import fields_of_label, label_names

_LABELS = "|".join(
    r"\s*".join(map(re.escape, name)) for name in sorted(label_names(), key=lambda name: (-len(name), name))
)
_LABEL = re.compile(rf"(?:^|(?<=\s))(?P<label>{_LABELS})\s*(?:(?P<colon>[：:])|(?=\s)|$)")
_FEWEST_LABELS = 2
_UNMISTAKABLE = frozenset(("number", "issuers", "index_number", "date"))
"""Fields whose labels stand above documents only. 发布日期 and 标题 stand elsewhere as well."""
_LONGEST_NAME = 40  # characters of an issuer
_EMPTY = frozenset(("", "无", "-", "—", "——", "/"))


class LabelLine(NamedTuple):
    """A line of labels with their values, and the line below if the value stands there, by their indices."""

    indices: tuple[int, ...]
    pairs: tuple[tuple[str, str], ...]


def label_lines(lines: Sequence[tuple[int, str, int]]) -> list[LabelLine]:
    """Return those of some lines that begin with a label. Lines are given by index, text and indent."""
    found: list[LabelLine] = []
    position = 0
    while position < len(lines):
        index, text, indent = lines[position]
        pairs = _pairs(text)
        position += 1
        if not pairs:
            continue
        indices: tuple[int, ...] = (index,)
        if position < len(lines) and not pairs[-1][1]:
            below, value, deeper = lines[position]
            label = pairs[-1][0]
            if not _pairs(value) and (deeper > indent or _is_value(label, value)):
                pairs[-1] = (label, value)
                indices = (index, below)
                position += 1
        found.append(LabelLine(indices, tuple(pairs)))
    return found


def stated_metadata(lines: Sequence[LabelLine]) -> dict[str, str]:
    """Return what lines of labels state, by field. It is nothing if there are fewer than two labels, or if none of them
    is one that stands above documents only."""
    pairs = [pair for line in lines for pair in line.pairs]
    labels = {"".join(label.split()) for label, _ in pairs}
    if len(labels) < _FEWEST_LABELS or not any(_UNMISTAKABLE.intersection(fields_of_label(each)) for each in labels):
        return {}
    found: dict[str, str] = {}
    for label, value in pairs:
        for name in fields_of_label(label) if _is_value(label, value) else ():
            found.setdefault(name, value)
    return found


def _pairs(text: str) -> list[tuple[str, str]]:
    """Return the labels of a line that begins with one, with what stands between each and the next."""
    matches = list(_LABEL.finditer(text))
    if not matches or matches[0].start():
        return []
    ends = [match.start() for match in matches[1:]] + [len(text)]
    return [(match["label"], text[match.end() : end].strip()) for match, end in zip(matches, ends, strict=True)]


def _is_value(label: str, value: str) -> bool:
    """Say whether a text is a value of the field that a label names."""
    fields = fields_of_label(label)
    if not fields or value in _EMPTY:
        return False
    name = fields[0]
    if name == "index_number":
        return bool(re.search(r"\d", value)) and " " not in value
    if name == "issuers":
        return len(value) <= _LONGEST_NAME and "关于" not in value
    try:
        return bool(canonical(FIELD_BY_NAME[name], value))
    except ValueFormError:
        return False
