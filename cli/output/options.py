"""What a person asked of the output: which contents, in which form, and where they go."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Literal, NamedTuple

from ..destination import is_standard_output
from ..export.table import BY_NAME, ExportFormat
from ..language.choice import SOURCE, language_named
from ..language.translation import spoken

if TYPE_CHECKING:
    from ...index.grouped_counts import CountBy

Contents = Literal["passages", "documents", "counts", "groups"]
Color = Literal["auto", "always", "never"]
Layout = Literal["auto", "page", "lines"]
Headings = Literal["zh", "en"]


class OutputOptions(NamedTuple):
    """The output that a person asked for.

    ``limit`` is a number of passages or lines (0: all, None: as many as are shown by default), ``before`` and ``after``
    numbers of neighbouring passages, and ``characters`` a number of characters on either side of a match; ``full`` asks
    for whole passages. ``style`` is a style of citations. ``bom`` is a byte order mark before csv and tsv.
    ``with_files`` asks for plain lines with file and line instead of places, and ``fields`` for these columns between
    tabs. ``layout`` is the page or lines; by default the page on a terminal. ``paged`` is false if a page longer than
    the screen is not to go through the pager. ``per_document`` is how many passages of a document a page shows (0:
    all), and ``flat`` asks for them one after the other, not by document. ``count_by`` is what groups are counted by.
    ``headings`` is the language of heads and of the headings of columns.
    """

    contents: Contents = "passages"
    format: str = "text"
    file: str | None = None
    limit: int | None = None
    before: int = 0
    after: int = 0
    characters: int | None = None
    full: bool = False
    color: Color = "auto"
    style: str | None = None
    bom: bool = False
    with_files: bool = False
    fields: tuple[str, ...] = ()
    layout: Layout = "auto"
    paged: bool = True
    per_document: int | None = None
    flat: bool = False
    count_by: CountBy | None = None
    headings: Headings | None = None

    @property
    def export_format(self) -> ExportFormat:
        """Return what is known of the format."""
        return BY_NAME[self.format]

    @property
    def language(self) -> str:
        """Return the language of heads and of the headings of columns: that of the reader in formats that people read,
        and that of the source in those that programs read, unless another is asked for."""
        default = spoken() if self.export_format.headings == "reader" else SOURCE
        return (self.headings and language_named(self.headings)) or default

    @property
    def as_records(self) -> bool:
        """Tell whether results are listed as JSON records rather than as lines of text."""
        return not self.export_format.is_drawn

    @property
    def to_file(self) -> bool:
        """Tell whether a file is written rather than standard output."""
        return not is_standard_output(self.file)

    @property
    def context(self) -> bool:
        """Tell whether neighbouring passages are asked for."""
        return bool(self.before or self.after)

    @property
    def on_terminal(self) -> bool:
        """Tell whether a person reads the output on a terminal."""
        return self._is_drawn and sys.stdout.isatty()

    @property
    def as_page(self) -> bool:
        """Tell whether the output is laid out as a page rather than as lines for programs."""
        if self.layout == "auto":
            return self.on_terminal and not self.with_files and not self.fields
        return self._is_drawn and self.layout == "page"

    @property
    def _is_drawn(self) -> bool:
        return self.file is None and self.export_format.is_drawn and self.style is None

    @property
    def colored(self) -> bool:
        """Tell whether to use colour; see `NO_COLOR <https://no-color.org>`_."""
        if self.color == "auto":
            return self.on_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
        return self.color == "always"

    def most(self, default: int) -> int | None:
        """Return how many passages or lines to show at most, or None for all. Without a limit, a page has the default
        number, and what programs read has all."""
        limit = (default if self.as_page else 0) if self.limit is None else self.limit
        return limit or None

    @property
    def is_export(self) -> bool:
        """Tell whether the output begins with the search it comes from: so do files, the formats that are made to be
        files, and text with citations in a style."""
        cited = self.export_format.is_drawn and self.style is not None
        return self.file is not None or cited or not self.export_format.is_listing

    @property
    def is_laid_out_export(self) -> bool:
        """Tell whether the output is an export that is laid out for reading, such as a Word document."""
        return self.is_export and self.export_format.is_laid_out
