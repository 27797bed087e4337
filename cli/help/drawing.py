"""Drawing: a topic on a terminal, in Rich's Markdown, with plainer headings, code blocks and tables.

Rich by itself frames and centres headings, pads code blocks (an example as wide as the window would wrap), gives code
the colours of a dark theme, and breaks lines of Chinese anywhere, before a full stop too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.markdown import CodeBlock, Heading, Markdown, MarkdownElement, Paragraph, TableElement
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text
from rich.theme import Theme

from ..display.theme import CODE, TITLE
from .formatter import lines_of

_PROMPT = "$ "
_INDENT = 4  # cells
_THEME = Theme(
    {
        "markdown.h1": TITLE,
        "markdown.h2": TITLE,
        "markdown.code": CODE,
        "markdown.code_block": "none",
        "markdown.item.bullet": "none",
        "markdown.table.header": TITLE,
        "markdown.link": "none",
        "markdown.link_url": "none",
    }
)


@dataclass(frozen=True)
class _Prose:
    """Text whose lines break by the rules of Chinese."""

    text: Text

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        style = console.get_style("markdown.code")
        code = [(span.start, span.end) for span in self.text.spans if span.style == style]
        for start, end in lines_of(self.text.plain, options.max_width, code):
            yield self.text[start:end]

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        return Measurement(1, max(cell_len(self.text.plain), 1)).with_maximum(options.max_width)


class _Heading(Heading):
    """A heading at the left margin."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield _Prose(self.text)


class _Paragraph(Paragraph):
    """A paragraph, also of a list."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield _Prose(self.text)


class _CodeBlock(CodeBlock):
    """Code as it stands, set in where the window has room for that; what is typed at a prompt is bold."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        lines = str(self.text).rstrip().split("\n")
        has_room = max(map(cell_len, lines)) + _INDENT <= options.max_width
        indent = " " * _INDENT if has_room else ""
        for line in lines:
            text = Text(indent + line, style=TITLE if line.startswith(_PROMPT) else "", overflow="fold")
            yield text if cell_len(text.plain) <= options.max_width else _Prose(text)


class _Table(TableElement):
    """A table without lines, its columns two cells apart. Its first cells tell the rows apart."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
        for cell in self.header.row.cells if self.header and self.header.row else ():
            table.add_column(_Prose(cell.content), header_style="markdown.table.header", overflow="fold")
        for row in self.body.rows if self.body else ():
            table.add_row(*(_Prose(cell.content) for cell in row.cells))
        yield table


class _Topic(Markdown):
    elements: ClassVar[dict[str, type[MarkdownElement]]] = {
        **Markdown.elements,
        "heading_open": _Heading,
        "paragraph_open": _Paragraph,
        "fence": _CodeBlock,
        "table_open": _Table,
    }


def draw(markdown: str, console: Console, widest: int) -> None:
    """Print a page of Markdown on a console, no line wider than its window or than ``widest``, in cells."""
    with console.use_theme(_THEME):
        console.print(_Topic(markdown, hyperlinks=False), width=min(console.width, widest))
