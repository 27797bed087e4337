"""Opens corpora, whose indexes it builds where they are missing or outdated, and builds them on demand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from ..corpus.extraction import Limits
from ..corpus.files import Root
from .errors import IndexDamagedError, StorageError
from .indexing.corpora import BUNDLED, define, redefine
from .library import Corpus
from .storage import generations
from .storage.snapshot import Snapshot

if TYPE_CHECKING:
    from .indexing.build import Progress
    from .indexing.reports import BuildReport

_ATTEMPTS = 3


def open_corpus(
    home: Path | None = None,
    *,
    name: str = BUNDLED,
    documents: Path | None = None,
    aliases: Mapping[str, str] = MappingProxyType({}),
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
    definition = define(home, name, documents)
    problem = f"The index in {definition.folder} is being rebuilt again and again; try later."
    failure: IndexDamagedError | StorageError = StorageError(problem)
    for _ in range(_ATTEMPTS):
        try:
            found = generations.current(definition.folder)
            if found and not generations.outdated(found[1], definition.fingerprint()):
                return Corpus(name, Snapshot(*found), home, aliases)
            build_corpus(home, name=name, documents=documents, progress=progress, waiting=waiting)
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
    from .indexing.build import build

    home = home or generations.home()
    roots = [path if isinstance(path, Root) else Root(path) for path in paths]
    asked = roots or forget or limits
    return build(
        lambda: redefine(home, name, roots, forget, limits) if asked else define(home, name, documents),
        cache=home / "cache",
        rebuild=rebuild,
        progress=progress or (lambda done, total, document: None),
        waiting=waiting or (lambda message: None),
    )
