"""Opens what a command line chooses, with the aliases of the user; builds are shown."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ..corpus.errors import UnknownDocumentError
from ..index.chosen import Chosen
from ..index.indexing.corpora import names
from ..index.library import Corpus
from ..index.model import IndexedDocument
from ..index.opening import open_chosen
from ..index.storage.generations import home
from .config.current import current
from .display.messages import say
from .display.progress import progress_display

if TYPE_CHECKING:
    from ..index.indexing.reports import BuildReport

Place = tuple[Corpus, IndexedDocument, int | None]
"""A document in its corpus, with the number of a passage or None."""


def open_shown(chosen: Chosen) -> Corpus:
    """Open what is chosen. If its index must be built first, show the progress, and for folders what was done."""
    done: list[BuildReport] = []
    with progress_display() as progress:
        aliases = current().aliases
        corpus = open_chosen(chosen, aliases=aliases, progress=progress, waiting=say, updated=done.append)
    for report in done:
        from .display.updates import say_update

        say_update(report, chosen)
    return corpus


def open_place(chosen: Chosen, place: str) -> Place:
    """Return the document, and the passage, that a place means in what is chosen. If nobody has chosen, a place may
    also begin with the name of another corpus, as those of several corpora do.

    Raises:
        UnknownDocumentError: It means no document, or several.
    """
    (found,) = open_places(chosen, [place])
    return found


def open_places(chosen: Chosen, places: Iterable[str]) -> list[Place]:
    """Return the document, and the passage, that each place means; see `open_place`."""
    corpus = open_shown(chosen)
    return [_of_other_corpus(chosen, corpus, place) or (corpus, *corpus.place(place)) for place in places]


def _of_other_corpus(chosen: Chosen, corpus: Corpus, place: str) -> Place | None:
    """Return what a place means that begins with the name of another corpus. What is exactly so in the corpus in hand
    comes first, then what is exactly so in the other, then what either has that is like it."""
    name, slash, _ = place.partition("/")
    if not chosen.by_default or not slash or name not in names(home()):
        return None
    here = _meant(corpus, place)
    if here and _is_exact(here, place):
        return None
    other = open_shown(Chosen((name,), prefixed=True))
    if here is None:
        return (other, *other.place(place))
    there = _meant(other, place)
    return there if there and _is_exact(there, place) else None


def _meant(corpus: Corpus, place: str) -> Place | None:
    try:
        return (corpus, *corpus.place(place))
    except UnknownDocumentError:
        return None


def _is_exact(found: Place, place: str) -> bool:
    _, document, number = found
    return place.removesuffix(":") in (document.id, f"{document.id}:{number}")
