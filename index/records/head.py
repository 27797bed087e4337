"""The head of an export: what search it comes from, so that the search can be repeated and cited."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from .objects import counts_record

if TYPE_CHECKING:
    import datetime

    from ..library import Corpus
    from ..model import Counts


class Head(NamedTuple):
    """What search an export comes from.

    ``query`` is what was typed and ``read`` how it was read; ``filters`` are conditions beside it. The corpus has a
    name, a size and the ``generation`` of its index. ``counts`` is what was found, and ``shown`` says which part of it
    the export has, and in which order, unless it has all of it in reading order. ``version`` is that of the program.
    """

    query: str
    read: str
    filters: tuple[str, ...]
    corpus: str
    generation: str
    documents: int
    passages: int
    counts: Counts
    shown: tuple[str, ...]
    date: datetime.date
    version: str

    def record(self) -> dict[str, Any]:
        """Return it as a dict for JSON."""
        size = {"name": self.corpus, "documents": self.documents, "passages": self.passages}
        return {
            "query": self.query,
            "read": self.read,
            "filters": list(self.filters),
            "corpus": {**size, "generation": self.generation},
            "found": counts_record(self.counts),
            "shown": list(self.shown),
            "date": self.date.isoformat(),
            "program": f"zhengce {self.version}",
        }


def head_of(
    corpus: Corpus, query: str, read: str, counts: Counts, *, filters: Sequence[str] = (), shown: Sequence[str] = ()
) -> Head:
    """Return the head for a search in a corpus, dated today; see `Head`."""
    import datetime
    from importlib.metadata import version

    return Head(
        query,
        read,
        tuple(filters),
        corpus.chosen.lasting_name,
        corpus.generation,
        *corpus.size,
        counts,
        tuple(shown),
        datetime.date.today(),
        version("zhengce"),
    )
