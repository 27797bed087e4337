"""Indexes of folders and files that are searched without a name: kept in the cache, under what they are made of."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from ...corpus.files import Root, digest
from ..storage.locks import storage_errors
from .corpora import CorpusDefinition, read_definition

_FOLDER = Path("cache", "folders")


def of_paths(home: Path, paths: Iterable[Path]) -> CorpusDefinition:
    """Return the corpus that is made of some folders and files; its index is in the cache of a data directory. It is
    the same by whatever links they are named."""
    resolved = tuple(dict.fromkeys(path.resolve() for path in paths))
    names = [str(path) for path in resolved]
    key = digest(name.encode("utf-8", "surrogateescape") for name in names)
    return CorpusDefinition(", ".join(names), home / _FOLDER / key, tuple(map(Root, resolved)), in_cache=True)


def path_indexes(home: Path) -> list[CorpusDefinition]:
    """Return what has such an index, in the order of the paths. What is not one is left out."""
    found = []
    for folder in (home / _FOLDER).glob("*"):
        with suppress(OSError, ValueError):
            definition = read_definition("", folder)
            found.append(of_paths(home, [root.path for root in definition.roots])._replace(folder=folder))
    return sorted(found, key=lambda each: each.name)


def clear(home: Path, definitions: Sequence[CorpusDefinition] | None = None) -> None:
    """Remove some of these indexes, or all, with what killed builds have left. The documents stay where they are.

    Raises:
        StorageError: One cannot be removed.
    """
    if definitions is None:
        folders = list((home / _FOLDER).glob("*"))
    else:
        folders = [each.folder for each in definitions if each.folder.is_dir()]
    for folder in folders:
        with storage_errors(folder):
            shutil.rmtree(folder)


def clear_stale(home: Path) -> None:
    """Remove the indexes of which no folder or file is there any more. What cannot be removed stays."""
    for definition in path_indexes(home):
        if not any(root.path.exists() for root in definition.roots):
            with suppress(OSError):
                shutil.rmtree(definition.folder)
