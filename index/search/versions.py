"""Versions of one law: which documents of a corpus are such, and which of them another document repeals."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from ...corpus.model import Passage
from ..model import Hit, IndexedDocument
from .repeals import (
    REPEALS,
    EndOfForce,
    Fold,
    Repeal,
    folded_titles,
    item_repealed,
    lists_repealed,
    repeals,
    says_repealed,
    titled_repealed,
    without_end,
)

_STATE = re.compile(r"(^|《)中华人民共和国")
_YEAR, _ORDINAL = r"[\d〇零一二三四五六七八九]{4}(?:-\d+-\d+|年)?", r"(?:第[一二三四五六七八九十]+次)?"
_VERSION = re.compile(rf"\((?:{_YEAR}{_ORDINAL}(?:修[正订改])?|{_ORDINAL}修[正订改])(?:版|文本|本)?\)$")
# What a law is called; a plan or a notice of the same title is another document, not another version.
_LAW = re.compile(
    r"(?:法|法典|条例|规定|办法|细则|规则|章程|规程|准则|规范|解释|制度)(?:\((?:试行|暂行|草案|[一二三四五六七八九十]+)\))?$"
)


class Version(NamedTuple):
    """A version of a law in a corpus: the id of its document, and its date."""

    document: str
    date: str | None


class Standing(NamedTuple):
    """What a corpus knows of a document among the others: the ``family`` of versions of one law that it belongs to,
    with all ``versions`` by date, if there are several; the ids of the documents that repeal it; whether it says of
    itself that it is ``repealed``; and the day ``since`` which either is so, the first one that is told."""

    family: str | None = None
    versions: tuple[Version, ...] = ()
    repealed_by: tuple[str, ...] = ()
    repealed: bool = False
    since: str | None = None


def family_of(title: str, fold: Fold) -> str:
    """Return what the versions of a law have in common: its title, folded, without 中华人民共和国 and without the
    version behind it, as （2018年修正）."""
    return _VERSION.sub("", without_end(_STATE.sub(r"\1", folded_titles(title, fold))))


def is_law(family: str) -> bool:
    """Say whether a title is that of a law, of which there are versions."""
    return bool(_LAW.search(family)) and not family.startswith("关于")


def standings(
    documents: Sequence[IndexedDocument], passages: Iterable[tuple[IndexedDocument, str]], fold: Fold
) -> dict[str, Standing]:
    """Return what is known of each document among the others, by id; ``passages`` are those that may repeal something,
    each with its document.

    A law repeals the documents with the title it names that are older than the day on which it takes effect. Of a
    document that lists what it repeals, all passages are given.
    """
    families = _families(documents, fold)
    repealed: dict[str, dict[str, tuple[str, str | None]]] = defaultdict(dict)
    over = {each.id: EndOfForce() for each in documents if titled_repealed(each.metadata.title, fold)}
    for document, text in passages:
        if end := says_repealed(text, fold):
            over[document.id] = end
        for title, since in _named(document, text, fold):
            known = since or document.metadata.effective
            day = known or document.metadata.date
            for each in families.get(family_of(title, fold), ()):
                if day and each.id != document.id and each.metadata.date and each.metadata.date < day:
                    repealed[each.id].setdefault(document.id, (document.metadata.date or day, known))
    found = {document.id: Standing() for document in documents}
    for family, members in families.items():
        for each, versions in _with_versions(members):
            by = sorted((date, id_) for id_, (date, _) in repealed.get(each.id, {}).items())
            found[each.id] = Standing(
                family if versions else None,
                versions,
                tuple(id_ for _, id_ in by),
                since=min((day for _, day in repealed.get(each.id, {}).values() if day), default=None),
            )
    for id_, end in over.items():
        days = filter(None, (found[id_].since, end.since))
        found[id_] = found[id_]._replace(repealed=True, since=min(days, default=None))
    return found


def _named(document: IndexedDocument, text: str, fold: Fold) -> Sequence[Repeal]:
    """Return what a passage of a document repeals."""
    named = repeals(text, fold)
    item = item_repealed(text, fold) if lists_repealed(document.metadata.title, fold) else None
    return (*named, Repeal(item, None)) if item else named


def families_of(documents: Sequence[IndexedDocument], fold: Fold) -> dict[str, str]:
    """Return the families of those documents of which there are several versions, by the documents' ids."""
    families = _families(documents, fold)
    return {
        each.id: family
        for family, members in families.items()
        for each, versions in _with_versions(members)
        if versions
    }


def _families(documents: Sequence[IndexedDocument], fold: Fold) -> dict[str, list[IndexedDocument]]:
    """Return the documents that may be versions of one law, by what their titles have in common."""
    families: dict[str, list[IndexedDocument]] = defaultdict(list)
    for document in documents:
        if is_law(family := family_of(document.metadata.title, fold)):
            families[family].append(document)
    return families


def _with_versions(members: Sequence[IndexedDocument]) -> Iterator[tuple[IndexedDocument, tuple[Version, ...]]]:
    """Yield the members of a family, each with all versions of the law that it is one of, by date, if there are
    several."""
    for each in members:
        alike = [other for other in members if _same_body(each, other)]
        versions = sorted((Version(other.id, other.metadata.date) for other in alike), key=_by_date)
        yield each, tuple(versions) if len({version.date for version in versions}) > 1 else ()


def standings_of(
    documents: Sequence[IndexedDocument],
    search: Callable[[str], Iterable[Hit]],
    passages: Callable[[IndexedDocument], Iterable[Passage]],
    fold: Fold,
) -> dict[str, Standing]:
    """Return the `standings` of documents, given the functions that search and read them."""
    found = ((hit.document, hit.passage.text) for hit in search(REPEALS))
    lists = (each for each in documents if lists_repealed(each.metadata.title, fold))
    return standings(documents, chain(found, ((each, item.text) for each in lists for item in passages(each))), fold)


def version_groups(documents: Sequence[IndexedDocument], fold: Fold) -> list[list[IndexedDocument]]:
    """Return the documents in their order, those that are versions of one law in one group where the first of them
    stands, the newest first."""
    groups: dict[str, list[IndexedDocument]] = {}
    for document in documents:
        family = family_of(document.metadata.title, fold)
        group = groups.setdefault(family, []) if is_law(family) else groups.setdefault(f"\0{document.id}", [])
        if group and not _same_body(group[0], document):
            groups[f"\0{document.id}"] = [document]
        else:
            group.append(document)
    for group in groups.values():
        group.sort(key=lambda document: document.metadata.date or "", reverse=True)
    return list(groups.values())


def _by_date(version: Version) -> tuple[str, str]:
    return version.date or "", version.document


def _same_body(one: IndexedDocument, other: IndexedDocument) -> bool:
    """Say whether two documents with the same title may be of the same body, as far as it is known."""
    bodies, others = one.metadata.issuers, other.metadata.issuers
    return not bodies or not others or bodies[0][:2] == others[0][:2]
