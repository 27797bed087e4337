"""What is wrong with a command line, in whole sentences: Click's own are glued of parts, as English has them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import click

from ...corpus.messages import Message, any_of, listed, message, sentences
from ..language.translation import gettext, speak_in_click, translated


def usage_error(error: click.ClickException) -> str:
    """Return the message for a wrong command line: what is wrong, how it is used, and where more is said."""
    said = said_of(error)
    context = error.ctx if isinstance(error, click.UsageError) else None
    if context is None:
        return said
    hint = gettext("Try `{command} --help`.", command=context.command_path)
    return f"{said}\n{context.get_usage()}\n{hint}"


def said_of(error: click.ClickException) -> str:
    """Return what a wrong command line has wrong, in the language of the reader."""
    speak_in_click()
    match error:
        case click.NoSuchOption():
            unknown = message("There is no option {name}.", name=error.option_name)
            return translated(sentences((unknown, did_you_mean(error.possibilities or ()))))
        case click.MissingParameter() if error.param:
            name = error.param.get_error_hint(error.ctx)
            return translated(message("The argument {name} is missing.", name=name))
    return error.format_message()


def no_such_command(name: str, word: str, names: Iterable[str]) -> Message:
    """Return what is said of a command that there is not. ``name`` is what was written, ``word`` the last word of it,
    in the place of which one of ``names`` may stand."""
    return sentences((message("There is no command “{name}”.", name=name), nearest(word, names)))


def nearest(word: str, names: Iterable[str]) -> Message:
    """Return which of the names may be meant by a word, or all if none is like it."""
    from difflib import get_close_matches

    every = sorted({*names})
    near = get_close_matches(word.lower(), every, cutoff=0.6)
    if near or not every:
        return did_you_mean(near)
    return message("Choose one of: {names}.", names=listed(every))


def did_you_mean(names: Sequence[str]) -> Message:
    """Return the question whether one of some names was meant, empty for none."""
    return message("Did you mean {names}?", names=any_of(names)) if names else Message("", {})
