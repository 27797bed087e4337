"""Finds the document that a person means by its id, or by a part of its id, path, number or title."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import PurePath
from typing import NamedTuple

from ..corpus.errors import UnknownDocumentError
from ..corpus.messages import message
from .model import IndexedDocument
from .nearest_names import fold_all, nearest

_LISTED = 10  # documents that a message names
_LIKE = 0.5  # the least share of a name that a document has which is suggested for it
_PASSAGE = re.compile("[0-9]{1,9}")

# What a terminal shows for a part of an id that is left out, and for a character that it would act on.
_DRAWN = re.compile("…|[\u2400-\u2421\ufffd]")


class _FoldedNames:
    """The ids, numbers and titles of some documents in their folded form, each folded when first asked for."""

    def __init__(self, documents: Sequence[IndexedDocument], fold: Callable[[str], str]) -> None:
        self.documents, self._fold = documents, fold

    @cached_property
    def ids(self) -> list[str]:
        return fold_all([each.id for each in self.documents], self._fold)

    @cached_property
    def numbers(self) -> list[str]:
        return fold_all([str(each.metadata.number or "") for each in self.documents], self._fold)

    @cached_property
    def titles(self) -> list[str]:
        return fold_all([each.metadata.title for each in self.documents], self._fold)


class DocumentLookup(NamedTuple):
    """Looks documents of a corpus up.

    ``corpus`` is the corpus in words and ``listing`` the command that lists it, for messages; ``fold`` returns the
    folded form of a text, and ``paths`` the files of the documents by id.
    """

    documents: Sequence[IndexedDocument]
    corpus: str
    listing: str
    fold: Callable[[str], str]
    paths: Callable[[], Mapping[str, str]]

    def document(self, name: str) -> IndexedDocument:
        """Return the document that a name means.

        A name is an id or, if there is none like it, the beginning of one, a part of one or of a path, a document
        number, a title, or a part of these. The first of these ways by which it means any document counts.

        Raises:
            UnknownDocumentError: It means none, or several; the message lists the nearest.
        """
        known = _FoldedNames(self.documents, self.fold)
        for found in self._meant(name, known):
            if len(found) == 1:
                return found[0]
            if found:
                problem = message(
                    "“{name}” may be any of {count:,} documents of {corpus}",
                    name=name,
                    count=len(found),
                    corpus=self.corpus,
                )
                names = _FoldedNames(found, self.fold)
                raise UnknownDocumentError(self._message(problem, self._nearest(names, name)))
        problem = message("There is no document “{name}” in {corpus}", name=name, corpus=self.corpus)
        least = _LIKE if len(self.documents) > _LISTED else 0.0
        raise UnknownDocumentError(self._message(problem, self._nearest(known, name, least)))

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
                message(
                    "{text} is not the number of a passage; write {place} for the first.",
                    text=name[len(id_) + 1 :],
                    place=f"{id_}:1",
                )
            )
        document = self.document(name)
        if number is not None and not 1 <= number <= document.passages:
            raise no_passage(document, number)
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

    def _meant(self, name: str, known: _FoldedNames) -> Iterator[list[IndexedDocument]]:
        """Yield the documents that a name may mean, in one way after another."""
        documents, fold = self.documents, self.fold
        yield [each for each in documents if each.id == name]
        if drawn := _drawn(name):
            yield [each for each in documents if drawn.fullmatch(each.id)]
        folded = fold(name).strip()
        if not folded:
            return
        yield [each for each in documents if each.id.startswith(name)]
        yield [each for each in documents if each.id.endswith(f"/{name}")]
        ids = list(zip(documents, known.ids, strict=True))
        yield [each for each, id_ in ids if id_ == folded]
        yield [each for each, id_ in ids if id_.startswith(folded)]
        yield [each for each, id_ in ids if id_.endswith(f"/{folded}")]
        yield [each for each, id_ in ids if folded in id_]
        yield self._by_path(folded)
        numbers = [(each, number) for each, number in zip(documents, known.numbers, strict=True) if number]
        part = _whole_numerals(folded)
        yield [each for each, number in numbers if number == folded]
        yield [each for each, number in numbers if part.search(number)]
        titles = list(zip(documents, known.titles, strict=True))
        yield [each for each, title in titles if title == folded]
        yield [each for each, title in titles if folded in title]

    def _by_path(self, folded: str) -> list[IndexedDocument]:
        """Return the documents whose file has a folded text in its name or, if the text names folders, in its path. A
        part of the suffix alone is none of the name."""
        part, paths = re.sub(r"^(\.{1,2}/)+", "", folded), self.paths()
        known = [each for each in self.documents if each.id in paths]
        written = [paths[each.id].replace(os.sep, "/") for each in known]
        names = fold_all(written if "/" in folded else [path.rpartition("/")[2] for path in written], self.fold)
        found = []
        for each, name, path in zip(known, names, written, strict=True):
            if part in name:
                stem = name.removesuffix(self.fold(PurePath(path).suffix))
                if part in stem or (len(part) > len(name) - len(stem) and name.endswith(part)):
                    found.append(each)
        return found

    def _nearest(self, known: _FoldedNames, name: str, least: float = 0.0) -> Sequence[IndexedDocument]:
        """Return the documents of which an id, number or title has at least a share of a name, the most like it
        first."""
        names = list(zip(known.ids, known.numbers, known.titles, strict=True))
        return [known.documents[index] for index in nearest(names, self.fold(name), least, _LISTED)]

    def _message(self, problem: str, documents: Sequence[IndexedDocument]) -> str:
        """Return a message that lists documents by id and title."""
        if not documents:
            return message("{problem}; `{command}` lists all.", problem=problem, command=self.listing)
        lines = (f"  {each.id}  {' '.join(each.metadata.title.split())}" for each in documents[:_LISTED])
        return message(
            "{problem}. The nearest are:\n{documents}\n`{command}` lists all.",
            problem=problem,
            documents="\n".join(lines),
            command=self.listing,
        )


def no_passage(document: IndexedDocument, number: int) -> UnknownDocumentError:
    """Return the error that a document has no passage of a number."""
    return UnknownDocumentError(
        message(
            "{id} has passages 1 to {last}; there is no {number}.",
            id=document.id,
            last=document.passages,
            number=number,
        )
    )


def _drawn(name: str) -> re.Pattern[str] | None:
    """Return a pattern for the ids that a terminal may draw as a name, or None if it draws only the name itself so."""
    if not _DRAWN.search(name):
        return None
    parts = zip(_DRAWN.split(name), [*_DRAWN.findall(name), ""], strict=True)
    return re.compile("".join(re.escape(text) + {"": "", "…": ".+"}.get(mark, ".") for text, mark in parts), re.DOTALL)


def _whole_numerals(folded: str) -> re.Pattern[str]:
    """Return a pattern for a part of a document number that cuts none of its numerals: 86号 is no part of 186号."""
    before, after = (r"(?<!\d)" if folded[0].isdigit() else "", r"(?!\d)" if folded[-1].isdigit() else "")
    return re.compile(before + re.escape(folded) + after)
