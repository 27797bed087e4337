"""Document numbers (发文字号): agency code, year and serial, as in 渝府办发〔2022〕86号."""

from __future__ import annotations

import re

from ..model import DocumentNumber

_NUMBER = re.compile(
    r"(?P<agency>[\u4e00-\u9fff][\u4e00-\u9fff\d（）()]{0,15}?)\s*"
    r"[〔\[［【（(﹝]\s*(?P<year>(?:19|20)\d\d)\s*[〕\]］】）)﹞]\s*"
    r"第?\s*(?P<serial>\d{1,5})\s*号"
)
_LABEL = re.compile(r"^(?:发文字号|文\s*号|文件编号|编\s*号|字\s*号)\s*[：:]\s*")


def find_document_number(text: str) -> DocumentNumber | None:
    """Return the first document number in a text, with any brackets and spaces, or None."""
    match = _NUMBER.search(_LABEL.sub("", text.strip()))
    if not match:
        return None
    return DocumentNumber(match["agency"], int(match["year"]), int(match["serial"]))


def is_number_line(text: str) -> bool:
    """Say whether a line is nothing but a document number, with or without a label."""
    if "号" not in text:
        return False
    return bool(_NUMBER.fullmatch(_LABEL.sub("", text.strip())))
