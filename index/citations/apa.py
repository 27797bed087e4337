"""APA, 7th edition. Names stay as they are written; what is not known is marked: n.d., [URL unknown]."""

from __future__ import annotations

from .english import MONTHS, listed, sentences, unknown_newspaper
from .locators import locator_in_english
from .reference import Reference, date_parts, with_subtitle


def cite(reference: Reference) -> str:
    """Return a citation for a list of references.

    APA has no place of publication, names no publisher who is the author, and gives no day of access.
    """
    # Two names have no comma before &: it belongs to initials, which these names do not have (9.8).
    names = listed(reference.responsible, " & ", ", & ", most=20)
    title = with_subtitle(reference.title)
    title += f" ({reference.number})" if reference.number else ""
    metadata = reference.metadata
    is_report = reference.type == "report"
    date = f"({_date(reference.date, year_only=is_report)})"
    if reference.type == "newspaper":
        paper = reference.newspaper or unknown_newspaper(metadata.source)
        published = ", ".join(filter(None, (paper, metadata.newspaper_page)))
    else:
        title += f" [{metadata.genre}]" if is_report and metadata.genre else ""
        publisher = reference.publisher or ("[publisher unknown]" if is_report else None)
        others = (reference.series, None if publisher in reference.responsible else publisher)
        published = ". ".join(filter(None, others))
    parts = (names, date, title) if names else (title, date)
    # No full stop follows an address: it could be taken for a part of it.
    url = (metadata.url or "[URL unknown].") if reference.is_online else None
    locator = locator_in_english(reference.cited_passage)
    return " ".join(filter(None, (sentences(*parts, published), url, f"({locator})" if locator else None)))


def _date(date: str | None, *, year_only: bool) -> str:
    match date_parts(date or "")[: 1 if year_only else None]:
        case [year]:
            return str(year)
        case [year, month]:
            return f"{year}, {MONTHS[month - 1]}"
        case [year, month, day]:
            return f"{year}, {MONTHS[month - 1]} {day}"
    return date or "n.d."
