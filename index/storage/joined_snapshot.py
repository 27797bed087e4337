"""Joined snapshots: the generations of several corpora opened for reading as one.

The segments of the first corpus come first, and so on; the ordinals of passages count through all of them. Everything
that searches, ranks and counts over the segments of one corpus does so over those of several, with the same result as
if one corpus were made of all their documents.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

from ...corpus.messages import message
from ..errors import StorageError
from .snapshot import Snapshot

if TYPE_CHECKING:
    from .segment import Segment


class JoinedSnapshot(Snapshot):
    """Snapshots by the names of their corpora, as one. The id of a document is that in its corpus after the name and a
    slash.

    Raises:
        StorageError: They cannot be searched as one.
    """

    def __init__(self, parts: Mapping[str, Snapshot]) -> None:
        self._parts = parts  # which also keeps their locks
        first, *others = parts
        for other in others:
            if parts[other].folding.simplified != parts[first].folding.simplified:
                raise StorageError(
                    message(
                        "{first} and {other} were indexed with different versions of OpenCC, so their texts cannot be "
                        "compared. Run `zhengce index --rebuild --corpus` for each of them.",
                        first=first,
                        other=other,
                    )
                )
        self.folding = parts[first].folding
        self.segments = tuple(self._segments())
        self._bases = list(accumulate(map(len, self.segments), initial=0))

    def _segments(self) -> Iterator[Segment]:
        base = 0
        for name, part in self._parts.items():
            yield from part.opened_segments(base, prefix_of(name))
            base += len(part)

    @property
    def generation(self) -> str:
        """Return the names of the generations."""
        return ", ".join(part.generation for part in self._parts.values())

    def paths(self) -> dict[str, str]:
        """Return the file of each document; see `Snapshot.paths`."""
        parts = self._parts.items()
        return {prefix_of(name) + id_: path for name, part in parts for id_, path in part.paths().items()}

    @cached_property
    def ranks(self) -> Sequence[int] | None:
        """Return the rank of each document in reading order, which is that of the corpora and then that in each."""
        if all(part.in_order for part in self._parts.values()):
            return None
        ranks: list[int] = []
        for part in self._parts.values():
            count = sum(len(segment.document_firsts) for segment in part.segments)
            first = len(ranks)
            ranks += [first + rank for rank in (range(count) if part.ranks is None else part.ranks)]
        return ranks

    def check_word_indexes(self) -> None:
        """Check the word indexes of all segments; see `Snapshot.check_word_indexes`."""
        for part in self._parts.values():
            part.check_word_indexes()


def prefix_of(name: str) -> str:
    """Return what the ids of the documents of a corpus begin with where several are searched."""
    return f"{name}/"
