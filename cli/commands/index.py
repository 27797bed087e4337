"""The commands that keep corpora: what they are made of, and their indexes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

import click

from ...corpus.extraction import DEFAULT_LIMITS, Limits
from ...corpus.files import Root
from ...index.indexing import corpora as kept
from ...index.library import build_corpus, open_corpus
from ...index.storage.generations import home
from ..display.layout import harmless
from ..display.messages import say
from ..display.progress import progress_display
from ..exit_codes import FAILED, FOUND
from .options import corpus_option

_LIMITS = [field.name for field in fields(Limits)]
_DEFAULTS = ", ".join(f"{name}={getattr(DEFAULT_LIMITS, name):.0f}" for name in _LIMITS)


def _limits(context: click.Context, parameter: click.Parameter, given: Sequence[str]) -> dict[str, float]:
    limits: dict[str, float] = {}
    for each in given:
        name, _, number = each.partition("=")
        if name not in _LIMITS:
            raise click.BadParameter(f"{each}: a limit is one of {', '.join(_LIMITS)}, as in seconds=120.")
        try:
            limits[name] = float(number) if name == "seconds" else int(number)
        except ValueError:
            raise click.BadParameter(f"{each}: {number or 'nothing'} is not a number.") from None
        if not limits[name] > 0:
            raise click.BadParameter(f"{each}: it must be more than 0.")
    return limits


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(exists=True, path_type=Path))
@corpus_option
@click.option(
    "--glob", "globs", multiple=True, metavar="PATTERN", help="Of the PATHs, only such files; may be repeated."
)
@click.option("--encoding", metavar="NAME", help="The encoding of the PATHs' text files, where it is found wrong.")
@click.option("--follow", is_flag=True, help="Go where links lead out of the PATHs.")
@click.option(
    "--forget", multiple=True, metavar="PATH", type=click.Path(path_type=Path), help="Take a PATH from the corpus."
)
@click.option(
    "--limit", "limits", multiple=True, metavar="NAME=NUMBER", callback=_limits,
    help=f"How much of a file is borne, by default: {_DEFAULTS}.",
)  # fmt: skip
@click.option("--rebuild", is_flag=True, help="Read everything anew; this mends a damaged index.")
@click.option("--strict", is_flag=True, help="Exit with 2 if a file could not be read.")
@click.option("--report", metavar="FILE", help="Write what has become of each file, as JSON lines.")
@click.option("--watch", is_flag=True, help="Keep the index true to its files until Ctrl-C.")
def index(
    paths: tuple[Path, ...],
    name: str,
    globs: tuple[str, ...],
    encoding: str | None,
    follow: bool,
    forget: tuple[Path, ...],
    limits: dict[str, float],
    rebuild: bool,
    strict: bool,
    report: str | None,
    watch: bool,
) -> int:
    """Bring the index of a corpus up to date.

    PATHs are folders and files to add to a corpus of your own. It remembers them, so that without them it is brought
    up to date: only files that have changed are read. Files are left out that are hidden or that a .gitignore or
    .zhengceignore names. The bundled documents need nothing: a search builds their index by itself. Indexes live in
    the user's data directory, or in ZHENGCE_HOME.

    \b
    zhengce index
    zhengce index --corpus mine ~/documents
    zhengce index --corpus mine --report report.jsonl
    zhengce index --corpus mine ~/documents --glob '*.txt'
    """
    from ..display.updates import follow_changes, show_update

    roots = [Root(path, globs, encoding, follow) for path in paths]
    if not paths and (globs or encoding or follow):
        raise click.UsageError("--glob, --encoding and --follow go with the PATH that they are meant for.")
    chosen = Limits(**{**_remembered(name), **limits}) if limits else None  # type: ignore[arg-type]
    with progress_display() as progress:
        done = build_corpus(
            name=name, paths=roots, forget=forget, limits=chosen, rebuild=rebuild, progress=progress, waiting=say
        )
    show_update(done, kept.folder_of(home(), name), report)
    if watch:
        follow_changes(name, report)
    return FAILED if strict and done.refused else FOUND


def _remembered(name: str) -> dict[str, float]:
    """Return the limits of a corpus, those by default if there is none yet."""
    from dataclasses import asdict

    known = name in kept.names(home())
    return asdict(kept.define(home(), name).limits if known else DEFAULT_LIMITS)


@click.group(invoke_without_command=True)
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
    """List the corpora: the name of each, and what it is made of."""
    for name in kept.names(home()):
        definition = kept.define(home(), name)
        made_of = "the documents that come with the program"
        if not definition.is_bundled:
            made_of = ", ".join(harmless(str(root.path)) for root in definition.roots)
        click.echo(f"{harmless(name)}\t{made_of}")


@corpora.command()
@click.argument("name")
def show(name: str) -> None:
    """Show what a corpus is made of, and how large its index is."""
    from ..display.updates import description

    definition = kept.define(home(), name)
    with progress_display() as progress:
        corpus = open_corpus(name=name, progress=progress)
    for line in description(definition, corpus):
        click.echo(line)


@corpora.command()
@click.argument("old")
@click.argument("new")
def rename(old: str, new: str) -> None:
    """Give a corpus another name."""
    kept.rename(home(), old, new)
    click.echo(f"The corpus {old} is called {new} now.")


@corpora.command()
@click.argument("name")
@click.option("--yes", is_flag=True, help="Do not ask.")
def remove(name: str, yes: bool) -> None:
    """Remove a corpus and its index. The documents stay where they are."""
    kept.define(home(), name)
    if not yes:
        click.confirm(f"Remove the corpus {harmless(name)} and its index?", abort=True, err=True)
    kept.remove(home(), name)
    click.echo(f"The corpus {name} is removed; its documents stay where they are.")
