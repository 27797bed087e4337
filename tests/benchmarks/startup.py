"""Start-up: a search by the clock and in memory, beside the floor that its imports would set.

Run it from the repository: ``make bench``. Prints the medians of alternating runs in seconds, their
ratios, and peak memory in MB; the bars are those the project set itself.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time

ROUNDS = 15
FLOOR = [sys.executable, "-c", "import click, whoosh.index, whoosh.qparser"]
SEARCH = [sys.executable, "-m", "zhengce.cli", "search", "中欧班列"]
BARE = [sys.executable, "-c", "pass"]


def run(command: list[str], home: str) -> tuple[float, float]:
    """Run a command; return its seconds and its peak memory in MB."""
    started = time.perf_counter()
    environment = {**os.environ, "ZHENGCE_HOME": home}
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command} failed with {process.returncode}")
    return time.perf_counter() - started, usage.ru_maxrss / 1024


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        first, first_memory = run(SEARCH, home)
        searches, floors, bare = [], [], []
        for _ in range(ROUNDS):
            floors.append(run(FLOOR, home))
            searches.append(run(SEARCH, home))
            bare.append(run(BARE, home))
    search, floor, nothing = (statistics.median(seconds for seconds, _ in runs) for runs in (searches, floors, bare))
    memory = max(memory for _, memory in searches)
    rows = [
        ("python -c pass", f"{nothing:.3f} s", ""),
        ("import click, whoosh.index, whoosh.qparser", f"{floor:.3f} s", "1.00"),
        ("zhengce search 中欧班列, warm", f"{search:.3f} s", f"{search / floor:.2f} (bar: 1.50)"),
        ("  its peak memory", f"{memory:.0f} MB", "(bar: 80 MB)"),
        ("zhengce search 中欧班列, first, index included", f"{first:.3f} s", "(bar: 3 s)"),
        ("  its peak memory", f"{first_memory:.0f} MB", ""),
    ]
    for name, value, ratio in rows:
        print(f"{name:<50}{value:>10}  {ratio}")


if __name__ == "__main__":
    main()
