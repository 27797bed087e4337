"""Enactment notes: the lines below a law's title that say when and by whom it was passed, published or amended."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .dates import WIDE_DIGITS

_LONGEST_NOTE = 400  # characters
_LONGEST_HISTORY = 2000  # of many revisions
_NUMERAL = r"[\d一二三四五六七八九十百零〇○\s]"
_DAY = rf"(?:19|20|一九|二[〇○零]){_NUMERAL}+年{_NUMERAL}+月{_NUMERAL}+日"
_ACT = "通过|批准|公布|发布|颁布|印发|施行|实施|修正|修订|修改|废止|生效"
_NOTE = re.compile(
    rf"[（(]?\s*(?:根据|自)?\s*{_DAY}(?:[^。]*(?:{_ACT})[^。，；]{{0,4}}|\s[^。]*)|[（(][^。]*(?:会议通过|公布|发布)[^。]*[）)]"
)
_EVENT = re.compile(rf"(?<!、)(?=(?:自|根据)?{_DAY})|\s+")
_PASSED = re.compile(r"(?P<bodies>\S*?会议、?\S*)(?<!的)通过(?!的)")
_PUBLISHED = re.compile(r"(?P<bodies>\S+?)(?:以?令\S*|公告\S*|第\S*号令?)?(?:联合)?(?:公布|发布|颁布)(?!的)")
# What surrounds the name of a body: the day, its term (第十届), its session (第五次), the committee of a court.
_BESIDES = re.compile(
    rf"{_DAY}|第?{_NUMERAL}+届|(?:审判|检察)委员会第.*|(?:检察委员会)?第{_NUMERAL}+次.*|(?:常务|办公|部务)会议.*|令$|^经"
)
_STATE = re.compile(r"中华人民共和国(?=国务院|\S{1,12}(?:部|委员会|总局|署|银行))")
_SHORT_NAMES = (("人大", "人民代表大会"), ("常委会", "常务委员会"))
_BODY = (
    r"(?![市县区省]?(?:人民|第))[\u4e00-\u9fff]*?"
    "(?:人民代表大会|常务委员会|人民法院|人民检察院|国务院|政府|部|委员会|[^主]委|局|署|厅|银行|办公室|军委)"
)
# As a site of the place writes, without its name.
_OF_THE_PLACE = re.compile("(?:[省市县区州]|自治[区州])?人民政府(?:办公[厅室])?(?=关于)")
_PARTY = r"中共(?:中央(?:办公厅)?|[\u4e00-\u9fff]{2,12}?(?:委员会|[省市县区州]委)(?:办公[厅室])?)"
_TITLE = re.compile(
    rf"(?:第{_NUMERAL}+届)?(?P<bodies>(?:{_PARTY}|{_BODY})(?:[、 　]{_BODY})*)关于|"
    rf"(?P<party>{_PARTY}(?:[、 　]{_BODY})*)(?:印发|转发|关于)"
)
# The mark of a note of the editor's, and the heading below, which a PDF may run into it.
_CONTENTS = re.compile(r"(?<=[）)])\s*(?:\[\d+\]\s*目\s*录|\[\d+\]|目\s*录)$")


def is_enactment_note(text: str) -> bool:
    """Say whether a text is an enactment note: ``2003年10月28日 第十届全国人民代表大会…第五次会议通过``."""
    return _is_note(text, _LONGEST_NOTE)


def tells_history(text: str) -> bool:
    """Say whether a text is an enactment note, or several with full stops between them, as long as may be."""
    parts = [part for part in text.split("。") if part.strip() not in ("", "根据", "自", "）", ")")]
    return _is_note(text, _LONGEST_HISTORY) or (bool(parts) and all(_is_note(part, _LONGEST_HISTORY) for part in parts))


def _is_note(text: str, longest: int) -> bool:
    text = _CONTENTS.sub("", text.strip())
    return len(text) <= longest and bool(_NOTE.fullmatch(text.translate(WIDE_DIGITS)))


def enacting_bodies(notes: Sequence[str]) -> tuple[str, ...]:
    """Return the bodies that passed a law according to its notes, else those that published it, or none where that is
    not clear. Bodies that approved or amended it do not count."""
    # A space may separate a day from what happened on it.
    events = [event for note in notes for event in _EVENT.split(note.strip(" \u3000（）()")) if event]
    for pattern in (_PASSED, _PUBLISHED):
        for event in events:
            match = pattern.search(re.sub(rf"^(?:自|根据)?{_DAY}\s*", "", event))
            if match and (bodies := _bodies(match["bodies"])):
                return bodies
    return ()


def titled_bodies(title: str) -> tuple[str, ...]:
    """Return the issuing bodies that a title begins with: ``最高人民法院、最高人民检察院关于…的解释``."""
    if match := _OF_THE_PLACE.match(title):
        return (match[0],)
    match = _TITLE.match(title)
    return _bodies("、".join((match["bodies"] or match["party"]).split())) if match else ()


def without_state(name: str) -> str:
    """Return the name of a body of the state without that of the state: 中华人民共和国国务院."""
    return _STATE.sub("", name)


def _bodies(text: str) -> tuple[str, ...]:
    for short, full in _SHORT_NAMES:
        text = text.replace(short, full)
    names = [_BESIDES.sub("", _BESIDES.sub("", name)) for name in re.split("、|和", without_state(text))]
    return tuple(dict.fromkeys(names)) if all(re.fullmatch(f"{_BODY}|{_PARTY}", name) for name in names) else ()
