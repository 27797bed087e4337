"""Exports: the forms in which passages and concordances are taken away, and what each is told of the search."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol, TextIO

from ...corpus.errors import ZhengceError

if TYPE_CHECKING:
    import datetime

    from ...corpus.model import Passage
    from ...index.library import Corpus
    from ...index.model import Counts, Hit, IndexedDocument
    from ...index.search.concordance import ConcordanceLine


class MissingWriterError(ZhengceError):
    """A format needs a library to be written that is not installed."""


@dataclass(frozen=True, slots=True)
class Head:
    """What an export says of itself: the query as it was asked and as it was ``read``, the ``filters`` beside it, the
    corpus with its size and the generation of its index, what was found, which of it is here in which order where
    that is not all of it in reading order (``shown``), the day, and the version of the program."""

    query: str
    read: str
    filters: tuple[str, ...]
    corpus: str
    generation: str
    documents: int
    passages: int
    counts: Counts
    shown: tuple[str, ...]
    date: datetime.date
    version: str

    def lines(self) -> Iterator[tuple[str, str]]:
        """Yield its lines, each with its name."""
        from ..display.wording import found, plural

        yield "Query", self.query
        if self.read != self.query:
            yield "Read as", self.read
        for each in self.filters:
            yield "Filter", each
        size = f"{plural(self.documents, 'document')}, {plural(self.passages, 'passage')}"
        yield "Corpus", f"{self.corpus}, {size}, generation {self.generation}"
        yield "Date", self.date.isoformat()
        yield "Found", found(self.counts)
        for each in self.shown:
            yield "Shown", each
        yield "Program", f"zhengce {self.version}"

    def record(self) -> dict[str, Any]:
        """Return it as an object for JSON."""
        size = {"name": self.corpus, "documents": self.documents, "passages": self.passages}
        counts = self.counts
        found = {"occurrences": counts.occurrences, "passages": counts.passages, "documents": counts.documents}
        return {
            "query": self.query,
            "read": self.read,
            "filters": list(self.filters),
            "corpus": {**size, "generation": self.generation},
            "found": found,
            "shown": list(self.shown),
            "date": self.date.isoformat(),
            "program": f"zhengce {self.version}",
        }


def head_of(
    corpus: Corpus, query: str, read: str, counts: Counts, *, filters: Sequence[str] = (), shown: Sequence[str] = ()
) -> Head:
    """Return the head of an export of a search in a corpus, made today; see `Head`."""
    import datetime
    from importlib.metadata import version

    return Head(
        query,
        read,
        tuple(filters),
        corpus.name,
        corpus.generation,
        *corpus.size,
        counts,
        tuple(shown),
        datetime.date.today(),
        version("zhengce"),
    )


class Cite(Protocol):
    """Gives the citation of a passage, or of a document as a whole."""

    def __call__(self, document: IndexedDocument, passage: Passage | None = None) -> str:
        """Return it."""


@dataclass(frozen=True, slots=True)
class HitWithNeighbours:
    """A hit with the passages to show before and after it."""

    hit: Hit
    before: tuple[Passage, ...] = ()
    after: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class Export:
    """What is written of any search: the head, what was found in each document, and how places are cited.

    ``styled`` says that a style of citations was asked for, and ``bom`` asks for the mark by which Excel knows UTF-8.
    """

    head: Head
    by_document: Callable[[], Mapping[IndexedDocument, Counts]]
    cite: Cite
    styled: bool
    bom: bool


@dataclass(frozen=True, slots=True)
class PassageExport(Export):
    """An export of passages, which are read once. ``context`` says that neighbours were asked for."""

    hits: Iterable[HitWithNeighbours]
    context: bool


@dataclass(frozen=True, slots=True)
class ConcordanceExport(Export):
    """An export of a concordance, whose lines are read once. ``terms`` are those that the lines name by number."""

    lines: Iterable[ConcordanceLine]
    terms: tuple[str, ...]


class Writer(Protocol):
    """Writes an export to a stream; of a format that is no text, to the stream's ``buffer``."""

    def __call__(self, export: Any, stream: TextIO) -> None:
        """Write it."""


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """A form of export: its name on the command line, what it is, the endings that tell it, and the module of this
    package that writes it, with its functions for passages and for concordances.

    ``library`` is what the module imports that a plain installation does not have. ``laid_out`` says that it is for
    people to read, who want no more context in a line than fits on a page.
    """

    name: str
    about: str
    suffixes: tuple[str, ...]
    module: str
    functions: tuple[str, str] = ("write_passages", "write_concordance")
    is_text: bool = True
    library: str | None = None
    laid_out: bool = False

    def writer(self, kind: type[Export]) -> Writer:
        """Return the writer of exports of a kind.

        Raises:
            MissingWriterError: A library is not installed.
        """
        try:
            module = import_module(f".{self.module}", __package__)
        except ModuleNotFoundError as error:
            if error.name != self.library:
                raise
            raise MissingWriterError(f"{self.name} needs {error.name}: pip install 'zhengce[exports]'") from error
        writer: Writer = getattr(module, self.functions[kind is ConcordanceExport])
        return writer


EXPORTS = (
    ExportFormat("text", "plain text with citations", (".txt",), "text", laid_out=True),
    ExportFormat("jsonl", "one JSON object a line", (".jsonl", ".ndjson"), "jsonl"),
    ExportFormat("markdown", "Markdown", (".md", ".markdown"), "markdown", laid_out=True),
    ExportFormat(
        "csv",
        "rows for spreadsheets and statistics",
        (".csv",),
        "csv",
        ("write_passages_csv", "write_concordance_csv"),
    ),
    ExportFormat(
        "tsv", "the same between tabs", (".tsv", ".tab"), "csv", ("write_passages_tsv", "write_concordance_tsv")
    ),
    ExportFormat("html", "one page that needs nothing else", (".html", ".htm"), "html", laid_out=True),
    ExportFormat("xlsx", "a workbook of rows and counts", (".xlsx",), "xlsx", is_text=False, library="xlsxwriter"),
    ExportFormat("docx", "a document for Word", (".docx",), "docx", is_text=False, laid_out=True),
    ExportFormat("bibtex", "the documents as BibTeX", (".bib",), "bibtex", ("write_documents",) * 2),
    ExportFormat("csl-json", "the documents as CSL-JSON", (".csl.json", ".json"), "csl_json", ("write_documents",) * 2),
)
BY_NAME = {each.name: each for each in EXPORTS}


def format_of(file: str | None) -> str:
    """Return the name of the format that the ending of a file's name tells, which is text where it tells none."""
    name = (file or "").lower()
    return next((each.name for each in EXPORTS if name.endswith(each.suffixes)), EXPORTS[0].name)
