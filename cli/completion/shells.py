"""The shells: the script that each takes, and the form of the candidates. Those of zsh and fish are Click's own."""

from __future__ import annotations

import os
import re
from pathlib import PurePath

import click
from click.shell_completion import (
    BashComplete,
    CompletionItem,
    ShellComplete,
    add_completion_class,
    get_completion_class,
    split_arg_string,
)

VARIABLE = "_ZHENGCE_COMPLETE"
"""Where the shell's script says what it wants."""

PROGRAM = "zhengce"

# Bash cuts words at : and = as well, and replaces only what stands behind the last of them.
_BASH = """\
%(complete_func)s() {
    local IFS=$'\\n' line kind value
    COMPREPLY=()
    for line in $(env COMP_LINE="${COMP_LINE:0:COMP_POINT}" COMP_WORD="${COMP_WORDS[COMP_CWORD]}" \\
        %(complete_var)s=bash_complete "$1"); do
        kind=${line%%%%,*} value=${line#*,}
        case $kind in
            dir) compopt -o dirnames ;;
            file) compopt -o default ;;
            nospace) compopt -o nospace; COMPREPLY+=("$value") ;;
            *) COMPREPLY+=("$value") ;;
        esac
    done
}
complete -o nosort -F %(complete_func)s %(prog_name)s
"""

# Native output is read in the encoding of the console, which on Windows is not UTF-8.
_POWERSHELL = """\
Register-ArgumentCompleter -Native -CommandName %(prog_name)s -ScriptBlock {
    param($word, $ast, $cursor)
    [Console]::OutputEncoding = [System.Text.Encoding]::UTF8
    $env:%(complete_var)s = 'powershell_complete'
    $env:COMP_LINE = $ast.ToString().PadRight($cursor).Substring(0, $cursor)
    try { $lines = & %(prog_name)s 2>$null } finally { $env:%(complete_var)s = $null; $env:COMP_LINE = $null }
    foreach ($line in $lines) {
        $value, $about = $line -split "`t", 2
        [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $about)
    }
}
"""

INSTALL = {
    "bash": """echo 'eval "$(zhengce completion bash)"' >> ~/.bashrc""",
    "zsh": """echo 'eval "$(zhengce completion zsh)"' >> ~/.zshrc""",
    "fish": "zhengce completion fish > ~/.config/fish/completions/zhengce.fish",
    "powershell": "Add-Content $PROFILE 'zhengce completion powershell | Out-String | Invoke-Expression'",
}
"""The command that installs completion, for each shell."""


class _Bash(BashComplete):
    """Bash, which is told only the part of a word that it replaces."""

    source_template = _BASH

    def get_completion_args(self) -> tuple[list[str], str]:
        """Return the words before the cursor, and the one that is being typed."""
        line = os.environ.get("COMP_LINE")
        if line is None:
            # The script of an earlier version, or of Click.
            return super().get_completion_args()
        return _words(line)

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
            kind = "nospace" if item.type == "plain" and value.endswith(":") else item.type
            lines.append(f"{kind},{value if quoted else _escaped(value)}")
        return "\n".join(lines)


class _PowerShell(ShellComplete):
    """PowerShell 5.1 and later. Click has a script for it only since 8.5."""

    name = "powershell"
    source_template = _POWERSHELL

    def get_completion_args(self) -> tuple[list[str], str]:
        """Return the words before the cursor, and the one that is being typed."""
        return _words(os.environ["COMP_LINE"])

    def format_completion(self, item: CompletionItem) -> str:
        """Return the line of a candidate: the value, which PowerShell wants in quotes where it has more than letters
        and digits, and its description."""
        value = item.value if re.fullmatch(r"[\w./:-]+", item.value) else "'" + item.value.replace("'", "''") + "'"
        return f"{value}\t{' '.join((item.help or item.value).split())}"


def register() -> None:
    """Let Click use these shells."""
    for shell in (_Bash, _PowerShell):
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
    """Say whether a command line ends within quotes, or behind a backslash."""
    import shlex

    try:
        shlex.split(line)
    except ValueError:
        return True
    return False


def _escaped(value: str) -> str:
    return re.sub(r"([\s\"'`$&|;<>()\[\]{}*?!#~\\])", r"\\\1", value)
