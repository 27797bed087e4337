"""BibTeX, with the fields that Zotero reads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import accumulate
from urllib.parse import quote

from .managers import LANGUAGE, clean, key, note, page
from .reference import Reference, ReferenceType, date_parts, with_subtitle

_TYPES: dict[ReferenceType, str] = {
    "newspaper": "article",
    "report": "techreport",
    "official": "misc",
    "web": "online",
}
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
        # Zotero does not know \textasciitilde, and reads \textasciicircum as another sign.
        "~": r"\~{}",
        "^": r"\^{}",
    }
)
_IN_URL = "!#$%&'()*+,/:;=?@[]"
"""Characters that stay as they are in a URL, beside letters and digits: BibTeX escapes nothing in one."""

_DASH = re.compile(r"-(?=-)")  # TeX and Zotero make a dash of --


def lines(references: Iterable[Reference]) -> Iterator[str]:
    """Yield the lines of a file of BibTeX, one entry after the other."""
    for reference in references:
        yield f"@{_TYPES[reference.type]}{{{key(reference)},"
        for name, value in _fields(reference):
            yield f"  {name} = {{{value}}},"
        yield "}"


def _fields(reference: Reference) -> Iterator[tuple[str, str]]:
    metadata = reference.metadata
    cited_as = reference.type
    # Inner braces keep names, and the case of titles, as they are.
    yield "title", f"{{{_tex(with_subtitle(reference.title))}}}"
    if reference.responsible:
        yield "author", " and ".join(f"{{{_tex(name)}}}" for name in reference.responsible)
    else:
        yield "key", _tex(reference.title)
    if reference.date:
        parts = date_parts(reference.date)
        yield "year", str(parts[0]) if parts else _tex(reference.date)
        yield "date", _tex(reference.date)
    # BibTeX warns if these fields are missing.
    if cited_as == "newspaper":
        yield "journal", _tex(reference.newspaper or "[报纸名不详]")
        yield "entrysubtype", "newspaper"
    if metadata.publisher or cited_as == "report":
        yield "institution" if cited_as == "report" else "publisher", _tex(metadata.publisher or "[出版者不详]")
    if metadata.publisher_place:
        yield "address", _tex(metadata.publisher_place)
    if cited_as in ("report", "official") and metadata.genre:
        yield "type", _tex(metadata.genre)
    published = (reference.number, metadata.source if cited_as == "web" else None)
    if any(published):
        yield "howpublished", _tex("，".join(filter(None, published)))
    if cited_page := page(reference):
        yield "pages", _tex(cited_page)
    if metadata.url:
        yield "url", quote(clean(metadata.url), safe=_IN_URL)
    if metadata.accessed and reference.is_online:
        yield "urldate", _tex(metadata.accessed)
    yield "language", LANGUAGE
    yield "langid", "chinese"
    if text := note(reference):
        yield "note", _tex(text)


def _tex(text: str) -> str:
    escaped = _DASH.sub("{-}", clean(text).translate(_TEX))
    if _balanced(text):
        return escaped
    # BibTeX also counts braces after a backslash, so unbalanced ones need a name. Zotero does not know these names.
    return escaped.replace(r"\{", r"\textbraceleft{}").replace(r"\}", r"\textbraceright{}")


def _balanced(text: str) -> bool:
    depths = [0, *accumulate((each == "{") - (each == "}") for each in text)]
    return min(depths) == depths[-1] == 0
