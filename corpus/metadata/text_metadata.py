"""Metadata that texts state: title, document number, date, issuers and authors, read out of a document's passages."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from ..messages import message
from ..model import DocumentNumber, Metadata, Passage
from ..notation.dates import WIDE_DIGITS, is_date_line, read_date
from ..notation.document_numbers import find_document_number, is_bracketed_number, is_number_line, without_number
from ..notation.enactment_notes import enacting_bodies, is_enactment_note, tells_history, titled_bodies, without_state
from ..notation.joint_names import joint_names
from ..structure.classification import AUTHORISED, CREDIT, EDITION
from ..structure.lines import SENTENCE_ENDS, SIGNATURE, is_delivery, is_source, is_speaker_below, report_title
from .page_metadata import byline_metadata, newspaper_metadata
from .text_number import number_of
from .version_dates import version_date, version_dates

NO_DATE = "which is no date"
"""What the warning of a stated date says, in English, that is none."""

_FEWEST_OF_VOLUME = 4  # documents that make a text a volume
_NEVER_IN_TEXT = (
    "genre",
    "region",
    "index_number",
    "newspaper_page",
    "publisher",
    "publisher_place",
    "url",
    "validity",
)
"""Fields that are copied from what is stated outside the text."""

_DATE_LABELS = ("填表日期", "成文日期", "发文日期", "印发日期")
_DATE_FIELDS = ("date", "published", "accessed", "adopted", "approved", "promulgated", "revised", "effective", "signed")
_TITLE_LABELS = ("项目名称", "课题名称", "标题")
_JOINT = re.compile(r"(?P<first>[\u4e00-\u9fff]+?)\s*联合(?:出品|主办|发布)\s*(?P<second>[\u4e00-\u9fff]*)")
_PLACE = re.compile(r"[\u4e00-\u9fff]{2,6}?(?:省|市|自治区|自治州)")
_ROLE = re.compile(r"(?:记者|作者|撰稿|撰文|通讯员|执笔)[\s：:]*")
_NAME = re.compile(r"[\u4e00-\u9fff·]{2,4}(?=[\s、，；;。）)】]|$)[\s、，]*")
# Other roles, and the empty date of a form
_NO_NAMES = frozenset(("制图", "摄影", "供图", "编辑", "责编", "文图", "报道", "通讯员", "记者", "年月日"))
_SEPARATORS = re.compile(r"[\s;；、，,]+")
_CUT = re.compile(r"(?<=[\u4e00-\u9fff》”][关印转批][于发]) (?=\S)")  # 关于 and 印发 are never the last word of a title
_BEFORE_SUBTITLE = re.compile(r"(?<=[\u4e00-\u9fff）》”]) (?=[—―])")
_TERM = re.compile(r"第[一二三四五六七八九十百\d]+届")
_LONGEST_CODE = 2  # characters of an agency's code
_MOST_PARTS = 8  # passages that a note is broken into
_OPENING, _CLOSING = re.compile(r"[（(]"), re.compile(r"[）)]")
_IN_DATE = re.compile(r"(?<=\d)\s+(?=[年月日])|(?<=[年月])\s+(?=\d)")
_REPOSTED = re.compile(rf"[（(【\[]转载[）)】\]]\s*|^{AUTHORISED.pattern}")
_ALL_IN_BRACKETS = re.compile(r"^《([^《》]*)》$")
_NOTE_MARK = re.compile(r"\^\{[^}]*\}|[*⁰¹²³⁴-⁹]")


def read_metadata(
    passages: Sequence[Passage],
    defaults: Mapping[str, str] | None = None,
    overrides: Mapping[str, str] | None = None,
    fallback: str = "",
) -> Metadata:
    """Return the metadata of a document.

    ``overrides`` win over what the text says, ``defaults`` fill in what it does not say. The keys of both are fields of
    `Metadata`. ``fallback`` is the name of the document's file: the title of a text without one, and a date in it may
    settle which version the text is.
    """
    return metadata_and_warnings(passages, defaults, overrides, fallback)[0]


def metadata_and_warnings(
    passages: Sequence[Passage],
    defaults: Mapping[str, str] | None = None,
    overrides: Mapping[str, str] | None = None,
    fallback: str = "",
) -> tuple[Metadata, tuple[str, ...]]:
    """Return the metadata of a document as `read_metadata` does, and warnings: of dates and numbers that are none, and
    of a date in the file's name that contradicts the text."""
    defaults, overrides = defaults or {}, overrides or {}
    # What holds for one document of a volume does not hold for the volume.
    own = () if _is_volume(passages) else passages
    # Where and when a report was given may stand in lines of its own below the title.
    titles = [
        each.text for each in passages if each.kind == "title" or (each.kind == "byline" and is_delivery(each.text))
    ]
    dates = version_dates(own, titles, _notes(own, tells_history))

    def stated(name: str, found: str | None = None) -> str | None:
        return read_date(overrides.get(name, "")) or found or read_date(defaults.get(name, "")) or defaults.get(name)

    def names(name: str, found: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(re.split(_SEPARATORS, overrides.get(name, "").strip())) if overrides.get(name) else found

    sources = {
        **newspaper_metadata(own[-1].text if own else ""),
        **byline_metadata(passage.text for passage in own if passage.kind == "byline" and is_source(passage.text)),
    }
    revised = _dates(overrides.get("revised", ""))
    published = stated("published") or sources.get("published") or dates.posted
    issuers = names("issuers", text_issuers(own))
    if not issuers and published and dates.signed and dates.signed >= published:
        # A page of news is not signed after it was published: the day is that of another piece below it.
        dates = dates._replace(signed=None)
    date, contradiction = version_date(dates, fallback, _form_value(own, _DATE_LABELS))
    if not issuers and published and date and published.startswith(date):
        date = published
    number = find_document_number(overrides.get("number", "")) or number_of(
        own, _title_as_written(own), _notes(own), stated("date", date)
    )
    metadata = Metadata(
        title=_REPOSTED.sub("", overrides.get("title") or _title(passages) or defaults.get("title") or fallback),
        number=number,
        # What names neither issuer nor number, as news does, is of the day on which it was published.
        date=stated("date", date) or (None if number or issuers else published),
        issuers=issuers or _ordering_bodies(number),
        authors=names("authors", _authors(own)),
        source=overrides.get("source") or defaults.get("source") or sources.get("source"),
        published=published,
        accessed=stated("accessed"),
        adopted=stated("adopted", dates.adopted),
        approved=stated("approved", dates.approved),
        promulgated=stated("promulgated", dates.promulgated),
        revised=revised or dates.revised,
        effective=stated("effective", dates.effective),
        signed=stated("signed", dates.signed),
        **{name: overrides.get(name) or defaults.get(name) for name in _NEVER_IN_TEXT},
    )
    return metadata, tuple(_warnings(overrides, contradiction))


def _dates(stated: str) -> tuple[str, ...]:
    """Return the dates that are stated one after the other."""
    return tuple(sorted(date for each in _SEPARATORS.split(stated) if (date := read_date(each))))


def _warnings(overrides: Mapping[str, str], contradiction: str | None) -> Iterator[str]:
    for name in _DATE_FIELDS:
        if (value := overrides.get(name)) and not read_date(value):
            yield message(
                "{field} is stated as “{value}”, which is no date; write it as 2022, 2022-07 or 2022-07-26",
                field=name,
                value=value,
            )
    if (number := overrides.get("number")) and not find_document_number(number):
        yield message(
            "number is stated as “{number}”, which is no document number; write it as 国发〔2022〕3号 or 国令第3号",
            number=number,
        )
    if contradiction and not read_date(overrides.get("date", "")):
        yield contradiction


def _title_as_written(passages: Sequence[Passage]) -> str:
    titles = [passage.text for passage in passages if passage.kind == "title"]
    written = "".join(text if EDITION.fullmatch(text) else f" {text}" for text in titles)
    return _CUT.sub("", " ".join(written.split()))


def _title(passages: Sequence[Passage]) -> str | None:
    title = _ALL_IN_BRACKETS.sub(r"\1", without_number(_title_as_written(passages)))
    if report := report_title(title):
        if report.startswith("—"):  # a subtitle without its title
            return None
        return _BEFORE_SUBTITLE.sub("", report)
    return title or _form_value(passages, _TITLE_LABELS)


def _is_volume(passages: Sequence[Passage]) -> bool:
    """Say whether a text is a volume of documents: four document numbers or more, each followed by the date of a
    signature. A single document has one, and another for each document that it forwards."""
    lines = [passage.text for passage in passages if passage.kind == "byline"]
    marks = [is_number_line(text) for text in lines if is_number_line(text) or is_date_line(text)]
    return sum(number and not following for number, following in itertools.pairwise(marks)) >= _FEWEST_OF_VOLUME


def text_issuers(passages: Sequence[Passage]) -> tuple[str, ...]:
    """Return the bodies that published the text jointly, else those that enacted it, else the agencies that sign it,
    else those that its title begins with."""
    bylines = [passage.text for passage in passages if passage.kind == "byline"]
    if joint := next((match for text in bylines if (match := _JOINT.search(text))), None):
        return tuple(name for name in joint.groups() if name)
    # Notes on a law of another place may stand above those on this one.
    place = match[0] if (match := _PLACE.match(_title(passages) or "")) else ""
    if bodies := enacting_bodies(sorted(_notes(passages, tells_history), key=lambda note: place not in note)):
        return bodies
    signatures = [text for text in bylines if SIGNATURE.fullmatch(text) and not CREDIT.search(text)]
    # 制 marks who drew up a form. Several agencies may sign on one line, with spaces between.
    names = (
        name for text in signatures if not text.endswith("制") for part in text.split() for name in joint_names(part)
    )
    return tuple(dict.fromkeys(names)) or titled_bodies(_title(passages) or "")


def _ordering_bodies(number: DocumentNumber | None) -> tuple[str, ...]:
    """Return the bodies whose order or announcement a number names: 广州市人民政府令第179号. A president promulgates
    what others have passed, and a code (国令) is no name."""
    if number is None or number.form == "bracketed" or number.agency.endswith("主席"):
        return ()
    names = tuple(map(without_state, _TERM.sub("", number.agency).split("\u3000")))
    return names if all(len(name) > _LONGEST_CODE and SIGNATURE.fullmatch(name) for name in names) else ()


def _notes(passages: Sequence[Passage], is_note: Callable[[str], bool] = is_enactment_note) -> list[str]:
    """Return the enactment notes between the title and the text, with digits of one form and without spaces in dates. A
    note in brackets may be broken over several passages."""
    titles = [index for index, passage in enumerate(passages) if passage.kind == "title"]
    below = [each for each in (passages[titles[-1] + 1 :] if titles else ()) if each.kind != "furniture"]
    notes: list[str] = []
    position = 0
    while position < len(below):
        count = _unbroken([each.text for each in below[position : position + _MOST_PARTS]])
        text = _IN_DATE.sub("", "".join(each.text.strip() for each in below[position : position + count]))
        text = text.translate(WIDE_DIGITS)
        if is_note(text):
            notes.append(text)
        elif below[position].kind == "paragraph" and not (is_number_line(text) or is_bracketed_number(text)):
            break
        else:
            count = 1
        position += count
    return notes


def _unbroken(texts: Sequence[str]) -> int:
    """Return how many passages from the first on a bracket spans that the first one opens, 1 if none does."""
    if texts[0].lstrip()[:1] not in ("（", "("):
        return 1
    open_ = 0
    for count, text in enumerate(texts, start=1):
        open_ += len(_OPENING.findall(text)) - len(_CLOSING.findall(text))
        if open_ <= 0:
            return count
    return 1


def _authors(passages: Sequence[Passage]) -> tuple[str, ...]:
    """Return the persons whom bylines name behind a role (记者, 执笔) or as nothing but names."""
    authors: list[str] = []
    for passage in passages:
        if passage.kind != "byline" or is_speaker_below(passage.text):
            continue
        text = _NOTE_MARK.sub(" ", passage.text)
        for match in _ROLE.finditer(text):
            if names := _names(text[match.end() :]):
                authors += names
                break
        else:
            names = _names(text)
            if "".join(names) == re.sub(r"[\s、，]", "", text) and not SIGNATURE.fullmatch(passage.text):
                authors += names
    return tuple(dict.fromkeys(authors))


def _names(text: str) -> list[str]:
    names: list[str] = []
    position = 0
    while match := _NAME.match(text, position):
        name = match[0].strip(" \u3000、，")
        if name in _NO_NAMES:
            break
        names.append(name)
        position = match.end()
    return names


def _form_value(passages: Sequence[Passage], labels: Sequence[str]) -> str | None:
    """Return the value behind one of some labels in a row of a form; the labels may be spaced."""
    for passage in passages:
        if passage.kind in ("paragraph", "title") and any(mark in passage.text for mark in SENTENCE_ENDS):
            continue
        for label in labels:
            if match := re.match(r"\s*".join(label) + r"[\s：:]+(?P<value>\S.*)", passage.text):
                return match["value"].strip()
    return None
