"""Faults below the library: builds cut short, files damaged, folders that cannot be written."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from damage import flip, generation_folders, lengthen, remove, tree, truncate
from zhengce.corpus import words
from zhengce.corpus.errors import DocumentError
from zhengce.corpus.folding import Folding
from zhengce.corpus.script import simplified_characters
from zhengce.index import Corpus, Counts, build, build_corpus, generations, open_corpus
from zhengce.index.errors import IndexDamagedError, StorageError

Damage = Callable[[Path], None]
Tree = dict[str, bytes]

MEND = "zhengce index --rebuild"
QUERY, RIGHT = "中欧班列", Counts(3, 2, 2)
QUESTION, ANSWER = "怎样开行班列", [("one", 2), ("one", 1), ("two", 2)]
TEXTS = {
    "one": "关于班列的通知\n\n一、开行中欧班列，中欧班列要多开。\n\n二、建设口岸。\n",
    "two": "口岸工作方案\n\n第一条 支持中欧班列发展。\n\n第二条 建设铁路港。\n",
}

STORE = (
    "documents.json",
    "folded.txt",
    "folded.txt.offsets",
    "folding.json",
    "passages.jsonl",
    "passages.jsonl.offsets",
    "words.bits",
)
WHOOSH = ("whoosh/*.seg", "whoosh/*.toc", "whoosh/*_WRITELOCK")

# Builds an index over and over, each time in a fresh copy of a data directory and with a fault at the next
# of the moments at which something changes on disk, until a build comes to its end before the fault does.
# Prints for each moment the data directory, what was about to change, how the process ended, what it said.
_BUILDS = """
import errno, gc, itertools, json, os, shutil, signal, sys
from pathlib import Path
from types import SimpleNamespace

import numpy
import whoosh.index
from zhengce.index import build, build_corpus

fault, documents, template, folder = sys.argv[1], *map(Path, sys.argv[2:])
simplified = build.simplified_characters()
build.simplified_characters = lambda: simplified
build.Segmenter = lambda folding, cache: SimpleNamespace(cut=list, indexed=list)
watched = {"os.mkdir", "os.rename"} if fault == "full" else {"os.mkdir", "os.rename", "os.remove", "os.rmdir"}


def attempt(home, moment, report):
    passed = 0

    def pass_moment(description):
        nonlocal passed
        passed += 1
        if passed != moment:
            return
        os.write(report, description.encode())
        if fault == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        elif fault == "interrupt":
            os.kill(os.getpid(), signal.SIGINT)
        else:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def audit(event, arguments):
        if event in watched or (event == "open" and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)):
            if isinstance(arguments[0], (str, os.PathLike)) and home in Path(arguments[0]).parents:
                pass_moment(f"{event} {Path(arguments[0]).relative_to(home)}")

    replace = Path.replace

    def replace_and_pass(path, target):
        replace(path, target)
        if fault != "full":
            pass_moment(f"after {path.name} became {target.name}")

    Path.replace = replace_and_pass
    sys.addaudithook(audit)
    try:
        build_corpus(home, documents=documents, rebuild=True)
    except BaseException as error:
        print(f"{type(error).__name__}: {error}", flush=True)


def start(moment):
    home = folder / f"home-{moment}"
    shutil.copytree(template, home)
    reading, report = os.pipe()
    child = os.fork()
    if not child:
        os.dup2(os.open(f"{home}.said", os.O_WRONLY | os.O_CREAT), 1)
        os.dup2(1, 2)
        # Whoever runs the tests may ignore Ctrl-C, as shells do for what they run in the background.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        attempt(home, moment, report)
        sys.exit()
    os.close(report)
    return home, reading, child


gc.freeze()
outcomes, moments = [], itertools.count(1)
passed_all = False
while not passed_all:
    for home, reading, child in [start(next(moments)) for _ in range(os.cpu_count() or 1)]:
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        moment = os.read(reading, 1000).decode()
        os.close(reading)
        if moment:
            outcomes.append((str(home), moment, code, Path(f"{home}.said").read_text()))
        passed_all = passed_all or not moment
print(json.dumps(outcomes))
"""


@pytest.fixture(scope="module")
def simplified() -> dict[str, str]:
    return simplified_characters()


@pytest.fixture(scope="module")
def segmenter(shared_home: Path, simplified: dict[str, str]) -> words.Segmenter:
    return words.Segmenter(Folding(simplified), shared_home / "cache")


@pytest.fixture(autouse=True)
def _quick_builds(segmenter: words.Segmenter, simplified: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """All builds share one loaded dictionary, and one table of characters: loading takes most of the time."""
    monkeypatch.setattr(build, "simplified_characters", lambda: simplified)
    monkeypatch.setattr(build, "Segmenter", lambda folding, cache: segmenter)
    monkeypatch.setattr(words, "Segmenter", lambda folding, cache: segmenter)


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of two short documents."""
    folder = tmp_path_factory.mktemp("documents")
    for name, text in TEXTS.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    entries = [f'[[document]]\nid = "{name}"\nfile = "{name}.txt"\n' for name in TEXTS]
    (folder / "catalogue.toml").write_text("\n".join(entries), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def built(documents: Path, shared_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory in which the short documents are indexed. Tests must leave it as it is."""
    home = tmp_path_factory.mktemp("built")
    (home / "cache").symlink_to(shared_home / "cache")
    build_corpus(home, documents=documents)
    (home / "cache").unlink()
    return home


@pytest.fixture
def home(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "home"))


def answers(corpus: Corpus) -> tuple[Counts, list[tuple[str, int]]]:
    hits = corpus.search(QUESTION, keywords=True)
    return corpus.search(QUERY).counts, [(hit.document.id, hit.passage.number) for hit in hits]


DAMAGES = (truncate, flip, lengthen, remove)
EMPTY_FILE_DAMAGES = (lengthen, remove)


def each_moment(fault: str, documents: Path, template: Path, folder: Path) -> list[tuple[Path, str, int, str]]:
    """Build with a fault at each moment; returns the data directories, moments, exit codes and outputs."""
    arguments = (sys.executable, "-W", "ignore", "-c", _BUILDS, fault, *map(str, (documents, template, folder)))
    done = subprocess.run(arguments, capture_output=True, text=True, check=False)
    assert not done.returncode, done.stderr
    outcomes = [(Path(home), moment, code, said) for home, moment, code, said in json.loads(done.stdout)]
    moments = [moment for _, moment, _, _ in outcomes]
    assert "os.rename bundled/current.new" in moments
    assert len(moments) > 20
    return outcomes


def wrong_afterwards(home: Path, documents: Path, before: Tree, *, nothing_left: bool = False) -> list[str]:
    """Return what is wrong with an index after a fault, and after the build that comes next."""
    wrong = []
    folder = home / "bundled"
    if nothing_left and (folder / "current").read_bytes() == before["current"] and tree(folder) != before:
        wrong.append(f"left behind: {sorted(tree(folder).keys() ^ before.keys())}")
    try:
        if (counts := open_corpus(home, documents=documents).search(QUERY).counts) != RIGHT:
            wrong.append(f"found {counts}")
    except IndexDamagedError as error:
        wrong.append(str(error))
    build_corpus(home, documents=documents, rebuild=True)
    if len(generation_folders(home)) != 1 or answers(open_corpus(home, documents=documents)) != (RIGHT, ANSWER):
        wrong.append("the next build does not set it right")
    return wrong


def test_a_build_killed_at_any_moment_leaves_the_last_index(documents: Path, built: Path, tmp_path: Path) -> None:
    before = tree(built / "bundled")
    wrong = {}
    for home, moment, code, _ in each_moment("kill", documents, built, tmp_path):
        assert code == -signal.SIGKILL, moment
        if found := wrong_afterwards(home, documents, before):
            wrong[moment] = found
    assert not wrong


def test_a_first_build_killed_at_any_moment_is_made_up_for(documents: Path, tmp_path: Path) -> None:
    template = tmp_path / "template"
    template.mkdir()
    wrong = {}
    for home, moment, code, _ in each_moment("kill", documents, template, tmp_path):
        assert code == -signal.SIGKILL, moment
        corpus = open_corpus(home, documents=documents)
        if corpus.search(QUERY).counts != RIGHT or len(generation_folders(home)) != 1:
            wrong[moment] = generation_folders(home)
    assert not wrong


def test_a_build_interrupted_at_any_moment_leaves_an_index(documents: Path, built: Path, tmp_path: Path) -> None:
    before = tree(built / "bundled")
    wrong = {}
    for home, moment, _, said in each_moment("interrupt", documents, built, tmp_path):
        assert said.strip() == "KeyboardInterrupt:", moment
        if found := wrong_afterwards(home, documents, before, nothing_left=True):
            wrong[moment] = found
    assert not wrong


def test_a_disk_full_at_any_moment_leaves_the_last_index(documents: Path, built: Path, tmp_path: Path) -> None:
    before = tree(built / "bundled")
    wrong = {}
    for home, moment, _, said in each_moment("full", documents, built, tmp_path):
        if said:  # else it was a folder that exists already
            reason = os.strerror(errno.ENOSPC)
            assert said.startswith(f"StorageError: The index cannot be written in {home / 'bundled'}: {reason}."), said
            assert said.count("\n") == 1, said
        if found := wrong_afterwards(home, documents, before, nothing_left=True):
            wrong[moment] = found
    assert not wrong


@pytest.mark.parametrize("name", STORE)
def test_a_file_written_by_half_is_not_put_in_force(
    name: str, home: Path, documents: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = tree(home / "bundled")
    write_bytes = Path.write_bytes

    def write_half(path: Path, data: bytes) -> int:
        if path.name != name:
            return write_bytes(path, data)
        write_bytes(path, data[: len(data) // 2])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", write_half)
        with pytest.raises(StorageError, match=str(home / "bundled")):
            build_corpus(home, documents=documents, rebuild=True)
    assert tree(home / "bundled") == before
    assert answers(open_corpus(home, documents=documents)) == (RIGHT, ANSWER)


def test_a_disk_that_refuses_when_files_are_synchronised(
    home: Path, documents: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = tree(home / "bundled")
    calls = 0
    fsync = os.fsync

    def refuse(nth: int) -> Callable[[int], None]:
        def refuse_nth(descriptor: int) -> None:
            nonlocal calls
            calls += 1
            if calls == nth:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            fsync(descriptor)

        return refuse_nth

    monkeypatch.setattr(os, "fsync", refuse(0))
    build_corpus(home, documents=documents, rebuild=True)
    synchronised = calls
    assert synchronised > len(STORE)
    wrong = {}
    for nth in range(1, synchronised + 1):
        before, calls = tree(home / "bundled"), 0
        monkeypatch.setattr(os, "fsync", refuse(nth))
        with pytest.raises(StorageError, match=str(home / "bundled")):
            build_corpus(home, documents=documents, rebuild=True)
        if left := tree(home / "bundled").keys() ^ before.keys():
            wrong[nth] = left
    assert not wrong
    assert answers(open_corpus(home, documents=documents)) == (RIGHT, ANSWER)


@pytest.mark.parametrize("step", range(len(TEXTS) + 2))
def test_interrupted_while_progress_is_told(step: int, home: Path, documents: Path) -> None:
    before = tree(home / "bundled")
    steps = []

    def interrupt(done: int, total: int, document: str) -> None:
        steps.append(document)
        if len(steps) == step + 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_corpus(home, documents=documents, rebuild=True, progress=interrupt)
    assert tree(home / "bundled") == before
    assert answers(open_corpus(home, documents=documents)) == (RIGHT, ANSWER)


def test_an_unreadable_document_leaves_the_last_index(home: Path, documents: Path, tmp_path: Path) -> None:
    before = tree(home / "bundled")
    broken = Path(shutil.copytree(documents, tmp_path / "broken"))
    (broken / "two.txt").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(DocumentError, match=r"two\.txt is not UTF-8"):
        open_corpus(home, documents=broken)
    assert tree(home / "bundled") == before
    assert answers(open_corpus(home, documents=documents)) == (RIGHT, ANSWER)


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("name", [*STORE, "manifest.json"])
def test_a_damaged_file_of_the_store(name: str, damage: Damage, home: Path, documents: Path) -> None:
    damage(generation_folders(home)[0] / name)
    with pytest.raises(IndexDamagedError, match=MEND):
        open_corpus(home, documents=documents)
    build_corpus(home, documents=documents, rebuild=True)
    assert answers(open_corpus(home, documents=documents)) == (RIGHT, ANSWER)
    assert len(generation_folders(home)) == 1


@pytest.mark.parametrize(
    ("pattern", "damage"),
    [
        (pattern, damage)
        for pattern in WHOOSH
        for damage in (EMPTY_FILE_DAMAGES if pattern.endswith("LOCK") else DAMAGES)
    ],
)
def test_a_damaged_file_of_the_word_index(pattern: str, damage: Damage, home: Path, documents: Path) -> None:
    (file,) = generation_folders(home)[0].glob(pattern)
    damage(file)
    corpus = open_corpus(home, documents=documents)
    assert corpus.search(QUERY).counts == RIGHT
    with pytest.raises(IndexDamagedError, match=MEND):
        corpus.search(QUESTION, keywords=True)
    with pytest.raises(IndexDamagedError, match=MEND):
        corpus.suggestions(QUERY)
    build_corpus(home, documents=documents, rebuild=True)
    assert answers(open_corpus(home, documents=documents)) == (RIGHT, ANSWER)


@pytest.mark.parametrize(
    "garbage",
    [
        b"",
        b"\0" * 100,
        b"\xff\xfe",
        b"{",
        b"null",
        b"[]",
        b'"text"',
        b"9" * 10_000,
        b"[" * 100_000,
        b'{"format": 1}',
        b'{"format": null, "fingerprint": "", "files": {}}',
        b'{"format": Infinity, "fingerprint": "", "files": {}}',
        b'{"format": 1, "fingerprint": "", "files": []}',
        b'{"format": 1, "fingerprint": "", "files": {"folded.txt": 1}}',
        b'{"format": 1, "fingerprint": "", "files": {"folded.txt": [null, 1]}}',
        b'{"format": 1, "fingerprint": "", "files": {"folded.txt": [1e999, 1]}}',
    ],
    ids=lambda garbage: garbage[:60].decode("latin-1"),
)
def test_garbage_for_a_manifest(garbage: bytes, home: Path, documents: Path) -> None:
    (generation_folders(home)[0] / "manifest.json").write_bytes(garbage)
    with pytest.raises(IndexDamagedError, match=MEND):
        open_corpus(home, documents=documents)
    build_corpus(home, documents=documents, rebuild=True)
    assert answers(open_corpus(home, documents=documents)) == (RIGHT, ANSWER)


@pytest.mark.parametrize(
    "garbage",
    [
        b"",
        b"\n",
        b"\0" * 23,
        b"\xff\xfe",
        b".",
        b"..",
        b"/",
        b"generation-",
        b"generation-\0",
        b"generation-000000000000",
        b"generation-../..",
        b"generation-" + b"0" * 10_000,
        b"generation-\x1b[2J",
        "generation-班列".encode(),
    ],
    ids=lambda garbage: garbage[:30].decode("latin-1"),
)
def test_garbage_for_the_name_of_the_current_generation(garbage: bytes, home: Path, documents: Path) -> None:
    (home / "bundled" / "current").write_bytes(garbage)
    with pytest.raises(IndexDamagedError, match=MEND):
        open_corpus(home, documents=documents)
    build_corpus(home, documents=documents, rebuild=True)
    assert answers(open_corpus(home, documents=documents)) == (RIGHT, ANSWER)
    assert len(generation_folders(home)) == 1


@pytest.mark.parametrize("damage", [truncate, flip, lengthen])
def test_a_damaged_name_of_the_current_generation(damage: Damage, home: Path, documents: Path) -> None:
    damage(home / "bundled" / "current")
    with pytest.raises(IndexDamagedError, match=MEND):
        open_corpus(home, documents=documents)
    build_corpus(home, documents=documents, rebuild=True)
    assert answers(open_corpus(home, documents=documents)) == (RIGHT, ANSWER)


@pytest.mark.parametrize("lost", ["current", "bundled"])
def test_an_index_that_is_gone_is_built(lost: str, home: Path, documents: Path) -> None:
    if lost == "bundled":
        shutil.rmtree(home / "bundled")
    else:
        (home / "bundled" / "current").unlink()
    assert answers(open_corpus(home, documents=documents)) == (RIGHT, ANSWER)
    assert len(generation_folders(home)) == 1


def test_no_byte_of_the_manifest_can_be_changed_to_a_wrong_answer(home: Path, built: Path, documents: Path) -> None:
    """Either the index is called damaged, or it is right, built anew where its fingerprint has changed."""
    (folder,) = generation_folders(home)
    manifest = (folder / "manifest.json").read_bytes()
    fingerprint = json.loads(manifest)["fingerprint"].encode()
    first = manifest.index(fingerprint)
    tried = {*range(len(manifest))} - {*range(first + 1, first + len(fingerprint))}  # one digit of it will do
    wrong = {}
    for place in sorted(tried):
        for byte in {manifest[place] ^ 1, ord("0"), ord("e"), 0, 0xFF} - {manifest[place]}:
            (folder / "manifest.json").write_bytes(manifest[:place] + bytes([byte]) + manifest[place + 1 :])
            found: object = None
            try:
                found = open_corpus(home, documents=documents).search(QUERY).counts
            except IndexDamagedError:
                found = RIGHT
            except Exception as error:
                found = error
            if found != RIGHT:
                wrong[place, chr(byte)] = found
            if generation_folders(home) != [folder]:
                shutil.rmtree(home / "bundled")
                shutil.copytree(built / "bundled", home / "bundled")
    assert not wrong


def alter_manifest(home: Path, **changes: object) -> None:
    (folder,) = generation_folders(home)
    manifest = json.loads((folder / "manifest.json").read_bytes())
    (folder / "manifest.json").write_text(json.dumps({**manifest, **changes}), encoding="ascii")


@pytest.mark.parametrize(
    "change",
    [{"format": generations.FORMAT + 1}, {"format": 0}, {"fingerprint": "0" * 32}, {"format": 0, "files": {}}],
    ids=str,
)
def test_an_index_of_another_version_is_built_anew(change: dict[str, object], home: Path, documents: Path) -> None:
    alter_manifest(home, **change)
    old = generation_folders(home)
    assert answers(open_corpus(home, documents=documents)) == (RIGHT, ANSWER)
    assert len(generation_folders(home)) == 1
    assert generation_folders(home) != old
    new = generation_folders(home)
    open_corpus(home, documents=documents)
    assert generation_folders(home) == new


def test_an_index_of_another_dictionary_is_built_anew(
    home: Path, documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = generation_folders(home)
    more = tmp_path / "policy_words.txt"
    more.write_bytes(words.POLICY_WORDS.read_bytes() + "铁路港区\n".encode())
    monkeypatch.setattr(words, "POLICY_WORDS", more)
    assert answers(open_corpus(home, documents=documents)) == (RIGHT, ANSWER)
    assert len(generation_folders(home)) == 1
    assert generation_folders(home) != old


def test_a_changed_document_is_indexed_anew(own_documents: Callable[[dict[str, str]], Path]) -> None:
    own_documents(TEXTS)
    assert open_corpus().search(QUERY).counts == RIGHT
    own_documents({**TEXTS, "two": TEXTS["two"].replace("建设铁路港", "建设中欧班列铁路港")})
    assert open_corpus().search(QUERY).counts == Counts(4, 3, 2)
    own_documents({**TEXTS, "three": "中欧班列简报\n\n中欧班列开行。\n"})
    assert open_corpus().search(QUERY).counts == Counts(5, 4, 3)
    own_documents({"one": TEXTS["one"]})
    assert open_corpus().search(QUERY).counts == Counts(2, 1, 1)


def test_an_index_replaced_while_it_is_opened(home: Path, documents: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    check = generations.check

    def replace_and_check(path: Path, manifest: generations.Manifest, folder: str = ".") -> None:
        monkeypatch.setattr(generations, "check", check)
        build_corpus(home, documents=documents, rebuild=True)
        check(path, manifest, folder)

    monkeypatch.setattr(generations, "check", replace_and_check)
    assert answers(open_corpus(home, documents=documents)) == (RIGHT, ANSWER)


def test_an_index_replaced_after_it_was_opened(home: Path, documents: Path) -> None:
    corpus = open_corpus(home, documents=documents)
    for _ in range(2):
        build_corpus(home, documents=documents, rebuild=True)
    assert answers(corpus) == (RIGHT, ANSWER)
    del corpus
    build_corpus(home, documents=documents, rebuild=True)
    assert len(generation_folders(home)) == 1


@pytest.mark.parametrize("below", ["file", "file/data", "file/a/b"])
def test_a_data_directory_that_cannot_be_made(below: str, documents: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="ascii")
    for attempt in (open_corpus, build_corpus):
        with pytest.raises(StorageError, match=str(tmp_path / below / "bundled")):
            attempt(tmp_path / below, documents=documents)
    assert tree(tmp_path) == {"file": b"in the way"}


@pytest.mark.parametrize("name", ["bundled", "cache", "bundled/lock"])
def test_something_in_the_way_within_the_data_directory(name: str, documents: Path, tmp_path: Path) -> None:
    if name == "bundled/lock":
        (tmp_path / name).mkdir(parents=True)
    else:
        (tmp_path / name).write_text("in the way", encoding="ascii")
    with pytest.raises(StorageError, match=str(tmp_path)):
        open_corpus(tmp_path, documents=documents)
    assert not generation_folders(tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_data_directory_without_permission_to_write(home: Path, documents: Path) -> None:
    folder = home / "bundled"
    before = tree(folder)
    folder.chmod(0o500)
    try:
        with pytest.raises(StorageError, match=str(folder)):
            build_corpus(home, documents=documents, rebuild=True)
        assert answers(open_corpus(home, documents=documents)) == (RIGHT, ANSWER)
    finally:
        folder.chmod(0o700)
    assert tree(folder) == before
