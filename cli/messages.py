"""Messages: what is said on stderr, beside the results."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import suppress

import click

from ..index.errors import QueryError
from ..index.library import Corpus
from ..index.query import quote
from ..index.results import Results
from .layout import cells, harmless
from .wording import each_term, found, plural

_QUESTION = 6  # characters; what is as long may have been meant as natural language


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


def nothing_found(corpus: Corpus, results: Results, *, keywords: bool, words: bool, documents: Sequence[str]) -> str:
    """Return the message for a search that found nothing: which of its terms occur, and words like those
    that do not. ``documents`` is where was searched, if not everywhere."""
    missing = [term for term in results.terms if not term.passages]
    where = f" in {', '.join(corpus.document(name).id for name in documents)}" if documents else ""
    if keywords:
        return f"none of these words stands{where or ' anywhere'}: {', '.join(term.text for term in results.terms)}."
    if missing:
        return "\n".join(_missing(corpus, term.text, words, documents, where) for term in missing)
    return f"no passage{where} holds all of it: {each_term(results.terms)}."


def _missing(corpus: Corpus, text: str, words: bool, documents: Sequence[str], where: str) -> str:
    if words and (anyhow := corpus.search(quote(text), documents=documents).counts).occurrences:
        return f"{text} is never a word of its own{where}; without -w there are {found(anyhow)}."
    if documents and (elsewhere := corpus.search(quote(text), words=words).counts).occurrences:
        return f"{text} does not occur{where}; elsewhere there are {found(elsewhere)}."
    like = [f"{word} ({plural(count, 'passage')})" for word, count in corpus.suggestions(text)]
    said = f"{text} does not occur." + (f" Words like it: {', '.join(like)}." if like else "")
    return said + (" To search for the words in it, add -k." if len(text) >= _QUESTION else "")
