"""Dates as Chinese documents write them.

`dateutil` reads no Chinese dates, and `dateparser` makes up the month and day where a text gives the year alone.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import NamedTuple

from .numbering import ordinal

# What stands for a zero within a year in Chinese digits: 二〇〇八, 二○○八, 二OO八, 二ＯＯ八, 二00八, 二零零八.
_ZEROS = "〇零○◯0OoＯｏ"
_DIGITS = f"一二三四五六七八九{_ZEROS}"
_NUMERAL = r"(?:\d\s?\d?|[一二三四五六七八九十](?:\s?[一二三四五六七八九十]){0,2})"
_DATE = re.compile(
    r"(?:(?<!\d)(?P<year>(?:1\s?9|2\s?0)\s?\d\s?\d)"
    rf"|(?<![{_DIGITS}十百千万\d])(?P<chinese>[一二]\s?[{_DIGITS}]\s?[{_DIGITS}]\s?[{_DIGITS}]))\s*(?:"
    rf"年\s*(?P<month>元|{_NUMERAL})\s*月(?:\s*(?P<day>{_NUMERAL})(?:\s*日|(?<=\d)\s*[至—-]))?"
    rf"|年(?!\s*[\d一二三四五六七八九十][\d一二三四五六七八九十\s]*月)"
    r"|(?P<mark>[-./])(?P<month2>\d{1,2})(?P=mark)(?P<day2>\d{1,2})(?!\d)"
    r")"
)
_MONTH = re.compile(r"(?P<year>(?:19|20)\d\d)(?:[-./](?P<month>\d{1,2}))?")
_BLANK_OR_DIGITS = rf"[\d一二三四五六七八九十元{_ZEROS}\s]*"
_DATE_LINE = re.compile(
    rf"{_BLANK_OR_DIGITS}年{_BLANK_OR_DIGITS}月(?:{_BLANK_OR_DIGITS}日)?|(?:19|20)\d\d([-./])\d{{1,2}}\1\d{{1,2}}"
)
WIDE_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_CHINESE_DIGITS = str.maketrans(_ZEROS + "一二三四五六七八九", "0" * len(_ZEROS) + "123456789")

_IN_NAME = (
    re.compile(r".*[(（]\s*(?P<year>\d{4})(?P<mark>[-./年]?)(?P<month>\d\d?)(?:(?P=mark)|月)(?P<day>\d\d?)日?\s*[)）]"),
    re.compile(r"(?:.*[\s_—-])?(?P<year>(?:19|20)\d\d)(?P<mark>[-._]?)(?P<month>\d\d)(?P=mark)(?P<day>\d\d)"),
    re.compile(r"(?P<year>(?:19|20)\d\d)(?P<mark>[-._]?)(?P<month>\d\d)(?P=mark)(?P<day>\d\d)[\s_—-].*"),
)
_DAY_IN_NAME = re.compile(r"(?<!\d)(?:19|20)\d\d年\d\d?月\d\d?日")
_YEAR = re.compile(r"(?:19|20)\d\d")


class DatedText(NamedTuple):
    """A date in a text, as ISO 8601, with where it begins and ends."""

    start: int
    end: int
    date: str


def find_date(text: str) -> str | None:
    """Return the first date in a text as ISO 8601, to the year, month or day as written, or None.

    Reads 2022年7月26日, 2025 年 6 月 17 日, 2025-06-17, ２０２５年３月, 2025年, 二〇二二年七月二十六日, 二○○八年元月,
    2008年十月1日. A date that does not exist, as 2014年13月4日, is passed over.
    """
    return next((found.date for found in find_dates(text)), None)


def read_date(text: str) -> str | None:
    """Return the date that a field of metadata holds, as `find_date` does; reads 2023-08 and 2023 too."""
    match = _MONTH.fullmatch(text.translate(WIDE_DIGITS).strip())
    if match:
        return _iso(*map(int, filter(None, match.groups())))
    return find_date(text)


def find_day(text: str) -> str | None:
    """Return the first date with a day in a text, as ISO 8601, or None."""
    return next((found.date for found in find_dates(text) if is_day(found.date)), None)


def is_day(date: str) -> bool:
    """Say whether a date is known to the day."""
    return len(date) == len("2022-07-26")


def name_date(name: str) -> str | None:
    """Return the date that the name of a file gives, without the file's ending, or None.

    That is a day in brackets at its end (``章程(2018-10-26)``), a day at its end or beginning that is set apart
    (``章程_20181026``, ``2018-10-26 章程``), 2018年10月26日 anywhere in it, or a year that is all of it. Other numbers
    are no dates.
    """
    name = name.translate(WIDE_DIGITS).strip()
    for pattern in _IN_NAME:
        if match := pattern.fullmatch(name):
            return _iso(int(match["year"]), int(match["month"]), int(match["day"]))
    if _YEAR.fullmatch(name):
        return name
    days = {find_date(each) for each in _DAY_IN_NAME.findall(name)}
    return days.pop() if len(days) == 1 else None


def find_dates(text: str) -> Iterator[DatedText]:
    """Yield the dates in a text in order."""
    for match in _DATE.finditer(text.translate(WIDE_DIGITS)):
        month, day = match["month"] or match["month2"], match["day"] or match["day2"]
        year = (match["year"] or match["chinese"]).translate(_CHINESE_DIGITS)
        date = _iso(_number(year), *(_number(part) for part in (month, day) if part))
        if date:
            yield DatedText(match.start(), match.end(), date)


def _number(numeral: str) -> int:
    numeral = "".join(numeral.split())
    return 1 if numeral == "元" else ordinal(numeral)


def is_date_line(text: str) -> bool:
    """Say whether a line is nothing but a date, which may be left to fill in (``年 月 日``)."""
    return bool(_DATE_LINE.fullmatch(text.strip()))


def _iso(*parts: int) -> str | None:
    """Return a date of a year, of a year and a month, or of all three; None where there is none such."""
    try:
        full = datetime.date(*(*parts, 1, 1)[:3]).isoformat()
    except ValueError:
        return None
    return full[: 1 + 3 * len(parts)]
