"""The commands: what the program is asked, each a few lines over the library."""

from __future__ import annotations

import re

import click

from ..index.generations import home
from ..index.library import BUNDLED, Corpus, Sort, build_corpus, open_corpus
from .exits import FOUND, NOTHING
from .layout import harmless
from .messages import nothing_found, say
from .progress import progress_display
from .snippets import DEFAULT_CHARACTERS
from .view import DEFAULT_LIMIT, Color, Contents, Format, View, show_document, show_documents, show_results
from .wording import plural

color_option = click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="Colour: auto is for terminals only and heeds NO_COLOR.",
)
format_option = click.option(
    "-f", "--format", "format_", type=click.Choice(["text", "jsonl"]), default="text", show_default=True,
    help="Text, or one JSON object a line.",
)  # fmt: skip


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="zhengce", message="zhengce %(version)s")
def zhengce() -> None:
    """Search Chinese policy texts (政策) from the terminal.

    \b
    zhengce search 中欧班列             passages that mention 中欧班列
    zhengce docs                        the documents, and what is known of them
    zhengce show chengyu                one document, paragraph by paragraph

    Five documents come with the program. Their index is built by the first search.
    """


@zhengce.command()
@click.argument("query", nargs=-1, required=True)
@click.option("-k", "--keywords", is_flag=True, help="Natural language: any of its words, the best passages first.")
@click.option("-w", "--word", is_flag=True, help="Only whole words, as jieba cuts them.")
@click.option(
    "-n", "--limit", type=click.IntRange(min=0),
    help=f"Show so many passages, 0 for all.  [default: {DEFAULT_LIMIT}; all of them with -o]",
)  # fmt: skip
@click.option("-C", "--context", type=click.IntRange(min=0), default=0, help="Neighbouring passages to show with each.")
@click.option(
    "--chars", type=click.IntRange(min=1),
    help=f"Characters to show on either side of a match.  [default: {DEFAULT_CHARACTERS} on a terminal, else all]",
)  # fmt: skip
@click.option("--full", is_flag=True, help="Show passages whole.")
@click.option("--doc", "documents", multiple=True, metavar="ID", help="Search in this document only; may be repeated.")
@click.option(
    "--sort", type=click.Choice(["relevance", "document"]),
    help="Order of passages.  [default: relevance for keywords and for several terms, else document]",
)  # fmt: skip
@click.option("-c", "--count", is_flag=True, help="Only say how many.")
@click.option("-l", "--documents-only", is_flag=True, help="Only name the documents.")
@format_option
@click.option(
    "-o", "--output", "file", metavar="FILE", help="Write the passages to a file, with citations and 【marks】."
)
@color_option
def search(
    query: tuple[str, ...],
    keywords: bool,
    word: bool,
    limit: int | None,
    context: int,
    chars: int | None,
    full: bool,
    documents: tuple[str, ...],
    sort: Sort | None,
    count: bool,
    documents_only: bool,
    format_: Format,
    file: str | None,
    color: Color,
) -> int:
    """Find passages.

    Terms are found as they stand, wherever they stand, and must be in the same passage. Quotation marks
    make a phrase, which may hold spaces; put a query with quotation marks into single quotes, since the
    shell takes marks for itself.

    \b
    zhengce search 中欧班列
    zhengce search 多式联运 一单制                both in the passage
    zhengce search '“一带一路” 沿线'              a phrase and a term
    zhengce search -k 怎样降低物流成本            natural language
    zhengce search -w 人民                        the word, not 人民政府
    zhengce search 跨境电商 -o hits.txt           all passages, as text with citations
    zhengce search 国际班列 -f jsonl -n 0 | jq -r .text
    """
    if keywords and word:
        raise click.UsageError("-w goes with terms; -k asks for whole words already.")
    for one, other, message in (
        (full, chars, "--full and --chars contradict each other."),
        (count, documents_only, "-c and -l contradict each other."),
        (chars, format_ == "jsonl" or file, "--chars is for reading; JSON lines and files have passages whole."),
    ):
        if one and other:
            raise click.UsageError(message)
    view = View(_contents(count, documents_only), format_, file, limit, context, chars, full, color)
    source = " ".join(query)
    corpus = _open()
    results = corpus.search(source, keywords=keywords, words=word, documents=documents, sort=sort)
    if results or count:
        show_results(corpus, results, source, _conditions(keywords, word, documents), view)
    if not results:
        say(nothing_found(corpus, results, keywords=keywords, words=word, documents=documents))
    return FOUND if results else NOTHING


@zhengce.command(short_help="List the documents.")
@format_option
@color_option
def docs(format_: Format, color: Color) -> None:
    """List the documents: title, 发文字号, date, issuer, passages and characters.

    \b
    zhengce docs
    zhengce docs -f jsonl
    """
    show_documents(_open().documents, View(format=format_, color=color))


@zhengce.command()
@click.argument("place", metavar="DOC[:PASSAGE]")
@click.option(
    "-C", "--context", type=click.IntRange(min=0), default=1, show_default=True,
    help="Neighbours to show on either side of a passage.",
)  # fmt: skip
@format_option
@click.option("-o", "--output", "file", metavar="FILE", help="Write to a file.")
@color_option
def show(place: str, context: int, format_: Format, file: str | None, color: Color) -> None:
    """Show a document, or a passage of it with its neighbours.

    DOC is a document's id, as zhengce docs lists them, or an unmistakable beginning of it.

    \b
    zhengce show chengyu
    zhengce show chengyu:17
    zhengce show xining -o xining.txt
    """
    name, _, number = place.partition(":")
    corpus = _open()
    document = corpus.document(name)
    view = View(format=format_, file=file, color=color)
    if not number:
        show_document(document, list(corpus.passages(document)), view)
        return
    if not re.fullmatch("[0-9]{1,9}", number):
        raise click.UsageError(f"{number} is not the number of a passage; write {document.id}:1 for the first.")
    passage = corpus.passage(document, int(number))
    before, after = corpus.neighbours(document, passage.number, context)
    show_document(document, [*before, passage, *after], view, asked=passage.number)


@zhengce.command()
@click.option("--rebuild", is_flag=True, help="Build it anew in any case; this mends a damaged index.")
def index(rebuild: bool) -> None:
    """Build the index, if it is not up to date.

    A search does so by itself. The index lives in the user's data directory, or in ZHENGCE_HOME.

    \b
    zhengce index
    zhengce index --rebuild
    """
    with progress_display() as progress:
        report = build_corpus(rebuild=rebuild, progress=progress)
    place = harmless(str(home() / BUNDLED))
    if report:
        size = f"{plural(report.documents, 'document')}, {plural(report.passages, 'passage')}"
        click.echo(f"Built the index of {size} in {report.seconds:.1f} s: {place}")
    else:
        click.echo(f"The index is up to date: {place}")


def _open() -> Corpus:
    with progress_display() as progress:
        return open_corpus(progress=progress)


def _conditions(keywords: bool, words: bool, documents: tuple[str, ...]) -> list[str]:
    """Return how a query was asked, in words, for those who read the result without having asked."""
    conditions = []
    if keywords:
        conditions.append("as keywords: passages with any of its words")
    if words:
        conditions.append("whole words only")
    if documents:
        conditions.append(f"only in {', '.join(documents)}")
    return conditions


def _contents(count: bool, documents_only: bool) -> Contents:
    return "counts" if count else "documents" if documents_only else "passages"
