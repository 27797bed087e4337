"""The history of a law, as the notes below its title tell it: what was done with it, on which day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from .dates import find_dates, is_day

EventKind = Literal["adopted", "approved", "promulgated", "revised", "effective", "signed"]

# The acts, and the kinds of event that they are. The act named last behind a day is what was done on it:
# 通过的《…》修正 is a revision, 经国务院批准发布 a promulgation.
_ACT = re.compile(
    r"(?P<revised>修[正订改](?:\S{0,4}?通过)?|的《改》)"
    r"|(?P<effective>施行|实施|生效|执行)"
    r"|(?P<promulgated>公布|发布|颁布|印发|令第\S{1,8}?号|第\S{1,8}?号令)"
    r"|(?P<approved>批准|核准|同意)"
    r"|(?P<adopted>通过)"
)
_JOINED = re.compile(r"[、和与及]\s*$")
_FROM_PROMULGATION = re.compile(r"自?(?:公布|发布|颁布|印发)之?日起?(?:施行|实施|生效|执行)")
_BRACKETS = {"》": "《", "〉": "〈", ">": "<", "＞": "＜"}
_AMENDING = re.compile(r"修[正订改]")


class Event(NamedTuple):
    """What was done with a law: its kind, its day as ISO 8601, and the words of the note that tell it.

    ``signed`` is a day of which the note does not say what was done on it.
    """

    kind: EventKind
    date: str
    text: str


def enactment_history(notes: Iterable[str]) -> tuple[Event, ...]:
    """Return the events that the notes on a law's enactment tell, in their order.

    Titles of other documents in a note, as 《关于修改〈…〉的决定》, say nothing of this law, except that the adoption
    of an amendment is a revision.
    """
    return tuple(event for note in notes for event in _events(without_titles(note)))


def _events(note: str) -> Iterator[Event]:
    days = [found for found in find_dates(note) if is_day(found.date)]
    ends = (*(day.start for day in days), len(note))[1:]
    joined: list[str] = []
    for day, end in zip(days, ends, strict=True):
        told = note[day.end : end]
        if _JOINED.search(told) and not _ACT.search(told):
            # Two bodies did it together, each on its day.
            joined.append(day.date)
            continue
        for kind in _kinds(told):
            yield from (Event(kind, date, told.strip(" \u3000，；,;（）()自")) for date in (*joined, day.date))
        joined = []
    yield from (Event("signed", date, "") for date in joined)


def _kinds(told: str) -> tuple[EventKind, ...]:
    """Return what was done on a day, given the text behind it. What is promulgated may take effect on the same day."""
    rest = _FROM_PROMULGATION.sub("", told)
    acts = [_kind(match) for match in _ACT.finditer(rest)]
    done = next((act for act in reversed(acts) if act != "effective"), None)
    if rest != told:
        return (done or "promulgated", "effective")
    if acts and acts[-1] == "effective":
        return (done, "effective") if done else ("effective",)
    return (done or "signed",)


def _kind(match: re.Match[str]) -> EventKind:
    return match.lastgroup  # type: ignore[return-value]


def without_titles(text: str) -> str:
    """Return a text with 《》 for each title in such brackets, or 《改》 for that of an amendment."""
    opened: list[tuple[str, int]] = []
    titles: list[tuple[int, int]] = []
    for place, character in enumerate(text):
        if character in _BRACKETS.values():
            opened.append((character, place))
        elif opening := _BRACKETS.get(character):
            # A bracket within that is not closed is passed over.
            while any(each == opening for each, _ in opened):
                last, start = opened.pop()
                if last == opening:
                    titles.append((start, place + 1))
                    break
    parts: list[str] = []
    position = 0
    for start, end in sorted(titles, key=lambda each: (each[0], -each[1])):
        if start >= position:
            parts += [text[position:start], "《改》" if _AMENDING.search(text[start:end]) else "《》"]
            position = end
    return "".join((*parts, text[position:]))
