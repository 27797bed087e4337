"""The fingerprint of an index: what it depends on besides the files of its corpus."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

from ...corpus.messages import message
from ...corpus.reading_version import READING_VERSION
from ...corpus.text.words import segmenter_fingerprint


class Fingerprint(NamedTuple):
    """What an index was built with: where any of it is another, every document is read again.

    ``reading`` is `zhengce.corpus.reading_version.READING_VERSION`, ``segmenter`` a digest of jieba, its dictionary and
    the words of the field, ``unicode`` the version of Python's Unicode tables. ``documents`` is a digest of the bundled
    documents; for other corpora it is empty, since their files are compared one by one.

    OpenCC's table is not part of it, since an index keeps the table that it was built with. Nor are the libraries that
    read HTML, DOCX and PDF: each file's record names the versions that read it (see
    `zhengce.index.indexing.digests.readers`), and the next update reads such files again. A search does not look at
    them: to ask for the version of a library takes 10 ms, a tenth of a search.
    """

    reading: int
    segmenter: str
    unicode: str
    documents: str

    def difference(self, now: Fingerprint) -> str | None:
        """Return the first thing that has changed, in words, None if nothing has."""
        if self.reading != now.reading:
            return message("this version of zhengce reads documents in another way")
        if self.segmenter != now.segmenter:
            return message("the words are cut by another version of jieba or by another dictionary")
        if self.unicode != now.unicode:
            return message("this version of Python has other Unicode tables")
        return None if self.documents == now.documents else message("the bundled documents have changed")


def fingerprint(documents: str = "") -> Fingerprint:
    """Return the fingerprint that an index has if it is built now, given the digest of the bundled documents."""
    return Fingerprint(READING_VERSION, segmenter_fingerprint(), unicodedata.unidata_version, documents)
