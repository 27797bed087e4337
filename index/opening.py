"""Opens corpora, whose indexes it builds where they are missing or outdated, and builds them on demand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from ..corpus.files import Root
from ..corpus.limits import Limits
from ..corpus.messages import message
from .chosen import Chosen
from .errors import IndexDamagedError, StorageError
from .indexing.corpora import BUNDLED, CorpusDefinition, define, redefine
from .library import Corpus
from .storage import generations
from .storage.snapshot import Snapshot

if TYPE_CHECKING:
    from .indexing.build import Progress
    from .indexing.reports import BuildReport

_ATTEMPTS = 3
_NO_ALIASES: Mapping[str, str] = MappingProxyType({})


def open_corpus(
    home: Path | None = None,
    *,
    name: str = BUNDLED,
    documents: Path | None = None,
    aliases: Mapping[str, str] = _NO_ALIASES,
    progress: Progress | None = None,
    waiting: Callable[[str], None] | None = None,
) -> Corpus:
    """Open a corpus, by default the bundled one.

    Its index is built first if there is none, or if it is outdated: see `zhengce.index.storage.fingerprint`. Only of
    the bundled corpus are the files looked at; those of others are when `build_corpus` is called. ``home`` is the data
    directory, by default ``ZHENGCE_HOME`` or the user's own; ``documents`` is a folder with a catalogue to be used for
    the bundled corpus, in a data directory of its own. ``aliases`` are queries, by the names that stand for them after
    ``@`` in others. ``progress`` is called during a build, ``waiting`` with a message if another process is building.

    Raises:
        UnknownCorpusError: There is no corpus of that name.
        IndexDamagedError: The index is damaged.
        StorageError: The data directory cannot be read or written.
        DocumentError: A document cannot be read.
    """
    home = home or generations.home()
    build = partial(build_corpus, home, name=name, documents=documents, progress=progress, waiting=waiting)
    snapshot = _snapshot(define(home, name, documents), build)
    return Corpus(Chosen((name,)), snapshot, home, aliases)


def open_corpora(
    names: Sequence[str],
    home: Path | None = None,
    *,
    aliases: Mapping[str, str] = _NO_ALIASES,
    progress: Progress | None = None,
    waiting: Callable[[str], None] | None = None,
) -> Corpus:
    """Open several corpora as one: the documents of the first come first, and the id of each begins with the name of
    its corpus and a slash. All that can be asked of one corpus can be asked of them. The other parameters and the
    errors are those of `open_corpus`; a StorageError is also raised where they cannot be searched as one."""
    from .storage.joined_snapshot import JoinedSnapshot

    home = home or generations.home()
    snapshots = {}
    for name in names:
        build = partial(build_corpus, home, name=name, progress=progress, waiting=waiting)
        snapshots[name] = _snapshot(define(home, name), build)
    return Corpus(Chosen(tuple(snapshots), prefixed=True), JoinedSnapshot(snapshots), home, aliases)


def open_paths(
    paths: Sequence[Path],
    home: Path | None = None,
    *,
    aliases: Mapping[str, str] = _NO_ALIASES,
    progress: Progress | None = None,
    waiting: Callable[[str], None] | None = None,
    updated: Callable[[BuildReport], object] | None = None,
) -> Corpus:
    """Open folders and files as a corpus without a name. Its index is kept in the cache of the data directory, and
    brought up to date: files that have changed are read, and ``updated`` is called with what was done. The other
    parameters and the errors are those of `open_corpus`."""
    from .indexing.path_indexes import of_paths
    from .indexing.unchanged import is_unchanged

    home = home or generations.home()
    definition = of_paths(home, paths)

    def update(*, rebuild: bool = False) -> None:
        from .indexing.path_indexes import clear_stale

        done = _build(home, lambda: definition, rebuild, progress, waiting)
        clear_stale(home)
        if updated:
            updated(done)

    try:
        found = generations.current(definition.folder)
        if found is None or not is_unchanged(definition.folder, found[0].name):
            update()
        snapshot = _snapshot(definition, update)
    except IndexDamagedError:
        update(rebuild=True)
        snapshot = _snapshot(definition, update)
    return Corpus(Chosen((), tuple(paths)), snapshot, home, aliases)


def open_chosen(
    chosen: Chosen,
    *,
    aliases: Mapping[str, str] = _NO_ALIASES,
    progress: Progress | None = None,
    waiting: Callable[[str], None] | None = None,
    updated: Callable[[BuildReport], object] | None = None,
) -> Corpus:
    """Open what is chosen, by `open_corpus`, `open_corpora` or `open_paths`."""
    if chosen.paths:
        return open_paths(chosen.paths, aliases=aliases, progress=progress, waiting=waiting, updated=updated)
    if chosen.prefixed:
        return open_corpora(chosen.names, aliases=aliases, progress=progress, waiting=waiting)
    return open_corpus(name=chosen.names[0], aliases=aliases, progress=progress, waiting=waiting)


def definitions(chosen: Chosen, home: Path) -> list[CorpusDefinition]:
    """Return the definitions of what is chosen, one for each name; errors are those of `open_corpus`."""
    from .indexing.path_indexes import of_paths

    return [of_paths(home, chosen.paths)] if chosen.paths else [define(home, name) for name in chosen.names]


def is_ready(chosen: Chosen) -> bool:
    """Tell whether opening what is chosen builds nothing; errors are those of `open_corpus`."""
    from .indexing.unchanged import is_unchanged

    for definition in definitions(chosen, generations.home()):
        found = generations.current(definition.folder)
        if found is None or generations.outdated(found[1], definition.fingerprint()):
            return False
        if definition.in_cache and not is_unchanged(definition.folder, found[0].name):
            return False
    return True


def _snapshot(definition: CorpusDefinition, build: Callable[[], object]) -> Snapshot:
    """Open the generation of a corpus that is in force; build it first if there is none or it is outdated."""
    problem = message("The index in {folder} is being rebuilt again and again; try later.", folder=definition.folder)
    failure: IndexDamagedError | StorageError = StorageError(problem)
    for _ in range(_ATTEMPTS):
        try:
            found = generations.current(definition.folder)
            if found and not generations.outdated(found[1], definition.fingerprint()):
                return Snapshot(*found)
            build()
        except IndexDamagedError as error:
            # Another process may have put a new generation in force and removed this one.
            failure = error
    raise failure


def build_corpus(
    home: Path | None = None,
    *,
    name: str = BUNDLED,
    paths: Sequence[Path | Root] = (),
    forget: Sequence[Path] = (),
    limits: Limits | None = None,
    documents: Path | None = None,
    rebuild: bool = False,
    progress: Progress | None = None,
    waiting: Callable[[str], None] | None = None,
) -> BuildReport:
    """Update the index of a corpus: files that have changed are read, or all files with ``rebuild``.

    ``paths`` are folders and files to add to a corpus, which is made if there is none of that name, and ``forget`` are
    those to take from it. The corpus remembers them, and the ``limits``. The other parameters and the errors are those
    of `open_corpus`.
    """
    home = home or generations.home()
    roots = [path if isinstance(path, Root) else Root(path) for path in paths]

    def defined() -> CorpusDefinition:
        asked = roots or forget or limits
        return redefine(home, name, roots, forget, limits) if asked else define(home, name, documents)

    return _build(home, defined, rebuild, progress, waiting)


def _build(
    home: Path,
    define: Callable[[], CorpusDefinition],
    rebuild: bool,
    progress: Progress | None,
    waiting: Callable[[str], None] | None,
) -> BuildReport:
    from .indexing.build import build

    return build(
        define,
        cache=home / "cache",
        rebuild=rebuild,
        progress=progress or (lambda done, total, document: None),
        waiting=waiting or (lambda said: None),
    )
