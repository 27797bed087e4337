"""Hostile files: whatever becomes of the bytes of a file, it is read or refused, and nothing else happens."""

from __future__ import annotations

import io
import os
import random
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import samples
from samples import HTML, TEXT
from zhengce.corpus.document_reader import document
from zhengce.corpus.errors import DocumentError
from zhengce.corpus.files import Source
from zhengce.corpus.formats.table import extract, format_of
from zhengce.corpus.limits import Limits

SECONDS = float(os.environ.get("ZHENGCE_FUZZ", "0"))
"""For how long a file of each format is damaged in ever new ways; if 0, a few times in the same ways always."""
SEED = int(os.environ.get("ZHENGCE_FUZZ_SEED", "1"))
TIMES = 40
SLOW = 5.0
"""Seconds within which files as small as these have to be read."""
LIMITS = Limits(size=2_000_000, expanded=20_000_000, pages=50, nesting=100)

SAMPLES = {
    "a.txt": TEXT.encode(),
    "b.txt": TEXT.encode("gb18030"),
    "c.text": TEXT.encode("utf-16"),
    "d.txt": TEXT.replace("^", "").encode("big5", "ignore"),
    "e.md": TEXT.replace("\n", "\r\n").encode("utf-8-sig"),
    "f.html": HTML.encode(),
    "g.htm": HTML.replace("utf-8", "gbk").encode("gbk"),
    "h.mht": samples.SAMPLES["MHTML"],
    "i.xml": samples.SAMPLES["XML"],
    "j.docx": samples.SAMPLES["DOCX"],
    "k.pdf": samples.SAMPLES["PDF"],
    "l.ofd": samples.SAMPLES["OFD"],
}
TOKENS = (
    b"\0", b"\xff", b"\xfe\xff", b"\x1b$B", b"<", b">", b"</p>", b"<![CDATA[", b"<!--", b"&#xD800;", b"&#1114112;", b"&a;",
    b"<w:p>", b"<div>" * 50, b"<table><tr><td>" * 30, b"(" * 200, "（".encode() * 200, "一、".encode() * 100, b" " * 500,
    "\u3000".encode() * 300, b"\n" * 300, b"9" * 500, b"|" * 300, "〔2022〕".encode(), b"%PDF-", b"PK\x03\x04", b"obj",
    b"\r", "\u2028".encode(), "\ufeff".encode(), "\u202e".encode(), b"-1", b"4294967296", b"1e999", b"=?utf-8?b?",
    b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\x81\x30\x81\x30", "\U0002fa1d".encode(), "\u0301".encode() * 200,
)  # fmt: skip


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Return bytes with some faults in them."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        at, length = chance.randrange(len(changed) + 1), chance.choice((1, 2, 8, 64, 512))
        kind = chance.randrange(7)
        if kind == 0:
            changed[at : at + 1] = bytes([chance.randrange(256)])
        elif kind == 1:
            del changed[at : at + length]
        elif kind == 2:
            changed[at:at] = chance.choice(TOKENS)
        elif kind == 3:
            changed[at : at + length] = chance.choice(TOKENS)
        elif kind == 4:
            start = chance.randrange(len(changed) + 1)
            changed[at:at] = changed[start : start + length] * chance.choice((1, 1, 50))
        elif kind == 5 and at < len(changed):
            changed[at] ^= 1 << chance.randrange(8)
        elif kind == 6 and not chance.randrange(5):
            del changed[at:]
    return bytes(changed)


def packed(data: bytes, chance: random.Random) -> bytes:
    """Return an archive with faults in one of its members, or in itself."""
    if not chance.randrange(4):
        return damaged(data, chance)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(out, "w") as written:
        chosen = chance.choice(archive.namelist())
        for name in archive.namelist():
            content = archive.read(name)
            written.writestr(name, damaged(content, chance) if name == chosen else content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "texts"),
    [
        ("a.txt", "班列。\n\n\u2002\n\n\u2000\u2009\u202f\n\n口岸。".encode(), ["班列。", "口岸。"]),
        ("a.xml", "<a><b>&x;</b><c>班列&y;。</c></a>".encode(), ["&x;", "班列&y;。"]),
    ],
)
def test_what_damage_has_brought_to_light(name: str, data: bytes, texts: list[str]) -> None:
    path = Path(name)
    format_ = format_of(path)
    assert format_
    found = document(Source("a", path), extract(format_, path, data, None, LIMITS))
    assert [passage.text for passage in found.passages] == texts


def read(name: str, data: bytes) -> str | None:
    """Read a file, and return why it was refused."""
    path = Path(name)
    format_ = format_of(path)
    assert format_
    try:
        found = document(Source("a", path), extract(format_, path, data, None, LIMITS))
    except DocumentError as error:
        return str(error)
    assert found.passages
    assert [passage.number for passage in found.passages] == list(range(1, len(found.passages) + 1))
    for passage in found.passages:
        assert passage.text.strip()
        passage.text.encode()
    found.metadata.title.encode()
    return None


@pytest.mark.parametrize("name", SAMPLES)
def test_a_damaged_file_is_read_or_refused(name: str) -> None:
    assert read(name, SAMPLES[name]) is None
    damage: Callable[[bytes, random.Random], bytes] = packed if name.endswith("docx") else damaged
    started, number, refused = time.monotonic(), 0, 0
    while number < TIMES or time.monotonic() - started < SECONDS:
        seed = f"{name} {SEED + number}"
        data = damage(SAMPLES[name], random.Random(seed))
        began = time.process_time()
        try:
            reason = read(name, data)
            assert reason is None or reason.startswith(name)
            refused += reason is not None
        except BaseException as error:
            raise AssertionError(f"with seed {seed!r}") from error
        took = time.process_time() - began
        assert took < SLOW, f"with seed {seed!r}, {len(data)} bytes take {took:.1f} s"
        number += 1
    assert refused < number, "no damage is survived"
    if SECONDS:
        print(f"{name}: {number:,} files, of which {refused:,} refused")
