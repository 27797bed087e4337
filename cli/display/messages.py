"""Messages on stderr, beside the results."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import click

from ...corpus.errors import ZhengceError
from ...index.errors import QueryError
from ...index.library import Corpus
from ...index.query.writer import quote
from ...index.search.matches import TermCount
from ...index.search.results import Results
from ...index.shell_text import quoted
from ..language.translation import gettext, speak_in_click, translated
from ..request import Request
from .layout import cells, harmless
from .wording import corpus_note, each_term, found, options_of, plural

KEYWORDS = "To search for the words in it, add -k."
_TAKE_QUERIES = ("search", "kwic", "docs")
_MARKS = frozenset("，、；,;[")
_QUESTION = 6  # characters; a term as long as this may be meant as natural language


def say(message: str) -> None:
    """Write a message to stderr, without anything that a terminal acts on. It does not matter if stderr is closed."""
    with suppress(OSError):
        print("\n".join(map(harmless, f"zhengce: {translated(message)}".split("\n"))), file=sys.stderr)


def usage_error(error: click.ClickException) -> str:
    """Return the message for a wrong command line."""
    speak_in_click()
    context = error.ctx if isinstance(error, click.UsageError) else None
    if context is None:
        return error.format_message()
    hint = gettext("Try `{command} --help`.", command=context.command_path)
    return f"{error.format_message()}\n{context.get_usage()}\n{hint}"


def query_error(error: QueryError) -> str:
    """Return the message for a query that cannot be read: the error, its position, and what to write instead."""
    shown = harmless(error.query)
    caret = " " * cells(shown[: error.position]) + "^"
    said = f"{translated(str(error))}\n  {shown}\n  {caret}\n{translated(error.advice)}"
    return "\n".join(filter(None, (said, path_meant(error.query))))


def no_command(words: Sequence[str], commands: Sequence[str]) -> str:
    """Return the message for a command line whose first word is no command, but perhaps a query."""
    from difflib import get_close_matches

    near = get_close_matches(words[0].lower(), commands, 1)
    meant = (near[0], *words[1:]) if near else ("search", *words)
    return f"There is no command “{words[0]}”; did you mean: zhengce {' '.join(map(quoted, meant))}"


def nothing_found(corpus: Corpus, results: Results, request: Request, *, advice: str = KEYWORDS) -> str:
    """Return the message for a search that found nothing: which terms occur, what resembles those that do not, how the
    query may have been meant, and in which corpus that is. ``advice`` says how to search for the words of a term."""
    note = corpus_note(corpus)
    said = [
        _nothing(corpus, results, request, advice),
        other_reading(corpus, results, request),
        path_meant(request.query),
        note and f"{note}.",
    ]
    return "\n".join(each for each in said if each)


def other_reading(corpus: Corpus, results: Results, request: Request) -> str | None:
    """Return what operators in lower case, punctuation between terms or brackets in a regular expression mean here, if
    the query finds more when it is written without them."""
    if request.keywords or not (_MARKS.intersection(request.query) or request.query.upper() != request.query.lower()):
        return None
    from ...index.query import habits

    # What has punctuation and was found was meant so, and a regular expression reads the whole text a second time.
    other = habits.other_reading(request.query, operators_only=bool(results))
    if other is None:
        return None
    try:
        found_so = request._replace(query=other.query).search(corpus)
    except ZhengceError:
        return None
    if len(found_so) <= len(results):
        return None
    command = " ".join(filter(None, ("zhengce search", options_of(corpus), quoted(other.query))))
    return f"{' '.join(other.notes)}\n{command} finds {found(found_so.counts)}."


def path_meant(query: str) -> str | None:
    """Return how to search a folder or file that a query ends with or has as a word, if there is one."""
    words = query.split()
    context = click.get_current_context(silent=True)
    command = context.info_name if context and context.info_name in _TAKE_QUERIES else "search"
    ends = [(" ".join(words[:start]), " ".join(words[start:])) for start in range(1, len(words))]
    single = [(" ".join([*words[:at], *words[at + 1 :]]), word) for at, word in enumerate(words)]
    for rest, path in (*ends, *single):
        with suppress(OSError, ValueError):
            if rest and Path(path).exists():
                what = "folder" if Path(path).is_dir() else "file"
                return f"To search that {what}: zhengce {command} {quoted(rest)} --in {quoted(path)}"
    return None


def _nothing(corpus: Corpus, results: Results, request: Request, advice: str) -> str:
    where = f" in {', '.join(request.documents)}" if request.documents else ""
    if request.keywords:
        return f"none of these words occurs{where}: {', '.join(term.text for term in results.terms)}."
    if results.conditions and not results.searched:
        return f"no document{where} has {' '.join(results.conditions)}."
    if results.conditions:
        where += f" in documents with {' '.join(results.conditions)}"
    if missing := [term for term in results.terms if not term.passages]:
        return "\n".join(_missing(corpus, term, request, where, advice) for term in missing)
    return f"no passage{where} holds all of it: {each_term(results.parts())}."


def _missing(corpus: Corpus, term: TermCount, request: Request, where: str, advice: str) -> str:
    text = term.text
    if not term.is_string:
        return f"nothing matches {text}{where}."
    if request.words and (anyhow := corpus.search(quote(text), documents=request.documents).counts).occurrences:
        return f"{text} is never a word of its own{where}; without -w there are {found(anyhow)}."
    if where and (elsewhere := corpus.search(quote(text), words=request.words).counts).occurrences:
        return f"{text} does not occur{where}; elsewhere there are {found(elsewhere)}."
    said = [f"{text} does not occur."]
    like_it = corpus.suggestions(text)
    parts = [each for each in corpus.longest_parts(text) if not any(each[0] in word for word, _ in like_it)]
    for name, like in (("Words like it", like_it), ("Parts of it that occur", parts)):
        if like:
            said.append(f"{name}: {', '.join(_counted(*each) for each in like)}.")
    if len(text) >= _QUESTION:
        said.append(advice)
    return " ".join(said)


def _counted(text: str, passages: int) -> str:
    return f"{text} ({plural(passages, 'passage')})"
