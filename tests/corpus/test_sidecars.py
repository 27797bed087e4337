"""Sidecars: what a table beside the documents says of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from zhengce.corpus.document_reader import read_document
from zhengce.corpus.errors import DocumentError
from zhengce.corpus.files import Root
from zhengce.corpus.metadata.fields import FIELDS, field_of
from zhengce.corpus.model import Metadata
from zhengce.corpus.sources.discovery import Discovered, discover
from zhengce.corpus.sources.sidecars import COLUMNS, read_sidecar

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
    for name in ("a.txt", "b.txt"):
        put(name, "開行班列。".encode("big5"))
    put("metadata.csv", "file,encoding\na.txt,big5\n")
    files = discover([Root(tmp_path, encoding="cp950")]).files
    assert [(file.source.encoding, dict(file.source.overrides)) for file in files] == [("big5", {}), ("cp950", {})]
    assert read_document(files[0].source).passages[0].text == "開行班列。"


def test_tables_are_no_documents(tmp_path: Path, put: Put) -> None:
    put("a.txt")
    put("metadata.csv", "file\n")
    put("metadata.toml", "")
    found = discover([Root(tmp_path)])
    assert stated(found) == {"a": {}}
    assert found.skipped == ()


CHINESE = "文件,标题,文号,日期,发文机关\na.txt,某某办法,川府〔2020〕1号,2020年2月3日,甲局、乙局\n"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030", "gbk"])
def test_tables_are_read_as_excel_saves_them(tmp_path: Path, put: Put, encoding: str, delimiter: str) -> None:
    put("a.txt")
    put("metadata.csv", CHINESE.replace(",", delimiter).replace("\n", "\r\n").encode(encoding))
    found = discover([Root(tmp_path)])
    assert found.notes == ()
    said = read_document(found.files[0].source).metadata
    assert (said.title, str(said.number), said.date) == ("某某办法", "川府〔2020〕1号", "2020-02-03")
    assert said.issuers == ("甲局", "乙局")


def test_a_line_that_names_the_separator_is_no_heading(tmp_path: Path, put: Put) -> None:
    put("a.txt")
    put("metadata.csv", "sep=;\r\n文件;标题;日期\r\na.txt;甲, 乙;不详\r\n")
    found = discover([Root(tmp_path)])
    assert stated(found) == {"a": {"title": "甲, 乙"}}
    assert [note.line for note in found.notes] == [3]


def test_every_field_has_a_chinese_heading_of_its_own() -> None:
    assert [each.name for each in FIELDS] == list(Metadata._fields)
    headings = [heading for each in COLUMNS for heading in (each.name, *each.headings)]
    assert all(each.headings for each in COLUMNS)
    assert len(set(headings)) == len(headings)
    for each in COLUMNS:
        for heading in (each.name, *each.headings):
            assert field_of(f" {heading.upper()}： ", COLUMNS) == each


@pytest.mark.parametrize("heading", ["发布日期", "发 布 日 期", "Published", "published:", "ｐｕｂｌｉｓｈｅｄ"])
def test_a_heading_may_be_chinese_and_spaced(tmp_path: Path, put: Put, heading: str) -> None:
    put("a.txt")
    put("metadata.csv", f"文件名,{heading}\na.txt,2020年2月3日\n")
    assert stated(discover([Root(tmp_path)])) == {"a": {"published": "2020-02-03"}}


@pytest.mark.parametrize(
    ("written", "of"),
    [
        ("省/b.txt", ["省/b"]),
        ("b.txt", ["省/b"]),
        ("b", ["省/b"]),
        ("省\\b.txt", ["省/b"]),
        ("./省/b", ["省/b"]),
        ("a.txt", ["a"]),
        ("a", ["a"]),
        ("市/a", ["市/a"]),
        ("FOLDER/市/a.txt", ["市/a"]),
        ("c", []),
        ("txt", []),
        (".txt", []),
        ("县/b.txt", []),
    ],
)
def test_a_file_may_be_named_without_its_folder_or_ending(
    tmp_path: Path, put: Put, written: str, of: list[str]
) -> None:
    for name in ("省/b.txt", "a.txt", "市/a.txt", "市/c.txt", "县/c.txt"):
        put(name)
    put("metadata.csv", f"文件,标题\n{written.replace('FOLDER', str(tmp_path))},甲\n")
    found = discover([Root(tmp_path)])
    assert [id_ for id_, said in stated(found).items() if said] == of
    assert len(found.notes) == (not of)


def test_a_table_speaks_of_the_files_below_it_alone(tmp_path: Path, put: Put) -> None:
    put("a.txt")
    put("市/b.txt")
    put("市/metadata.csv", "文件,标题\na.txt,甲\nb,乙\n")
    found = discover([Root(tmp_path)])
    assert stated(found) == {"a": {}, "市/b": {"title": "乙"}}
    assert [note.line for note in found.notes] == [2]


def test_what_is_no_document_is_not_said_to_be_missing(tmp_path: Path, put: Put) -> None:
    for name in ("a.txt", "b.md", "c.xyz"):
        put(name)
    put("metadata.csv", "文件,标题\na.txt,甲\nb.md,乙\nc.xyz,丙\n")
    assert discover([Root(tmp_path, ("*.txt",))]).notes == ()


NOTES = {
    "metadata.csv": [
        ("file,标题,titel,\na.txt,甲,x\n", 1, "the column “titel” is left out; write title, if that is what it is"),
        ("file,title,甲乙\na.txt,甲,x\n", 1, "the column “甲乙” is left out; the columns are file, title, number, "),
        ("file,标题,title\na.txt,甲,乙\n", 1, "the column “title” is left out: another one before it is title too"),
        ("file,title,date\na.txt,甲,2014年13月4日\n", 2, "date: “2014年13月4日” is no date; write 2022, 2022-07 or"),
        ("file,title,施行日期\na.txt,甲,2014-02-30\n", 2, "effective: “2014-02-30” is no date"),
        ("file,title,date\na.txt,甲,1993年1月2日 2018年3月4日\n", 2, "date: “1993年1月2日 2018年3月4日” is no date"),
        ("file,title,修正日期\na.txt,甲,2018年3月4日、不详\n", 2, "revised: “2018年3月4日、不详” is not a list of"),
        (
            "file,title,文号\na.txt,甲,八十六\n",
            2,
            "number: “八十六” is no document number; write it as 渝府办发〔2022〕86号",
        ),
        ("file,title,编码\na.txt,甲,无\n", 2, "there is no encoding “无”; write UTF-8, GB18030 or Big5"),
        ("file,title\nx/三二.md,乙\na.txt,甲\n", 2, "there is no file “x/三二.md” in FOLDER; write one of: y/二.txt"),
        (
            "file,title\n\na.txt,甲\n某某,乙\n",
            4,
            "there is no file “某某” in FOLDER; write its path from the folder of",
        ),
        ("file,title\na.txt,甲\n,乙\n", 3, "the line names no file; write its name in the column “file”"),
        ("file,title\na.txt,甲\n二,乙\n", 3, "“二” may be any of 2 files; write one of: x/二.txt, y/二.txt"),
        (
            "file,title\na.txt,甲\na.txt,x,y\n",
            3,
            "the line has more cells than there are columns, and is left out; put",
        ),
        ("file,title\na.txt,甲\na.txt," + "x" * 200_000, 3, "the line cannot be read, and nothing after it is: field"),
        ('file,title\na.txt,甲\nb.txt,"' + "x\n" * 30, 3, "a cell goes on to line 32, and the lines between are left"),
        ('file,title\na.txt,"甲"\n"b\nc",乙\nd,丁', 3, "there is no file “b\nc” in FOLDER; write its path from"),
    ],
    "metadata.toml": [
        ('title = 1\n["a.txt"]\ntitle = "甲"', 1, "“title” is outside of a table; write the name of the file above it"),
        ('["a.txt"]\ntitle = "甲"\ntitel = 1\n', 3, "the key “titel” is left out; write title, if that is what it is"),
        (
            '["a.txt"]\n"标题" = "甲"\nnumber.x = 1\n',
            3,
            "number is neither a text nor a list of texts, and is left out",
        ),
        ('["a.txt"]\ntitle = "甲"\nissuers = [{x = 1}]\n', 3, "issuers is neither a text nor a list of texts"),
        ('["a.txt"]\ntitle = "甲"\nfile = "b.txt"\n', 3, "the key “file” is left out; "),
        ('["a.txt"]\ntitle = "甲"\n[b.txt]\ntitle = 1\n', None, "the name of a file stands in quotation marks"),
        ('["a.txt"]\ntitle = "甲"\ndate = "近日"', 3, "date: “近日” is no date; write 2022, 2022-07 or 2022-07-26"),
    ],
}


@pytest.mark.parametrize(("name", "text", "line", "said"), [(name, *each) for name in NOTES for each in NOTES[name]])
def test_what_is_not_understood_is_noted_and_the_rest_applies(
    tmp_path: Path, put: Put, name: str, text: str, line: int | None, said: str
) -> None:
    for file in ("a.txt", "x/二.txt", "y/二.txt"):
        put(file)
    path = put(name, text)
    found = discover([Root(tmp_path)])
    assert stated(found) == {"a": {"title": "甲"}, "x/二": {}, "y/二": {}}
    note = next(note for note in found.notes if note.line == line or line is None)
    assert note.path == path
    assert note.text.startswith(said.replace("FOLDER", str(tmp_path)))
    assert found.skipped == ()
    assert str(note).endswith(".")


def test_many_lines_for_no_file_are_counted(tmp_path: Path, put: Put) -> None:
    put("a.txt")
    put("metadata.csv", "file,title\n" + "".join(f"没有{number},甲\n" for number in range(1000)))
    notes = discover([Root(tmp_path)]).notes
    assert [note.line for note in notes] == [*range(2, 12), None]
    assert notes[-1].text == "990 more lines are for no file"


def test_bytes_that_are_no_text_are_noted(tmp_path: Path, put: Put) -> None:
    put("a.txt")
    put("metadata.csv", "file,title,source\na.txt,甲,某某报".encode() + b"\xff\n" + "x,乙,丙\n".encode() * 9)
    found = discover([Root(tmp_path)])
    assert stated(found)["a"]["title"] == "甲"
    assert "(line 2) is 0xff, which is not UTF-8" in found.notes[0].text


BROKEN = {
    "metadata.csv": [
        (b"", "has no column “file” or “文件” with the names of the files"),
        ("名称,title\na.txt,甲\n".encode(), "has no column “file”"),
        (b"x" * 200_000, "cannot be read: line 1: field larger than field limit"),
        (b"PK\x03\x04\x00", "is not text but a ZIP file"),
    ],
    "metadata.toml": [
        (b"[a.txt\n", "cannot be read: "),
        (b'["a.txt"]\ntitle = "x"\ntitle = "y"\n', "cannot be read: "),
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
    assert said == str(raised.value)
    assert [str(note) for note in found.notes] == [f"{said} Nothing of it is taken."]
