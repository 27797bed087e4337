"""OFD (GB/T 33190—2016), the national format of official documents: pages of placed text, read as those of a PDF.

An OFD file is a ZIP archive of XML. A text object holds characters with an offset for each; their page is laid out by
the same rules as a page of a PDF file. Seals and pictures are not read.
"""

from __future__ import annotations

import math
import posixpath
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from pathlib import Path

from lxml import etree

from ..errors import DocumentError
from ..extraction import ExtractedText
from ..limits import Limits
from ..messages import message
from .page_numbers import named_pages
from .pdf.layout import Page, Rule, TextRun
from .pdf.reading_order import page_lines
from .word.opc import OpcPackage

_POINTS = 72 / 25.4  # in a millimetre, the unit of OFD
_A4 = (0.0, 0.0, 210.0, 297.0)
_RUN_GAP = 1.0  # ems; a wider gap within a text object ends a run, as between the cells of a table
_THIN = 3.0  # points; a thinner box is a rule
_SHORTEST_RULE = 4.0  # points
_SMALLEST = 0.5  # points of type
_USUAL_SIZE = 5.6  # millimetres, that is 三号, the type of official documents
_MOST_NESTED = 50  # blocks in each other
_SLANT = math.radians(3)
_CONTENT = ("TextObject", "PathObject", "ImageObject")
_SEGMENT = re.compile(r"([MLC])((?:\s+-?[\d.]+)*)")

_Matrix = tuple[float, float, float, float, float, float]
_Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Character:
    """A character with its origin on the page and the size of its type, in points."""

    text: str
    left: float
    baseline: float
    size: float

    @property
    def width(self) -> float:
        return self.size if unicodedata.east_asian_width(self.text) in "WFA" else self.size / 2


def extract(path: Path, data: bytes, encoding: str | None, limits: Limits) -> ExtractedText:
    """Return the lines of an OFD file in reading order, page by page.

    Raises:
        DocumentError: The file is damaged or encrypted, exceeds a limit, or has no text.
    """
    package = OpcPackage(path, data, limits)
    if "Encryptions.xml" in package or ("OFDEntries.xml" in package and "OFD.xml" not in package):
        raise DocumentError(message("{path} is encrypted; save it without a password.", path=path))
    pages: list[tuple[int, Page]] = []
    warnings: list[str] = []
    for body in _children(package.xml("OFD.xml"), "DocBody"):
        root = _text(body, "DocRoot")
        if not root:
            raise DocumentError(message("{path} is damaged: OFD.xml names no document.", path=path))
        pages.extend(_Document(package, _join("", root)).pages(len(pages), limits.pages, path))
        if _text(body, "Signatures"):
            warnings.append(message("{path}: seals and signatures were not read.", path=path))
    bare = [number for number, page in pages if not page.text.strip()]
    if len(bare) == len(pages):
        raise DocumentError(message("{path} has no text; run OCR on its pages first.", path=path))
    if bare:
        warnings.append(message("{path}: no text on {pages}; run OCR.", path=path, pages=named_pages(bare)))
    return ExtractedText(page_lines(pages), warnings=tuple(warnings))


class _Document:
    """One of the documents in an OFD file."""

    def __init__(self, package: OpcPackage, name: str) -> None:
        self._package = package
        self._name = name
        self._root = package.xml(name)
        common = _child(self._root, "CommonData")
        self._box = _box(common)
        self._templates = {
            each.get("ID", ""): each.get("BaseLoc", "")
            for each in (() if common is None else _children(common, "TemplatePage"))
        }

    def pages(self, before: int, most: int, path: Path) -> Iterator[tuple[int, Page]]:
        """Yield the pages, numbered on from those of documents before."""
        tree = _child(self._root, "Pages")
        references = [] if tree is None else list(_children(tree, "Page"))
        if before + len(references) > most:
            pages = before + len(references)
            raise DocumentError(
                message(
                    "{path} has {pages} pages, more than {most}; split it into smaller files.",
                    path=path, pages=pages, most=most,
                )
            )  # fmt: skip
        for number, each in enumerate(references, start=before + 1):
            yield number, self._page(self._package.xml(_join(self._name, each.get("BaseLoc", ""))))

    def _page(self, page: etree._Element) -> Page:
        box = _box(page) or self._box or _A4
        objects = [*self._template_objects(page), *_objects(_child(page, "Content"))]
        runs: list[TextRun] = []
        slanting: list[TextRun] = []
        rules: list[Rule] = []
        for each in objects:
            matrix = _matrix(each, box)
            kind = _local(each)
            if kind == "TextObject":
                if abs(math.atan2(matrix[1], matrix[0])) < _SLANT:
                    runs.extend(map(_run, chain.from_iterable(map(_side_by_side, _characters(each, matrix)))))
                else:
                    slanting.extend(map(_run, filter(None, _characters(each, matrix))))
            elif kind == "PathObject":
                rules.extend(_rules(each, matrix))
        pictured = any(_local(each) == "ImageObject" for each in objects)
        edges = (0.0, 0.0, box[2] * _POINTS, box[3] * _POINTS)
        return Page(edges, tuple(runs), (), tuple(slanting), tuple(rules), 0, pictured, not objects)

    def _template_objects(self, page: etree._Element) -> Iterator[etree._Element]:
        """Yield what stands on the page's templates, such as a letterhead."""
        for each in _children(page, "Template"):
            name = self._templates.get(each.get("TemplateID", ""))
            if name:
                yield from _objects(_child(self._package.xml(_join(self._name, name)), "Content"))


def _objects(parent: etree._Element | None, depth: int = 0) -> Iterator[etree._Element]:
    """Yield the visible objects of layers and of blocks within them, in drawing order."""
    for each in () if parent is None else parent:
        if not isinstance(each.tag, str) or each.get("Visible") == "false":
            continue
        if _local(each) in _CONTENT:
            yield each
        elif _local(each) in ("Layer", "PageBlock") and depth < _MOST_NESTED:
            yield from _objects(each, depth + 1)


def _characters(item: etree._Element, matrix: _Matrix) -> Iterator[list[_Character]]:
    """Yield the characters of each piece of a text object."""
    size = _number(item.get("Size"), 0.0)
    scale = math.hypot(matrix[2], matrix[3])
    if size * scale < _SMALLEST:  # no size that anybody could read: damaged, but its characters are text
        size, scale = _USUAL_SIZE, _POINTS
    x = y = 0.0
    for code in _children(item, "TextCode"):
        text = "".join(code.itertext())
        # The first piece says where it begins; a later one may go on where the last did.
        x, y = _number(code.get("X"), x), _number(code.get("Y"), y)
        origins = (_placed(matrix, origin) for origin in _origins(code, (x, y), text, size))
        yield [
            _Character(each, left, baseline, size * scale)
            for each, (left, baseline) in zip(text, origins, strict=True)
            if each.isprintable()
        ]


def _origins(code: etree._Element, start: _Point, text: str, size: float) -> Iterator[_Point]:
    """Yield the origin of each character of a piece in the units of its object. Where fewer distances are given than
    there are characters, the last one holds on; without any, characters stand side by side."""
    across, down = _distances(code.get("DeltaX")), _distances(code.get("DeltaY"))
    x, y = start
    for index, each in enumerate(text):
        yield x, y
        x += across[min(index, len(across) - 1)] if across else 0.0 if down else _Character(each, x, y, size).width
        y += down[min(index, len(down) - 1)] if down else 0.0


def _side_by_side(characters: Sequence[_Character]) -> list[list[_Character]]:
    """Return characters in groups that each stand on one baseline without a wide gap."""
    groups: list[list[_Character]] = []
    for each in characters:
        last = groups[-1][-1] if groups else None
        if (
            last
            and abs(each.baseline - last.baseline) < 0.05 * each.size
            and -0.5 * last.size < each.left - last.left - last.width <= _RUN_GAP * last.size
        ):
            groups[-1].append(each)
        else:
            groups.append([each])
    return groups


def _run(characters: Sequence[_Character]) -> TextRun:
    first, last = characters[0], characters[-1]
    text = "".join(each.text for each in characters)
    return TextRun(text, first.left, last.left + last.width, first.baseline, first.size)


def _rules(item: etree._Element, matrix: _Matrix) -> Iterator[Rule]:
    """Yield the straight lines of a path, and the path itself where it is a thin box."""
    corners = [_placed(matrix, point) for point in _corners(_text(item, "AbbreviatedData"))]
    if not corners:
        return
    lefts, heights = [x for x, _ in corners], [y for _, y in corners]
    box = Rule(min(lefts), min(heights), max(lefts), max(heights))
    if _is_rule(box):
        yield box
        return
    for (x, y), (other_x, other_y) in pairwise(corners):
        side = Rule(min(x, other_x), min(y, other_y), max(x, other_x), max(y, other_y))
        if _is_rule(side):
            yield side


def _corners(path: str) -> list[_Point]:
    """Return the corners of a path of straight lines, none where it has curves or is drawn in several pieces."""
    if re.search("[SQBA]", path):
        return []
    points: list[_Point] = []
    for command, numbers in _SEGMENT.findall(path):
        if command == "M" and points:
            return []
        if command == "C":
            points += points[:1]
            continue
        values = numbers.split()
        if len(values) == 2:
            points.append((_number(values[0], 0.0), _number(values[1], 0.0)))
    return points


def _is_rule(box: Rule) -> bool:
    width, height = box.right - box.left, box.top - box.bottom
    return min(width, height) < _THIN and max(width, height) >= _SHORTEST_RULE


def _matrix(item: etree._Element, box: Sequence[float]) -> _Matrix:
    """Return what takes a point of an object to the page, in points that grow to the right and upwards."""
    a, b, c, d, e, f = (*_numbers(item.get("CTM")), *(1, 0, 0, 1, 0, 0))[:6] if item.get("CTM") else (1, 0, 0, 1, 0, 0)
    left, top = (*_numbers(item.get("Boundary")), 0.0, 0.0)[:2]
    return (
        a * _POINTS,
        -b * _POINTS,
        c * _POINTS,
        -d * _POINTS,
        (e + left - box[0]) * _POINTS,
        (box[1] + box[3] - f - top) * _POINTS,
    )


def _placed(matrix: _Matrix, point: _Point) -> _Point:
    (a, b, c, d, e, f), (x, y) = matrix, point
    return a * x + c * y + e, b * x + d * y + f


def _distances(written: str | None) -> list[float]:
    """Read distances; ``g 3 5.6`` stands for 5.6 three times."""
    words = (written or "").split()
    distances: list[float] = []
    index = 0
    while index < len(words):
        if words[index] == "g" and index + 2 < len(words):
            count = min(int(_number(words[index + 1], 0.0)), 100_000)
            distances += [_number(words[index + 2], 0.0)] * count
            index += 3
        else:
            distances.append(_number(words[index], 0.0))
            index += 1
    return distances


def _box(parent: etree._Element | None) -> tuple[float, float, float, float] | None:
    """Return the physical box of a page or of all pages, as left, top, width and height in millimetres."""
    for name in ("Area", "PageArea"):
        area = None if parent is None else _child(parent, name)
        numbers = [] if area is None else _numbers(_text(area, "PhysicalBox"))
        if len(numbers) == 4 and numbers[2] > 0 and numbers[3] > 0:
            return numbers[0], numbers[1], numbers[2], numbers[3]
    return None


def _numbers(written: str | None) -> list[float]:
    return [_number(each, 0.0) for each in (written or "").split()]


def _number(written: str | None, default: float) -> float:
    try:
        number = float(written) if written else default
    except ValueError:
        return default
    return number if math.isfinite(number) and abs(number) < 1e6 else default


def _join(part: str, location: str) -> str:
    """Return the name of a part that another refers to, by a path from its folder or from the root."""
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(part), location)).lstrip("/")


def _children(parent: etree._Element, name: str) -> Iterable[etree._Element]:
    """Yield the elements of a name; namespaces differ between versions of the standard."""
    return (each for each in parent if isinstance(each.tag, str) and _local(each) == name)


def _child(parent: etree._Element, name: str) -> etree._Element | None:
    return next(iter(_children(parent, name)), None)


def _text(parent: etree._Element, name: str) -> str:
    found = _child(parent, name)
    return "" if found is None else "".join(found.itertext()).strip()


def _local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]
