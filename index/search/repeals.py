"""Repeal: what a passage of a text repeals, and whether the text says of itself that it is no longer in force.

Texts and titles are folded. Only what is said of a whole law counts, never of an article of it, and nothing that
depends on a condition.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from ...corpus.notation.dates import find_dates, is_day

Fold = Callable[[str], str]

REPEALS = "废止 | 失效 | 停止执行 | 停止施行 | 不再施行 | 不再执行 | 不再适用"
"""A query that finds the passages that may repeal something."""

_ENDS = "废止|失效|停止(?:执行|施行)|不再(?:施行|执行|适用)"
_SINCE = r"(?:自|从)(?P<since>[^,。;《》]{3,30}?)起"
_OVER = r"[(\[【](?:本\w{1,6}?)?(?:已|现已)?(?:经)?(?:废止|失效)[)\]】]"
_OVER_AT_END = re.compile(rf"{_OVER}$")
_TITLE = re.compile(r"《[^《》]*(?:《[^《》]*》[^《》]*)*》")
_REPEALED = re.compile(
    rf"(?:[,、]?{_SINCE})?,?(?:也|均|即|将|都|则)?(?:同时|即行|予以|一并|相应|全部)*(?:{_ENDS})(?=[。;,]|$)"
)
_ITEM = r"(?:\d+[.、]|[一二三四五六七八九十百]+、|\([一二三四五六七八九十百\d]+\))?\s*"
_MADE = r"(?:[^《》。;,]{2,80}?(?:通过|公布|发布|颁布|印发|批准|制定|修正|修订|施行|实施)的)?"
# 决定废止《…》、《…》, or an item of a decision: 一、废止《…》(1992年9月19日…通过)
_REPEALING = re.compile(rf"(?:^|决定[,:]?|{_SINCE},?){_ITEM}(?:决定|同意)?(?:同时)?废止(?={_MADE}《)")
# A list of what is repealed, and what a text says of itself.
_REPEALING_TITLE = re.compile(
    r"(?!.*(?:修改|修订|修正)).*关于(?:废止|宣布失效|废止和宣布失效).*的(?:决定|公告|通知|命令)$"
)
_ITEM_ALONE = re.compile(rf"{_ITEM}(?P<title>《.*》)(?:\(.*\))?[。;,]?")
_ITSELF = r"本(?:法|条例|规定|办法|细则|规则|章程|决定|决议|通知|公告|意见|解释|批复|方案|规范性?文件)"
_SELF_REPEALED = re.compile(
    rf"{_OVER}|[(\[【]?(?:{_ITSELF})(?:已|现已)(?:于(?P<day>[^,。]{{4,20}}?))?(?:被)?(?:废止|失效)[)\]】]?。?"
)
_SELF_ENDING = re.compile(
    rf"(?:^|[。;,])(?:第[^,。;《》]{{1,8}}条)?{_ITSELF}(?:[^,。;《》]{{0,25}}施行,)?{_SINCE},?"
    rf"(?:即行|自行|自动|同时)*(?:{_ENDS})(?=[。;,)]|$)"
)
_BRACKETED = r"\((?:[^()]|\([^()]*\))*\)"
_NUMBERED = re.compile(_BRACKETED)
_BETWEEN = rf"(?:{_BRACKETED})?(?:、|,|和|及|与|以及|并)*"
_ANOTHER = re.compile(rf"{_BETWEEN}|{_BETWEEN}(?<=[、,和及与并])[^《》。;]*")
_NEXT = re.compile(rf"{_BETWEEN}{_MADE}")
_TAKES_EFFECT = re.compile(r"自(?P<day>[^,。;]{4,20}?)起(?:施行|实施|生效|执行)")


class Repeal(NamedTuple):
    """A law that a text repeals: its title, and the day on which that is so, or the text takes effect, if it says
    that."""

    title: str
    since: str | None


class EndOfForce(NamedTuple):
    """That a text says of itself that it is no longer in force, and since when, if it says that."""

    since: str | None = None


def folded_titles(text: str, fold: Fold) -> str:
    """Return the folded form of a text, with one kind of marks for titles."""
    return fold(text).strip().replace("<", "《").replace(">", "》")


def without_end(title: str) -> str:
    """Return a folded title without that the text is repealed: （已废止）."""
    return _OVER_AT_END.sub("", title)


def repeals(text: str, fold: Fold) -> tuple[Repeal, ...]:
    """Return the laws that a passage repeals: ``本法自2024年7月1日起施行。《…条例》、《…办法》同时废止。``

    Where only an article of a law is repealed, the law is not.
    """
    folded = folded_titles(text, fold)
    in_force = next((day for match in _TAKES_EFFECT.finditer(folded) if (day := _day(match["day"]))), None)
    found: dict[str, str | None] = {}
    for sentence in re.split("[。;]", folded):
        titles = list(_TITLE.finditer(sentence))
        for match in _REPEALED.finditer(sentence) if titles else ():
            for title in _titles_before(sentence, match.start(), titles):
                found.setdefault(title, _day(match["since"]) or in_force)
        for match in _REPEALING.finditer(sentence) if titles else ():
            for title in _titles_after(sentence, match.end()):
                found.setdefault(title, _day(match["since"]) or in_force)
    return tuple(Repeal(title, since) for title, since in found.items())


def item_repealed(text: str, fold: Fold) -> str | None:
    """Return the title that an item of a list of what is repealed consists of."""
    item = _ITEM_ALONE.fullmatch(folded_titles(text, fold))
    return item["title"][1:-1] if item else None


def lists_repealed(title: str, fold: Fold) -> bool:
    """Say whether a title is that of a decision or a notice which lists what it repeals, and changes nothing else."""
    return bool(_REPEALING_TITLE.fullmatch(folded_titles(title, fold)))


def titled_repealed(title: str, fold: Fold) -> bool:
    """Say whether a title ends with that the text is repealed: ``（已废止）``."""
    return bool(_OVER_AT_END.search(folded_titles(title, fold)))


def says_repealed(text: str, fold: Fold) -> EndOfForce | None:
    """Return what a passage says of the end of its own text: a note that is nothing else (``（已废止）``), or a day on
    which it ends (``本办法自2021年3月1日起废止。``). None if it says nothing of it."""
    folded = folded_titles(text, fold)
    if match := _SELF_REPEALED.fullmatch(folded):
        return EndOfForce(_day(match["day"]))
    days = (day for match in _SELF_ENDING.finditer(folded) if (day := _day(match["since"])))
    return next(map(EndOfForce, days), None)


def _day(text: str | None) -> str | None:
    return next((found.date for found in find_dates(text or "") if is_day(found.date)), None)


def _titles_after(sentence: str, start: int) -> list[str]:
    """Return the titles that stand right behind a place, one after the other."""
    found: list[str] = []
    for title in _TITLE.finditer(sentence, start):
        if not _NEXT.fullmatch(sentence, start, title.start()):
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
