"""Generations: where indexes live on disk, and how a new one takes the place of the last.

Each build writes a folder of its own; a small file, ``current``, names the folder in force and is replaced
in one step when everything is written. A build that is killed leaves a folder that nobody reads, and the
next build removes it. Readers hold a shared lock on what they opened, so that it stays while they read.
"""

from __future__ import annotations

import json
import os
import unicodedata
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, astuple, dataclass
from pathlib import Path, PurePath

from ..corpus import files
from ..corpus.words import segmenter_identity
from .errors import StorageError
from .pages import Sums, damaged, sums

FORMAT = 3
"""Version of everything that is written here; an index of another version is built anew."""

_CORPUS_CODE = Path(files.__file__).parent
_CURRENT = "current"
_NEXT = "current.new"
_MANIFEST = "manifest.json"
_LOCK = "lock"
_PREFIX = "generation-"


@dataclass(frozen=True, slots=True)
class Identity:
    """What an index is built with and from: digests of the program's reading and folding (see `program`), and of
    the documents."""

    program: str
    documents: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation says of itself: format version, what it was built with and from, its segments' folders
    in reading order, and the sums of each of its files."""

    format: int
    identity: Identity
    segments: tuple[str, ...]
    files: dict[str, Sums]

    def within(self, folder: str) -> dict[str, Sums]:
        """Return the sums of the files in a folder, by their names in it."""
        prefix = folder + "/"
        return {name[len(prefix) :]: sums for name, sums in self.files.items() if name.startswith(prefix)}


def home() -> Path:
    """Return the data directory: ``ZHENGCE_HOME``, or the user's own as the platform has it."""
    if chosen := os.environ.get("ZHENGCE_HOME"):
        try:
            return Path(chosen).expanduser()
        except RuntimeError as error:
            raise StorageError(f"ZHENGCE_HOME is {chosen}, and there is no such user.") from error
    from platformdirs import user_data_path

    return user_data_path("zhengce", appauthor=False)


def program() -> str:
    """Return a digest of all but the documents that decides an index: the format version, our own reading and
    folding, the segmenter with its dictionary, and the Unicode tables.

    OpenCC's table is not among it, since the index keeps the one that it was built with.
    """
    settings = (str(FORMAT), segmenter_identity(), unicodedata.unidata_version)
    code = (path.read_bytes() for path in sorted(_CORPUS_CODE.glob("*.py")))
    return files.digest((*map(str.encode, settings), *code))


def current(folder: Path) -> tuple[Path, Manifest] | None:
    """Return the generation in force in a folder and its manifest, None where nothing was built yet.

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
        raise StorageError(f"{folder} cannot be read: {error.strerror}.") from error
    if not name.startswith(_PREFIX) or "/" in name:
        raise damaged(folder / _CURRENT)
    path = folder / name
    try:
        checksum, written = (path / _MANIFEST).read_bytes().split(b"\n", 1)
        if int(checksum) != zlib.crc32(written):
            raise damaged(path / _MANIFEST)
        data = json.loads(written)
        sums = {file: Sums(int(size), tuple(map(int, pages))) for file, (size, pages) in data["files"].items()}
        identity = Identity(str(data["program"]), str(data["documents"]))
        return path, Manifest(int(data["format"]), identity, tuple(data["segments"]), sums)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, ArithmeticError, RecursionError) as error:
        raise damaged(path / _MANIFEST) from error


def is_current(found: tuple[Path, Manifest], identity: Identity) -> bool:
    """Say whether a generation is of this format version and was built with and from what there is now."""
    return found[1].format == FORMAT and found[1].identity == identity


def check(path: Path, manifest: Manifest, folder: str | None = ".") -> None:
    """Compare the files in one folder of a generation, or in all for None, with its manifest.

    Raises:
        IndexDamagedError: One is missing or not as it was written.
    """
    for name, expected in manifest.files.items():
        if folder in (None, str(PurePath(name).parent)):
            try:
                found = sums(path / name)
            except OSError as error:
                raise damaged(path / name) from error
            if found != expected:
                raise damaged(path / name)


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Hold the folder's lock, so that there is one writer at a time; others wait.

    Raises:
        StorageError: The folder cannot be written, or there is no room.
    """
    from whoosh.util.filelock import FileLock

    with storage_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(str(folder / _LOCK))
        lock.acquire(blocking=True)
    try:
        with storage_errors(folder):
            yield
    finally:
        lock.release()


@contextmanager
def storage_errors(folder: Path) -> Iterator[None]:
    """Turn the operating system's refusals into a StorageError that names the data directory."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise StorageError(
            f"The index cannot be written in {folder}: {reason}. Mend that, or set ZHENGCE_HOME to another folder."
        ) from error


@contextmanager
def new_generation(folder: Path, identity: Identity) -> Iterator[Path]:
    """Give an empty folder to build in, and put it in force when the block ends without an error.

    To be called by the one writer. What else is found is removed, but for what somebody still reads.
    """
    path = folder / f"{_PREFIX}{os.urandom(6).hex()}"
    try:
        path.mkdir()
        yield path
        names = sorted(file.relative_to(path).as_posix() for file in path.rglob("*") if file.is_file())
        segments = sorted(each.name for each in path.iterdir() if each.is_dir())
        files = {name: astuple(sums(path / name)) for name in names}
        manifest = json.dumps({"format": FORMAT, **asdict(identity), "segments": segments, "files": files})
        # Its own checksum stands before it.
        _write(path / _MANIFEST, f"{zlib.crc32(manifest.encode())}\n{manifest}")
        for name in names:
            _synchronise(path / name)
        _write(folder / _NEXT, path.name)
        (folder / _NEXT).replace(folder / _CURRENT)
    finally:
        _remove_others(folder)


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Keep a generation from being removed while it is read, where the platform has shared locks."""
    try:
        import fcntl
    except ModuleNotFoundError:  # Windows does not remove files that are open
        yield
        return
    try:
        descriptor = os.open(path / _MANIFEST, os.O_RDONLY)
    except OSError as error:
        raise damaged(path / _MANIFEST) from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH)
        if not os.fstat(descriptor).st_nlink:  # removed while the lock was waited for
            raise damaged(path / _MANIFEST)
        yield
    finally:
        os.close(descriptor)


def _remove_others(folder: Path) -> None:
    """Remove what no search will come to: all but the generation in force and those that are being read."""
    import shutil

    with suppress(OSError):
        (folder / _NEXT).unlink(missing_ok=True)
    try:
        kept = (folder / _CURRENT).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        kept = ""
    for path in folder.glob(f"{_PREFIX}*"):
        if path.name != kept:
            with suppress(OSError), _nobody_reading(path):
                shutil.rmtree(path, ignore_errors=True)


@contextmanager
def _nobody_reading(path: Path) -> Iterator[None]:
    """Keep readers from a generation; raises OSError if somebody has it open."""
    try:
        import fcntl

        descriptor = os.open(path / _MANIFEST, os.O_RDONLY)
    except (ModuleNotFoundError, FileNotFoundError):  # without a manifest, it was never in force
        yield
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(descriptor)


def _write(path: Path, text: str) -> None:
    with open(path, "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _synchronise(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
