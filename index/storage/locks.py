"""Locks: one writer at a time in the folder of an index, and no removal of what somebody reads."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ...corpus.errors import reason_of
from ...corpus.messages import message
from ..errors import StorageError
from .checked_files import damaged

_LOCK = "lock"
_WRITER = "writer.json"
_PAUSE = 0.1  # seconds between two attempts, where the system cannot wait for a lock


@contextmanager
def writing(folder: Path, waiting: Callable[[str], None]) -> Iterator[None]:
    """Hold the lock of a folder, so that there is one writer at a time. Another writer waits until it is free;
    ``waiting`` is called with a sentence that says who holds it, and since when.

    Raises:
        StorageError: The folder cannot be written, or the disk is full.
    """
    with storage_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(folder / _LOCK, os.O_CREAT | os.O_RDWR)
    try:
        with storage_errors(folder):
            if not _acquire(descriptor, blocking=False):
                waiting(_waiting(folder))
                _acquire(descriptor, blocking=True)
            try:
                _sign(folder)
                yield
            finally:
                with suppress(OSError):
                    (folder / _WRITER).unlink(missing_ok=True)
    finally:
        os.close(descriptor)  # which releases the lock


def _acquire(descriptor: int, *, blocking: bool) -> bool:
    """Lock an open file exclusively; returns False if it is locked already and ``blocking`` is not set.

    The `filelock` package would do the same for writers; it has no shared locks of files for readers.
    """
    if sys.platform == "win32":
        import msvcrt

        while True:
            try:
                msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
                return True
            except OSError:
                if not blocking:
                    return False
                time.sleep(_PAUSE)
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if blocking else fcntl.LOCK_NB))
    except BlockingIOError:
        return False
    return True


def _sign(folder: Path) -> None:
    """Write down who holds the lock, for the messages of those who wait."""
    import socket
    from datetime import datetime

    since = datetime.now().astimezone().strftime("%Y-%m-%d %H:%M:%S")
    signed = {"process": os.getpid(), "host": socket.gethostname(), "since": since}
    (folder / _WRITER).write_text(json.dumps(signed), encoding="ascii")


def _waiting(folder: Path) -> str:
    """Say who holds the lock."""
    try:
        signed = json.loads((folder / _WRITER).read_bytes())
        return message(
            "Process {process} on {host}, since {since}, is writing this index; waiting for it to end …",
            process=signed["process"],
            host=signed["host"],
            since=signed["since"],
        )
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return message("Another process is writing this index; waiting for it to end …")


@contextmanager
def storage_errors(folder: Path) -> Iterator[None]:
    """Turn an OSError into a StorageError that names the folder."""
    try:
        yield
    except OSError as error:
        raise StorageError(
            message(
                "The index cannot be written in {folder}: {reason}. "
                "Correct this, or set ZHENGCE_HOME to another folder.",
                folder=folder,
                reason=reason_of(error),
            )
        ) from error


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Keep a generation from being removed while it is read; ``path`` is that of its manifest.

    Windows needs no lock for this: it does not remove files that are open.

    Raises:
        IndexDamagedError: The manifest is not there.
    """
    if sys.platform == "win32":
        yield
        return
    import fcntl

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
    """Keep readers away from a generation while it is removed; ``path`` is that of its manifest.

    Raises:
        OSError: Somebody is reading it.
    """
    if sys.platform == "win32" or not path.exists():  # without a manifest, it was never in force
        yield
        return
    import fcntl

    descriptor = os.open(path, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(descriptor)
