"""The word index: which words stand in which passages, and how often. The only module that imports Whoosh.

Each segment has a Whoosh index of a single segment, in which a passage's document number is its ordinal. It is written
through Whoosh's codec, which takes a fraction of the time of Whoosh's own analysis and sorting: the texts are cut and
their words counted already.

These parts of Whoosh are not in its documented interface, and are the reason for the upper bound in setup.cfg:
`whoosh.codec.whoosh3.W3Codec` with its ``blocklimit``, ``new_segment``, ``per_document_writer`` and ``field_writer``;
the methods of the two writers and the segment's ``set_doc_count``; `whoosh.index.TOC`; and of a reader's postings,
``skip_to``.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

FOLDER = "whoosh"
_FIELD = "words"
_PART_WEIGHT = 0.5  # of a part of a word, beside the word itself
_BLOCK = 512  # postings; in Whoosh's blocks of 128, a third of the index would be their heads


class Keyword(NamedTuple):
    """A word of a keyword query, with the shorter words in it, which are looked for where it does not occur."""

    text: str
    parts: tuple[str, ...] = ()


class Ranked(NamedTuple):
    """A passage with some of the words: its BM25 score, and whether all of the words are in it."""

    score: float
    complete: bool


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
        from whoosh.searching import Searcher

        readers = [index.open_dir(str(folder / FOLDER), schema=_schema()).reader() for folder in folders]
        self._reader: Any = readers[0] if len(readers) == 1 else MultiReader(readers)
        self._searcher: Any = Searcher(self._reader)
        self._removed = removed

    def rank(self, keywords: Sequence[Keyword]) -> dict[int, Ranked]:
        """Return the passages with any of the words, by ordinal."""
        from whoosh import query

        def term(word: str, weight: float = 1.0) -> Any:
            return query.Term(_FIELD, word, boost=weight)

        any_of = [term(keyword.text) for keyword in keywords]
        # In order, not as a set: scores are sums, and must come out alike in every process.
        parts = dict.fromkeys(part for keyword in keywords for part in keyword.parts)
        any_of += [term(part, _PART_WEIGHT) for part in parts]
        all_of = [
            query.Or([term(keyword.text), *([query.And(list(map(term, keyword.parts)))] if keyword.parts else [])])
            for keyword in keywords
        ]
        complete = set(self._searcher.docs_for_query(query.And(all_of)))
        results = self._searcher.search(query.Or(any_of), limit=None)
        return {hit.docnum: Ranked(round(hit.score, 4), hit.docnum in complete) for hit in results}

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


def _schema() -> Any:
    """Return the schema, which is given whenever an index is opened: Whoosh pickles the classes of the schema that it
    has written by their import paths."""
    from whoosh import fields, formats

    words = fields.KEYWORD(scorable=True)
    # Whoosh ranks by a posting's weight, which is the count here; the count beside it would be the same once more.
    words.format = formats.Existence()
    return fields.Schema(words=words)
