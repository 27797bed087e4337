"""TOML of the standard library, or of tomli for Python 3.10, which has none."""

from __future__ import annotations

import sys
from typing import Any


def loads(text: str) -> dict[str, Any]:
    """Return the tables of a TOML text. The parser is imported at the first call.

    Raises:
        ValueError: The text is not TOML.
        RecursionError: Its tables are nested too deep.
    """
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib

    tables: dict[str, Any] = tomllib.loads(text)
    return tables
