"""Citations: a document, and a place in it, as GB/T 7714—2015, APA (7th) and Chicago (17th, bibliography) have them.

What is not known is marked as such and never made up: no pinyin of names, no family names told from given ones, no
place of publication. Page numbers of passages are those of the file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from ...corpus.model import Metadata, Passage
from ..display.layout import harmless
from ..display.wording import section_path

Class = Literal["newspaper", "report", "official", "web"]

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

_WEB = ("HTML", "MHTML", "XML")
_MARKS: dict[Class, str] = {"newspaper": "N", "report": "R", "official": "Z", "web": "EB"}
_MOST_AUTHORS = 3  # GB/T 7714—2015, 8.1.2
_REPORT = re.compile(r"报告(?:[（(].*[）)])?$")
_RESEARCH = re.compile(r"报告|研究|论文")
_NEWSPAPER = re.compile(r"报(?:海外版)?$")
_DATE = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?")
_ENDS = (".", "。", "？", "?", "！", "!")
_SUBTITLE = re.compile(r"\s*(?:[—―]{1,2}|--)\s*(?=\S)")


@dataclass(frozen=True, slots=True)
class Reference:
    """What is cited: a document, by what is known of it and the format of its file, and perhaps a passage of it."""

    document: str
    metadata: Metadata
    format: str
    passage: Passage | None = None

    @property
    def kind(self) -> Class:
        """Return what it is cited as: what has a document number, or nothing that tells, is an official text."""
        metadata = self.metadata
        genre = metadata.genre or ""
        if metadata.newspaper_page and not metadata.number:
            return "newspaper"
        if self.format in _WEB:
            return "web"
        if metadata.number:
            return "official"
        if genre.startswith(("报纸", "新闻")) or (not genre and _NEWSPAPER.search(metadata.source or "")):
            return "newspaper"
        return "report" if _RESEARCH.search(genre) or (not genre and _REPORT.search(metadata.title)) else "official"

    @property
    def responsible(self) -> tuple[str, ...]:
        """Return who is responsible for the text: those who wrote it, but of an official text those who issued it."""
        metadata = self.metadata
        first, second = metadata.authors, metadata.issuers
        return (second or first) if metadata.number or self.kind == "official" else (first or second)

    @property
    def date(self) -> str | None:
        """Return when it came out, in ISO 8601: of an official text or report, when it was made."""
        metadata = self.metadata
        made, published = metadata.date, metadata.published
        return (published or made) if self.kind in ("newspaper", "web") else (made or published)

    @property
    def title(self) -> str:
        """Return the title, in one line."""
        return " ".join(self.metadata.title.split())

    @property
    def number(self) -> str | None:
        """Return the document number (发文字号)."""
        return str(self.metadata.number) if self.metadata.number else None

    @property
    def newspaper(self) -> str | None:
        """Return the newspaper, None where the source does not name one."""
        source = self.metadata.source or ""
        return source if _NEWSPAPER.search(source) else None

    @property
    def publisher(self) -> str | None:
        """Return who published it: of a web page whose publisher is not known, its source."""
        return self.metadata.publisher or (self.metadata.source if self.kind == "web" else None)

    @property
    def series(self) -> str | None:
        """Return what a report or a web page comes from, besides its publisher."""
        source = self.metadata.source
        return source if self.kind in ("report", "web") and source != self.publisher else None

    @property
    def is_online(self) -> bool:
        """Say whether it is cited as something in the web."""
        return bool(self.metadata.url) or self.format in _WEB

    @property
    def place(self) -> Passage | None:
        """Return the passage, without its page in the file where that would pass for a page of the newspaper."""
        of_paper = self.kind == "newspaper" and self.metadata.newspaper_page
        return replace(self.passage, page=None) if self.passage and of_paper else self.passage


def gbt7714(reference: Reference) -> str:
    """Return a citation as GB/T 7714—2015 has it, to be put in a list in order of appearance."""
    names = _responsible_in_chinese(reference)
    metadata = reference.metadata
    title = ": ".join(filter(None, (with_subtitle(reference.title, ": "), reference.number, reference.series)))
    date = reference.date or _unknown("日期不详")
    place = locator_in_chinese(reference.place)
    at = f": {place}" if place else ""
    town, publisher = metadata.publisher_place, reference.publisher
    imprint = ": ".join(filter(None, (town, publisher)))
    match reference.kind:
        case "newspaper":
            source = metadata.source
            paper = reference.newspaper or _unknown(f"报纸名不详: {source}" if source else "报纸名不详")
            published = f"{paper}, {date}({metadata.newspaper_page or _unknown('版次不详')}){at}"
        case "report":
            imprint = f"{town or _unknown('出版地不详')}: {publisher or _unknown('出版者不详')}"
            published = f"{imprint}, {_year(reference.date)}{at}"
        case _ if reference.is_online:
            year = _year(reference.date) if imprint or place else ""
            published = f"{', '.join(filter(None, (imprint, year)))}{at}({date})"
        case _:
            published = f"{', '.join(filter(None, (imprint, date)))}{at}"
    mark = _mark(reference)
    if reference.is_online:
        mark += "/OL"
        published += f"[{metadata.accessed or '引用日期不详'}]. {metadata.url or _unknown('网址不详')}"
    return harmless(f"{names}. {title}[{mark}]. {published}.")


def apa(reference: Reference) -> str:
    """Return a citation as APA (7th edition) has it in a list of references; names stay as they are written.

    It has no place of publication, no publisher who is the author, and no day of access of what does not change.
    """
    # The comma before & goes with initials, which these names do not have: 9.8.
    names = _listed(reference.responsible, " & ", ", & ", most=20)
    title = with_subtitle(reference.title, ": ")
    title += f" ({reference.number})" if reference.number else ""
    metadata = reference.metadata
    is_report = reference.kind == "report"
    date = f"({_apa_date(reference.date, year_only=is_report)})"
    if reference.kind == "newspaper":
        paper = reference.newspaper or _unknown_newspaper(metadata.source)
        published = ", ".join(filter(None, (paper, metadata.newspaper_page)))
    else:
        title += f" [{metadata.genre}]" if is_report and metadata.genre else ""
        publisher = reference.publisher or ("[publisher unknown]" if is_report else None)
        others = (reference.series, None if publisher in reference.responsible else publisher)
        published = ". ".join(filter(None, others))
    parts = (names, date, title) if names else (title, date)
    # No full stop comes after an address, which it might pass for a part of.
    url = (metadata.url or "[URL unknown].") if reference.is_online else None
    place = locator_in_english(reference.place)
    return harmless(" ".join(filter(None, (_sentences(*parts, published), url, f"({place})" if place else None))))


def chicago(reference: Reference) -> str:
    """Return a citation as the Chicago Manual of Style (17th edition) has it in a bibliography.

    It has the day of access of what has no date: 14.12.
    """
    names = _listed(reference.responsible, " and ", ", and ", most=10, shown=7)
    title = with_subtitle(reference.title, ": ")
    # A report is as a book: without quotation marks, and with no more than the year.
    is_report = reference.kind == "report"
    if not is_report:
        title = f"“{_sentences(title.translate({ord('“'): '‘', ord('”'): '’'}))}”"
    date = _chicago_date(reference.date, year_only=is_report)
    metadata = reference.metadata
    town, publisher = metadata.publisher_place, reference.publisher
    page = f"p. {metadata.newspaper_page}" if reference.kind == "newspaper" and metadata.newspaper_page else None
    dated = ", ".join(filter(None, (date, page, locator_in_english(reference.place))))
    rest: list[str | None]
    match reference.kind:
        case "newspaper":
            paper = reference.newspaper or _unknown_newspaper(metadata.source)
            rest = [f"{paper}, {dated}"]
        case "report":
            imprint = f"{town or 'N.p.'}: {publisher or 'n.p.'}" if town or publisher else "N.p."
            rest = [metadata.genre, reference.series, f"{imprint}, {dated}"]
        case _:
            imprint = ": ".join(filter(None, (town, publisher)))
            rest = [reference.number, reference.series, f"{imprint}, {dated}" if imprint else _capital(dated)]
    if reference.is_online:
        if metadata.accessed and not reference.date:
            rest.append(f"Accessed {_chicago_date(metadata.accessed, year_only=False)}")
        rest.append(metadata.url or "[URL unknown]")
    return harmless(_sentences(names, title, *rest))


PROSE: dict[str, Callable[[Reference], str]] = {"gbt7714": gbt7714, "apa": apa, "chicago": chicago}
"""The styles in which a citation is a sentence; `zhengce.cli.export.bibliography` has those for reference managers."""


def with_subtitle(title: str, mark: str) -> str:
    """Return a title with its subtitle, after a dash in Chinese, set off by another mark."""
    return _SUBTITLE.sub(mark, title, count=1) if not _SUBTITLE.match(title) else title


def locator_in_chinese(passage: Passage | None) -> str:
    """Return a place in a document: the page, or the section path and paragraph."""
    if passage is None:
        return ""
    if passage.page is not None:
        return str(passage.page)
    return ", ".join(filter(None, (section_path(passage.section), f"第{passage.number}段")))


def locator_in_english(passage: Passage | None) -> str:
    """Return a place in a document: the page, or the section path and paragraph."""
    if passage is None:
        return ""
    if passage.page is not None:
        return f"p. {passage.page}"
    return ", ".join(filter(None, (section_path(passage.section), f"para. {passage.number}")))


def _responsible_in_chinese(reference: Reference) -> str:
    names = reference.responsible
    if not names:
        return _unknown("发文机关不详") if reference.kind == "official" else "佚名"
    return ", ".join((*names[:_MOST_AUTHORS], *(["等"] if len(names) > _MOST_AUTHORS else [])))


def _mark(reference: Reference) -> str:
    """Return the standard's mark of a text; what has a document number is an archive, as in its example in 4.6.2."""
    if reference.number:
        return "A"
    return _MARKS[reference.kind]


def _year(date: str | None) -> str:
    if not date:
        return _unknown("日期不详")
    return date[:4] if date_parts(date) else date


def _unknown(what: str) -> str:
    return f"[{what}]"


def _unknown_newspaper(source: str | None) -> str:
    return f"[newspaper unknown: {source}]" if source else "[newspaper unknown]"


def _listed(names: Sequence[str], two: str, last: str, *, most: int, shown: int | None = None) -> str:
    """Return names as a list in English: with ``two`` between two of them, and ``last`` before the last of more.

    Of more than ``most``, the first ``shown`` stand, or else all but those before the last that are too many.
    """
    if len(names) > most:
        if shown:
            return ", ".join((*names[:shown], "et al"))
        return f"{', '.join(names[: most - 1])}, … {names[-1]}"
    if len(names) < 2:
        return "".join(names)
    return ", ".join(names[:-1]) + (two if len(names) == 2 else last) + names[-1]


def _sentences(*parts: str | None) -> str:
    """Return parts as sentences in English, each with one full stop, which stands before closing quotation marks."""
    return " ".join(_sentence(part) for part in parts if part)


def _sentence(text: str) -> str:
    bare = text.rstrip("”’")
    return text if bare.endswith(_ENDS) else f"{bare}.{text[len(bare) :]}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def date_parts(date: str) -> list[int]:
    """Return year, month and day of a date in ISO 8601, as many as there are; none of one that a catalogue has in
    other words."""
    if not (match := _DATE.fullmatch(date)):
        return []
    return [int(part) for part in match.groups() if part]


def _apa_date(date: str | None, *, year_only: bool) -> str:
    match date_parts(date or "")[: 1 if year_only else None]:
        case [year]:
            return str(year)
        case [year, month]:
            return f"{year}, {MONTHS[month - 1]}"
        case [year, month, day]:
            return f"{year}, {MONTHS[month - 1]} {day}"
    return date or "n.d."


def _chicago_date(date: str | None, *, year_only: bool) -> str:
    match date_parts(date or "")[: 1 if year_only else None]:
        case [year]:
            return str(year)
        case [year, month]:
            return f"{MONTHS[month - 1]} {year}"
        case [year, month, day]:
            return f"{MONTHS[month - 1]} {day}, {year}"
    return date or "n.d."
