"""Help tells the truth: the examples of topics run, their tables name everything there is, and commands explain
themselves. ``make reference`` writes the outputs in topics and README anew; read the difference."""

from __future__ import annotations

import doctest
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from pathlib import Path
from typing import get_args

import click
import pytest
from conftest import Run
from pages import LANGUAGES, PAGES, TOPICS, TOPICS_IN, Page, blocks, code, contexts, on_a_terminal, table
from zhengce.cli.commands.program import COMMANDS as NAMES_OF_COMMANDS
from zhengce.cli.commands.program import zhengce as whole_program
from zhengce.cli.config.settings import SETTINGS
from zhengce.cli.display.layout import cells
from zhengce.cli.export.table import EXPORTS
from zhengce.cli.help.table import FOLDER, NAMES, about
from zhengce.cli.language.translation import speak, translated
from zhengce.corpus.formats.table import FORMATS
from zhengce.corpus.model import Origin
from zhengce.corpus.sources.sidecars import COLUMNS
from zhengce.index import Corpus, Counts, QueryError, open_corpus
from zhengce.index.citations.styles import STYLES
from zhengce.index.query.operators import EXAMPLE_ALIASES, DocumentDate, reference_rows
from zhengce.index.query.parser import parse

UPDATE = bool(os.environ.get("UPDATE_REFERENCE"))
CONSOLE = re.compile(r"(?<=```console\n).*?(?=```)", re.DOTALL)
COMMAND = re.compile(r"`(zhengce [^`]+)`")
SETTINGS_TABLE = {
    "en": "| setting | what it is for | as it is written in the file |",
    "zh_CN": "| 设置项 | 用途 | 文件中的写法 |",
}
OPERATORS = {"en": "| write | find | example |", "zh_CN": "| 写法 | 查找 | 示例 |"}
MESSAGES = {"en": "| written | message |", "zh_CN": "| 写成 | 提示 |"}
FOLDED = {"en": "| these are the same | for example |", "zh_CN": "| 视为相同 | 例 |"}
KEYS = {"en": "| key | value |", "zh_CN": "| 键 | 值 |"}
FORMATS_TABLE = {"en": "| format | files | how it is read |", "zh_CN": "| 格式 | 文件 | 读取方式 |"}
EXPORTS_TABLE = {"en": "| `-f` | `-o` | what is written |", "zh_CN": "| `-f` | `-o` | 输出内容 |"}
STYLES_TABLE = {"en": "| `--cite` | style |", "zh_CN": "| `--cite` | 著录格式 |"}
COLUMNS_TABLE = {"en": "| column | 中文 | what it says |", "zh_CN": "| 列名 | 中文列名 | 含义 |"}
ORIGINS = {"en": "| origin | the field was |", "zh_CN": "| 取值 | 字段来自 |"}
PLACEHOLDERS = {"NAME", "COMMAND", "FILE", "[QUERY]", "名称", "命令", "文件", "[检索式]"}


COMMANDS = [*contexts(click.Context(whole_program, info_name="zhengce", **whole_program.context_settings))]


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A language, which the program speaks."""
    monkeypatch.setenv("ZHENGCE_LANG", request.param)
    speak(request.param)
    yield request.param
    speak("en")


@pytest.fixture(params=PAGES, ids=lambda page: f"{page.language}/{page.name}")
def page(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    """A page, in whose language the program speaks."""
    monkeypatch.setenv("ZHENGCE_LANG", request.param.language)
    speak(request.param.language)
    yield request.param
    speak("en")


def with_table(text: str, header: str, rows: Iterable[Sequence[str]]) -> str:
    """Return a page with other rows in the table that has this header."""
    before, after = text.split(f"\n{header}\n")
    rule = after.partition("\n")[0]
    lines = [" | ".join(["", *(cell.replace("|", "\\|") for cell in row), ""]).strip() for row in rows]
    return "\n".join([before, header, rule, *lines]) + "\n\n" + after.split("\n\n", 1)[1]


def as_printed(text: str, language: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return a page with the outputs that its commands have now, where the system speaks its language."""
    monkeypatch.delenv("ZHENGCE_LANG")
    monkeypatch.setenv("LC_ALL", f"{language}.UTF-8")

    def printed(match: re.Match[str]) -> str:
        asked = [line for line in match[0].splitlines() if line.startswith("$ ")]
        return "\n".join(f"{line}\n{on_a_terminal(line[2:], monkeypatch).rstrip()}\n" for line in asked)

    return CONSOLE.sub(printed, text)


def with_operators(text: str, language: str) -> str:
    """Return the topic on queries with the table of operators and fields as it is now."""
    rows = [
        (", ".join(f"`{form}`" for form in row.form.split(", ")), translated(row.meaning), f"`{row.example}`")
        for row in reference_rows()
    ]
    return with_table(text, OPERATORS[language], rows)


def with_settings(text: str, language: str) -> str:
    """Return the topic on settings with the table of them as it is now."""
    rows = [
        (f"`{name}`", translated(setting.about), f"`{name} = {setting.example}`") for name, setting in SETTINGS.items()
    ]
    return with_table(text, SETTINGS_TABLE[language], rows)


def with_columns(text: str, language: str) -> str:
    """Return the topic on documents with the table of the columns of a metadata table as it is now."""
    rows = [(f"`{each.name}`", "、".join(each.headings), translated(each.meaning)) for each in COLUMNS]
    return with_table(text, COLUMNS_TABLE[language], rows)


def with_messages(text: str, language: str) -> str:
    """Return the topic on queries with the messages as they are now."""
    rows = [(f"`{written}`", translated(str(error_of(written)))) for written in wrong_queries()]
    return with_table(text, MESSAGES[language], rows)


def wrong_queries() -> list[str]:
    """Return the queries of the topic that cannot be read."""
    return [code(written)[0] for written, _ in table(TOPICS["query"], MESSAGES["en"])]


def error_of(query: str) -> QueryError:
    """Return the error of a query that cannot be read."""
    with pytest.raises(QueryError) as caught:
        parse(query, str)
    return caught.value


@pytest.mark.integration
@pytest.mark.usefixtures("quick_builds")
def test_what_is_generated_is_true(page: Page, own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = page.path.read_text(encoding="utf-8")
    true = as_printed(text, page.language, monkeypatch)
    if page.name == "query":
        true = with_messages(with_operators(true, page.language), page.language)
    if page.name == "index":
        true = with_columns(true, page.language)
    if page.name == "config":
        true = with_settings(true, page.language)
    if UPDATE:
        page.path.write_text(true, encoding="utf-8")
    else:
        assert text == true


@pytest.mark.slow
@pytest.mark.parametrize("page", [page for page in PAGES if blocks(page.path, "sh")], indirect=True, ids=str)
def test_shell_examples_run(page: Page, own_home: Path) -> None:
    script = "".join(block for block in blocks(page.path, "sh") if "venv" not in block)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path}
    done = subprocess.run(
        ["bash", "-ec", f"set -o pipefail\n{script}"], cwd=own_home, env=environment, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()


@pytest.mark.integration
@pytest.mark.usefixtures("quick_builds")
def test_commands_in_the_text_run(language: str, own_home: Path, zhengce: Run) -> None:
    assert zhengce("index", "--corpus", "mine", "documents")[0] == 0
    ran = 0
    for page in PAGES:
        if page.language != language:
            continue
        for command in COMMAND.findall(page.path.read_text(encoding="utf-8").replace("\\|", "|")):
            _, name, *words = shlex.split(command)
            if words and name not in ("browse", "open") and not PLACEHOLDERS & {name, *words}:
                exit_code, _, err = zhengce(name, *words)
                assert exit_code == 0, (command, err)
                ran += 1
    assert ran > 20


@pytest.mark.usefixtures("quick_builds")
def test_python_examples_run(language: str, own_home: Path) -> None:
    source = "\n".join(blocks(TOPICS_IN[language]["python"], "python"))
    test = doctest.DocTestParser().get_doctest(source, {}, "python", None, None)
    assert test.examples
    assert doctest.DocTestRunner().run(test).failed == 0


@pytest.mark.integration
@pytest.mark.usefixtures("quick_builds")
def test_examples_of_the_help_texts_run(own_home: Path, zhengce: Run) -> None:
    pattern = re.compile(
        r"^  (zhengce (?:search|explain|docs|show|cite|kwic|outline|index|help) .*?)(?: {3,}.*)?$", re.MULTILINE
    )
    examples = [example for each in COMMANDS for example in pattern.findall(each.get_help())]
    assert len(examples) > 30
    for example in examples:
        # As a shell has it: words, up to what is done with the output, and ~.
        words = takewhile(lambda word: word not in ("|", ">"), shlex.split(example)[1:])
        exit_code, _, err = zhengce(*map(os.path.expanduser, words))
        assert exit_code == 0, (example, err)


@pytest.mark.parametrize("context", COMMANDS, ids=[each.command_path for each in COMMANDS])
def test_every_command_and_option_has_a_help_text(context: click.Context) -> None:
    assert context.command.help
    for each in context.command.params:
        if isinstance(each, click.Option) and not each.hidden:
            assert each.help, each.name


def test_help_lists_topics_and_commands(zhengce: Run) -> None:
    exit_code, out, _ = zhengce("help")
    assert exit_code == 0
    for name in NAMES:
        assert re.search(rf"^  {name} +{re.escape(about(name))}$", out, re.MULTILINE)
    for name in NAMES_OF_COMMANDS:
        assert re.search(rf"^  {name} +\w", out.split("Commands:")[1], re.MULTILINE)
    assert set(FOLDER.rglob("*.md")) == {page.path for page in PAGES if page.name != "README"}


def test_a_topic_is_raw_in_a_pipe_and_drawn_on_a_terminal(
    language: str, zhengce: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert zhengce("help", "query")[1] == TOPICS_IN[language]["query"].read_text(encoding="utf-8")
    drawn = on_a_terminal("zhengce help query", monkeypatch)
    assert drawn.startswith(about("query"))
    assert "`" not in drawn
    assert "|---" not in drawn


@pytest.mark.parametrize("width", [80, 40])
@pytest.mark.parametrize("name", NAMES)
def test_no_line_of_a_topic_is_wider_than_the_window(
    name: str, width: int, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = on_a_terminal(f"zhengce help {name}", monkeypatch, width).splitlines()
    assert max(map(cells, lines)) <= width


def test_lines_of_a_topic_break_by_chinese_rules_and_code_at_spaces_only(
    language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, topic in TOPICS_IN[language].items():
        drawn = on_a_terminal(f"zhengce help {name}", monkeypatch).splitlines()
        assert not [line for line in drawn if line.lstrip()[:1] in tuple("，。、；：？！）〕》」』”")], name
        spans = code(re.sub(r"^```.*?^```", "", topic.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE))
        whole = [span.replace("\\|", "|") for span in spans if " " not in span and cells(span) < 25]
        assert not [span for span in whole if not any(span in line for line in drawn)], name


def test_lines_of_examples_are_drawn_whole(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, page in TOPICS_IN[language].items():
        drawn = on_a_terminal(f"zhengce help {name}", monkeypatch).splitlines()
        stripped = {line.strip() for line in drawn}
        for written in ("console", "sh", "python"):
            for block in blocks(page, written):
                lines = {line.strip() for line in block.splitlines() if cells(line) <= 80}
                assert lines <= stripped, name


def test_help_on_a_command_is_its_help(zhengce: Run) -> None:
    assert zhengce("help", "kwic") == zhengce("kwic", "--help")
    assert zhengce("help", "corpora", "show") == zhengce("corpora", "show", "--help")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("qurey", "There is no topic or command “qurey”. Did you mean query?"),
        ("corpora lst", "There is no command “corpora lst”. Did you mean list?"),
        ("corpora 语料", "There is no command “corpora 语料”. Choose one of: clear, list, remove, rename, show."),
        ("kwic R1", "There is no command “kwic R1”."),
    ],
)
def test_an_unknown_name_is_an_error_with_the_nearest(words: str, message: str, zhengce: Run) -> None:
    exit_code, out, err = zhengce("help", *words.split())
    assert (exit_code, out) == (2, "")
    assert f"zhengce: {message}\n" in err


def test_every_error_has_a_position_and_advice() -> None:
    queries = wrong_queries()
    assert len(queries) > 20
    for written in queries:
        error = error_of(written)
        assert 0 <= error.position <= len(written)
        assert error.advice


def test_every_query_of_the_table_finds_something(language: str, shared_home: Path) -> None:
    corpus = open_corpus(shared_home, aliases=EXAMPLE_ALIASES)
    rows = table(TOPICS_IN[language]["query"], OPERATORS[language])
    examples = [code(example)[0] for *_, example in rows]
    assert len(examples) == len(reference_rows())
    # None of the bundled documents is a law, or from a page that states when it was published.
    of_laws = set(get_args(DocumentDate)) - {"date"}
    for example in examples:
        assert corpus.search(example) or example.partition(":")[0] in of_laws, example


def test_examples_of_folding_are_the_same(language: str, corpus: Corpus) -> None:
    fold = corpus.search("成都").fold
    rows = table(TOPICS_IN[language]["query"], FOLDED[language])
    groups = [code(group) for _, example in rows for group in re.split(", |、", example) if "`" in group]
    assert len(groups) > 6
    for first, *others in groups:
        assert others
        assert {fold(first)} == set(map(fold, others))


def test_the_contract_names_every_key(language: str, corpus: Corpus) -> None:
    from zhengce.index.records.objects import VERSION, document_record

    topic = TOPICS_IN[language]["json"]
    keys = {key for cell, _ in table(topic, KEYS[language]) for key in code(cell)}
    assert keys == {
        *("version", "document", "title", "number", "date", "section", "passage", "place", "kind", "lines", "text"),
        *("spans", "score", "before", "after", "page", "citation"),
    }
    text = topic.read_text(encoding="utf-8")
    assert f"version {VERSION}" in text or f"第{VERSION}版" in text
    of_documents = re.split(r"^- `docs` ", text, flags=re.MULTILINE)[1].split("\n\n")[0]
    first = corpus.documents[0]
    record = document_record(first, Path(), corpus.standings()[first.id], Counts(1, 1, 1))
    assert set(code(of_documents)) - {"--long", "QUERY"} == set(record)


def test_every_format_is_in_the_topic(language: str) -> None:
    rows = table(TOPICS_IN[language]["formats"], FORMATS_TABLE[language])
    named = {name for names, *_ in rows for name in re.split(", |、", names.replace("纯文本", "text"))}
    assert named == {each.name for each in FORMATS}
    suffixes = [suffix for _, files, _ in rows for suffix in code(files)]
    assert sorted(suffixes) == sorted(suffix for each in FORMATS for suffix in each.suffixes)


def test_every_export_is_in_the_topic(language: str) -> None:
    rows = table(TOPICS_IN[language]["export"], EXPORTS_TABLE[language])
    assert [(code(name), code(suffixes)) for name, suffixes, _ in rows] == [
        ([each.name], list(each.suffixes)) for each in EXPORTS
    ]


def test_every_style_of_citations_is_in_the_topic(language: str) -> None:
    rows = table(TOPICS_IN[language]["cite"], STYLES_TABLE[language])
    assert [code(name)[0] for name, _ in rows] == [each.name for each in STYLES]
    assert all(each.title in title for each, (_, title) in zip(STYLES, rows, strict=True))


def test_every_origin_is_in_the_topic(language: str) -> None:
    rows = table(TOPICS_IN[language]["index"], ORIGINS[language])
    assert [code(name) for name, _ in rows] == [[origin] for origin in get_args(Origin)]
