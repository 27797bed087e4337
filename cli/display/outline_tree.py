"""The outline of a document as a tree, fitted to a width in cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...index.descriptions import about
from ...index.model import IndexedDocument
from ...index.search.outline import Heading
from .layout import harmless, wrap
from .theme import FAINT, PLACE, paint

_NUMBER = 5  # cells for the number of a passage
_GAP = 2  # cells between columns
_INDENT = 2  # cells for each level
_LEAST = 10  # cells that a heading has at least, however deep it is


def outline_tree(
    document: IndexedDocument, headings: Sequence[Heading], width: int, *, counted: bool, color: bool
) -> Iterator[str]:
    """Yield the document and its headings: the number of the passage, the number of occurrences below the heading if
    they are ``counted``, and the heading, indented by its level. A heading without occurrences is faint."""
    yield from _wrapped(f"{harmless(document.id)}  {harmless(document.metadata.title)}", width, PLACE, color=color)
    yield from _wrapped(harmless(about(document)), width, FAINT, color=color)
    yield ""
    digits = max((len(f"{each.occurrences:,}") for each in headings), default=0) + _GAP if counted else 0
    margin = _NUMBER + digits + _GAP
    for heading in headings:
        count = f"{f'{heading.occurrences:,}' if heading.occurrences else '':>{digits}}" if counted else ""
        number = paint(f"{heading.passage:>{_NUMBER}}", FAINT, color=color)
        indent = min(_INDENT * heading.depth, max(width - margin - _LEAST, 0))
        text = harmless(heading.text)
        is_faint = counted and not heading.occurrences
        for index, (start, end) in enumerate(wrap(text, max(width - margin - indent, _LEAST))):
            before = number + count if index == 0 else " " * (_NUMBER + digits)
            yield before + " " * (_GAP + indent) + paint(text[start:end], FAINT, color=color and is_faint)


def _wrapped(text: str, width: int, look: str, *, color: bool) -> Iterator[str]:
    for start, end in wrap(text, width):
        yield paint(text[start:end], look, color=color)
