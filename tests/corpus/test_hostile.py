"""Hostile files: whatever becomes of the bytes of a file, it is read or refused, and nothing else happens."""

from __future__ import annotations

import io
import os
import random
import time
import zipfile
from collections.abc import Callable
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from pathlib import Path

import pytest
from pdfs import DrawnPage, pdf
from wordfile import paragraph, word_file
from zhengce.corpus.document_reader import document
from zhengce.corpus.errors import DocumentError
from zhengce.corpus.extraction import Limits
from zhengce.corpus.files import Source
from zhengce.corpus.formats.table import extract, format_of

SECONDS = float(os.environ.get("ZHENGCE_FUZZ", "0"))
"""For how long a file of each format is damaged in ever new ways; if 0, a few times in the same ways always."""
SEED = int(os.environ.get("ZHENGCE_FUZZ_SEED", "1"))
TIMES = 40
SLOW = 5.0
"""Seconds within which files as small as these have to be read."""
LIMITS = Limits(size=2_000_000, expanded=20_000_000, pages=50, nesting=100)

TEXT = """# 关于开行中欧班列的通知

渝府办发〔2022〕86号

各区县人民政府：

一、总体要求

（一）质量第一。2025 年開行班列1000列^{1}，

降低物流成本；　　“通达四方”…

| 项目 | 数量 |
|---|---|
| 班列 | 1000 |

第一条　为了规范口岸管理，制定本办法。

—1—

1. 见附件。

重庆市人民政府

2022年7月26日
"""
HTML = (
    '<!DOCTYPE html><html><head><meta charset="utf-8"><title>通知</title><meta name="PubDate" content="2022-07-26">'
    '<style>p { color: red }</style></head><body><div class="nav"><a href="/">首页</a></div><div id="UCAP-CONTENT">'
    "<h1>关于开行中欧班列的通知</h1><p>渝府办发〔2022〕86号</p><p style='text-align:center'>各区县：&nbsp;&#x4e2d;</p>"
    "<table><tr><td rowspan=2>项目</td><td colspan='2'>数量</td></tr><tr><td>班列</td></tr></table>"
    "<ol><li>一、总体要求<ul><li>质量第一</li></ul></ol><!-- 注 --><script>var a = '<p>';</script></div></body></html>"
)
XML = (
    '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE rss [<!ENTITY a "开行班列">]><rss version="2.0"><channel>'
    "<title>政策</title><item><title>通知</title><pubDate>Tue, 26 Jul 2022 08:00:00 GMT</pubDate>"
    "<description><![CDATA[<p>开行班列。</p>]]></description></item><item><title>&a;</title></item></channel></rss>"
)


def web_archive() -> bytes:
    archive = MIMEMultipart("related")
    archive["Subject"] = "通知"
    archive.attach(MIMEText(HTML, "html", "utf-8"))
    archive.attach(MIMEText("开行班列。", "plain", "gbk"))
    return archive.as_bytes()


def word_document() -> bytes:
    table = f"<w:tbl><w:tr><w:tc>{paragraph('项目')}</w:tc><w:tc>{paragraph('数量')}</w:tc></w:tr></w:tbl>"
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:pStyle w:val="a"/>'
    level = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
    numbers = f'<w:abstractNum w:abstractNumId="0">{level}</w:abstractNum>'
    return word_file(
        paragraph("关于开行中欧班列的通知") + table + paragraph("总体要求", numbered) + paragraph("2022年7月26日"),
        {
            "numbering": ("w:numbering", f'{numbers}<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'),
            "styles": ("w:styles", '<w:style w:styleId="a"><w:basedOn w:val="b"/><w:outlineLvl w:val="0"/></w:style>'),
            "footnotes": ("w:footnotes", f'<w:footnote w:id="1">{paragraph("注")}</w:footnote>'),
        },
    )


def pages() -> bytes:
    page = DrawnPage().lines(90, 750, TEXT.replace("#", "").split()).grid((90, 200, 300), (100, 130, 160))
    return pdf(page.text(100, 110, "班列").picture(), DrawnPage(rotate=90).text(90, 700, "开行班列，通达四方。"))


SAMPLES = {
    "a.txt": TEXT.encode(),
    "b.txt": TEXT.encode("gb18030"),
    "c.text": TEXT.encode("utf-16"),
    "d.txt": TEXT.replace("^", "").encode("big5", "ignore"),
    "e.md": TEXT.replace("\n", "\r\n").encode("utf-8-sig"),
    "f.html": HTML.encode(),
    "g.htm": HTML.replace("utf-8", "gbk").encode("gbk"),
    "h.mht": web_archive(),
    "i.xml": XML.encode(),
    "j.docx": word_document(),
    "k.pdf": pages(),
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
