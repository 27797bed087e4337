"""``zhengce use``: chooses the corpus that all commands use."""

from __future__ import annotations

import sys

import click

from ....index.indexing.corpora import define
from ....index.storage.generations import home
from ...config.choice import check_corpus, why
from ...config.configuration import Configuration
from ...config.corpus_in_use import corpus_in_use, use_corpus
from ...config.current import current
from ...config.reading import read_configuration
from ...display.layout import harmless
from ...display.messages import say
from ...help.command import argument, command, option
from ...language.translation import gettext, translated
from ..options import complete_corpora


@command()
@argument("name", required=False, shell_complete=complete_corpora)
@option("--unset", is_flag=True, help="Forget the choice.")
def use(name: str | None, unset: bool) -> None:
    """Choose the corpus that all commands use.

    It is remembered until you choose another. Without NAME, show which corpus is used, and why: that of --corpus comes
    first, then that of ZHENGCE_CORPUS, of `zhengce use`, of the configuration, and then the bundled one.

    \b
    zhengce use
    zhengce use bundled
    zhengce use --unset
    """
    if name is not None and unset:
        raise click.UsageError(gettext("Write a NAME or --unset, not both."))
    if name is not None:
        define(home(), name)
        use_corpus(home(), name)
        click.echo(gettext("Commands use the corpus {name} from now on.", name=harmless(name)))
    elif unset:
        had = corpus_in_use(home())
        use_corpus(home(), None)
        if had is None:
            click.echo(gettext("Nothing was chosen."))
        else:
            click.echo(gettext("The corpus {name} is not chosen any more.", name=harmless(had)))
    now = read_configuration()
    if name is None and not unset:
        check_corpus(current())
        gap = "  " if sys.stdout.isatty() else "\t"
        reason = translated(why(now))
        click.echo(f"{harmless(now.corpus)}{gap}{reason}")
        chosen = corpus_in_use(home())
        if chosen not in (None, now.corpus):
            say(_passed_over(str(chosen), now))
    elif now.corpus != name and (name is not None or now.origin("corpus") != "default"):
        say(gettext("the corpus is {name} all the same: {reason}.", name=now.corpus, reason=why(now)))


def _passed_over(chosen: str, now: Configuration) -> str:
    """Return the message that another corpus is used than the one that was chosen."""
    return gettext("zhengce use has chosen {chosen}, but {reason}, which comes first.", chosen=chosen, reason=why(now))
