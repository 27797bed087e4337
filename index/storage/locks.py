"""Locks: one writer at a time in a folder of an index, and readers that keep what they read."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ..errors import StorageError
from .checked_files import damaged

_LOCK = "lock"
_WRITER = "writer.json"


@contextmanager
def writing(folder: Path, waiting: Callable[[str], None]) -> Iterator[None]:
    """Hold the folder's lock, so that there is one writer at a time; others wait, and are told who writes since when.

    Raises:
        StorageError: The folder cannot be written, or there is no room.
    """
    from whoosh.util.filelock import FileLock

    with storage_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(str(folder / _LOCK))
        if not lock.acquire(blocking=False):
            waiting(f"{_writer(folder)} is writing this index; waiting for it to end …")
            lock.acquire(blocking=True)
    try:
        with storage_errors(folder):
            _sign(folder)
            yield
    finally:
        with suppress(OSError):
            (folder / _WRITER).unlink(missing_ok=True)
        lock.release()


def _sign(folder: Path) -> None:
    """Write down who writes, for others to be told."""
    import socket
    from datetime import datetime

    since = datetime.now().astimezone().strftime("%Y-%m-%d %H:%M:%S")
    signed = {"process": os.getpid(), "host": socket.gethostname(), "since": since}
    (folder / _WRITER).write_text(json.dumps(signed), encoding="ascii")


def _writer(folder: Path) -> str:
    """Return who writes, in words."""
    try:
        signed = json.loads((folder / _WRITER).read_bytes())
        return f"Process {signed['process']} on {signed['host']}, since {signed['since']},"
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return "Another process"


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
def reading(path: Path) -> Iterator[None]:
    """Keep a generation from being removed while it is read, where the platform has shared locks; ``path`` is that of
    its manifest."""
    try:
        import fcntl
    except ModuleNotFoundError:  # Windows does not remove files that are open
        yield
        return
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except OSError as error:
        raise damaged(path) from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH)
        if not os.fstat(descriptor).st_nlink:  # removed while the lock was waited for
            raise damaged(path)
        yield
    finally:
        os.close(descriptor)


@contextmanager
def nobody_reading(path: Path) -> Iterator[None]:
    """Keep readers from a generation, by the path of its manifest; raises OSError if somebody has it open."""
    try:
        import fcntl

        descriptor = os.open(path, os.O_RDONLY)
    except (ModuleNotFoundError, FileNotFoundError):  # without a manifest, it was never in force
        yield
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(descriptor)
