"""Sidecars: what a table beside the documents says of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from zhengce.corpus.document_reader import read_document
from zhengce.corpus.errors import DocumentError
from zhengce.corpus.files import Root
from zhengce.corpus.model import Metadata
from zhengce.corpus.sources.discovery import Discovered, discover
from zhengce.corpus.sources.sidecars import read_sidecar

Put = Callable[..., Path]

NOTICE = (
    "关于开行班列的通知\n\n渝府办发〔2022〕86号\n\n各区县人民政府：\n\n开行班列。\n\n重庆市人民政府\n\n2022年7月26日\n"
)


@pytest.fixture
def put(tmp_path: Path) -> Put:
    def write(name: str, text: str | bytes = NOTICE) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def stated(found: Discovered) -> dict[str, dict[str, str]]:
    return {file.source.id: dict(file.source.overrides) for file in found.files}


def metadata(folder: Path) -> dict[str, Metadata]:
    return {file.source.id: read_document(file.source).metadata for file in discover([Root(folder)]).files}


def test_what_a_table_says_is_believed_rather_than_the_text_and_the_name(tmp_path: Path, put: Put) -> None:
    put("a(1999-01-01).txt")
    put("b.txt")
    put(
        "metadata.csv",
        "file,title,number,date,issuers,authors,source,genre,region,published,index_number\n"
        "a(1999-01-01).txt,别名,川府〔2020〕1号,2020-02,四川省人民政府 成都市人民政府,张三 李四,报,通知,四川,2020-03-01,X-1\n",
    )
    found = metadata(tmp_path)
    said = found["a(1999-01-01)"]
    assert (said.title, str(said.number), said.date) == ("别名", "川府〔2020〕1号", "2020-02")
    assert (said.issuers, said.authors) == (("四川省人民政府", "成都市人民政府"), ("张三", "李四"))
    assert (said.source, said.genre, said.region) == ("报", "通知", "四川")
    assert (said.published, said.index_number) == ("2020-03-01", "X-1")
    assert (found["b"].title, found["b"].date) == ("关于开行班列的通知", "2022-07-26")


def test_what_citations_need_is_said_in_a_table(tmp_path: Path, put: Put) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        put(name)
    put(
        "metadata.csv",
        "file,newspaper_page,publisher,publisher_place,url,accessed\n"
        "a.txt,A02,人民出版社 ,北京,https://www.gov.cn/a b.htm,2024年3月1日\nb.txt,,,,,\n",
    )
    put("metadata.toml", '["c.txt"]\nnewspaper_page = 3\naccessed = 2024-03-01\n')
    found = metadata(tmp_path)
    said = found["a"]
    assert (said.newspaper_page, said.publisher, said.publisher_place) == ("A02", "人民出版社", "北京")
    assert (said.url, said.accessed) == ("https://www.gov.cn/a b.htm", "2024-03-01")
    assert (found["c"].newspaper_page, found["c"].accessed) == ("3", "2024-03-01")
    said = found["b"]
    assert (said.newspaper_page, said.publisher, said.publisher_place, said.url, said.accessed) == (None,) * 5


def test_what_a_table_leaves_open_the_text_says(tmp_path: Path, put: Put) -> None:
    put("a.txt")
    put("metadata.csv", "title,file,date,region\n,a.txt,  ,重庆\n")
    said = metadata(tmp_path)["a"]
    assert (said.title, str(said.number), said.date, said.region) == (
        "关于开行班列的通知", "渝府办发〔2022〕86号", "2022-07-26", "重庆",
    )  # fmt: skip


@pytest.mark.parametrize(
    "table",
    [
        '\ufefffile,title,region\r\na.txt,"关于“甲”,乙的 ""通知""\r\n二",川\r\n',
        'file,title,region\n"a.txt","关于“甲”,乙的 ""通知""\n二",川',
        '"file",region,"title"\n\n./a.txt,川,"关于“甲”,乙的 ""通知""\n二"\n\n',
        'file,title,region\na.txt,"关于“甲”,乙的 ""通知""\n二"\na.txt,,川\n',
        'file,title,region\na.txt,"关于“甲”,乙的 ""通知""\n二",川\nnone.txt,无,无\n,无,无\n',
    ],
)
def test_tables_are_read_as_programs_write_them(tmp_path: Path, put: Put, table: str) -> None:
    put("a.txt")
    put("metadata.csv", table)
    said = stated(discover([Root(tmp_path)]))
    assert {key: value.replace("\r", "") for key, value in said["a"].items()} == {
        "title": '关于“甲”,乙的 "通知"\n二',
        "region": "川",
    }


def test_toml_is_read_with_lists_numbers_and_days(tmp_path: Path, put: Put) -> None:
    put("市/a.txt")
    put("b.txt")
    put(
        "metadata.toml",
        '# 说明\n["市/a.txt"]\ntitle = "别名"\nissuers = ["甲局", "乙局"]\ndate = 2022-07-26\nindex_number = 12\n\n'
        '["b.txt"]\nauthors = []\ndate = ""\n',
    )
    assert stated(discover([Root(tmp_path)])) == {
        "b": {},
        "市/a": {"title": "别名", "issuers": "甲局 乙局", "date": "2022-07-26", "index_number": "12"},
    }
    said = metadata(tmp_path)["市/a"]
    assert (said.issuers, said.date, said.index_number) == (("甲局", "乙局"), "2022-07-26", "12")


def test_the_nearer_table_is_believed_and_toml_rather_than_csv(tmp_path: Path, put: Put) -> None:
    put("市/a.txt")
    put("metadata.csv", "file,title,region,genre\n市/a.txt,一,一,一\n")
    put("metadata.toml", '["市/a.txt"]\ntitle = "二"\nregion = "二"\n')
    put("市/metadata.csv", "file,title\na.txt,三\n")
    assert stated(discover([Root(tmp_path)])) == {"市/a": {"title": "三", "region": "二", "genre": "一"}}
    assert stated(discover([Root(tmp_path / "市")])) == {"a": {"title": "三"}}


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2023", "2023"),
        ("2023-8", "2023-08"),
        ("2023.08", "2023-08"),
        ("2023年8月", "2023-08"),
        ("2023/8/1", "2023-08-01"),
        ("２０２３年８月１日", "2023-08-01"),
        ("2023-13", "2022-07-26"),
        ("不详", "2022-07-26"),
    ],
)
def test_a_date_may_be_as_precise_as_it_is_known(tmp_path: Path, put: Put, written: str, date: str) -> None:
    put("a.txt")
    put("metadata.csv", f"file,date\na.txt,{written}\n")
    assert metadata(tmp_path)["a"].date == date


def test_an_encoding_is_that_of_the_file(tmp_path: Path, put: Put) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        put(name, "開行班列。".encode("big5"))
    put("metadata.csv", "file,encoding\na.txt,big5\nb.txt,no such\n")
    files = discover([Root(tmp_path, encoding="cp950")]).files
    assert [(file.source.encoding, dict(file.source.overrides)) for file in files] == [
        ("big5", {}),
        ("no such", {}),
        ("cp950", {}),
    ]
    assert read_document(files[0].source).passages[0].text == "開行班列。"
    with pytest.raises(DocumentError, match=r"b\.txt: there is no encoding 'no such'"):
        read_document(files[1].source)


def test_tables_are_no_documents(tmp_path: Path, put: Put) -> None:
    put("a.txt")
    put("metadata.csv", "file\n")
    put("metadata.toml", "")
    found = discover([Root(tmp_path)])
    assert stated(found) == {"a": {}}
    assert found.skipped == ()


BROKEN = {
    "metadata.csv": [
        (b"", "has no column “file”"),
        ("名称,title\na.txt,甲\n".encode(), "has no column “file”"),
        ("file;title\na.txt;甲\n".encode(), "has no column “file”"),
        (
            b"file,titel\na.txt,x\n",
            "has the unknown key “titel”; the keys are accessed, adopted, approved, authors, date, ",
        ),
        (b"file,title\na.txt,x\na.txt,x,y\n", "has more cells in line 3 than columns"),
        ("file,title\na.txt,甲\n".encode("gbk"), r"is not UTF-8 at byte 17; save it as “CSV UTF-8”"),
        ("file,title\n".encode("utf-16"), "is not UTF-8"),
        (b"file,title\na.txt," + b"x" * 200_000, "cannot be read: line 2: field larger than field limit"),
        (b"x" * 200_000, "cannot be read: line 1: field larger than field limit"),
    ],
    "metadata.toml": [
        (b"title = 1\n", "has the key “title” outside of a table"),
        (b'["a.txt"]\ntitel = 1\n', "has the unknown key “titel”"),
        (b'["a.txt"]\ntitle.x = 1\n', "has “title”, which is neither a text nor a list"),
        (b'["a.txt"]\nissuers = [{x = 1}]\n', "has “issuers”, which is neither a text nor a list"),
        (b"[a.txt]\ntitle = 1\n", "has the unknown key “txt”"),
        (b"[a.txt\n", "cannot be read: "),
        (b'["a.txt"]\ntitle = "x"\ntitle = "y"\n', "cannot be read: "),
        (b"\xff", r"is not UTF-8 at byte 0; save it as UTF-8"),
        (b"x = " + b"[" * 100_000, "cannot be read: "),
        (b"x = " + b"9" * 10_000, "cannot be read: "),
    ],
}


@pytest.mark.parametrize(("name", "data", "reason"), [(name, *each) for name in BROKEN for each in BROKEN[name]])
def test_a_broken_table_is_named_and_the_rest_goes_on(
    tmp_path: Path, put: Put, name: str, data: bytes, reason: str
) -> None:
    (other,) = {"metadata.csv", "metadata.toml"} - {name}
    put("a.txt")
    put(other, "file,title\na.txt,甲\n" if other.endswith("csv") else '["a.txt"]\ntitle = "甲"\n')
    broken = put(name, data)
    with pytest.raises(DocumentError, match=f"^{broken}.*{reason}") as raised:
        read_sidecar(broken)
    found = discover([Root(tmp_path)])
    assert stated(found) == {"a": {"title": "甲"}}
    ((path, said),) = found.skipped
    assert path == broken
    assert f"{path} {said}." == str(raised.value)
