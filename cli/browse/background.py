"""Work in the background of a window, so that it lives on meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress

from textual.app import App
from textual.message import Message

from ...corpus.errors import ZhengceError

Take = Callable[[], None]
"""Takes in what was done, in the window's own thread."""


class BackgroundApp(App[None]):
    """A window that has things done in other threads."""

    class Done(Message):
        """Something is done; how to take it in."""

        def __init__(self, take: Take) -> None:
            self.take = take
            super().__init__()

    def say(self, message: str) -> None:
        """Say something in the window."""
        raise NotImplementedError

    def aside(self, work: Callable[[], Take]) -> None:
        """Do something in another thread, which is no reason not to end the program; its errors are said."""

        def run() -> None:
            try:
                take = work()
            except ZhengceError as error:
                take = self._saying(str(error))
            except Exception as error:
                take = self._saying(f"something went wrong that should not: {type(error).__name__}: {error}.")
            with suppress(RuntimeError):  # the window is gone
                self.post_message(self.Done(take))

        threading.Thread(target=run, daemon=True).start()

    def on_background_app_done(self, event: Done) -> None:
        """Take in what was done."""
        event.take()

    def _saying(self, message: str) -> Take:
        return lambda: self.say(message)
