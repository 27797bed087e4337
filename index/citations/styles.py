"""The table of citation styles. A style is one module of this package and one line here.

The module of a style in prose has ``cite(reference)``, which returns a sentence; that of a bibliography has
``lines(references)``, which yields the lines of a file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from .reference import Reference


class Style(NamedTuple):
    """A style of citations: its name on the command line and its title.

    ``is_bibliography`` tells that it is data for a reference manager rather than prose. Its module has its name,
    with ``_`` for ``-``, and is imported when it is used.
    """

    name: str
    title: str
    is_bibliography: bool = False

    def cite(self, reference: Reference) -> str:
        """Return one citation as plain text: a sentence, or an entry of a bibliography."""
        return "\n".join(self.lines((reference,)))

    def lines(self, references: Iterable[Reference]) -> Iterator[str]:
        """Yield the lines of several citations as plain text."""
        module: Any = import_module(f".{self.name.replace('-', '_')}", __package__)
        return module.lines(references) if self.is_bibliography else map(module.cite, references)


STYLES = (
    Style("gbt7714", "GB/T 7714—2015"),
    Style("apa", "APA 7"),
    Style("chicago", "Chicago 17"),
    Style("bibtex", "BibTeX", is_bibliography=True),
    Style("csl-json", "CSL-JSON", is_bibliography=True),
)
STYLE_BY_NAME = {each.name: each for each in STYLES}
