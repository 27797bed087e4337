"""The configuration of the command that is running: read once, when the program starts, and kept in Click's context."""

from __future__ import annotations

import click

from .configuration import Configuration
from .reading import read_configuration


def current() -> Configuration:
    """Return the configuration of the command that is running. Without one, as in shell completion, it is read now."""
    context = click.get_current_context(silent=True)
    found = context.find_object(Configuration) if context else None
    if found is None:
        found = read_configuration()
        if context:
            context.find_root().obj = found
    return found
