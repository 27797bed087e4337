"""Finds the document that a person means by its id, or by a part of its id, path, number or title."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from ..corpus.errors import UnknownDocumentError
from .model import IndexedDocument

_LISTED = 10  # documents that a message names
_LIKE = 0.5  # the least share of a name that a document has which is suggested for it
_COMPARED = 100  # characters of a name; a longer one would take long to compare

_BESIDE_CORE = re.compile(r"中华人民共和国|\s*\([^()]*\)$")
_PASSAGE = re.compile("[0-9]{1,9}")

# What a terminal shows for a part of an id that is left out, and for a character that it would act on.
_DRAWN = re.compile("…|[\u2400-\u2421\ufffd]")


class DocumentLookup(NamedTuple):
    """Looks documents of a corpus up.

    ``corpus`` is the name of the corpus, for messages; ``fold`` returns the folded form of a text, and ``paths`` the
    files of the documents by id.
    """

    documents: Sequence[IndexedDocument]
    corpus: str
    fold: Callable[[str], str]
    paths: Callable[[], Mapping[str, Path]]

    def document(self, name: str) -> IndexedDocument:
        """Return the document that a name means.

        A name is an id or, if there is none like it, the beginning of one, a part of one or of a path, a document
        number, a title, or a part of these. The first of these ways by which it means any document counts.

        Raises:
            UnknownDocumentError: It means none, or several; the message lists the nearest.
        """
        for found in self._meant(name):
            if len(found) == 1:
                return found[0]
            if found:
                problem = f"“{name}” may be any of {len(found):,} documents of the corpus {self.corpus}"
                raise UnknownDocumentError(self._message(problem, self._nearest(found, name)))
        problem = f"There is no document “{name}” in the corpus {self.corpus}"
        least = _LIKE if len(self.documents) > _LISTED else 0.0
        raise UnknownDocumentError(self._message(problem, self._nearest(self.documents, name, least)))

    def place(self, place: str) -> tuple[IndexedDocument, int | None]:
        """Return the document and the number of the passage that DOC:N means; the number is None for DOC.

        Ids may have colons, so the last one counts. Where an id itself ends like a place, a passage of the shorter id
        comes first, so that every place that is printed leads to its passage. A colon at the end is left out: it
        follows each place in a pipe.

        Raises:
            UnknownDocumentError: DOC means no document, or several, or the document has no such passage.
        """
        name, number = self._split(place)
        if number is None and (id_ := self._id_before_colon(name)):
            raise UnknownDocumentError(
                f"{name[len(id_) + 1 :]} is not the number of a passage; write {id_}:1 for the first."
            )
        document = self.document(name)
        if number is not None and not 1 <= number <= document.passages:
            raise UnknownDocumentError(f"{document.id} has passages 1 to {document.passages}; there is no {number}.")
        return document, number

    def _split(self, place: str) -> tuple[str, int | None]:
        """Return the name of a document and the number of a passage that a place consists of."""
        passages = {each.id: each.passages for each in self.documents}
        texts = place, place.removesuffix(":")
        for text in texts:
            name, _, number = text.rpartition(":")
            if _PASSAGE.fullmatch(number) and 1 <= int(number) <= passages.get(name, 0):
                return name, int(number)
            if text in passages:
                return text, None
        for text in texts:
            name, _, number = text.rpartition(":")
            if any(id_.startswith(text) for id_ in passages):
                return text, None
            if name and _PASSAGE.fullmatch(number):
                return name, int(number)
        return texts[-1], None

    def _id_before_colon(self, name: str) -> str | None:
        """Return the id that stands before a colon in a name which is no beginning of an id itself."""
        before, colon, _ = name.rpartition(":")
        if not colon or any(each.id.startswith(name) for each in self.documents):
            return None
        return next((each.id for each in self.documents if each.id == before), None)

    def _meant(self, name: str) -> Iterator[list[IndexedDocument]]:
        """Yield the documents that a name may mean, in one way after another."""
        documents, fold = self.documents, self.fold
        yield [each for each in documents if each.id == name]
        if drawn := _drawn(name):
            yield [each for each in documents if drawn.fullmatch(each.id)]
        folded = fold(name).strip()
        if not folded:
            return
        yield [each for each in documents if each.id.startswith(name)]
        ids = [(each, fold(each.id)) for each in documents]
        yield [each for each, id_ in ids if id_ == folded]
        yield [each for each, id_ in ids if id_.startswith(folded)]
        yield [each for each, id_ in ids if id_.endswith(f"/{folded}")]
        yield [each for each, id_ in ids if folded in id_]
        yield self._by_path(folded)
        numbers = [(each, fold(str(each.metadata.number))) for each in documents if each.metadata.number]
        part = _whole_numerals(folded)
        yield [each for each, number in numbers if number == folded]
        yield [each for each, number in numbers if part.search(number)]
        titles = [(each, fold(each.metadata.title)) for each in documents]
        yield [each for each, title in titles if title == folded]
        yield [each for each, title in titles if folded in title]

    def _by_path(self, folded: str) -> list[IndexedDocument]:
        """Return the documents whose file has a folded text in its name or, if the text names folders, in its path. A
        part of the suffix alone is none of the name."""
        part, paths = re.sub(r"^(\.{1,2}/)+", "", folded), self.paths()
        found = []
        for each in self.documents:
            if path := paths.get(each.id):
                name = self.fold(path.as_posix() if "/" in folded else path.name)
                stem = name.removesuffix(self.fold(path.suffix))
                if part in stem or (len(part) > len(name) - len(stem) and name.endswith(part)):
                    found.append(each)
        return found

    def _nearest(
        self, documents: Sequence[IndexedDocument], name: str, least: float = 0.0
    ) -> Sequence[IndexedDocument]:
        """Return the documents of which an id, number or title has at least a share of a name, the most like it first.

        中华人民共和国 and a version in brackets do not count. Names that are the same come first, then those of which
        one begins with the other. The share is of characters in runs of two or more that both have; of equal shares,
        those come first that are more alike (J. Ratcliff and J. Metzener, "Pattern Matching: The Gestalt Approach",
        1988).
        """
        from difflib import SequenceMatcher

        asked = self.fold(name)[:_COMPARED]
        core, pairs = _core(asked), set(map("".join, pairwise(asked)))
        matcher = SequenceMatcher(b=asked, autojunk=False)

        def likeness(text: str) -> tuple[bool, bool, float, float]:
            folded = self.fold(text)
            other = _core(folded)
            begins = min(len(core), len(other)) > 1 and (core.startswith(other) or other.startswith(core))
            # Runs of two characters or more have half as many pairs or more; comparing takes 60 µs.
            if not begins and sum(pair in folded for pair in pairs) < least * len(asked) / 2:
                return False, False, -1.0, 0.0
            matcher.set_seq1(folded)
            common = sum(block.size for block in matcher.get_matching_blocks() if block.size > 1)
            return core == other, begins, common / max(len(asked), 1), matcher.ratio()

        alike = []
        for each in documents:
            known = (each.id, str(each.metadata.number or ""), each.metadata.title)
            alike.append((max(map(likeness, known)), each))
        alike.sort(key=itemgetter(0), reverse=True)
        return [each for (_, begins, share, _), each in alike if begins or share >= least]

    def _message(self, problem: str, documents: Sequence[IndexedDocument]) -> str:
        """Return a message that lists documents by id and title."""
        everything = f"`zhengce docs --corpus {self.corpus}` lists all"
        if not documents:
            return f"{problem}; {everything}."
        listed = (f"  {each.id}  {' '.join(each.metadata.title.split())}" for each in documents[:_LISTED])
        return "\n".join((f"{problem}. The nearest are:", *listed, f"{everything}."))


def _drawn(name: str) -> re.Pattern[str] | None:
    """Return a pattern for the ids that a terminal may draw as a name, or None if it draws only the name itself so."""
    if not _DRAWN.search(name):
        return None
    parts = zip(_DRAWN.split(name), [*_DRAWN.findall(name), ""], strict=True)
    return re.compile("".join(re.escape(text) + {"": "", "…": ".+"}.get(mark, ".") for text, mark in parts), re.DOTALL)


def _core(folded: str) -> str:
    """Return a name without the folder, 中华人民共和国, and the version in brackets behind it."""
    return _BESIDE_CORE.sub("", folded.rpartition("/")[2])


def _whole_numerals(folded: str) -> re.Pattern[str]:
    """Return a pattern for a part of a document number that cuts none of its numerals: 86号 is no part of 186号."""
    before, after = (r"(?<!\d)" if folded[0].isdigit() else "", r"(?!\d)" if folded[-1].isdigit() else "")
    return re.compile(before + re.escape(folded) + after)
