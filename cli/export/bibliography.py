"""Bibliography: references as reference managers read them, BibTeX and CSL-JSON.

A field for what is not known is left out, and the note says what it is. Names are kept whole: which part of one is
the family name is not known. Nothing is put where Zotero has no field for it, for there it is lost on import.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import accumulate
from typing import Any, TextIO
from urllib.parse import quote

from .citations import PROSE, Class, Reference, date_parts, locator_in_chinese, with_subtitle
from .jsonl import json_of
from .table import Export

_CSL: dict[Class, str] = {
    "newspaper": "article-newspaper",
    "report": "report",
    "official": "document",
    "web": "webpage",
}
_BIBTEX: dict[Class, str] = {"newspaper": "article", "report": "techreport", "official": "misc", "web": "online"}
_LANGUAGE = "zh-CN"
_NOT_IN_KEY = re.compile(r"[^A-Za-z0-9.:_-]")
_TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "&": r"\&",
        "%": r"\%",
        "$": r"\$",
        "#": r"\#",
        "_": r"\_",
        # Zotero does not know \textasciitilde, takes \textasciicircum for another sign, and -- for a dash, as TeX does.
        "~": r"\~{}",
        "^": r"\^{}",
    }
)
_IN_URL = "!#$%&'()*+,/:;=?@[]"
"""What stands in a URL as it is, beside letters and digits: it is read as it is written, with nothing escaped."""

_DASH = re.compile(r"-(?=-)")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def citation_lines(references: Iterable[Reference], style: str) -> Iterator[str]:
    """Yield the lines in which references are cited in a style, see `zhengce.cli.commands.options.STYLES`."""
    if style in BIBLIOGRAPHIES:
        return BIBLIOGRAPHIES[style](references)
    return map(PROSE[style], references)


def write_bibtex(export: Export, stream: TextIO) -> None:
    """Write the documents in which something was found; a comment says of what search."""
    head = replace(export.head, shown=())
    # BibTeX knows no comments, but passes over everything that is no entry; and an entry begins with @.
    stream.writelines(f"% {name}: {_clean(value).replace('@', '＠')}\n" for name, value in head.lines())
    stream.writelines(line + "\n" for line in bibtex(_documents(export)))


def write_csl_json(export: Export, stream: TextIO) -> None:
    """Write the documents in which something was found. JSON has no place for a head: each item says in its field
    for custom variables of what search it is and what was found in it."""
    head = replace(export.head, shown=()).record()

    def items() -> Iterator[dict[str, Any]]:
        for document, counts in export.by_document().items():
            here = {"occurrences": counts.occurrences, "passages": counts.passages}
            item = csl_item(Reference(document.id, document.metadata, document.format))
            yield item | {"custom": {"zhengce": head | {"here": here}}}

    stream.writelines(line + "\n" for line in _array(items()))


def bibtex(references: Iterable[Reference]) -> Iterator[str]:
    """Yield the lines of entries in BibTeX."""
    for reference in references:
        yield f"@{_BIBTEX[reference.kind]}{{{key(reference)},"
        for name, value in _bibtex_fields(reference):
            yield f"  {name} = {{{value}}},"
        yield "}"


def csl_json(references: Iterable[Reference]) -> Iterator[str]:
    """Yield the lines of a file of CSL-JSON, one item a line."""
    return _array(map(csl_item, references))


def _array(items: Iterable[dict[str, Any]]) -> Iterator[str]:
    before = "["
    for item in items:
        yield before + json_of(item)
        before = ","
    yield "]" if before == "," else "[]"


BIBLIOGRAPHIES: dict[str, Callable[[Iterable[Reference]], Iterator[str]]] = {"bibtex": bibtex, "csl-json": csl_json}
"""The styles in which references are data."""


def csl_item(reference: Reference) -> dict[str, Any]:
    """Return the CSL-JSON item (CSL 1.0.2) for what is cited."""
    metadata = reference.metadata
    kind = reference.kind
    title = with_subtitle(_clean(reference.title), ": ")
    item: dict[str, Any] = {"id": key(reference), "type": _CSL[kind], "title": title}
    if reference.responsible:
        item["author"] = [{"literal": _clean(name)} for name in reference.responsible]
    if reference.date:
        item["issued"] = _csl_date(reference.date)
    if reference.number:
        item["number"] = _clean(reference.number)
    container = reference.newspaper if kind == "newspaper" else metadata.source if kind == "web" else None
    if container:
        item["container-title"] = _clean(container)
    if kind in ("report", "official") and metadata.genre:
        item["genre"] = _clean(metadata.genre)
    if metadata.publisher:
        item["publisher"] = _clean(metadata.publisher)
    if metadata.publisher_place:
        item["publisher-place"] = _clean(metadata.publisher_place)
    if page := _page(reference):
        item["page"] = _clean(page)
    if metadata.url:
        item["URL"] = _clean(metadata.url)
    if metadata.accessed and reference.is_online:
        item["accessed"] = _csl_date(metadata.accessed)
    item["language"] = _LANGUAGE
    # Zotero has no field for the number of a document or a web page, but cites by such a line of a note.
    notes = (f"number: {_clean(reference.number)}" if reference.number else None, _clean(_note(reference)))
    if note := "\n".join(filter(None, notes)):
        item["note"] = note
    return item


def _csl_date(date: str) -> dict[str, Any]:
    parts = date_parts(date)
    return {"date-parts": [parts]} if parts else {"literal": _clean(date)}


def key(reference: Reference) -> str:
    """Return a key for BibTeX, one that no other document or passage of the corpus has.

    An id with characters that BibTeX does not take gives them up, for a checksum of it.
    """
    name = _NOT_IN_KEY.sub("", reference.document)
    if name != reference.document or ":" in name:
        name = f"{name.replace(':', '')}-{zlib.crc32(reference.document.encode(errors='surrogatepass')):08x}".lstrip(
            "-"
        )
    return f"{name}:{reference.passage.number}" if reference.passage else name


def _documents(export: Export) -> Iterator[Reference]:
    return (Reference(each.id, each.metadata, each.format) for each in export.by_document())


def _bibtex_fields(reference: Reference) -> Iterator[tuple[str, str]]:
    metadata = reference.metadata
    kind = reference.kind
    # Braces within keep the name, and the letters of a title, as they are.
    yield "title", f"{{{_tex(with_subtitle(reference.title, ': '))}}}"
    if reference.responsible:
        yield "author", " and ".join(f"{{{_tex(name)}}}" for name in reference.responsible)
    else:
        yield "key", _tex(reference.title)
    if reference.date:
        parts = date_parts(reference.date)
        yield "year", str(parts[0]) if parts else _tex(reference.date)
        yield "date", _tex(reference.date)
    # BibTeX misses these where they are left out.
    if kind == "newspaper":
        yield "journal", _tex(reference.newspaper or "[报纸名不详]")
        yield "entrysubtype", "newspaper"
    if metadata.publisher or kind == "report":
        yield "institution" if kind == "report" else "publisher", _tex(metadata.publisher or "[出版者不详]")
    if metadata.publisher_place:
        yield "address", _tex(metadata.publisher_place)
    if kind in ("report", "official") and metadata.genre:
        yield "type", _tex(metadata.genre)
    published = (reference.number, metadata.source if kind == "web" else None)
    if any(published):
        yield "howpublished", _tex("，".join(filter(None, published)))
    if page := _page(reference):
        yield "pages", _tex(page)
    if metadata.url:
        yield "url", quote(_clean(metadata.url), safe=_IN_URL)
    if metadata.accessed and reference.is_online:
        yield "urldate", _tex(metadata.accessed)
    yield "language", _LANGUAGE
    yield "langid", "chinese"
    if note := _note(reference):
        yield "note", _tex(note)


def _page(reference: Reference) -> str | None:
    """Return the page: of a newspaper its own, for which that of the file would pass; others than reports have none."""
    passage = reference.passage
    if reference.kind == "newspaper":
        return reference.metadata.newspaper_page
    return str(passage.page) if reference.kind == "report" and passage and passage.page is not None else None


def _note(reference: Reference) -> str:
    """Return what has no field: the source where it is no publisher, the place in the text, and what is not known."""
    kind, metadata, passage = reference.kind, reference.metadata, reference.passage
    unknown = [
        None if reference.responsible else "责任者不详",
        None if reference.date else "日期不详",
        "出版者不详" if kind == "report" and not metadata.publisher else None,
        "报纸名不详" if kind == "newspaper" and not reference.newspaper else None,
        "版次不详" if kind == "newspaper" and not metadata.newspaper_page else None,
        "网址不详" if reference.is_online and not metadata.url else None,
    ]
    placed = kind == "web" or (kind == "newspaper" and reference.newspaper)
    source = None if placed or metadata.source == "、".join(metadata.issuers) else metadata.source
    place = locator_in_chinese(passage)
    if passage and passage.page is not None:
        place = "" if kind == "report" else f"文件第{passage.page}页"
    return "；".join(filter(None, (source, place, *(f"[{each}]" for each in unknown if each))))


def _tex(text: str) -> str:
    escaped = _DASH.sub("{-}", _clean(text).translate(_TEX))
    if _balanced(text):
        return escaped
    # To BibTeX a brace after a backslash counts too. Zotero does not know these names, so they are for need only.
    return escaped.replace(r"\{", r"\textbraceleft{}").replace(r"\}", r"\textbraceright{}")


def _balanced(text: str) -> bool:
    depths = [0, *accumulate((each == "{") - (each == "}") for each in text)]
    return min(depths) == depths[-1] == 0


def _clean(text: str) -> str:
    return _CONTROLS.sub(" ", text).encode(errors="replace").decode()
