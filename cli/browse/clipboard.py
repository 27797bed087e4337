"""The clipboard: what is copied of a passage, and how a terminal multiplexer takes it."""

from __future__ import annotations

import os
import subprocess
from contextlib import suppress

from ...index.model import Hit
from ..display.layout import harmless
from ..output.writing import citing

_SECONDS = 2  # tmux answers at once, or is not there any more


def with_citation(hit: Hit, style: str | None) -> tuple[str, str]:
    """Return what is copied of a passage: its text with its citation below, and the citation by itself. A style of
    None is the short one of the program."""
    citation = citing(style)(hit.document, hit.passage)
    return f"{harmless(hit.passage.text, tabs=True)}\n{citation}", citation


def give_to_tmux(text: str) -> None:
    """Give a text to tmux, if the window is in it: unless it is told to (``set-clipboard on``), tmux ignores what a
    program in it copies by OSC 52. It does not matter if this fails."""
    if not os.environ.get("TMUX"):
        return
    with suppress(OSError, subprocess.SubprocessError):
        subprocess.run(
            ["tmux", "load-buffer", "-w", "-"],
            input=text.encode(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_SECONDS,
            check=False,
        )
