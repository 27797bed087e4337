"""The styles of a Word file, resolved along their inheritance."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from ...extraction import LineRole
from .wordprocessingml import W, is_on, value

_BODY = 9  # the outline level of body text
_LONGEST_CHAIN = 50  # styles based on each other; Word itself allows eleven
_HEADING = re.compile(
    r"(?:heading|标题)\s*(?P<level>[1-9一二三四五六七八九])|(?P<class>[1-9一二三四五六七八九])级条?标题"
)
# Names of styles in Word, WPS Office and the template for Chinese standards.
_ROLES: tuple[tuple[re.Pattern[str], LineRole], ...] = (
    (re.compile(r"toc( \d| heading|\s*标题)?|wpsoffice手动目录.*|table of figures"), "furniture"),
    (re.compile(r"caption|题注|(?:正文|附录)[图表]标题"), "caption"),
    (
        re.compile(r"(?:其他)?(?:标准称谓|发布日期|实施日期|发布部门)|封面标准(?!名称).*|文献分类号|标准标志"),
        "standalone",
    ),
)
_TITLE = re.compile(r"title|标题|封面标准名称")


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """A resolved style: the role of its paragraphs, their heading level (0: no heading), their numbered list and its
    level, and whether their text is hidden."""

    role: LineRole | None = None
    level: int = 0
    number: str | None = None
    depth: int | None = None
    hidden: bool = False


class Styles:
    """The styles of a document. ``styles`` is the root of ``styles.xml``."""

    def __init__(self, styles: etree._Element | None) -> None:
        found = [] if styles is None else styles.findall(f"{W}style")
        self._styles = {each.get(f"{W}styleId", ""): each for each in found}
        defaults = (each for each in found if each.get(f"{W}type") == "paragraph" and is_default(each))
        self.default: str = next((each.get(f"{W}styleId", "") for each in defaults), "")
        self._resolved: dict[str, ParagraphStyle] = {}
        self._document = None if styles is None else styles.find(f"{W}docDefaults/{W}rPrDefault")

    @property
    def numbers(self) -> dict[str, str]:
        """The list of each numbering style."""
        lists = (name for name, style in self._styles.items() if style.get(f"{W}type") == "numbering")
        return {name: number for name in lists if (number := self.resolve(name).number)}

    def resolve(self, name: str) -> ParagraphStyle:
        """Return a style with what it inherits."""
        if name not in self._resolved:
            self._resolved[name] = self._read(name)
        return self._resolved[name]

    def inherited(self, name: str, path: str) -> str | None:
        """Return the value of a property of a style, from the next style up that sets it, else from the document."""
        found = (value(style, path) for style in self._chain(name))
        of_document = None if self._document is None else value(self._document, path)
        return next((each for each in found if each), of_document)

    def _read(self, name: str) -> ParagraphStyle:
        role: LineRole | None = None
        level = number = depth = hidden = None
        for style in self._chain(name):
            title = (value(style, "name") or "").lower()
            role = role or next((role for pattern, role in _ROLES if pattern.fullmatch(title)), None)
            level = _level(style, title) if level is None else level
            number = value(style, f"pPr/{W}numPr/{W}numId") if number is None else number
            depth = value(style, f"pPr/{W}numPr/{W}ilvl") if depth is None else depth
            switch = style.find(f"{W}rPr/{W}vanish")
            hidden = is_on(switch) if hidden is None and switch is not None else hidden
        deep = int(depth) if depth and depth.isdecimal() else None
        return ParagraphStyle(role, level or 0, number, deep, bool(hidden))

    def _chain(self, name: str | None) -> Iterator[etree._Element]:
        seen: set[str] = set()
        while name and name in self._styles and name not in seen and len(seen) < _LONGEST_CHAIN:
            seen.add(name)
            yield self._styles[name]
            name = value(self._styles[name], "basedOn")


def is_default(style: etree._Element) -> bool:
    """Tell whether a style applies to all paragraphs that name none."""
    return style.get(f"{W}default") in ("1", "true", "on")


def heading_level(outline: str | None) -> int | None:
    """Return the heading level, from 1, of an outline level; 0 for body text, None for no level."""
    if not outline or not outline.isdecimal():
        return None
    return int(outline) + 1 if int(outline) < _BODY else 0


def _level(style: etree._Element, name: str) -> int | None:
    level = heading_level(value(style, f"pPr/{W}outlineLvl"))
    if level is not None:
        return level
    if match := _HEADING.search(name):
        figure = match["level"] or match["class"]
        return int(figure) if figure.isdecimal() else "一二三四五六七八九".index(figure) + 1
    return 1 if _TITLE.fullmatch(name) else None
