"""The fields of metadata: their names in English and Chinese, what each says, and the forms that their values take."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Literal, NamedTuple

from ..closed import assert_never
from ..messages import message
from ..model import DocumentNumber
from ..notation.dates import WIDE_DIGITS, find_dates, read_date
from ..notation.document_numbers import find_document_number

ValueForm = Literal["text", "date", "dates", "number", "names"]


class MetadataField(NamedTuple):
    """A field of `zhengce.corpus.model.Metadata`. ``headings`` are the Chinese names that a column of a table may have
    for it, the usual one first; ``meaning`` is for the help."""

    name: str
    headings: tuple[str, ...]
    form: ValueForm
    meaning: str


FIELDS = (
    MetadataField("title", ("标题", "题名", "题目", "名称", "文件标题"), "text", message("the title")),
    MetadataField(
        "number", ("文号", "发文字号", "发文号", "文件编号", "字号"), "number", message("the document number")
    ),
    MetadataField("date", ("日期",), "date", message("the date of the version in hand")),
    MetadataField(
        "issuers",
        ("发文机关", "发文单位", "发文机构", "发布机关", "发布机构", "发布单位", "制定机关", "印发机关"),
        "names",
        message("the bodies that issued the text"),
    ),
    MetadataField("authors", ("作者", "撰稿"), "names", message("the persons who wrote it")),
    MetadataField("source", ("来源", "出处"), "text", message("where it was published")),
    MetadataField("genre", ("体裁", "文种", "类别", "类型"), "text", message("what kind of text it is")),
    MetadataField("region", ("地区", "区域", "地域"), "text", message("which region it is about")),
    MetadataField(
        "published", ("发布日期", "发布时间", "公开日期"), "date", message("when it was made public on the web")
    ),
    MetadataField("index_number", ("索引号",), "text", message("its number in a government's list of what is public")),
    MetadataField(
        "newspaper_page", ("版次", "版面"), "text", message("`3` or `A02`; makes the text a newspaper article")
    ),
    MetadataField("publisher", ("出版者", "出版社"), "text", message("who published it")),
    MetadataField("publisher_place", ("出版地",), "text", message("the town of the publisher")),
    MetadataField("url", ("网址", "链接"), "text", message("its address on the web")),
    MetadataField("accessed", ("引用日期", "访问日期"), "date", message("when it was read there")),
    MetadataField("adopted", ("通过日期",), "date", message("when it was adopted")),
    MetadataField("approved", ("批准日期",), "date", message("when a higher body approved it")),
    MetadataField("promulgated", ("公布日期", "颁布日期"), "date", message("when it was promulgated")),
    MetadataField("revised", ("修正日期", "修订日期"), "dates", message("when it was revised, one date or several")),
    MetadataField("effective", ("施行日期", "实施日期", "生效日期"), "date", message("when it takes effect")),
    MetadataField("signed", ("成文日期", "发文日期", "签署日期"), "date", message("when it was signed")),
    MetadataField(
        "validity", ("时效性", "有效性", "效力状态", "文件状态"), "text", message("whether it is in force: 有效, 失效")
    ),
)
"""Every field, in the order of `zhengce.corpus.model.Metadata`."""

FIELD_BY_NAME = {each.name: each for each in FIELDS}

_BETWEEN_NAMES = re.compile(r"[\s;；、，,]+")
_TIME_OF_DAY = re.compile(r"(?<=[\d日])(?:T|\s+)\d\d?:\d\d(?::\d\d)?$")
_EIGHT_DIGITS = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")
_DIGIT = re.compile(r"[\d一二三四五六七八九十]")


class ValueFormError(ValueError):
    """A value has not the form that its field takes; the message says which that is."""


def field_of(heading: str, fields: Iterable[MetadataField] = FIELDS) -> MetadataField | None:
    """Return the field that a heading names in English or Chinese, in any case, width and spacing."""
    plain = _plain(heading)
    return next((each for each in fields if plain in (_plain(each.name), *each.headings)), None)


def canonical(field: MetadataField, value: str) -> str:
    """Return a value as the field keeps it: dates as ISO 8601, several with spaces between, all else as it is written.

    Raises:
        ValueFormError: The field takes no such value.
    """
    value = value.strip()
    match field.form:
        case "text" | "names":
            return value
        case "number":
            if find_document_number(value) is None:
                raise ValueFormError(
                    message("“{value}” is no document number; write it as 渝府办发〔2022〕86号", value=value)
                )
            return value
        case "date":
            if (date := _date(value)) is None:
                raise ValueFormError(message("“{value}” is no date; write 2022, 2022-07 or 2022-07-26", value=value))
            return date
        case "dates":
            dates = [_date(each) for each in _BETWEEN_NAMES.split(value)]
            if None in dates:
                raise ValueFormError(
                    message("“{value}” is not a list of dates; write 2018-10-26 2023-12-29", value=value)
                )
            return " ".join(sorted(filter(None, dates)))
        case _:
            assert_never(field.form)


def value_of(field: MetadataField, written: str) -> str | tuple[str, ...] | DocumentNumber | None:
    """Return what a field of `zhengce.corpus.model.Metadata` holds for a value that `canonical` has written. Names have
    、, a comma, a semicolon or a space between them."""
    match field.form:
        case "text" | "date":
            return written or (None if field.name != "title" else "")
        case "names" | "dates":
            return tuple(filter(None, _BETWEEN_NAMES.split(written)))
        case "number":
            return find_document_number(written) if written else None
        case _:
            assert_never(field.form)


def _date(value: str) -> str | None:
    """Return the one date that a value is, as ISO 8601."""
    value = _TIME_OF_DAY.sub("", value.translate(WIDE_DIGITS).strip())
    if match := _EIGHT_DIGITS.fullmatch(value):
        value = "-".join(match.groups())
    found = list(find_dates(value))
    if not found:
        return read_date(value)
    rest = value[: found[0].start] + value[found[0].end :]
    return None if _DIGIT.search(rest) else found[0].date


def _plain(heading: str) -> str:
    text = unicodedata.normalize("NFKC", heading).casefold()
    return re.sub(r"[\s_:*]+", "", text)
