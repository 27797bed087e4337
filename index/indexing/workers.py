"""Workers: processes that write the segments of an index at the same time.

They are started by the command line. Workers that import the caller's own program, as those of `multiprocessing` do,
would run a script again that builds an index without an ``if __name__ == "__main__"``.
"""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import threading
from collections.abc import Generator, Sequence
from concurrent.futures import ThreadPoolExecutor

from ...corpus.messages import message
from ..errors import StorageError
from ..storage.file_records import FileRecord
from ..storage.snapshot import read_folding
from .segment_build import BuildSettings, SegmentTask, build_segment
from .worker_protocol import decode_answer, decode_job, encode_answer, encode_job

# Modules come from where the parent has them from, not from the working directory.
_START = "import sys; sys.path[:] = sys.argv[1].split('\\n'); from zhengce.index.indexing.workers import main; main()"


def build_segments(
    tasks: Sequence[SegmentTask], settings: BuildSettings, processes: int
) -> Generator[FileRecord, None, None]:
    """Write the segments, so many at a time, and yield the record of each file as it has been read.

    Raises:
        OSError: A worker could not write.
        StorageError: A worker has failed or was ended.
    """
    team = _Team(settings)
    with ThreadPoolExecutor(processes) as threads:
        try:
            for task in tasks:
                threads.submit(team.run, task)
            running = len(tasks)
            while running:
                answer = team.answers.get()
                if isinstance(answer, BaseException):
                    raise answer
                if answer:
                    yield answer
                else:
                    running -= 1
        finally:
            team.dismiss()


class _Team:
    """Workers at work; ``answers`` gets the record of each file, an error, and None for each worker that has ended."""

    def __init__(self, settings: BuildSettings) -> None:
        self.answers: queue.SimpleQueue[FileRecord | BaseException | None] = queue.SimpleQueue()
        self._settings = settings
        self._workers: list[subprocess.Popen[str]] = []
        self._lock = threading.Lock()
        self._dismissed = False

    def run(self, task: SegmentTask) -> None:
        """Run a worker until it ends, and pass on its answers; to be called in a thread of its own."""
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
            self.answers.put(None)
        except BaseException as error:
            self.answers.put(error)

    def dismiss(self) -> None:
        """End all workers that are still at work, and let no other begin."""
        with self._lock:
            self._dismissed = True
            for worker in self._workers:
                worker.kill()
        for worker in self._workers:
            worker.wait()

    def _listen(self, worker: subprocess.Popen[str], task: SegmentTask) -> None:
        assert worker.stdin is not None
        assert worker.stdout is not None
        with worker:
            worker.stdin.write(encode_job(task, self._settings))
            worker.stdin.close()
            for line in worker.stdout:
                self.answers.put(decode_answer(line))
        if worker.returncode:
            raise StorageError(
                message("A process that wrote a part of the index was ended ({code}).", code=worker.returncode)
            )


def main() -> None:
    """Do the job that is read from standard input."""
    task, settings = decode_job(sys.stdin.read())
    try:
        for record in build_segment(task, settings, read_folding(settings.generation)):
            _answer(record)
    except Exception as error:
        _answer(error)


def _answer(answer: FileRecord | Exception) -> None:
    try:
        print(encode_answer(answer), flush=True)
    except BrokenPipeError:
        # The parent is gone, and nobody waits for this segment any more.
        os._exit(1)
