"""Labels with their values in lines of text, as the table of a government site comes out when its page is copied.

The labels are those of `zhengce.corpus.metadata.page_metadata`. A label may be spaced (``索 引 号``), be the item of a
list, have a colon or none, and its value beside it or in the next line; several may stand on one line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from .fields import FIELD_BY_NAME, ValueFormError, canonical
from .page_metadata import EMPTY, fields_of_label, is_field, is_validity, label_names

_LABELS = "|".join(
    r"\s*".join(map(re.escape, name)) for name in sorted(label_names(), key=lambda name: (-len(name), name))
)
_LABEL = re.compile(
    rf"(?:^|(?<=\s))(?:[\[【]\s*(?P<bracketed>{_LABELS})\s*[\]】]|(?P<label>{_LABELS})\s*(?:[：:]|(?=\s)|$))[：:]?"
)
_OTHER_FIELD = re.compile(r"\s[\u4e00-\u9fff]{2,8}\s*[：:]")  # that stands behind a value
_FEWEST_LABELS = 2
_UNMISTAKABLE = frozenset(("number", "issuers", "index_number", "date"))
"""Fields whose labels stand above documents only. 发布日期 and 标题 stand elsewhere as well."""
_SOURCE = re.compile("(?:信息)?来源")
_PATH = re.compile(r"[/\\]|[A-Za-z]:|file:")  # of the file that was copied
_LONGEST_NAME = 40  # characters of an issuer


class LabelLine(NamedTuple):
    """A line of labels with their values, and the line below if the value stands there, by their indices. A field of
    another name has no pairs."""

    indices: tuple[int, ...]
    pairs: tuple[tuple[str, str], ...]


def label_lines(lines: Sequence[tuple[int, str, int]]) -> list[LabelLine]:
    """Return those of some lines that begin with a label, and short fields of other names between them, without pairs.
    Lines are given by index, text and indent."""
    found: list[LabelLine] = []
    others: list[LabelLine] = []
    position = 0
    while position < len(lines):
        index, text, _ = lines[position]
        pairs = _pairs(text)
        position += 1
        if not pairs:
            others = [*others, LabelLine((index,), ())] if found and is_field(text) else []
        elif not pairs[-1][1] and _has_value_below(pairs[-1][0], lines[position - 1 : position + 2]):
            below, value, _ = lines[position]
            pairs[-1] = (pairs[-1][0], value)
            found += [*others, LabelLine((index, below), tuple(pairs))]
            position, others = position + 1, []
        else:
            found += [*others, LabelLine((index,), tuple(pairs))]
            others = []
    return found


def _has_value_below(label: str, lines: Sequence[tuple[int, str, int]]) -> bool:
    """Say whether the second of some lines has the value of a label that ends the first: it is one of the field, or it
    is indented and a label stands below."""
    if len(lines) < 2 or _pairs(lines[1][1]):
        return False
    indented = len(lines) > 2 and lines[1][2] > lines[0][2] and bool(_pairs(lines[2][1]))
    return indented or _is_value(label, lines[1][1])


def stated_metadata(lines: Sequence[LabelLine]) -> dict[str, str]:
    """Return what lines of labels state, by field. It is nothing if there are fewer than two labels, or if none of them
    is one that stands above documents only."""
    pairs = [pair for line in lines for pair in line.pairs]
    labels = {"".join(label.split()) for label, _ in pairs}
    if len(labels) < _FEWEST_LABELS or not any(_UNMISTAKABLE.intersection(fields_of_label(each)) for each in labels):
        return {}
    found: dict[str, str] = {}
    for label, value in pairs:
        if _SOURCE.fullmatch("".join(label.split())) and value not in EMPTY and not _PATH.match(value):
            found.setdefault("source", value)
        for name in fields_of_label(label) if _is_value(label, value) else ():
            found.setdefault(name, value)
    return found


def _pairs(text: str) -> list[tuple[str, str]]:
    """Return the labels of a line that begins with one, with what stands between each and the next."""
    matches = list(_LABEL.finditer(text))
    if not matches or matches[0].start():
        return []
    ends = [match.start() for match in matches[1:]] + [len(text)]
    return [
        (match["label"] or match["bracketed"], _OTHER_FIELD.split(text[match.end() : end])[0].strip())
        for match, end in zip(matches, ends, strict=True)
    ]


def _is_value(label: str, value: str) -> bool:
    """Say whether a text is a value of the field that a label names."""
    fields = fields_of_label(label)
    if not fields or value in EMPTY:
        return False
    name = fields[0]
    if name == "validity":
        return is_validity(value)
    if name == "index_number":
        return bool(re.search(r"\d", value)) and " " not in value
    if name == "issuers":
        return len(value) <= _LONGEST_NAME and "关于" not in value
    try:
        return bool(canonical(FIELD_BY_NAME[name], value))
    except ValueFormError:
        return False
