"""The word index: which words stand in which passages, and how often. The only module that imports Whoosh.

Each segment has a Whoosh index of a single segment, in which a passage's document number is its ordinal. It is written
through Whoosh's codec, which takes a fraction of the time of Whoosh's own analysis and sorting: the texts are cut and
their words counted already.

These parts of Whoosh are not in its documented interface, and are the reason for the upper bound in setup.cfg:
`whoosh.codec.whoosh3.W3Codec` with its ``blocklimit``, ``new_segment``, ``per_document_writer`` and ``field_writer``;
the methods of the two writers and the segment's ``set_doc_count``; `whoosh.index.TOC`; of a reader, ``segment``,
``storage`` and the codec's column of lengths; and of a word's postings, ``skip_to`` and the reading of whole blocks.
Whoosh would score one posting after another in Python; here they are read in blocks and scored as arrays.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import repeat
from math import log
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FOLDER = "whoosh"
_FIELD = "words"
_PART_WEIGHT = 0.5  # of a part of a word, beside the word itself
_BLOCK = 512  # postings; in Whoosh's blocks of 128, a third of the index would be their heads
_K1, _B = 1.2, 0.75
_POINTS = 10_000  # of a score of one
_COMPLETE = 1 << 40  # points, more than any score has


class Keyword(NamedTuple):
    """A word of a keyword query, with the shorter words in it, which are looked for where it does not occur."""

    text: str
    parts: tuple[str, ...] = ()


class Ranking(NamedTuple):
    """Passages with some of the words: their ordinals in ascending order, and the points of each, which are its BM25
    score in ten-thousandths, and very many more if all of the words are in it."""

    ordinals: NDArray[np.int64]
    points: NDArray[np.int64]

    def within(self, scope: Sequence[range]) -> Ranking:
        """Return those of the passages that lie in ascending ranges."""
        import numpy as np

        bounds = np.array([(-1, -1), *((each.start, each.stop) for each in scope)], dtype=np.int64)
        starts, stops = bounds[:, 0], bounds[:, 1]
        inside = self.ordinals < stops[np.searchsorted(starts, self.ordinals, side="right") - 1]
        return Ranking(self.ordinals[inside], self.points[inside])

    def best(self, count: int | None) -> Ranking:
        """Return so many of the passages that have the most points, and all others with as many as the last of them."""
        import numpy as np

        if count is None or count >= len(self.points):
            return self
        least = np.partition(self.points, -max(count, 1))[-max(count, 1)]
        chosen = self.points >= least
        return Ranking(self.ordinals[chosen], self.points[chosen])

    def in_order(self, ordinals: Sequence[int]) -> list[int]:
        """Return the same passages, given in any order, with the most points first, and in the given order among
        equals."""
        import numpy as np

        given = np.array(ordinals, dtype=np.int64)
        points = self.points[np.searchsorted(self.ordinals, given)]
        order: list[int] = given[np.argsort(-points, kind="stable")].tolist()
        return order

    def score(self, ordinal: int) -> float:
        """Return the score of one of the passages."""
        import numpy as np

        return int(self.points[np.searchsorted(self.ordinals, ordinal)]) % _COMPLETE / _POINTS

    def is_complete(self, ordinal: int) -> bool:
        """Tell whether all of the words are in one of the passages."""
        import numpy as np

        return int(self.points[np.searchsorted(self.ordinals, ordinal)]) >= _COMPLETE


class _Postings(NamedTuple):
    """The passages with a word, and how often it is in each."""

    ordinals: NDArray[np.int64]
    counts: NDArray[np.float64]


class WordIndexWriter:
    """Collects the words of one passage after another, and writes the index."""

    def __init__(self) -> None:
        # Of each word, ordinals and counts by turns.
        self._postings: dict[str, array[int]] = {}
        self._lengths = array("I")

    def add(self, words: Iterable[str]) -> None:
        """Add the words of the next passage."""
        counts: dict[str, int] = {}
        length = 0
        for word in words:
            counts[word] = counts.get(word, 0) + 1
            length += 1
        ordinal = len(self._lengths)
        postings = self._postings
        for word, count in counts.items():
            try:
                posting = postings[word]
            except KeyError:
                posting = postings[word] = array("I")
            posting.append(ordinal)
            posting.append(count)
        self._lengths.append(length)

    def write(self, folder: Path) -> None:
        """Write the index into a new folder."""
        from whoosh.codec.whoosh3 import W3Codec
        from whoosh.filedb.filestore import FileStorage
        from whoosh.index import TOC

        name = "MAIN"
        (folder / FOLDER).mkdir()
        storage, fields = FileStorage(str(folder / FOLDER)), _schema()
        codec = W3Codec(blocklimit=_BLOCK)
        segment = codec.new_segment(storage, name)
        passages = codec.per_document_writer(storage, segment)
        for ordinal, length in enumerate(self._lengths):
            passages.start_doc(ordinal)
            passages.add_field(_FIELD, fields[_FIELD], None, length)
            passages.finish_doc()
        passages.close()
        segment.set_doc_count(len(self._lengths))
        writer = codec.field_writer(storage, segment)
        writer.start_field(_FIELD, fields[_FIELD])
        add = writer.add
        for word, encoded in sorted((word.encode(), word) for word in self._postings):
            writer.start_term(word)
            posting = self._postings.pop(encoded)
            for ordinal, count in zip(posting[::2], posting[1::2], strict=True):
                add(ordinal, float(count), b"", self._lengths[ordinal])
            writer.finish_term()
        writer.finish_field()
        writer.close()
        TOC(fields, [segment], 1).write(storage, name)


class WordIndex:
    """The word indexes of several segments as one, with ordinals that go on from one segment to the next. ``removed``
    are the passages of removed documents, in order."""

    def __init__(self, folders: Sequence[Path], removed: Sequence[range] = ()) -> None:
        from whoosh import index
        from whoosh.reading import MultiReader

        self._readers: list[Any] = [
            index.open_dir(str(folder / FOLDER), schema=_schema()).reader() for folder in folders
        ]
        self._reader: Any = self._readers[0] if len(self._readers) == 1 else MultiReader(self._readers)
        self._removed = removed

    def rank(self, keywords: Sequence[Keyword]) -> Ranking:
        """Return the passages with any of the words, ranked by BM25 (S. Robertson and H. Zaragoza, "The Probabilistic
        Relevance Framework: BM25 and Beyond", 2009, eq. 3.15) after whether all of the words are in them; in the place
        of a word, all of its parts will do."""
        import numpy as np

        # In order, not as a set: scores are sums, and must come out alike in every process.
        words = [keyword.text for keyword in keywords]
        parts = list(dict.fromkeys(part for keyword in keywords for part in keyword.parts))
        found = {word: self._postings(word) for word in dict.fromkeys((*words, *parts))}
        scores = np.zeros(self._reader.doc_count_all())
        for word in words:
            scores[found[word].ordinals] += self._scores(found[word])
        for part in parts:
            scores[found[part].ordinals] += self._scores(found[part]) * _PART_WEIGHT
        passages = np.flatnonzero(scores)
        points = np.rint(scores[passages] * _POINTS).astype(np.int64)
        return Ranking(passages, points + self._complete(keywords, found)[passages] * _COMPLETE)

    def _complete(self, keywords: Sequence[Keyword], found: Mapping[str, _Postings]) -> NDArray[np.bool_]:
        """Return of each passage whether it has all of the words, or all the parts of those that it has not."""
        import numpy as np

        def having(word: str) -> NDArray[np.bool_]:
            passages = np.zeros(self._reader.doc_count_all(), dtype=np.bool_)
            passages[found[word].ordinals] = True
            return passages

        complete = np.ones(self._reader.doc_count_all(), dtype=np.bool_)
        for keyword in keywords:
            either = having(keyword.text)
            if keyword.parts:
                either |= np.logical_and.reduce([having(part) for part in keyword.parts])
            complete &= either
        return complete

    def _scores(self, postings: _Postings) -> NDArray[np.float64]:
        """Return the BM25 scores of a word in the passages that it is in."""
        rarity = log(self._reader.doc_count_all() / (len(postings.ordinals) + 1)) + 1
        lengths, norms = self._lengths
        counts = postings.counts
        scores: NDArray[np.float64] = rarity * (counts * (_K1 + 1) / (counts + norms[lengths[postings.ordinals]]))
        return scores

    @cached_property
    def _lengths(self) -> tuple[NDArray[np.uint8], NDArray[np.float64]]:
        """The length of each passage as Whoosh stores it, in a byte, and what each byte adds to a count in BM25."""
        import numpy as np
        from whoosh.codec.whoosh3 import W3Codec
        from whoosh.util.numeric import byte_to_length

        lengths, first = np.zeros(self._reader.doc_count_all(), dtype=np.uint8), 0
        for reader in self._readers:
            name = W3Codec.column_filename(reader.segment(), f"_{_FIELD}_len")
            if reader.storage().file_exists(name):
                with reader.storage().open_file(name) as file:
                    stored = np.frombuffer(bytes(file.read()), dtype=np.uint8)
                lengths[first : first + len(stored)] = stored
            first += reader.doc_count_all()
        mean = self._reader.field_length(_FIELD) / max(1, len(lengths)) or 1
        units = np.array([byte_to_length(each) for each in range(256)])
        return lengths, _K1 * ((1 - _B) + _B * units / mean)

    def _postings(self, word: str) -> _Postings:
        """Return the passages with a word, and how often it is in each."""
        import numpy as np

        ordinals, counts = [np.zeros(0, dtype=np.int64)], [np.zeros(0)]
        encoded, first = word.encode(), 0
        for reader in self._readers:
            if (_FIELD, encoded) in reader:
                each = _decoded(reader.postings(_FIELD, encoded))
                ordinals.append(each.ordinals + first)
                counts.append(each.counts)
            first += reader.doc_count_all()
        return _Postings(np.concatenate(ordinals), np.concatenate(counts))

    def words_with(self, parts: Iterable[str]) -> list[str]:
        """Return the words of two characters or more that contain one of the parts."""
        wanted = tuple(parts)
        words = (name.decode() for name in self._reader.lexicon(_FIELD))
        return [word for word in words if len(word) > 1 and any(part in word for part in wanted)]

    def frequency(self, word: str) -> int:
        """Return the number of passages with a word, which must be in the index."""
        count = int(self._reader.doc_frequency(_FIELD, word))
        postings: Any = self._reader.postings(_FIELD, word) if self._removed else None
        for passages in self._removed:
            if postings.is_active():
                postings.skip_to(passages.start)
            while postings.is_active() and postings.id() < passages.stop:
                count -= 1
                postings.next()
        return count


def _decoded(blocks: Any) -> _Postings:
    """Return the postings that Whoosh's reader of one word in one segment is about to read, all blocks of them. A block
    has the steps from one ordinal to the next, the first from 0, and the counts, of which equal ones are one number or,
    for 1, None."""
    import numpy as np

    steps, counts = array("q"), array("d")
    last = 0
    while blocks.is_active():
        blocks._read_data()
        (first, *others), weights, _ = blocks._data
        steps.append(first - last)
        steps.extend(others)
        last = blocks.block_max_id()
        counts.extend(weights if isinstance(weights, tuple) else repeat(weights or 1.0, len(others) + 1))
        blocks._next_block()
    return _Postings(np.cumsum(np.frombuffer(steps, dtype=np.int64)), np.frombuffer(counts))


def _schema() -> Any:
    """Return the schema, which is given whenever an index is opened: Whoosh pickles the classes of the schema that it
    has written by their import paths."""
    from whoosh import fields, formats

    words = fields.KEYWORD(scorable=True)
    # Whoosh ranks by a posting's weight, which is the count here; the count beside it would be the same once more.
    words.format = formats.Existence()
    return fields.Schema(words=words)
