"""Corpora: where each lives in the data directory, and which files it is made of.

The bundled corpus is there by itself. Others are named by their users, and remember the folders and files
that they were given.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...corpus.extraction import DEFAULT_LIMITS, Limits
from ...corpus.files import Root
from ...corpus.sources import bundled
from ..errors import StorageError, UnknownCorpusError
from ..storage.checksums import verified, with_checksum
from ..storage.fingerprint import Fingerprint, fingerprint

if TYPE_CHECKING:
    from ...corpus.sources.discovery import Discovered

BUNDLED = "bundled"
"""The name of the corpus of the documents that come with the program."""

_FOLDER = "corpora"
_DEFINITION = "corpus.json"
_NAME = re.compile(r"[^\W_][\w.-]{0,63}")


@dataclass(frozen=True, slots=True)
class CorpusDefinition:
    """A corpus as it is kept: its name, the folder of its index, what it is made of, and how much of a file is borne.

    The bundled corpus has a folder with a catalogue for its one root.
    """

    name: str
    folder: Path
    roots: tuple[Root, ...]
    limits: Limits = DEFAULT_LIMITS

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
        """Return what an index is built with and, for the bundled corpus, the content that it is built from; for
        others, that is kept file by file (see `zhengce.index.storage.file_records`).

        Raises:
            DocumentError: A bundled document cannot be read.
        """
        return fingerprint(bundled.fingerprint(self.roots[0].path) if self.is_bundled else "")


def folder_of(home: Path, name: str) -> Path:
    """Return the folder of a corpus in a data directory."""
    return home / _FOLDER / name


def define(home: Path, name: str, documents: Path | None = None) -> CorpusDefinition:
    """Return the corpus of a name.

    ``documents`` is a folder with a catalogue to take instead of the bundled one.

    Raises:
        UnknownCorpusError: There is none of that name, or it cannot be a name.
        StorageError: It cannot be read what the corpus is made of.
    """
    folder = folder_of(home, checked(name))
    if name == BUNDLED:
        return CorpusDefinition(name, folder, (Root(documents or bundled.FOLDER),))
    try:
        written = json.loads(verified((folder / _DEFINITION).read_bytes()))
        return CorpusDefinition(name, folder, tuple(map(_root, written["roots"])), Limits(**written["limits"]))
    except (FileNotFoundError, NotADirectoryError) as error:
        made = f"`zhengce index --corpus {name} FOLDER` makes one"
        others = ", ".join(each for each in names(home) if each != BUNDLED)
        known = f"there are: {others}" if others else "there is none but the bundled one"
        raise UnknownCorpusError(f"There is no corpus “{name}”; {made}; {known}.") from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise StorageError(f"{folder / _DEFINITION} cannot be read: {reason}.") from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        advice = f"Run `zhengce index --corpus {name} FOLDER` again."
        raise StorageError(f"{folder / _DEFINITION} is not as it was written. {advice}") from error


def redefine(
    home: Path, name: str, roots: Sequence[Root], forget: Sequence[Path] = (), limits: Limits | None = None
) -> CorpusDefinition:
    """Return a corpus with other roots beside those that it remembers, or in their place where they have the same
    path, and without those to forget; if there is none of that name, a new one.

    Raises:
        UnknownCorpusError: The corpus is the bundled one, has not what is to be forgotten, or cannot be a name.
    """
    if name == BUNDLED and (roots or forget or limits):
        raise UnknownCorpusError("The bundled corpus is as it is; choose another name with --corpus.")
    given = {_absolute(root.path): replace(root, path=_absolute(root.path)) for root in roots}
    try:
        old = define(home, name)
    except (UnknownCorpusError, StorageError):
        if not given:
            raise
        old = CorpusDefinition(name, folder_of(home, checked(name)), ())
    kept = {root.path: root for root in old.roots}
    for path in forget:
        if kept.pop(_absolute(path), None) is None:
            had = ", ".join(map(str, kept)) or "nothing"
            raise UnknownCorpusError(f"The corpus {name} is not made of {path}, but of {had}.")
    if not {**kept, **given}:
        raise UnknownCorpusError(f"Nothing would be left of it; `zhengce corpora remove {name}` removes a corpus.")
    return replace(old, roots=tuple({**kept, **given}.values()), limits=limits or old.limits)


def remember(definition: CorpusDefinition) -> None:
    """Keep what a corpus is made of, beside its index; to be called by the one writer.

    Raises:
        OSError: It cannot be written.
    """
    if definition.is_bundled:
        return
    roots = [{**asdict(root), "path": str(root.path)} for root in definition.roots]
    text = with_checksum(json.dumps({"roots": roots, "limits": asdict(definition.limits)}))
    with suppress(OSError):
        if (definition.folder / _DEFINITION).read_bytes() == text.encode("ascii"):
            return
    new = definition.folder / (_DEFINITION + ".new")
    try:
        new.write_text(text, encoding="ascii")
        new.replace(definition.folder / _DEFINITION)
    except BaseException:
        with suppress(OSError):
            new.unlink(missing_ok=True)
        raise


def names(home: Path) -> list[str]:
    """Return the names of the corpora that there are, the bundled one first."""
    try:
        found = sorted(each.parent.name for each in (home / _FOLDER).glob(f"*/{_DEFINITION}"))
    except OSError:
        found = []
    return [BUNDLED, *found]


def rename(home: Path, old: str, new: str) -> None:
    """Give a corpus another name.

    Raises:
        UnknownCorpusError: There is none of the old name, there is one of the new, or it cannot be a name.
        StorageError: The folder cannot be renamed.
    """
    _own(home, old)
    if (folder := folder_of(home, checked(new))).exists() or new == BUNDLED:
        raise UnknownCorpusError(f"There is a corpus “{new}” already.")
    try:
        folder_of(home, old).rename(folder)
    except OSError as error:
        raise StorageError(f"{folder_of(home, old)} cannot be renamed: {error.strerror or error}.") from error


def remove(home: Path, name: str) -> None:
    """Remove a corpus: its index and what it remembers. The documents stay where they are.

    Raises:
        UnknownCorpusError: There is none of that name, or it is the bundled one.
        StorageError: It cannot be removed.
    """
    folder = _own(home, name)
    # What is half removed must not pass for a corpus.
    try:
        (folder / _DEFINITION).unlink(missing_ok=True)
        shutil.rmtree(folder)
    except OSError as error:
        raise StorageError(f"{folder} cannot be removed: {error.strerror or error}.") from error


def checked(name: str) -> str:
    """Return a name if it can be one of a corpus.

    Raises:
        UnknownCorpusError: It cannot.
    """
    if not _NAME.fullmatch(name):
        raise UnknownCorpusError(f"“{name}” cannot be a corpus; its name is made of letters, digits, _, - and .")
    return name


def _own(home: Path, name: str) -> Path:
    """Return the folder of a corpus of the user's own."""
    if name == BUNDLED:
        raise UnknownCorpusError("The bundled corpus comes with the program, and stays as it is.")
    if name not in names(home):
        define(home, name)
    return folder_of(home, name)


def _absolute(path: Path) -> Path:
    """Return an absolute path that a folder has however one comes to it; links in it are kept but before ``..``."""
    return path.resolve() if ".." in path.parts else path.absolute()


def _root(written: dict[str, Any]) -> Root:
    """Return a root that was written by `remember`; raises ValueError, TypeError or KeyError if it cannot have been."""
    path = written["path"]
    if not isinstance(path, str) or "\0" in path or not Path(path).is_absolute():
        raise ValueError("not an absolute path")
    os.fsencode(path)
    return Root(Path(path), tuple(map(str, written["globs"])), written["encoding"], bool(written["follow"]))
