"""The entry point: runs a command, and turns every outcome into an exit code and every error into a message."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from .exit_codes import FAILED, FOUND, INTERRUPTED

if TYPE_CHECKING:
    import click

_DEBUG = "ZHENGCE_DEBUG"


def main() -> None:
    """Run the command line and exit."""
    if not os.environ.get(_DEBUG):
        sys.unraisablehook = _unraisable
    # What a search makes, it keeps until it ends; to look for garbage every 700 objects takes 4 of its 80 ms.
    gc.set_threshold(50_000)
    code = run(sys.argv[1:])
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):
            stream.flush()
    # Python's own way to end takes 10 ms, a tenth of a search, to free memory that the system frees anyway.
    os._exit(code)


def run(arguments: Sequence[str]) -> int:
    """Run the command line and return the exit code."""
    try:
        return _run(arguments)
    except KeyboardInterrupt:
        return INTERRUPTED
    except ImportError as error:
        library = _library(error)
        if os.environ.get(_DEBUG) or not library:
            raise
        # Click, which other messages are written with, may be what is missing.
        with suppress(OSError, ValueError):
            print(f"zhengce: {_needed(library)}", file=sys.stderr)
        return FAILED


def _run(arguments: Sequence[str]) -> int:
    import click

    from ..corpus.errors import ZhengceError
    from ..corpus.messages import message
    from ..index.errors import QueryError
    from .commands.program import zhengce
    from .display.messages import query_error, say
    from .help.usage import usage_error

    if sys.stdout is None:
        say(message("there is no standard output to write to."))
        return FAILED
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    if os.environ.get("_ZHENGCE_COMPLETE"):
        from .completion.shells import register

        register()
    try:
        code = _command(zhengce, arguments)
        sys.stdout.flush()
        return code if isinstance(code, int) else FOUND
    except click.exceptions.NoArgsIsHelpError as error:
        from . import pager

        pager.write((error.ctx.get_help() if error.ctx else error.message).split("\n"), paged=sys.stdout.isatty())
        return FAILED
    except click.ClickException as error:
        say(usage_error(error))
        return FAILED
    except click.Abort:
        say(message("interrupted"))
        return INTERRUPTED
    except QueryError as error:
        say(query_error(error))
        return FAILED
    except ZhengceError as error:
        say(str(error))
        return FAILED
    except SystemExit as error:
        # Click exits so after completing a command line (0), or after a pipe was closed.
        if error.code:
            _abandon_stdout()
        return FOUND
    except BrokenPipeError:
        # The reader of the output has closed it.
        _abandon_stdout()
        return FOUND
    except OSError as error:
        _abandon_stdout()
        say(_refused(error))
        return FAILED
    except Exception as error:
        if os.environ.get(_DEBUG) or _library(error):
            raise
        say(_unexpected(error))
        return FAILED


def _command(command: click.Command, arguments: Sequence[str]) -> object:
    """Run a command. An error raised while a Ctrl-C is handled counts as the Ctrl-C."""
    import click

    try:
        return command.main(list(arguments), prog_name="zhengce", standalone_mode=False)
    except Exception as error:
        cause: BaseException | None = error
        while cause is not None:
            cause = cause.__cause__ or cause.__context__
            if isinstance(cause, KeyboardInterrupt):
                raise click.Abort from error
        raise


def _refused(error: OSError) -> str:
    """Return the message for what the system has refused: as a rule, to write the output."""
    from ..corpus.errors import reason_of
    from ..corpus.messages import message

    reason = reason_of(error)
    if error.filename is None:
        return message("the output cannot be written: {reason}.", reason=reason)
    return message("{path}: {reason}.", path=error.filename, reason=reason)


def _unexpected(error: Exception) -> str:
    """Return the message for an error of the program itself."""
    from ..corpus.messages import message

    said = f"{type(error).__name__}: {error}"
    return message(
        "something went wrong that should not: {error}. Set {variable}=1 to see where.", error=said, variable=_DEBUG
    )


def _needed(library: str) -> str:
    """Return the message for a library that is missing. Before the configuration is read, it speaks the language of the
    environment."""
    from ..corpus.installation import remedy
    from .language.choice import SOURCE, chosen_language
    from .language.translation import gettext, speak, spoken

    if spoken() == SOURCE:
        speak(chosen_language("auto", os.environ))
    return gettext("it needs {library}", library=remedy(library))


def _library(error: Exception) -> str | None:
    """Return the library that cannot be imported, None if the error is another."""
    name = (error.name or "").partition(".")[0] if isinstance(error, ImportError) else ""
    return name if name not in ("", "zhengce") else None


def _unraisable(unraisable: sys.UnraisableHookArgs) -> None:
    """Ignore errors in destructors, where a file that could not be written for want of space fails again when it is
    closed. A Ctrl-C that is raised in a destructor would be lost, so send it again a moment later."""
    if issubclass(unraisable.exc_type, KeyboardInterrupt):
        import threading

        threading.Timer(0.01, _interrupt).start()


def _interrupt() -> None:
    """Interrupt the main thread, by a signal if the system has them: nothing else wakes a thread that waits."""
    import _thread
    import signal
    import threading

    if hasattr(signal, "pthread_kill"):
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)
    else:
        _thread.interrupt_main()


def _abandon_stdout() -> None:
    """Discard what is still buffered for standard output, so that flushing it at exit cannot fail."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
