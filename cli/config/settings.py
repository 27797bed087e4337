"""The table of settings: what each is called, which values it takes, and what it is for."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from ...corpus.messages import Message, all_of, listed, message
from .configuration import ALIAS_MARK, ALIASES, COLORS, LANGUAGES

NARROWEST = 20  # columns
GREATEST = 10_000

_ALIAS = r"\w[\w-]*"


class SettingError(ValueError):
    """A setting cannot have a value. The message says what to write instead."""


class Setting(NamedTuple):
    """A setting: what it is for, an example of a value as it is written in the file, and the function that reads a
    value of the file or of the command line."""

    about: Message
    example: str
    read: Callable[[object], object]


def _name(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise SettingError(message("write the name of a corpus"))
    return value.strip()


def _command(value: object) -> str:
    if not isinstance(value, str):
        raise SettingError(message('write a command, or "" for none'))
    return value.strip()


def _one_of(choices: tuple[str, ...]) -> Callable[[object], str]:
    def read(value: object) -> str:
        if value not in choices:
            raise SettingError(message("write one of {names}", names=listed(choices)))
        return value

    return read


def _number(least: int) -> Callable[[object], int]:
    def read(value: object) -> int:
        number = int(value) if isinstance(value, str) and value.isascii() and value.isdigit() else value
        if not isinstance(number, int) or isinstance(number, bool) or not least <= number <= GREATEST:
            raise SettingError(
                message("write a whole number from {least} to {greatest}", least=least, greatest=GREATEST)
            )
        return number

    return read


def _switch(value: object) -> bool:
    switch = {"true": True, "false": False, "on": True, "off": False}.get(str(value).lower())
    if switch is None:
        raise SettingError(message("write true or false"))
    return switch


SETTINGS: dict[str, Setting] = {
    "corpus": Setting(message("the corpus to use"), '"mine"', _name),
    "color": Setting(message("when to use colour: auto, always, never"), '"auto"', _one_of(COLORS)),
    "pager": Setting(message('the program to read long output in, "" for none'), '"less -FRX"', _command),
    "width": Setting(message("the most columns that text takes"), "100", _number(NARROWEST)),
    "per_doc": Setting(message("how many hits of each document a first look shows, 0 for all"), "3", _number(0)),
    "language": Setting(
        message("the language of the program: auto, en, zh; auto: that of the system"), '"auto"', _one_of(LANGUAGES)
    ),
    "history": Setting(message("whether queries on a terminal are kept"), "true", _switch),
}
"""The settings in the order in which they are listed. Each is a field of `Configuration`; aliases have a table of
their own in the file."""


def alias_name(written: str) -> str:
    """Return the name of an alias, which may be written with the mark before it.

    Raises:
        SettingError: No alias can be called so.
    """
    name = written.strip().removeprefix(ALIAS_MARK).removeprefix("＠")
    if not re.fullmatch(_ALIAS, name):
        raise SettingError(message("the name of an alias is made of letters, digits, _ and -, as in @班列"))
    return name


def alias_query(value: object) -> str:
    """Return the query that an alias stands for.

    Raises:
        SettingError: It is none.
    """
    if not isinstance(value, str) or not value.strip():
        raise SettingError(message('write a query, as in "中欧班列 | 国际班列"'))
    return value.strip()


def nearest(name: str) -> Message:
    """Return what to write instead of a name that no setting has."""
    from difflib import get_close_matches

    near = get_close_matches(name.lower().replace("-", "_"), [*SETTINGS, ALIASES], 1, cutoff=0.5)
    if near:
        return message("did you mean {name}?", name=near[0])
    return message("the settings are {names}.", names=all_of([*SETTINGS, ALIASES]))
