"""``zhengce config``: shows the settings, and sets or unsets one."""

from __future__ import annotations

from collections.abc import Iterator

import click

from ....corpus.messages import Message, in_context, message, sentences
from ....index.errors import QueryError
from ....index.indexing.corpora import define
from ....index.query.parser import parse
from ....index.storage.generations import home
from ...config.configuration import ALIAS_MARK, Configuration, Origin
from ...config.current import current
from ...config.editing import change_setting
from ...config.reading import configuration_path, read_configuration
from ...config.settings import SETTINGS, SettingError, alias_name, alias_query, nearest
from ...display.layout import cells, harmless
from ...display.messages import say
from ...display.theme import FAINT, paint
from ...help.command import argument, group
from ...language.translation import gettext, translated
from ...output.options import OutputOptions
from ...output.writing import write_lines
from ..options import complete_settings

_GAP = 2  # cells

_ORIGINS: dict[Origin, Message] = {
    "default": in_context("origin of a setting", "default"),
    "file": in_context("origin of a setting", "file"),
    "environment": in_context("origin of a setting", "environment"),
    "zhengce use": in_context("origin of a setting", "zhengce use"),
}


@group(invoke_without_command=True)
@click.pass_context
def config(context: click.Context) -> None:
    """Show the settings; set or unset one.

    Each is shown with its value and where that comes from: default, file, environment or zhengce use. In a pipe, tabs
    separate the three. The settings are explained in zhengce help config.

    \b
    zhengce config
    zhengce config set color never
    zhengce config set @班列 '中欧班列 | 国际班列'
    zhengce config unset color
    """
    if context.invoked_subcommand is None:
        write_lines(_listing(current()), None)


@config.command("set")
@argument("key", shell_complete=complete_settings)
@argument("value", nargs=-1, required=True)
def set_(key: str, value: tuple[str, ...]) -> None:
    """Set a setting, or an alias: a name that stands for a query.

    \b
    zhengce config set width 80
    zhengce config set @班列 '中欧班列 | 国际班列'
    """
    written = " ".join(value)
    if _is_alias(key):
        name = _alias(key)
        _set_alias(name, written)
        alias = ALIAS_MARK + name
        click.echo(harmless(gettext("{alias} stands for {query} from now on.", alias=alias, query=written)))
        return
    read = _known(key)
    try:
        chosen = SETTINGS[read].read(written)
    except SettingError as error:
        said = gettext("{setting} cannot be “{value}”; {remedy}.", setting=read, value=written, remedy=str(error))
        raise click.UsageError(said) from error
    assert isinstance(chosen, (str, int))
    if read == "corpus":
        define(home(), str(chosen))
    change_setting(configuration_path(), read, chosen)
    click.echo(harmless(gettext("{setting} is {value} from now on.", setting=read, value=_shown(chosen))))
    now = read_configuration()
    if getattr(now, read) != chosen:
        in_force, origin = _shown(getattr(now, read)), _origin(now, read)
        say(
            gettext(
                "{setting} is {value} all the same: {origin} comes first.",
                setting=read,
                value=in_force,
                origin=origin,
            )
        )


@config.command()
@argument("key", shell_complete=complete_settings)
def unset(key: str) -> None:
    """Remove a setting from the file, so that its default counts again, or an alias."""
    name, alias = (_alias(key), True) if _is_alias(key) else (_known(key), False)
    changed = change_setting(configuration_path(), name, None, alias=alias)
    said = gettext("{setting} is not set any more.", setting=key) if changed else ""
    click.echo(harmless(said or gettext("{setting} is not set in the file.", setting=key)))


@config.command()
def path() -> None:
    """Print the path of the file. It need not exist."""
    click.echo(harmless(str(configuration_path())))


def _listing(configuration: Configuration) -> Iterator[str]:
    """Yield the settings in columns on a terminal, between tabs elsewhere."""
    rows, output = _rows(configuration), OutputOptions(color=configuration.color)
    widths = [max(cells(row[column]) for row in rows) + _GAP for column in (0, 1)]
    for name, value, origin in rows:
        if output.on_terminal:
            faint = paint(translated(origin), FAINT, color=output.colored)
            yield f"{_padded(name, widths[0])}{_padded(value, widths[1])}{faint}"
        else:
            yield "\t".join((name, value, origin))


def _rows(configuration: Configuration) -> list[tuple[str, str, str]]:
    """Return the name, the value and the origin of each setting and alias, which for programs is in English."""
    rows = [(name, _shown(getattr(configuration, name)), _origin(configuration, name)) for name in SETTINGS]
    aliases = [(ALIAS_MARK + name, query, _ORIGINS["file"]) for name, query in configuration.aliases.items()]
    return [(harmless(name), harmless(value), origin) for name, value, origin in [*rows, *aliases]]


def _origin(configuration: Configuration, name: str) -> Message:
    origin, place = configuration.origin(name), configuration.places.get(name)
    if origin == "environment":
        return message("environment ({variable})", variable=place)
    return _ORIGINS[origin]


def _shown(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value) or '""'


def _padded(text: str, width: int) -> str:
    return text + " " * (width - cells(text))


def _is_alias(key: str) -> bool:
    return key.startswith((ALIAS_MARK, "＠"))


def _alias(key: str) -> str:
    try:
        return alias_name(key)
    except SettingError as error:
        said = gettext("“{name}” cannot be an alias; {remedy}.", name=key, remedy=str(error))
        raise click.UsageError(said) from error


def _known(key: str) -> str:
    name = key.lower().replace("-", "_")
    if name not in SETTINGS:
        unknown = message("There is no setting “{name}”; {hint}", name=key, hint=nearest(key))
        aliases = message("An alias is written as {mark}NAME.", mark=ALIAS_MARK)
        raise click.UsageError(translated(sentences((unknown, aliases))))
    return name


def _set_alias(name: str, written: str) -> None:
    """Keep an alias.

    Raises:
        QueryError: It stands for no query, or for one that leads back to the alias itself.
    """
    try:
        query = alias_query(written)
    except SettingError as error:
        said = gettext("{alias} stands for nothing; {remedy}.", alias=ALIAS_MARK + name, remedy=str(error))
        raise click.UsageError(said) from error
    aliases = {**current().aliases, name: query}
    try:
        parse(ALIAS_MARK + name, str, aliases=aliases)
    except QueryError as error:
        said = sentences((str(error), message("Nothing is kept.")))
        raise QueryError(said, error.query, error.position, error.advice) from error
    change_setting(configuration_path(), name, query, alias=True)
