"""The Chicago Manual of Style, 17th edition. What is not known is marked: n.d., n.p., [URL unknown]."""

from __future__ import annotations

from ...corpus.closed import assert_never
from .english import MONTHS, listed, sentences, unknown_newspaper
from .locators import locator_in_english
from .reference import Reference, date_parts, with_subtitle


def cite(reference: Reference) -> str:
    """Return a citation for a bibliography. It gives the day of access of what has no date: 14.12."""
    names = listed(reference.responsible, " and ", ", and ", most=10, shown=7)
    title = with_subtitle(reference.title)
    # A report is cited like a book: no quotation marks, and the year alone.
    is_report = reference.type == "report"
    if not is_report:
        title = f"“{sentences(title.translate({ord('“'): '‘', ord('”'): '’'}))}”"
    date = _date(reference.date, year_only=is_report)
    metadata = reference.metadata
    town, publisher = metadata.publisher_place, reference.publisher
    page = f"p. {metadata.newspaper_page}" if reference.type == "newspaper" and metadata.newspaper_page else None
    dated = ", ".join(filter(None, (date, page, locator_in_english(reference.cited_passage))))
    rest: list[str | None]
    match reference.type:
        case "newspaper":
            paper = reference.newspaper or unknown_newspaper(metadata.source)
            rest = [f"{paper}, {dated}"]
        case "report":
            imprint = f"{town or 'N.p.'}: {publisher or 'n.p.'}" if town or publisher else "N.p."
            rest = [metadata.genre, reference.series, f"{imprint}, {dated}"]
        case "official" | "web":
            imprint = ": ".join(filter(None, (town, publisher)))
            rest = [reference.number, reference.series, f"{imprint}, {dated}" if imprint else _capital(dated)]
        case _:
            assert_never(reference.type)
    if reference.is_online:
        if metadata.accessed and not reference.date:
            rest.append(f"Accessed {_date(metadata.accessed, year_only=False)}")
        rest.append(metadata.url or "[URL unknown]")
    return sentences(names, title, *rest)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _date(date: str | None, *, year_only: bool) -> str:
    match date_parts(date or "")[: 1 if year_only else None]:
        case [year]:
            return str(year)
        case [year, month]:
            return f"{MONTHS[month - 1]} {year}"
        case [year, month, day]:
            return f"{MONTHS[month - 1]} {day}, {year}"
    return date or "n.d."
