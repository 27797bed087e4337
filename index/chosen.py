"""What is searched: corpora by their names, or folders and files by their paths."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from ..corpus.messages import counted
from .indexing.corpora import BUNDLED
from .shell_text import quoted


class Chosen(NamedTuple):
    """What is searched: one or more corpora by their ``names``, or folders and files by their ``paths``, as they were
    named.

    ``prefixed`` says that the ids of documents begin with the name of their corpus, as those of several corpora do.
    ``by_default`` says that nobody asked for it.
    """

    names: tuple[str, ...] = (BUNDLED,)
    paths: tuple[Path, ...] = ()
    prefixed: bool = False
    by_default: bool = False

    @property
    def name(self) -> str:
        """Return what it is called where results are shown."""
        return ", ".join((*self.names, *map(str, self.paths)))

    @property
    def lasting_name(self) -> str:
        """Return what it is called where that is read later, when another folder is the current one."""
        return ", ".join((*self.names, *(str(path.resolve()) for path in self.paths)))

    @property
    def in_words(self) -> str:
        """Return what it is called in a sentence."""
        if self.paths:
            return self.name
        return counted("the corpus {name}", "the corpora {name}", len(self.names), name=self.name)

    @property
    def is_bundled(self) -> bool:
        """Tell whether it is the corpus that comes with the program, and nothing else."""
        return self.names == (BUNDLED,) and not self.paths

    @property
    def words(self) -> Sequence[str]:
        """Return the words of a command line that choose it."""
        options = [("--corpus", name) for name in self.names] + [("--in", str(path)) for path in self.paths]
        return [word for option in options for word in option]

    @property
    def options(self) -> str:
        """Return the words of a command line that choose it, as they are typed in a shell."""
        return " ".join(map(quoted, self.words))
