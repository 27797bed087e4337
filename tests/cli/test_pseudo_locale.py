"""A language in which every sentence of the catalogue stands between ⟦ and ⟧: what people read has no word outside them
but what is typed, and what comes from documents."""

from __future__ import annotations

import asyncio
import io
import re
import shlex
import shutil
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import click
import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from catalogue import template
from click.shell_completion import ZshComplete
from conftest import Run
from pages import TOPICS, _Terminal, code, contexts, table
from textual.pilot import Pilot
from zhengce.cli.browse.app import BrowseApp
from zhengce.cli.commands.program import zhengce as program
from zhengce.cli.completion.shells import VARIABLE
from zhengce.cli.config.settings import SETTINGS
from zhengce.cli.help.table import NAMES
from zhengce.cli.language import choice, translation
from zhengce.cli.main import run
from zhengce.cli.request import Request
from zhengce.corpus.model import Kind
from zhengce.index import Corpus
from zhengce.index.indexing.corpora import BUNDLED
from zhengce.index.query.operators import FIELDS, OPERATORS

OPENING, CLOSING = "⟦⟧"
INNERMOST = re.compile(f"{OPENING}[^{OPENING}{CLOSING}]*{CLOSING}")
WORD = re.compile(r"[A-Za-z][A-Za-z]+")
PROGRAMS = {
    "zhengce",
    "mine",
    "echo",
    "less",
    "FRX",
    "vim",
    "code",
    "EDITOR",
    "VISUAL",
    "UTF",
    "xx",
    "Ctrl",
    "Nw",
    "true",
}
# What is typed or named: options, variables, paths, places, code between backticks, and command lines.
TYPED = re.compile(
    r"`[^`\n]*`|--?[a-z][\w-]*(=\S+)?|[A-Z]+_[A-Z_]+|\S*[/\\]\S*|\S+\.(?:\w+)|\S+:\d+|zhengce( [^\n⟦⟧（]*)?"
)


def pseudo(folder: Path) -> None:
    """Write the catalogue of the language."""
    catalog = Catalog(locale="en", fuzzy=False)
    for entry in template():
        if entry.id:
            forms = [OPENING + form + CLOSING for form in ([entry.id] if isinstance(entry.id, str) else entry.id)]
            catalog.add(entry.id, forms[0] if isinstance(entry.id, str) else tuple(forms), context=entry.context)
    messages = folder / "xx" / "LC_MESSAGES"
    messages.mkdir(parents=True)
    with (messages / f"{translation.DOMAIN}.mo").open("wb") as file:
        write_mo(file, catalog)


@pytest.fixture(scope="module")
def locale(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("locale")
    pseudo(folder)
    return folder


@pytest.fixture(autouse=True)
def _marked(locale: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(choice, "CATALOGUES", locale)
    monkeypatch.setattr(translation, "CATALOGUES", locale)
    monkeypatch.setenv("ZHENGCE_LANG", "xx")
    yield
    translation.speak("en")


@pytest.fixture(scope="module")
def known(corpus: Corpus) -> set[str]:
    """The words that need no translation: those of documents, of commands, and of what can be typed."""
    words = {*FIELDS, *OPERATORS, *SETTINGS, *NAMES, *get_args(Kind), BUNDLED, *PROGRAMS}
    words.update(WORD.findall(" ".join(words)))
    for document in corpus.documents:
        texts = [document.id, *(passage.text for passage in corpus.passages(document))]
        words.update(*(WORD.findall(text) for text in (*texts, str(document.metadata))))
    for context in contexts(click.Context(program, info_name="zhengce")):
        words.add(context.info_name or "")
        for parameter in context.command.params:
            if isinstance(parameter.type, click.Choice):
                words.update(WORD.findall(" ".join(map(str, parameter.type.choices))))
    return words


def unmarked(text: str, known: set[str]) -> set[str]:
    """Return the words outside the marks that are not known."""
    while (rest := INNERMOST.sub("", text)) != text:
        text = rest
    # A line that was cut has no closing mark.
    text = re.sub(f"{OPENING}[^\n]*", "", text)
    return {word for word in WORD.findall(TYPED.sub("", text)) if word not in known}


COMMANDS = [context.command_path.split()[1:] for context in contexts(click.Context(program, info_name="zhengce"))]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_help(words: list[str], zhengce: Run, known: set[str]) -> None:
    code, page, err = zhengce(*words, "--help")
    assert (code, err) == (0, "")
    assert OPENING in page
    assert unmarked(page, known) == set()


ON_A_TERMINAL = [
    "search 中欧班列",
    "search 中欧班列 -l",
    "search 中欧班列 -c",
    "search 中欧班列 --flat -n 2",
    "search '中欧班列 | 国际班列' --per-doc 1",
    "search -k 怎样降低物流成本 -n 3",
    "search 中欧班列 issuer:四川",
    "search 开放 --count-by year",
    "search 开放 --count-by issuer -n 2",
    "search issuer:四川 --count-by section",
    "docs",
    "docs --long",
    "docs 中欧班列 --sort hits -n 2",
    "docs --count-by year",
    "kwic 中欧班列",
    "kwic 中欧班列 --sample 3 --seed 1",
    "kwic 中欧班列 --group R1w",
    "show chengyu:17",
    "show chengyu:17 --long",
    "show chengyu --query 开放",
    "outline chengyu",
    "outline chengyu --query 开放",
    "cite chengyu",
    "explain '(成都 | 重庆) NEAR/10 班列 -西宁'",
    "explain '/[0-9.]+亿元/ year:2020..2025 kind:paragraph'",
    "check",
    "corpora",
    "corpora show bundled",
    "config",
    "history",
    "use",
    "config path",
    "index",
]


@pytest.mark.parametrize("command", dict.fromkeys(ON_A_TERMINAL))
def test_pages(command: str, known: set[str], own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out, err = on_terminals(command, monkeypatch)
    assert unmarked(out, known) == set()
    assert unmarked(err, known) == set()


def on_terminals(command: str, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """Run a command line as on a terminal, and return what it prints and what it says."""
    with monkeypatch.context() as patch:
        patch.setenv("COLUMNS", "200")
        patch.setenv("NO_COLOR", "1")
        patch.setattr(sys, "stdout", screen := _Terminal())
        patch.setattr(sys, "stderr", said := io.StringIO())
        run(shlex.split(command))
    return screen.getvalue(), said.getvalue()


ERRORS = [
    "searhc 班列",
    "search",
    "search --no-such-option 班列",
    "search 班列 -f nothing",
    "search 班列 -n many",
    "search 班列 -c -l",
    "search 班列 --corpus nowhere",
    "search 班列 --in nowhere",
    "search 班列 --doc nowhere",
    "search 不存在的词语",
    "search 不存在 issuer:四川",
    "search 班列 issuer:没有",
    "search 班列，成渝",
    "search '中欧班列 and 成渝'",
    "search 班列 -w --doc xining",
    "search -k 不存在的词语",
    "search 班列 -o /nowhere/file.txt",
    "search 班列 -o file.xlsx -l",
    "search 班列 --fields nothing",
    "kwic year:2022",
    "kwic 班列 --sort Z9",
    "kwic 班列 --group 5w",
    "show nowhere",
    "show chengyu:9999",
    "show cheng",
    "set chengyu date=gestern",
    "set chengyu colour=red",
    "config set colour red",
    "config set width 3",
    "config set language klingon",
    "config unset nothing",
    "use nowhere",
    "corpora show nowhere",
    "corpora remove bundled",
    "help nowhere",
    "index --corpus mine nowhere",
    "index --corpus '../x' .",
    "index --limit pages",
    "docs --count-by year --long",
    "docs --sort hits",
    "completion tcsh",
]


@pytest.mark.parametrize("command", ERRORS)
def test_errors(command: str, known: set[str], own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out, err = on_terminals(command, monkeypatch)
    assert err or out
    typed = {*known, *WORD.findall(command)}
    assert unmarked(out, typed) == set()
    assert unmarked(err, typed) == set()


ONE_AFTER_THE_OTHER = [
    "index --corpus mine documents",
    "index --corpus mine",
    "corpora",
    "corpora show mine",
    "check --corpus mine",
    "search 班列 --corpus mine --corpus bundled -n 2",
    "search 班列 --in documents -c",
    "docs --corpus mine --long",
    "use mine",
    "use",
    "search 班列 -c",
    "set xining-open title=题 date=2020年1月 --corpus mine",
    "show xining-open --long --corpus mine",
    "set xining-open --unset title --corpus mine",
    "docs --corpus mine -f csv -o table.csv",
    "set --from table.csv --corpus mine",
    "config set width 90",
    "config set @班列 '中欧班列 | 国际班列'",
    "explain @班列",
    "config",
    "config unset width",
    "history",
    "history --clear",
    "cite xining-open -f bibtex --corpus mine",
    "corpora rename mine yours",
    "corpora clear",
    "corpora remove yours --yes",
    "use --unset",
]


def test_a_corpus_of_ones_own(
    known: set[str], own_home: Path, quick_builds: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = own_home / "documents"
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 broken")
    (folder / "broken.docx").write_bytes(b"PK broken")
    (folder / "picture.xyz").write_bytes(b"\0\1")
    (folder / "bytes.txt").write_bytes("成都班列".encode("gb18030") + b"\xff\xff\0")
    (folder / "metadata.csv").write_text("file,titel,date\nnone.txt,x,gestern\n", encoding="utf-8")
    shutil.copy(folder / "xining-open-city-2025.txt", folder / "twin.txt")
    typed = {*known, "mine", "yours", *WORD.findall(str(own_home)), *WORD.findall(" ".join(map(str, folder.iterdir())))}
    for command in ONE_AFTER_THE_OTHER:
        out, err = on_terminals(command, monkeypatch)
        assert unmarked(out, {*typed, *WORD.findall(command)}) == set(), command
        assert unmarked(err, {*typed, *WORD.findall(command)}) == set(), command


def test_what_completion_says_of_its_candidates(known: set[str], own_home: Path) -> None:
    program.main(["use"], standalone_mode=False)
    complete = ZshComplete(program, {}, "zhengce", VARIABLE)
    lines = ["zhengce ", "zhengce search -", "zhengce search ", "zhengce config set ", "zhengce show "]
    for line in lines:
        *words, incomplete = line.split(" ")[1:]
        for item in complete.get_completions(words, incomplete):
            assert unmarked(item.help or "", known) == set(), item.value


def test_the_manual(known: set[str], zhengce: Run) -> None:
    code, page, _ = zhengce("help", "--man")
    assert code == 0
    # The topics are pages of their own in each language.
    commands = re.sub(r"\\f[BR]|\\&", "", page.partition('.SH "QUERY"')[0]).replace("\\-", "-")
    text = re.sub(r"^\.(?:nf\n.*?^\.fi|(?:TH|B) .*|SS .*|[A-Za-z]+)", "", commands, flags=re.DOTALL | re.MULTILINE)
    assert unmarked(text, known) == set()


@pytest.mark.integration
def test_the_window(known: set[str], corpus: Corpus) -> None:
    screens: list[str] = []

    async def steps(window: BrowseApp, pilot: Pilot[None]) -> None:
        for key in ("", "question_mark", "escape", "m", "c", "w", "K", "s", "e", "escape", "n", "y"):
            await pilot.press(*([key] if key else []))
            await pilot.pause()
            screens.append("\n".join(strip.text.rstrip() for strip in window.screen._compositor.render_strips()))

    async def run_window() -> None:
        window = BrowseApp(corpus, Request("中欧班列"))
        async with window.run_test(size=(200, 50)) as pilot:
            while not window.answer.results:
                await pilot.pause()
            await steps(window, pilot)

    translation.speak("xx")
    asyncio.run(run_window())
    assert len(set(screens)) > 5
    for shown in screens:
        # Two panes stand beside each other: a sentence that is wrapped in one goes on in the next line.
        assert unmarked(shown, {*known, "Esc", "Tab", "Home", "End", "PgDn", "PgUp", "Enter", "Space", "hits"}) == set()


WRITTEN = [code(written)[0] for written, _ in table(TOPICS["query"], "| written | message |")]


@pytest.mark.parametrize("query", WRITTEN)
def test_errors_of_queries(query: str, known: set[str], monkeypatch: pytest.MonkeyPatch) -> None:
    out, err = on_terminals(f"search {shlex.quote(query)}", monkeypatch)
    assert OPENING in err
    assert unmarked(out, known) == set()
    assert unmarked(err, {*known, *WORD.findall(query)}) == set()


EXPORTS = ["hits.txt", "hits.md", "hits.html", "hits.docx", "hits.xlsx"]


@pytest.mark.parametrize("name", EXPORTS)
@pytest.mark.parametrize(
    "command", ["search 中欧班列 issuer:四川 -w", "search 中欧班列 --cite gbt7714", "kwic 中欧班列 -n 3"]
)
def test_exports(command: str, name: str, known: set[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / name
    out, err = on_terminals(f"{command} -o {file}", monkeypatch)
    assert unmarked(out, known) == set()
    assert unmarked(err, {*known, *WORD.findall(str(file))}) == set()
    assert unmarked(words_of(file), {*known, *WORD.findall(command)}) == set()


def words_of(file: Path) -> str:
    """Return what people read in a file."""
    if not zipfile.is_zipfile(file):
        text = file.read_text(encoding="utf-8")
        return re.sub(r"<style>.*?</style>|<[^>]*>", " ", text, flags=re.DOTALL) if file.suffix == ".html" else text
    with zipfile.ZipFile(file) as package:
        parts = [name for name in package.namelist() if re.search(r"document|notes|sharedStrings|header|footer", name)]
        texts = [package.read(name).decode() for name in parts if name.endswith(".xml")]
    return "\n".join(re.sub(r"<[^>]*>", "", re.sub(r"</(?:w:p|si|row)>", "\n", text)) for text in texts)


def test_what_stands_outside_the_marks_is_found() -> None:
    assert unmarked("⟦Found ⟦3 hits⟧ in⟧ mine: ⟦it⟧ hits", {"mine"}) == {"hits"}
    assert unmarked("--option `code here` ZHENGCE_HOME /a/path chengyu:17 ⟦a line that was cu…\nnext", set()) == {
        "next"
    }
