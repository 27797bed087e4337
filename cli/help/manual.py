"""The manual: the whole help of the program as one man page (roff), made of its commands and topics."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import version
from itertools import pairwise
from typing import TYPE_CHECKING

import click

from ...corpus.messages import clauses, in_context
from ..language.choice import SOURCE
from ..language.translation import gettext, speak_in_click, spoken, translated
from .help_text import translated_help
from .table import NAMES, about, read_topic

if TYPE_CHECKING:
    from markdown_it.token import Token

_ITEM = "\\[bu]"

_NAME = in_context("man page", "NAME")
_SYNOPSIS = in_context("man page", "SYNOPSIS")
_DESCRIPTION = in_context("man page", "DESCRIPTION")
_OPTIONS = in_context("man page", "OPTIONS")
_COMMANDS = in_context("man page", "COMMANDS")


def manual(program: click.Context) -> Iterator[str]:
    """Yield the lines of the man page of a program, given the context of its group."""
    from markdown_it import MarkdownIt

    name = program.info_name or ""
    yield f'.TH {name.upper()} 1 "" "{name} {version(name)}" "{name}"'
    if spoken() != SOURCE:
        # With it, groff breaks lines between characters.
        yield f".mso {spoken().partition('_')[0]}.tmac"
    speak_in_click()
    yield from (".nh", ".ad l")  # no hyphens and no gaps: Chinese has neither
    first, _, rest = translated_help(program.command.help or "").partition("\n")
    yield from (_heading(_NAME), f"{name} \\- {_text(first.rstrip('.。'))}", _heading(_SYNOPSIS))
    yield from (f".B {name}", _text(" ".join(program.command.collect_usage_pieces(program))))
    yield from (_heading(_DESCRIPTION), *_help(rest), _heading(_OPTIONS), *_options(program))
    yield _heading(_COMMANDS)
    for context in _commands(program):
        usage = " ".join(context.command.collect_usage_pieces(context))
        yield f'.SS "{_text(f"{context.command_path} {usage}")}"'
        yield from _help(translated_help(context.command.help or ""))
        yield from _options(context)
    reader = MarkdownIt().enable("table")
    for topic in NAMES:
        yield _heading(topic.upper())
        yield _text(gettext("{sentence}.", sentence=about(topic)))
        yield from _markdown(reader.parse(read_topic(topic).partition("\n")[2]))


def _heading(title: str) -> str:
    text = _text(translated(title))
    return f'.SH "{text}"' if " " in text else f".SH {text}"


def _commands(context: click.Context) -> Iterator[click.Context]:
    """Yield the commands below a group, each after the group that it is in."""
    group = context.command
    if not isinstance(group, click.Group):
        return
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command and not command.hidden:
            inner = click.Context(command, context, info_name=name, **command.context_settings)
            yield inner
            yield from _commands(inner)


def _help(text: str) -> Iterator[str]:
    r"""Yield the paragraphs of a help text; the lines of one that begins with \b stay as they are."""
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        if paragraph.startswith("\b"):
            yield from _verbatim(paragraph.removeprefix("\b").strip("\n").split("\n"))
        elif paragraph:
            yield ".PP"
            yield from _lines(paragraph)


def _options(context: click.Context) -> Iterator[str]:
    """Yield the options of a command with their help."""
    for parameter in context.command.get_params(context):
        record = parameter.get_help_record(context)
        if record and record[1]:
            yield from (".TP", f"\\fB{_text(record[0])}\\fR", *_lines(record[1]))


def _markdown(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield a page of Markdown: headings, paragraphs, lists, blocks of code, and tables, whose rows become items."""
    cells: list[str] = []
    in_item = in_head = False
    for before, token in pairwise([None, *tokens]):
        assert token
        match token.type:
            case "heading_open":
                yield ".SS"
            case "fence" | "code_block":
                yield from _verbatim(token.content.rstrip("\n").split("\n"))
            case "list_item_open":
                in_item = True
                yield f".IP {_ITEM} 2"
            case "list_item_close":
                in_item = False
            case "paragraph_open" if not in_item:
                yield ".PP"
            case "thead_open" | "thead_close":
                in_head = token.type == "thead_open"
            case "tr_close" if cells:
                if not in_head:
                    yield from (".TP", f"\\fB{cells[0]}\\fR", _guarded(translated(clauses(filter(None, cells[1:])))))
                cells = []
            case "inline":
                text = _breakable("".join(map(_inline, token.children or ())))
                if before and before.type in ("th_open", "td_open"):
                    cells.append(text.replace("\n", " "))
                else:
                    yield from map(_guarded, text.split("\n"))


def _inline(token: Token) -> str:
    """Return a part of a line of text."""
    match token.type:
        case "code_inline":
            return f"\\fB{_text(token.content)}\\fR"
        case "softbreak" | "hardbreak":
            return "\n"
        case "strong_open" | "em_open":
            return "\\fB"
        case "strong_close" | "em_close":
            return "\\fR"
    return _text(token.content)


def _breakable(text: str) -> str:
    """Return a text that may break between a Chinese mark and Latin letters or code. By itself groff does not break
    there, and takes minutes to find that out in a long list."""
    return re.sub(r"(?<=[、，；：。）])(?=\\fB|[A-Za-z])", r"\\:", text)


def _verbatim(lines: Iterable[str]) -> Iterator[str]:
    """Yield lines that are shown as they are, set in."""
    yield from (".PP", ".RS 2", ".nf", *(_guarded(_text(line)) for line in lines), ".fi", ".RE")


def _lines(text: str) -> Iterator[str]:
    return (_guarded(_breakable(_text(line.strip()))) for line in text.split("\n"))


def _text(text: str) -> str:
    """Return a text in which roff acts on nothing. A hyphen would be shown as a sign that nobody can type."""
    return text.replace("\\", "\\[rs]").replace("-", "\\-").replace('"', "\\[dq]").replace("'", "\\[aq]")


def _guarded(line: str) -> str:
    """Return a line that is no request, though it may begin with a full stop."""
    return f"\\&{line}" if line.startswith(".") else line
