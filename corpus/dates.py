"""Dates as Chinese documents write them."""

from __future__ import annotations

import datetime
import re

from .numbering import ordinal

_DATE = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)\s*(?:"
    r"年(?:\s*(?P<month>\d{1,2})\s*月(?:\s*(?P<day>\d{1,2})\s*日)?)?"
    r"|(?P<mark>[-./])(?P<month2>\d{1,2})(?P=mark)(?P<day2>\d{1,2})(?!\d)"
    r")"
)
_CHINESE_YEAR = re.compile(r"(?P<year>[一二三四五六七八九〇零○]{4})\s*年")
_CHINESE_REST = re.compile(r"\s*([一二三四五六七八九十]{1,2})\s*月(?:\s*([一二三四五六七八九十]{1,3})\s*日)?")
_CHINESE_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")


def find_date(text: str) -> str | None:
    """Return the first date in a text as ISO 8601, as precise as it is written, or None.

    Reads 2022年7月26日, 2025 年 6 月 17 日, 2025-06-17, 2025年3月, 2025年 and 二〇二二年七月二十六日.
    """
    found = [match for match in (_DATE.search(text), _CHINESE_YEAR.search(text)) if match]
    if not found:
        return None
    match = min(found, key=lambda each: each.start())
    if match.re is _DATE:
        month, day = match["month"] or match["month2"], match["day"] or match["day2"]
        return _iso(int(match["year"]), int(month or 0), int(day or 0))
    rest = _CHINESE_REST.match(text, match.end())
    year = int(match["year"].translate(_CHINESE_DIGITS))
    return _iso(year, *(ordinal(part or "") for part in rest.groups())) if rest else str(year)


def is_date_line(text: str) -> bool:
    """Say whether a line is a date and nothing else, be it one to fill in (``年 月 日``)."""
    digits = r"[\d一二三四五六七八九十〇零○\s]"
    return bool(re.fullmatch(rf"{digits}*年{digits}*月({digits}*日)?", text.strip())) or bool(
        re.fullmatch(r"(?:19|20)\d\d([-./])\d{1,2}\1\d{1,2}", text.strip())
    )


def _iso(year: int, month: int = 0, day: int = 0) -> str:
    """Write a date as precisely as it is valid."""
    if not 1 <= month <= 12:
        return f"{year:04}"
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return f"{year:04}-{month:02}"
