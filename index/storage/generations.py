"""Generations: the versions of an index on disk, and how a new one replaces the last.

Each build writes a folder of its own. A small file, ``current``, names the folder in force, and is replaced in one step
when everything is written. A build that is killed leaves a folder that nobody reads; the next build removes it. Readers
hold a shared lock on the generation that they have opened, so that it is not removed while they read. Files that a new
generation shares with the last are hard links; they never change.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePath
from typing import NamedTuple

from ...corpus.errors import reason_of
from ...corpus.messages import message
from ..errors import StorageError
from .checked_files import PageChecksums, damaged, page_checksums
from .checksums import replace_file, verified, with_checksum, write_through
from .fingerprint import Fingerprint
from .locks import nobody_reading
from .user_folders import user_folder

FORMAT = 4
"""The version of the files of an index; an index in another format is built anew."""

_CURRENT = "current"
MANIFEST = "manifest.json"
PREFIX = "generation-"


class SegmentEntry(NamedTuple):
    """A segment of a generation: its folder, the number of its documents, and the numbers of removed documents."""

    name: str
    documents: int
    removed: tuple[int, ...] = ()


class Manifest(NamedTuple):
    """What a generation consists of: its format, its fingerprint, its segments, and the checksums of its files."""

    format: int
    fingerprint: Fingerprint
    segments: tuple[SegmentEntry, ...]
    files: dict[str, PageChecksums]

    def within(self, folder: str) -> dict[str, PageChecksums]:
        """Return the checksums of the files in a folder, by their names there."""
        prefix = folder + "/"
        return {name[len(prefix) :]: sums for name, sums in self.files.items() if name.startswith(prefix)}


def home() -> Path:
    """Return the data directory: ``ZHENGCE_HOME``, or the platform's directory for the data of a user."""
    if chosen := os.environ.get("ZHENGCE_HOME"):
        try:
            return Path(chosen).expanduser()
        except RuntimeError as error:
            said = message("ZHENGCE_HOME is {path}, and there is no such user.", path=chosen)
            raise StorageError(said) from error
    return user_folder("data")


def current(folder: Path) -> tuple[Path, Manifest] | None:
    """Return the generation in force in a folder and its manifest, None if nothing has been built yet.

    Raises:
        IndexDamagedError: There is one, but it cannot be read.
        StorageError: The folder cannot be read.
    """
    try:
        name = (folder / _CURRENT).read_text(encoding="ascii").strip()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except UnicodeDecodeError as error:
        raise damaged(folder / _CURRENT) from error
    except OSError as error:
        raise StorageError(message("{path} cannot be read: {reason}.", path=folder, reason=reason_of(error))) from error
    if not name.startswith(PREFIX) or "/" in name:
        raise damaged(folder / _CURRENT)
    path = folder / name
    try:
        data = json.loads(verified((path / MANIFEST).read_bytes()))
        if int(data["format"]) != FORMAT:
            # The rest may have another form.
            return path, Manifest(int(data["format"]), Fingerprint(0, "", "", ""), (), {})
        sums = {file: PageChecksums(int(size), tuple(map(int, pages))) for file, (size, pages) in data["files"].items()}
        fingerprint = Fingerprint(
            int(data["reading"]), str(data["segmenter"]), str(data["unicode"]), str(data["documents"])
        )
        segments = tuple(
            SegmentEntry(str(name), int(count), tuple(removed)) for name, count, removed in data["segments"]
        )
        return path, Manifest(int(data["format"]), fingerprint, segments, sums)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, ArithmeticError, RecursionError) as error:
        raise damaged(path / MANIFEST) from error


def outdated(manifest: Manifest, now: Fingerprint) -> str | None:
    """Return why a generation cannot be used as it is, in words; None if it is of this format and fingerprint."""
    if manifest.format != FORMAT:
        return message("another version of zhengce wrote the index")
    return manifest.fingerprint.difference(now)


def check(path: Path, manifest: Manifest, folder: str | None = ".") -> None:
    """Check the files in one folder of a generation, or in all folders for None.

    Raises:
        IndexDamagedError: A file is missing or has changed.
    """
    for name, expected in manifest.files.items():
        if folder in (None, str(PurePath(name).parent)):
            try:
                found = page_checksums(path / name)
            except OSError as error:
                raise damaged(path / name) from error
            if found != expected:
                raise damaged(path / name)


class GenerationWriter:
    """A generation that is being written into the folder ``path``. Set ``segments`` before it is finished."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.segments: list[SegmentEntry] = []
        self._kept: dict[str, PageChecksums] = {}

    def keep(self, old: Path, manifest: Manifest, segment: str) -> None:
        """Take over a segment of the generation in force.

        Raises:
            IndexDamagedError: A file of it is missing.
        """
        for name, of_file in manifest.within(segment).items():
            kept = f"{segment}/{name}"
            (self.path / kept).parent.mkdir(parents=True, exist_ok=True)
            _link(old / kept, self.path / kept)
            self._kept[kept] = of_file

    def finish(self, fingerprint: Fingerprint) -> None:
        """Write the manifest, and everything to the disk."""
        names = sorted(file.relative_to(self.path).as_posix() for file in self.path.rglob("*") if file.is_file())
        written = {name: page_checksums(self.path / name) for name in names if name not in self._kept}
        files = dict(sorted({**self._kept, **written}.items()))
        said = {"format": FORMAT, **fingerprint._asdict(), "segments": self.segments, "files": files}
        write_through(self.path / MANIFEST, with_checksum(json.dumps(said)))
        for name in written:
            _synchronise(self.path / name)


@contextmanager
def new_generation(folder: Path, fingerprint: Fingerprint) -> Iterator[GenerationWriter]:
    """Give a generation to write, and put it in force when the block ends without an error.

    To be called while `locks.writing` is held. Other generations are removed, unless somebody is reading them.
    """
    writer = GenerationWriter(folder / f"{PREFIX}{os.urandom(6).hex()}")
    try:
        writer.path.mkdir()
        yield writer
        writer.finish(fingerprint)
        replace_file(folder / _CURRENT, writer.path.name)
    finally:
        remove_others(folder)


def remove_others(folder: Path) -> None:
    """Remove all generations but the one in force and those that somebody is reading.

    To be called while `locks.writing` is held.
    """
    import shutil

    for path in folder.glob("*.new"):
        with suppress(OSError):
            path.unlink()
    try:
        kept = (folder / _CURRENT).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        kept = ""
    for path in folder.glob(f"{PREFIX}*"):
        if path.name != kept:
            with suppress(OSError), nobody_reading(path / MANIFEST):
                shutil.rmtree(path, ignore_errors=True)


def _link(old: Path, new: Path) -> None:
    """Make a hard link to a file, or copy it where the file system has no hard links."""
    try:
        os.link(old, new)
    except FileNotFoundError as error:
        raise damaged(old) from error
    except OSError:
        import shutil

        shutil.copyfile(old, new)
        _synchronise(new)


def _synchronise(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
