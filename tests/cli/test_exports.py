"""Exports: each format holds every hit whole, says of what search it is, and stays harmless whatever a text holds."""

from __future__ import annotations

import csv
import datetime
import html
import io
import json
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from conftest import Run
from zhengce.cli.commands import search
from zhengce.cli.delimited import inert
from zhengce.cli.exports import BY_NAME, EXPORTS, Export, Head, HitWithNeighbours, format_of
from zhengce.cli.markdown import escaped
from zhengce.cli.wording import citation
from zhengce.corpus.model import Metadata, Passage
from zhengce.index.model import Counts, Hit, IndexedDocument

TEXT = "=1+1 中欧<b>班列</b>& *a* “中欧”\x1b[31m\ufffe"
HOSTILE = IndexedDocument("恶意<&>", Metadata("-标题<script>", date="2024-05"), 0, 3, 9)
PASSAGE = Passage(2, "paragraph", ("一、<甲>",), ((3, 4), (7, 7)), TEXT)
BEFORE = Passage(1, "paragraph", (), ((1, 1),), "@前文]]>")
HIT = Hit(HOSTILE, PASSAGE, ((5, 7), (23, 25)), 1.5)
COUNTS = Counts(2, 1, 1)
HEAD = Head(
    "中欧 <x>", ("only in 恶意",), "bundled", "0123456789ab", 5, 308, COUNTS, 1, datetime.date(2026, 1, 31), "1.2.3"
)
HEADED = [each.name for each in EXPORTS if each.name not in ("jsonl", "csl-json")]


def written(name: str, *, per_occurrence: bool = False, bom: bool = False) -> bytes:
    """Return what a writer makes of a hostile hit."""
    hits = [HitWithNeighbours(HIT, before=(BEFORE,))]
    export = Export(
        HEAD, iter(hits), lambda: {HOSTILE: COUNTS}, citation, context=True, per_occurrence=per_occurrence, bom=bom
    )
    buffer = io.BytesIO()
    stream = io.TextIOWrapper(buffer, encoding="utf-8", newline="\n")
    BY_NAME[name].writer()(export, stream)
    stream.flush()
    return buffer.getvalue()


def text_of(name: str) -> str:
    """Return all text of an export, taken out of the package where it is one."""
    data = written(name)
    if BY_NAME[name].is_text:
        return data.decode()
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = [package.read(part) for part in package.namelist() if part.endswith(".xml")]
    return "\n".join("".join(ElementTree.fromstring(part).itertext()) for part in parts)


@pytest.mark.parametrize("name", HEADED)
def test_each_format_says_of_what_search_it_is(name: str) -> None:
    text = re.sub(r"\\(?=[<>])", "", html.unescape(text_of(name)))
    for _, value in HEAD.lines():
        assert value in text


@pytest.mark.parametrize("name", [each.name for each in EXPORTS])
def test_no_format_holds_what_a_terminal_acts_on(name: str) -> None:
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", text_of(name))


def test_the_table_and_the_help_agree() -> None:
    (option,) = [each for each in search.params if each.name == "format_"]
    assert list(option.type.choices) == list(BY_NAME)
    assert all(f"{each.name}: {each.about}" in option.help for each in EXPORTS)
    assert all(each.writer() for each in EXPORTS)
    suffixes = [suffix for each in EXPORTS for suffix in each.suffixes]
    assert len(suffixes) == len(set(suffixes))


@pytest.mark.parametrize(
    ("file", "name"),
    [(None, "text"), ("a", "text"), ("a.out", "text"), ("-", "text"), ("A.CSV", "csv"), ("a.b.html", "html"),
     ("a.csl.json", "csl-json"), ("a.md", "markdown")],
)  # fmt: skip
def test_the_ending_of_a_file_tells_the_format(file: str | None, name: str) -> None:
    assert format_of(file) == name


@pytest.mark.parametrize(("name", "delimiter"), [("csv", ","), ("tsv", "\t")])
def test_rows(name: str, delimiter: str) -> None:
    rows = list(csv.reader(io.StringIO(written(name).decode(), newline=""), delimiter=delimiter))
    row = dict(zip(rows[0], rows[1], strict=True))
    assert row["document"] == "恶意<&>"
    assert row["title"] == "'-标题<script>"
    assert row["text"] == "'" + TEXT.replace("\x1b", "␛")
    assert (row["occurrences"], row["matches"], row["lines"]) == ("2", "中欧; 中欧", "3–4, 7")
    assert rows[2] == []
    assert rows[3] == ["# Query", "中欧 <x>"]


def test_rows_of_occurrences() -> None:
    rows = list(csv.DictReader(io.StringIO(written("csv", per_occurrence=True).decode(), newline="")))
    assert [row["match"] for row in rows[:2]] == ["中欧", "中欧"]
    assert [len(row["left"]) for row in rows[:2]] == [6, 24]  # the first with its apostrophe, as the second


def test_excel_knows_utf_8_by_a_mark() -> None:
    assert written("csv", bom=True).startswith(b"\xef\xbb\xbfdocument,")
    assert not written("csv").startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r", " =", "＝"])
def test_a_cell_is_no_formula(begin: str) -> None:
    assert inert(f"{begin}1") == f"'{begin}1"
    assert inert(f"a{begin}1") == f"a{begin}1"
    assert inert(-1) == -1


def test_a_web_page_holds_text_alone() -> None:
    page = written("html").decode()
    elements = set(re.findall(r"<([a-z0-9]+)", page))
    assert not elements & {"script", "b", "x", "link", "img"}
    assert not re.search(r"https?://|@import|url\(|\son\w+=", page)
    assert page.count("<mark>中欧</mark>") == 2
    targets = set(re.findall(r'href="#([^"]+)"', page))
    assert targets == set(re.findall(r'id="([^"]+)"', page)) != set()


@pytest.mark.parametrize(
    "text", ["# 一", "- 一", "1. 一", "12) 一", "> 一", "*a*", "[a](b)", "`a`", "a_b", "<b>", "&lt;"]
)
def test_markdown_is_escaped(text: str) -> None:
    assert escaped(text) != text
    assert re.sub(r"\\(.)", r"\1", escaped(text)) == text


def test_a_word_document_has_a_footnote_for_each_hit() -> None:
    with zipfile.ZipFile(io.BytesIO(written("docx"))) as package:
        word = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
        body, notes = (ElementTree.fromstring(package.read(f"word/{part}.xml")) for part in ("document", "footnotes"))
        styles = ElementTree.fromstring(package.read("word/styles.xml"))
    runs = [run for run in body.iter(f"{word}r") if run.find(f".//{word}rStyle[@{word}val='Match']") is not None]
    assert ["".join(run.itertext()) for run in runs] == ["中欧", "中欧"]
    asked = [each.get(f"{word}id") for each in body.iter(f"{word}footnoteReference")]
    assert asked == [each.get(f"{word}id") for each in notes][2:] == ["1"]
    used = {
        each.get(f"{word}val")
        for root in (body, notes)
        for tag in ("pStyle", "rStyle")
        for each in root.iter(word + tag)
    }
    assert used <= {each.get(f"{word}styleId") for each in styles}


def test_a_workbook_holds_no_formula() -> None:
    with zipfile.ZipFile(io.BytesIO(written("xlsx"))) as package:
        sheets = [package.read(name).decode() for name in package.namelist() if "worksheets/sheet" in name]
        names = re.findall(r'<sheet name="(\w+)"', package.read("xl/workbook.xml").decode())
    assert names == ["Hits", "Documents", "Years", "About"]
    assert not any("<f>" in sheet for sheet in sheets)
    assert "<v>2024</v>" in sheets[2]


def test_a_search_is_exported(zhengce: Run, tmp_path: Path) -> None:
    for each in EXPORTS:
        file = tmp_path / f"hits{each.suffixes[0]}"
        code, out, err = zhengce("search", "中欧班列（成渝）", "-o", str(file))
        assert (code, out) == (0, "")
        assert "5 occurrences in 4 passages of 3 documents; written to" in err
        assert file.stat().st_size > 500


def test_citations_in_a_style(zhengce: Run) -> None:
    _, out, _ = zhengce("search", "三峡水运", "-f", "jsonl", "--cite", "gbt7714")
    assert json.loads(out.splitlines()[0])["citation"].endswith("段.")
    _, out, _ = zhengce("search", "三峡水运", "--cite", "csl-json")
    assert json.loads(out)[0]["type"] == "document"


@pytest.mark.parametrize(
    "arguments",
    [["-c", "-f", "csv"], ["-l", "-o", "a.html"], ["--occurrences"], ["--bom", "-f", "html"], ["--chars", "5", "-f", "csv"],
     ["--cite", "bibtex", "-f", "csv"]],
)  # fmt: skip
def test_what_does_not_go_together_is_refused(zhengce: Run, arguments: list[str]) -> None:
    assert zhengce("search", "三峡", *arguments)[0] == 2
