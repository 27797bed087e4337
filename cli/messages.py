"""Messages: what is said on stderr, beside the results."""

from __future__ import annotations

import sys
from contextlib import suppress

import click

from ..index.errors import QueryError
from ..index.library import Corpus
from ..index.query import quote
from ..index.results import Results, TermCount
from .layout import cells, harmless
from .wording import each_term, found, plural


def say(message: str) -> None:
    """Say something on stderr, harmless to a terminal whatever is quoted in it; nobody may be listening."""
    with suppress(OSError):
        print("\n".join(map(harmless, f"zhengce: {message}".split("\n"))), file=sys.stderr)


def usage_error(error: click.ClickException) -> str:
    """Return the message for a command line that is not understood."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    if context is None:
        return error.format_message()
    return f"{error.format_message()}\n{context.get_usage()}\nTry `{context.command_path} --help`."


def query_error(error: QueryError) -> str:
    """Return the message for a query that cannot be read: the place marked, and what to write instead."""
    shown = harmless(error.query)
    caret = " " * cells(shown[: error.position]) + "^"
    return f"{error}\n  {shown}\n  {caret}\n{error.advice}"


def nothing_found(corpus: Corpus, results: Results, *, words: bool) -> str:
    """Return the message for a search that found nothing: which of its terms occur, and words like those
    that do not."""
    missing = [term for term in results.terms if not term.passages]
    if missing:
        return "\n".join(_missing(corpus, term, words=words) for term in missing)
    return f"no passage holds all of it: {each_term(results.terms)}."


def _missing(corpus: Corpus, term: TermCount, *, words: bool) -> str:
    if words and (anywhere := corpus.search(quote(term.text)).counts).occurrences:
        return f"{term.text} is never a word of its own; without -w there are {found(anywhere)}."
    like = [f"{word} ({plural(count, 'passage')})" for word, count in corpus.suggestions(term.text)]
    return f"{term.text} does not occur." + (f" Words like it: {', '.join(like)}." if like else "")
