"""Changes a setting in the file of the configuration, and leaves its other lines and comments as they are.

A library such as tomlkit edits whole documents, and would be one more to install for the change of one line. Here the
line is replaced, and what the file says then is compared with what it should say.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ...corpus.errors import ZhengceError, reason_of
from ...corpus.messages import message, sentences
from ..destination import OutputError, open_destination
from .configuration import ALIAS_MARK, ALIASES
from .reading import BrokenFileError, read_text, tables_of

_TABLE = re.compile(r"\s*\[")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_ESCAPED = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


class EditingError(ZhengceError):
    """The file of the configuration cannot be changed by the program."""


def change_setting(path: Path, key: str, value: str | int | bool | None, *, alias: bool = False) -> bool:
    """Set a key of the file, or remove it (None). ``alias`` says that it is a key of the table of aliases. Return
    whether the file said otherwise before.

    Raises:
        EditingError: The file cannot be read or written, or has a form that the program does not change.
    """
    try:
        text = read_text(path)
        before = tables_of(path, text)
    except BrokenFileError as error:
        raise EditingError(sentences((str(error), message("Mend it first.")))) from error
    if alias and ALIAS_MARK + key in before.get(ALIASES, {}):
        key = ALIAS_MARK + key
    wanted = _with(before, key, value, alias=alias)
    if wanted == before:
        return False
    changed = _with_line(text, key, None if value is None else f"{_key(key)} = {_literal(value)}", alias=alias)
    try:
        changed.encode("utf-8")
        done = tables_of(path, changed) == wanted
    except UnicodeEncodeError as error:
        raise EditingError(message("The value is not text in the encoding of the terminal.")) from error
    except BrokenFileError:
        done = False
    if not done:
        line = f"{_key(key)} = {_literal(value or '')}"
        raise EditingError(
            message(
                "{path} writes {key} in a form that is not changed here; edit it by hand, as in {line}",
                path=path,
                key=key,
                line=line,
            )
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with open_destination(str(path)) as stream:
            stream.write(changed)
    except OutputError as error:
        raise EditingError(str(error)) from error
    except OSError as error:
        raise EditingError(
            message("{path} cannot be written: {reason}.", path=path, reason=reason_of(error))
        ) from error
    return True


def _with(tables: Mapping[str, Any], key: str, value: object, *, alias: bool) -> dict[str, Any]:
    """Return the tables with a key set or removed. A table of aliases without any is none."""
    if alias:
        old = tables.get(ALIASES, {})
        inner = {**(old if isinstance(old, dict) else {}), key: value}
        aliases = {name: query for name, query in inner.items() if query is not None}
        changed: dict[str, Any] = {**tables, ALIASES: aliases}
        if not aliases and ALIASES not in tables:
            del changed[ALIASES]
        return changed
    return {name: each for name, each in {**tables, key: value}.items() if each is not None}


def _with_line(text: str, key: str, line: str | None, *, alias: bool) -> str:
    """Return the text with the line of a key replaced, added or removed."""
    lines = text.splitlines()
    start, end = _part(lines, alias=alias)
    if start is None:
        return "\n".join([*lines, *([""] if lines else []), f"[{ALIASES}]", *([line] if line else []), ""])
    names = "|".join(re.escape(each) for each in (key, f'"{key}"', f"'{key}'"))
    written = re.compile(rf"\s*(?:{names})\s*=")
    found = next((number for number in range(start, end) if written.match(lines[number])), None)
    if found is not None:
        lines[found : found + 1] = [line] if line else []
    elif line:
        # Before the blank lines that part it from the next table.
        while end > start and not lines[end - 1].strip():
            end -= 1
        lines.insert(end, line)
    return "\n".join([*lines, ""])


def _part(lines: list[str], *, alias: bool) -> tuple[int | None, int]:
    """Return the lines before the first table, or those of the table of aliases; None if there is no such table."""
    tables = [number for number, line in enumerate(lines) if _TABLE.match(line)]
    if not alias:
        return 0, tables[0] if tables else len(lines)
    own = [number for number in tables if re.match(rf"\s*\[\s*{ALIASES}\s*\]", lines[number])]
    if not own:
        return None, len(lines)
    return own[0] + 1, next((number for number in tables if number > own[0]), len(lines))


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _literal(key)


def _literal(value: str | int | bool) -> str:
    """Return a value as TOML writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    escaped = "".join(_ESCAPED.get(each, each if each.isprintable() else f"\\u{ord(each):04x}") for each in value)
    return f'"{escaped}"'
