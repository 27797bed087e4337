"""Enactment told in a sentence: 《…条例》已由…会议于2019年5月30日通过，现予公布，自2019年7月1日起施行."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import NamedTuple

from .dates import WIDE_DIGITS, find_dates, is_day

_ITSELF = r"本(?:法|条例|规定|办法|细则|规则|章程|决定|解释|公约|守则)"
_NAMED = r"(?:现将)?《(?P<title>[^《》]*(?:[《〈][^》〉]*[》〉][^《》]*)*)》"
_LAW = re.compile(rf"(?:第[^，。；]{{1,8}}条\s*)?(?:{_NAMED}|{_ITSELF})(?P<told>(?:已|业|于|经|由|自)[^。；]*)")
_DAY = r"(?P<day>(?:19|20|[一二][〇○零九])[^，。；年]{2}年[^，。；月]{1,3}月[^，。；日]{1,4}日)"
_BODY = r"(?:(?!通过|批准|年)[^，。；《》])"
_ADOPTED = re.compile(rf"{_DAY}(?:{_BODY}{{2,60}}?会议?)?(?:审议|讨论|表决|一致|修订)*通过(?!的)")
_APPROVED = re.compile(rf"{_DAY}(?:{_BODY}{{2,60}}?)?批准")
_EFFECTIVE = re.compile(rf"自{_DAY}起?(?:施行|实施|生效|执行)")


class Told(NamedTuple):
    """The days that a sentence tells of a law."""

    adopted: str | None = None
    approved: str | None = None
    effective: str | None = None


def told_enactment(text: str, titles: Collection[str]) -> Told:
    """Return what a passage tells of the enactment of the law it stands in. A law that it names is that one if it has
    one of some titles."""
    match = _LAW.match(text.translate(WIDE_DIGITS).strip())
    if not match or (match["title"] and _plain(match["title"]) not in set(map(_plain, titles))):
        return Told()
    told = match["told"]
    return Told(*(_day(pattern.search(told)) for pattern in (_ADOPTED, _APPROVED, _EFFECTIVE)))


def _plain(title: str) -> str:
    return "".join(title.split()).translate(str.maketrans("〈〉<>", "《》《》")).removeprefix("中华人民共和国")


def _day(match: re.Match[str] | None) -> str | None:
    found = find_dates(match["day"]) if match else ()
    return next((each.date for each in found if is_day(each.date)), None)
