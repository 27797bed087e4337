"""Processes: run a command for its time and its memory.

Until a child has begun its own program it has the memory of its parent, and Linux counts that into its peak. So a
command is started from a small process: this file, run as a program.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

INTERVAL = 0.1
"""Seconds between two looks at the memory of a tree of processes."""
NOTHING_FOUND = 1


@dataclass(frozen=True, slots=True)
class Ran:
    """Seconds by the clock, and peak memory in bytes: of the largest process, and of all of them at a time.

    What several processes share counts for each of them.
    """

    seconds: float
    largest: int
    together: int


def run(command: Sequence[str], environment: Mapping[str, str] | None = None) -> Ran:
    """Run a command, which may end with 0 or, as a search does, with 1."""
    launcher = [sys.executable, "-I", "-S", str(Path(__file__)), *command]
    ended = subprocess.run(launcher, env={**os.environ, **(environment or {})}, capture_output=True, text=True)
    if ended.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{ended.stderr[-2000:]}")
    return Ran(**json.loads(ended.stdout))


def _launch(command: list[str]) -> Ran:
    with tempfile.TemporaryFile() as errors:
        started = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=errors)
        over, peaks = threading.Event(), [0]
        watcher = threading.Thread(target=_watch, args=(process.pid, over, peaks))
        watcher.start()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        over.set()
        watcher.join()
        errors.seek(0)
        said = errors.read().decode(errors="replace")
        if os.waitstatus_to_exitcode(status) not in (0, NOTHING_FOUND) or "Traceback" in said:
            raise SystemExit(said)
    largest = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return Ran(seconds, largest, max(largest, peaks[0]))


def _watch(process: int, over: threading.Event, peaks: list[int]) -> None:
    while not over.wait(INTERVAL):
        peaks[0] = max(peaks[0], _memory(process))


def _memory(process: int) -> int:
    """Return the resident memory of a process and its descendants, 0 where there is no ``/proc``."""
    folder = Path("/proc") / str(process)
    try:
        pages = int((folder / "statm").read_text().split()[1])
        children = [
            int(each) for task in (folder / "task").iterdir() for each in (task / "children").read_text().split()
        ]
    except (OSError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE") + sum(map(_memory, children))


if __name__ == "__main__":
    ran = _launch(sys.argv[1:])
    print(json.dumps({"seconds": ran.seconds, "largest": ran.largest, "together": ran.together}))
