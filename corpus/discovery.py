"""Discovery: which files of some folders are documents."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from .errors import DocumentError
from .files import File, Root, Source
from .formats import format_of
from .sidecars import NAMES as SIDECARS
from .sidecars import read_sidecars

if TYPE_CHECKING:
    from pathspec import PathSpec

IGNORE_FILES = (".gitignore", ".zhengceignore")
"""Files that say what is to be left out of the folder that they are in, in the syntax of Git's."""

_DATED = re.compile(r".*[(（](?P<day>(?:19|20)\d\d-\d\d-\d\d)[)）]|(?P<year>(?:19|20)\d\d)")
_DEEPEST = 100  # folders within folders; links may make them without end


Stated = Mapping[Path, Mapping[str, str]]
"""What sidecars say of files, by path."""


@dataclass(frozen=True, slots=True)
class Discovered:
    """The files to read, in the order of their names, and those that are left out, each with the reason."""

    files: tuple[File, ...]
    skipped: tuple[tuple[Path, str], ...] = ()


def discover(roots: Iterable[Root]) -> Discovered:
    """Return the documents in folders, and files.

    A document's id is its path within its folder without its ending, or with it where another has the same. Hidden
    files and folders are left out, and what `IGNORE_FILES` say. A day in brackets at the end of a file's name, or a
    year that is all of it, is the document's date where the text gives none; what a sidecar says of it is believed.

    Raises:
        DocumentError: A root does not exist or cannot be read, or there are no documents; or a sidecar cannot be read.
    """
    files: dict[str, File] = {}
    skipped: dict[Path, str] = {}
    roots = list(roots)
    seen: set[Path] = set()
    for root in roots:
        for file in _files(root, lambda path, reason: skipped.setdefault(path, reason)):
            path = file.source.path
            if path in seen:
                continue
            seen.add(path)
            id_ = next(each for each in ids(file.source) if each not in files)
            files[id_] = replace(file, source=replace(file.source, id=id_))
    if not files:
        names = ", ".join(str(root.path) for root in roots)
        raise DocumentError(f"There is no document in {names}: no file of a format that is read.")
    return Discovered(tuple(files.values()), tuple(skipped.items()))


def ids(source: Source) -> tuple[str, str, str]:
    """Return the ids that a document may have, the first of which is to be taken that no other has."""
    return source.id, source.id + source.path.suffix, source.path.as_posix()


def _files(root: Root, skip: Callable[[Path, str], object]) -> Iterator[File]:
    try:
        status = root.path.stat()
        if not stat.S_ISDIR(status.st_mode):
            # Who names a file wants it; what it is, its reader will see.
            yield _file(root, root.path, root.path.parent, status)
            return
        chosen = _spec(root.globs) if root.globs else None
        yield from _Walk(root, chosen, skip).files(root.path, [], {})
    except OSError as error:
        raise DocumentError(f"{error.filename or root.path} cannot be read: {error.strerror or error}.") from error


class _Walk:
    """A walk through the folders of a root."""

    def __init__(self, root: Root, chosen: PathSpec[Any] | None, skip: Callable[[Path, str], object]) -> None:
        self._root = root
        self._chosen = chosen
        self._skip = skip
        self._real = os.path.realpath(root.path)
        self._walked: set[str] = set()

    def files(self, folder: Path, ignored: Sequence[tuple[Path, PathSpec[Any]]], stated: Stated) -> Iterator[File]:
        """Yield the files in a folder and below; ``ignored`` are the patterns in force, each with the folder that its
        file is in, and ``stated`` is what sidecars above say, by path."""
        try:
            entries = sorted(os.scandir(folder), key=lambda each: each.name)
        except OSError as error:
            if folder == self._root.path:
                raise
            self._skip(folder, f"cannot be read: {error.strerror or error}")
            return
        names = {entry.name for entry in entries}
        ignored = [*ignored, *_ignored(folder, names)]
        try:
            stated = {**stated, **read_sidecars(folder, names)}
        except DocumentError as error:
            self._skip(folder, f"has metadata that cannot be used: {error}")
        for entry in entries:
            path = folder / entry.name
            if entry.name.startswith("."):
                continue
            try:
                is_folder, status = entry.is_dir(), entry.stat()
            except OSError as error:
                self._skip(path, f"cannot be read: {error.strerror or error}")
                continue
            if any(spec.match_file(_within(path, base, is_folder=is_folder)) for base, spec in ignored):
                continue
            if entry.is_symlink() and not self._root.follow and not self._is_inside(path):
                self._skip(path, "is a link that leads out of the folder; --follow goes there")
            elif is_folder:
                if self._enter(path, entry.is_symlink()):
                    yield from self.files(path, ignored, stated)
            elif entry.name in SIDECARS or not self._is_chosen(path):
                continue
            elif not stat.S_ISREG(status.st_mode):
                self._skip(path, "is not a file")
            elif format_of(path) is None:
                self._skip(path, f"{path.suffix or 'a file without an ending'} is no format that is read")
            else:
                file = _file(self._root, path, self._root.path, status)
                said = stated.get(path, {})
                source = replace(file.source, stated={k: v for k, v in said.items() if k != "encoding"})
                yield replace(file, source=replace(source, encoding=said.get("encoding") or source.encoding))

    def _is_chosen(self, path: Path) -> bool:
        return self._chosen is None or self._chosen.match_file(_within(path, self._root.path, is_folder=False))

    def _is_inside(self, path: Path) -> bool:
        real = os.path.realpath(path)
        return real.startswith(self._real + os.sep)

    def _enter(self, path: Path, is_link: bool) -> bool:
        """Say whether to go into a folder: once into each, though links lead there too."""
        real = os.path.realpath(path) if is_link or self._root.follow else str(path)
        if real in self._walked or len(path.parts) - len(self._root.path.parts) > _DEEPEST:
            self._skip(path, "is a folder that is read already" if real in self._walked else "is too deep")
            return False
        self._walked.add(real)
        return True


def _file(root: Root, path: Path, base: Path, status: os.stat_result) -> File:
    known = {"date": dated["day"] or dated["year"]} if (dated := _DATED.fullmatch(path.stem)) else {}
    id_ = path.relative_to(base).with_suffix("").as_posix()
    return File(Source(id_, path, known, encoding=root.encoding), status.st_size, status.st_mtime_ns)


def _ignored(folder: Path, names: set[str]) -> Iterator[tuple[Path, PathSpec[Any]]]:
    for name in IGNORE_FILES:
        if name in names:
            lines = (folder / name).read_text(encoding="utf-8", errors="replace").splitlines()
            yield folder, _spec(lines)


def _spec(patterns: Iterable[str]) -> PathSpec[Any]:
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(patterns)


def _within(path: Path, base: Path, *, is_folder: bool) -> str:
    relative = PurePath(path).relative_to(base).as_posix()
    return relative + "/" if is_folder else relative
