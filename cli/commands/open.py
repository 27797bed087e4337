"""``zhengce open``: opens the file of a document."""

from __future__ import annotations

import os

from ...index.chosen import Chosen
from ...index.descriptions import position_in_file
from .. import editors
from ..display.messages import say
from ..help.command import argument, command
from ..language.translation import gettext
from ..opening import open_place
from .options import chosen_option, complete_documents


@command()
@argument("place", metavar="DOC[:PASSAGE]", shell_complete=complete_documents)
@chosen_option
def open(place: str, chosen: Chosen) -> None:  # noqa: A001 - the name of the command
    """Open the file of a document, at the line or page of a passage.

    Text files are opened in the editor that VISUAL or EDITOR names, at the line if the editor is known to accept one.
    PDF files are opened in the viewer that PDFVIEWER names. Other files, and all files if these are not set, are
    opened in the program that the desktop uses.

    \b
    EDITOR=vim zhengce open chengyu:17
    VISUAL='code --wait' zhengce open chengyu:17
    """
    corpus, document, number = open_place(chosen, place)
    passage = corpus.passage(document, number) if number is not None else None
    path = corpus.paths[document.id]
    program = editors.command(document, passage, path, os.environ)
    if passage and (in_file := position_in_file(document, passage)):
        place = document.place(passage.number)
        say(gettext("{place} is at {position} of {path}.", place=place, position=in_file, path=path))
    editors.open_file(program)
