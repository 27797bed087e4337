"""The dates of a document: what was done with it when, and which of these days is that of the version in hand."""

from __future__ import annotations

import datetime
import itertools
import re
from collections.abc import Sequence
from typing import NamedTuple

from ..messages import message
from ..model import Passage
from ..notation.dates import find_date, find_dates, find_day, is_date_line, is_day, name_date
from ..notation.enactment_history import Event, EventKind, enactment_history
from ..notation.enactment_told import Told, told_enactment
from ..structure.lines import ends_sentence

NAME_DISAGREES = "the file's name gives the date"
"""How the warning of two dates begins, in English, that cannot both be true."""

_LONGEST_DATED = 200  # characters
_SHORTEST_VERSION = 60  # days
_LONGEST_LABEL = 20  # characters of a paragraph above the text
_DATED = re.compile(r"[（(]?\s*(?:19|20)\d\d\s*年")
_DAY_IN_BRACKETS = re.compile(r"[（(]\s*(?:19|20)\d\d\s*年\s*\d\d?\s*月\s*\d\d?\s*日\s*[）)]")
_MOST_LINES_BELOW = 8
_NUMERIC = re.compile(r"\s*\d{4}\s*[-/.]")
"""A date as a site writes when it posted a text. Signatures have 年, 月 and 日."""

_SELF = r"(?:第\S{1,6}条\s*)?(?:本|这个|此)[\u4e00-\u9fff]{1,8}?(?:经\S{1,40}?)?"
_EFFECTIVE = re.compile(_SELF + r"自(?P<since>[^，。；]{4,20}?)起?(?:施行|实施|生效|执行)")
_SINCE_PROMULGATION = re.compile(r"(?:公布|发布|颁布|印发)之?日")


class VersionDates(NamedTuple):
    """The dates of a document by what was done on them, as in `zhengce.corpus.model.Metadata`. ``dated`` is a day in or
    right below its title of which nothing is said, ``noted`` the last day that is told below it, and ``posted`` the day
    above the text on which a site has posted it."""

    adopted: str | None = None
    approved: str | None = None
    promulgated: str | None = None
    revised: tuple[str, ...] = ()
    effective: str | None = None
    signed: str | None = None
    dated: str | None = None
    noted: str | None = None
    posted: str | None = None


def version_dates(passages: Sequence[Passage], titles: Sequence[str], notes: Sequence[str]) -> VersionDates:
    """Return the dates that a document's text tells, given its titles and its notes on enactment."""
    history = enactment_history(notes)
    revised = tuple(sorted({event.date for event in history if event.kind == "revised"}))
    first = [event for event in history if not revised or event.date < revised[0]]
    text = next(
        (index for index, each in enumerate(passages) if each.kind == "paragraph" and len(each.text) > _LONGEST_LABEL),
        len(passages),
    )
    lines = [
        (passage.text, index < text and bool(_NUMERIC.match(passage.text)))
        for index, passage in enumerate(passages)
        if passage.kind == "byline" and is_date_line(passage.text)
    ]
    signed = next((date for line, posted in lines if not posted and (date := find_date(line))), None)
    below = _day_below(passages)
    told = _told(passages)
    promulgated = _last(history, "promulgated")
    return VersionDates(
        adopted=_last(first, "adopted") or _last(history, "adopted") or told.adopted,
        approved=_last(history, "approved") or told.approved,
        promulgated=promulgated,
        revised=revised,
        effective=_last(history, "effective")
        or _effective(passages, None if revised else promulgated)
        or told.effective,
        signed=signed or _last(history, "signed"),
        # A year in a title is its subject, a day is its date.
        dated=next((day for day in map(find_day, titles) if day), below),
        noted=max((event.date for event in history if event.kind != "effective"), default=below),
        posted=next((date for line, posted in lines if posted and (date := find_date(line))), None),
    )


def version_date(dates: VersionDates, name: str, form: str | None = None) -> tuple[str | None, str | None]:
    """Return the date of the version in hand, and how the name of its file contradicts it, if it does.

    A date in a ``form`` goes before all. Then it is that of the last revision, or of the approval and promulgation that
    followed it; else of promulgation, of signature, of adoption. A day in the name of the file is the date where the
    text has none, or tells nothing of a version that late: laws are published with the notes of an earlier version. A
    day within two months of promulgation is no such version, but a slip in one of the two.
    """
    in_text = (form and find_date(form)) or _date_in_text(dates)
    named = name_date(name)
    if named is None or in_text is None:
        return in_text or named, None
    # A year in a name may be that of the subject: it fills gaps only.
    if not is_day(named) or named.startswith(in_text):
        return (named if named.startswith(in_text) else in_text), None
    if named > in_text and in_text == dates.noted and not _soon_after(named, dates.promulgated):
        return named, None
    if named == in_text:
        return in_text, None
    return in_text, message(
        "the file's name gives the date {in_name}, the text {in_text}, which is taken", in_name=named, in_text=in_text
    )


def _soon_after(day: str, promulgated: str | None) -> bool:
    if promulgated is None or not is_day(promulgated):
        return False
    return (datetime.date.fromisoformat(day) - datetime.date.fromisoformat(promulgated)).days < _SHORTEST_VERSION


def _date_in_text(dates: VersionDates) -> str | None:
    if dates.promulgated or dates.revised:
        # A revision may be approved and promulgated after it, and what was adopted after it is a later version.
        return dates.noted
    return dates.signed or max(filter(None, (dates.adopted, dates.approved)), default=None) or dates.dated


def _last(history: Sequence[Event], kind: EventKind) -> str | None:
    return max((event.date for event in history if event.kind == kind), default=None)


def _day_below(passages: Sequence[Passage]) -> str | None:
    """Return the day that the passage right below the title begins with, or that stands in brackets by itself between
    the title and the text: a site may repeat the title above it."""
    ends = [index for index, passage in enumerate(passages) if passage.kind == "title"]
    below = [passage.text for passage in passages[ends[-1] + 1 :][:_MOST_LINES_BELOW]] if ends else []
    right_below = [text for text in below[:1] if len(text) < _LONGEST_DATED and _DATED.match(text)]
    head = itertools.takewhile(lambda text: not ends_sentence(text), below)
    texts = [*right_below, *filter(_DAY_IN_BRACKETS.fullmatch, head)]
    return next((day for text in texts if (day := find_day(text))), None)


def _told(passages: Sequence[Passage]) -> Told:
    """Return what sentences in the text tell of its enactment, where one of them tells when it was adopted."""
    titles = [passage.text for passage in passages if passage.kind in ("title", "heading")]
    for passage in passages:
        if passage.kind == "paragraph" and "通过" in passage.text:
            told = told_enactment(passage.text, titles)
            if told.adopted:
                return told
    return Told()


def _effective(passages: Sequence[Passage], promulgated: str | None) -> str | None:
    """Return the day on which a text says that it takes effect: 本条例自2022年7月1日起施行."""
    for passage in reversed(passages):
        if match := _EFFECTIVE.match(passage.text):
            if _SINCE_PROMULGATION.search(match["since"]):
                return promulgated
            return next((found.date for found in find_dates(match["since"]) if is_day(found.date)), None)
    return None
