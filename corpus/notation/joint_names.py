"""Names of agencies that sign together and are written without a space: 湖北省商务厅武汉海关."""

from __future__ import annotations

import re

_PLACE = r"(?:(?![部厅局委署院])[\u4e00-\u9fff]){2,5}?(?:省|自治区|市|州|盟|县|区)"
_STATE = "国家|中国|中华人民共和国|国务院|海关总署|最高人民"
_ENDS = re.compile(r"(?:政府|办公厅|办公室|委员会|委|厅|局|部|署|海关|银行|法院|检察院)$")
# Not where 委员会 or 政府办公厅 goes on, nor at the branch of an agency in a district: 北京市公安局海淀区分局.
_BEGINS = re.compile(
    rf"(?!员会|办公|{_PLACE}分局)(?:(?:中共)?{_PLACE}[\u4e00-\u9fff]+|(?:{_STATE})[\u4e00-\u9fff]*|[\u4e00-\u9fff]{{2,3}}海关)"
)
# An office of a state agency in a place is one agency: 国家税务总局上海市税务局.
_OF_STATE = re.compile(rf"(?:{_STATE})")
_OFFICE = re.compile(rf"局{_PLACE}[\u4e00-\u9fff]+$")
_SHORTEST = 3  # characters of an agency: 财政部


def joint_names(name: str) -> tuple[str, ...]:
    """Return the agencies whose names stand one after the other in a name, or the name alone if it is that of one.

    It is cut only where an agency may end and another one begins with its place or as those of the state do.
    """
    for end in range(_SHORTEST, len(name) - _SHORTEST + 1):
        first, rest = name[:end], name[end:]
        if not (_ENDS.search(first) and _ENDS.search(rest) and _BEGINS.fullmatch(rest)):
            continue
        if _OF_STATE.match(first) and not _OF_STATE.match(rest) and not _OFFICE.search(first):
            continue
        return first, *joint_names(rest)
    return (name,)
