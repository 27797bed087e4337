"""Isolation: readers of formats at work in a process of their own, which may hang or crash over a file.

The process gets a file's bytes on its standard input, and answers with a line of JSON. It is started when the first
such file is met, serves many, and is ended where a file takes too long or too much memory.
"""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

from .errors import DocumentError, MissingReaderError
from .extract import Extract, Limits, Piece
from .formats import FORMATS, Format
from .formats import extract as extract_here

_MEMORY = 4 << 30  # bytes that a reader may take
_START = "import sys; sys.path[:] = sys.argv[1].split('\\n'); from zhengce.corpus.isolation import main; main()"


class IsolatedReader:
    """Takes the text out of files, in another process where their format asks for it; a context manager."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> IsolatedReader:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def extract(self, format_: Format, path: Path, data: bytes, encoding: str | None, limits: Limits) -> Extract:
        """Return what is in the bytes of a file; parameters and errors are those of `zhengce.corpus.formats.extract`.

        Raises:
            DocumentError: Also where reading takes longer than the limit, or its process comes to an end.
        """
        if not format_.isolated:
            return extract_here(format_, path, data, encoding, limits)
        answer = self._ask(format_, path, data, encoding, limits)
        if "missing" in answer:
            raise MissingReaderError(answer["error"], answer["missing"])
        if "error" in answer:
            raise DocumentError(answer["error"])
        pieces = tuple(Piece(*piece) for piece in answer.pop("pieces"))
        return Extract(pieces, warnings=tuple(answer.pop("warnings")), **answer)

    def _ask(self, format_: Format, path: Path, data: bytes, encoding: str | None, limits: Limits) -> dict[str, Any]:
        process = self._process or self._begin()
        answers: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        head = json.dumps([format_.name, str(path), encoding, asdict(limits), len(data)]).encode() + b"\n"
        thread = threading.Thread(target=_talk, args=(process, head, data, answers), daemon=True)
        thread.start()
        try:
            answer = answers.get(timeout=limits.seconds)
        except queue.Empty:
            self._end()
            raise DocumentError(
                f"{path} takes longer than {limits.seconds:g} seconds to read, and was given up."
            ) from None
        except BaseException:
            self._end()
            raise
        if not answer.endswith(b"\n"):
            self._end()
            raise DocumentError(f"{path} cannot be read: it makes its reader crash.")
        found: dict[str, Any] = json.loads(answer)
        return found

    def _begin(self) -> subprocess.Popen[bytes]:
        # In a session of its own, Ctrl-C does not reach it, and what it starts in turn can be ended with it.
        self._process = subprocess.Popen(
            [sys.executable, "-c", _START, "\n".join(sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        with suppress(OSError):
            if hasattr(os, "killpg"):
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            with suppress(OSError, ValueError):
                if stream:
                    stream.close()


def _talk(process: subprocess.Popen[bytes], head: bytes, data: bytes, answers: queue.SimpleQueue[bytes]) -> None:
    """Send a file to a reader, and pass on what it answers: an empty or broken line if it comes to an end."""
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(head)
        process.stdin.write(data)
        process.stdin.flush()
        answers.put(process.stdout.readline())
    except (OSError, ValueError):
        answers.put(b"")


def main() -> None:
    """Read the files that standard input brings, one after the other."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    # Whatever a library prints must not come between the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    while head := sys.stdin.buffer.readline():
        answers.write(json.dumps(_answer(json.loads(head), sys.stdin.buffer)).encode() + b"\n")
        answers.flush()


def _answer(head: list[Any], stream: BinaryIO) -> dict[str, Any]:
    name, path, encoding, limits, size = head
    format_ = next(each for each in FORMATS if each.name == name)
    try:
        extracted = extract_here(format_, Path(path), stream.read(size), encoding, Limits(**limits))
        pieces = [[each.number, each.text, each.role, each.level, each.page, each.whole] for each in extracted.pieces]
        return {
            "pieces": pieces,
            "format": extracted.format,
            "encoding": extracted.encoding,
            "stated": dict(extracted.stated),
            "known": dict(extracted.known),
            "warnings": list(extracted.warnings),
        }
    except MissingReaderError as error:
        return {"error": str(error), "missing": error.missing}
    except DocumentError as error:
        return {"error": str(error)}
    except MemoryError:
        return {"error": f"{path} takes more memory to read than {_MEMORY >> 30} GB."}
    except Exception as error:
        return {"error": f"{path} cannot be read: {type(error).__name__}: {error}"}
