"""Says messages in the language of the reader. A catalogue is opened when something is first said."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import bindtextdomain, textdomain, translation
from typing import Protocol

from ...corpus.messages import Message, counted, filled, in_context, message
from .choice import CATALOGUES, SOURCE

DOMAIN = "zhengce"
"""The name of the files that catalogues are in."""

_NO_DOMAIN = "messages"  # where gettext looks by default, and finds nothing


class Catalogue(Protocol):
    """What messages are looked up in; Python's own has these methods."""

    def gettext(self, message: str, /) -> str:
        """Return the translation of a message."""

    def ngettext(self, msgid1: str, msgid2: str, n: int, /) -> str:
        """Return the translation that goes with a number."""

    def pgettext(self, context: str, message: str, /) -> str:
        """Return the translation of a message in a context."""


_language: ContextVar[str] = ContextVar("language", default=SOURCE)


def speak(language: str) -> None:
    """Say everything in a language from now on, in this thread and those that copy its context."""
    _language.set(language)
    textdomain(_NO_DOMAIN)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Say everything within the block in a language, whatever is spoken around it."""
    before = _language.set(language)
    try:
        yield
    finally:
        _language.reset(before)


def speak_in_click() -> None:
    """Let Click say in the language of the reader what it says itself: it asks gettext, which asks the environment.

    This is for when Click has something to say to people: it also asks for messages that it never shows, such as that
    there is no long option -n, and that would open a catalogue in every run.
    """
    if spoken() != SOURCE:
        bindtextdomain(DOMAIN, str(CATALOGUES))
        textdomain(DOMAIN)
        os.environ["LANGUAGE"] = spoken()


def spoken() -> str:
    """Return the language that messages are said in."""
    return _language.get()


def language_tag() -> str:
    """Return the language that messages are said in as HTML and Office have it: zh-CN."""
    return spoken().replace("_", "-")


def gettext(template: str, /, **values: object) -> str:
    """Return a sentence in the language of the reader."""
    return translated(message(template, **values))


def ngettext(one: str, several: str, /, count: int, **values: object) -> str:
    """Return a sentence that depends on a number in the language of the reader."""
    return translated(counted(one, several, count, **values))


def pgettext(context: str, template: str, /, **values: object) -> str:
    """Return a sentence whose English may mean something else elsewhere in the language of the reader."""
    return translated(in_context(context, template, **values))


def translated(text: str) -> str:
    """Return a message in the language of the reader; a text that is none as it is."""
    if not isinstance(text, Message):
        return text
    catalogue = catalogue_of(spoken())
    if catalogue is None:
        return str.__str__(text)
    if text.several:
        count = text.values["count"]
        template = catalogue.ngettext(text.template, text.several, count if isinstance(count, int) else 2)
    elif text.context:
        template = catalogue.pgettext(text.context, text.template)
    else:
        template = catalogue.gettext(text.template) if text.template else ""
    return filled(template, _translated(text.values))


@cache
def catalogue_of(language: str) -> Catalogue | None:
    """Return the catalogue of a language, None for the language of the source."""
    if language == SOURCE:
        return None
    # A catalogue that nobody has compiled is no reason to say nothing.
    return translation(DOMAIN, str(CATALOGUES), [language], fallback=True)


def _translated(values: Mapping[str, object]) -> dict[str, object]:
    return {name: translated(each) if isinstance(each, Message) else each for name, each in values.items()}
