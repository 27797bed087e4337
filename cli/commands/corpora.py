"""``zhengce corpora``: lists, shows, renames and removes corpora."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ...corpus.messages import listed
from ...index.indexing import corpora as kept
from ...index.indexing.path_indexes import clear, path_indexes
from ...index.opening import open_corpus
from ...index.storage.generations import home
from ..config.corpus_in_use import rename_in_use
from ..display.layout import cells, harmless
from ..display.messages import say
from ..display.progress import progress_display
from ..help.command import argument, group, option
from ..help.values import PathType
from ..language.translation import gettext, ngettext, speak_in_click, translated
from .options import complete_corpora


@group(invoke_without_command=True)
@click.pass_context
def corpora(context: click.Context) -> None:
    """List the corpora; show, rename or remove one.

    \b
    zhengce corpora
    zhengce corpora show bundled
    """
    if context.invoked_subcommand is None:
        context.invoke(list_)


@corpora.command("list")
def list_() -> None:
    """List the corpora, each with the folders and files it is made of. How many folders and files have an index because
    they were searched with --in is said apart."""
    names = kept.names(home())
    widest = max(map(cells, names), default=0)
    for name in names:
        definition = kept.define(home(), name)
        made_of = gettext("the documents that come with the program")
        if not definition.is_bundled:
            made_of = translated(listed(harmless(str(root.path)) for root in definition.roots))
        gap = " " * (widest - cells(name) + 2) if sys.stdout.isatty() else "\t"
        click.echo(f"{harmless(name)}{gap}{made_of}")
    if count := len(path_indexes(home())):
        say(
            ngettext(
                "{count:,} index of what was searched with --in; zhengce corpora clear removes it.",
                "{count:,} indexes of what was searched with --in; zhengce corpora clear removes them.",
                count,
            )
        )


@corpora.command()
@argument("name", shell_complete=complete_corpora)
def show(name: str) -> None:
    """Show what a corpus is made of, and the size of its index."""
    from ..display.updates import description

    definition = kept.define(home(), name)
    with progress_display() as progress:
        corpus = open_corpus(name=name, progress=progress)
    for line in description(definition, corpus):
        click.echo(line)


@corpora.command()
@argument("old", shell_complete=complete_corpora)
@argument("new")
def rename(old: str, new: str) -> None:
    """Rename a corpus."""
    kept.rename(home(), old, new)
    rename_in_use(home(), old, new)
    click.echo(gettext("The corpus {old} is called {new} now.", old=old, new=new))


@corpora.command()
@argument("name", shell_complete=complete_corpora)
@option("--yes", is_flag=True, help="Do not ask for confirmation.")
def remove(name: str, yes: bool) -> None:
    """Remove a corpus and its index. The documents themselves are kept."""
    kept.define(home(), name)
    if not yes:
        speak_in_click()
        asked = gettext("Remove the corpus {name} and its index?", name=harmless(name))
        click.confirm(asked, abort=True, err=True)
    kept.remove(home(), name)
    click.echo(gettext("The corpus {name} is removed; its documents are kept.", name=name))
    if rename_in_use(home(), name, None):
        say(gettext("it was the corpus in use; zhengce use shows which is now."))


@corpora.command("clear")
@argument("paths", nargs=-1, metavar="[PATH]...", type=PathType(path_type=Path))
def clear_(paths: tuple[Path, ...]) -> None:
    """Remove the indexes of folders and files that were searched with --in: of these PATHs, or all. The next search
    builds them anew; the documents themselves are kept.

    \b
    zhengce corpora clear
    zhengce corpora clear ~/laws
    """
    found = path_indexes(home())
    wanted = {path.resolve() for path in paths}
    chosen = [each for each in found if wanted.intersection(root.path for root in each.roots)] if paths else found
    clear(home(), chosen if paths else None)
    for each in chosen:
        click.echo(harmless(each.name))
    click.echo(
        ngettext(
            "{count:,} index removed; the documents are kept.",
            "{count:,} indexes removed; the documents are kept.",
            len(chosen),
        )
    )
