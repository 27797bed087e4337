"""Small Word files, made for a test."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_SPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": W,
        "r": _OFFICE,
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "v": "urn:schemas-microsoft-com:vml",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "dc": "http://purl.org/dc/elements/1.1/",
    }.items()
)


def part(root: str, content: str) -> str:
    """Return an XML part whose root element is ``root``."""
    return f'<?xml version="1.0" encoding="UTF-8"?><{root} {_SPACES}>{content}</{root}>'


def paragraph(text: str, properties: str = "") -> str:
    """Return a paragraph of one run."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def word_file(
    body: str,
    parts: dict[str, tuple[str, str]] | None = None,
    extra: dict[str, bytes] | None = None,
    embedded: bytes | None = None,
) -> bytes:
    """Return a Word file. ``parts`` are the other parts by the kind of their relationship, which is its id, too: the
    root element and the content of each. ``extra`` are members of the archive as they are. ``embedded`` is a file that
    the body refers to as ``aFChunk``."""
    parts = parts or {}
    core = parts.pop("core-properties", None)
    members = {
        "[Content_Types].xml": _content_types(parts),
        "_rels/.rels": _relationships({"officeDocument": "word/document.xml", "core-properties": "core.xml"}),
        "word/document.xml": part("w:document", f"<w:body>{body}</w:body>"),
        "word/_rels/document.xml.rels": _relationships(
            {kind: f"{kind}.xml" for kind in [*parts, *(["aFChunk"] if embedded is not None else [])]}
        ),
        **{f"word/{kind}.xml": part(root, content) for kind, (root, content) in parts.items()},
    }
    if core:
        members["core.xml"] = part(*core)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
        if embedded is not None:
            archive.writestr("word/aFChunk.xml", embedded)
        for name, data in (extra or {}).items():
            archive.writestr(name, data)
    return out.getvalue()


def _relationships(targets: dict[str, str]) -> str:
    each = "".join(
        f'<Relationship Id="{kind}" Type="{_OFFICE}/{kind}" Target="{target}"/>' for kind, target in targets.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}">{each}</Relationships>'


def _content_types(kinds: Iterable[str]) -> str:
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    overrides = {"document": f"{word}.document.main+xml", **{kind: f"{word}.{kind}+xml" for kind in kinds}}
    each = "".join(
        f'<Override PartName="/word/{kind}.xml" ContentType="{type_}"/>' for kind, type_ in overrides.items()
    )
    return (
        f'<Types xmlns="{_PACKAGE.replace("relationships", "content-types")}"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{each}</Types>'
    )
