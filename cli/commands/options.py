"""Options and arguments that several commands share, and what turns them into one object."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.core import ParameterSource

from ...corpus.messages import Message, all_of, listed, message, sentences
from ...index.chosen import Chosen
from ...index.indexing.corpora import BUNDLED
from ..config.configuration import COLORS, ColorSetting
from ..config.current import current
from ..config.reading import CORPUS_VARIABLE
from ..export.table import BY_NAME, EXPORTS, format_of
from ..help.command import Command, option
from ..help.usage import said_of
from ..help.values import Choice, PathType
from ..language.translation import gettext, translated

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

_Command = TypeVar("_Command", bound=Callable[..., Any])
_Options = TypeVar("_Options")
_Value = TypeVar("_Value")

_PATHS = "zhengce.paths"  # where Click's context keeps what --in names, until --corpus is read

LAST_QUERY = ""
"""The value of --query where it stands by itself."""

WORDS_OR_KEYWORDS = message("-w goes with terms; -k asks for whole words already.")
"""The message for a query that is to be read in both ways."""


def contradiction(one: str, other: str) -> Message:
    """Return the message for two options that cannot both be given."""
    return message("{one} and {other} contradict each other.", one=one, other=other)


# A dash before one of these begins no option but NOT: -重庆, -(成都 | 重庆), -"…", -=人民, -/…/, -@班列.
_NOT = re.compile(r"-(?=[^\x00-\x7f]|[(\"=/@])")
_NOT_OR_OPTIONS = re.compile(r"-[A-Za-z]{2,}")


def _late(name: str) -> Callable[[click.Context, click.Parameter, str], list[CompletionItem]]:
    """Return a function of the candidates of completion, which is imported when a shell asks: 5 ms of each search."""

    def complete(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
        candidates = import_module("..completion.candidates", __package__)
        items: list[CompletionItem] = getattr(candidates, name)(context, parameter, incomplete)
        return items

    return complete


complete_corpora = _late("complete_corpora")
complete_documents = _late("complete_documents")
complete_query = _late("complete_query")
complete_settings = _late("complete_settings")
complete_topics = _late("complete_topics")


def _chosen(context: click.Context, parameter: click.Parameter, given: Sequence[str]) -> Chosen:
    """Return what is searched: the folders and files of --in, else the corpora that are named on the command line or in
    the environment, or else the one in use.

    Raises:
        UnknownCorpusError: The one in use does not exist any more.
        click.UsageError: Folders and corpora are named.
    """
    source = context.get_parameter_source(parameter.name or "")
    if paths := context.meta.get(_PATHS):
        if source is ParameterSource.COMMANDLINE:
            raise click.UsageError(translated(contradiction("--in", "--corpus")))
        return Chosen((), paths)
    if given:
        names = tuple(dict.fromkeys(given))
        return Chosen(names, prefixed=len(names) > 1, by_default=source is not ParameterSource.COMMANDLINE)
    return Chosen((_in_use(context),), by_default=True)


def _one_corpus(context: click.Context, parameter: click.Parameter, given: Sequence[str]) -> str:
    """Return the one corpus that a command can do something with.

    Raises:
        UnknownCorpusError: The one in use does not exist any more.
        click.UsageError: Several are named.
    """
    names = _chosen(context, parameter, given).names
    if len(names) > 1:
        raise click.UsageError(
            gettext(
                "{command} takes one corpus; --corpus names {names}.",
                command=context.info_name,
                names=translated(listed(names)),
            )
        )
    return names[0]


def _one(context: click.Context, parameter: click.Parameter, given: Sequence[str]) -> Chosen:
    """Return what is searched, of which there may be one corpus; errors are those of `_one_corpus`."""
    chosen = _chosen(context, parameter, given)
    if not chosen.paths:
        _one_corpus(context, parameter, given)
    return chosen


def _keep_paths(context: click.Context, parameter: click.Parameter, given: tuple[Path, ...]) -> None:
    context.meta[_PATHS] = tuple(dict.fromkeys(given))


def _in_use(context: click.Context) -> str:
    """Return the corpus in use."""
    configuration = current()
    if configuration.corpus != BUNDLED and not context.resilient_parsing:
        from ..config.choice import check_corpus

        check_corpus(configuration)
    return configuration.corpus


def _color(context: click.Context, parameter: click.Parameter, given: ColorSetting | None) -> ColorSetting:
    return given or current().color


def _corpus_option(
    callback: Callable[[click.Context, click.Parameter, Sequence[str]], object], name: str, about: str
) -> Callable[[_Command], _Command]:
    return option(
        "--corpus", name, envvar=CORPUS_VARIABLE, show_envvar=True, metavar="NAME", multiple=True, callback=callback,
        shell_complete=complete_corpora,
        help=f"{about}  [default: the one that zhengce use has chosen, else bundled]",
    )  # fmt: skip


_in_option = option(
    "--in", "paths", metavar="PATH", multiple=True, type=PathType(exists=True, path_type=Path),
    is_eager=True, expose_value=False, callback=_keep_paths,
    help="Use the documents in this folder or file instead of a corpus. May be repeated.",
)  # fmt: skip

corpus_option = _corpus_option(_one_corpus, "corpus_name", "The corpus to use.")


def chosen_option(command: _Command) -> _Command:
    """Add --corpus and --in to a command that takes what they choose as ``chosen``."""
    return _corpus_option(_chosen, "chosen", "The corpus to use. May be repeated.")(_in_option(command))


def one_chosen_option(command: _Command) -> _Command:
    """Add --corpus, which may name one corpus, and --in to a command that takes what they choose as ``chosen``."""
    return _corpus_option(_one, "chosen", "The corpus to use.")(_in_option(command))


keywords_option = option(
    "-k", "--keywords", is_flag=True, help="Read QUERY as natural language: any of its words, best passages first."
)
words_option = option("-w", "--word", "words", is_flag=True, help="Match whole words only, as jieba cuts them.")
documents_option = option(
    "--doc",
    "documents",
    multiple=True,
    metavar="DOC",
    shell_complete=complete_documents,
    help="Search only this document, named as for zhengce show. May be repeated.",
)
query_option = option(
    "--query", is_flag=False, flag_value=LAST_QUERY, metavar="[QUERY]",
    shell_complete=complete_query,
    help="Mark or count the matches of a query; without QUERY, of the last one searched for on a terminal.",
)  # fmt: skip
color_option = option(
    "--color", type=Choice(COLORS), callback=_color,
    help="When to use colour; auto: on a terminal, unless NO_COLOR is set.  [default: as configured, else auto]",
)  # fmt: skip
layout_option = option(
    "--layout", type=Choice(["auto", "page", "lines"]), default="auto", show_default=True,
    help="A page for people, or lines for programs; auto: a page on a terminal.",
)  # fmt: skip
pager_option = option(
    "--no-pager", is_flag=True, help="Print a page longer than the screen at once, not through the pager."
)
format_option = option(
    "-f", "--format", "format_", type=Choice([each.name for each in EXPORTS if each.is_listing]),
    default=EXPORTS[0].name, show_default=True, help="Write text, or one JSON object per line.",
)  # fmt: skip
# Shells complete the names of files; whether one can be written is found out by writing it.
WRITTEN_FILE = PathType(readable=False)
output_option = option("-o", "--output", "file", metavar="FILE", type=WRITTEN_FILE, help="Write to a file.")


def check_listing(file: str | None) -> None:
    """Check that what is listed can be written as the ending of a file's name says.

    Raises:
        MissingWriterError: No format is written that has this ending.
        click.UsageError: It is the ending of another format than text and JSON lines.
    """
    chosen = format_of(file)
    if not BY_NAME[chosen].is_listing:
        formats = translated(all_of(each.name for each in EXPORTS if each.is_listing))
        raise click.UsageError(
            gettext("This is written as {formats}, not as {format}.", formats=formats, format=chosen)
        )


def as_one(kind: Callable[..., _Options]) -> Callable[[Callable[[_Options], _Value]], Callable[..., _Value]]:
    """Return a decorator for a command that takes its options as one object of a class that has a field for each."""

    def decorate(command: Callable[[_Options], _Value]) -> Callable[..., _Value]:
        @wraps(command)
        def run(**options: Any) -> _Value:
            return command(kind(**options))

        return run

    return decorate


class QueryCommand(Command):
    """A command that takes a query, in which -重庆 is no option but means NOT 重庆."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the command line. A dash that means NOT is replaced by the full-width one, which means the same in a
        query and nothing to Click.

        Raises:
            click.UsageError: An option is unknown or wrong. If it may have been meant as NOT, the message says how to
                write that.
        """
        doubtful = [each[1:] for each in args if _NOT_OR_OPTIONS.fullmatch(each)]
        written = [_NOT.sub("－", each, count=1) if _NOT.match(each) else each for each in args]
        try:
            return super().parse_args(ctx, written)
        except click.UsageError as error:
            if not doubtful:
                raise
            hint = message("To leave out passages with {text}, write NOT {text}.", text=doubtful[0])
            raise click.UsageError(translated(sentences((said_of(error), hint))), ctx) from error
