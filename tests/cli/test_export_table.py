"""The table of export formats: each has a module, documentation and golden outputs, and does what the table says."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest
from conftest import Run
from pages import LANGUAGES, ROOT, TOPICS_IN
from zhengce.cli.commands.kwic import kwic
from zhengce.cli.commands.search import search
from zhengce.cli.export import table
from zhengce.cli.export.interface import BibliographyWriter, ExportWriter, NeighbourWriter, TableWriter
from zhengce.cli.export.table import EXPORTS, ExportFormat, format_of
from zhengce.cli.output.options import OutputOptions

SHARED = {"__init__", "interface", "table", "delimited", "headings"}

each_format = pytest.mark.parametrize("each", EXPORTS, ids=[each.name for each in EXPORTS])


@each_format
def test_each_format_has_a_writer_that_can_do_what_the_table_says(each: ExportFormat) -> None:
    writer = each.writer()
    assert isinstance(writer, ExportWriter)
    assert isinstance(writer, NeighbourWriter) is each.counts_neighbours
    assert isinstance(writer, BibliographyWriter) is each.is_bibliography
    assert isinstance(writer, TableWriter) is each.has_tables


@pytest.mark.parametrize("language", LANGUAGES)
@each_format
def test_each_format_is_documented(each: ExportFormat, language: str) -> None:
    topic = TOPICS_IN[language]["export"]
    rows = re.findall(rf"^\| `{each.name}` \|([^|]*)\| \S", topic.read_text(encoding="utf-8"), re.MULTILINE)
    assert rows, f"{topic.relative_to(ROOT)} has no row | `{each.name}` | endings | what is written |"
    assert re.findall(r"`([^`]+)`", rows[0]) == list(each.suffixes)


@each_format
@pytest.mark.parametrize("command", ["search", "kwic"])
def test_each_format_has_a_golden_output(each: ExportFormat, command: str) -> None:
    file = Path(__file__).parent / "golden" / f"export-{command}-{each.name}.txt"
    assert file.exists(), f"write {file.name} with: UPDATE_GOLDEN=1 pytest tests/cli/test_golden.py -k {each.name}"


def test_each_module_is_in_the_table() -> None:
    modules = {path.stem for path in Path(table.__file__).parent.glob("*.py")} - SHARED
    named = {each.name.replace("-", "_") for each in EXPORTS}
    assert not modules - named, "add a line for it to cli/export/table.py"
    assert not named - modules, "write it in cli/export, with a class Writer"


@pytest.mark.parametrize("command", [search, kwic])
def test_the_help_names_each_format(command: click.Command) -> None:
    (option,) = [each for each in command.params if each.name == "format_"]
    assert list(option.type.choices) == [each.name for each in EXPORTS]
    assert all(f"{each.name}: {each.about}" in option.help for each in EXPORTS)


def test_no_ending_chooses_two_formats() -> None:
    suffixes = [suffix for each in EXPORTS for suffix in each.suffixes]
    assert len(suffixes) == len(set(suffixes))


@pytest.mark.parametrize(
    ("file", "name"),
    [(None, "text"), ("a", "text"), ("a.out", "text"), ("-", "text"), ("A.CSV", "csv"), ("a.b.html", "html"),
     ("a.csl.json", "csl-json"), ("a.md", "markdown")],
)  # fmt: skip
def test_the_ending_of_a_file_chooses_the_format(file: str | None, name: str) -> None:
    assert format_of(file) == name


def test_what_each_format_can_do() -> None:
    def names(capability: str) -> set[str]:
        return {each.name for each in EXPORTS if getattr(each, capability)}

    assert names("is_listing") == {"text", "jsonl"}
    assert names("is_drawn") == {"text"}
    assert names("is_laid_out") == {"text", "markdown", "html", "docx"}
    assert names("counts_neighbours") == {"text", "jsonl", "csv", "tsv"}
    assert names("has_tables") == {"csv", "tsv", "xlsx"}
    assert names("takes_bom") == {"csv", "tsv"}
    assert {each.name for each in EXPORTS if each.headings == "source"} == {"csv", "tsv"}
    assert {each.name for each in EXPORTS} - names("headings") == {"jsonl", "csl-json"}
    assert {each.name for each in EXPORTS} - names("is_text") == {"xlsx", "docx"}


@each_format
def test_only_a_page_has_a_limit_by_default(each: ExportFormat) -> None:
    assert OutputOptions(format=each.name).most(20) is None
    assert OutputOptions(format=each.name, layout="page").most(20) == (20 if each.is_drawn else None)
    assert OutputOptions(format=each.name, file="file").most(20) is None
    assert OutputOptions(format=each.name, file="file", limit=3).most(20) == 3
    assert OutputOptions(format=each.name, limit=0).most(20) is None


@pytest.mark.parametrize(("command", "rows"), [("search", 34), ("kwic", 68)])
def test_rows_in_a_pipe_are_all_rows(zhengce: Run, command: str, rows: int) -> None:
    code, out, err = zhengce(command, "物流", "-f", "csv")
    assert (code, err) == (0, "")
    assert len(out.split("\r\n\r\n")[0].splitlines()) == 1 + rows
    code, out, err = zhengce(command, "物流", "-f", "jsonl")
    assert (code, err, len(out.splitlines())) == (0, "", rows)
