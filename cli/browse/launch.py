"""Browsing: whether there can be a window, and how it ends."""

from __future__ import annotations

import sys

from ...corpus.errors import ZhengceError
from ..display.progress import open_shown
from ..exit_codes import INTERRUPTED
from ..request import Request


class BrowsingError(ZhengceError):
    """There can be no window."""


def open_window(corpus_name: str, request: Request) -> int:
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
    opened = open_shown(corpus_name)
    chosen = tuple(opened.document(name).id for name in request.documents)

    from .app import Browser

    window = Browser(opened, request._replace(documents=chosen))
    window.run()
    if failure := getattr(window, "_exception", None):
        raise failure
    # A window that a signal has closed has no code.
    return INTERRUPTED if window.return_code is None else window.return_code
