"""The data that everything else is about: what is known of a document, and its passages.

Named tuples, since every search imports them: dataclasses compile their methods from source text, 5 of its 90 ms.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Kind = Literal["title", "heading", "paragraph", "table", "footnote", "byline", "caption", "furniture"]

NumberForm = Literal["bracketed", "order", "announcement", "public notice"]
"""How a document number is written: with the year in brackets, or as that of a 令, 公告 or 通告."""

_FORM_WORDS: dict[NumberForm, str] = {"order": "令", "announcement": "公告", "public notice": "通告"}
_SHORTEST_FULL_NAME = 6  # characters, with 令 or 公告

Origin = Literal["text", "page", "properties", "name", "catalogue", "sidecar", "set"]
"""Where a field of metadata comes from. ``text``: read out of the text. ``page``: stated by a web page in a table on
it. ``properties``: stated elsewhere in the file, in the head of a page or among the properties of a Word file or PDF.
``name``: the name of the file. ``catalogue``: that of the bundled documents. ``sidecar``: a table beside the file.
``set``: set by hand."""

LineRange = tuple[int, int]
"""First and last source line, both included, counted from 1."""


class Passage(NamedTuple):
    """One paragraph, heading, table row or footnote of a document (段落).

    ``number`` counts from 1 in reading order. ``section`` holds the headings above the passage, outermost first.
    ``lines`` has one range for each unbroken run of source lines, so two where a page break cuts a paragraph; formats
    without lines number their paragraphs from 1. ``page`` is the page it begins on, if the file has pages.
    """

    number: int
    kind: Kind
    section: tuple[str, ...]
    lines: tuple[LineRange, ...]
    text: str
    page: int | None = None


class DocumentNumber(NamedTuple):
    """A document number (发文字号): 渝府办发〔2022〕86号, 国令第707号, 财政部公告2023年第12号.

    ``agency`` is the agency's code or the names of the issuers, ``year`` is None for those that are counted through.
    ``numeral`` is the serial as it is written where that is Chinese: 主席令第十五号.
    """

    agency: str
    year: int | None
    serial: int
    form: NumberForm = "bracketed"
    numeral: str = ""

    def __str__(self) -> str:
        if self.form == "bracketed":
            # 渝府令〔1999〕65号, but 中国人民银行令〔2021〕第1号, with a full name for a code.
            full = len(self.agency) >= _SHORTEST_FULL_NAME and self.agency.endswith(("令", "公告", "通告"))
            return f"{self.agency}〔{self.year}〕{'第' if full else ''}{self.serial}号"
        year = f"{self.year}年" if self.year else ""
        return f"{self.agency}{_FORM_WORDS[self.form]}{year}第{self.numeral or self.serial}号"


class Metadata(NamedTuple):
    """What is known of a document besides its text.

    Dates are ISO 8601 to the year, month or day: ``2023``, ``2023-08``, ``2022-07-26``. ``date`` is that of the version
    in hand: of its last revision, else promulgation, else signature, else adoption. Each of these is known by itself
    where the text tells it: ``adopted`` (通过), ``approved`` by a higher body (批准), ``promulgated`` (公布, 发布),
    ``revised`` (修正, 修订), every time in order, ``effective`` (施行) and ``signed`` (成文). ``published`` is the day
    it was made public on the web (发布日期) and ``index_number`` its 索引号, as government sites state them.

    ``validity`` (时效性) is whether it is in force, in the words of the page or table that states it: 有效, 失效.

    ``issuers`` are the bodies in whose name the text was issued, ``authors`` the persons who wrote it.

    The rest is for citations. ``newspaper_page`` is the page of a newspaper (版次) as it numbers it: ``3``, ``A02``.
    ``publisher`` (出版者) published the text, ``publisher_place`` (出版地) is the town. ``url`` is its address on the
    web, ``accessed`` the day it was read there (引用日期), a date like ``date``.
    """

    title: str
    number: DocumentNumber | None = None
    date: str | None = None
    issuers: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    source: str | None = None
    genre: str | None = None
    region: str | None = None
    published: str | None = None
    index_number: str | None = None
    newspaper_page: str | None = None
    publisher: str | None = None
    publisher_place: str | None = None
    url: str | None = None
    accessed: str | None = None
    adopted: str | None = None
    approved: str | None = None
    promulgated: str | None = None
    revised: tuple[str, ...] = ()
    effective: str | None = None
    signed: str | None = None
    validity: str | None = None
