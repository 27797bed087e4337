"""Which of two is believed where a page states one thing of its document and the text says another."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence

from ..model import Passage
from ..notation.dates import is_day, read_date
from ..text.traditional_script import simplified
from .text_metadata import read_metadata, text_issuers

_PLACE = re.compile("[\u4e00-\u9fff]{1,6}?(?:省|市|自治区|自治州|县|区)")
_DAYS_TO_POST = 31  # from the signature to the publication on the web


def believed(page: Mapping[str, str], passages: Sequence[Passage]) -> Mapping[str, str]:
    """Return what a page states, without what the text knows better: the issuers, and the day of the signature."""
    dropped: tuple[str, ...] = ()
    if "issuers" in page and _are_others(page, passages):
        dropped += ("issuers",)
    if "date" in page and _is_day_of_posting(page, read_metadata(passages).signed):
        dropped += ("date", "signed")
    return {key: value for key, value in page.items() if key not in dropped}


def _are_others(page: Mapping[str, str], passages: Sequence[Passage]) -> bool:
    """Say whether the issuers that a page states are not all or not those of the text, or a place and no body.

    A page may name one of several that sign, or the agency that has posted what others issued: those who sign stand
    in the title before 关于, and it does not.
    """
    if _PLACE.fullmatch(page["issuers"]):
        return True
    signed = text_issuers(passages)
    named = set(simplified(page["issuers"]).split())
    title = page.get("title") or "".join(passage.text for passage in passages if passage.kind == "title")
    titled = simplified(title).partition("关于")[0]
    others = bool(signed) and all(name in titled for name in signed) and not any(name in titled for name in named)
    return bool(named) and (named < set(signed) or others)


def _is_day_of_posting(page: Mapping[str, str], signed: str | None) -> bool:
    """Say whether the date that a page states is the day it was published, and the text was signed shortly before. A
    site may fill in both by itself."""
    date = read_date(page["date"])
    if date != read_date(page.get("published", "")) or not date or not signed or not (is_day(date) and is_day(signed)):
        return False
    days = datetime.date.fromisoformat(date) - datetime.date.fromisoformat(signed)
    return 0 < days.days <= _DAYS_TO_POST
