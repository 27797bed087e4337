"""Exports: each format holds every hit whole, says of what search it is, and stays harmless whatever a text holds."""

from __future__ import annotations

import csv
import datetime
import html
import io
import json
import re
import sys
import zipfile
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from xml.etree import ElementTree

import pytest
from conftest import Run
from zhengce.cli.display.concordance import place_of
from zhengce.cli.display.layout import cells
from zhengce.cli.export.delimited import inert
from zhengce.cli.export.interface import ConcordanceExport, Export, PassageExport, head_lines
from zhengce.cli.export.markdown import escaped
from zhengce.cli.export.table import BY_NAME, EXPORTS, MissingWriterError
from zhengce.corpus.model import Metadata, Passage
from zhengce.index.citations.short import cite
from zhengce.index.model import Counts, Hit, HitWithNeighbours, IndexedDocument, Occurrence
from zhengce.index.records.head import Head
from zhengce.index.search.concordance import ConcordanceLine

TEXT = "=1+1 中欧<b>班列</b>& *a* “中欧”\x1b[31m\ufffe"
HOSTILE = IndexedDocument("恶意<&>", Metadata("-标题<script>", date="2024-05"), 0, 3, 9)
PASSAGE = Passage(2, "paragraph", ("一、<甲>",), ((3, 4), (7, 7)), TEXT)
BEFORE = Passage(1, "paragraph", (), ((1, 1),), "@前文]]>")
HIT = Hit(HOSTILE, PASSAGE, ((5, 7), (23, 25)), 1.5)
COUNTS = Counts(2, 1, 1)
MARKS = (Occurrence((5, 7), 0), Occurrence((23, 25), 1))
LINES = [ConcordanceLine(HOSTILE, PASSAGE, mark.span, (0, len(TEXT)), mark.term, MARKS) for mark in MARKS]
HEAD = Head(
    "中欧 <x>", "中欧 AND <x>", ("only in 恶意",), "bundled", "0123456789ab", 5, 308, COUNTS, ("sorted by R1",),
    datetime.date(2026, 1, 31), "1.2.3",
)  # fmt: skip
BIBLIOGRAPHIES = [each.name for each in EXPORTS if each.is_bibliography]
ALL = [(each.name, kind) for each in EXPORTS for kind in (PassageExport, ConcordanceExport)]
PROSE = [(name, kind) for name, kind in ALL if name not in BIBLIOGRAPHIES]


SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def written(name: str, kind: type[Export] = PassageExport, *, bom: bool = False) -> bytes:
    """Return what a writer makes of a hostile hit, or of the two lines that it is in a concordance."""
    common = (HEAD, lambda: {HOSTILE: COUNTS}, cite, False, bom)
    export = (
        PassageExport(*common, iter([HitWithNeighbours(HIT, before=(BEFORE,))]), True)
        if kind is PassageExport
        else ConcordanceExport(*common, iter(LINES), ("中欧", "x"))
    )
    buffer = io.BytesIO()
    stream = io.TextIOWrapper(buffer, encoding="utf-8", newline="\n")
    BY_NAME[name].writer().write(export, stream)
    stream.flush()
    return buffer.getvalue()


def text_of(name: str, kind: type[Export] = PassageExport) -> str:
    """Return all text of an export, taken out of the package where it is one."""
    data = written(name, kind)
    if BY_NAME[name].is_text:
        return data.decode()
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = [package.read(part) for part in package.namelist() if part.endswith(".xml")]
    return "\n".join("".join(ElementTree.fromstring(part).itertext()) for part in parts)


@pytest.mark.parametrize(("name", "kind"), PROSE)
def test_each_format_says_of_what_search_it_is(name: str, kind: type[Export]) -> None:
    text = re.sub(r"\\(?=[<>])", "", html.unescape(text_of(name, kind)))
    if name == "jsonl":
        assert json.loads(text.splitlines()[0]) == {"version": 1, "search": HEAD.record()}
    else:
        assert all(value in text for _, value in head_lines(HEAD))


@pytest.mark.parametrize("name", BIBLIOGRAPHIES)
def test_a_bibliography_says_of_what_search_it_is(name: str) -> None:
    head = HEAD._replace(shown=())  # it has all documents, whatever passages are shown
    text = text_of(name)
    if name == "csl-json":
        (item,) = json.loads(text)
        assert item["custom"]["zhengce"] == head.record() | {"here": {"occurrences": 2, "passages": 1}}
    else:
        assert all(value in text for _, value in head_lines(head))
    assert text == text_of(name, ConcordanceExport)


@pytest.mark.parametrize(("name", "kind"), ALL)
def test_no_format_holds_what_a_terminal_acts_on(name: str, kind: type[Export]) -> None:
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", text_of(name, kind))


@pytest.mark.parametrize(("name", "kind"), PROSE)
def test_each_format_holds_the_text(name: str, kind: type[Export]) -> None:
    text = re.sub(r"\\(.)|</?mark[^>]*>", r"\1", html.unescape(text_of(name, kind)))
    for part in ("=1+1", "<b>班列</b>&", "“中欧”" if kind is PassageExport and name != "text" else "*a*", "恶意<&>"):
        assert part in text if name != "jsonl" else part.replace('"', '\\"') in text


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
    rows = list(csv.DictReader(io.StringIO(written("csv", ConcordanceExport).decode(), newline="")))
    assert [(row["term"], row["match"]) for row in rows[:2]] == [("中欧", "中欧"), ("x", "中欧")]
    assert [len(row["left"]) for row in rows[:2]] == [6, 24]  # the first with its apostrophe, as the second


@pytest.mark.parametrize("name", ["csv", "tsv", "jsonl", "xlsx"])
def test_lines_of_documents_that_are_alike_are_told_apart(name: str) -> None:
    other = HOSTILE._replace(id="another")
    common = (HEAD, lambda: {HOSTILE: COUNTS}, cite, False, False)
    lines = [LINES[0], replace(LINES[0], document=other), LINES[1]]
    buffer = io.BytesIO()
    stream = io.TextIOWrapper(buffer, encoding="utf-8", newline="\n")
    BY_NAME[name].writer().write(ConcordanceExport(*common, iter(lines), ("中欧", "x")), stream)
    stream.flush()
    data = buffer.getvalue()
    if name == "xlsx":
        data = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")
    ids = re.findall(r"another(?![:\]])|恶意(?:<&>|&lt;&amp;&gt;)(?![:\]])", data.decode())
    assert [each[:2] for each in ids] == ["恶意", "an", "恶意"]


def test_excel_knows_utf_8_by_a_mark() -> None:
    assert written("csv", bom=True).startswith(b"\xef\xbb\xbfdocument,")
    assert not written("csv").startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r", " =", "＝"])
def test_a_cell_is_no_formula(begin: str) -> None:
    assert inert(f"{begin}1") == f"'{begin}1"
    assert inert(f"a{begin}1") == f"a{begin}1"


@pytest.mark.parametrize("kind", [PassageExport, ConcordanceExport])
def test_a_web_page_holds_text_alone(kind: type[Export]) -> None:
    page = written("html", kind).decode()
    elements = set(re.findall(r"<([a-z0-9]+)", page))
    assert not elements & {"script", "b", "x", "link", "img"}
    assert not re.search(r"https?://|@import|url\(|\son\w+=", page)
    matches = re.findall(r"<mark(?: class=\"t(\d)\")?>中欧</mark>", page.split("<main>")[1])
    assert matches == (["", ""] if kind is PassageExport else ["", "1"])
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


def test_a_word_document_of_lines_is_a_table() -> None:
    word = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    with zipfile.ZipFile(io.BytesIO(written("docx", ConcordanceExport))) as package:
        body, styles = (ElementTree.fromstring(package.read(f"word/{part}.xml")) for part in ("document", "styles"))
    rows = [["".join(cell.itertext()) for cell in row.iter(f"{word}tc")] for row in body.iter(f"{word}tr")]
    assert [[row[0], row[2]] for row in rows] == [["恶意<&>:2", "中欧"]] * 2
    assert all(row[1] + row[2] + row[3] == TEXT.replace("\x1b", "␛").replace("\ufffe", "�") for row in rows)
    used = [each.get(f"{word}val") for each in body.iter(f"{word}rStyle")]
    assert used == ["Match", "Match2"]  # a colour for each term
    assert set(used) <= {each.get(f"{word}styleId") for each in styles}
    widths = [int(each.get(f"{word}w", "")) for each in body.iter(f"{word}gridCol")]
    assert len(widths) == len(rows[0])


def test_the_lines_of_a_text_have_their_matches_in_one_column() -> None:
    lines = written("text", ConcordanceExport).decode().splitlines()
    first, second = (line for line in lines if line.startswith("恶意<&>:2"))
    # The first line has one before it, the second two.
    places = first.index("中欧"), second.rindex("中欧")
    assert cells(first[: places[0]]) == cells(second[: places[1]])
    assert first[: places[0]].split() == [place_of(LINES[0]), LINES[0].left.strip()]


@pytest.mark.parametrize(("kind", "first"), [(PassageExport, "Hits"), (ConcordanceExport, "Lines")])
def test_a_workbook_holds_no_formula(kind: type[Export], first: str) -> None:
    with zipfile.ZipFile(io.BytesIO(written("xlsx", kind))) as package:
        sheets = [package.read(name).decode() for name in package.namelist() if "worksheets/sheet" in name]
        names = re.findall(r'<sheet name="(\w+)"', package.read("xl/workbook.xml").decode())
    assert names == [first, "Documents", "Years", "About"]
    assert not any("<f>" in sheet for sheet in sheets)
    assert "<v>2024</v>" in sheets[2]


@pytest.mark.parametrize(
    ("kind", "printed"),
    [
        (PassageExport, ["title", "date", "section", "place", "text"]),
        (ConcordanceExport, ["place", "left", "match", "right", "title"]),
    ],
)
def test_a_workbook_is_printed_on_a4_with_what_is_read(kind: type[Export], printed: list[str]) -> None:
    with zipfile.ZipFile(io.BytesIO(written("xlsx", kind))) as package:
        sheets = [package.read(f"xl/worksheets/sheet{number}.xml").decode() for number in range(1, 5)]
        workbook = package.read("xl/workbook.xml").decode()
    for sheet in sheets:
        assert '<pageSetup paperSize="9" fitToHeight="0" orientation="landscape"/>' in sheet
        assert "<pageSetUpPr fitToPage=" in sheet
    names = [each.text for each in ElementTree.fromstring(sheets[0]).iter(f"{SHEET}t")]
    assert names[: len(printed)] == printed
    last = "ABCDE"[len(printed) - 1]
    assert re.search(rf'_xlnm\.Print_Area" localSheetId="0">\w+!\$A\$1:\${last}\$\d+<', workbook)
    assert '_xlnm.Print_Titles" localSheetId="0"' in workbook


@pytest.mark.parametrize("name", ["hits.csv", "hits.tsv", "hits.xlsx"])
def test_a_table_has_the_columns_that_are_asked_for(name: str, zhengce: Run, tmp_path: Path) -> None:
    file = tmp_path / name
    assert zhengce("search", "跨境电商", "--fields", "place,matches,occurrences", "-o", str(file))[0] == 0
    expected = zhengce("search", "跨境电商", "--fields", "place,matches,occurrences")[1].splitlines()
    if file.suffix == ".xlsx":
        with zipfile.ZipFile(file) as package:
            sheet = ElementTree.fromstring(package.read("xl/worksheets/sheet1.xml"))
        rows = [["".join(cell.itertext()) for cell in row] for row in sheet.iter(f"{SHEET}row")]
    else:
        delimiter = "," if file.suffix == ".csv" else "\t"
        rows = [*csv.reader(file.read_text(encoding="utf-8").splitlines(), delimiter=delimiter)]
    assert rows[0] == ["place", "matches", "occurrences"]
    assert rows[1 : len(expected) + 1] == [line.split("\t") for line in expected]


@pytest.mark.parametrize("name", ["hits.txt", "hits.md", "hits.html", "hits.docx", "hits.jsonl", "hits.bib"])
def test_what_has_no_columns_takes_none(name: str, zhengce: Run, tmp_path: Path) -> None:
    code, out, err = zhengce("search", "跨境电商", "--fields", "place", "-o", str(tmp_path / name))
    assert (code, out) == (2, "")
    assert "--fields is for lines, csv, tsv, xlsx, not for" in err


def test_a_search_is_exported(zhengce: Run, tmp_path: Path) -> None:
    for each in EXPORTS:
        file = tmp_path / f"hits{each.suffixes[0]}"
        code, out, err = zhengce("search", "中欧班列（成渝）", "-o", str(file))
        assert (code, out) == (0, "")
        assert "5 occurrences in 4 passages of 3 documents; written to" in err
        assert file.stat().st_size > 500


@pytest.mark.parametrize("arguments", [["--group", "R1", "-f", "html"], ["--bom"], ["--cite", "bibtex", "-f", "csv"]])
def test_what_does_not_go_together_in_a_concordance_is_refused(zhengce: Run, arguments: list[str]) -> None:
    assert zhengce("kwic", "三峡", *arguments)[:2] == (2, "")


@pytest.mark.parametrize("command", ["search", "kwic"])
def test_a_style_alone_asks_for_text_with_citations(zhengce: Run, command: str) -> None:
    code, out, _ = zhengce(command, "三峡水运", "--cite", "gbt7714")
    assert code == 0
    assert out.startswith("Query:   三峡水运\n")
    assert "渝府办发〔2022〕86号[A]. 2022-07-26" in out


def test_how_much_of_a_concordance_is_written_is_said(zhengce: Run, tmp_path: Path) -> None:
    assert "3 lines of 68 shown; -n 0 shows all." in zhengce("kwic", "物流", "-n", "3")[2]
    rows = zhengce("kwic", "物流", "-n", "3", "-f", "csv")[1].splitlines()
    assert "# Shown,3 lines of 68" in rows
    assert len(rows) == 4 + 1 + 6
    zhengce("kwic", "物流", "-o", str(tmp_path / "all.jsonl"))
    assert len((tmp_path / "all.jsonl").read_text(encoding="utf-8").splitlines()) == 1 + 68


@pytest.mark.parametrize(
    ("arguments", "in_order"),
    [(["-f", "html"], True), (["-o", "-"], True), (["-f", "csv"], False), (["-f", "markdown", "-n", "9"], False),
     (["-f", "html", "--sort", "relevance"], False), (["-f", "html", "-k"], False)],
)  # fmt: skip
def test_what_is_read_through_is_in_reading_order(zhengce: Run, arguments: list[str], in_order: bool) -> None:
    _, out, _ = zhengce("search", "成都", "班列", *arguments)
    assert ("the most relevant first" in out) is not in_order
    documents = re.findall(r"\[(\w+):\d+\\?\]", out)
    gathered = [id_ for id_, _ in groupby(documents)]
    assert (len(gathered) == len(set(documents))) is in_order
    assert len(set(documents)) > 1


def test_citations_in_a_style(zhengce: Run) -> None:
    _, out, _ = zhengce("search", "三峡水运", "-f", "jsonl", "--cite", "gbt7714")
    assert json.loads(out.splitlines()[0])["citation"].endswith("段.")
    _, out, _ = zhengce("search", "三峡水运", "--cite", "csl-json")
    assert json.loads(out)[0]["type"] == "document"


@pytest.mark.parametrize(
    "arguments",
    [["-c", "-f", "csv"], ["-l", "-o", "a.html"], ["--bom", "-f", "html"], ["--chars", "5", "-f", "csv"],
     ["--cite", "bibtex", "-f", "csv"]],
)  # fmt: skip
def test_what_does_not_go_together_is_refused(zhengce: Run, arguments: list[str]) -> None:
    assert zhengce("search", "三峡", *arguments)[0] == 2


def passages(texts: list[tuple[str, str]]) -> PassageExport:
    """Return an export of hits, given the ids of their documents and their texts."""
    documents = {id_: IndexedDocument(id_, Metadata(id_), 0, 9, 9) for id_, _ in texts}
    hits = (Hit(documents[id_], PASSAGE._replace(text=text), ((0, 1),), 1.0) for id_, text in texts)
    return PassageExport(HEAD, lambda: {HOSTILE: COUNTS}, cite, False, False, map(HitWithNeighbours, hits), False)


def sheets(export: PassageExport) -> dict[str, list[list[str]]]:
    """Return the rows of each sheet of a workbook."""
    buffer = io.BytesIO()
    stream = io.TextIOWrapper(buffer, encoding="utf-8")
    BY_NAME["xlsx"].writer().write(export, stream)
    with zipfile.ZipFile(buffer) as package:
        names = re.findall(r'<sheet name="([^"]+)"', package.read("xl/workbook.xml").decode())
        roots = [ElementTree.fromstring(package.read(f"xl/worksheets/sheet{n}.xml")) for n, _ in enumerate(names, 1)]
    row = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}row"
    return {
        name: [["".join(cell.itertext()) for cell in each] for each in root.iter(row)]
        for name, root in zip(names, roots, strict=True)
    }


@pytest.mark.parametrize(("length", "cut"), [(32_767, False), (32_768, True)])
def test_a_cell_of_a_workbook_has_what_excel_allows(length: int, cut: bool) -> None:
    (_, row) = sheets(passages([("a", "甲" * length)]))["Hits"]
    text = next(cell for cell in row if len(cell) > 1000)
    assert len(text) == 32_767
    assert text.endswith("…") is cut


def test_a_full_sheet_is_continued_by_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zhengce.cli.export.xlsx._MOST_ROWS", 3)
    written = sheets(passages([("a", "甲一"), ("a", "甲二"), ("b", "甲三")]))
    assert [len(written[name]) for name in ("Hits", "Hits 2")] == [3, 2]
    assert written["Hits"][0] == written["Hits 2"][0]


def test_a_web_page_has_a_heading_for_each_run_of_hits_and_a_link_for_each_document() -> None:
    stream = io.StringIO()
    BY_NAME["html"].writer().write(passages([("a", "甲"), ("a", "乙"), ("b", "丙"), ("a", "丁")]), stream)
    assert re.findall(r"<h2([^>]*)>(\w)</h2>", stream.getvalue()) == [(' id="d1"', "a"), (' id="d2"', "b"), ("", "a")]
    assert re.findall(r'href="#(\w+)">(\w)</a> <small[^>]*>(\d)', stream.getvalue()) == [
        ("d1", "a", "3"),
        ("d2", "b", "1"),
    ]


@pytest.mark.parametrize("name", ["markdown", "docx"])
def test_hits_stand_under_the_title_of_their_document_once(name: str) -> None:
    buffer = io.BytesIO()
    stream = io.TextIOWrapper(buffer, encoding="utf-8")
    BY_NAME[name].writer().write(passages([("文", "甲"), ("文", "乙\uffff")]), stream)
    stream.flush()
    data = buffer.getvalue()
    if name == "docx":
        data = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml")
        assert b"\xef\xbf\xbf" not in data
    assert len(re.findall(r"## 文\n|Heading1[^\n]*?>文<", data.decode())) == 1


@pytest.mark.parametrize("text", [": 一", "= 一", "+ 一", "1. 一", "~~一~~", "$一$", "a | b", "a & b"])
def test_markdown_does_not_interpret(text: str) -> None:
    assert "\\" in escaped(text)


def test_the_beginning_of_a_passage_is_no_heading_or_list_in_markdown() -> None:
    stream = io.StringIO()
    BY_NAME["markdown"].writer().write(passages([("a", "# 一"), ("a", "- 二")]), stream)
    (first, second) = re.findall("^> .*", stream.getvalue(), re.MULTILINE)
    assert (first, second) == ("> <mark>#</mark> 一", "> <mark>-</mark> 二")
    export = passages([("a", "# 一")])
    (hit,) = export.hits
    without = replace(export, hits=[hit._replace(hit=hit.hit._replace(spans=()))])
    BY_NAME["markdown"].writer().write(without, stream)
    assert stream.getvalue().endswith("> \\# 一\n")


def test_a_tab_does_not_part_a_cell_of_markdown() -> None:
    document = IndexedDocument("a", Metadata("a"), 0, 9, 9)
    line = replace(
        LINES[0], document=document, passage=PASSAGE._replace(text="一\t二 三中欧四"), span=(5, 7), context=(0, 8)
    )
    stream = io.StringIO()
    export = ConcordanceExport(HEAD, lambda: {document: COUNTS}, cite, False, False, iter([line]), ("中欧",))
    BY_NAME["markdown"].writer().write(export, stream)
    assert "| 一 二 三 | <mark>中欧</mark> | 四 |" in stream.getvalue()


def test_a_format_says_which_library_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str, package: str) -> None:
        raise ModuleNotFoundError(name=missing)

    monkeypatch.setattr("zhengce.cli.export.table.import_module", absent)
    missing = "xlsxwriter"
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(MissingWriterError, match=r"xlsx needs xlsxwriter: .* -m pip install 'XlsxWriter>="):
        BY_NAME["xlsx"].writer()
    missing = "another"
    with pytest.raises(ModuleNotFoundError):
        BY_NAME["xlsx"].writer()


@pytest.mark.parametrize("name", ["hits.pdf", "hits.DOC", "hits.xls", "hits.odt", "hits.wps"])
def test_nothing_is_written_under_the_ending_of_another_format(name: str, zhengce: Run, tmp_path: Path) -> None:
    for command in ("search", "kwic", "docs"):
        code, out, err = zhengce(command, "物流", "-o", str(tmp_path / name))
        assert (code, out) == (2, "")
        assert "the endings are .txt, .jsonl, .md," in err
    assert zhengce("search", "物流", "-f", "text", "-o", str(tmp_path / name))[0] == 0  # it was asked for by name
    assert zhengce("show", "chengyu", "-o", str(tmp_path / "text.docx"))[0] == 2
    assert [each.name for each in tmp_path.iterdir()] == [name]


def test_a_limited_file_is_said_to_be_written(zhengce: Run, tmp_path: Path) -> None:
    _, _, err = zhengce("search", "物流", "-n", "2", "-o", str(tmp_path / "hits.txt"))
    assert "2 passages of" in err
    assert "; written to" in err
