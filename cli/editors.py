"""Opens the file of a document in the user's editor or viewer, at the line or page of a passage."""

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
from ..corpus.errors import ZhengceError, reason_of
from ..corpus.formats.interface import Program
from ..corpus.formats.table import capabilities
from ..corpus.messages import message, sentences
from ..corpus.model import Passage
from ..index.model import IndexedDocument

# The arguments by which editors take a line. An editor that is not named here gets only the file.
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

# The arguments by which viewers of PDF take a page.
_AT_PAGE = {
    **dict.fromkeys(("evince", "atril", "xreader", "papers"), ("--page-index={page}", "{path}")),
    **dict.fromkeys(("okular", "sioyek"), ("--page", "{page}", "{path}")),
    "zathura": ("--page={page}", "{path}"),
    **dict.fromkeys(("mupdf", "xpdf"), ("{path}", "{page}")),
    "qpdfview": ("{path}#{page}",),
}


class OpeningError(ZhengceError):
    """A file cannot be opened."""


def command(
    document: IndexedDocument, passage: Passage | None, path: Path, environment: Mapping[str, str]
) -> list[str]:
    """Return the command that opens the file of a document, at a passage if there is one.

    ``VISUAL`` or ``EDITOR`` opens text, ``PDFVIEWER`` files with pages. The program of the desktop opens other files,
    and these if no variable is set.

    Raises:
        OpeningError: The file does not exist any more, or there is no program to open it.
    """
    if not path.is_file():
        raise OpeningError(message("{path} does not exist any more; run `zhengce index` if it was moved.", path=path))
    names = _variables(capabilities(document.format).opened_in)
    chosen = next((name for name in names if environment.get(name, "").strip()), "")
    if not chosen:
        opener = shutil.which("open" if sys.platform == "darwin" else "xdg-open", path=environment.get("PATH"))
        if opener:
            return [opener, str(path)]
        advice = message("Set {variable} to a program.", variable=names[-1]) if names else message("Install xdg-open.")
        raise OpeningError(sentences((message("No program is known that opens {path}.", path=path), advice)))
    try:
        program, *arguments = shlex.split(environment[chosen])
    except ValueError as error:
        raise OpeningError(
            message("{variable} cannot be read as a command: {reason}.", variable=chosen, reason=str(error))
        ) from error
    templates, position = _position(Path(program).name, passage)
    return [program, *arguments, *(each.format(path=path, **position) for each in templates)]


def open_file(command: list[str]) -> NoReturn:
    """Replace this process by a command, so that Ctrl-C and the exit code are those of the command.

    Raises:
        OpeningError: The command cannot be run.
    """
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    try:
        os.execvp(command[0], command)
    except OSError as error:
        raise _not_run(command, error) from error


def run(command: list[str]) -> None:
    """Run a command and wait for it. A Ctrl-C meanwhile is for the command alone.

    Raises:
        OpeningError: The command cannot be run.
    """
    # The command would inherit SIG_IGN, but not a function.
    handler = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        subprocess.run(command, check=False)
    except OSError as error:
        raise _not_run(command, error) from error
    finally:
        signal.signal(signal.SIGINT, handler)


def _not_run(command: list[str], error: OSError) -> OpeningError:
    return OpeningError(message("{program} cannot be run: {reason}.", program=command[0], reason=reason_of(error)))


def _variables(program: Program) -> tuple[str, ...]:
    """Return the environment variables that name a program of a kind; the first that is set counts."""
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


def _position(program: str, passage: Passage | None) -> tuple[tuple[str, ...], dict[str, int]]:
    """Return the templates of the arguments by which a program takes a position in a file, and the position."""
    if passage and passage.page is not None and program in _AT_PAGE:
        return _AT_PAGE[program], {"page": passage.page}
    if passage and passage.page is None and program in _AT_LINE:
        return _AT_LINE[program], {"line": passage.lines[0][0]}
    return ("{path}",), {}
