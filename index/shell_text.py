"""Words as they are typed in a shell, for the commands that messages name."""

from __future__ import annotations

import re

# What a shell reads as more than itself; @ is PowerShell's.
_SHELL = r"""[\s"'`$&|;<>()\[\]{}*?!#~\\@=]"""


def quoted(word: str) -> str:
    """Return a word as it is typed in a shell: in single quotes if a shell would read it otherwise."""
    return word if word and not re.search(_SHELL, word) else "'" + word.replace("'", "'\\''") + "'"
