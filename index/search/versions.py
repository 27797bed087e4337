"""Versions of one law: which documents of a corpus are such, and which of them another document repeals."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from typing import NamedTuple

from ...corpus.model import Passage
from ...corpus.notation.dates import find_dates, is_day
from ..model import Hit, IndexedDocument

Fold = Callable[[str], str]

REPEALS = '同时废止 | 即行废止 | 予以废止 | 起废止 | 同时失效 | 停止执行 | 已废止 | 已失效 | "废止《"'
"""A query that finds the passages that may repeal something."""

_STATE = re.compile(r"(^|《)中华人民共和国")
_YEAR, _ORDINAL = r"[\d〇零一二三四五六七八九]{4}(?:-\d+-\d+|年)?", r"(?:第[一二三四五六七八九十]+次)?"
_OVER = r"[(\[【](?:本\w{1,6}?)?(?:已|现已)?(?:经)?(?:废止|失效)[)\]】]"
_VERSION = re.compile(rf"\((?:{_YEAR}{_ORDINAL}(?:修[正订改])?|{_ORDINAL}修[正订改])(?:版|文本|本)?\)$")
# What a law is called; a plan or a notice of the same title is another document, not another version.
_LAW = re.compile(
    r"(?:法|法典|条例|规定|办法|细则|规则|章程|规程|准则|规范|解释|制度)(?:\((?:试行|暂行|草案|[一二三四五六七八九十]+)\))?$"
)
_TITLE = re.compile(r"《[^《》]*(?:《[^《》]*》[^《》]*)*》")
_REPEALED = re.compile(
    r"(?:,?自[^,。;《》]{1,30}?起)?,?(?:也|均|即|将)?(?:同时|即行|予以|一并|相应)*(?:废止|失效|停止执行)(?=[。;,]|$)"
)
_ITEM = r"(?:\d+[.、]|[一二三四五六七八九十百]+、|\([一二三四五六七八九十百\d]+\))?\s*"
# 决定废止《…》、《…》, or an item of a decision: 一、废止《…》(1992年9月19日…通过)
_REPEALING = re.compile(rf"(?:^|决定:?){_ITEM}(?:决定)?废止(?=《)")
# A list of what is repealed, and what a text says of itself.
_REPEALING_TITLE = re.compile(
    r"(?!.*(?:修改|修订|修正)).*关于(?:废止|宣布失效|废止和宣布失效).*的(?:决定|公告|通知|命令)$"
)
_ITEM_ALONE = re.compile(rf"{_ITEM}(?P<title>《.*》)(?:\(.*\))?[。;,]?")
_SELF_REPEALED = re.compile(rf"{_OVER}|[(\[【]?本\w{{1,6}}?(?:已|现已)(?:于[^,。]{{4,20}})?(?:废止|失效)[)\]】]?。?")
_BRACKETED = r"\((?:[^()]|\([^()]*\))*\)"
_NUMBERED = re.compile(_BRACKETED)
_ANOTHER = re.compile(rf"(?:{_BRACKETED})?(?:、|,|和|及|与|以及|并)+[^《》。;]*$")
_SINCE = re.compile(r"自(?P<day>[^,。;]{4,20}?)起(?:施行|实施|生效|执行)")


class Version(NamedTuple):
    """A version of a law in a corpus: the id of its document, and its date."""

    document: str
    date: str | None


class Standing(NamedTuple):
    """What a corpus knows of a document among the others: the ``family`` of versions of one law that it belongs to,
    with all ``versions`` by date, if there are several; the ids of the documents that repeal it; and whether it says of
    itself that it is ``repealed``."""

    family: str | None = None
    versions: tuple[Version, ...] = ()
    repealed_by: tuple[str, ...] = ()
    repealed: bool = False


class Repeal(NamedTuple):
    """A law that a text repeals: its title as a family, and the day on which that text takes effect, if it says so."""

    family: str
    since: str | None


def family_of(title: str, fold: Fold) -> str:
    """Return what the versions of a law have in common: its title, folded, without 中华人民共和国 and without the
    version behind it, as （2018年修正）."""
    return _VERSION.sub("", re.sub(rf"{_OVER}$", "", _STATE.sub(r"\1", _folded(title, fold))))


def _folded(text: str, fold: Fold) -> str:
    return fold(text).strip().replace("<", "《").replace(">", "》")


def is_law(family: str) -> bool:
    """Say whether a title is that of a law, of which there are versions."""
    return bool(_LAW.search(family)) and not family.startswith("关于")


def repeals(text: str, fold: Fold) -> tuple[Repeal, ...]:
    """Return the laws that a passage repeals: ``本法自2024年7月1日起施行。《…条例》、《…办法》同时废止。``

    Where only an article of a law is repealed, the law is not.
    """
    folded = _folded(text, fold)
    since = next((match["day"] for match in _SINCE.finditer(folded)), "")
    day = next((found.date for found in find_dates(since) if is_day(found.date)), None)
    families: list[str] = []
    for sentence in re.split("[。;]", folded):
        titles = list(_TITLE.finditer(sentence))
        for match in _REPEALED.finditer(sentence):
            families += _titles_before(sentence, match.start(), titles)
        for match in _REPEALING.finditer(sentence):
            families += _titles_after(sentence, match.end())
    return tuple(Repeal(family_of(title, fold), day) for title in dict.fromkeys(families))


def lists_repealed(title: str, fold: Fold) -> bool:
    """Say whether a title is that of a decision or a notice which lists what it repeals, and changes nothing else."""
    return bool(_REPEALING_TITLE.fullmatch(_folded(title, fold)))


def says_repealed(text: str, fold: Fold) -> bool:
    """Say whether a note is nothing but that the text is repealed: ``（已废止）``, ``本办法已于2021年3月1日废止。``"""
    return bool(_SELF_REPEALED.fullmatch(_folded(text, fold)))


def _titles_after(sentence: str, start: int) -> list[str]:
    """Return the titles that stand right behind a place, one after the other."""
    found: list[str] = []
    for title in _TITLE.finditer(sentence, start):
        between = sentence[start : title.start()]
        if found and not re.fullmatch(rf"(?:{_BRACKETED})?(?:、|,|和|及|与|以及)", between):
            break
        found.append(title[0][1:-1])
        start = title.end()
    return found if re.match(rf"(?:{_BRACKETED})*(?:等|$|,|:)", sentence[start:]) else []


def _titles_before(sentence: str, end: int, titles: Sequence[re.Match[str]]) -> list[str]:
    """Return the titles that stand right before a place, one after the other."""
    found: list[str] = []
    for title in reversed([each for each in titles if each.end() <= end]):
        between = sentence[title.end() : end]
        if not (_ANOTHER.fullmatch(between) if found else not between or _NUMBERED.fullmatch(between)):
            break
        found.append(title[0][1:-1])
        end = title.start()
    return found


def standings(
    documents: Sequence[IndexedDocument], passages: Iterable[tuple[IndexedDocument, str]], fold: Fold
) -> dict[str, Standing]:
    """Return what is known of each document among the others, by id; ``passages`` are those that may repeal something,
    each with its document.

    A law repeals the documents with the title it names that are older than the day on which it takes effect. Of a
    document that lists what it repeals, all passages are given.
    """
    families: dict[str, list[IndexedDocument]] = defaultdict(list)
    for document in documents:
        if is_law(family := family_of(document.metadata.title, fold)):
            families[family].append(document)
    repealed: dict[str, dict[str, str]] = defaultdict(dict)
    over = {each.id for each in documents if re.search(rf"{_OVER}$", _folded(each.metadata.title, fold))}
    for document, text in passages:
        if says_repealed(text, fold):
            over.add(document.id)
        named = repeals(text, fold)
        if lists_repealed(document.metadata.title, fold) and (item := _ITEM_ALONE.fullmatch(_folded(text, fold))):
            named = (*named, Repeal(family_of(item["title"][1:-1], fold), None))
        for family, since in named:
            day = since or document.metadata.effective or document.metadata.date
            for each in families.get(family, ()):
                if day and each.id != document.id and each.metadata.date and each.metadata.date < day:
                    repealed[each.id].setdefault(document.id, document.metadata.date or day)
    found = {document.id: Standing() for document in documents}
    for family, members in families.items():
        for each in members:
            alike = [other for other in members if _same_body(each, other)]
            versions = sorted((Version(other.id, other.metadata.date) for other in alike), key=_by_date)
            several = len({version.date for version in versions}) > 1
            by = sorted((date, id_) for id_, date in repealed[each.id].items()) if each.id in repealed else ()
            found[each.id] = Standing(
                family if several else None, tuple(versions) if several else (), tuple(id_ for _, id_ in by)
            )
    found.update((id_, found[id_]._replace(repealed=True)) for id_ in over)
    return found


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
