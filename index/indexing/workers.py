"""Workers: processes that write the segments of an index at the same time.

A worker reads what to do as JSON from its standard input, and says what it has done as lines of JSON. (Workers that
import the caller's own program, as multiprocessing's do, would run a script again that builds an index without
guarding itself against it.)
"""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path

from ...corpus.extraction import Limits
from ...corpus.files import Source
from ..errors import StorageError
from ..storage.snapshot import read_folding
from .build import Done, Work, write_segment

Task = tuple[Sequence[Source], str]
"""The documents of a segment, and its name."""

# Modules come from where the parent has them from, not from the working directory.
_START = "import sys; sys.path[:] = sys.argv[1].split('\\n'); from zhengce.index.indexing.workers import main; main()"


def write_segments(tasks: Sequence[Task], work: Work, processes: int) -> Generator[Done, None, None]:
    """Write a segment for each task, so many at a time, and yield what has become of each document.

    Raises:
        OSError: A worker could not write.
        StorageError: A worker came to an end before its time.
    """
    team = _Team(work)
    with ThreadPoolExecutor(processes) as threads:
        try:
            for task in tasks:
                threads.submit(team.run, task)
            running = len(tasks)
            while running:
                said = team.said.get()
                if isinstance(said, BaseException):
                    raise said
                if said:
                    yield said
                else:
                    running -= 1
        finally:
            team.dismiss()


class _Team:
    """Workers at work; ``said`` is what they have done, an error, and None for each that has come to its end."""

    def __init__(self, work: Work) -> None:
        self.said: queue.SimpleQueue[Done | BaseException | None] = queue.SimpleQueue()
        self._work = [str(work.generation), str(work.cache), asdict(work.limits)]
        self._workers: list[subprocess.Popen[str]] = []
        self._lock = threading.Lock()
        self._dismissed = False

    def run(self, task: Task) -> None:
        """Run a worker to its end, and pass on what it says; to be called in a thread of its own."""
        try:
            with self._lock:
                if self._dismissed:
                    return
                # In a session of its own, Ctrl-C does not reach it: it is for the parent to end it.
                worker = subprocess.Popen(
                    [sys.executable, "-c", _START, "\n".join(sys.path)],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    text=True,
                    encoding="utf-8",
                    start_new_session=True,
                )
                self._workers.append(worker)
            self._listen(worker, task)
            self.said.put(None)
        except BaseException as error:
            self.said.put(error)

    def dismiss(self) -> None:
        """End all workers that are still at work, and let none begin."""
        with self._lock:
            self._dismissed = True
            for worker in self._workers:
                worker.kill()
        for worker in self._workers:
            worker.wait()

    def _listen(self, worker: subprocess.Popen[str], task: Task) -> None:
        sources, name = task
        assert worker.stdin is not None
        assert worker.stdout is not None
        files = [{**asdict(source), "path": str(source.path)} for source in sources]
        with worker:
            json.dump([files, name, *self._work], worker.stdin)
            worker.stdin.close()
            for line in worker.stdout:
                message = json.loads(line)
                if "errno" in message:
                    raise OSError(message["errno"], message["reason"])
                if "failure" in message:
                    raise StorageError(f"A process that wrote a part of the index failed: {message['failure']}")
                self.said.put(Done(**{**message, "warnings": tuple(message["warnings"])}))
        if worker.returncode:
            raise StorageError(f"A process that wrote a part of the index was ended ({worker.returncode}).")


def main() -> None:
    """Write the segment that standard input tells of."""
    files, name, generation, cache, limits = json.load(sys.stdin)
    sources = [Source(**{**each, "path": Path(each["path"])}) for each in files]
    work = Work(Path(generation), Path(cache), Limits(**limits))
    try:
        for done in write_segment(sources, name, work, read_folding(work.generation)):
            _say(asdict(done))
    except OSError as error:
        _say({"errno": error.errno, "reason": error.strerror})
    except Exception as error:
        _say({"failure": f"{type(error).__name__}: {error}"})


def _say(message: dict[str, object]) -> None:
    try:
        print(json.dumps(message), flush=True)
    except BrokenPipeError:
        # The parent is gone, and nobody waits for this segment any more.
        os._exit(1)
