"""Work in other threads, so that the window answers keys meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from contextvars import copy_context

from textual.message import Message

from ...corpus.errors import ZhengceError
from ..language.translation import gettext
from .textual_adapter import Window

Apply = Callable[[], None]
"""Applies the outcome of some work to the window, in the window's own thread."""


class BackgroundApp(Window):
    """A window that works in other threads."""

    class Done(Message):
        """Some work is done; ``apply`` applies its outcome."""

        def __init__(self, apply: Apply) -> None:
            self.apply = apply
            super().__init__()

    def say(self, message: str, *, passing: bool = False) -> None:
        """Show a message in the window; a ``passing`` one only until the reader goes on."""
        raise NotImplementedError

    def in_background(self, work: Callable[[], Apply | None]) -> None:
        """Do some work in another thread, in the language of this one, then apply its outcome, if it has one; if it
        fails, show the error. The program can end before the work does."""

        def run() -> None:
            try:
                apply = work()
            except ZhengceError as error:
                apply = self._saying(str(error))
            except Exception as error:
                name = type(error).__name__
                said = gettext("something went wrong that should not: {name}: {error}.", name=name, error=error)
                apply = self._saying(said)
            if apply:
                with suppress(RuntimeError):  # the window is closed
                    self.post_message(self.Done(apply))

        threading.Thread(target=copy_context().run, args=(run,), daemon=True).start()

    def on_background_app_done(self, event: Done) -> None:
        """Apply the outcome of some work."""
        event.apply()

    def _saying(self, message: str) -> Apply:
        return lambda: self.say(message)
