"""Files of other word processors, with a program in the place of LibreOffice."""

from __future__ import annotations

import os
import shutil
import stat
import time
from pathlib import Path

import pytest
from wordfile import paragraph, word_file
from zhengce.corpus.document_reader import read_document
from zhengce.corpus.errors import DocumentError, MissingReaderError
from zhengce.corpus.extraction import ExtractedText
from zhengce.corpus.files import Source
from zhengce.corpus.formats.table import extract, format_of
from zhengce.corpus.limits import DEFAULT_LIMITS, Limits

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
RTF = rb"{\rtf1\ansi\pard\b x\b0\par}"


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a program that copies ``result.docx`` from its own folder, and notes how it was called."""
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "result.docx").write_bytes(word_file(paragraph("第一条　为了规范管理，制定本办法。")))
    program(folder, f'cp "{folder}/result.docx" "$9/document.docx"')
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return folder


def program(folder: Path, action: str) -> None:
    script = folder / "soffice"
    lines = (
        "#!/bin/sh",
        f'echo "$@" > "{folder}/arguments"; cp "$(pwd)"/profile/user/*.xcu "{folder}/"; pwd > "{folder}/home"',
        'while [ "$1" != --outdir ]; do shift; done; mkdir -p "$2"; set -- 1 2 3 4 5 6 7 8 "$2"',
        action,
    )
    script.write_text("\n".join(lines), encoding="utf-8")
    script.chmod(script.stat().st_mode | stat.S_IEXEC)


def read(name: str, data: bytes, limits: Limits = DEFAULT_LIMITS) -> ExtractedText:
    path = Path(name)
    format_ = format_of(path)
    assert format_ is not None
    assert format_.sandboxed
    return extract(format_, path, data, None, limits)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.doc", OLE),
        ("a.wps", OLE),
        ("a.rtf", RTF),
        ("a.odt", b"PK\x03\x04"),
        ("a.FODT", b'\xef\xbb\xbf <?xml version="1.0"?>'),
    ],
)
def test_what_it_converts_is_read_as_a_word_file(office: Path, name: str, data: bytes) -> None:
    extracted = read(name, data)
    assert extracted.format == f"{name[2:].upper()} (LibreOffice)"
    assert [(line.text, line.whole) for line in extracted.lines] == [("第一条　为了规范管理，制定本办法。", True)]


def test_it_has_a_profile_of_its_own_without_macros_and_network_and_leaves_nothing(office: Path) -> None:
    read("a.doc", OLE)
    arguments = (office / "arguments").read_text(encoding="utf-8")
    home = (office / "home").read_text(encoding="utf-8").strip()
    assert f"-env:UserInstallation=file://{home}/profile" in arguments
    assert "--headless" in arguments
    assert not Path(home).exists()
    settings = (office / "registrymodifications.xcu").read_text(encoding="utf-8")
    for name, value in (("DisableMacrosExecution", "true"), ("BlockUntrustedRefererLinks", "true")):
        assert f'oor:name="{name}" oor:op="fuse"><value>{value}</value>' in settings


def test_files_by_the_wrong_name_are_told_by_their_content(office: Path) -> None:
    assert read("a.doc", word_file(paragraph("甲。"))).format == "DOCX"
    assert not (office / "arguments").exists()
    assert read("a.docx", OLE).format == "DOC (LibreOffice)"
    assert read("a.docx", RTF).format == "RTF (LibreOffice)"
    with pytest.raises(DocumentError, match=r"a\.doc is not a word processor file"):
        read("a.doc", b"<html><body>")
    with pytest.raises(DocumentError, match=r"a\.doc is an OFD file"):
        read("a.doc", b"PK\x03\x04...OFD.xml")
    with pytest.raises(DocumentError, match=r"a\.doc is protected by a password"):
        read("a.doc", OLE + "EncryptedPackage".encode("utf-16-le"))


def test_without_it_what_to_install_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingReaderError, match=r"^a\.doc .*apt install libreoffice-writer") as caught:
        read("a.doc", OLE)
    assert caught.value.missing == "LibreOffice"


def test_its_failure_is_the_documents(office: Path) -> None:
    program(office, "exit 0")
    with pytest.raises(DocumentError, match=r"^a\.doc cannot be converted"):
        read("a.doc", OLE)
    (office / "result.docx").write_bytes(b"PK")
    program(office, f'cp "{office}/result.docx" "$9/document.docx"')
    with pytest.raises(DocumentError, match=r"^a\.doc is damaged"):
        read("a.doc", OLE)


def test_when_its_time_is_over_all_its_processes_go(office: Path) -> None:
    program(office, f'sleep 30 & echo $! > "{office}/child"; wait')
    started = time.monotonic()
    with pytest.raises(DocumentError, match=r"^a\.doc takes more than 0\.5 seconds to convert"):
        read("a.doc", OLE, Limits(seconds=0.5))
    assert time.monotonic() - started < 10
    child = int((office / "child").read_text(encoding="utf-8"))
    while time.monotonic() - started < 10 and is_running(child):
        time.sleep(0.01)
    assert not is_running(child)


def is_running(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_what_it_writes_is_bounded(office: Path) -> None:
    program(
        office, 'head -c 5000000 /dev/zero > "$9/document.docx"; wc -c < "$9/document.docx" > "$(dirname "$0")/size"'
    )
    with pytest.raises(DocumentError, match=r"^a\.doc exceeds the limit of 100,000 bytes when converted"):
        read("a.doc", OLE, Limits(size=100_000))
    assert int((office / "size").read_text(encoding="utf-8")) < 1_000_000


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_the_real_program_reads_rtf(tmp_path: Path) -> None:
    path = tmp_path / "办法.rtf"
    article = "".join(f"\\u{ord(character)}?" for character in "第一条　为了规范管理，制定本办法。")
    path.write_text(rf"{{\rtf1\ansi\uc1 \pard {article}\par}}", encoding="ascii")
    read_back = read_document(Source("id", path))
    assert read_back.format == "RTF (LibreOffice)"
    assert [passage.text for passage in read_back.passages] == ["第一条　为了规范管理，制定本办法。"]
