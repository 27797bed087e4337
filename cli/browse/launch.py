"""Browsing: whether there can be a window, and how it ends."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from ...corpus.errors import ZhengceError
from ..display.progress import open_shown
from ..exit_codes import INTERRUPTED
from .queries import Question


class BrowsingError(ZhengceError):
    """There can be no window."""


def browse(corpus: str, query: str, *, words: bool, documents: Sequence[str]) -> int:
    """Open a corpus in a window, and return the exit code when it is closed.

    Raises:
        BrowsingError: The library for windows is not installed, or there is no terminal.
        UnknownDocumentError: There is no such document, or there are several.
    """
    try:
        import textual  # noqa: F401
    except ModuleNotFoundError as error:
        raise BrowsingError("browse needs textual: pip install 'zhengce[browse]'") from error
    # The window is drawn on standard error.
    if not all(stream and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        raise BrowsingError(
            "browse needs a terminal to show its window on; `zhengce search` writes to pipes and files."
        )
    opened = open_shown(corpus)
    chosen = tuple(opened.document(name).id for name in documents)

    from .app import Browser

    window = Browser(opened, Question(query, words, chosen))
    window.run()
    if failure := getattr(window, "_exception", None):
        raise failure
    # A window that a signal has closed has no code.
    return INTERRUPTED if window.return_code is None else window.return_code
