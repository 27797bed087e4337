"""Discovery: finds the documents in folders."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..errors import DocumentError, reason_of
from ..files import File, Root, Source
from ..formats.table import format_of
from ..messages import listed, message, sentences
from .ignore_files import IGNORE_FILES, Patterns, compile_patterns, is_chosen, is_ignored, is_pattern, read_ignore_file
from .listing import listing, state
from .sidecar_files import with_sidecars
from .sidecars import NAMES as SIDECARS
from .sidecars import Note, Sidecar, read_sidecar

UNKNOWN_FORMAT = "is not a format that the program reads"
"""The end, in English, of the reason for which a file is skipped, where no reader knows its suffix."""

_DEEPEST = 100  # folders in each other; links may nest them without end


@dataclass(frozen=True, slots=True)
class Discovered:
    """The files to read, in the order of their names, those that are skipped, each with the reason, notes on what was
    not understood in sidecars, and the listings of the folders that were walked, by their paths."""

    files: tuple[File, ...]
    skipped: tuple[tuple[Path, str], ...] = ()
    notes: tuple[Note, ...] = ()
    listings: Mapping[str, Sequence[str]] = field(default_factory=dict)


def discover(roots: Iterable[Root]) -> Discovered:
    """Return the documents in folders; a root may also be a file.

    A document's id is its path in the root without the suffix, or with it if the id is taken. Hidden files and folders
    are left out, and what ignore files name. Metadata in sidecars win over the text.

    Raises:
        DocumentError: A root does not exist or cannot be read, a glob is not a pattern, or there are no documents.
    """
    files: dict[str, File] = {}
    skipped: dict[Path, str] = {}
    notes: list[Note] = []
    listings: dict[str, list[str]] = {}
    roots = list(roots)
    seen: set[Path] = set()
    for root in roots:
        for file in _files(root, lambda path, reason: skipped.setdefault(path, reason), notes, listings):
            path = file.source.path
            if path in seen:
                continue
            seen.add(path)
            id_ = next(each for each in ids(file.source) if each not in files)
            files[id_] = file._replace(source=file.source._replace(id=id_))
    if not files:
        names = listed(str(root.path) for root in roots)
        raise DocumentError(message("There is no document in {names}.", names=names))
    return Discovered(tuple(files.values()), tuple(skipped.items()), tuple(dict.fromkeys(notes)), listings)


def ids(source: Source) -> tuple[str, str, str]:
    """Return the ids for a document in order of preference; the first that is not taken becomes its id."""
    return source.id, source.id + source.path.suffix, source.path.as_posix()


def _files(
    root: Root, skip: Callable[[Path, str], object], notes: list[Note], listings: dict[str, list[str]]
) -> Sequence[File]:
    """Return the files of a root, and add to the notes on its sidecars and to the listings of its folders."""
    if wrong := [glob for glob in root.globs if not is_pattern(glob)]:
        raise DocumentError(message("“{pattern}” is not a pattern in Git's syntax.", pattern=wrong[0]))
    try:
        status = root.path.stat()
        if not stat.S_ISDIR(status.st_mode):
            # A file that is named is read whatever its suffix; its reader tells what it is.
            listings[str(root.path)] = [state(status)]
            return [_file(root, root.path, root.path.parent, status)]
        chosen = compile_patterns(root.path, root.globs) if root.globs else None
        walk = _Walk(root, chosen, skip, listings)
        files, found = with_sidecars(list(walk.files()), walk.sidecars)
    except OSError as error:
        path, reason = error.filename or root.path, reason_of(error)
        raise DocumentError(message("{path} cannot be read: {reason}.", path=path, reason=reason)) from error
    notes += found
    return files


class _Walk:
    """A walk through the folders of a root. It gathers ``sidecars``, those of outer folders first, and ``listings``."""

    def __init__(
        self, root: Root, chosen: Patterns | None, skip: Callable[[Path, str], object], listings: dict[str, list[str]]
    ) -> None:
        self._root = root
        self._chosen = chosen
        self._skip = skip
        self._listings = listings
        self._real = os.path.realpath(root.path)
        self._walked = {self._real}
        self.sidecars: list[Sidecar] = []

    def files(self) -> Iterator[File]:
        """Yield the files in the root and below."""
        return self._files(self._root.path, self._real, [])

    def _files(self, folder: Path, real: str, ignored: Sequence[Patterns]) -> Iterator[File]:
        """Yield the files in a folder and below. ``real`` is its path with links resolved; ``ignored`` comes from the
        folders above."""
        try:
            entries = sorted(os.scandir(folder), key=lambda each: each.name)
        except OSError as error:
            if folder == self._root.path:
                raise
            self._skip(folder, _unreadable(error))
            self._listings[str(folder)] = []
            return
        self._listings[str(folder)] = listing(entries)
        # Only regular files: opening a pipe would block.
        about = {each.name for each in entries if each.name in (*IGNORE_FILES, *SIDECARS) and _is(each, stat.S_ISREG)}
        ignored = [*ignored, *self._ignored(folder, about)]
        self._read_sidecars(folder, about)
        for entry in entries:
            path = folder / entry.name
            is_folder = _is(entry, stat.S_ISDIR)
            if entry.name.startswith(".") or is_ignored(path, ignored, is_folder=is_folder):
                continue
            if not is_folder and (entry.name in about or not self._is_chosen(path)):
                continue
            if entry.is_symlink() and not self._root.follow and not self._is_inside(path):
                self._skip(path, message("is a link that leads out of the folder; --follow goes there"))
            elif is_folder:
                leads_to = os.path.realpath(path) if entry.is_symlink() else os.path.join(real, entry.name)  # noqa: PTH118
                if self._enter(path, leads_to):
                    yield from self._files(path, leads_to, ignored)
            elif file := self._document(entry, path):
                yield file

    def _document(self, entry: os.DirEntry[str], path: Path) -> File | None:
        """Return a file if it is a document."""
        try:
            status = entry.stat()
        except OSError as error:
            self._skip(path, _unreadable(error))
            return None
        if not stat.S_ISREG(status.st_mode):
            self._skip(path, message("is not a file"))
        elif format_of(path) is None:
            self._skip(path, _not_of_a_format(path))
        else:
            return _file(self._root, path, self._root.path, status)
        return None

    def _ignored(self, folder: Path, names: Collection[str]) -> Iterator[Patterns]:
        for name in IGNORE_FILES:
            if name in names:
                try:
                    yield read_ignore_file(folder / name)
                except OSError as error:
                    self._skip(folder / name, _unreadable(error))

    def _read_sidecars(self, folder: Path, names: Collection[str]) -> None:
        for name in SIDECARS:
            if name in names:
                path = folder / name
                try:
                    self.sidecars.append(read_sidecar(path))
                except DocumentError as error:
                    self._skip(path, str(error))
                    said = sentences((str(error), message("Nothing of it is taken.")))
                    self.sidecars.append(Sidecar(path, (), (Note(path, None, said, is_sentence=True),)))

    def _is_chosen(self, path: Path) -> bool:
        return self._chosen is None or is_chosen(path, self._chosen)

    def _is_inside(self, path: Path) -> bool:
        real = os.path.realpath(path)
        return real == self._real or real.startswith(self._real + os.sep)

    def _enter(self, path: Path, real: str) -> bool:
        """Tell whether to walk a folder: only once, even if links lead there too."""
        if real in self._walked or len(path.parts) - len(self._root.path.parts) > _DEEPEST:
            known = real in self._walked
            self._skip(path, message("is a folder that is already read") if known else message("is too deep"))
            return False
        self._walked.add(real)
        return True


def _unreadable(error: OSError) -> str:
    return message("cannot be read: {reason}", reason=reason_of(error))


def _not_of_a_format(path: Path) -> str:
    if path.suffix:
        return message("{suffix} is not a format that the program reads", suffix=path.suffix)
    return message("a file without a suffix is not a format that the program reads")


def _file(root: Root, path: Path, base: Path, status: os.stat_result) -> File:
    id_ = path.relative_to(base).with_suffix("").as_posix()
    source = Source(id_, path, encoding=root.encoding, whole=root.whole)
    return File(source, status.st_size, status.st_mtime_ns)


def _is(entry: os.DirEntry[str], kind: Callable[[int], bool]) -> bool:
    """Tell whether an entry, or the target of a link, is of a kind, as `stat.S_ISREG` tells."""
    try:
        return kind(entry.stat().st_mode)
    except OSError:
        return False
