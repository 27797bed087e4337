"""The table of formats: each member has a reader, a sample and documentation, and none is known anywhere else."""

from __future__ import annotations

import inspect
import re
from importlib import import_module
from pathlib import Path

import pytest
from conftest import Run
from pages import LANGUAGES, ROOT, TOPICS_IN
from samples import SAMPLES
from zhengce.cli.editors import command
from zhengce.corpus.formats import table
from zhengce.corpus.formats.interface import Capabilities, Format, Reader
from zhengce.corpus.formats.table import FORMATS, capabilities, extract
from zhengce.corpus.formats.word import converted, reader
from zhengce.corpus.limits import DEFAULT_LIMITS
from zhengce.corpus.model import Metadata, Passage
from zhengce.index import open_corpus
from zhengce.index.citations.reference import Reference
from zhengce.index.citations.short import cite
from zhengce.index.model import IndexedDocument

NAMES = [each.name for each in FORMATS]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("format_", FORMATS, ids=NAMES)
def test_each_suffix_is_documented(format_: Format, language: str) -> None:
    topic = TOPICS_IN[language]["formats"]
    text = topic.read_text(encoding="utf-8")
    missing = [suffix for suffix in format_.suffixes if f"`{suffix}`" not in text]
    assert not missing, f"{topic.relative_to(ROOT)} does not name {', '.join(missing)}"


def test_each_name_and_suffix_belongs_to_one_format() -> None:
    suffixes = [suffix for each in FORMATS for suffix in each.suffixes]
    assert len(set(suffixes)) == len(suffixes)
    assert len(set(NAMES)) == len(NAMES)
    assert all(re.fullmatch(r"\.[a-z]+", suffix) for suffix in suffixes)


@pytest.mark.parametrize("format_", FORMATS, ids=NAMES)
def test_each_format_has_a_reader(format_: Format) -> None:
    found = import_module(format_.reader, table.__package__).extract
    expected = list(inspect.signature(Reader.extract).parameters)[1:]
    assert list(inspect.signature(found).parameters)[: len(expected)] == expected


def test_each_format_has_a_sample() -> None:
    missing = [name for name in NAMES if name not in SAMPLES]
    assert not missing, f"tests/samples.py has no sample of {', '.join(missing)}"


@pytest.mark.parametrize("format_", FORMATS, ids=NAMES)
def test_a_sample_of_each_format_has_what_the_format_promises(format_: Format, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (converted, reader):
        monkeypatch.setattr(module, "convert", lambda *_: SAMPLES["DOCX"])
    path, data = Path(f"政策{format_.suffixes[0]}"), SAMPLES[format_.name]
    extracted = extract(format_, path, data, None, DEFAULT_LIMITS)
    assert any("班列" in line.text for line in extracted.lines)
    assert capabilities(extracted.format) == format_.capabilities
    assert all((line.page is not None) == format_.capabilities.has_pages for line in extracted.lines)
    if format_.capabilities.has_lines:
        lines = data.decode().splitlines()
        assert all(line.text.strip() in lines[line.number - 1] for line in extracted.lines if line.text)


def test_a_format_is_known_by_the_name_that_a_document_has() -> None:
    assert capabilities("HTML").is_web
    assert capabilities("DOC (LibreOffice)") == capabilities("DOC") == Capabilities()
    assert capabilities("PDF (by something)").has_pages
    assert capabilities("of a later version") == Capabilities()


def test_a_converted_file_keeps_the_name_of_its_suffix(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(table._BY_SUFFIX, ".fodt", Format("ODT", (".fodt",), "", capabilities=Capabilities(True)))
    assert capabilities("FODT (LibreOffice)").has_lines


@pytest.mark.parametrize(
    ("given", "cited", "opened"),
    [
        (Capabilities(has_lines=True), "¶2, line 3", ["vim", "+3", "{path}"]),
        (Capabilities(has_pages=True), "¶2", ["evince", "{path}"]),
        (Capabilities(is_web=True), "¶2", ["{folder}/xdg-open", "{path}"]),
    ],
)
@pytest.mark.usefixtures("quick_builds")
def test_a_format_added_to_the_table_is_cited_and_opened_by_its_capabilities(
    given: Capabilities,
    cited: str,
    opened: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    zhengce: Run,
) -> None:
    added = Format("Org", (".org",), ".plain_text", capabilities=given)
    monkeypatch.setitem(table._BY_SUFFIX, ".org", added)
    monkeypatch.setitem(table._BY_NAME, "Org", added)
    home = tmp_path / "home"
    monkeypatch.setenv("ZHENGCE_HOME", str(home))
    path = tmp_path / "texts" / "政策.org"
    path.parent.mkdir()
    path.write_text("开行方案\n\n中欧班列通达四方。\n", encoding="utf-8")
    assert zhengce("index", "--corpus", "mine", str(path.parent))[0] == 0
    (hit,) = open_corpus(home, name="mine").search("通达四方")
    assert hit.document.format == "Org"
    assert cite(hit.document, hit.passage).endswith(f"{cited} [政策:2]")
    assert (Reference(hit.document).type == "web") == given.is_web
    (tmp_path / "xdg-open").touch(mode=0o755)
    environment = {"PATH": str(tmp_path), "VISUAL": "vim", "PDFVIEWER": "evince"}
    argv = command(hit.document, hit.passage, path, environment)
    assert argv == [each.format(path=path, folder=tmp_path) for each in opened]


def test_a_viewer_is_told_the_page_and_an_editor_the_line(tmp_path: Path) -> None:
    path = tmp_path / "政策"
    path.touch()
    environment = {"VISUAL": "vim", "PDFVIEWER": "evince"}
    for name, page, told in (
        ("text", None, "+7"),
        ("text", 3, None),
        ("PDF", 3, "--page-index=3"),
        ("PDF", None, None),
    ):
        document = IndexedDocument("a", Metadata("政策"), 0, 1, 1, name)
        argv = command(document, Passage(1, "paragraph", (), ((7, 8),), "字", page), path, environment)
        assert argv[1:] == [*([told] if told else []), str(path)]


@pytest.mark.usefixtures("quick_builds")
def test_a_document_whose_id_has_a_colon_is_found_by_its_id(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, zhengce: Run
) -> None:
    monkeypatch.setenv("ZHENGCE_HOME", str(tmp_path / "home"))
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "a:b 通知.txt").write_text("中欧班列通达四方。\n", encoding="utf-8")
    (folder / "c.txt").write_text("另一份文件。\n", encoding="utf-8")
    assert zhengce("index", "--corpus", "mine", str(folder))[0] == 0
    for name in ("a:b 通知", "a:b", "a"):
        code, out, _ = zhengce("show", "--corpus", "mine", name)
        assert (code, "通达四方" in out) == (0, True)
    assert zhengce("show", "--corpus", "mine", "a:1")[0] == 0


@pytest.mark.usefixtures("quick_builds")
def test_the_last_colon_parts_an_id_from_a_passage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, zhengce: Run
) -> None:
    monkeypatch.setenv("ZHENGCE_HOME", str(tmp_path / "home"))
    folder = tmp_path / "texts"
    folder.mkdir()
    for name in ("市局:17:30 会议", "通知", "通知:2", "通知:20"):
        (folder / f"{name}.txt").write_text(f"甲。\n\n{name}的正文。\n", encoding="utf-8")
    assert zhengce("index", "--corpus", "mine", str(folder))[0] == 0
    for place, shown in (
        ("市局:17:30 会议:2", "市局:17:30 会议的正文"),
        ("市局:17:2", "市局:17:30 会议的正文"),
        ("通知:2", "通知的正文"),
        ("通知:2:2", "通知:2的正文"),
        ("通知:20:2", "通知:20的正文"),
        ("通知:20", "通知:20的正文"),
    ):
        code, out, _ = zhengce("show", "--corpus", "mine", place)
        assert (code, shown in out) == (0, True), place
    _, out, _ = zhengce("search", "--corpus", "mine", "-o", str(tmp_path / "hits.txt"), "会议")
    assert "市局:17:30 会议:2]" in (tmp_path / "hits.txt").read_text(encoding="utf-8")
