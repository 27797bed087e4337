"""Reads the configuration: the file, the environment, and the corpus that `zhengce use` has chosen.

What cannot be used in the file is a message with its line, and the default counts instead: a search does not fail
because of a setting.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ...corpus.errors import reason_of
from ...corpus.messages import message, sentences
from ...index.storage.generations import home
from ...index.storage.user_folders import user_folder
from ..language.choice import LANGUAGE_VARIABLE, language_named
from .configuration import ALIASES, Configuration, Origin
from .corpus_in_use import corpus_in_use

FILE_VARIABLE = "ZHENGCE_CONFIG"
CORPUS_VARIABLE = "ZHENGCE_CORPUS"
PAGER_VARIABLE = "ZHENGCE_PAGER"

# These are compiled where something is wrong; a search has no time for them.
_SYNTAX = r"(?s)(?P<message>.*?) \(at (?:line (?P<line>\d+), column \d+|end of document)\)"
# Bare keys are of ASCII letters and digits (TOML 1.0).
_UNQUOTED = r"\s*(@?[^\s\"'#=\[\]]*[^\x00-\x7f][^\s\"'#=\[\]]*|@[^\s\"'#=\[\]]+)\s*="


# What the reader of TOML says most often.
_FAULTS = (
    message("invalid value"),
    message("invalid statement"),
    message("invalid initial character for a key part"),
    message("expected '=' after a key in a key/value pair"),
    message("expected newline or end of document after a statement"),
    message("expected ']' at the end of a table declaration"),
    message("unterminated string"),
    message("unclosed array"),
    message("illegal character '\\n'"),
    message("cannot overwrite a value"),
)


class BrokenFileError(ValueError):
    """The file of the configuration cannot be read at all; the message names it, and the line."""


def configuration_path(environment: Mapping[str, str] = os.environ) -> Path:
    """Return the file of the configuration, which need not exist."""
    if chosen := environment.get(FILE_VARIABLE):
        return Path(os.path.expanduser(chosen))  # noqa: PTH111 - a user who does not exist is no error here
    return user_folder("config") / "config.toml"


def read_configuration(environment: Mapping[str, str] = os.environ) -> Configuration:
    """Return the settings that are in force.

    For the corpus, the environment comes before what `zhengce use` remembers, and that before the file. For the
    language, ``ZHENGCE_LANG`` comes before the file; for the pager, ``ZHENGCE_PAGER``, and ``PAGER`` after it, as Git
    has it. ``NO_COLOR`` comes after the file (see https://no-color.org).
    """
    path = configuration_path(environment)
    problems: list[str] = []
    tables: dict[str, Any] = {}
    text = ""
    try:
        text = read_text(path)
        tables = tables_of(path, text)
    except BrokenFileError as error:
        problems.append(sentences((str(error), message("The defaults are used."))))
    values, aliases = _checked(path, text, tables, problems)
    origins: dict[str, Origin] = dict.fromkeys(values, "file")
    places: dict[str, str] = {}

    def take(name: str, value: object, origin: Origin, place: str = "") -> None:
        values[name], origins[name], places[name] = value, origin, place

    if used := corpus_in_use(home()):
        take("corpus", used, "zhengce use")
    if named := environment.get(CORPUS_VARIABLE):
        take("corpus", named, "environment", CORPUS_VARIABLE)
    if "color" not in values and environment.get("NO_COLOR"):
        take("color", "never", "environment", "NO_COLOR")
    if (wanted := environment.get(LANGUAGE_VARIABLE, "").strip()) and (spoken := language_named(wanted)):
        take("language", spoken.partition("_")[0], "environment", LANGUAGE_VARIABLE)
    for variable in (PAGER_VARIABLE, *(() if "pager" in values else ("PAGER",))):
        if variable in environment:
            take("pager", environment[variable].strip(), "environment", variable)
            break
    return Configuration(
        **values,
        aliases=MappingProxyType(aliases),
        origins=origins,
        places=places,
        problems=tuple(problems),
    )


def read_text(path: Path) -> str:
    """Return the text of the file, empty if there is none.

    Raises:
        BrokenFileError: It cannot be read, or is not in UTF-8.
    """
    try:
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except (OSError, ValueError) as error:
        reason = reason_of(error) if isinstance(error, OSError) else str(error)
        raise BrokenFileError(message("{path} cannot be read: {reason}.", path=path, reason=reason)) from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BrokenFileError(
            message("{path}, line {line}: this is not UTF-8; save the file in UTF-8.", path=path, line=line)
        ) from error


def tables_of(path: Path, text: str) -> dict[str, Any]:
    """Return the tables of the text of the file.

    Raises:
        BrokenFileError: It is not TOML.
    """
    if not text.strip():
        return {}
    from ...corpus.sources.toml import loads

    try:
        return loads(text)
    except (ValueError, RecursionError) as error:
        raise BrokenFileError(_syntax_error(path, text, error)) from error


def _syntax_error(path: Path, text: str, error: Exception) -> str:
    lines = text.splitlines()
    found = re.fullmatch(_SYNTAX, str(error))
    line = int(found["line"]) if found and found["line"] else max(len(lines), 1)
    said = found["message"] if found else str(error)
    fault = f"{said[:1].lower()}{said[1:]}"
    fault = next((each for each in _FAULTS if each == fault), fault)
    unquoted = re.match(_UNQUOTED, lines[line - 1]) if line <= len(lines) else None
    if unquoted:
        return message(
            '{path}, line {line}: {fault}; write "{name}" in quotation marks.',
            path=path,
            line=line,
            fault=fault,
            name=unquoted[1],
        )
    return message(
        '{path}, line {line}: {fault}; write each setting as in color = "never".', path=path, line=line, fault=fault
    )


def _checked(
    path: Path, text: str, tables: Mapping[str, Any], problems: list[str]
) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the settings and the aliases of the file that can be used; add a message for each that cannot."""
    values: dict[str, Any] = {}
    aliases: dict[str, str] = {}
    if not tables:
        return values, aliases
    from .settings import SETTINGS, SettingError, alias_name, alias_query, nearest

    def problem(key: str, fault: str) -> None:
        line = _line_of(text, key)
        problems.append(message("{path}, line {line}: {fault}", path=path, line=line, fault=fault))

    for key, value in tables.items():
        if key == ALIASES:
            written = value if isinstance(value, dict) else {}
            if written is not value:
                problem(
                    key,
                    message(
                        '{name} is a table; write [{name}], and below it lines such as "班列" = "…".', name=ALIASES
                    ),
                )
            for name, query in written.items():
                try:
                    aliases[alias_name(name)] = alias_query(query)
                except SettingError as error:
                    left_out = message("the alias “{name}” is left out; {remedy}.", name=name, remedy=str(error))
                    problem(name, left_out)
        elif key not in SETTINGS:
            problem(key, message("there is no setting “{name}”; {hint}", name=key, hint=nearest(key)))
        else:
            try:
                values[key] = SETTINGS[key].read(value)
            except SettingError as error:
                unfit = message(
                    "{setting} cannot be {value}; {remedy}, as in {example}.",
                    setting=key,
                    value=_shown(value),
                    remedy=str(error),
                    example=f"{key} = {SETTINGS[key].example}",
                )
                problem(key, unfit)
    return values, aliases


def _line_of(text: str, key: str) -> int:
    """Return the number of the line where a key of the file is written, as nearly as it can be told."""
    pattern = re.compile(rf"""\s*(?:\[\s*)?["']?{re.escape(key)}["']?\s*(?:[=.\]]|$)""")
    return next((number for number, line in enumerate(text.splitlines(), 1) if pattern.match(line)), 1)


def _shown(value: object) -> str:
    return f"“{value}”" if isinstance(value, str) else str(value).lower() if isinstance(value, bool) else str(value)
