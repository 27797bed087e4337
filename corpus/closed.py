"""Closed sets: what the type checker needs to see that a match leaves no case out."""

from __future__ import annotations

from typing import NoReturn


def assert_never(value: NoReturn, /) -> NoReturn:
    """Stand behind the last case of a match; mypy reports the case that is missing.

    `typing.assert_never` does the same from Python 3.11 on.

    Raises:
        AssertionError: Always, where it is reached after all.
    """
    raise AssertionError(f"No case handles {value!r}.")
