"""Shows the outline of a document: on a terminal as a tree, elsewhere as lines with tabs or as JSON lines."""

from __future__ import annotations

import shutil
from collections.abc import Sequence

from ...index.model import IndexedDocument
from ...index.records.objects import heading_record, json_line
from ...index.search.outline import Heading
from ..display.layout import harmless
from ..display.outline_tree import outline_tree
from ..display.wording import place_label
from .options import OutputOptions
from .writing import write_lines, write_page


def show_outline(
    document: IndexedDocument, headings: Sequence[Heading], options: OutputOptions, *, counted: bool
) -> None:
    """Show the headings of a document; ``counted`` adds the number of occurrences below each."""
    if options.on_terminal:
        width = shutil.get_terminal_size().columns
        write_page(outline_tree(document, headings, width, counted=counted, color=options.colored), options)
    elif options.as_records:
        records = (json_line(heading_record(document, heading, counted=counted)) for heading in headings)
        write_lines(records, options.file)
    else:
        write_lines((_plain_line(document, heading, counted=counted) for heading in headings), options.file)


def _plain_line(document: IndexedDocument, heading: Heading, *, counted: bool) -> str:
    count = [str(heading.occurrences)] if counted else []
    place = place_label(document, heading.passage)
    return "\t".join((place, str(heading.depth), *count, harmless(heading.text)))
