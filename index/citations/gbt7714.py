"""GB/T 7714—2015, the Chinese national standard for references. What is not known is marked: [日期不详]."""

from __future__ import annotations

from ...corpus.closed import assert_never
from .locators import locator_in_chinese
from .reference import Reference, ReferenceType, date_parts, with_subtitle

_MARKS: dict[ReferenceType, str] = {"newspaper": "N", "report": "R", "official": "Z", "web": "EB"}
_MOST_AUTHORS = 3  # 8.1.2


def cite(reference: Reference) -> str:
    """Return a citation for a list in order of appearance (顺序编码制)."""
    names = _responsible_in_chinese(reference)
    metadata = reference.metadata
    title = ": ".join(filter(None, (with_subtitle(reference.title), reference.number, reference.series)))
    date = reference.date or _unknown("日期不详")
    locator = locator_in_chinese(reference.cited_passage)
    at = f": {locator}" if locator else ""
    town, publisher = metadata.publisher_place, reference.publisher
    imprint = ": ".join(filter(None, (town, publisher)))
    match reference.type:
        case "newspaper":
            source = metadata.source
            paper = reference.newspaper or _unknown(f"报纸名不详: {source}" if source else "报纸名不详")
            published = f"{paper}, {date}({metadata.newspaper_page or _unknown('版次不详')}){at}"
        case "report":
            imprint = f"{town or _unknown('出版地不详')}: {publisher or _unknown('出版者不详')}"
            published = f"{imprint}, {_year(reference.date)}{at}"
        case "official" | "web" if reference.is_online:
            year = _year(reference.date) if imprint or locator else ""
            published = f"{', '.join(filter(None, (imprint, year)))}{at}({date})"
        case "official" | "web":
            published = f"{', '.join(filter(None, (imprint, date)))}{at}"
        case _:
            assert_never(reference.type)
    mark = _mark(reference)
    if reference.is_online:
        mark += "/OL"
        published += f"[{metadata.accessed or '引用日期不详'}]. {metadata.url or _unknown('网址不详')}"
    return f"{names}. {title}[{mark}]. {published}."


def _responsible_in_chinese(reference: Reference) -> str:
    names = reference.responsible
    if not names:
        return _unknown("发文机关不详") if reference.type == "official" else "佚名"
    return ", ".join((*names[:_MOST_AUTHORS], *(["等"] if len(names) > _MOST_AUTHORS else [])))


def _mark(reference: Reference) -> str:
    """Return the standard's mark of a text. One with a document number is an archive, as in the example in 4.6.2."""
    if reference.number:
        return "A"
    return _MARKS[reference.type]


def _year(date: str | None) -> str:
    if not date:
        return _unknown("日期不详")
    return date[:4] if date_parts(date) else date


def _unknown(what: str) -> str:
    return f"[{what}]"
