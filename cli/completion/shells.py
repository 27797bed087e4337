"""The shells: how each says what is typed, and the form of the candidates that it takes."""

from __future__ import annotations

import os
import re
from pathlib import PurePath

import click
from click.shell_completion import (
    BashComplete,
    CompletionItem,
    FishComplete,
    ShellComplete,
    ZshComplete,
    add_completion_class,
    get_completion_class,
    split_arg_string,
)

from .scripts import BASH, FISH, INSTALL, POWERSHELL, ZSH

VARIABLE = "_ZHENGCE_COMPLETE"
"""Where the shell's script says what it wants."""

PROGRAM = "zhengce"


class _OfLine(ShellComplete):
    """A shell that tells the command line up to the cursor."""

    def get_completion_args(self) -> tuple[list[str], str]:
        """Return the words before the cursor, and the one that is being typed."""
        line = os.environ.get("COMP_LINE")
        if line is None:
            # The script of an earlier version, or of Click.
            return super().get_completion_args()
        return _words(line)


class _Bash(_OfLine, BashComplete):
    """Bash, which is told only the part of a word that it replaces."""

    source_template = BASH

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem]:
        """Return the candidates. If several have a beginning that is not what is typed, Bash would put it in its place,
        so there are none."""
        items = super().get_completions(args, incomplete)
        first, last = (pick((each.value for each in items), default="") for pick in (min, max))
        common = next(
            (size for size, (one, other) in enumerate(zip(first, last, strict=False)) if one != other), len(first)
        )
        hides = len(items) > 1 and common and not first[:common].startswith(incomplete)
        return [] if hides else items

    def complete(self) -> str:
        """Return a line for each candidate: its kind, a comma, and what replaces the word."""
        args, incomplete = self.get_completion_args()
        word = os.environ.get("COMP_WORD", incomplete)
        quoted = word[:1] in ("'", '"')
        typed = "" if word in (":", "=") else word[1:] if quoted else re.sub(r"\\(.)", r"\1", word)
        kept = len(incomplete) - len(typed) if incomplete.endswith(typed) else 0
        # Bash cuts at @, too, but Readline replaces it with what follows.
        kept -= incomplete[:kept].endswith("@")
        lines = []
        for item in self.get_completions(args, incomplete):
            value = item.value[kept:] if item.value.startswith(incomplete[:kept]) else item.value
            lines.append(f"{_kind(item)},{value if quoted else _escaped(value)}")
        return "\n".join(lines)


class _Zsh(_OfLine, ZshComplete):
    """Zsh."""

    source_template = ZSH

    def format_completion(self, item: CompletionItem) -> str:
        """Return the lines of a candidate: its kind, the value, and its description."""
        shown = CompletionItem(item.value, _kind(item), " ".join((item.help or "").split()) or None)
        return super().format_completion(shown)


class _Fish(_OfLine, FishComplete):
    """Fish, which puts no space behind a colon by itself."""

    source_template = FISH


class _PowerShell(_OfLine, ShellComplete):
    """PowerShell 5.1 and later. Click has a script for it only since 8.5."""

    name = "powershell"
    source_template = POWERSHELL

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem]:
        """Return the candidates, each as the whole word that PowerShell replaces."""
        option = re.match(r"--[^=]*=", incomplete)
        items = super().get_completions(args, incomplete)
        return [CompletionItem(option[0] + each.value, each.type, each.help) for each in items] if option else items

    def format_completion(self, item: CompletionItem) -> str:
        """Return the line of a candidate: the value, which PowerShell wants in quotes where it has more than letters
        and digits, and its description."""
        value = item.value if re.fullmatch(r"[\w./:-]+", item.value) else "'" + item.value.replace("'", "''") + "'"
        return f"{value}\t{' '.join((item.help or item.value).split())}"


def register() -> None:
    """Let Click use these shells."""
    for shell in (_Bash, _Zsh, _Fish, _PowerShell):
        add_completion_class(shell)


def script(shell: str, program: click.Command) -> str:
    """Return the script that completes the program's commands in a shell."""
    register()
    found = get_completion_class(shell)
    assert found
    return found(program, {}, PROGRAM, VARIABLE).source()


def current_shell() -> str | None:
    """Return the user's shell, if it is one of these."""
    name = PurePath(os.environ.get("SHELL", "")).name
    return name if name in INSTALL else None


def _words(line: str) -> tuple[list[str], str]:
    """Return the words of a command line up to the cursor, without the program, and the one that is being typed."""
    words = split_arg_string(line)[1:]
    if not words or (line[-1:].isspace() and not _is_open(line)):
        return words, ""
    return words[:-1], words[-1]


def _is_open(line: str) -> bool:
    """Say whether a command line ends within quotes, or with a backslash or what one stands before."""
    import shlex

    if re.search(r"(?<!\\)(\\\\)*\\.$", line):
        return True
    try:
        shlex.split(line)
    except ValueError:
        return True
    return False


def _kind(item: CompletionItem) -> str:
    """Return the kind of a candidate; a space behind the colon of a field would end the operand."""
    return "nospace" if item.type == "plain" and item.value.endswith(":") else item.type


def _escaped(value: str) -> str:
    return re.sub(r"([\s\"'`$&|;<>()\[\]{}*?!#~\\])", r"\\\1", value)
