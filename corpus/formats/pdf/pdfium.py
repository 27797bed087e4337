"""What PDFium finds on a page: characters, joined to runs, and rules."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from ctypes import byref, c_float, c_int
from typing import Any

from pypdfium2 import raw as c

from .layout import Box, Page, Rule, TextRun, space_between
from .vertical import Glyph, with_columns_as_lines

_THIN = 3.0  # points; a thinner box is a rule
_SHORTEST_RULE = 4.0  # points
_BREAK = 0.35  # ems; a wider gap ends a run, which the layout may join with the next
_SPACED_BREAK = 0.7  # ems; the same if a space character stands in the gap
_SAME_BASELINE = 0.05  # ems
_DRAWN_TWICE = 0.25  # ems; text drawn twice to look bold is shifted by less
_MOST_NESTED = 8  # form objects in each other
_MOST_OF_PAGE = 0.6  # share of its area
_MOST_SEGMENTS = 400  # of a path; a drawing has more
_UNKNOWN = "\ufffd"
_LINE_BREAKS = (0, 10, 13)  # PDFium's own
_SPACES = (9, 32, 0xA0, 0x2000, 0x2001, 0x2002, 0x2003, 0x2009, 0x200B, 0x3000, 0xFEFF)


def read_page(page: Any) -> Page:
    """Return the content of a `pypdfium2.PdfPage`.

    Raises:
        pypdfium2.PdfiumError: PDFium cannot read the text.
    """
    _widen_texts(page.raw)
    box: Box = page.get_bbox()
    textpage = page.get_textpage()
    try:
        turned, slanting, outside = _runs(textpage.raw, box)
    finally:
        textpage.close()
    turn = max(turned, key=lambda each: sum(len(run.text) for run in turned[each]), default=0)
    aside = tuple(tuple(turned[each]) for each in sorted(turned) if each != turn)
    rules = tuple(Rule(*_turned(edges, turn)) for edges in _rules(page.raw) if all(map(math.isfinite, edges)))
    pictured = _is_pictured(page.raw, box)
    empty = c.FPDFPage_CountObjects(page.raw) == 0
    upright = tuple(turned.get(turn, ()))
    return Page(_turned(box, turn), upright, aside, tuple(slanting), rules, outside, pictured, empty)


def _turned(box: Box, turn: int) -> Box:
    """Return a box on the page turned so that text at ``turn`` quarters of a circle becomes upright."""
    left, bottom, right, top = box
    if turn == 1:
        return bottom, -right, top, -left
    if turn == 2:
        return -right, -top, -left, -bottom
    if turn == 3:
        return -top, left, -bottom, right
    return box


def _widen_texts(page: Any) -> None:
    """Give a width to text objects without one, which PDFium leaves out.

    A single character has no width if its font is neither in the file nor on the machine, as usual in the text layers
    of Chinese scans. Stroked text is at least as wide as the stroke.
    """
    unchanged = c.FS_MATRIX(1, 0, 0, 1, 0, 0)
    edges = [c_float() for _ in range(4)]
    for item in _objects(page, c.FPDFPage_CountObjects, c.FPDFPage_GetObject):
        if c.FPDFPageObj_GetType(item) != c.FPDF_PAGEOBJ_TEXT or not c.FPDFPageObj_GetBounds(item, *edges):
            continue
        if edges[2].value - edges[0].value < 0.05:
            c.FPDFTextObj_SetTextRenderMode(item, c.FPDF_TEXTRENDERMODE_STROKE)
            c.FPDFPageObj_TransformF(item, unchanged)


def _objects(
    container: Any, count: Callable[[Any], int], get: Callable[[Any, int], Any], depth: int = 0
) -> Iterator[Any]:
    """Yield the objects of a page, and those inside form objects."""
    for index in range(count(container)):
        item = get(container, index)
        if not item:
            continue
        yield item
        if depth < _MOST_NESTED and c.FPDFPageObj_GetType(item) == c.FPDF_PAGEOBJ_FORM:
            yield from _objects(item, c.FPDFFormObj_CountObjects, c.FPDFFormObj_GetObject, depth + 1)


def _is_pictured(page: Any, box: Box) -> bool:
    edges = [c_float() for _ in range(4)]
    for item in _objects(page, c.FPDFPage_CountObjects, c.FPDFPage_GetObject):
        if c.FPDFPageObj_GetType(item) == c.FPDF_PAGEOBJ_IMAGE and c.FPDFPageObj_GetBounds(item, *edges):
            left, bottom, right, top = (edge.value for edge in edges)
            if (right - left) * (top - bottom) > _MOST_OF_PAGE * (box[2] - box[0]) * (box[3] - box[1]):
                return True
    return False


class _RunBuilder:
    """Joins characters to runs, in drawing order."""

    __slots__ = ("_baseline", "_last", "_left", "_places", "_right", "_size", "_spaced", "_text", "runs")

    def __init__(self) -> None:
        self.runs: list[TextRun] = []
        self._places: dict[str, list[TextRun]] = {}
        self._text = ""
        self._left = self._last = self._right = self._baseline = self._size = 0.0
        self._spaced = False

    def space(self) -> None:
        self._spaced = True

    def add(self, character: str, left: float, right: float, baseline: float, size: float) -> None:
        gap = left - self._right
        level = abs(baseline - self._baseline)
        if self._text[-1:] == character and abs(left - self._last) < _DRAWN_TWICE * size > level:
            return
        near = -size < gap < (_SPACED_BREAK if self._spaced else _BREAK) * size and left >= self._last
        if self._text and near and level < _SAME_BASELINE * size and abs(size - self._size) < _SAME_BASELINE * size:
            self._text += space_between(self._text, character, gap, size, self._spaced) + character
            self._right = max(right, self._right)
        else:
            self.end()
            self._text, self._left, self._right, self._baseline, self._size = character, left, right, baseline, size
        self._last = left
        self._spaced = False

    def end(self) -> None:
        """Finish a run, and drop it if the same text was already drawn there."""
        if not self._text:
            return
        run = TextRun(self._text, self._left, self._right, self._baseline, self._size)
        there = self._places.setdefault(run.text, [])
        slack = _DRAWN_TWICE * run.size
        if not any(abs(run.left - each.left) < slack > abs(run.baseline - each.baseline) for each in there):
            there.append(run)
            self.runs.append(run)
        self._text = ""


def _runs(textpage: Any, box: Box) -> tuple[dict[int, list[TextRun]], list[TextRun], int]:
    """Return the runs of a page by their direction in quarters of a circle, the runs at other angles, and the number of
    characters beyond the edges."""
    glyphs, outside = _glyphs(textpage, box)
    builders: dict[int | None, _RunBuilder] = {0: _RunBuilder()}
    for glyph in with_columns_as_lines(glyphs):
        builder = builders.get(glyph.turn) or builders.setdefault(glyph.turn, _RunBuilder())
        if glyph.spaced:
            builder.space()
        builder.add(glyph.character, glyph.left, glyph.right, glyph.baseline, glyph.size)
    for each in builders.values():
        each.end()
    slanting = builders.pop(None, _RunBuilder()).runs
    return {key: each.runs for key, each in builders.items() if key is not None and each.runs}, slanting, outside


def _glyphs(textpage: Any, box: Box) -> tuple[list[Glyph], int]:
    """Return the characters of a page in drawing order, and the number of those beyond the edges."""
    rectangle, matrix = c.FS_RECTF(), c.FS_MATRIX()
    at_rectangle, at_matrix = byref(rectangle), byref(matrix)
    page_left, page_bottom, page_right, page_top = box
    found: list[Glyph] = []
    outside = 0
    spaced = False
    for index in range(c.FPDFText_CountChars(textpage)):
        code = c.FPDFText_GetUnicode(textpage, index)
        if code in _LINE_BREAKS:
            continue
        if code in _SPACES:
            spaced = spaced or not c.FPDFText_IsGenerated(textpage, index)
            continue
        c.FPDFText_GetLooseCharBox(textpage, index, at_rectangle)
        c.FPDFText_GetMatrix(textpage, index, at_matrix)
        left, bottom, right, top = around = rectangle.left, rectangle.bottom, rectangle.right, rectangle.top
        if not (page_left <= (left + right) / 2 <= page_right and page_bottom <= (bottom + top) / 2 <= page_top):
            outside += 1
            continue
        a, b = matrix.a, matrix.b
        size = c.FPDFText_GetFontSize(textpage, index) * math.hypot(matrix.c, matrix.d)
        if not math.isfinite(size + a + b + matrix.e + matrix.f):
            outside += 1
            continue
        # In a vertical font all characters of a text have its matrix.
        baseline = matrix.f if bottom - size <= matrix.f <= top else bottom
        turn: int | None = 0
        if b or a < 0:
            quarters = math.atan2(b, a) / (math.pi / 2)
            turn = round(quarters) % 4 if abs(quarters - round(quarters)) < 0.06 else None
            if turn is None:
                length = math.hypot(a, b)
                along = ((left + right) * a + (bottom + top) * b) / (2 * length)
                left, right = along - size / 2, along + size / 2
                baseline = (matrix.f * a - matrix.e * b) / length
            else:
                left, bottom, right, top = _turned(around, turn)
                baseline = (matrix.f, -matrix.e, -matrix.f, matrix.e)[turn]
        # Hostile files have text of size 0; it takes the height of its box.
        found.append(Glyph(_character(code), turn, left, right, baseline, size or top - bottom or 1.0, spaced, around))
        spaced = False
    return found, outside


def _character(code: int) -> str:
    """Return a character, U+FFFD if the file does not tell which it is."""
    return _UNKNOWN if code < 32 or 0x7F <= code < 0xA0 or 0xD800 <= code < 0xE000 else chr(code)


def _rules(page: Any) -> Iterator[Box]:
    """Yield the boxes of the horizontal and vertical rules of a page."""
    edges = [c_float() for _ in range(4)]
    fill, stroke = c_int(), c_int()
    for index in range(c.FPDFPage_CountObjects(page)):
        item = c.FPDFPage_GetObject(page, index)
        if not item or c.FPDFPageObj_GetType(item) != c.FPDF_PAGEOBJ_PATH:
            continue
        if not c.FPDFPageObj_GetBounds(item, *edges):
            continue
        left, bottom, right, top = (edge.value for edge in edges)
        if min(right - left, top - bottom) < _THIN:
            if max(right - left, top - bottom) >= _SHORTEST_RULE:
                yield left, bottom, right, top
        elif c.FPDFPath_GetDrawMode(item, fill, stroke) and stroke.value:
            yield from _drawn_lines(item)


def _drawn_lines(path: Any) -> Iterator[Box]:
    """Yield the boxes of the horizontal and vertical rules in a path."""
    matrix = c.FS_MATRIX()
    x, y = c_float(), c_float()
    count = c.FPDFPath_CountSegments(path)
    if count > _MOST_SEGMENTS or not c.FPDFPageObj_GetMatrix(path, byref(matrix)):
        return
    start = last = (0.0, 0.0)
    for index in range(count):
        segment = c.FPDFPath_GetPathSegment(path, index)
        kind = c.FPDFPathSegment_GetType(segment)
        c.FPDFPathSegment_GetPoint(segment, x, y)
        point = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        if kind == c.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == c.FPDF_SEGMENT_LINETO:
            yield from _line(last, point)
        last = point
        if c.FPDFPathSegment_GetClose(segment):
            yield from _line(last, start)


def _line(one: tuple[float, float], other: tuple[float, float]) -> Iterator[Box]:
    left, right = sorted((one[0], other[0]))
    bottom, top = sorted((one[1], other[1]))
    if min(right - left, top - bottom) < 1 and max(right - left, top - bottom) >= _SHORTEST_RULE:
        yield left, bottom, right, top
