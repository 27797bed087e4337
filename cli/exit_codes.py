"""The exit codes of all commands."""

from __future__ import annotations

FOUND = 0
"""Something was found, or done."""

NOTHING = 1
"""Nothing was found."""

DOUBTFUL = 1
"""`zhengce check` found something doubtful, as linters do."""

FAILED = 2
"""An error, described on stderr."""

INTERRUPTED = 130
"""Ctrl-C: 128 plus the number of the signal, as in a shell."""
