"""Encodings: what a file's bytes are read as, what is said of those that do not fit, and what is refused."""

from __future__ import annotations

import codecs
import subprocess
import sys
from pathlib import Path

import opencc
import pytest
from hypothesis import given
from hypothesis import strategies as st
from zhengce.corpus.errors import DocumentError
from zhengce.corpus.formats.plain_text import extract
from zhengce.corpus.limits import DEFAULT_LIMITS
from zhengce.corpus.sources.bundled import FOLDER, catalogued_sources
from zhengce.corpus.text.encodings import decode

FILE = Path("notice.txt")
TEXTS = [source.path.read_text(encoding="utf-8") for source in catalogued_sources(FOLDER)]
SIMPLIFIED = "".join(TEXTS)
TRADITIONAL = opencc.OpenCC("s2t").convert(SIMPLIFIED)
NAMES = {"gb18030": "GB18030", "big5hkscs": "Big5", "utf-16-le": "UTF-16LE", "utf-16-be": "UTF-16BE"}


def pieces(text: str, size: int) -> list[str]:
    """Cut a text into pieces of a size, those that are mostly Chinese."""
    cut = (text[start : start + size] for start in range(0, len(text) - size, size))
    return [each for each in cut if sum("\u4e00" <= character <= "\u9fff" for character in each) > size // 2]


@pytest.mark.parametrize("size", [20, 100, 2_000])
@pytest.mark.parametrize("codec", NAMES)
@pytest.mark.parametrize("text", [SIMPLIFIED, TRADITIONAL], ids=["simplified", "traditional"])
def test_encodings_are_told_from_short_texts(text: str, codec: str, size: int) -> None:
    if codec == "big5hkscs":
        text = TRADITIONAL.encode(codec, "ignore").decode(codec)
    found = [decode(FILE, piece.encode(codec)) for piece in pieces(text, size)]
    assert {each.encoding for each in found} == {NAMES[codec]}
    assert not any(each.warnings for each in found)


@pytest.mark.parametrize(
    ("mark", "codec", "name"),
    [
        (codecs.BOM_UTF8, "utf-8", "UTF-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16LE"),
        (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16BE"),
        (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32-LE"),
        (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32-BE"),
        ("\ufeff".encode("gb18030"), "gb18030", "GB18030"),
    ],
)
def test_byte_order_marks(mark: bytes, codec: str, name: str) -> None:
    found = decode(FILE, mark + "重庆市人民政府 2022".encode(codec))
    assert (found.text, found.encoding) == ("重庆市人民政府 2022", name)


def test_private_characters_of_gb18030_are_read_as_the_web_reads_them() -> None:
    data = "　　一、总体要求".encode("gb18030").replace(b"\xa1\xa1", b"\xa3\xa0") + b"\xa6\xd9\xa8\xbc\xfe\x59\x80"
    for encoding in (None, "gbk", "gb2312"):
        assert decode(FILE, data, encoding).text == "\u3000\u3000一、总体要求︐ḿ\u9fb4€"
    spaced = ("\xa3\xa0" * 40).encode("latin-1") + "第一条".encode("gb18030")
    assert decode(FILE, spaced).text == "\u3000" * 40 + "第一条"


def test_characters_beyond_the_smaller_sets() -> None:
    # 㑇 and 𠀀 have four bytes in GB18030; 啫 and 喺 are HKSCS; Microsoft's Big5 has the euro sign and the wide tilde.
    assert decode(FILE, "朱镕基同志、㑇、𠀀出席会议。".encode("gb18030")).text == "朱镕基同志、㑇、𠀀出席会议。"
    assert decode(FILE, "今日喺香港嘅會議".encode("big5hkscs")).text == "今日喺香港嘅會議"
    assert decode(FILE, "會議（九時～十時）費用€五十".encode("cp950")).text == "會議（九時～十時）費用€五十"


def test_what_does_not_fit_is_told_and_the_rest_is_read() -> None:
    data = "第一行\r\n第二行\r第三行\n第四行有错".encode() + b"\xff" + "误。\n第五行".encode() + b"\xe4\xb8"
    found = decode(FILE, data)
    assert found.text == "第一行\r\n第二行\r第三行\n第四行有错\ufffd误。\n第五行\ufffd"
    first, last = data.index(b"\xff"), len(data) - 2
    assert found.warnings == (
        f"byte {first} (line 4) is 0xff, which is not UTF-8; read as U+FFFD",
        f"byte {last} (line 5) is 0xe4, which is not UTF-8; read as U+FFFD",
    )


@pytest.mark.parametrize("codec", ["gb18030", "big5hkscs"])
def test_a_damaged_byte_does_not_change_the_encoding(codec: str) -> None:
    data = ("人民政府辦公廳通知。" * 20).encode(codec)
    found = decode(FILE, data[:40] + b"\xff" + data[40:])
    assert (found.encoding, len(found.warnings)) == (NAMES[codec], 1)
    assert found.text.replace("\ufffd", "") == "人民政府辦公廳通知。" * 20


def test_warnings_are_few() -> None:
    found = decode(FILE, ("文" * 100).encode() + ("文" * 30).encode().join([b"\xff"] * 50))
    assert len(found.warnings) == 11
    assert found.warnings[-1].startswith("40 more places")


def test_line_ends_of_all_kinds_are_left() -> None:
    text = "一\x85二\x0c三\r四\u2028五\r\n六\v七\n"
    for codec in ("utf-8", "gb18030", "utf-16"):
        assert decode(FILE, text.encode(codec), codec).text == text
    lines = extract(FILE, text.encode(), None, DEFAULT_LIMITS).lines
    assert [line.text for line in lines] == ["一\x85二\x0c三", "四\u2028五", "六\v七", ""]


@pytest.mark.parametrize("name", ["GBK", "gb2312", "cp936"])
def test_a_given_encoding_is_believed(name: str) -> None:
    # As Big5 these bytes would be 笢弊, as good as 中国.
    assert decode(FILE, "中国·镕".encode("gbk"), name).text == "中国·镕"
    assert decode(FILE, "中国".encode("gbk"), "big5").text == "笢弊"


@pytest.mark.parametrize("name", ["latin-99", "rot13", "a\0b", "base64", ""])
def test_encodings_that_there_are_not(name: str) -> None:
    with pytest.raises(DocumentError, match=r"notice\.txt: there is no encoding"):
        decode(FILE, b"abc", name)


@pytest.mark.parametrize("name", ["utf-8", "gb18030", "undefined"])
def test_a_given_encoding_in_which_it_is_no_text(name: str) -> None:
    with pytest.raises(DocumentError, match=r"notice\.txt is no text in"):
        decode(FILE, b"\xff\x80" * 100, name)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(256)) * 9, "a JPEG picture"),
        (b"PK\x03\x04\x14\x00" + bytes(range(256)), "a ZIP file"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + bytes(range(128, 256)) * 9, "a PDF"),
        (b"text with \x00 in it", "NUL"),
        (bytes(range(1, 256)) * 40, "in UTF-8"),
    ],
)
def test_what_is_not_text_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(DocumentError, match=r"^notice\.txt is no.* " + message):
        decode(FILE, data)


def test_a_declared_encoding_wins_only_where_it_fits() -> None:
    simplified, traditional = "国务院办公厅关于印发方案的通知。".encode("gbk"), "行政院關於方案的通知。".encode("big5")
    assert decode(FILE, simplified, declared="gb2312").encoding == "GB18030"
    assert decode(FILE, simplified, declared="big5").encoding == "GB18030"
    assert decode(FILE, simplified, declared="iso-8859-1").encoding == "GB18030"
    assert decode(FILE, traditional, declared="gb2312").encoding == "Big5"
    assert decode(FILE, "通知".encode(), declared="gb2312").encoding == "UTF-8"
    assert decode(FILE, "© 2018".encode("gbk", "ignore") + b"\xa9", declared="windows-1252").text.endswith("©")
    assert decode(FILE, simplified, declared="no-such").encoding == "GB18030"


@given(st.binary(max_size=200), st.sampled_from([None, "gb18030", "big5", "utf-16", "utf-8", "hz", "utf-7", "idna"]))
def test_any_bytes_are_read_or_refused(data: bytes, encoding: str | None) -> None:
    try:
        found = decode(FILE, data, encoding)
    except DocumentError:
        return
    assert found.warnings or encoding or "\ufffd" not in found.text or "\ufffd".encode() in data


def test_utf_8_needs_no_detector() -> None:
    code = (
        "import sys; from pathlib import Path; from zhengce.corpus.text import encodings as e;"
        "e.decode(Path('a'), '重庆'.encode());"
        "assert not e._frequent.cache_info().currsize and 'encodings.gb18030' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize(("size", "faults"), [(19, 3), (20, 4), (100, 8)])
def test_so_many_bytes_may_be_wrong(size: int, faults: int) -> None:
    """Three, and one more out of twenty; with more it is no text."""
    found = decode(FILE, b"a" * (size - faults) + b"\xff" * faults, "utf-8")
    assert found.text.count("\ufffd") == len(found.warnings) == faults
    with pytest.raises(DocumentError, match="is no text in UTF-8"):
        decode(FILE, b"a" * (size - faults - 1) + b"\xff" * (faults + 1), "utf-8")


@pytest.mark.parametrize(("count", "warnings"), [(10, 10), (11, 11), (12, 11)])
def test_ten_faults_are_named(count: int, warnings: int) -> None:
    data = ("文" * 100).encode().join([b"\xff"] * (count + 1))[1:]
    found = decode(FILE, b"\n" + data)
    assert len(found.warnings) == warnings
    assert found.warnings[0].startswith("byte 301 (line 2) is 0xff")
    more = "1 more place is" if count == 11 else f"{count - 10} more places are"
    assert (found.warnings[-1] == f"{more} not UTF-8; read as U+FFFD") == (count > 10)


@pytest.mark.parametrize(
    ("written", "codec", "declared", "name"),
    [
        # Of no Chinese, what is declared is believed where it fits.
        ("Zürich, 2018", "cp1252", "iso-8859-1", "CP1252"),
        ("Zürich, 2018", "cp1252", "utf-16", "UTF-8"),
        ("办公厅通知", "gbk", "gbk", "GB18030"),
        ("國務院辦公廳關於印發方案的通知", "big5", "cp950", "Big5"),
    ],
)
def test_declared_encodings(written: str, codec: str, declared: str, name: str) -> None:
    assert decode(FILE, written.encode(codec), declared=declared).encoding == name


def test_a_line_is_counted_at_each_kind_of_line_end() -> None:
    with pytest.raises(DocumentError, match="NUL character in line 4"):
        decode(FILE, "一\r\n二\r三\n四\0".encode())
