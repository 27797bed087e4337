"""Dates as Chinese documents write them.

`dateutil` reads no Chinese dates, and `dateparser` makes up the month and day where a text gives the year alone.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from .numbering import ordinal

_DATE = re.compile(
    r"(?<!\d)(?P<year>(?:1\s?9|2\s?0)\s?\d\s?\d)\s*(?:"
    r"年(?:\s*(?P<month>\d\s?\d?)\s*月(?:\s*(?P<day>\d\s?\d?)(?:\s*日|\s*[至—-]))?)?"
    r"|(?P<mark>[-./])(?P<month2>\d{1,2})(?P=mark)(?P<day2>\d{1,2})(?!\d)"
    r")"
)
_CHINESE_YEAR = re.compile(r"(?P<year>[一二三四五六七八九〇零○]{4})\s*年")
_CHINESE_REST = re.compile(r"\s*([一二三四五六七八九十]{1,2})\s*月(?:\s*([一二三四五六七八九十]{1,3})\s*日)?")
_MONTH = re.compile(r"(?P<year>(?:19|20)\d\d)(?:[-./](?P<month>\d{1,2}))?")
_BLANK_OR_DIGITS = r"[\d一二三四五六七八九十〇零○\s]*"
_DATE_LINE = re.compile(
    rf"{_BLANK_OR_DIGITS}年{_BLANK_OR_DIGITS}月(?:{_BLANK_OR_DIGITS}日)?|(?:19|20)\d\d([-./])\d{{1,2}}\1\d{{1,2}}"
)
_WIDE_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_CHINESE_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")


def find_date(text: str) -> str | None:
    """Return the first date in a text as ISO 8601, to the year, month or day as written, or None.

    Reads 2022年7月26日, 2025 年 6 月 17 日, 2025-06-17, ２０２５年３月, 2025年 and 二〇二二年七月二十六日.
    """
    return next(_dates(text), None)


def read_date(text: str) -> str | None:
    """Return the date that a field of metadata holds, as `find_date` does; reads 2023-08 and 2023 too."""
    match = _MONTH.fullmatch(text.translate(_WIDE_DIGITS).strip())
    return _iso(_number(match["year"]), _number(match["month"])) if match else find_date(text)


def find_day(text: str) -> str | None:
    """Return the first date with a day in a text, as ISO 8601, or None."""
    return next((date for date in _dates(text) if len(date) == len("2022-07-26")), None)


def _dates(text: str) -> Iterator[str]:
    text = text.translate(_WIDE_DIGITS)
    found = [*_DATE.finditer(text), *_CHINESE_YEAR.finditer(text)]
    for match in sorted(found, key=lambda each: each.start()):
        if match.re is _DATE:
            month, day = match["month"] or match["month2"], match["day"] or match["day2"]
            yield _iso(_number(match["year"]), _number(month), _number(day))
            continue
        rest = _CHINESE_REST.match(text, match.end())
        year = int(match["year"].translate(_CHINESE_DIGITS))
        yield _iso(year, *(ordinal(part or "") for part in rest.groups())) if rest else str(year)


def _number(digits: str | None) -> int:
    return int("".join((digits or "0").split()))


def is_date_line(text: str) -> bool:
    """Say whether a line is nothing but a date, which may be left to fill in (``年 月 日``)."""
    return bool(_DATE_LINE.fullmatch(text.strip()))


def _iso(year: int, month: int = 0, day: int = 0) -> str:
    """Return a date without its day, or month, where these are not valid."""
    if not 1 <= month <= 12:
        return f"{year:04}"
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return f"{year:04}-{month:02}"
