"""References: what is cited, as the data that every style is made from.

Nothing is made up: names stay as they are written, in Chinese and whole, and what is not known is None. The page
numbers of passages are those of the file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, Protocol

from ...corpus.formats.table import capabilities
from ...corpus.model import Metadata, Passage
from ..model import IndexedDocument

ReferenceType = Literal["newspaper", "report", "official", "web"]

_REPORT = re.compile(r"报告(?:[（(].*[）)])?$")
_RESEARCH = re.compile(r"报告|研究|论文")
_NEWSPAPER = re.compile(r"报(?:海外版)?$")
_DATE = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?")
_SUBTITLE = re.compile(r"\s*(?:[—―]{1,2}|--)\s*(?=\S)")


@dataclass(frozen=True, slots=True)
class Reference:
    """A document to be cited, or a passage of it."""

    document: IndexedDocument
    passage: Passage | None = None

    @property
    def metadata(self) -> Metadata:
        """Return what is known of the document."""
        return self.document.metadata

    @property
    def type(self) -> ReferenceType:
        """Return what the document is cited as.

        A text with a document number is official, and so is one that nothing else is known of.
        """
        metadata = self.metadata
        genre = metadata.genre or ""
        if metadata.newspaper_page and not metadata.number:
            return "newspaper"
        if capabilities(self.document.format).is_web:
            return "web"
        if metadata.number:
            return "official"
        if genre.startswith(("报纸", "新闻")) or (not genre and _NEWSPAPER.search(metadata.source or "")):
            return "newspaper"
        return "report" if _RESEARCH.search(genre) or (not genre and _REPORT.search(metadata.title)) else "official"

    @property
    def responsible(self) -> tuple[str, ...]:
        """Return who is responsible for the text: its authors, or the issuers of an official text."""
        metadata = self.metadata
        first, second = metadata.authors, metadata.issuers
        return (second or first) if metadata.number or self.type == "official" else (first or second)

    @property
    def date(self) -> str | None:
        """Return the date in ISO 8601: of publication for newspapers and web pages, else of the text itself."""
        metadata = self.metadata
        made, published = metadata.date, metadata.published
        return (published or made) if self.type in ("newspaper", "web") else (made or published)

    @property
    def title(self) -> str:
        """Return the title in one line."""
        return " ".join(self.metadata.title.split())

    @property
    def number(self) -> str | None:
        """Return the document number (发文字号)."""
        return str(self.metadata.number) if self.metadata.number else None

    @property
    def newspaper(self) -> str | None:
        """Return the newspaper, None if the source does not name one."""
        source = self.metadata.source or ""
        return source if _NEWSPAPER.search(source) else None

    @property
    def publisher(self) -> str | None:
        """Return the publisher; for a web page without one, its source."""
        return self.metadata.publisher or (self.metadata.source if self.type == "web" else None)

    @property
    def series(self) -> str | None:
        """Return the source of a report or a web page, unless it is the publisher."""
        source = self.metadata.source
        return source if self.type in ("report", "web") and source != self.publisher else None

    @property
    def is_online(self) -> bool:
        """Tell whether it is cited with an address in the web."""
        return bool(self.metadata.url) or capabilities(self.document.format).is_web

    @property
    def cited_passage(self) -> Passage | None:
        """Return the passage, without its page in the file if that would be read as a page of the newspaper."""
        of_paper = self.type == "newspaper" and self.metadata.newspaper_page
        return self.passage._replace(page=None) if self.passage and of_paper else self.passage


class Cite(Protocol):
    """Cites a passage, or a document as a whole."""

    def __call__(self, document: IndexedDocument, passage: Passage | None = None) -> str:
        """Return the citation."""


def with_subtitle(title: str) -> str:
    """Return a title whose subtitle, after a dash in Chinese, follows a colon."""
    return _SUBTITLE.sub(": ", title, count=1) if not _SUBTITLE.match(title) else title


def date_parts(date: str) -> list[int]:
    """Return year, month and day of a date in ISO 8601, as many as it has. A date in other words has none."""
    if not (match := _DATE.fullmatch(date)):
        return []
    return [int(part) for part in match.groups() if part]
