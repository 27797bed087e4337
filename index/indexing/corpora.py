"""Corpora: the folder of each in the data directory, and the files that it is made of.

The bundled corpus always exists. Users make others, which have a name and remember the folders and files that they
were given.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ...corpus.errors import reason_of
from ...corpus.files import Root
from ...corpus.limits import DEFAULT_LIMITS, Limits
from ...corpus.messages import listed, message
from ...corpus.sources import bundled
from ..errors import StorageError, UnknownCorpusError
from ..storage.checksums import replace_file, verified, with_checksum
from ..storage.fingerprint import Fingerprint, fingerprint

if TYPE_CHECKING:
    from ...corpus.sources.discovery import Discovered

BUNDLED = "bundled"
"""The name of the corpus of the documents that come with the program."""

_FOLDER = "corpora"
_DEFINITION = "corpus.json"
_NAME = re.compile(r"[^\W_][\w.-]{0,63}")


class CorpusDefinition(NamedTuple):
    """What a corpus is: its name, the folder of its index, the roots that its files are in, and the limits per file.

    The one root of the bundled corpus is a folder with a catalogue. ``in_cache`` says that the index is one of
    `zhengce.index.indexing.path_indexes`.
    """

    name: str
    folder: Path
    roots: tuple[Root, ...]
    limits: Limits = DEFAULT_LIMITS
    in_cache: bool = False

    @property
    def is_bundled(self) -> bool:
        """Say whether this is the corpus that comes with the program."""
        return self.name == BUNDLED

    def discover(self) -> Discovered:
        """Return the files of the documents.

        Raises:
            DocumentError: A root cannot be read, or there are no documents.
        """
        from ...corpus.sources.discovery import discover

        return bundled.discovered(self.roots[0].path) if self.is_bundled else discover(self.roots)

    def fingerprint(self) -> Fingerprint:
        """Return the fingerprint of an index that is built now. Only that of the bundled corpus depends on its files;
        the files of others are compared with their records (see `zhengce.index.storage.file_records`).

        Raises:
            DocumentError: A bundled document cannot be read.
        """
        return fingerprint(bundled.fingerprint(self.roots[0].path) if self.is_bundled else "")


def folder_of(home: Path, name: str) -> Path:
    """Return the folder of a corpus in a data directory."""
    return home / _FOLDER / name


def define(home: Path, name: str, documents: Path | None = None) -> CorpusDefinition:
    """Return the corpus with a name. ``documents`` is a folder with a catalogue to be used for the bundled corpus.

    Raises:
        UnknownCorpusError: There is no such corpus, or the name is not allowed.
        StorageError: The definition of the corpus cannot be read.
    """
    folder = folder_of(home, checked(name))
    if name == BUNDLED:
        return CorpusDefinition(name, folder, (Root(documents or bundled.FOLDER),))
    try:
        return read_definition(name, folder)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise UnknownCorpusError(_no_corpus(name, [each for each in names(home) if each != BUNDLED])) from error
    except OSError as error:
        path, reason = folder / _DEFINITION, reason_of(error)
        raise StorageError(message("{path} cannot be read: {reason}.", path=path, reason=reason)) from error
    except ValueError as error:
        raise StorageError(
            message(
                "{path} is corrupt. Run `zhengce index --corpus {name} FOLDER` again.",
                path=folder / _DEFINITION,
                name=name,
            )
        ) from error


def _no_corpus(name: str, others: Sequence[str]) -> str:
    if not others:
        return message(
            "There is no corpus “{name}”; `zhengce index --corpus {name} FOLDER` makes one; "
            "there is none but the bundled one.",
            name=name,
        )
    return message(
        "There is no corpus “{name}”; `zhengce index --corpus {name} FOLDER` makes one; there are: {others}.",
        name=name,
        others=listed(others),
    )


def read_definition(name: str, folder: Path) -> CorpusDefinition:
    """Return the definition that `remember` has written in a folder.

    Raises:
        OSError: It cannot be read.
        ValueError: `remember` cannot have written it.
    """
    try:
        written = json.loads(verified((folder / _DEFINITION).read_bytes()))
        return CorpusDefinition(name, folder, tuple(map(_root, written["roots"])), Limits(**written["limits"]))
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(str(error)) from error


def redefine(
    home: Path, name: str, roots: Sequence[Root], forget: Sequence[Path] = (), limits: Limits | None = None
) -> CorpusDefinition:
    """Return a corpus with roots added and removed, or with other limits; a new corpus if there is none of that name.

    A root that is added replaces one with the same path; ``forget`` are the paths of roots to be removed.

    Raises:
        UnknownCorpusError: The corpus is the bundled one, it has no root to be forgotten, none would be left, or the
            name is not allowed.
    """
    if name == BUNDLED and (roots or forget or limits):
        raise UnknownCorpusError(message("The bundled corpus is as it is; choose another name with --corpus."))
    given = {_absolute(root.path): root._replace(path=_absolute(root.path)) for root in roots}
    try:
        old = define(home, name)
    except (UnknownCorpusError, StorageError):
        if not given:
            raise
        old = CorpusDefinition(name, folder_of(home, checked(name)), ())
    kept = {root.path: root for root in old.roots}
    for path in forget:
        if kept.pop(_absolute(path), None) is None:
            had = listed(map(str, kept)) or message("nothing")
            raise UnknownCorpusError(
                message("The corpus {name} is not made of {path}, but of {paths}.", name=name, path=path, paths=had)
            )
    if not {**kept, **given}:
        raise UnknownCorpusError(
            message("Nothing would be left of it; `zhengce corpora remove {name}` removes a corpus.", name=name)
        )
    return old._replace(roots=tuple({**kept, **given}.values()), limits=limits or old.limits)


def remember(definition: CorpusDefinition) -> None:
    """Write the definition of a corpus beside its index. To be called while `locks.writing` is held.

    Raises:
        OSError: It cannot be written.
    """
    if definition.is_bundled:
        return
    roots = [{**root._asdict(), "path": str(root.path)} for root in definition.roots]
    text = with_checksum(json.dumps({"roots": roots, "limits": definition.limits._asdict()}))
    with suppress(OSError):
        if (definition.folder / _DEFINITION).read_bytes() == text.encode("ascii"):
            return
    replace_file(definition.folder / _DEFINITION, text)


def names(home: Path) -> list[str]:
    """Return the names of all corpora, the bundled one first."""
    try:
        found = sorted(each.parent.name for each in (home / _FOLDER).glob(f"*/{_DEFINITION}"))
    except OSError:
        found = []
    return [BUNDLED, *found]


def rename(home: Path, old: str, new: str) -> None:
    """Give a corpus another name.

    Raises:
        UnknownCorpusError: There is no corpus with the old name, there is one with the new, or that is not allowed.
        StorageError: The folder cannot be renamed.
    """
    _own(home, old)
    if (folder := folder_of(home, checked(new))).exists() or new == BUNDLED:
        raise UnknownCorpusError(message("There is a corpus “{name}” already.", name=new))
    try:
        folder_of(home, old).rename(folder)
    except OSError as error:
        path, reason = folder_of(home, old), reason_of(error)
        raise StorageError(message("{path} cannot be renamed: {reason}.", path=path, reason=reason)) from error


def remove(home: Path, name: str) -> None:
    """Remove a corpus: its index and its definition. The documents stay where they are.

    Raises:
        UnknownCorpusError: There is no such corpus, or it is the bundled one.
        StorageError: It cannot be removed.
    """
    import shutil

    folder = _own(home, name)
    # What is half removed must not pass for a corpus.
    try:
        (folder / _DEFINITION).unlink(missing_ok=True)
        shutil.rmtree(folder)
    except OSError as error:
        reason = reason_of(error)
        raise StorageError(message("{path} cannot be removed: {reason}.", path=folder, reason=reason)) from error


def checked(name: str) -> str:
    """Return a name if a corpus may have it.

    Raises:
        UnknownCorpusError: It may not.
    """
    if not _NAME.fullmatch(name):
        raise UnknownCorpusError(
            message("“{name}” cannot be a corpus; its name is made of letters, digits, _, - and .", name=name)
        )
    return name


def _own(home: Path, name: str) -> Path:
    """Return the folder of a corpus that is not the bundled one."""
    if name == BUNDLED:
        raise UnknownCorpusError(message("The bundled corpus comes with the program, and stays as it is."))
    if name not in names(home):
        define(home, name)
    return folder_of(home, name)


def _absolute(path: Path) -> Path:
    """Return the absolute path of a folder. Links in it are kept, unless it has a ``..``."""
    return path.resolve() if ".." in path.parts else path.absolute()


def _root(written: dict[str, Any]) -> Root:
    """Return a root that `remember` wrote.

    Raises:
        ValueError, TypeError, KeyError: `remember` cannot have written it.
    """
    path = written["path"]
    if not isinstance(path, str) or "\0" in path or not Path(path).is_absolute():
        raise ValueError("not an absolute path")
    os.fsencode(path)
    whole = bool(written.get("whole", False))  # not in definitions of earlier versions
    return Root(Path(path), tuple(map(str, written["globs"])), written["encoding"], bool(written["follow"]), whole)
