"""Writes lines, Rich texts and exports to their destination."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from ...corpus.messages import message
from ..config.current import current
from ..destination import OutputError, open_destination
from ..display.layout import harmless
from ..display.theme import FAINT, paint
from ..display.wording import corpus_note
from ..language.translation import speaking, translated
from .options import OutputOptions

if TYPE_CHECKING:
    from rich.text import Text

    from ...index.citations.reference import Cite
    from ...index.library import Corpus
    from ..export.interface import ConcordanceExport, ExportWriter, PassageExport, TableExport


def write_lines(lines: Iterable[str], file: str | None, *, utf8: bool = False) -> None:
    """Write lines to a file or to standard output; see `zhengce.cli.destination`."""
    with open_destination(file, utf8=utf8) as stream:
        stream.writelines(line + "\n" for line in lines)


def write_page(lines: Iterable[str], options: OutputOptions) -> None:
    """Write lines that are laid out for a terminal, through the pager if they are more than it has rows."""
    from .. import pager

    pager.write(lines, paged=options.paged)


def print_lines(lines: Callable[[int], Iterable[Text]], options: OutputOptions) -> None:
    """Print the lines that a function returns for a width in cells: that of the terminal, up to the configured one."""
    from .. import pager
    from ..display.terminal import console

    screen = console(("standard" if options.color == "always" else "auto") if options.colored else None)

    def rendered() -> Iterator[str]:
        for line in lines(min(screen.width, current().width)):
            with screen.capture() as capture:
                screen.print(line, soft_wrap=True, end="")
            yield capture.get()

    pager.write(rendered(), paged=options.paged and options.on_terminal)


def name_corpus(corpus: Corpus, options: OutputOptions) -> None:
    """Say on a terminal which corpus was asked, if it is not the bundled one: the last line of the output."""
    note = corpus_note(corpus)
    if note and options.on_terminal:
        write_lines([paint(note, FAINT, color=options.colored)], None)


def write_export(export: PassageExport | ConcordanceExport, options: OutputOptions) -> None:
    """Write an export in the format that the options name.

    Raises:
        OutputError: It cannot be written, or it is binary and would go to a terminal.
        MissingWriterError: A library that the format needs is not installed.
    """
    writer = _writer(options)
    with speaking(options.language), open_destination(options.file, utf8=not options.export_format.is_drawn) as stream:
        writer.write(export, stream)


def write_table(table: TableExport, options: OutputOptions) -> None:
    """Write a table in the format that the options name, which must have tables; raises what `write_export` raises."""
    from ..export.interface import TableWriter

    writer = _writer(options)
    assert isinstance(writer, TableWriter)
    with speaking(options.language), open_destination(options.file, utf8=True) as stream:
        writer.write_table(table, stream)


def _writer(options: OutputOptions) -> ExportWriter:
    chosen = options.export_format
    if not chosen.is_text and not options.to_file and sys.stdout.isatty():
        raise OutputError(
            message("{format} cannot be read on a terminal; write it to a file with -o FILE.", format=chosen.name)
        )
    return chosen.writer()


def citing(style: str | None) -> Cite:
    """Return the function that cites in a style; None means the short style of the program."""
    if style is None:
        from ...index.citations import short

        return lambda document, passage=None: translated(short.cite(document, passage))
    from ...index.citations.reference import Reference
    from ...index.citations.styles import STYLE_BY_NAME

    chosen = STYLE_BY_NAME[style]
    return lambda document, passage=None: harmless(chosen.cite(Reference(document, passage)))
