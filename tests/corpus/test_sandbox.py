"""Sandbox: readers that hang, crash and misbehave in other ways, and what becomes of the next file."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from damage import children, is_running, wait_until
from zhengce.corpus.document_reader import document
from zhengce.corpus.errors import DocumentError, MissingReaderError
from zhengce.corpus.extraction import ExtractedText, SourceLine
from zhengce.corpus.files import Source
from zhengce.corpus.formats import sandbox
from zhengce.corpus.formats.interface import Format
from zhengce.corpus.formats.sandbox import Sandbox
from zhengce.corpus.limits import DEFAULT_LIMITS, Limits

pytestmark = pytest.mark.integration

# The content of a file is what its reader does; ``done`` makes an extract of lines.
READER = """
import os, sys, threading, time
from zhengce.corpus.errors import DocumentError, MissingReaderError
from zhengce.corpus.extraction import ExtractedText, SourceLine

kept = []

class Odd(Exception):
    def __str__(self):
        raise ValueError

def done(*texts, **options):
    return ExtractedText(tuple(SourceLine(number, text) for number, text in enumerate(texts, 1)), "fake", **options)

def extract(path, data, encoding, limits):
    names = {**globals(), "path": path, "data": data, "encoding": encoding, "limits": limits}
    exec(data, names)
    return names.get("result") or done("字")
"""

Read = Callable[..., ExtractedText]


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Format:
    """A format whose reader does what the file says."""
    package = tmp_path / "readers" / "hostile"
    package.mkdir(parents=True)
    (package / "fake.py").write_text(READER, encoding="utf-8")
    (package / "lacking.py").write_text("import fake_library.part\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(package.parent))
    return Format("fake", (".fake",), "hostile.fake", sandboxed=True)


@pytest.fixture
def opened() -> Iterator[Sandbox]:
    with Sandbox() as started:
        yield started


@pytest.fixture
def read(opened: Sandbox, fake: Format) -> Read:
    def read_file(action: str, limits: Limits = DEFAULT_LIMITS, format_: Format = fake) -> ExtractedText:
        return opened.extract(format_, Path("a.fake"), action.encode("utf-8", "surrogatepass"), None, limits)

    return read_file


def readers() -> list[int]:
    return children(os.getpid())


def test_what_a_reader_says_arrives_whole(opened: Sandbox, fake: Format) -> None:
    said = ExtractedText(
        (SourceLine(1, "一\n\0\u2028二", "heading", 2, 3, True), SourceLine(2, ""), SourceLine(9, "😀\ud800")),
        "名",
        "Big5",
        {"title": "题"},
        {"date": "2020"},
        ("一", "二"),
    )
    data = f"from zhengce.corpus.extraction import *\nresult = {said!r}".encode("utf-8", "surrogatepass")
    assert opened.extract(fake, Path("a.fake"), data, None, DEFAULT_LIMITS) == said


def test_a_reader_is_told_all_that_is_known_of_a_file(opened: Sandbox, fake: Format) -> None:
    limits = Limits(size=7, expanded=6, pages=5, nesting=4, seconds=9.5)
    path = Path(os.fsdecode(b"\xff\n.fake"))
    data = b"result = done(repr((path, encoding, limits)))\n#" + bytes(range(128, 256)) * 2000
    data = b"# encoding: latin-1\n" + data
    (line,) = opened.extract(fake, path, data, "big5", limits).lines
    assert line.text == repr((path, "big5", limits))


def test_one_process_reads_many_files_and_goes_in_the_end(fake: Format) -> None:
    before = readers()
    with Sandbox() as opened:
        assert readers() == before, "it is started when it is needed"
        numbers = {
            opened.extract(fake, Path("a.fake"), b"result = done(str(os.getpid()))", None, DEFAULT_LIMITS).lines
            for _ in range(3)
        }
        assert len(numbers) == 1
        (process,) = set(readers()) - set(before)
    assert not is_running(process)


def test_other_formats_are_read_in_this_process(opened: Sandbox, fake: Format) -> None:
    here = Format("fake", (".fake",), "hostile.fake")
    (line,) = opened.extract(here, Path("a"), b"result = done(str(os.getpid()))", None, DEFAULT_LIMITS).lines
    assert line.text == str(os.getpid())


TOO_LONG = "a.fake takes more than 0.3 seconds to read; reading was stopped"
CRASH = "a.fake cannot be read: its reader crashes"


@pytest.mark.parametrize(
    "action",
    [
        "while True: pass",
        "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)",
        "import subprocess; subprocess.run(['sleep', '60'])",
    ],
)
def test_a_file_over_which_its_reader_hangs_is_given_up_and_the_next_is_read(read: Read, action: str) -> None:
    before = readers()
    read("")
    with pytest.raises(DocumentError, match=f"^{TOO_LONG}"):
        read(action, Limits(seconds=0.3))
    assert readers() == before
    assert read("result = done('next')").lines == (SourceLine(1, "next"),)


@pytest.mark.parametrize(
    ("action", "message"),
    [
        ("os.abort()", CRASH),
        ("os.kill(os.getpid(), 9)", CRASH),
        ("import ctypes; ctypes.string_at(1)", CRASH),
        ("os._exit(0)", CRASH),
        ("sys.exit('odd')", CRASH),
        ("raise KeyboardInterrupt", CRASH),
        ("raise Odd", CRASH),
        ("result = done(b'bytes')", CRASH),
        ("import os; os.closerange(0, 100)", CRASH),
        ("kept.append(bytes(5 << 30))", "a.fake takes more than 4 GB of memory to read"),
        ("raise RuntimeError('odd')", "a.fake cannot be read: RuntimeError: odd"),
        ("raise DocumentError('a.fake is odd.')", "a.fake is odd"),
        ("def f(): f()\nf()", "a.fake cannot be read: RecursionError"),
        ("(", "a.fake cannot be read: SyntaxError"),
        ("import no_such_thing", "a.fake cannot be read: ModuleNotFoundError"),
        ("result = 1", "a.fake cannot be read: AttributeError"),
    ],
)
def test_a_file_that_is_fatal_to_its_reader_is_refused_and_the_next_is_read(
    read: Read, action: str, message: str
) -> None:
    before = readers()
    with pytest.raises(DocumentError, match=f"^{message}") as raised:
        read(action)
    assert not isinstance(raised.value, MissingReaderError)
    assert read("result = done('next')").lines == (SourceLine(1, "next"),)
    wait_until(lambda: len(set(readers()) - set(before)) == 1, "one reader is left", 5)


@pytest.mark.parametrize(
    "action",
    [
        "print('一'); sys.stderr.write('二'); os.system('echo 三; echo 四 >&2'); os.write(1, b'x'); os.write(2, b'y')",
        "assert sys.stdin.read() == ''; assert os.read(0, 9) == b''; os.system('cat')",
        "sys.stdin.close(); sys.stdout.close(); sys.stderr.close()",
        "os.close(0); os.close(1); os.close(2)",
        "os.chdir('/'); os.environ.clear(); sys.path.clear()",
        "threading.Thread(target=lambda: time.sleep(60), daemon=True).start()",
    ],
)
def test_a_reader_that_talks_listens_or_rearranges_does_no_harm(
    read: Read, capfd: pytest.CaptureFixture[str], action: str
) -> None:
    for _ in range(2):
        assert read(f"try:\n    {action}\nexcept OSError: pass").lines == (SourceLine(1, "字"),)
    assert read("result = done('next')").lines == (SourceLine(1, "next"),)
    assert capfd.readouterr() == ("", "")


def test_what_a_file_leaves_behind_is_no_fault_of_the_next(read: Read) -> None:
    threat = "threading.Thread(target=lambda: ({wait}, os.abort())).start()"
    read(threat.format(wait="time.sleep(0.05)"))
    time.sleep(0.3)
    assert read("result = done('dead before')").lines[0].text == "dead before"
    read("kept.append(bytes(3 << 30))")
    assert read("bytes(2 << 30); result = done('room')").lines[0].text == "room"
    read("kept.append(1)")
    assert read("if kept: os.abort()").lines == (SourceLine(1, "字"),)


def test_a_library_that_is_missing_is_named(read: Read) -> None:
    lacking = Format("FAKE", (".fake",), "hostile.lacking", ("fake_library",), sandboxed=True)
    with pytest.raises(
        MissingReaderError, match=r"^a\.fake is FAKE, which needs fake_library: .* -m pip install fake_library$"
    ) as raised:
        read("", format_=lacking)
    assert raised.value.missing == "fake_library"
    with pytest.raises(MissingReaderError) as raised:
        read("raise MissingReaderError('a.fake needs it.', 'LibreOffice')")
    assert (str(raised.value), raised.value.missing) == ("a.fake needs it.", "LibreOffice")


def test_a_large_file_that_nobody_takes_is_given_up(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "_START", "import time; time.sleep(60)")
    started = time.monotonic()
    with pytest.raises(DocumentError, match=TOO_LONG):
        read("#" * 2_000_000, Limits(seconds=0.3))
    assert time.monotonic() - started < 5


def test_an_interruption_ends_the_reader(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    before = readers()
    read("")
    previous = signal.signal(signal.SIGALRM, lambda *_: signal.raise_signal(signal.SIGINT))
    handler = signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.setitimer(signal.ITIMER_REAL, 0.2)
    try:
        with pytest.raises(KeyboardInterrupt):
            read("time.sleep(60)")
    finally:
        signal.signal(signal.SIGALRM, previous)
        signal.signal(signal.SIGINT, handler)
    assert readers() == before


@pytest.mark.slow
@pytest.mark.parametrize("action", ["", "while True: pass"])
def test_a_reader_does_not_outlive_who_started_it(tmp_path: Path, fake: Format, action: str) -> None:
    """Not even one that hangs, when nobody is left to end it."""
    code = f"""
import sys
sys.path[:] = {sys.path!r}
from pathlib import Path
from zhengce.corpus.formats import sandbox
from zhengce.corpus.limits import Limits
from zhengce.corpus.formats.interface import Format
opened = sandbox.Sandbox()
fake = Format("fake", (".fake",), "hostile.fake", sandboxed=True)
data = b"open({str(tmp_path / "process")!r}, 'w').write(str(os.getpid()) + '!')\\n"
opened.extract(fake, Path("a"), data + {action.encode()!r}, None, Limits(seconds=2))
import time; time.sleep(60)
"""
    with subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.DEVNULL) as starter:
        note = tmp_path / "process"
        wait_until(lambda: note.exists() and note.read_text().endswith("!"), "the reader is at work")
        starter.kill()
    wait_until(lambda: not is_running(int(note.read_text()[:-1])), "the reader has gone", seconds=20)


def test_half_a_character_does_not_reach_the_index(read: Read) -> None:
    action = "result = done('通\\udc80知', '\\ud83d', '\\ude00。', overrides={'title': '题\\ud800'}, defaults={'region': '\\udfff'})"
    found = document(Source("a", Path(os.fsdecode(b"\xff.fake"))), read(action))
    texts = [passage.text for passage in found.passages]
    assert "".join(texts).replace(" ", "") == "通\ufffd知\ufffd\ufffd。"
    assert (found.metadata.title, found.metadata.region) == ("题\ufffd", "\ufffd")
    untitled = document(Source("a", Path(os.fsdecode(b"\xff.fake"))), read("result = done('开行班列，通达四方。')"))
    assert untitled.metadata.title == "\ufffd"
