"""The template of the catalogues: everything that the program says to people, as its source has it.

    python tests/catalogue.py        brings the catalogues up to date with the source, and compiles them

A sentence that is new stands in a catalogue without a translation; one that has changed, with its old translation and
marked as fuzzy. Neither passes the tests.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import click
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir, extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from pages import contexts
from zhengce.cli.commands.program import COMMANDS, GROUPS
from zhengce.cli.commands.program import zhengce as program
from zhengce.cli.help.help_text import help_messages
from zhengce.cli.language.choice import CATALOGUES
from zhengce.cli.language.translation import DOMAIN

ROOT = Path(__file__).parents[1]
CLICK = "Click"  # marks its messages in a catalogue
_KEYWORDS = {
    "message": None,
    "gettext": None,
    "counted": (1, 2),
    "ngettext": (1, 2),
    "in_context": ((1, "c"), 2),
    "pgettext": ((1, "c"), 2),
}
_OF_CLICK = {"_": None, "ngettext": (1, 2)}


def template() -> Catalog:
    """Return all messages of the source, of the help of commands, and of Click."""
    catalog = Catalog(project="zhengce", fuzzy=False, header_comment="", charset="utf-8")
    for folder in ("cli", "corpus", "index"):
        for _, _, text, comments, context in extract_from_dir(
            str(ROOT / folder), [("**.py", "python")], keywords=_KEYWORDS, comment_tags=("Translators:",)
        ):
            catalog.add(text, context=context, auto_comments=comments)
    helps = (help_messages(context) for context in contexts(click.Context(program, info_name="zhengce")))
    for text in chain(GROUPS, COMMANDS.values(), *helps):
        catalog.add(text)
    for text in _messages_of_click():
        if text not in catalog:
            catalog.add(text, auto_comments=[CLICK])
    return catalog


def _messages_of_click() -> Iterator[str | tuple[str, ...]]:
    folder = Path(inspect.getfile(click)).parent
    for path in sorted(folder.glob("*.py")):
        for _, text, _, _ in extract_from_file("python", str(path), keywords=_OF_CLICK):
            yield text


def catalogues() -> Iterator[Path]:
    """Yield the files of the catalogues."""
    yield from sorted(CATALOGUES.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))


def read(path: Path) -> Catalog:
    """Return a catalogue."""
    with path.open("rb") as file:
        return read_po(file)


def update(path: Path) -> None:
    """Bring a catalogue up to date with the source."""
    catalog = read(path)
    created = catalog.creation_date
    catalog.update(template(), no_fuzzy_matching=True)
    # What has not changed is written as it was.
    catalog.creation_date = created
    with path.open("wb") as file:
        write_po(file, catalog, no_location=True, sort_output=True, ignore_obsolete=True, width=120)
    with path.with_suffix(".mo").open("wb") as file:
        write_mo(file, catalog)


if __name__ == "__main__":
    for catalogue in catalogues():
        update(catalogue)
