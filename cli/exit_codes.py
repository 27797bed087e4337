"""Exit codes: what a command says to the shell."""

from __future__ import annotations

FOUND = 0
"""Something was found, or done."""

NOTHING = 1
"""Nothing was found."""

FAILED = 2
"""An error, said on stderr."""

INTERRUPTED = 130
"""Ctrl-C, as shells have it: 128 and the signal's number."""
