"""What can be typed next: corpora, documents, fields and their values, aliases, settings, topics.

Candidates that begin as what is typed come before those that hold it elsewhere. Nothing is built for them: a corpus
without an index in force has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import NamedTuple, get_args

import click
from click.shell_completion import CompletionItem

from ...corpus.errors import ZhengceError
from ...corpus.model import Kind
from ...index.chosen import Chosen
from ...index.indexing.corpora import names
from ...index.model import IndexedDocument
from ...index.opening import is_ready, open_chosen
from ...index.query.operators import FIELDS
from ...index.query.tokens import HALF_WIDTH
from ...index.query.writer import quote
from ...index.storage import generations
from ..config.configuration import ALIAS_MARK
from ..config.current import current
from ..config.settings import SETTINGS
from ..language.translation import translated

MOST = 200

# What may stand before an operand of a query.
_LEAD = re.compile(r"[-(=－（＝]*")
_FIELD = re.compile(r"([A-Za-z]+)[:：]")
# A value without these needs no quotation marks.
_SPECIAL = re.compile(r"[\s|\"“”「」『』\\*?]")


class Candidate(NamedTuple):
    """A value that can be typed, with a description. ``also`` is another text in which what is typed may be found."""

    value: str
    description: str = ""
    also: str = ""


def complete_corpora(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the names of corpora."""
    try:
        return _items(map(Candidate, names(generations.home())), incomplete)
    except ZhengceError:
        return []


def complete_documents(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the ids of the documents of the corpus in hand, by a part of the id or the title."""
    documents = _documents(context)
    return _items((Candidate(each.id, _title(each), _title(each)) for each in documents), incomplete)


def complete_query(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return fields, values of a field, and aliases, for the operand of a query that is being typed."""
    lead = _LEAD.match(incomplete)
    start = lead.end() if lead else 0
    before, operand = incomplete[:start], incomplete[start:]
    if operand.translate(HALF_WIDTH).startswith(ALIAS_MARK):
        return _items(_aliases(), ALIAS_MARK + operand[1:], before)
    if field := _FIELD.match(operand):
        values = _values(context, field[1].lower())
        return _items(values, operand[field.end() :], before + field[0])
    fields = [Candidate(f"{name}:", reading.meaning) for name, reading in FIELDS.items()]
    return _items([*fields, *_aliases()], operand, before, parts=False)


def complete_settings(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the names of settings and aliases."""
    settings = [Candidate(name, setting.about) for name, setting in SETTINGS.items()]
    return _items([*settings, *_aliases()], incomplete)


def complete_topics(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the topics of the help and the commands."""
    from ..help.table import NAMES, about

    program = context.find_root().command
    commands = program.list_commands(context) if isinstance(program, click.Group) else []
    topics = [Candidate(name, about(name)) for name in NAMES]
    return _items([*topics, *(Candidate(name) for name in commands if name not in NAMES)], incomplete)


def _items(
    candidates: Iterable[Candidate], typed: str, before: str = "", *, parts: bool = True
) -> list[CompletionItem]:
    """Return the candidates that fit what is typed, up to `MOST`, behind the text ``before``. Those that hold it
    elsewhere than at the beginning are asked for with ``parts``."""
    unique = {each.value: each for each in candidates}.values()
    wanted = typed.casefold()
    begin = [each for each in unique if each.value.casefold().startswith(wanted)]
    hold = [each for each in unique if wanted in each.value.casefold() or wanted in each.also.casefold()]
    found = begin or (hold if parts else [])
    return [
        CompletionItem(before + each.value, help=translated(each.description) or None) for each in islice(found, MOST)
    ]


def _aliases() -> list[Candidate]:
    return [Candidate(ALIAS_MARK + name, query) for name, query in current().aliases.items()]


def _values(context: click.Context, name: str) -> Iterable[Candidate]:
    """Return the values that a field has in the corpus in hand."""
    documents = _documents(context)
    match name:
        case "issuer":
            return (Candidate(_value(each)) for document in documents for each in document.metadata.issuers)
        case "title":
            return (Candidate(_value(_title(each)), each.id) for each in documents)
        case "number":
            return (Candidate(_value(str(each.metadata.number)), each.id) for each in documents if each.metadata.number)
        case "doc":
            return (Candidate(_value(each.id), _title(each), _title(each)) for each in documents)
        case "kind":
            return map(Candidate, get_args(Kind))
        case "date" | "year":
            size = 4 if name == "year" else None
            return map(Candidate, sorted({each.metadata.date[:size] for each in documents if each.metadata.date}))
    return ()


def _value(text: str) -> str:
    return quote(text) if _SPECIAL.search(text) else text


def _title(document: IndexedDocument) -> str:
    return " ".join(document.metadata.title.split())


def _documents(context: click.Context) -> Sequence[IndexedDocument]:
    chosen = context.params.get("chosen") or Chosen((context.params.get("corpus_name") or current().corpus,))
    try:
        # Opening it must build nothing.
        return open_chosen(chosen).documents if is_ready(chosen) else ()
    except ZhengceError:
        return ()
