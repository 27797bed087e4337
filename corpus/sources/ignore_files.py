"""Patterns of files in Git's syntax: those of ignore files, and those that choose among the files of a corpus."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathspec import PathSpec

IGNORE_FILES = (".gitignore", ".zhengceignore")
"""Files with patterns of what is left out of their folder; those of a later file win."""

Patterns = tuple[Path, "PathSpec[Any]"]
"""Patterns, and the folder that they are relative to."""


def read_ignore_file(path: Path) -> Patterns:
    """Return the patterns of an ignore file. Like Git, it skips lines that are not patterns.

    Raises:
        OSError: The file cannot be read.
    """
    lines = path.read_text(encoding="utf-8-sig", errors="replace").splitlines()
    return compile_patterns(path.parent, filter(is_pattern, lines))


def compile_patterns(folder: Path, patterns: Iterable[str]) -> Patterns:
    """Return patterns ready for matching.

    Raises:
        ValueError: One of them is not a pattern.
    """
    from pathspec import GitIgnoreSpec

    return folder, GitIgnoreSpec.from_lines(patterns)


def is_pattern(line: str) -> bool:
    """Tell whether a text is a pattern in Git's syntax."""
    try:
        compile_patterns(Path(), [line])
    except (ValueError, re.error):
        return False
    return True


def is_ignored(path: Path, ignored: Sequence[Patterns], *, is_folder: bool) -> bool:
    """Tell whether a path is left out. As in Git, the last pattern that matches it decides."""
    for folder, spec in reversed(ignored):
        include = spec.check_file(_relative(path, folder, is_folder=is_folder)).include
        if include is not None:
            return include
    return False


def is_chosen(file: Path, patterns: Patterns) -> bool:
    """Tell whether patterns choose a file."""
    folder, spec = patterns
    return spec.match_file(_relative(file, folder, is_folder=False))


def _relative(path: Path, folder: Path, *, is_folder: bool) -> str:
    relative = PurePath(path).relative_to(folder).as_posix()
    return relative + "/" if is_folder else relative
