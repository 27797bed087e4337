"""The settings that are in force: one value, which is made when the program starts and never changes."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

from ...index.indexing.corpora import BUNDLED

ColorSetting = Literal["auto", "always", "never"]
LanguageSetting = Literal["auto", "en", "zh"]
Origin = Literal["default", "file", "environment", "zhengce use"]

COLORS: tuple[ColorSetting, ...] = ("auto", "always", "never")
LANGUAGES: tuple[LanguageSetting, ...] = ("auto", "en", "zh")

ALIASES = "aliases"
"""The name of the table of aliases."""

ALIAS_MARK = "@"
"""Stands before the name of an alias in a query, and where a setting is named."""


class Configuration(NamedTuple):
    """The settings that are in force, each with a field, and where each comes from that is not a default.

    ``corpus`` is the corpus to use where ``--corpus`` names none. ``pager`` is a command, empty for none. ``width`` is
    the greatest number of columns of text, ``per_doc`` the number of hits of a document in a first look (0: all).
    ``aliases`` are queries by name. ``problems`` are messages about what in the file could not be used. ``places`` says
    more closely where a setting comes from, such as the name of a variable.
    """

    corpus: str = BUNDLED
    color: ColorSetting = "auto"
    pager: str = "less -FRX"
    width: int = 100
    per_doc: int = 3
    language: LanguageSetting = "auto"
    history: bool = True
    aliases: Mapping[str, str] = MappingProxyType({})
    origins: Mapping[str, Origin] = MappingProxyType({})
    places: Mapping[str, str] = MappingProxyType({})
    problems: tuple[str, ...] = ()

    def origin(self, name: str) -> Origin:
        """Return where a setting comes from."""
        return self.origins.get(name, "default")
