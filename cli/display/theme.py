"""The theme: the look of each part of the output, the same on the terminal, in a pipe and in the window.

A look is a style of Rich, made of colours that every terminal has made readable on its background: a colour of the
first eight, ``bold`` or ``dim``. Where lines are written without Rich, whose import takes 60 ms, `paint` gives it the
form of escape sequences. In files a
match is marked by its background, in colours that are given as hexadecimal numbers.
"""

from __future__ import annotations

from typing import Final

PLACE: Final = "cyan"
"""A document and passage as `zhengce show` takes them."""

DOCUMENT: Final = "bold cyan"
"""The id of a document that heads its passages."""

TITLE: Final = "bold"
"""The title of a document, a heading, and the sum at the end."""

FAINT: Final = "dim"
"""What stands back: metadata, the numbers of passages, neighbours."""

MATCHES: Final = ("bold red", "bold blue", "bold green", "bold magenta", "bold yellow")
"""The matches of each term of a query, over and over."""

MATCH: Final = MATCHES[0]
"""A match where terms are not told apart."""

CODE: Final = "cyan"
"""What is to be typed, in a help topic."""

KEY: Final = "bold cyan"
"""A key of the window."""

NOTE: Final = "bold yellow"
"""A condition of the query that the window shows beside it."""

SELECTED: Final = "bold magenta"
"""The sign of a passage that is marked in the window."""

CURRENT: Final = "blue reverse"
"""The bar beside what is current in the window. It is reversed so as to be seen without colours."""

CHOSEN: Final = "bold reverse"
"""The line of the window that the keys act on."""

FRAME: Final = "ansi_blue"
"""The lines and scroll bars of the window, a colour of Textual."""

FRAME_UNDER_POINTER: Final = "ansi_bright_blue"
WARNING: Final = "ansi_yellow"
"""The line beside a message of the window, a colour of Textual."""

PAPER_MATCHES: Final = ("ffe48a", "bfe3ff", "c9f0c5", "f6cdf2", "ffd0b8")
"""The background of the matches of each term in a file, on white."""

DARK_MATCHES: Final = ("6b5600", "0f4f7d", "1f5c1b", "6d2566", "7a3312")
"""The same on a dark page."""

_RESET = "\x1b[0m"
_CODES = {
    "bold": "1", "dim": "2", "reverse": "7", "red": "31", "green": "32", "yellow": "33", "blue": "34", "magenta": "35",
    "cyan": "36",
}  # fmt: skip


def match_of(term: int) -> str:
    """Return the look of the matches of a term, given its number in the query."""
    return MATCHES[term % len(MATCHES)]


def paint(text: str, look: str, *, color: bool = True) -> str:
    """Return a text between escape sequences; without ``color``, the text itself."""
    start, end = escapes(look, color=color)
    return f"{start}{text}{end}"


def escapes(look: str, *, color: bool = True) -> tuple[str, str]:
    """Return the escape sequences before and after a text that has a look; both are empty without ``color``."""
    return (f"\x1b[{';'.join(_CODES[word] for word in look.split())}m", _RESET) if color else ("", "")
