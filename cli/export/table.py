"""The table of export formats. A format is one module of this package and one line here."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Literal, NamedTuple

from ...corpus.errors import ZhengceError
from ...corpus.installation import faulty, remedy
from ...corpus.messages import listed, message

if TYPE_CHECKING:
    from .interface import ExportWriter


class MissingWriterError(ZhengceError):
    """The library that writes a format is not installed, or there is none for it."""


class ExportFormat(NamedTuple):
    """A format of exports: its name for ``-f``, what it is, and the endings of files that choose it.

    Its module has its name, with ``_`` for ``-``, and a class ``Writer``; it is imported when it is used. The rest
    says what the format can do, so that nothing else compares names:

    - ``is_text``: it is text, and can go to standard output;
    - ``is_laid_out``: people read it from top to bottom;
    - ``is_listing``: in a pipe, commands list in it without a head and up to their usual limit;
    - ``is_drawn``: a terminal shows it in its own layout and colours;
    - ``is_bibliography``: it has documents, not passages, and is a style of citations by itself;
    - ``headings``: which language its heads and the headings of its columns are in, unless another is asked for: the
      reader's, as in what people read, or that of the source, as in what programs read; None if it has none;
    - ``counts_neighbours``: ``kwic --group`` can write it;
    - ``has_tables``: documents and counts can be written in it as a table;
    - ``takes_bom``: it can begin with the mark by which Excel knows UTF-8;
    - ``library``: what it imports beyond the standard library.
    """

    name: str
    about: str
    suffixes: tuple[str, ...]
    is_text: bool = True
    is_laid_out: bool = False
    is_listing: bool = False
    is_drawn: bool = False
    is_bibliography: bool = False
    headings: Literal["reader", "source"] | None = None
    counts_neighbours: bool = False
    has_tables: bool = False
    takes_bom: bool = False
    library: str | None = None

    def writer(self) -> ExportWriter:
        """Return the writer of the format.

        Raises:
            MissingWriterError: The library that writes it is not installed.
        """
        try:
            module = import_module(f".{self.name.replace('-', '_')}", __package__)
        except (ImportError, OSError) as error:
            library = faulty(error, (self.library,) if self.library else ())
            if library is None:
                raise
            raise MissingWriterError(
                message("{format} needs {remedy}", format=self.name, remedy=remedy(library))
            ) from error
        writer: ExportWriter = module.Writer()
        return writer


EXPORTS = (
    ExportFormat(
        "text", message("plain text with citations"), (".txt",),
        is_laid_out=True, is_listing=True, is_drawn=True, headings="reader", counts_neighbours=True,
    ),
    ExportFormat(
        "jsonl", message("one JSON object a line"), (".jsonl", ".ndjson"),
        is_listing=True, counts_neighbours=True,
    ),
    ExportFormat("markdown", message("Markdown"), (".md", ".markdown"), is_laid_out=True, headings="reader"),
    ExportFormat(
        "csv", message("rows for spreadsheets and statistics"), (".csv",),
        headings="source", counts_neighbours=True, has_tables=True, takes_bom=True,
    ),
    ExportFormat(
        "tsv", message("the same between tabs"), (".tsv", ".tab"),
        headings="source", counts_neighbours=True, has_tables=True, takes_bom=True,
    ),
    ExportFormat(
        "html", message("one page that needs nothing else"), (".html", ".htm"),
        is_laid_out=True, headings="reader",
    ),
    ExportFormat(
        "xlsx", message("a workbook of rows and counts"), (".xlsx",),
        is_text=False, headings="reader", has_tables=True, library="xlsxwriter",
    ),
    ExportFormat(
        "docx", message("a document for Word"), (".docx",),
        is_text=False, is_laid_out=True, headings="reader",
    ),
    ExportFormat("bibtex", message("the documents as BibTeX"), (".bib",), is_bibliography=True, headings="reader"),
    ExportFormat("csl-json", message("the documents as CSL-JSON"), (".csl.json", ".json"), is_bibliography=True),
)  # fmt: skip
# Formats that people ask for by the name of the file.
_OF_OTHERS = (
    ".doc", ".docm", ".dot", ".epub", ".et", ".key", ".numbers", ".ods", ".odt", ".ofd", ".pages", ".pdf", ".ppt",
    ".pptx", ".rtf", ".wps", ".xls", ".xlsm", ".xml", ".yaml", ".zip",
)  # fmt: skip
BY_NAME = {each.name: each for each in EXPORTS}


def format_of(file: str | None) -> str:
    """Return the name of the format that the ending of a file's name chooses, by default text.

    Raises:
        MissingWriterError: It is the ending of a format that others write: a text with it could not be opened.
    """
    name = (file or "").lower()
    if name.endswith(_OF_OTHERS):
        endings = listed(each.suffixes[0] for each in EXPORTS)
        raise MissingWriterError(
            message(
                "{file} is not written in the format of its name; the endings are {endings}.",
                file=file,
                endings=endings,
            )
        )
    return next((each.name for each in EXPORTS if name.endswith(each.suffixes)), EXPORTS[0].name)
