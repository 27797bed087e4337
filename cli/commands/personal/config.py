"""``zhengce config``: shows the settings, and sets or unsets one."""

from __future__ import annotations

from collections.abc import Iterator

import click

from ....corpus.closed import assert_never
from ....index.errors import QueryError
from ....index.indexing.corpora import define
from ....index.query.parser import parse
from ....index.storage.generations import home
from ...config.configuration import ALIAS_MARK, Configuration
from ...config.current import current
from ...config.editing import change_setting
from ...config.reading import configuration_path, read_configuration
from ...config.settings import SETTINGS, SettingError, alias_name, alias_query, nearest
from ...display.layout import cells, harmless
from ...display.messages import say
from ...display.theme import FAINT, paint
from ...help.command import argument, group
from ...output.options import OutputOptions
from ...output.writing import write_lines
from ..options import complete_settings

_GAP = 2  # cells


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
        click.echo(harmless(f"{ALIAS_MARK}{name} stands for {written} from now on."))
        return
    read = _known(key)
    try:
        chosen = SETTINGS[read].read(written)
    except SettingError as error:
        raise click.UsageError(f"{read} cannot be “{written}”; {error}.") from error
    assert isinstance(chosen, (str, int))
    if read == "corpus":
        define(home(), str(chosen))
    change_setting(configuration_path(), read, chosen)
    click.echo(harmless(f"{read} is {_shown(chosen)} from now on."))
    now = read_configuration()
    if getattr(now, read) != chosen:
        say(f"{read} is {_shown(getattr(now, read))} all the same: {_origin(now, read)} comes first.")


@config.command()
@argument("key", shell_complete=complete_settings)
def unset(key: str) -> None:
    """Remove a setting from the file, so that its default counts again, or an alias."""
    name, alias = (_alias(key), True) if _is_alias(key) else (_known(key), False)
    changed = change_setting(configuration_path(), name, None, alias=alias)
    click.echo(harmless(f"{key} is {'not set any more' if changed else 'not set in the file'}."))


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
            faint = paint(origin, FAINT, color=output.colored)
            yield f"{_padded(name, widths[0])}{_padded(value, widths[1])}{faint}"
        else:
            yield "\t".join((name, value, origin))


def _rows(configuration: Configuration) -> list[tuple[str, str, str]]:
    """Return the name, the value and the origin of each setting and alias."""
    rows = [(name, _shown(getattr(configuration, name)), _origin(configuration, name)) for name in SETTINGS]
    aliases = [(ALIAS_MARK + name, query, "file") for name, query in configuration.aliases.items()]
    return [(harmless(name), harmless(value), origin) for name, value, origin in [*rows, *aliases]]


def _origin(configuration: Configuration, name: str) -> str:
    origin, place = configuration.origin(name), configuration.places.get(name)
    match origin:
        case "environment":
            return f"{origin} ({place})"
        case "default" | "file" | "zhengce use":
            return origin
    assert_never(origin)


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
        raise click.UsageError(f"“{key}” cannot be an alias; {error}.") from error


def _known(key: str) -> str:
    name = key.lower().replace("-", "_")
    if name not in SETTINGS:
        raise click.UsageError(f"There is no setting “{key}”; {nearest(key)} An alias is written as {ALIAS_MARK}NAME.")
    return name


def _set_alias(name: str, written: str) -> None:
    """Keep an alias.

    Raises:
        QueryError: It stands for no query, or for one that leads back to the alias itself.
    """
    try:
        query = alias_query(written)
    except SettingError as error:
        raise click.UsageError(f"{ALIAS_MARK}{name} stands for nothing; {error}.") from error
    aliases = {**current().aliases, name: query}
    try:
        parse(ALIAS_MARK + name, str, aliases=aliases)
    except QueryError as error:
        raise QueryError(f"{error} Nothing is kept.", error.query, error.position, error.advice) from error
    change_setting(configuration_path(), name, query, alias=True)
