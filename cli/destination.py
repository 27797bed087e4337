"""The destination of results: standard output, or a file that is replaced only when it is complete."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

from ..corpus.errors import ZhengceError, reason_of
from ..corpus.messages import message

# Were `/dev/stdout` opened as a file, it would be replaced or cut short where the shell has sent it to a file.
_STANDARD_OUTPUT = (None, "-", "/dev/stdout")


class OutputError(ZhengceError):
    """The output cannot be written."""


def is_standard_output(name: str | None) -> bool:
    """Tell whether a name given as that of a file means standard output."""
    return name in _STANDARD_OUTPUT


@contextmanager
def open_destination(name: str | None, *, utf8: bool = False) -> Iterator[TextIO]:
    """Open a stream to write to: a file of this name, or standard output for ``-``, ``/dev/stdout`` and None.

    Files are in UTF-8, standard output is in the encoding of the locale; ``utf8`` asks for UTF-8 there as well, for
    what programs read.

    The text goes to a temporary file beside it, which replaces the file when the block ends without an error. After
    an error, the file is as it was before.

    Raises:
        BrokenPipeError: The reader of a pipe, be it standard output or a named one, has closed it.
        OutputError: The file cannot be written.
    """
    if name is None or is_standard_output(name):
        if utf8 and isinstance(sys.stdout, TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8")
        yield sys.stdout
        return
    if not name:
        raise OutputError(message("The name of the file to write is empty."))
    if Path(name).exists() and not Path(name).is_file():
        # A device or a pipe cannot be replaced; it takes what it is given.
        with _write_errors(name), open(name, "w", encoding="utf-8") as stream:
            yield stream
        return
    path = Path(os.path.realpath(name))
    temporary = path.with_name(f".zhengce-{os.getpid()}.part")
    try:
        with _write_errors(name):
            with open(temporary, "x", encoding="utf-8", newline="\n") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            temporary.replace(path)
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


@contextmanager
def _write_errors(name: str) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(message("{path} cannot be written: {reason}.", path=name, reason=reason_of(error))) from error
