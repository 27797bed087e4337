"""The pager: what is longer than the screen is read with less, as git's output is."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import chain, islice
from typing import TextIO, cast

from .config.current import current

# As git sets it: -R passes colours on, -X leaves the text on the screen, -F ends at once what fits on it.
_LESS = "FRX"


def write(lines: Iterable[str], *, paged: bool = True) -> None:
    """Write lines to the terminal: through the pager if there are more than it has rows.

    The pager is that of the configuration; ``cat`` or nothing means none.
    """
    command = pager() if paged else []
    rest = iter(lines)
    head = list(islice(rest, shutil.get_terminal_size().lines - 1)) if command else []
    following = next(rest, None) if command else None
    if following is None:
        sys.stdout.writelines(line + "\n" for line in chain(head, rest))
        return
    with _running(command) as stream:
        stream.writelines(line + "\n" for line in chain(head, (following,), rest))


def pager() -> list[str]:
    """Return the command of the pager in words, or nothing if there is none to be used."""
    if os.environ.get("TERM", "dumb") == "dumb":
        return []
    try:
        command = shlex.split(current().pager)
    except ValueError:  # A quotation mark is open.
        return []
    if not command or command[0] == "cat" or not shutil.which(command[0]):
        return []
    return command


@contextmanager
def _running(command: list[str]) -> Iterator[TextIO]:
    """Run the pager and yield its input; wait until it is closed. A Ctrl-C is meant for the pager, not for us."""
    environment = {"LESS": _LESS, "LV": "-c", **os.environ}
    encoding = sys.stdout.encoding or "utf-8"
    if encoding.lower().replace("-", "") == "utf8":
        environment.setdefault("LESSCHARSET", "utf-8")
    sys.stdout.flush()
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, env=environment, encoding=encoding, errors="backslashreplace"
    )
    # After the pager has started, which would inherit it.
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        # Who closes the pager has read enough.
        with suppress(BrokenPipeError):
            yield cast(TextIO, process.stdin)
    finally:
        with suppress(BrokenPipeError):
            cast(TextIO, process.stdin).close()
        process.wait()
        signal.signal(signal.SIGINT, before)
