"""``zhengce cite``: cites documents and passages."""

from __future__ import annotations

from ...index.chosen import Chosen
from ...index.citations.reference import Reference
from ...index.citations.styles import STYLE_BY_NAME, STYLES
from ..display.layout import harmless
from ..help.command import argument, command
from ..opening import open_places
from ..output.writing import write_lines
from .export_options import style_option
from .options import chosen_option, complete_documents, output_option


@command()
@argument("places", metavar="DOC[:PASSAGE]...", nargs=-1, required=True, shell_complete=complete_documents)
@chosen_option
@style_option
@output_option
def cite(places: tuple[str, ...], chosen: Chosen, style: str | None, file: str | None) -> None:
    """Cite documents, or passages of them.

    The default style is GB/T 7714—2015. Unknown parts are marked as the style has it: [日期不详], n.d.

    \b
    zhengce cite chengyu
    zhengce cite chengyu:17 bazhong --cite apa
    zhengce cite chengyu xining --cite bibtex -o references.bib
    """
    references = []
    for corpus, document, number in open_places(chosen, places):
        passage = None if number is None else corpus.passage(document, number)
        references.append(Reference(document, passage))
    written = STYLE_BY_NAME[style] if style else STYLES[0]
    lines = written.lines(references)
    write_lines(lines if written.is_bibliography else map(harmless, lines), file)
