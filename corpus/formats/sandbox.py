"""The sandbox: a process in which readers run whose code may hang or crash on a file.

The process receives the bytes of a file on its standard input and answers with a line of JSON. It starts with the first
such file, reads one file after another, and is killed when a file takes too long or too much memory.
"""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO

from ..errors import DocumentError, MissingReaderError
from ..extraction import ExtractedText, SourceLine
from ..limits import Limits
from ..messages import from_json, message, to_json
from .interface import Format
from .table import extract

_MEMORY = 4 << 30  # bytes of address space
_GRACE = 1.0  # seconds after the limit at which the process ends itself, if nobody has killed it
_START = "import sys; sys.path[:] = sys.argv[1].split('\\n'); from zhengce.corpus.formats.sandbox import main; main()"


class Sandbox:
    """Reads files, in another process where their format asks for it. A context manager, which ends the process."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def extract(self, format_: Format, path: Path, data: bytes, encoding: str | None, limits: Limits) -> ExtractedText:
        """Return the text of a file, as `zhengce.corpus.formats.table.extract` does.

        Raises:
            DocumentError: Also where reading exceeds the time or the memory, or the process crashes.
            MissingReaderError: A library or program that reads such files is not installed.
        """
        if not format_.sandboxed:
            return extract(format_, path, data, encoding, limits)
        is_fresh = self._process is None or self._process.poll() is not None
        answer = self._ask(format_, path, data, encoding, limits)
        if "ended" in answer and not is_fresh:
            # An earlier file may have done the damage; a fresh process tells.
            answer = self._ask(format_, path, data, encoding, limits)
        if "missing" in answer:
            raise MissingReaderError(from_json(answer["error"]), answer["missing"])
        if "error" in answer:
            raise DocumentError(from_json(answer["error"]))
        lines = tuple(SourceLine(*line) for line in answer.pop("lines"))
        warnings = tuple(map(from_json, answer.pop("warnings")))
        return ExtractedText(lines, warnings=warnings, **answer)

    def _ask(self, format_: Format, path: Path, data: bytes, encoding: str | None, limits: Limits) -> dict[str, Any]:
        """Return the answer of the process; the key ``ended`` says that the process is gone."""
        if self._process and self._process.poll() is not None:
            self._end()
        process = self._process or self._begin()
        answers: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        head = json.dumps([format_, str(path), encoding, limits._asdict(), len(data)]).encode() + b"\n"
        thread = threading.Thread(target=_talk, args=(process, head, data, answers), daemon=True)
        thread.start()
        try:
            answer = answers.get(timeout=limits.seconds)
        except queue.Empty:
            self._end()
            raise DocumentError(
                message(
                    "{path} takes more than {seconds:g} seconds to read; reading was stopped.",
                    path=path,
                    seconds=limits.seconds,
                )
            ) from None
        except BaseException:
            self._end()
            raise
        if not answer.endswith(b"\n"):
            self._end()
            return {"error": to_json(message("{path} cannot be read: its reader crashes.", path=path)), "ended": True}
        found: dict[str, Any] = json.loads(answer)
        if "ended" in found:
            self._end()
        return found

    def _begin(self) -> subprocess.Popen[bytes]:
        # In a session of its own, Ctrl-C does not reach it, and its own children can be killed with it.
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
    """Send a file to the process and pass on its answer, an empty or broken line if the process ends."""
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
    """Run in the process: read the files that arrive on standard input, one after another."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    # What a library prints must not mix with the answers, and neither it nor its children may read the requests.
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1):
        os.dup2(nothing, descriptor)
    while head := requests.readline():
        answers.write(json.dumps(_answer(json.loads(head), requests)).encode() + b"\n")
        answers.flush()


def _answer(head: list[Any], stream: BinaryIO) -> dict[str, Any]:
    fields, path, encoding, limits, size = head
    try:
        data = stream.read(size)
        with _ending_after(limits["seconds"]):
            extracted = extract(_format(*fields), Path(path), data, encoding, Limits(**limits))
        lines = [[each.number, each.text, each.role, each.level, each.page, each.whole] for each in extracted.lines]
        return {
            "lines": lines,
            "format": extracted.format,
            "encoding": extracted.encoding,
            "overrides": dict(extracted.overrides),
            "defaults": dict(extracted.defaults),
            "warnings": list(map(to_json, extracted.warnings)),
        }
    except MissingReaderError as error:
        return {"error": to_json(str(error)), "missing": error.missing}
    except DocumentError as error:
        return {"error": to_json(str(error))}
    except MemoryError:
        size = _MEMORY >> 30
        said = message("{path} takes more than {size} GB of memory to read.", path=path, size=size)
        return {"error": to_json(said), "ended": True}
    except Exception as error:
        fault = f"{type(error).__name__}: {error}"
        return {"error": to_json(message("{path} cannot be read: {reason}", path=path, reason=fault))}


def _format(name: str, suffixes: list[str], reader: str, libraries: list[str], *_: object) -> Format:
    """Return a format as JSON has sent it, with what reading needs."""
    return Format(name, tuple(suffixes), reader, tuple(libraries))


@contextmanager
def _ending_after(seconds: float) -> Iterator[None]:
    """End this process if a block takes longer: the process that waits for it may have been killed."""
    if not hasattr(signal, "setitimer"):
        yield
        return
    signal.setitimer(signal.ITIMER_REAL, seconds + _GRACE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
