"""DOCX: the files of Word, and of other programs since 2007."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from lxml import etree

from ...errors import DocumentError
from ...extraction import ExtractedText, Limits, SourceLine
from .blocks import WordBlock, bare, tidy
from .content import ContentReader
from .libreoffice import convert
from .numbering import Numbering, numeral
from .opc import OpcPackage, Relationship
from .styles import Styles
from .wordprocessingml import W, value

_CORE_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_DRAWN_TEXT = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_NOTES = {f"{W}footnoteReference": ("footnote", "decimal"), f"{W}endnoteReference": ("endnote", "lowerRoman")}
_LONGEST_PAGE_NUMBER = 20  # characters
_PAGE_NUMBER = re.compile(r"[\W\d_]*[IVXLC]*[\W\d_]*", re.IGNORECASE)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK"
_TITLE_PAGE = 20  # paragraphs among which a title is looked for
_SHORTEST_TITLE = 4  # characters


def extract(path: Path, data: bytes, encoding: str | None, limits: Limits) -> ExtractedText:
    """Return the paragraphs of a Word file; one of an older version of Word by the name of a new one is converted.

    Raises:
        DocumentError: It is damaged, protected by a password or no Word file, or goes beyond the limits.
        MissingReaderError: It is of an older version, and no program that converts it is installed.
    """
    if data.startswith(_OLE):
        if is_encrypted(data):
            raise DocumentError(f"{path} is protected by a password. Save it without one to have it read.")
        return read(path, convert(path, data, limits), limits, "DOC (LibreOffice)")
    if data.startswith(b"{\\rtf"):
        return read(path, convert(path, data, limits), limits, "RTF (LibreOffice)")
    if not data.startswith(_ZIP):
        raise DocumentError(f"{path} is no Word file, whatever its name says: give it the ending of what it is.")
    return read(path, data, limits, "DOCX")


def is_docx(data: bytes) -> bool:
    """Say whether the bytes of a file are those of a Word file that needs no conversion."""
    return data.startswith(_ZIP) and b"word/document.xml" in data


def is_encrypted(data: bytes) -> bool:
    """Say whether an OLE file holds a newer file of Office, encrypted with a password."""
    return "EncryptedPackage".encode("utf-16-le") in data


def read(path: Path, data: bytes, limits: Limits, name: str) -> ExtractedText:
    """Return the paragraphs of a file that is DOCX; ``name`` is what its format is to be called.

    Raises:
        DocumentError: It is damaged, or goes beyond the limits.
    """
    return _Reader(path, data, limits).read(name)


class _Reader:
    """Reads one file: its body, and in their places the notes, diagrams and page heads that are parts of their own."""

    def __init__(self, path: Path, data: bytes, limits: Limits) -> None:
        self._path, self._limits = path, limits
        self._package = OpcPackage(path, data, limits)
        self._warnings: list[str] = []
        body = self._target(self._package.relationships("").values(), "officeDocument") or "word/document.xml"
        if body not in self._package:
            raise DocumentError(f"{path} is no Word file, whatever its name says: there is no document in it.")
        self._body = self._package.xml(body)
        self._relationships = self._package.relationships(body)
        self._styles = Styles(self._part("styles"))
        self._numbering = Numbering(self._part("numbering"), self._styles.numbers)
        self._notes = {tag: self._note_texts(kind) for tag, (kind, _) in _NOTES.items()}
        settings = self._part("settings")
        self._note_styles = {tag: self._note_style(kind, default, settings) for tag, (kind, default) in _NOTES.items()}
        self._note_counts = dict.fromkeys(_NOTES, 0)

    def read(self, name: str) -> ExtractedText:
        blocks = tidy(self._read_content(self._body, self._relationships, self._note))
        blocks += self._page_heads()
        if any(True for _ in self._body.iter(f"{W}altChunk")):
            self._warnings.append(
                f"{self._path} holds other files as parts of its text (altChunk), which are not read."
            )
        lines = tuple(
            SourceLine(number, block.text, block.role, block.level, whole=True)
            for number, block in enumerate((block for block in blocks if block.text.strip()), start=1)
        )
        return ExtractedText(lines, name, defaults=self._known(lines), warnings=tuple(self._warnings))

    @staticmethod
    def _target(relationships: Iterable[Relationship], kind: str) -> str | None:
        return next((each.target for each in relationships if each.kind == kind), None)

    def _part(self, kind: str) -> etree._Element | None:
        """Return the part of a kind that the body refers to, None where there is none, or, with a warning, where it
        cannot be read: the text is worth having without it."""
        return self._optional(self._target(self._relationships.values(), kind))

    def _relations(self, name: str) -> Mapping[str, Relationship]:
        """Return what a part beside the body refers to, with a warning where that cannot be read."""
        try:
            return self._package.relationships(name)
        except DocumentError as error:
            self._warnings.append(str(error))
            return {}

    def _optional(self, name: str | None) -> etree._Element | None:
        if name is None or name not in self._package:
            return None
        try:
            return self._package.xml(name)
        except DocumentError as error:
            self._warnings.append(str(error))
            return None

    def _read_content(
        self,
        root: etree._Element,
        relationships: Mapping[str, Relationship],
        note: Callable[[etree._Element], Sequence[WordBlock]] = lambda _: (),
    ) -> list[WordBlock]:
        """Return what is in an element of a part that has these relationships. Notes refer to no notes."""

        def drawn(relationship: str) -> Sequence[str]:
            part = relationships.get(relationship)
            drawing = self._optional(part.target if part else None)
            if drawing is None:
                return ()
            return ["".join(each.itertext(f"{_DRAWN_TEXT}t")) for each in drawing.iter(f"{_DRAWN_TEXT}p")]

        return ContentReader(self._styles, self._numbering, note, drawn, self._limits.nesting, str(self._path)).read(
            root
        )

    def _note_texts(self, kind: str) -> dict[str, etree._Element]:
        part = self._part(f"{kind}s")
        return {} if part is None else {each.get(f"{W}id", ""): each for each in part.findall(f"{W}{kind}")}

    def _note_style(self, kind: str, default: str, settings: etree._Element | None) -> str:
        """Return the format in which the notes of a kind are numbered."""
        sections = [*self._body.iter(f"{W}sectPr"), *([] if settings is None else [settings])]
        styles = (value(each, f"{kind}Pr/{W}numFmt") for each in sections)
        return next((style for style in styles if style), default)

    def _note(self, reference: etree._Element) -> Sequence[WordBlock]:
        """Return the text of the note that a reference is to, where it is the first to it, with its mark."""
        tag = reference.tag
        note = self._notes[tag].pop(reference.get(f"{W}id", ""), None)
        if note is None:
            return ()
        mark = ""
        if reference.get(f"{W}customMarkFollows") in (None, "0", "false", "off"):
            self._note_counts[tag] += 1
            mark = numeral(self._note_counts[tag], self._note_styles[tag]).translate(_SUPERSCRIPT) + " "
        # A mark of the author's own is written in the text of the note.
        texts = [block.text for block in self._read_content(note, {}) if block.text.strip()]
        return [WordBlock(mark + text if index == 0 else text, "footnote") for index, text in enumerate(texts)]

    def _page_heads(self) -> list[WordBlock]:
        """Return the heads and feet of the pages, each once, without those that are a page's number alone."""
        names: dict[str, None] = {}
        for kind in ("header", "footer"):
            for reference in self._body.iter(f"{W}{kind}Reference"):
                part = self._relationships.get(reference.get(_RELATION_ID, ""))
                if part:
                    names[part.target] = None
        texts: dict[str, None] = {}
        for name in names:
            root = self._optional(name)
            if root is not None:
                blocks = self._read_content(root, self._relations(name))
                texts.update(dict.fromkeys(block.text for block in blocks))
        return [
            WordBlock(text, "furniture")
            for text in texts
            if len(text) > _LONGEST_PAGE_NUMBER or not _PAGE_NUMBER.fullmatch(text)
        ]

    def _known(self, lines: Sequence[SourceLine]) -> dict[str, str]:
        """Return the title that the file's properties give, if it stands at the head of the text: many are of the file
        that this one was made from, or a program's (文档1). Who made it is the name of a machine's user."""
        core = self._optional(self._target(self._package.relationships("").values(), "core-properties"))
        title = "" if core is None else " ".join((core.findtext(_CORE_TITLE) or "").split())
        head = "".join(bare(line.text) for line in lines[:_TITLE_PAGE])
        return {"title": title} if len(title) >= _SHORTEST_TITLE and bare(title) in head else {}
