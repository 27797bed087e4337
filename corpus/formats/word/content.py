"""The content of a part of a Word file: the paragraphs and table rows of its body, a note, a header or a footer."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from lxml import etree

from ...errors import DocumentError
from ...extraction import LineRole
from ...messages import message
from ...structure.lines import ends_sentence, typeset_width
from .blocks import PAGE_BREAK, WordBlock, split
from .fields import Field
from .numbering import AutomaticNumber, Numbering
from .styles import ParagraphStyle, Styles, heading_level
from .titles import TITLE_PAGE, is_displayed
from .wordprocessingml import W, is_on, symbol, value

_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_WORD_ART = "{urn:schemas-microsoft-com:vml}textpath"

_LONGEST_HEADING = 160  # half-width cells; a longer paragraph is no heading, whatever its style
_LONGEST_QUESTION = 60  # half-width cells of a heading that ends like a sentence
_DEEPEST_FIELDS = 20  # in each other; beyond, fields that never end are forgotten
_CONTENTS_LINE = re.compile(r"\t\S{1,6}$")  # ends with a page number
# Deleted text, pinyin over a character, and properties, in which some elements are named like those of text.
_LEFT_OUT = {
    f"{W}{tag}"
    for tag in ("del", "moveFrom", "rt", "pPr", "rPr", "tblPr", "tblGrid", "trPr", "tcPr", "sdtPr", "sectPr")
}
_CHARACTERS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}


_PLAIN = ParagraphStyle()


@dataclass(slots=True)
class _Paragraph:
    style: ParagraphStyle = _PLAIN
    level: int = 0
    number: AutomaticNumber | None = None
    end_deleted: bool = False  # the next paragraph continues this one
    in_contents: bool = False  # part of a table of contents
    displayed: bool = False  # large and centred
    parts: list[str] = field(default_factory=list)
    notes: list[etree._Element] = field(default_factory=list)
    after: list[WordBlock] = field(default_factory=list)  # text boxes anchored here


class ContentReader:
    """Reads the content of one part, element by element; without recursion, deep nesting cannot overflow the stack.

    ``note`` returns the blocks of a footnote or endnote, given the reference to it. ``drawn`` returns the texts in a
    diagram or chart, and ``embedded`` the blocks of a file in place of text, given the ids of their relationships.

    Raises:
        DocumentError: Elements are nested deeper than ``nesting``; the message begins with ``name``.
    """

    def __init__(
        self,
        styles: Styles,
        numbering: Numbering,
        note: Callable[[etree._Element], Sequence[WordBlock]],
        drawn: Callable[[str], Sequence[str]],
        embedded: Callable[[str], Sequence[WordBlock]],
        nesting: int,
        name: str,
    ) -> None:
        self._styles, self._numbering, self._note, self._drawn = styles, numbering, note, drawn
        self._embedded = embedded
        self._nesting, self._name = nesting, name
        self._containers: list[list[WordBlock]] = [[]]
        self._tables: list[bool] = []  # True for a table of one column, a box around text
        self._rows: list[list[list[WordBlock]]] = []
        self._paragraphs: list[_Paragraph] = []
        self._fields: list[Field] = []
        self._unended: _Paragraph | None = None

    def read(self, root: etree._Element) -> list[WordBlock]:
        """Return the blocks in an element."""
        depth = 0
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            if event == "end":
                depth -= 1
                if end := _ENDS.get(element.tag):
                    end(self)
                continue
            depth += 1
            if depth > self._nesting:
                raise DocumentError(
                    message(
                        "{path} has elements nested deeper than the limit of {limit}.",
                        path=self._name,
                        limit=self._nesting,
                    )
                )
            if start := _STARTS.get(element.tag):
                start(self, element)
            hidden = element.tag == f"{W}r" and self._is_hidden(element)
            if hidden or element.tag in _LEFT_OUT or _is_left_out(element):
                walk.skip_subtree()
        if self._unended:
            self._finish(self._unended)
        return self._containers[0]

    def _is_hidden(self, run: etree._Element) -> bool:
        properties = run.find(f"{W}rPr")
        if run.find(f"{W}fldChar") is not None or not self._paragraphs:
            return False
        if properties is not None:
            if (switch := properties.find(f"{W}vanish")) is not None:
                return is_on(switch)
            if (style_id := value(properties, "rStyle")) and self._styles.resolve(style_id).hidden:
                return True
        return self._paragraphs[-1].style.hidden

    def _embed(self, relationship: str) -> None:
        self._containers[-1] += self._embedded(relationship)

    def _open_paragraph(self, element: etree._Element) -> None:
        paragraph, self._unended = self._unended or _Paragraph(), None
        properties = element.find(f"{W}pPr")
        style_id = self._styles.default
        direct = level = depth = None
        mark = None
        if properties is not None:
            style_id = value(properties, "pStyle") or style_id
            level = heading_level(value(properties, "outlineLvl"))
            direct = value(properties, f"numPr/{W}numId")
            depth = value(properties, f"numPr/{W}ilvl")
            mark = properties.find(f"{W}rPr")
        style = paragraph.style = self._styles.resolve(style_id)
        paragraph.level = style.level if level is None else level
        paragraph.in_contents = any(each.is_contents for each in self._fields)
        gone = mark is not None and any(mark.find(f"{W}{tag}") is not None for tag in ("del", "moveFrom"))
        paragraph.end_deleted = gone
        number = direct or style.number
        if number and number != "0" and not gone and not (mark is not None and is_on(mark.find(f"{W}vanish"))):
            own = self._numbering.level_of(number, style_id) or style.depth or 0
            paragraph.number = self._numbering.next(number, int(depth) if depth and depth.isdecimal() else own)
        if len(self._containers) == 1 and len(self._containers[0]) < TITLE_PAGE:
            paragraph.displayed = is_displayed(element, style_id, self._styles)
        self._paragraphs.append(paragraph)

    def _close_paragraph(self) -> None:
        if not self._paragraphs:
            return
        paragraph = self._paragraphs.pop()
        if paragraph.end_deleted:
            self._unended = paragraph
        else:
            self._finish(paragraph)

    def _finish(self, paragraph: _Paragraph) -> None:
        out = self._containers[-1]
        text = "".join(paragraph.parts)
        heading = paragraph.level > 0
        label = paragraph.number.text if paragraph.number else ""
        parts = split(text, heading=heading, cell=bool(self._rows))
        if not parts and (self._rows or (heading and re.search(r"\d", label))) and label:
            # The number alone: in the first column of a table, or above a term that a standard defines.
            parts = [""]
        for index, part in enumerate(parts):
            shown = (label + part if index == 0 else part).strip()
            role, level = self._role(paragraph, shown)
            out.append(WordBlock(shown, role, level, bool(label), paragraph.displayed))
        out.extend(paragraph.after)
        for reference in paragraph.notes:
            out.extend(self._note(reference))

    def _role(self, paragraph: _Paragraph, text: str) -> tuple[LineRole | None, int]:
        if paragraph.style.role:
            return paragraph.style.role, 0
        if paragraph.in_contents and _CONTENTS_LINE.search(text):
            return "furniture", 0
        longest = _LONGEST_QUESTION if ends_sentence(text) else _LONGEST_HEADING
        words = any(map(str.isalnum, text))  # a line of dashes is no heading
        if paragraph.level and words and typeset_width(text) <= longest:
            return "heading", paragraph.level
        return ("standalone" if paragraph.number and paragraph.number.is_bullet else None), 0

    def _add(self, text: str) -> None:
        if self._paragraphs:
            self._paragraphs[-1].parts.append(text)

    def _text(self, element: etree._Element) -> None:
        self._add(re.sub(r"[\r\n]+", " ", element.text or ""))

    def _break(self, element: etree._Element) -> None:
        self._add(PAGE_BREAK if element.get(f"{W}type") in ("page", "column") else "\n")

    def _refer(self, element: etree._Element) -> None:
        if self._paragraphs:
            self._paragraphs[-1].notes.append(element)

    def _field(self, element: etree._Element) -> None:
        if not self._paragraphs:
            return
        paragraph = self._paragraphs[-1]
        kind = element.get(f"{W}fldCharType")
        if kind == "begin":
            del self._fields[:-_DEEPEST_FIELDS]
            self._fields.append(Field(paragraph.parts, element))
        elif self._fields and kind == "separate":
            self._fields[-1].show_result(paragraph.parts)
            paragraph.in_contents = paragraph.in_contents or self._fields[-1].is_contents
        elif self._fields and kind == "end":
            self._fields.pop().end(paragraph.parts)

    def _field_code(self, element: etree._Element) -> None:
        if self._fields:
            self._fields[-1].code += element.text or ""

    def _float(self, texts: Sequence[str]) -> None:
        blocks = [WordBlock(text, "standalone") for text in texts if text.strip()]
        (self._paragraphs[-1].after if self._paragraphs else self._containers[-1]).extend(blocks)

    def _open_container(self, _: etree._Element) -> None:
        self._containers.append([])

    def _close_box(self) -> None:
        blocks = self._containers.pop()
        (self._paragraphs[-1].after if self._paragraphs else self._containers[-1]).extend(blocks)

    def _open_table(self, element: etree._Element) -> None:
        self._tables.append(len(element.findall(f"{W}tblGrid/{W}gridCol")) == 1)

    def _close_table(self) -> None:
        self._tables.pop()

    def _open_row(self, _: etree._Element) -> None:
        self._rows.append([])

    def _close_cell(self) -> None:
        blocks = self._containers.pop()
        if self._rows:
            self._rows[-1].append(blocks)
        else:
            self._containers[-1].extend(blocks)

    def _close_row(self) -> None:
        cells, out = self._rows.pop(), self._containers[-1]
        # A table or note inside a cell follows this row, in rows of its own.
        own = [[block for block in cell if block.role not in ("table", "footnote")] for cell in cells]
        boxed = bool(self._tables) and self._tables[-1]
        if boxed and any(len(cell) > 1 or any(ends_sentence(block.text) for block in cell) for cell in own):
            out.extend(block for cell in cells for block in cell)
            return
        texts = [" ".join(part.strip() for block in cell for part in block.text.split("\t")) for cell in own]
        out.append(WordBlock("\t".join(texts), "table"))
        out.extend(block for cell in cells for block in cell if block.role in ("table", "footnote"))


def _is_left_out(element: etree._Element) -> bool:
    """Tell whether an element is not shown, or is an alternative to an element before it."""
    if element.tag == f"{_COMPATIBILITY}Fallback" or element.tag == f"{_COMPATIBILITY}Choice":
        return next(element.itersiblings(f"{_COMPATIBILITY}Choice", preceding=True), None) is not None
    if element.tag == f"{W}tr":
        return element.find(f"{W}trPr/{W}del") is not None
    if element.tag == f"{W}tc":
        merges = (element.find(f"{W}tcPr/{W}{tag}") for tag in ("vMerge", "hMerge"))
        merged = any(each is not None and each.get(f"{W}val", "continue") == "continue" for each in merges)
        return merged or element.find(f"{W}tcPr/{W}cellDel") is not None
    return False


_STARTS: dict[str, Callable[[ContentReader, etree._Element], None]] = {
    **{tag: lambda reader, element: reader._add(_CHARACTERS[element.tag]) for tag in _CHARACTERS},
    f"{W}p": ContentReader._open_paragraph,
    f"{W}t": ContentReader._text,
    f"{_MATH}t": ContentReader._text,
    f"{W}br": ContentReader._break,
    f"{W}sym": lambda reader, element: reader._add(symbol(element)),
    f"{W}fldChar": ContentReader._field,
    f"{W}instrText": ContentReader._field_code,
    f"{W}footnoteReference": ContentReader._refer,
    f"{W}endnoteReference": ContentReader._refer,
    f"{W}txbxContent": ContentReader._open_container,
    f"{W}tbl": ContentReader._open_table,
    f"{W}tr": ContentReader._open_row,
    f"{W}tc": ContentReader._open_container,
    f"{W}altChunk": lambda reader, element: reader._embed(element.get(f"{_RELATION}id", "")),
    _WORD_ART: lambda reader, element: reader._float([element.get("string", "")]),
    _DIAGRAM: lambda reader, element: reader._float(reader._drawn(element.get(f"{_RELATION}dm", ""))),
    _CHART: lambda reader, element: reader._float(reader._drawn(element.get(f"{_RELATION}id", ""))),
}
_ENDS: dict[str, Callable[[ContentReader], None]] = {
    f"{W}p": ContentReader._close_paragraph,
    f"{W}txbxContent": ContentReader._close_box,
    f"{W}tbl": ContentReader._close_table,
    f"{W}tr": ContentReader._close_row,
    f"{W}tc": ContentReader._close_cell,
}
