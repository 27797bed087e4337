"""``zhengce index``: builds and updates the index of a corpus."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import click

from ...corpus.files import Root
from ...corpus.limits import DEFAULT_LIMITS, Limits
from ...corpus.messages import listed, message
from ...index.indexing import corpora as kept
from ...index.opening import build_corpus
from ...index.storage.generations import home
from ..display.messages import say
from ..display.progress import progress_display
from ..exit_codes import FAILED, FOUND
from ..help.command import argument, command, option
from ..help.values import PathType
from ..language.translation import gettext
from .options import WRITTEN_FILE, as_one, corpus_option

_LIMITS = list(Limits._fields)
_DEFAULTS = ", ".join(f"{name}={getattr(DEFAULT_LIMITS, name):.0f}" for name in _LIMITS)


class IndexOptions(NamedTuple):
    """What the command line of `index` says."""

    paths: tuple[Path, ...]
    corpus_name: str
    globs: tuple[str, ...]
    encoding: str | None
    follow: bool
    whole: bool
    forget: tuple[Path, ...]
    limits: dict[str, float]
    rebuild: bool
    strict: bool
    report: str | None
    watch: bool


def _limits(context: click.Context, parameter: click.Parameter, given: Sequence[str]) -> dict[str, float]:
    limits: dict[str, float] = {}
    for each in given:
        name, _, number = each.partition("=")
        if name not in _LIMITS:
            raise click.BadParameter(
                gettext(
                    "{given}: a limit is one of {names}, as in {example}.",
                    given=each,
                    names=listed(_LIMITS),
                    example="seconds=120",
                )
            )
        try:
            limits[name] = float(number) if name == "seconds" else int(number)
        except ValueError:
            if number:
                said = gettext("{given}: {number} is not a number.", given=each, number=number)
            else:
                said = gettext("{given}: there is no number.", given=each)
            raise click.BadParameter(said) from None
        if not limits[name] > 0:
            raise click.BadParameter(gettext("{given}: it must be more than 0.", given=each))
    return limits


@command()
@argument("paths", nargs=-1, metavar="[PATH]...", type=PathType(exists=True, path_type=Path))
@corpus_option
@option(
    "--glob", "globs", multiple=True, metavar="PATTERN",
    help="Only files of the PATHs that match the pattern. May be repeated.",
)  # fmt: skip
@option("--encoding", metavar="NAME", help="The encoding of the text files of the PATHs, if it is detected wrongly.")
@option("--follow", is_flag=True, help="Follow symbolic links that lead out of the PATHs.")
@option("--whole", is_flag=True, help="Read each file of the PATHs as one document, even a volume of many.")
@option(
    "--forget", multiple=True, metavar="PATH", type=PathType(path_type=Path),
    help="Remove a PATH from the corpus. May be repeated.",
)  # fmt: skip
@option(
    "--limit", "limits", multiple=True, metavar="NAME=NUMBER", callback=_limits,
    help=message("Limits per file. May be repeated.  [default: {limits}]", limits=_DEFAULTS),
)  # fmt: skip
@option("--rebuild", is_flag=True, help="Read all files again. This repairs a damaged index.")
@option("--strict", is_flag=True, help="Exit with 2 if a file could not be read.")
@option("--report", metavar="FILE", type=WRITTEN_FILE, help="Write the outcome for each file, as JSON lines.")
@option("--watch", is_flag=True, help="Update the index whenever files change, until Ctrl-C.")
@as_one(IndexOptions)
def index(options: IndexOptions) -> int:
    """Build or update the index of a corpus.

    PATHs are folders and files to add to a corpus of your own. The corpus remembers them: without PATHs it is brought
    up to date, and only files that have changed are read. Hidden files, and files that a .gitignore or .zhengceignore
    names, are left out. The bundled documents need no command: the first search builds their index. Indexes are kept
    in the user's data directory, or in ZHENGCE_HOME.

    \b
    zhengce index
    zhengce index --corpus mine ~/documents
    zhengce index --corpus mine --report report.jsonl
    zhengce index --corpus mine ~/documents --glob '*.txt'
    """
    # Reports take 70 ms to import, which shell completion would wait for.
    from ..display.updates import follow_changes, show_update

    name, paths = options.corpus_name, options.paths
    if not paths and (options.globs or options.encoding or options.follow or options.whole):
        raise click.UsageError(gettext("--glob, --encoding, --follow and --whole need a PATH to apply to."))
    roots = [Root(path, options.globs, options.encoding, options.follow, options.whole) for path in paths]
    limits = Limits(**{**_kept_limits(name), **options.limits}) if options.limits else None  # type: ignore[arg-type]
    with progress_display() as progress:
        done = build_corpus(
            name=name,
            paths=roots,
            forget=options.forget,
            limits=limits,
            rebuild=options.rebuild,
            progress=progress,
            waiting=say,
        )
    show_update(done, kept.folder_of(home(), name), options.report)
    if options.watch:
        follow_changes(name, options.report)
    return FAILED if options.strict and done.refused else FOUND


def _kept_limits(name: str) -> dict[str, float]:
    """Return the limits of a corpus, or the default ones if it does not exist yet."""
    exists = name in kept.names(home())
    return (kept.define(home(), name).limits if exists else DEFAULT_LIMITS)._asdict()
