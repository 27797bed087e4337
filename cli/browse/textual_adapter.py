"""The private parts of Textual that the window uses, and nothing else that depends on its version.

They are `App._fatal_error`, which Textual calls after an unexpected error, `App._close_messages_no_wait`, which ends
the window, and `App._exception`, the error. Textual 8 has them; setup.cfg bounds the version.
"""

from __future__ import annotations

from textual.app import App


class Window(App[None]):
    """A window that ends after an unexpected error and keeps it, so that the command line can report it as every
    other. Textual would print a page of traceback."""

    @property
    def failure(self) -> Exception | None:
        """Return the unexpected error that ended the window, if one did."""
        return self._exception

    def _fatal_error(self) -> None:
        self._close_messages_no_wait()
