"""Opens the window, if there can be one, and says how it ended."""

from __future__ import annotations

import sys

from ...corpus.errors import ZhengceError
from ...corpus.installation import remedy
from ...corpus.messages import message
from ...index.chosen import Chosen
from ...index.search.results import Sort
from ..exit_codes import INTERRUPTED
from ..opening import open_shown
from ..request import Request


class NoWindowError(ZhengceError):
    """There can be no window."""


def open_window(chosen: Chosen, request: Request, sort: Sort | None = None, style: str | None = None) -> int:
    """Open a corpus in a window, and return the exit code when it is closed. The window begins with a request, an order
    of its hits and a style of citations.

    Raises:
        NoWindowError: Textual is not installed, or there is no terminal.
        UnknownDocumentError: No document, or more than one, has an id of the request.
    """
    try:
        import textual  # noqa: F401
    except ImportError as error:
        raise NoWindowError(message("browse needs {remedy}", remedy=remedy("textual"))) from error
    # The window is drawn on standard error.
    if not all(stream and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        raise NoWindowError(
            message("browse needs a terminal for its window; for pipes and files, use `zhengce search`.")
        )
    corpus = open_shown(chosen)
    request = request.resolved(corpus)

    from .app import BrowseApp

    window = BrowseApp(corpus, request, sort, style)
    window.run()
    if window.failure:
        raise window.failure
    # A window that a signal has closed has no code.
    return INTERRUPTED if window.return_code is None else window.return_code
