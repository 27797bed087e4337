"""Promulgation: by which order, according to its enactment notes, the version of a law in hand was made public."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..model import DocumentNumber
from .dates import find_day
from .document_numbers import find_document_number, is_number_line

_DAY = r"(?:自|根据|依据)?\s*(?:19|20)\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日"
_EVENT = re.compile(rf"(?={_DAY})")
_DATED = re.compile(_DAY)
_MAKES_VERSION = re.compile("公布|发布|颁布|修正|修订|修改")
_SERIAL = r"[（(]?第?\s*(?:\d{1,5}|[一二三四五六七八九十百千〇○零]{1,9})\s*号[）)]?"
_ORDER = re.compile(
    rf"(?:^(?:由|经(?!济))?|以)(?P<order>(?:(?!以)[\u4e00-\u9fff、\s]){{1,40}}?(?:(?:令|公告)\s*{_SERIAL}|{_SERIAL}\s*令))"
)
# A standing committee publishes by announcements, which some notes do not say: 杭州市人民代表大会常务委员会第26号公布.
_ANNOUNCED = re.compile(rf"(?<=人民代表大会常务委员会)\s*(?={_SERIAL}\s*(?:公布|发布))")
_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")


def promulgating_order(notes: Sequence[str]) -> tuple[DocumentNumber, str] | None:
    """Return the number of the order by which the last version was promulgated, and the day in ISO 8601.

    None where the notes do not say, as for a law that was amended after its promulgation. An order that is named beside
    a 《…决定》 is that of the decision, not of the law.
    """
    found = None
    for event in (event for note in notes for event in _EVENT.split(note.translate(_DIGITS))):
        dated = _DATED.match(event)
        rest = event[dated.end() :].strip() if dated else ""
        if not _MAKES_VERSION.search(rest) and not is_number_line(rest):
            continue
        match = None if "》" in rest else _ORDER.search(_ANNOUNCED.sub("公告", rest))
        number, day = find_document_number(match["order"]) if match else None, find_day(event)
        found = (number, day) if number and day else None
    return found
