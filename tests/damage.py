"""Damage to the files of an index, faults of the disk while one is built, and ways to see what a fault has left."""

from __future__ import annotations

import builtins
import errno
import gc
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import traceback
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Literal, cast

from zhengce.corpus.text import words
from zhengce.corpus.text.folding import Folding
from zhengce.corpus.text.simplification import simplified_characters
from zhengce.corpus.text.words import Segmenter
from zhengce.index import Counts, build_corpus, open_corpus
from zhengce.index.errors import IndexDamagedError, StorageError
from zhengce.index.indexing import build, segment_build
from zhengce.index.indexing.build import BuildReport
from zhengce.index.storage import fingerprint

Damage = Callable[[Path], None]
Fault = Literal["kill", "interrupt", "full"]


def corpus_folder(home: Path, name: str = "bundled") -> Path:
    return home / "corpora" / name


def generation_folders(home: Path, name: str = "bundled") -> list[Path]:
    return sorted(corpus_folder(home, name).glob("generation-*"))


def tree(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@cache
def segmenter(cache: Path) -> Segmenter:
    """Return the one segmenter that all tests of faults share: loading its dictionary takes most of the time."""
    return Segmenter(Folding(simplified()), cache)


@cache
def simplified() -> dict[str, str]:
    return simplified_characters()


CHARACTERS: Any = SimpleNamespace(cut=list, index_terms=list, parts=lambda word: [])
"""A segmenter that cuts a text into its characters, which is done at once."""


# Damage to a file


def truncate(file: Path) -> None:
    data = file.read_bytes()
    file.write_bytes(data[: len(data) // 2])


def flip_at(place: float) -> Damage:
    """Return a damage that flips the lowest bit of a byte: 0 is the first of a file, 1 the last."""

    def flip_there(file: Path) -> None:
        data = bytearray(file.read_bytes())
        data[round(place * (len(data) - 1))] ^= 1
        file.write_bytes(data)

    flip_there.__name__ = f"flip_at_{place}"
    return flip_there


flip, flip_first, flip_last = flip_at(0.5), flip_at(0), flip_at(1)


def lengthen(file: Path) -> None:
    file.write_bytes(file.read_bytes() + b"\0")


def scribble(file: Path) -> None:
    file.write_bytes(b"\x00\xff{[" * 100)


def overwrite(file: Path) -> None:
    """Scribble over a file without changing its size."""
    file.write_bytes((b"\x00\xff{[" * (len(file.read_bytes()) // 4 + 1))[: len(file.read_bytes())])


def remove(file: Path) -> None:
    file.unlink()


def signed(manifest: bytes) -> bytes:
    """Return a manifest with the checksum that stands before it."""
    return f"{zlib.crc32(manifest)}\n".encode() + manifest


def alter_manifest(home: Path, name: str = "bundled", **changes: object) -> None:
    """Let an index say something else of itself, as one of another version does."""
    (folder,) = generation_folders(home, name)
    manifest = json.loads((folder / "manifest.json").read_bytes().split(b"\n", 1)[1])
    (folder / "manifest.json").write_bytes(signed(json.dumps({**manifest, **changes}).encode()))


# Faults at each moment at which a build changes something on disk


@dataclass(frozen=True)
class Outcome:
    """What came of a build with a fault: the moment of the fault, how the process ended and what it said, and what
    was wrong afterwards."""

    moment: str
    code: int
    said: str
    wrong: Sequence[str]


def builds_with_faults(fault: Fault, trial: Trial, folder: Path, moments: int = 1_000, step: int = 1) -> list[Outcome]:
    """Build in one copy of a data directory after the other, each with a fault at the next of the moments at which
    something changes on disk, until a build comes to its end before the fault does. ``moments`` are the most that are
    tried, and each is ``step`` after the last.

    This is done in a process that has not grown as large as pytest, from which it takes ten times as long.
    """
    tried = (trial.template, trial.documents, trial.name, trial.query, int(trial.rebuild), *trial.counts)
    command = [sys.executable, "-W", "ignore", __file__, *map(str, (fault, *tried, folder, moments, step))]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert not done.returncode, done.stderr
    return [Outcome(**each) for each in json.loads(done.stdout)]


@dataclass(frozen=True)
class Trial:
    """What is built in copies of a data directory, and what a query counts in it then: all anew, or by an update of
    the index that is there.

    The bundled corpus has a folder with a catalogue for its documents.
    """

    template: Path
    documents: Path
    name: str
    query: str
    counts: tuple[int, int, int]
    rebuild: bool = True

    def build(self, home: Path) -> BuildReport:
        paths = [self.documents] if self.rebuild and not self._catalogue() else []
        return build_corpus(home, name=self.name, documents=self._catalogue(), paths=paths, rebuild=self.rebuild)

    def build_afresh(self, home: Path) -> Answers:
        """Build an index where there is none; returns what it answers."""
        paths = [] if self._catalogue() else [self.documents]
        build_corpus(home, name=self.name, documents=self._catalogue(), paths=paths)
        answers = self.answers(home)
        assert answers.counts == Counts(*self.counts)
        return answers

    def answers(self, home: Path) -> Answers:
        """Return all that there is to be seen of an index, with the documents named by their files: one whose file
        was renamed has another id in an index that was built afresh."""
        corpus = open_corpus(home, name=self.name, documents=self._catalogue())
        files = corpus.paths
        documents = [
            (files[document.id], document.metadata, list(corpus.passages(document))) for document in corpus.documents
        ]
        found = [
            [(files[hit.document.id], hit.passage.number, hit.spans) for hit in results]
            for results in (corpus.search(self.query), corpus.search(self.query, keywords=True, sort="document"))
        ]
        return Answers(corpus.search(self.query).counts, documents, found)

    def wrong_afterwards(self, home: Path, fault: Fault, last: Answers | None, new: Answers) -> Iterator[str]:
        """Yield what is wrong with an index after a fault, and after the build that comes next, given what the last
        index answers, if there is one, and what a new one is to answer."""
        before, after = (tree(corpus_folder(each, self.name)) for each in (self.template, home))
        was_replaced = after.get("current") != before.get("current")
        if not was_replaced:
            left = {name for name in after.keys() - before.keys() if name not in ("lock", "corpus.json")}
            if fault != "kill" and left:
                yield f"left behind: {sorted(left)}"
            if any(after.get(name) != before[name] for name in before):
                yield "the last index is not as it was"
        if before or self.name == "bundled":
            # The first search after a first build that was cut short builds by itself.
            yield from self._wrong_answers(home, new if was_replaced or last is None else last)
        if before or self.name != "bundled":
            self.build(home)
            yield from self._wrong_answers(home, new)
        if build_corpus(home, name=self.name, documents=self._catalogue()).built:
            yield "the index is not up to date"
        (generation,) = generation_folders(home, self.name)
        left = {Path(file).parts[0] for file in tree(corpus_folder(home, self.name))}
        if unknown := left - {"current", "lock", "corpus.json", generation.name}:
            yield f"the next build leaves {unknown}"
        if list(home.rglob("*.new")):
            yield "the next build leaves what was to be put in place"

    def _wrong_answers(self, home: Path, right: Answers) -> Iterator[str]:
        try:
            if (answers := self.answers(home)) != right:
                yield f"found {answers.counts}, and not {right.counts}" if answers.counts != right.counts else "differs"
        except (IndexDamagedError, StorageError) as error:
            yield str(error)

    def _catalogue(self) -> Path | None:
        return self.documents if self.name == "bundled" else None


@dataclass(frozen=True)
class Answers:
    """What an index answers: what a query counts, the documents with all their passages, and what is found."""

    counts: Counts
    documents: object
    found: object


def _main() -> None:
    fault, template, documents, name, query, rebuild, *counts, folder, moments, step = sys.argv[1:]
    occurrences, passages, in_documents = map(int, counts)
    right = (occurrences, passages, in_documents)
    trial = Trial(Path(template), Path(documents), name, query, right, rebuild == "1")
    build.simplified_characters = simplified
    for module in (segment_build, words):
        module.Segmenter = lambda folding, cache: CHARACTERS
    fingerprint.segmenter_fingerprint = cache(fingerprint.segmenter_fingerprint)
    os.fsync = lambda descriptor: None
    # What the children would have to import each by itself is imported by a build that goes well.
    new = trial.build_afresh(Path(folder) / "home-0")
    last = trial.answers(trial.template) if generation_folders(trial.template, name) else None
    shutil.copytree(trial.template, Path(folder) / "home-1")
    trial.build(Path(folder) / "home-1")
    assert not [*trial.wrong_afterwards(Path(folder) / "home-1", "kill", last, new)]
    shutil.rmtree(Path(folder) / "home-1")
    gc.collect()
    gc.freeze()
    count = os.cpu_count() or 1
    nths = range(1, int(moments) * int(step) + 1, int(step))
    shares = [nths[first::count] for first in range(count)]
    seers = [
        _fork(lambda share=share: _see(cast(Fault, fault), trial, Path(folder), share, last, new)) for share in shares
    ]
    assert [os.waitpid(seer, 0)[1] for seer in seers] == [0] * count
    found = [json.loads(file.read_text()) for file in Path(folder).glob("home-*.outcome")]
    print(json.dumps(found))


def _see(fault: Fault, trial: Trial, folder: Path, moments: Iterable[int], last: Answers | None, new: Answers) -> None:
    """Build in other processes with faults at some of the moments, and see what has become of it."""
    for nth in moments:
        home = folder / f"home-{nth}"
        shutil.copytree(trial.template, home)
        disk = _Disk(home, fault, nth, every_file=trial.rebuild and fault != "kill")
        builder = _fork(lambda disk=disk: _build(disk, trial))
        code = os.waitstatus_to_exitcode(os.waitpid(builder, 0)[1])
        disk.close()
        moment, said = (_beside(home, kind).read_text() for kind in ("moment", "said"))
        if not moment:
            assert (code, said) == (0, "")
            return
        outcome = Outcome(moment, code, said, list(trial.wrong_afterwards(home, fault, last, new)))
        _beside(home, "outcome").write_text(json.dumps(asdict(outcome)))
        shutil.rmtree(home)


def _build(disk: _Disk, trial: Trial) -> None:
    said = os.open(_beside(disk.home, "said"), os.O_WRONLY | os.O_CREAT)
    for descriptor in (1, 2):
        os.dup2(said, descriptor)
    # Whoever runs the tests may ignore Ctrl-C, as shells do for what they run in the background.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    disk.watch()
    try:
        trial.build(disk.home)
    except BaseException as error:
        print(f"{type(error).__name__}: {error}", flush=True)


def _fork(run: Callable[[], object]) -> int:
    """Run something in a process of its own; returns the process's number."""
    process = os.fork()
    if process:
        return process
    try:
        run()
        os._exit(0)
    except BaseException:
        traceback.print_exc()
        os._exit(1)


def _beside(home: Path, kind: str) -> Path:
    return home.with_suffix(f".{kind}")


_ONE_FOR_ALL = "folded.utf16"


class _Disk:
    """A disk on which, at the nth of the moments at which something changes in a folder, a fault happens.

    One that is full stays so: it takes no more data, files or names, but gives up what it has.
    """

    def __init__(self, home: Path, fault: Fault, nth: int, *, every_file: bool) -> None:
        self.home = home
        self._fault = fault
        self._every_file = every_file
        self._nth = nth
        self._passed = 0
        self._moment = os.open(_beside(home, "moment"), os.O_WRONLY | os.O_CREAT)

    def close(self) -> None:
        os.close(self._moment)

    def watch(self) -> None:
        """Watch this process from now on."""
        opened, replace = builtins.open, Path.replace

        def watched_open(
            file: Any,
            mode: str = "r",
            buffering: int = -1,
            encoding: str | None = None,
            errors: str | None = None,
            newline: str | None = None,
            **options: Any,
        ) -> Any:
            if not isinstance(file, (str, os.PathLike)) or not set(mode) & set("wxa+") or not self._is_here(file):
                return opened(file, mode, buffering, encoding, errors, newline, **options)
            stream = io.BufferedWriter(_Watched(os.fspath(file), mode.replace("b", ""), disk=self))
            return stream if "b" in mode else io.TextIOWrapper(stream, encoding, errors, newline)

        def watched_replace(path: Path, target: Path) -> None:
            replace(path, target)
            if self._fault != "full":
                self.at(f"after {path.name} became {target.name}")

        builtins.open = io.open = watched_open  # type: ignore[assignment]
        Path.replace = watched_replace  # type: ignore[assignment, method-assign]
        os.fsync = self._synchronised
        sys.addaudithook(self._audit)

    def at(self, description: str, meanwhile: Callable[[], object] = lambda: None) -> None:
        """Let the fault happen if this is its moment; ``meanwhile`` is what is still done then."""
        self._passed += 1
        if self._passed < self._nth or (self._passed > self._nth and self._fault != "full"):
            return
        if self._passed == self._nth:
            meanwhile()
            os.write(self._moment, description.encode())
        if self._fault == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        elif self._fault == "interrupt":
            os.kill(os.getpid(), signal.SIGINT)
        else:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def _synchronised(self, descriptor: int) -> None:
        # What could fail here may; a process that ends here ends between two moments.
        file = Path(f"/proc/self/fd/{descriptor}").readlink()
        if self._fault == "full" and self._is_here(file) and not self._has_others_like_it(file):
            self.at(f"fsync {self._name(file)}")

    def _audit(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            changes = bool(arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))
        elif event in ("os.remove", "os.rmdir"):
            # Names are given back even by a disk that is full, and one interruption is as good as another.
            changes = self._fault == "kill"
        else:
            changes = event in ("os.mkdir", "os.rename", "os.link")
        if changes and isinstance(arguments[0], (str, os.PathLike)):
            below = arguments[1] if event in ("os.remove", "os.rmdir") else -1
            changed = arguments[event == "os.link"]
            file = Path(f"/proc/self/fd/{below}").resolve() / changed if below >= 0 else Path(changed)
            is_alike = event in ("os.link", "os.remove") and self._has_others_like_it(file)
            is_there = event == "os.mkdir" and file.exists()
            if self._is_here(file) and not is_alike and not is_there:
                self.at(f"{event} {self._name(file)}")

    def _is_here(self, file: str | os.PathLike[str]) -> bool:
        """Say whether what happens to a file counts. Errors come up through what writes the file, so that each of a
        segment counts where everything is built anew; else one does for all."""
        return self.home in Path(file).parents and (self._every_file or not self._has_others_like_it(Path(file)))

    def _has_others_like_it(self, file: Path) -> bool:
        return "segment-" in str(file.parent) and file.name != _ONE_FOR_ALL

    def _name(self, file: str | os.PathLike[str]) -> str:
        return str(Path(file).relative_to(self.home))


class _Watched(io.FileIO):
    """A file of which each piece of data that is written is a moment; at the fault's, half of it is written."""

    def __init__(self, file: str, mode: str, disk: _Disk) -> None:
        self._disk = disk
        super().__init__(file, mode)

    def write(self, data: Any) -> int:
        written = super().write
        self._disk.at(f"write {self._disk._name(str(self.name))}", lambda: written(bytes(data)[: len(data) // 2]))
        return written(data)


# Processes


def children(process: int) -> list[int]:
    """Return the numbers of the processes that a process has started and that have not come to their end."""
    try:
        lists = [file.read_text() for file in Path(f"/proc/{process}/task").glob("*/children")]
    except FileNotFoundError:
        return []
    return [child for each in lists for child in map(int, each.split()) if is_running(child)]


def is_running(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return False


def wait_until(condition: Callable[[], object], what: str, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"waited in vain until {what}"
        time.sleep(0.001)


if __name__ == "__main__":
    _main()
