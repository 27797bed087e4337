"""What the formats of reference managers share: keys, pages, and notes for what they have no field for.

A field for what is not known is left out, and the note says what is missing. Names are kept whole: which part of one
is the family name is not known. Zotero loses what it has no field for, so that goes into the note too.
"""

from __future__ import annotations

import re
import zlib

from .locators import locator_in_chinese
from .reference import Reference

LANGUAGE = "zh-CN"

_NOT_IN_KEY = re.compile(r"[^A-Za-z0-9.:_-]")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def key(reference: Reference) -> str:
    """Return a key that BibTeX takes and that no other document or passage of the corpus has.

    Characters of an id that BibTeX does not take are left out, and a checksum of the id is added.
    """
    id_ = reference.document.id
    name = _NOT_IN_KEY.sub("", id_)
    if name != id_ or ":" in name:
        name = f"{name.replace(':', '')}-{zlib.crc32(id_.encode(errors='surrogatepass')):08x}".lstrip("-")
    return f"{name}:{reference.passage.number}" if reference.passage else name


def page(reference: Reference) -> str | None:
    """Return the page: of a newspaper its own, of a report that of the file. Other texts have none."""
    passage = reference.passage
    if reference.type == "newspaper":
        return reference.metadata.newspaper_page
    return str(passage.page) if reference.type == "report" and passage and passage.page is not None else None


def note(reference: Reference) -> str:
    """Return what has no field: a source that is no publisher, the position in the text, and what is not known."""
    cited_as, metadata, passage = reference.type, reference.metadata, reference.passage
    unknown = [
        None if reference.responsible else "责任者不详",
        None if reference.date else "日期不详",
        "出版者不详" if cited_as == "report" and not metadata.publisher else None,
        "报纸名不详" if cited_as == "newspaper" and not reference.newspaper else None,
        "版次不详" if cited_as == "newspaper" and not metadata.newspaper_page else None,
        "网址不详" if reference.is_online and not metadata.url else None,
    ]
    placed = cited_as == "web" or (cited_as == "newspaper" and reference.newspaper)
    source = None if placed or metadata.source == "、".join(metadata.issuers) else metadata.source
    locator = locator_in_chinese(passage)
    if passage and passage.page is not None:
        locator = "" if cited_as == "report" else f"文件第{passage.page}页"
    return "；".join(filter(None, (source, locator, *(f"[{each}]" for each in unknown if each))))


def clean(text: str) -> str:
    """Return a text without control characters and lone surrogates."""
    return _CONTROLS.sub(" ", text).encode(errors="replace").decode()
