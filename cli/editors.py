"""Opening a document's file where a passage stands, in the user's editor or viewer."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

from ..corpus.closed import assert_never
from ..corpus.errors import ZhengceError
from ..corpus.formats.interface import Program
from ..corpus.formats.table import capabilities
from ..corpus.model import Passage
from ..index.model import IndexedDocument

# How editors are told the line; those that are not named here are not told.
_AT_LINE = {
    **dict.fromkeys(
        ("vi", "vim", "nvim", "view", "gvim", "ex", "nano", "pico", "emacs", "emacsclient", "micro", "kak", "joe",
         "jed", "jove", "mg", "mcedit", "ne", "ee", "gedit", "xed", "pluma", "most", "editor"),
        ("+{line}", "{path}"),
    ),
    **dict.fromkeys(("less", "more"), ("+{line}g", "{path}")),
    **dict.fromkeys(("code", "code-insiders", "codium", "vscodium", "cursor"), ("--goto", "{path}:{line}")),
    **dict.fromkeys(("subl", "zed", "zeditor", "hx", "helix", "lapce"), ("{path}:{line}",)),
    **dict.fromkeys(("kate", "kwrite", "mate", "bbedit"), ("--line", "{line}", "{path}")),
}  # fmt: skip

# How viewers of PDF are told the page.
_AT_PAGE = {
    **dict.fromkeys(("evince", "atril", "xreader", "papers"), ("--page-index={page}", "{path}")),
    **dict.fromkeys(("okular", "sioyek"), ("--page", "{page}", "{path}")),
    "zathura": ("--page={page}", "{path}"),
    **dict.fromkeys(("mupdf", "xpdf"), ("{path}", "{page}")),
    "qpdfview": ("{path}#{page}",),
}


class OpeningError(ZhengceError):
    """A file cannot be opened for the user."""


def command(
    document: IndexedDocument, passage: Passage | None, path: Path, environment: Mapping[str, str]
) -> list[str]:
    """Return the command that opens a document's file, at a passage where one is given.

    Texts are opened by ``VISUAL`` or ``EDITOR``, other files by ``PDFVIEWER`` if they have pages, or by what the
    desktop opens them with.

    Raises:
        OpeningError: The file is no longer there, or there is nothing to open it with.
    """
    if not path.is_file():
        raise OpeningError(f"{path} is no longer there; run `zhengce index` if it was moved.")
    names = _variables(capabilities(document.format).opened_in)
    chosen = next((name for name in names if environment.get(name, "").strip()), "")
    if not chosen:
        opener = shutil.which("open" if sys.platform == "darwin" else "xdg-open", path=environment.get("PATH"))
        if opener:
            return [opener, str(path)]
        advice = f"Set {names[-1]} to a program" if names else "Install xdg-open"
        raise OpeningError(f"There is no program to open {path} with. {advice}.")
    try:
        program, *arguments = shlex.split(environment[chosen])
    except ValueError as error:
        raise OpeningError(f"{chosen} cannot be read as a command: {error}.") from error
    place = _place(Path(program).name, passage)
    return [program, *arguments, *(each.format(path=path, **place[1]) for each in place[0])]


def open_file(command: list[str]) -> NoReturn:
    """Become a command: a Ctrl-C in it is then its own affair, and so is how it ends.

    Raises:
        OpeningError: It cannot be run.
    """
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    try:
        os.execvp(command[0], command)
    except OSError as error:
        raise OpeningError(f"{command[0]} cannot be run: {error.strerror or error}.") from error


def run(command: list[str]) -> None:
    """Run a command and wait until it has ended; a Ctrl-C in it is its own affair.

    Raises:
        OpeningError: It cannot be run.
    """
    # A function and not SIG_IGN, which the command would inherit.
    handler = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        subprocess.run(command, check=False)
    except OSError as error:
        raise OpeningError(f"{command[0]} cannot be run: {error.strerror or error}.") from error
    finally:
        signal.signal(signal.SIGINT, handler)


def _variables(program: Program) -> tuple[str, ...]:
    """Return the environment variables in which users name their program of a kind; the first that is set counts."""
    names: tuple[str, ...]
    match program:
        case "editor":
            names = ("VISUAL", "EDITOR")
        case "page viewer":
            names = ("PDFVIEWER",)
        case "desktop":
            names = ()
        case _:
            assert_never(program)
    return names


def _place(program: str, passage: Passage | None) -> tuple[tuple[str, ...], dict[str, int]]:
    """Return how a program is told the place of a passage, and that place."""
    if passage and passage.page is not None and program in _AT_PAGE:
        return _AT_PAGE[program], {"page": passage.page}
    if passage and passage.page is None and program in _AT_LINE:
        return _AT_LINE[program], {"line": passage.lines[0][0]}
    return ("{path}",), {}
