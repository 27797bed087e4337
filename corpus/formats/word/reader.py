"""DOCX, the format of Word since 2007: paragraphs, table rows and notes in reading order.

It is read by hand: docx2python has no Chinese numbering and takes 25 s for files that this reads in 4.7 s, and
python-docx has neither numbering nor notes nor revisions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from lxml import etree

from ...errors import DocumentError
from ...extraction import ExtractedText, SourceLine
from ...limits import Limits
from ...messages import message
from .blocks import WordBlock, bare, tidy
from .content import ContentReader
from .embedded import embedded_blocks
from .libreoffice import convert
from .numbering import Numbering, numeral
from .opc import OpcPackage, Relationship
from .styles import Styles
from .titles import TITLE_PAGE, with_title
from .wordprocessingml import W, value

NAME = "DOCX"
"""What a file is called that is DOCX under another suffix."""

_CORE_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_DRAWN_TEXT = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_NOTES = {f"{W}footnoteReference": ("footnote", "decimal"), f"{W}endnoteReference": ("endnote", "lowerRoman")}
_LONGEST_PAGE_NUMBER = 20  # characters
_PAGE_NUMBER = re.compile(r"[\W\d_]*[IVXLC]*[\W\d_]*", re.IGNORECASE)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK"
_SHORTEST_TITLE = 4  # characters


def extract(path: Path, data: bytes, encoding: str | None, limits: Limits) -> ExtractedText:
    """Return the paragraphs of a Word file. A DOC or RTF file with this suffix is converted.

    Raises:
        DocumentError: The file is damaged, protected by a password or not a Word file, or exceeds a limit.
        MissingReaderError: The file has to be converted, and LibreOffice is not installed.
    """
    if data.startswith(_OLE):
        if is_encrypted(data):
            raise DocumentError(message("{path} is protected by a password; save it without one.", path=path))
        return read(path, convert(path, data, limits), limits, "DOC (LibreOffice)")
    if data.startswith(b"{\\rtf"):
        return read(path, convert(path, data, limits), limits, "RTF (LibreOffice)")
    if not data.startswith(_ZIP):
        raise DocumentError(message("{path} is not a Word file; rename it with the suffix of its format.", path=path))
    return read(path, data, limits)


def is_docx(data: bytes) -> bool:
    """Tell whether bytes are a DOCX file."""
    return data.startswith(_ZIP) and b"word/document.xml" in data


def is_encrypted(data: bytes) -> bool:
    """Tell whether an OLE file holds an Office file encrypted with a password."""
    return "EncryptedPackage".encode("utf-16-le") in data


def read(path: Path, data: bytes, limits: Limits, name: str = "") -> ExtractedText:
    """Return the paragraphs of a DOCX file; ``name`` is that of its original format, where it was converted.

    Raises:
        DocumentError: The file is damaged, or exceeds a limit.
    """
    return _Reader(path, data, limits).read(name)


class _Reader:
    """Reads one file: its body, with notes and diagrams where they are referred to, then headers and footers."""

    def __init__(self, path: Path, data: bytes, limits: Limits, depth: int = 0) -> None:
        self._path, self._limits, self._depth = path, limits, depth
        self._package = OpcPackage(path, data, limits)
        self._warnings: list[str] = []
        body = self._target(self._package.relationships("").values(), "officeDocument") or "word/document.xml"
        if body not in self._package:
            raise DocumentError(message("{path} is not a Word file: it holds no document.", path=path))
        self._body = self._package.xml(body)
        self._relationships = self._package.relationships(body)
        self._styles = Styles(self._part("styles"))
        self._numbering = Numbering(self._part("numbering"), self._styles.numbers)
        self._notes = {tag: self._note_texts(kind) for tag, (kind, _) in _NOTES.items()}
        settings = self._part("settings")
        self._note_styles = {tag: self._note_style(kind, default, settings) for tag, (kind, default) in _NOTES.items()}
        self._note_counts = dict.fromkeys(_NOTES, 0)

    def read(self, name: str) -> ExtractedText:
        blocks = with_title(tidy(self.blocks()))
        blocks += self._headers_and_footers()
        lines = tuple(
            SourceLine(number, block.text, block.role, block.level, whole=True)
            for number, block in enumerate((block for block in blocks if block.text.strip()), start=1)
        )
        return ExtractedText(lines, name, defaults=self._defaults(lines), warnings=tuple(self._warnings))

    def blocks(self) -> list[WordBlock]:
        """Return the content of the body with its notes."""
        return self._read_content(self._body, self._relationships, self._note)

    @staticmethod
    def _target(relationships: Iterable[Relationship], kind: str) -> str | None:
        return next((each.target for each in relationships if each.kind == kind), None)

    def _part(self, kind: str) -> etree._Element | None:
        """Return the part of a kind that the body refers to, None if there is none. If it cannot be read, add a warning
        and go on: the text is useful without it."""
        return self._optional(self._target(self._relationships.values(), kind))

    def _relations(self, name: str) -> Mapping[str, Relationship]:
        """Return the references of a part other than the body. If they cannot be read, add a warning and go on."""
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
        """Return the content of an element; ``relationships`` are those of its part. Notes have no notes."""

        def drawn(relationship: str) -> Sequence[str]:
            part = relationships.get(relationship)
            drawing = self._optional(part.target if part else None)
            if drawing is None:
                return ()
            return ["".join(each.itertext(f"{_DRAWN_TEXT}t")) for each in drawing.iter(f"{_DRAWN_TEXT}p")]

        def embedded(relationship: str) -> Sequence[WordBlock]:
            part = relationships.get(relationship)
            if part is None or part.target not in self._package:
                self._warnings.append(
                    message("{path} names a file in place of text that it does not hold.", path=self._path)
                )
                return ()
            return self._embedded(part.target)

        return ContentReader(
            self._styles, self._numbering, note, drawn, embedded, self._limits.nesting, str(self._path)
        ).read(root)

    def _embedded(self, name: str) -> Sequence[WordBlock]:
        """Return the content of a file that stands in place of text. If it cannot be read, add a warning and go on."""

        def read_word(data: bytes) -> Sequence[WordBlock]:
            inner = _Reader(self._path, data, self._limits, self._depth + 1)
            blocks = inner.blocks()
            self._warnings += inner._warnings
            return blocks

        try:
            return embedded_blocks(self._path, self._package.read(name), self._limits, self._depth, read_word)
        except DocumentError as error:
            self._warnings.append(str(error))
            return ()

    def _note_texts(self, kind: str) -> dict[str, etree._Element]:
        part = self._part(f"{kind}s")
        return {} if part is None else {each.get(f"{W}id", ""): each for each in part.findall(f"{W}{kind}")}

    def _note_style(self, kind: str, default: str, settings: etree._Element | None) -> str:
        """Return the number format of a kind of notes."""
        sections = [*self._body.iter(f"{W}sectPr"), *([] if settings is None else [settings])]
        styles = (value(each, f"{kind}Pr/{W}numFmt") for each in sections)
        return next((style for style in styles if style), default)

    def _note(self, reference: etree._Element) -> Sequence[WordBlock]:
        """Return the content of a note with its mark, at the first reference to it."""
        tag = reference.tag
        note = self._notes[tag].pop(reference.get(f"{W}id", ""), None)
        if note is None:
            return ()
        mark = ""
        if reference.get(f"{W}customMarkFollows") in (None, "0", "false", "off"):
            self._note_counts[tag] += 1
            mark = numeral(self._note_counts[tag], self._note_styles[tag]).translate(_SUPERSCRIPT) + " "
        # A custom mark is part of the text of the note.
        texts = [block.text for block in self._read_content(note, {}) if block.text.strip()]
        return [WordBlock(mark + text if index == 0 else text, "footnote") for index, text in enumerate(texts)]

    def _headers_and_footers(self) -> list[WordBlock]:
        """Return the headers and footers, each text once, without bare page numbers."""
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

    def _defaults(self, lines: Sequence[SourceLine]) -> dict[str, str]:
        """Return the title in the file's properties, if it also stands at the beginning of the text: many titles are
        left over from another file or made up by a program (文档1). The author there is the user of a computer."""
        core = self._optional(self._target(self._package.relationships("").values(), "core-properties"))
        title = "" if core is None else " ".join((core.findtext(_CORE_TITLE) or "").split())
        head = "".join(bare(line.text) for line in lines[:TITLE_PAGE])
        return {"title": title} if len(title) >= _SHORTEST_TITLE and bare(title) in head else {}
