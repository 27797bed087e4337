"""``zhengce set``: what is set by hand wins, is in force at once, and lasts."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from conftest import Run
from zhengce.index import build_corpus, open_corpus
from zhengce.index.storage.corrections import NAME

pytestmark = [pytest.mark.integration, pytest.mark.usefixtures("quick_builds")]

NOTICE = (
    "关于开行班列的通知\n\n渝府办发〔2022〕86号\n\n各区县人民政府：\n\n开行班列。\n\n重庆市人民政府\n\n2022年7月26日\n"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, zhengce: Run) -> Path:
    monkeypatch.setenv("ZHENGCE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("ZHENGCE_CORPUS", "mine")
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "a.txt").write_text(NOTICE, encoding="utf-8")
    (folder / "b.txt").write_text("成都开行班列。\n", encoding="utf-8")
    (folder / "metadata.csv").write_text("file,region\na.txt,重庆\n", encoding="utf-8")
    assert zhengce("index", str(folder))[0] == 0
    return folder


def documents(zhengce: Run, *options: str) -> dict[str, dict[str, object]]:
    listed = map(json.loads, zhengce("docs", "-f", "jsonl", *options)[1].splitlines())
    return {each["document"]: each for each in listed}


def rows(zhengce: Run) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(zhengce("docs", "-f", "csv")[1])))


def write(path: Path, rows: list[dict[str, str]], encoding: str = "utf-8-sig", delimiter: str = ",") -> Path:
    with path.open("w", encoding=encoding, errors="replace", newline="") as stream:
        table = csv.DictWriter(stream, list(rows[0]), delimiter=delimiter)
        table.writeheader()
        table.writerows(rows)
    return path


def test_what_is_set_is_in_force_at_once_everywhere(zhengce: Run, folder: Path) -> None:
    code, out, err = zhengce(
        "set", "a", "title=某某办法", "日期=2023年1月2日", "issuers=甲局、乙局", "文号=川府〔2020〕1号"
    )
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "a: title: 关于开行班列的通知 → 某某办法",
        "a: date: 2022-07-26 → 2023-01-02",
        "a: issuers: 重庆市人民政府 → 甲局、乙局",
        "a: number: 渝府办发〔2022〕86号 → 川府〔2020〕1号",
    ]
    said = documents(zhengce)["a"]
    assert (said["title"], said["date"], said["issuers"]) == ("某某办法", "2023-01-02", ["甲局", "乙局"])
    assert (said["number"], said["region"]) == ("川府〔2020〕1号", "重庆")
    for found, lost in (("title:某某办法", "title:通知"), ("date:2023", "date:2022"), ("issuer:乙局", "issuer:重庆")):
        assert zhengce("search", f"班列 {found}")[0] == 0
        assert zhengce("search", f"班列 {lost}")[0] == 1
    assert "甲局, 乙局. 某某办法: 川府〔2020〕1号" in zhengce("cite", "a")[1]
    assert ",某某办法,川府〔2020〕1号,2023-01-02,甲局、乙局," in zhengce("search", "班列", "-f", "csv")[1]


def test_what_is_set_wins_over_tables_and_lasts(zhengce: Run, folder: Path) -> None:
    zhengce("set", "a", "region=四川", "date=2023")
    (folder / "metadata.csv").write_text("file,region,date\na.txt,贵州,2021\n", encoding="utf-8")
    (folder / "a.txt").write_text(NOTICE.replace("7月", "8月"), encoding="utf-8")
    for arguments in (["index"], ["index", "--rebuild"]):
        assert zhengce(*arguments)[0] == 0
        said = documents(zhengce, "--long")["a"]
        assert (said["region"], said["date"], said["signed"]) == ("四川", "2023", "2022-08-26")
        assert said["origins"] == {
            "title": "text", "number": "text", "date": "set", "issuers": "text", "region": "set", "signed": "text",
        }  # fmt: skip
    (folder / "a.txt").rename(folder / "改名.txt")
    zhengce("index")
    assert documents(zhengce)["a"]["region"] == "四川"
    zhengce("corpora", "rename", "mine", "other")
    assert documents(zhengce, "--corpus", "other")["a"]["region"] == "四川"


def test_what_was_set_can_be_taken_back(zhengce: Run, folder: Path) -> None:
    zhengce("set", "a", "date=2023", "region=四川")
    code, out, err = zhengce("set", "a", "--unset", "地区", "--unset", "title")
    assert (code, out) == (0, "a: region: 四川 → 重庆\n")
    assert "title of a was not set by hand." in err
    said = documents(zhengce, "--long")["a"]
    assert (said["region"], said["date"]) == ("重庆", "2023")
    assert said["origins"]["region"] == "sidecar"  # type: ignore[index]
    (folder / "a.txt").unlink()
    zhengce("index")
    assert zhengce("set", "a", "date=2024")[0] == 2
    assert zhengce("set", "a", "--unset", "date")[:2] == (0, "")
    assert zhengce("set", "a", "--unset", "date")[0] == 2


def test_an_empty_value_says_that_there_is_none(zhengce: Run, folder: Path) -> None:
    assert zhengce("set", "a", "date=", "issuers=", "number=")[0] == 0
    said = documents(zhengce, "--long")["a"]
    assert (said["date"], said["issuers"], said["number"]) == (None, [], None)
    assert said["origins"]["date"] == "set"  # type: ignore[index]
    assert zhengce("search", "班列 date:2022")[0] == 1


def test_bundled_documents_can_be_corrected(zhengce: Run, own_home: Path) -> None:
    zhengce("set", "chengdu", "date=2023-02-01", "revised=2024-03-04 2024-01-02")
    said = documents(zhengce)["chengdu"]
    assert (said["date"], said["revised"]) == ("2023-02-01", ["2024-01-02", "2024-03-04"])
    build_corpus(rebuild=True)
    assert open_corpus().document("chengdu").metadata.date == "2023-02-01"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["a", "titel=甲"], "titel=甲: there is no field “titel”; write title, if that is what it is."),
        (["a", "页数=3"], "页数=3: there is no field “页数”; the columns are title, number, date, "),
        (["a", "date=2014年13月4日"], "date=2014年13月4日: date: “2014年13月4日” is no date; write 2022, 2022-07 or"),
        (["a", "revised=近日"], "revised: “近日” is not a list of dates; write 2018-10-26 2023-12-29"),
        (["a", "文号=八十六"], "number: “八十六” is no document number; write it as 渝府办发〔2022〕86号"),
        (["a", "title= "], "title: a document has a title; write title=…"),
        (["a", "甲"], "“甲” sets no field; write it as FIELD=VALUE"),
        (["a"], "Write a document and what to set"),
        ([], "Write a document and what to set"),
        (["a", "--unset", "页数"], "--unset 页数: there is no field “页数”"),
        (["a", "--from", "TABLE"], "--from takes everything from the table"),
        (["c", "date=2023"], "“c”"),
    ],
)
def test_what_cannot_be_set_is_said_and_changes_nothing(
    zhengce: Run, folder: Path, arguments: list[str], message: str
) -> None:
    table = str(folder / "metadata.csv")
    code, out, err = zhengce("set", *[table if each == "TABLE" else each for each in arguments])
    assert (code, out) == (2, "")
    assert message in err
    assert not list(folder.parent.rglob(NAME))


def test_a_table_that_was_not_edited_changes_nothing(zhengce: Run, folder: Path, tmp_path: Path) -> None:
    zhengce("set", "a", "title==1+2 〇䶮", "authors=张三 李四", "revised=2020-01-02 2021-01")
    file = tmp_path / "documents.csv"
    assert zhengce("docs", "-o", str(file), "--bom")[0] == 0
    before = next((folder.parent / "home").rglob(NAME)).read_bytes()
    excel = [{**row, "date": row["date"].replace("-", "/").replace("/0", "/")} for row in rows(zhengce)]
    for table in (
        file,
        write(tmp_path / "excel.csv", excel, "gbk", ";"),
        write(tmp_path / "wide.csv", excel, "utf-16"),
    ):
        code, out, err = zhengce("set", "--from", str(table))
        assert (code, out, err) == (0, "The table says nothing else than the corpus does.\n", "")
    assert next((folder.parent / "home").rglob(NAME)).read_bytes() == before


def test_what_a_table_says_besides_the_fields_is_passed_over(zhengce: Run, folder: Path, tmp_path: Path) -> None:
    for name, date in (("old", "2003-10-28"), ("new", "2018-10-26")):
        (folder / f"{name}({date}).md").write_text("# 物流法\n\n第一条 为了班列，制定本法。\n", encoding="utf-8")
    zhengce("index")
    file = tmp_path / "documents.csv"
    assert zhengce("docs", "班列", "-o", str(file))[0] == 0
    listed = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8"))))
    columns = ("family", "passages", "characters", "occurrences", "passages_matched")
    assert {row["document"]: tuple(row[column] for column in columns) for row in listed} == {
        "new(2018-10-26)": ("物流法", "2", "16", "1", "1"),
        "old(2003-10-28)": ("物流法", "2", "16", "1", "1"),
        "a": ("", "6", "52", "2", "2"),
        "b": ("", "1", "7", "1", "1"),
    }
    edited = [{**row, "genre": "法", **dict.fromkeys(columns, "99")} for row in listed if row["family"]]
    for table in (write(tmp_path / "edited.csv", edited), write(tmp_path / "edited.tsv", edited, delimiter="\t")):
        code, out, err = zhengce("set", "--from", str(table))
        assert (code, err) == (0, "")
        assert out.splitlines() in (
            ["new(2018-10-26): genre: - → 法", "old(2003-10-28): genre: - → 法", "2 fields of 2 documents set."],
            ["The table says nothing else than the corpus does."],
        )


def test_only_cells_that_differ_are_taken_from_a_table(zhengce: Run, folder: Path, tmp_path: Path) -> None:
    first, second = rows(zhengce)
    edited = [
        {**first, "title": "某某办法", "date": "2014年13月4日", "region": ""},
        {**second, "issuers": "甲局，乙局", "页数": "3"},
        {**second, "document": "没有"},
    ]
    edited = [{"页数": "", **row} for row in edited]
    file = write(tmp_path / "documents.csv", edited, "gb18030")
    code, out, err = zhengce("set", "--from", str(file))
    assert code == 0
    assert out.splitlines() == [
        "a: title: 关于开行班列的通知 → 某某办法",
        "a: region: 重庆 → -",
        "b: issuers: - → 甲局、乙局",
        "3 fields of 2 documents set.",
    ]
    assert [line.partition(f"{file}, ")[2] for line in err.splitlines()] == [
        err.splitlines()[0].partition(f"{file}, ")[2],
        "line 2: date: “2014年13月4日” is no date; write 2022, 2022-07 or 2022-07-26.",
        "line 4: there is no document “没有”; write an id as zhengce docs lists it.",
    ]
    assert "line 1: the column “页数” is left out" in err
    said = documents(zhengce, "--long")
    assert (said["a"]["date"], said["a"]["region"]) == ("2022-07-26", None)
    assert [name for name, origin in said["a"]["origins"].items() if origin == "set"] == ["title", "region"]  # type: ignore[attr-defined]


def test_a_table_without_documents_is_refused(zhengce: Run, folder: Path) -> None:
    code, _, err = zhengce("set", "--from", str(folder / "metadata.csv"))
    assert code == 2
    assert "has no column “document” or “文档” with the names of the documents." in err


def test_a_damaged_store_is_named(zhengce: Run, folder: Path) -> None:
    zhengce("set", "a", "date=2023")
    (store,) = (folder.parent / "home").rglob(NAME)
    store.write_bytes(store.read_bytes().replace(b"2023", b"2024"))
    for arguments in (["docs"], ["search", "班列"], ["set", "a", "date=2022"]):
        code, _, err = zhengce(*arguments)
        assert code == 2
        assert f"{store}, which holds what was set by hand, is damaged." in err
    store.unlink()
    assert documents(zhengce)["a"]["date"] == "2022-07-26"


def test_two_that_set_at_once_both_succeed(zhengce: Run, folder: Path) -> None:
    from zhengce.index.storage.corrections import change_corrections, read_corrections

    (store,) = (folder.parent / "home" / "corpora").glob("mine")
    for name in ("a", "b"):
        change_corrections(store, lambda all_, name=name: all_.update({name: {"date": "2023"}}), print)  # type: ignore[misc]
    assert read_corrections(store) == {"a": {"date": "2023"}, "b": {"date": "2023"}}


@pytest.mark.parametrize("arguments", [["-f", "jsonl", "--bom"], ["-o", "a.docx"]])
def test_what_documents_are_not_listed_as_is_said(zhengce: Run, folder: Path, arguments: list[str]) -> None:
    code, _, err = zhengce("docs", *arguments)
    assert code == 2
    assert "--bom is for csv" in err or "Documents are not listed as docx; write -f text, -f jsonl, -f csv, -f" in err
