"""What to do about a library that is missing from this installation, or does not work in it.

Every search imports this module, so what it imports for a message waits until there is one.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence

from .messages import message

_PACKAGE = "zhengce"
# Where a library is not imported by the name that it is installed by.
_DISTRIBUTIONS = {"markdown_it": "markdown-it-py", "whoosh": "Whoosh-Reloaded"}


def faulty(error: ImportError | OSError, libraries: Sequence[str]) -> str | None:
    """Return which of the libraries that a module imports is missing or does not load, as the error of importing the
    module says; None where the error is not about them."""
    name = (getattr(error, "name", None) or "").partition(".")[0]
    if name in libraries:
        return name
    # A library whose binary does not fit the system may fail with any other name, or with none.
    is_other = isinstance(error, ModuleNotFoundError) or name == _PACKAGE
    return None if is_other else next(iter(libraries), None)


def remedy(library: str) -> str:
    """Return a library and the command that installs it for this interpreter, as the end of "it needs …"."""
    import shlex

    name = _DISTRIBUTIONS.get(library, library)
    command = [sys.executable, "-m", "pip", "install"]
    if not is_installed(library):
        return message("{library}: {command}", library=library, command=shlex.join([*command, _requirement(name)]))
    again = shlex.join([*command, "--force-reinstall", _requirement(name)])
    return message("{library}, which does not load: {command}", library=library, command=again)


def is_installed(library: str) -> bool:
    """Tell whether a library is there, which does not mean that it loads."""
    from importlib.util import find_spec

    try:
        return find_spec(library) is not None
    except ValueError:  # It is in memory, but nobody knows from where.
        return True


def _requirement(name: str) -> str:
    """Return a library with the versions of it that the program works with."""
    from importlib.metadata import PackageNotFoundError, requires

    try:
        listed = requires(_PACKAGE) or ()
    except PackageNotFoundError:
        listed = ()
    found = (re.match(r"([\w.-]+)[^;\s]*", each) for each in listed)
    return next((each[0] for each in found if each and each[1].lower() == name.lower()), name)
