"""Messages on stderr, beside the results."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

import click

from ...corpus.errors import ZhengceError
from ...corpus.messages import Message, counted, in_context, listed, message, sentences
from ...index.errors import QueryError
from ...index.library import Corpus
from ...index.query.writer import quote
from ...index.search.matches import TermCount
from ...index.search.results import Results
from ...index.shell_text import quoted
from ..language.translation import gettext, translated
from ..request import Request
from .layout import cells, harmless
from .wording import corpus_note, each_term, found, options_of

KEYWORDS = message("To search for the words in it, add -k.")
_TAKE_QUERIES = ("search", "kwic", "docs")
_MARKS = frozenset("，、；,;[:：")
_QUESTION = 6  # characters; a term as long as this may be meant as natural language


def say(text: str) -> None:
    """Write a message to stderr, without anything that a terminal acts on. It does not matter if stderr is closed."""
    with suppress(OSError):
        print("\n".join(map(harmless, f"zhengce: {translated(text)}".split("\n"))), file=sys.stderr)


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
    command = " ".join(["zhengce", *map(quoted, meant)])
    return gettext("There is no command “{name}”; did you mean: {command}", name=words[0], command=command)


def nothing_found(corpus: Corpus, results: Results, request: Request, *, advice: str = KEYWORDS) -> str:
    """Return the message for a search that found nothing: which terms occur, what resembles those that do not, how the
    query may have been meant, and in which corpus that is. ``advice`` says how to search for the words of a term."""
    note = corpus_note(corpus)
    said = [
        _nothing(corpus, results, request, advice),
        other_reading(corpus, results, request),
        path_meant(request.query),
        note and gettext("{sentence}.", sentence=note),
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
    finds = gettext("{command} finds {found}.", command=command, found=found(found_so.counts))
    return f"{translated(sentences(other.notes))}\n{finds}"


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
                line = f"zhengce {command} {quoted(rest)} --in {quoted(path)}"
                if Path(path).is_dir():
                    return gettext("To search that folder: {command}", command=line)
                return gettext("To search that file: {command}", command=line)
    return None


def _nothing(corpus: Corpus, results: Results, request: Request, advice: str) -> str:
    place = _place(results, request)
    if request.keywords:
        words = translated(listed(term.text for term in results.terms))
        if place:
            return gettext("none of these words occurs in {place}: {words}.", place=place, words=words)
        return gettext("none of these words occurs: {words}.", words=words)
    if results.conditions and not results.searched:
        return _no_document(results, request)
    if missing := [term for term in results.terms if not term.passages]:
        return "\n".join(_missing(corpus, term, request, place, advice) for term in missing)
    terms = each_term(results.parts())
    if place:
        return gettext("no passage in {place} holds all of it: {terms}.", place=place, terms=terms)
    return gettext("no passage holds all of it: {terms}.", terms=terms)


def _place(results: Results, request: Request) -> Message | None:
    """Return which documents were searched, if not all."""
    conditions, documents = " ".join(results.conditions), listed(request.documents)
    if documents and conditions and not request.keywords:
        return message("documents with {conditions} among {documents}", conditions=conditions, documents=documents)
    if conditions and not request.keywords:
        return message("documents with {conditions}", conditions=conditions)
    return in_context("which documents are searched", "{documents}", documents=documents) if documents else None


def _no_document(results: Results, request: Request) -> str:
    conditions = " ".join(results.conditions)
    if request.documents:
        documents = listed(request.documents)
        return gettext("no document in {documents} has {conditions}.", documents=documents, conditions=conditions)
    return gettext("no document has {conditions}.", conditions=conditions)


def _missing(corpus: Corpus, term: TermCount, request: Request, place: Message | None, advice: str) -> str:
    text = term.text
    if not term.is_string:
        if place:
            return gettext("nothing matches {term} in {place}.", term=text, place=place)
        return gettext("nothing matches {term}.", term=text)
    if request.words and (anyhow := corpus.search(quote(text), documents=request.documents).counts).occurrences:
        return _within_words(text, place, found(anyhow))
    if place and (elsewhere := corpus.search(quote(text), words=request.words).counts).occurrences:
        return gettext(
            "{term} does not occur in {place}; elsewhere there are {found}.",
            term=text,
            place=place,
            found=found(elsewhere),
        )
    if place and request.words and (parts_of_words := corpus.search(quote(text)).counts).occurrences:
        return _within_words(text, None, found(parts_of_words))
    said = [message("{term} does not occur.", term=text)]
    like_it = corpus.suggestions(text)
    if like_it:
        said.append(message("Words like it: {words}.", words=_counted(like_it)))
    if parts := [each for each in corpus.longest_parts(text) if not any(each[0] in word for word, _ in like_it)]:
        said.append(message("Parts of it that occur: {words}.", words=_counted(parts)))
    return translated(sentences([*said, *([advice] if len(text) >= _QUESTION else [])]))


def _within_words(text: str, place: Message | None, anyhow: str) -> str:
    """Return that a text is found only as a part of words, and how often."""
    if place:
        return gettext(
            "{term} is never a word of its own in {place}; without -w there are {found}.",
            term=text,
            place=place,
            found=anyhow,
        )
    return gettext("{term} is never a word of its own; without -w there are {found}.", term=text, found=anyhow)


def _counted(words: Iterable[tuple[str, int]]) -> Message:
    return listed(
        counted("{word} ({count:,} passage)", "{word} ({count:,} passages)", passages, word=word)
        for word, passages in words
    )
