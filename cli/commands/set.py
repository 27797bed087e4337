"""``zhengce set``: sets by hand what is said of a document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import click

from ...corpus.metadata.fields import FIELDS, ValueFormError
from ...index.by_hand import named_field, read_value, table_changes
from ...index.chosen import Chosen
from ...index.indexing.corpora import folder_of
from ...index.library import Corpus
from ...index.storage.corrections import change_corrections, read_corrections
from ..display.layout import harmless
from ..display.messages import say
from ..export.headings import heading
from ..help.command import argument, command, option
from ..help.values import PathType
from ..language.translation import gettext, ngettext
from ..opening import open_shown
from .options import as_one, complete_documents, corpus_option


class SetOptions(NamedTuple):
    """What the command line of `set` says."""

    document: str | None
    values: tuple[str, ...]
    corpus_name: str
    unset: tuple[str, ...]
    table: Path | None


@command(short_help="Set title, date, issuers, … of a document by hand.")
@argument("document", metavar="[DOC]", required=False, shell_complete=complete_documents)
@argument("values", nargs=-1, metavar="[FIELD=VALUE]...")
@corpus_option
@option("--unset", multiple=True, metavar="FIELD", help="Take back what was set by hand. May be repeated.")
@option(
    "--from", "table", metavar="FILE", type=PathType(exists=True, dir_okay=False, path_type=Path),
    help="Set what a table says otherwise; zhengce docs -f csv writes such a table.",
)  # fmt: skip
@as_one(SetOptions)
def set(options: SetOptions) -> None:  # noqa: A001
    """Set by hand what is said of a document.

    What is set wins over the text, the file and tables beside it, and is in force at once. It is kept beside the index
    and outlives it. FIELD is a name in English or Chinese: title or 标题, date or 日期. An empty VALUE says that the
    document has none.

    \b
    zhengce set chengdu date=2023-02-01 issuers=成都市人民政府
    zhengce set chengdu --unset date
    zhengce docs -f csv -o documents.csv --bom
    zhengce set --from documents.csv
    """
    if options.table and (options.document or options.unset):
        raise click.UsageError(
            gettext("--from takes everything from the table; leave DOC, FIELD=VALUE and --unset out.")
        )
    if options.table:
        _set_from(options.table, options.corpus_name)
    elif options.document and (options.values or options.unset):
        _set_fields(options.document, options)
    else:
        raise click.UsageError(gettext("Write a document and what to set, as in zhengce set DOC date=2022-07-26."))


def _set_fields(name: str, options: SetOptions) -> None:
    values = _read(options.values)
    unset = [_field(each) for each in options.unset]
    corpus = open_shown(Chosen((options.corpus_name,)))
    folder = folder_of(corpus.home, corpus.name)
    said = read_corrections(folder)
    # What was set of a document that is gone can be taken back.
    is_gone = name in said and not values and all(each.id != name for each in corpus.documents)
    id_ = name if is_gone else corpus.document(name).id
    for each in unset:
        if each not in said.get(id_, {}):
            say(gettext("{field} of {document} was not set by hand.", field=heading(each), document=id_))

    def change(corrections: dict[str, dict[str, str]]) -> None:
        kept = {each: value for each, value in corrections.get(id_, {}).items() if each not in unset}
        corrections[id_] = {**kept, **values}

    change_corrections(folder, change, say)
    _show(corpus, open_shown(Chosen((options.corpus_name,))), [id_], [*values, *unset])


def _set_from(table: Path, corpus_name: str) -> None:
    corpus = open_shown(Chosen((corpus_name,)))
    found = table_changes(table, corpus.documents)

    def change(corrections: dict[str, dict[str, str]]) -> None:
        for id_, values in found.values.items():
            corrections[id_] = {**corrections.get(id_, {}), **values}

    for note in found.notes:
        say(note)
    if not found.values:
        click.echo(gettext("The table says nothing else than the corpus does."))
        return
    change_corrections(folder_of(corpus.home, corpus.name), change, say)
    _show(corpus, open_shown(Chosen((corpus_name,))), found.values, [field.name for field in FIELDS])
    fields = sum(map(len, found.values.values()))
    click.echo(
        gettext(
            "{fields} of {documents} set.",
            fields=ngettext("{count:,} field", "{count:,} fields", fields),
            documents=ngettext("{count:,} document", "{count:,} documents", len(found.values)),
        )
    )


def _show(before: Corpus, after: Corpus, ids: Iterable[str], names: Sequence[str]) -> None:
    """Print the fields of documents that are otherwise now."""
    from ...index.records.document_table import COLUMNS, document_cells

    def cells(corpus: Corpus) -> Mapping[str, Mapping[str, str]]:
        columns = [column.name for column in COLUMNS]
        return {each.id: dict(zip(columns, document_cells(each), strict=True)) for each in corpus.documents}

    then, now = cells(before), cells(after)
    for id_ in ids:
        for name in names:
            if id_ in now and then[id_][name] != now[id_][name]:
                old, new = then[id_][name] or "-", now[id_][name] or "-"
                field = heading(name)
                said = gettext("{document}: {field}: {old} → {new}", document=id_, field=field, old=old, new=new)
                click.echo(harmless(said))


def _read(written: Iterable[str]) -> dict[str, str]:
    """Return the values of FIELD=VALUE.

    Raises:
        click.UsageError: There is no such field, or it takes no such value.
    """
    values: dict[str, str] = {}
    for each in written:
        name, equals, value = each.partition("=")
        if not equals:
            raise click.UsageError(
                gettext("“{written}” sets no field; write it as FIELD=VALUE, as in date=2022-07-26.", written=each)
            )
        try:
            field = named_field(name)
            values[field.name] = read_value(field, value)
        except ValueFormError as error:
            raise click.UsageError(gettext("{written}: {fault}.", written=each, fault=str(error))) from error
    return values


def _field(name: str) -> str:
    try:
        return named_field(name).name
    except ValueFormError as error:
        written = f"--unset {name}"
        raise click.UsageError(gettext("{written}: {fault}.", written=written, fault=str(error))) from error
