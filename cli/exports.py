"""Exports: the forms in which hits are taken away, and what each is told of the search."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, TextIO

from ..corpus.errors import ZhengceError

if TYPE_CHECKING:
    import datetime

    from ..corpus.model import Passage
    from ..index.model import Counts, Hit, IndexedDocument


class MissingWriterError(ZhengceError):
    """A format needs a library to be written that is not installed."""


@dataclass(frozen=True, slots=True)
class Head:
    """What an export says of itself: the query as it was read and how it was asked, the corpus with the generation of
    its index, what was found and how many passages of it are here, the day, and the version of the program."""

    query: str
    conditions: tuple[str, ...]
    corpus: str
    generation: str
    documents: int
    passages: int
    counts: Counts
    shown: int
    date: datetime.date
    version: str

    def lines(self) -> Iterator[tuple[str, str]]:
        """Yield its lines, each with its name."""
        from .wording import found, plural

        yield "Query", self.query
        for condition in self.conditions:
            yield "Filter", condition
        size = f"{plural(self.documents, 'document')}, {plural(self.passages, 'passage')}"
        yield "Corpus", f"{self.corpus}, {size}, generation {self.generation}"
        yield "Date", self.date.isoformat()
        yield "Found", found(self.counts)
        if self.shown < self.counts.passages:
            yield "Shown", f"{plural(self.shown, 'passage')} of {self.counts.passages:,}"
        yield "Program", f"zhengce {self.version}"


@dataclass(frozen=True, slots=True)
class HitWithNeighbours:
    """A hit with the passages to show before and after it."""

    hit: Hit
    before: tuple[Passage, ...] = ()
    after: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class Export:
    """What is written: the head, the hits, which are read once, and what was found in each document.

    ``cite`` gives the citation of a passage. ``styled`` says that a style was asked for, and ``context`` that
    neighbours were. ``per_occurrence`` asks for a row for each occurrence where there are rows, and ``bom`` for the
    mark by which Excel knows UTF-8.
    """

    head: Head
    hits: Iterable[HitWithNeighbours]
    by_document: Callable[[], Mapping[IndexedDocument, Counts]]
    cite: Callable[[IndexedDocument, Passage], str]
    styled: bool = False
    context: bool = False
    per_occurrence: bool = False
    bom: bool = False


class Writer(Protocol):
    """Writes an export to a stream; of a format that is no text, to the stream's ``buffer``."""

    def __call__(self, export: Export, stream: TextIO) -> None:
        """Write it."""


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """A form of export: its name on the command line, what it is, the endings that tell it, and its writer, a function
    of a module of this package.

    ``library`` is what the module imports that a plain installation does not have.
    """

    name: str
    about: str
    suffixes: tuple[str, ...]
    module: str
    function: str = "write"
    is_text: bool = True
    library: str | None = None

    def writer(self) -> Writer:
        """Return the writer.

        Raises:
            MissingWriterError: A library is not installed.
        """
        try:
            module = import_module(f".{self.module}", __package__)
        except ModuleNotFoundError as error:
            if error.name != self.library:
                raise
            raise MissingWriterError(f"{self.name} needs {error.name}: pip install 'zhengce[exports]'") from error
        writer: Writer = getattr(module, self.function)
        return writer


EXPORTS = (
    ExportFormat("text", "plain text with citations", (".txt",), "appendix"),
    ExportFormat("jsonl", "one JSON object a passage", (".jsonl", ".ndjson"), "jsonlines"),
    ExportFormat("markdown", "Markdown", (".md", ".markdown"), "markdown"),
    ExportFormat("csv", "one row a passage, or an occurrence", (".csv",), "delimited", "write_csv"),
    ExportFormat("tsv", "the same between tabs", (".tsv", ".tab"), "delimited", "write_tsv"),
    ExportFormat("html", "one page that needs nothing else", (".html", ".htm"), "webpage"),
    ExportFormat("xlsx", "a workbook of hits and counts", (".xlsx",), "workbook", is_text=False, library="xlsxwriter"),
    ExportFormat("docx", "a document with footnotes", (".docx",), "worddocument", is_text=False),
    ExportFormat("bibtex", "the documents as BibTeX", (".bib",), "bibliography", "write_bibtex"),
    ExportFormat("csl-json", "the documents as CSL-JSON", (".csl.json", ".json"), "bibliography", "write_csl_json"),
)
BY_NAME = {each.name: each for each in EXPORTS}


def format_of(file: str | None) -> str:
    """Return the name of the format that the ending of a file's name tells, which is text where it tells none."""
    name = (file or "").lower()
    return next((each.name for each in EXPORTS if name.endswith(each.suffixes)), EXPORTS[0].name)
