"""The blocks of a web page: its paragraphs, headings and table rows in reading order, navigation included."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from ...extraction import LineRole
from .styles import is_centred, is_emphasis, is_hidden, is_link, is_note

# Not the head: libxml2 goes on with it where an unknown element stands in it, browsers begin the body.
UNSEEN = frozenset(
    ("script", "style", "noscript", "template", "title", "iframe", "svg", "canvas", "object", "select", "button", "map")
)
"""Elements whose text is not part of a page's text."""
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCK_NAMES = (
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption "
    "figure footer form header hgroup hr html legend li main menu nav ol optgroup option p pre section summary "
    "table tbody td tfoot th thead tr ul"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split()).union(_HEADINGS)

_LONGEST_CELL = 2_000  # characters; a table with a longer cell lays out the page

# Between two Chinese characters, a line break in the source is not shown as a space.
_BROKEN = re.compile(r"(?<=[\u2e80-\u9fff\uff00-\uffef])[ \t]*[\r\n]\s*(?=[\u2e80-\u9fff\uff00-\uffef])")
_SPACES = re.compile(r"[ \t\r\n\f]+")
_FIELD = re.compile(r"\s*(?:[\u4e00-\u9fff]{2,6}[：:]|[|｜【])")
_PRE_LINE = re.compile(r"\r\n|\n|\r")


@dataclass(slots=True)
class HtmlBlock:
    """The text of a block-level element, or of a line in it.

    ``linked`` counts the characters inside links, and ``targets`` are the addresses of these. ``line`` tells that
    line breaks delimit the block, not an element of its own; ``gap`` that an empty line stands before it. ``displayed``
    tells that it looks like a title: centred, and bold or large. ``stated`` is the text with spaces between the fields
    of the line below a title (来源：本网浏览次数：9), where elements of their own set them apart.
    """

    text: str
    element: etree._Element
    role: LineRole | None = None
    level: int = 0
    linked: int = 0
    targets: tuple[str, ...] = ()
    line: bool = False
    gap: bool = False
    displayed: bool = False
    stated: str = ""


def read_blocks(root: etree._Element, nesting: int, *, hidden: bool = False) -> list[HtmlBlock]:
    """Return the visible blocks of a page, and the hidden ones if ``hidden`` asks for them.

    Raises:
        ValueError: Elements are nested deeper than ``nesting``.
    """
    reader = _Reader(nesting, hidden)
    reader.read(root)
    return reader.blocks


@dataclass(slots=True)
class _Open:
    """An open block-level element: how many blocks were read before it, whether it is preformatted, and whether a line
    break was met in it."""

    element: etree._Element
    blocks: int
    preformatted: bool = False
    broken: bool = False


@dataclass(slots=True)
class _Reader:
    """Walks through a page; ``parts`` collects the text of the current block."""

    nesting: int
    hidden: bool
    blocks: list[HtmlBlock] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    fields: list[int] = field(default_factory=list)  # indices of the parts that begin an inline element, after another
    targets: list[str] = field(default_factory=list)
    open: list[_Open] = field(default_factory=list)
    linked: int = 0
    emphasised: int = 0
    links: int = 0
    emphases: int = 0
    notes: int = 0
    gap: bool = False
    ended: int = -1  # how many parts there were where the last inline element ended

    def read(self, root: etree._Element) -> None:
        walk = etree.iterwalk(root, events=("start", "end"))
        depth = 0
        skipped: etree._Element | None = None
        for event, element in walk:
            if event == "end":
                depth -= 1
                if element is skipped:
                    skipped = None
                else:
                    self._end(element)
                if element is not root:
                    self._text(element.tail)
                continue
            depth += 1
            if depth > self.nesting:
                raise ValueError
            if element.tag in UNSEEN or (not self.hidden and is_hidden(element)):
                skipped = element
            elif element.tag == "table" and _is_data(element):
                self._table(element)
                skipped = element
            if skipped is not None:
                walk.skip_subtree()
            else:
                self._start(element)
        self._flush()

    def _start(self, element: etree._Element) -> None:
        if element.tag in _BLOCKS:
            self._flush()
            preformatted = element.tag == "pre" or (bool(self.open) and self.open[-1].preformatted)
            self.open.append(_Open(element, len(self.blocks), preformatted))
        elif element.tag == "br":
            self._break()
        elif self.ended == len(self.parts):
            self.fields.append(len(self.parts))
        self.links += is_link(element)
        self.emphases += is_emphasis(element)
        self.notes += is_note(element)
        if is_link(element):
            self.targets.append(element.get("href", ""))
        self._text(element.text)

    def _end(self, element: etree._Element) -> None:
        if element.tag in _BLOCKS:
            self._flush()
            closed = self.open.pop()
            # Editors write an empty line as an empty paragraph.
            self.gap = self.gap or (element.tag in ("p", "hr") and closed.blocks == len(self.blocks))
        elif self.parts:
            self.ended = len(self.parts)
        self.links -= is_link(element)
        self.emphases -= is_emphasis(element)
        self.notes -= is_note(element)

    def _text(self, text: str | None) -> None:
        if not text:
            return
        if self.open and self.open[-1].preformatted:
            first, *others = _PRE_LINE.split(text)
            self._add(first)
            for line in others:
                self._break()
                self._add(line)
        else:
            self._add(text)

    def _add(self, text: str) -> None:
        self.parts.append(text)
        size = len("".join(text.split()))
        self.linked += size if self.links else 0
        self.emphasised += size if self.emphases else 0

    def _break(self) -> None:
        """End a line. In a heading, a line break is only for looks."""
        if self.open and self.open[-1].element.tag in _HEADINGS:
            self.parts.append("\n")
            return
        if self.open:
            self.open[-1].broken = True
        if not self._flush():
            self.gap = True

    def _flush(self) -> bool:
        """End the current block; return whether it had any text."""
        text = collapse("".join(self.parts), bool(self.open) and self.open[-1].preformatted)
        found = bool(text.strip())
        if found:
            opened = self.open[-1]
            element = opened.element
            size = len("".join(text.split()))
            block = HtmlBlock(text, element, linked=self.linked, targets=tuple(self.targets), gap=self.gap)
            block.level = _HEADINGS.get(element.tag, 0)
            block.role = "heading" if block.level else "footnote" if self.notes else None
            block.role = "caption" if element.tag in ("figcaption", "caption") else block.role
            block.line = opened.broken
            block.displayed = self.emphasised == size and is_centred(element)
            block.stated = self._stated() or text
            self.blocks.append(block)
            self.gap = False
        self.parts.clear()
        self.fields.clear()
        self.ended = -1
        self.targets.clear()
        self.linked = self.emphasised = 0
        return found

    def _stated(self) -> str:
        """Return the text with spaces between its fields, nothing if no field is set apart."""
        if not self.fields:
            return ""
        starts = set(self.fields)
        return collapse(
            "".join(
                f" {part}" if index in starts and _FIELD.match(part) else part for index, part in enumerate(self.parts)
            )
        )

    def _table(self, table: etree._Element) -> None:
        """Add the rows of a data table."""
        self._flush()
        for caption in table.iterchildren("caption"):
            self.blocks.append(HtmlBlock(collapse("".join(caption.itertext())), caption, "caption"))
        for row in table.iter("tr"):
            cells = [read_blocks(cell, self.nesting) for cell in row.iterchildren("td", "th")]
            texts = [" ".join(block.text.strip() for block in cell) for cell in cells]
            if any(texts):
                of_row = [block for cell in cells for block in cell]
                targets = tuple(target for block in of_row for target in block.targets)
                linked = sum(block.linked for block in of_row)
                self.blocks.append(HtmlBlock("\t".join(texts), row, "table", linked=linked, targets=targets))


def collapse(text: str, preformatted: bool = False) -> str:
    """Return a text with white space collapsed as a browser shows it."""
    if preformatted:
        return text.replace("\t", "    ")
    return _SPACES.sub(" ", _BROKEN.sub("", text)).strip(" \u200b\ufeff")


def _is_data(table: etree._Element) -> bool:
    """Tell whether a table holds data: it has several columns, and no nested table, heading or long text."""
    if table.get("role") == "presentation" or next(table.iterdescendants("table", *_HEADINGS), None) is not None:
        return False
    most = 0
    for row in table.iter("tr"):
        sizes = [len("".join("".join(cell.itertext()).split())) for cell in row.iterchildren("td", "th")]
        if any(size > _LONGEST_CELL for size in sizes):
            return False
        most = max(most, sum(size > 0 for size in sizes))
    return most > 1
