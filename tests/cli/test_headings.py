"""The language of exports: that of the reader in what people read, names that programs know in rows, or as asked."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import get_args

import pytest
from conftest import Run
from zhengce.cli.display.layout import cells
from zhengce.cli.export.headings import HEADINGS, headings
from zhengce.cli.export.table import EXPORTS
from zhengce.cli.language.translation import speak, speaking, spoken
from zhengce.corpus.metadata.fields import FIELDS, field_of
from zhengce.index.grouped_counts import CountBy
from zhengce.index.records.document_table import COLUMNS, READ_ONLY, table_names
from zhengce.index.records.group_counts import column_names
from zhengce.index.records.rows import DocumentRow, NeighbourRow, OccurrenceRow, PassageRow, YearRow

pytestmark = pytest.mark.integration

TABLES = [
    PassageRow._fields,
    OccurrenceRow._fields,
    DocumentRow._fields,
    YearRow._fields,
    NeighbourRow._fields,
    table_names(counted=True),
    *map(column_names, get_args(CountBy)),
]
FOR_PEOPLE = [each.name for each in EXPORTS if each.headings == "reader"]
ROWS = [each.name for each in EXPORTS if each.headings == "source"]
IN_CHINESE, IN_ENGLISH = (
    ("检索式", "语料库", "检索日期", "命中", "程序"),
    ("Query", "Corpus", "Date", "Found", "Program"),
)
NOTICE = (
    "关于开行班列的通知\n\n渝府办发〔2022〕86号\n\n各区县人民政府：\n\n开行班列。\n\n重庆市人民政府\n\n2022年7月26日\n"
)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    yield
    speak("en")


def words_of(file: Path) -> str:
    """Return the text of a file, or of all parts of a package but its styles."""
    if not zipfile.is_zipfile(file):
        return file.read_text(encoding="utf-8")
    with zipfile.ZipFile(file) as package:
        parts = [package.read(name).decode() for name in package.namelist() if "styles" not in name]
    return re.sub(r"<[^>]*>", "\n", "\n".join(parts))


def test_each_column_has_a_heading_in_each_language() -> None:
    names = {name for table in TABLES for name in table}
    assert set(HEADINGS) == names
    for table in TABLES:
        assert headings(table) == list(table)
    speak("zh_CN")
    for table in TABLES:
        said = headings(table)
        assert not re.search("[A-Za-z]", "".join(said))
        assert len(set(said)) == len(said), "columns of a table have headings of their own"


def test_the_chinese_headings_of_the_table_of_documents_are_names_of_its_fields() -> None:
    speak("zh_CN")
    columns = (*COLUMNS, *READ_ONLY)
    assert [field_of(each, columns) for each in headings([column.name for column in columns])] == [*columns]
    assert headings([field.name for field in FIELDS]) == [field.headings[0] for field in FIELDS]


def test_columns_are_named_in_the_language_of_the_reader(zhengce: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = zhengce("search", "跨境电商", "--fields", "title,section,matches")
    monkeypatch.setenv("ZHENGCE_LANG", "zh")
    assert zhengce("search", "跨境电商", "--fields", "标题，章节、命中文字") == expected
    assert zhengce("search", "跨境电商", "--fields", "题目")[0] == 2


@pytest.mark.parametrize(
    "command", [("search", "中欧班列", "-w"), ("kwic", "中欧班列", "--sample", "3", "--sort", "R1,R2")]
)
@pytest.mark.parametrize("name", FOR_PEOPLE)
def test_what_people_read_is_in_their_language(
    name: str, command: tuple[str, ...], zhengce: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "file"
    monkeypatch.setenv("ZHENGCE_LANG", "zh")
    assert zhengce(*command, "-f", name, "-o", str(file))[0] == 0
    text = words_of(file)
    assert all(each in text for each in IN_CHINESE)
    assert "仅匹配完整的词" in text or "-w" not in command
    assert name == "bibtex" or "--sort" not in command or "按 R1、R2 排序" in text
    assert name == "bibtex" or "--sort" not in command or "随机抽样3处" in text
    assert not [
        each for each in (*IN_ENGLISH, "passage", "documents", "lines ", "¶") if each in re.sub("<[^>]*>", "", text)
    ]


@pytest.mark.parametrize("name", [*FOR_PEOPLE, *ROWS])
def test_headings_are_in_the_language_asked_for_and_messages_in_that_of_the_reader(
    name: str, zhengce: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "file"
    for spoken_there, headings_in in (("zh", "en"), ("en", "zh")):
        monkeypatch.setenv("ZHENGCE_LANG", spoken_there)
        code, _, err = zhengce("search", "中欧班列", "-f", name, "-o", str(file), "--headings", headings_in)
        assert code == 0
        text = words_of(file)
        there, elsewhere = (IN_ENGLISH, IN_CHINESE) if headings_in == "en" else (IN_CHINESE, IN_ENGLISH)
        assert all(each in text for each in there)
        assert not [each for each in elsewhere if each in text and each != "命中"]
        assert ("已写入" in err) is (spoken_there == "zh")


@pytest.mark.parametrize("name", ROWS)
@pytest.mark.parametrize(
    "command",
    [
        ("search", "物流"),
        ("kwic", "物流"),
        ("kwic", "物流", "--group", "R1"),
        ("docs",),
        ("search", "物流", "--count-by", "year"),
    ],
    ids=" ".join,
)
def test_rows_have_chinese_headings_only_if_they_are_asked_for(
    name: str, command: tuple[str, ...], zhengce: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    english = zhengce(*command, "-f", name)[1]
    chinese = zhengce(*command, "-f", name, "--headings", "zh")[1]
    monkeypatch.setenv("ZHENGCE_LANG", "zh")
    assert zhengce(*command, "-f", name)[1] == english
    assert zhengce(*command, "-f", name, "--headings", "zh")[1] == chinese
    first, other = english.splitlines()[0], chinese.splitlines()[0]
    assert first.isascii()
    assert not re.search("[A-Za-z]", other)
    with speaking("zh_CN"):
        assert headings(re.split("[,\t]", first)) == re.split("[,\t]", other)
    assert english.splitlines()[1].split(",")[:4] == chinese.splitlines()[1].split(",")[:4] or name == "tsv"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["-f", "jsonl"], "--headings is for text, markdown, csv, tsv, html, xlsx, docx, bibtex, not for jsonl."),
        ([], "--headings is for files; write one with -o FILE."),
    ],
)
@pytest.mark.parametrize("command", ["search", "kwic", "docs"])
def test_headings_are_for_what_has_some(command: str, options: list[str], message: str, zhengce: Run) -> None:
    code, out, err = zhengce(command, "物流", *options, "--headings", "zh")
    assert (code, out) == (2, "")
    assert message in err


def test_what_is_written_to_a_workbook_fits_its_headings(
    zhengce: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHENGCE_LANG", "zh")
    file = tmp_path / "counts.xlsx"
    assert zhengce("search", "物流", "--count-by", "section", "-o", str(file))[0] == 0
    with zipfile.ZipFile(file) as package:
        workbook, sheet = (package.read(f"xl/{name}.xml").decode() for name in ("workbook", "worksheets/sheet1"))
    assert re.findall(r'<sheet name="(\S+)"', workbook) == ["计数", "说明"]
    row = sheet[sheet.index("<row") : sheet.index("</row>")]
    said = re.findall(r"<t[^>]*>([^<]*)</t>", row)
    with speaking("zh_CN"):
        assert said == headings(column_names("section"))
    widths = [
        float(width)
        for first, last, width in re.findall(r'<col min="(\d+)" max="(\d+)" width="([\d.]+)"', sheet)
        for _ in range(int(first), int(last) + 1)
    ]
    assert all(cells(heading) < width for heading, width in zip(said, widths, strict=True))
    assert "章节" in said
    assert "按章节计数。章节指段落之上最外层的标题，不含序号。" in words_of(file)


def test_a_web_page_says_in_which_language_its_own_words_are(
    zhengce: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "hits.html"
    zhengce("search", "中欧班列", "-o", str(file))
    page = file.read_text(encoding="utf-8")
    assert '<html lang="zh">' in page
    assert '<dl lang="en">\n<dt>Query</dt><dd lang="zh">中欧班列</dd>' in page
    monkeypatch.setenv("ZHENGCE_LANG", "zh")
    zhengce("search", "中欧班列", "-o", str(file))
    page = file.read_text(encoding="utf-8")
    assert re.findall('lang="([^"]*)"', page) == ["zh"]
    assert "<dt>检索式</dt><dd>中欧班列</dd>" in page


def test_a_word_document_names_its_language(zhengce: Run, tmp_path: Path) -> None:
    file = tmp_path / "hits.docx"
    for language, tag in (("zh", "zh-CN"), ("en", "en")):
        zhengce("search", "中欧班列", "-o", str(file), "--headings", language)
        with zipfile.ZipFile(file) as package:
            assert f"<dc:language>{tag}</dc:language>" in package.read("docProps/core.xml").decode()


def test_another_language_ends_with_its_block() -> None:
    speak("en")
    with suppress(ValueError), speaking("zh_CN"):
        raise ValueError(spoken())
    assert spoken() == "en"


@pytest.mark.usefixtures("quick_builds")
@pytest.mark.parametrize("suffix", ["csv", "tsv"])
def test_a_table_with_chinese_headings_is_taken_back_when_it_was_edited(
    suffix: str, zhengce: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHENGCE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("ZHENGCE_CORPUS", "mine")
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.txt").write_text(NOTICE, encoding="utf-8")
    assert zhengce("index", str(tmp_path / "texts"))[0] == 0
    file = tmp_path / f"documents.{suffix}"
    delimiter = "\t" if suffix == "tsv" else ","
    assert zhengce("docs", "班列", "-o", str(file), "--headings", "zh", "--bom")[0] == 0
    (row,) = csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig")), delimiter=delimiter)
    assert zhengce("set", "--from", str(file)) == (0, "The table says nothing else than the corpus does.\n", "")
    row.update({"标题": "另一个标题", "成文日期": "2023年1月2日", "发文机关": "甲局、乙局", "命中段数": "9"})
    with file.open("w", encoding="gb18030", newline="") as stream:
        table = csv.DictWriter(stream, list(row), delimiter=delimiter)
        table.writeheader()
        table.writerow(row)
    code, out, err = zhengce("set", "--from", str(file))
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "a: title: 关于开行班列的通知 → 另一个标题",
        "a: issuers: 重庆市人民政府 → 甲局、乙局",
        "a: signed: 2022-07-26 → 2023-01-02",
        "3 fields of 1 document set.",
    ]


def test_what_is_not_known_has_a_name_in_each_language_but_not_in_a_pipe(
    zhengce: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHENGCE_LANG", "zh")
    file = tmp_path / "counts.txt"
    command = ("search", "物流", "--count-by", "issuer")
    assert "\nno issuer\t" in zhengce(*command)[1]
    assert "\nno issuer," in zhengce(*command, "-f", "csv")[1]
    assert "\n发文机关不详," in zhengce(*command, "-f", "csv", "--headings", "zh")[1]
    assert zhengce(*command, "-o", str(file))[0] == 0
    assert "\n发文机关不详\t" in file.read_text(encoding="utf-8")
    assert "\n# 发文机关\t处数\t段数\t篇数\t字数\t每万字处数\n" in file.read_text(encoding="utf-8")
