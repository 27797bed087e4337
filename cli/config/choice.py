"""The corpus that commands use if they are not told which: why it is that one, and whether it exists."""

from __future__ import annotations

from ...corpus.closed import assert_never
from ...corpus.messages import Message, message
from ...index.errors import UnknownCorpusError
from ...index.indexing.corpora import BUNDLED, define
from ...index.storage.generations import home
from .configuration import Configuration
from .reading import CORPUS_VARIABLE, configuration_path


def why(configuration: Configuration) -> Message:
    """Return in words why the corpus of a configuration is used."""
    origin = configuration.origin("corpus")
    match origin:
        case "default":
            return message("it comes with the program")
        case "file":
            return message("it is set in {place}", place=configuration_path())
        case "environment":
            return message("it is set in {place}", place=CORPUS_VARIABLE)
        case "zhengce use":
            return message("zhengce use has chosen it")
    assert_never(origin)


def check_corpus(configuration: Configuration) -> None:
    """Check that the corpus of a configuration exists.

    Raises:
        UnknownCorpusError: It does not, or not any more; the message says what to type.
        StorageError: Its definition cannot be read.
    """
    name, origin = configuration.corpus, configuration.origin("corpus")
    if name == BUNDLED or origin == "environment":
        # What the environment names is named by the user, as --corpus is.
        return
    try:
        define(home(), name)
    except UnknownCorpusError as error:
        forget = "zhengce use --unset" if origin == "zhengce use" else "zhengce config unset corpus"
        raise UnknownCorpusError(
            message(
                "There is no corpus “{name}” any more; {reason}. `{forget}` goes back to the default, "
                "`zhengce use NAME` chooses another, and `zhengce corpora` lists all.",
                name=name,
                reason=why(configuration),
                forget=forget,
            )
        ) from error
