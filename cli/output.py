"""Output: owns the place that results are written to, standard output or a file."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from ..corpus.errors import ZhengceError

STANDARD_OUTPUT = "-"


class OutputError(ZhengceError):
    """The output cannot be written."""


@contextmanager
def output(name: str | None) -> Iterator[TextIO]:
    """Give a stream to write to: a file of this name, or standard output for ``-`` and None.

    A file is written aside and put in place when the block ends; if it does not end well, what was there
    before stays.

    Raises:
        OutputError: The file cannot be written.
    """
    if name is None or name == STANDARD_OUTPUT:
        yield sys.stdout
        return
    if not name:
        raise OutputError("The name of the file to write is empty.")
    if Path(name).exists() and not Path(name).is_file():
        # A device or a pipe takes what it is given; there is nothing to put in place.
        with _refusals(name), open(name, "w", encoding="utf-8") as stream:
            yield stream
        return
    path = Path(os.path.realpath(name))
    aside = path.with_name(f".zhengce-{os.getpid()}.part")
    try:
        with _refusals(name):
            with open(aside, "x", encoding="utf-8", newline="\n") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            aside.replace(path)
    finally:
        with suppress(OSError):
            aside.unlink(missing_ok=True)


@contextmanager
def _refusals(name: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OutputError(f"{name} cannot be written: {error.strerror or error}.") from error
