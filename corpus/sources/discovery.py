"""Discovery: which files of some folders are documents."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from ..errors import DocumentError
from ..files import File, Root, Source
from ..formats.table import format_of
from .sidecars import NAMES as SIDECARS
from .sidecars import read_sidecar

if TYPE_CHECKING:
    from pathspec import PathSpec

IGNORE_FILES = (".gitignore", ".zhengceignore")
"""Files that say what is to be left out of the folder that they are in, in the syntax of Git's."""

_DATED = re.compile(r".*[(（](?P<day>(?:19|20)\d\d-\d\d-\d\d)[)）]|(?P<year>(?:19|20)\d\d)")
_DEEPEST = 100  # folders within folders; links may make them without end


Stated = Mapping[Path, Mapping[str, str]]
"""What sidecars say of files, by path."""

Ignored = tuple[Path, "PathSpec[Any]"]
"""What an ignore file says, with the folder that it is in."""


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
        DocumentError: A root does not exist or cannot be read, has a pattern that is none, or there are no documents.
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
    if wrong := [glob for glob in root.globs if not _is_pattern(glob)]:
        raise DocumentError(f"“{wrong[0]}” is no pattern of files.")
    try:
        status = root.path.stat()
        if not stat.S_ISDIR(status.st_mode):
            # Who names a file wants it; what it is, its reader will see.
            yield _file(root, root.path, root.path.parent, status)
            return
        chosen = _spec(root.globs) if root.globs else None
        yield from _Walk(root, chosen, skip).files()
    except OSError as error:
        raise DocumentError(f"{error.filename or root.path} cannot be read: {error.strerror or error}.") from error


class _Walk:
    """A walk through the folders of a root."""

    def __init__(self, root: Root, chosen: PathSpec[Any] | None, skip: Callable[[Path, str], object]) -> None:
        self._root = root
        self._chosen = chosen
        self._skip = skip
        self._real = os.path.realpath(root.path)
        self._walked = {self._real}

    def files(self) -> Iterator[File]:
        """Yield the files in the root and below."""
        return self._files(self._root.path, self._real, [], {})

    def _files(self, folder: Path, real: str, ignored: Sequence[Ignored], stated: Stated) -> Iterator[File]:
        """Yield the files in a folder and below; ``real`` is where it is but for links, ``ignored`` are the patterns in
        force, each with the folder that its file is in, and ``overrides`` is what sidecars above say, by path."""
        try:
            entries = sorted(os.scandir(folder), key=lambda each: each.name)
        except OSError as error:
            if folder == self._root.path:
                raise
            self._skip(folder, f"cannot be read: {error.strerror or error}")
            return
        # A pipe would be waited for.
        about = {each.name for each in entries if each.name in (*IGNORE_FILES, *SIDECARS) and _is(each, stat.S_ISREG)}
        ignored = [*ignored, *self._ignored(folder, about)]
        stated = _both(stated, self._stated(folder, about))
        for entry in entries:
            path = folder / entry.name
            is_folder = _is(entry, stat.S_ISDIR)
            if entry.name.startswith(".") or _is_ignored(path, ignored, is_folder=is_folder):
                continue
            if not is_folder and (entry.name in about or not self._is_chosen(path)):
                continue
            if entry.is_symlink() and not self._root.follow and not self._is_inside(path):
                self._skip(path, "is a link that leads out of the folder; --follow goes there")
            elif is_folder:
                leads_to = os.path.realpath(path) if entry.is_symlink() else os.path.join(real, entry.name)  # noqa: PTH118
                if self._enter(path, leads_to):
                    yield from self._files(path, leads_to, ignored, stated)
            elif file := self._document(entry, path, stated.get(path, {})):
                yield file

    def _document(self, entry: os.DirEntry[str], path: Path, said: Mapping[str, str]) -> File | None:
        """Return a file if it is a document; ``said`` is what sidecars say of it."""
        try:
            status = entry.stat()
        except OSError as error:
            self._skip(path, f"cannot be read: {error.strerror or error}")
            return None
        if not stat.S_ISREG(status.st_mode):
            self._skip(path, "is not a file")
        elif format_of(path) is None:
            self._skip(path, f"{path.suffix or 'a file without an ending'} is no format that is read")
        else:
            file = _file(self._root, path, self._root.path, status)
            source = replace(file.source, overrides={key: value for key, value in said.items() if key != "encoding"})
            return replace(file, source=replace(source, encoding=said.get("encoding") or source.encoding))
        return None

    def _ignored(self, folder: Path, names: Collection[str]) -> Iterator[Ignored]:
        for name in IGNORE_FILES:
            if name in names:
                try:
                    lines = (folder / name).read_text(encoding="utf-8-sig", errors="replace").splitlines()
                except OSError as error:
                    self._skip(folder / name, f"cannot be read: {error.strerror or error}")
                    continue
                yield folder, _spec(filter(_is_pattern, lines))  # Git takes no notice of other lines either

    def _stated(self, folder: Path, names: Collection[str]) -> Stated:
        said: Stated = {}
        for name in SIDECARS:
            if name in names:
                try:
                    said = _both(said, read_sidecar(folder / name))
                except DocumentError as error:
                    self._skip(folder / name, str(error).removeprefix(f"{folder / name} ").removesuffix("."))
        return said

    def _is_chosen(self, path: Path) -> bool:
        return self._chosen is None or self._chosen.match_file(_within(path, self._root.path, is_folder=False))

    def _is_inside(self, path: Path) -> bool:
        real = os.path.realpath(path)
        return real == self._real or real.startswith(self._real + os.sep)

    def _enter(self, path: Path, real: str) -> bool:
        """Say whether to go into a folder: once into each, though links lead there too."""
        if real in self._walked or len(path.parts) - len(self._root.path.parts) > _DEEPEST:
            self._skip(path, "is a folder that is read already" if real in self._walked else "is too deep")
            return False
        self._walked.add(real)
        return True


def _file(root: Root, path: Path, base: Path, status: os.stat_result) -> File:
    known = {"date": dated["day"] or dated["year"]} if (dated := _DATED.fullmatch(path.stem)) else {}
    id_ = path.relative_to(base).with_suffix("").as_posix()
    return File(Source(id_, path, known, encoding=root.encoding), status.st_size, status.st_mtime_ns)


def _both(stated: Stated, nearer: Stated) -> Stated:
    """Return what two sidecars say; where they differ, the second is believed."""
    return {**stated, **{path: {**stated.get(path, {}), **said} for path, said in nearer.items()}}


def _is(entry: os.DirEntry[str], kind: Callable[[int], bool]) -> bool:
    """Say whether an entry, or what a link leads to, is of a kind."""
    try:
        return kind(entry.stat().st_mode)
    except OSError:
        return False


def _is_ignored(path: Path, ignored: Sequence[Ignored], *, is_folder: bool) -> bool:
    """Say whether a path is to be left out: as for Git, the last pattern that it matches decides."""
    for folder, spec in reversed(ignored):
        include = spec.check_file(_within(path, folder, is_folder=is_folder)).include
        if include is not None:
            return include
    return False


def _is_pattern(line: str) -> bool:
    try:
        _spec([line])
    except (ValueError, re.error):
        return False
    return True


def _spec(patterns: Iterable[str]) -> PathSpec[Any]:
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(patterns)


def _within(path: Path, base: Path, *, is_folder: bool) -> str:
    relative = PurePath(path).relative_to(base).as_posix()
    return relative + "/" if is_folder else relative
