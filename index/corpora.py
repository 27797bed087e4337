"""Corpora: where each lives in the data directory, and which files it is made of.

The bundled corpus is there by itself. Others are named by their users, and remember the folders and files
that they were given.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ..corpus import bundled
from ..corpus.files import Source, digest, sources_in
from . import generations
from .errors import StorageError, UnknownCorpusError
from .generations import Identity

BUNDLED = "bundled"
"""The name of the corpus of the documents that come with the program."""

_FOLDER = "corpora"
_PATHS = "corpus.json"
_NAME = re.compile(r"[^\W_][\w.-]{0,63}")


@dataclass(frozen=True, slots=True)
class Definition:
    """A corpus as it is kept: its name, the folder of its index, and what it is made of.

    The bundled corpus has a folder with a catalogue for its one path.
    """

    name: str
    folder: Path
    paths: tuple[Path, ...]

    @property
    def is_bundled(self) -> bool:
        """Say whether this is the corpus that comes with the program."""
        return self.name == BUNDLED

    def sources(self) -> Sequence[Source]:
        """Return the documents.

        Raises:
            DocumentError: A path cannot be read, or there are no documents.
        """
        return bundled.catalogued_sources(self.paths[0]) if self.is_bundled else sources_in(self.paths)

    def identity(self, sources: Sequence[Source]) -> Identity:
        """Return what an index of those documents is built with and from: the content of the bundled ones, and the
        names, sizes and times of other files.

        Raises:
            DocumentError: A bundled document cannot be read.
        """
        documents = bundled.fingerprint(self.paths[0]) if self.is_bundled else _digest(sources)
        return Identity(generations.program(), documents)


def place(home: Path, name: str) -> Path:
    """Return the folder of a corpus in a data directory."""
    return home / _FOLDER / name


def define(home: Path, name: str, paths: Sequence[Path] = (), documents: Path | None = None) -> Definition:
    """Return the corpus of a name; for one that is not bundled, of those paths, or of those that it remembers.

    ``documents`` is a folder with a catalogue to take instead of the bundled one.

    Raises:
        UnknownCorpusError: There is none of that name, and no paths to make it of; or it cannot be a name.
    """
    if name == BUNDLED:
        if paths:
            raise UnknownCorpusError("The bundled corpus is as it is; choose another name with --corpus.")
        return Definition(name, place(home, name), (documents or bundled.FOLDER,))
    if not _NAME.fullmatch(name):
        raise UnknownCorpusError(f"“{name}” cannot be a corpus; its name is made of letters, digits, _, - and .")
    folder = place(home, name)
    if paths:
        return Definition(name, folder, tuple(path.absolute() for path in paths))
    try:
        remembered = json.loads((folder / _PATHS).read_bytes())["paths"]
        if remembered and isinstance(remembered, list) and all(map(_is_path, remembered)):
            return Definition(name, folder, tuple(map(Path, remembered)))
        reason = "it does not say which folders the corpus is made of"
    except (FileNotFoundError, NotADirectoryError) as error:
        made = f"`zhengce index --corpus {name} FOLDER` makes one"
        raise UnknownCorpusError(f"There is no corpus “{name}”; {made}.") from error
    except OSError as error:
        reason = error.strerror or str(error)
    except (ValueError, KeyError, TypeError, RecursionError):
        reason = "it is not as it was written"
    advice = f"Run `zhengce index --corpus {name} FOLDER` again."
    raise StorageError(f"{folder / _PATHS} cannot be used: {reason}. {advice}")


def _is_path(written: object) -> bool:
    """Say whether something is an absolute path, as `remember` writes them."""
    if not isinstance(written, str) or "\0" in written:
        return False
    try:
        os.fsencode(written)
    except UnicodeEncodeError:
        return False
    return Path(written).is_absolute()


def remember(definition: Definition) -> None:
    """Keep what a corpus is made of, beside its index; to be called by the one writer.

    Raises:
        OSError: It cannot be written.
    """
    if not definition.is_bundled:
        new = definition.folder / (_PATHS + ".new")
        try:
            new.write_text(json.dumps({"paths": list(map(str, definition.paths))}), encoding="ascii")
            new.replace(definition.folder / _PATHS)
        except BaseException:
            with suppress(OSError):
                new.unlink(missing_ok=True)
            raise


def _digest(sources: Sequence[Source]) -> str:
    return digest(repr(_state(source)).encode() for source in sources)


def _state(source: Source) -> tuple[str, str, int, int]:
    """Return what changes when a file does: its id, path, size and time."""
    try:
        status = source.path.stat()
        return (source.id, str(source.path), status.st_size, status.st_mtime_ns)
    except OSError:
        return (source.id, str(source.path), 0, 0)
