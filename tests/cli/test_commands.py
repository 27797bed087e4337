from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import click
import pytest
from zhengce.cli.commands import program
from zhengce.corpus.sources.bundled import FOLDER, catalogued_sources

pytestmark = pytest.mark.integration

Run = Callable[..., tuple[int, str, str]]

KEYS = ["version", "document", "title", "number", "date", "section", "passage", "place", "kind", "lines", "text"]


def objects(out: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in out.splitlines()]


def test_a_pipe_gets_one_line_a_hit_and_editors_the_line_in_the_file(zhengce: Run) -> None:
    code, out, err = zhengce("search", "中欧班列", "-H")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert len(lines) == 16
    assert out.count("中欧班列") == 23
    assert "\x1b" not in out
    for line in lines:
        file, number, text = line.split(":", 2)
        first = Path(file).read_text(encoding="utf-8").split("\n")[int(number) - 1]
        assert text[:8] == re.sub(r"^#+ |\*\*", "", first).strip()[:8]
    by_place = zhengce("search", "中欧班列")[1].splitlines()
    assert [line.split(":", 2)[2] for line in by_place] == [" " + line.split(":", 2)[2] for line in lines]
    id_of = {str(source.path): source.id for source in catalogued_sources(FOLDER)}
    assert [line.split(":")[0] for line in by_place] == [id_of[line.split(":")[0]] for line in lines]


def test_lines_for_editors_show_neighbours_as_grep_does(zhengce: Run) -> None:
    _, out, _ = zhengce("search", "三峡水运", "-H", "-C", "1", "--chars", "4")
    assert [re.sub(r"^.*/.*?(?=[:-]\d+[:-])", "", line)[:4] for line in out.splitlines()] == ["-46-", ":48:", "-54-"]


def test_limits(zhengce: Run) -> None:
    code, out, err = zhengce("search", "一带一路")
    assert (code, len(out.splitlines()), err) == (0, 29, "")
    code, out, err = zhengce("search", "一带一路", "-n", "20")
    assert (code, len(out.splitlines())) == (0, 20)
    assert "20 passages of 29 shown; -n 0 shows all" in err
    assert len(zhengce("search", "一带一路", "-n", "0")[1].splitlines()) == 29
    assert len(zhengce("search", "一带一路", "-n", "3", "-f", "jsonl")[1].splitlines()) == 3


def test_json_lines_of_a_search(zhengce: Run) -> None:
    code, out, _ = zhengce("search", "中欧班列（成渝）", "-f", "jsonl", "-n", "0")
    assert code == 0
    hits = objects(out)
    assert [list(hit) for hit in hits] == [[*KEYS, "spans", "score"]] * len(hits)
    first = hits[0]
    assert first["document"] == "chengyu"
    assert first["number"] == "渝府办发〔2022〕86号"
    assert first["date"] == "2022-07-26"
    assert first["section"][1] == "二、构建高效能开放大通道"
    assert (first["passage"], first["kind"], first["lines"]) == (17, "paragraph", [[46, 46]])
    shown = {hit["text"][start:end] for hit in hits for start, end in hit["spans"]}
    assert shown == {"中欧班列（成渝）", "中欧班列(成渝)"}
    assert sum(len(hit["spans"]) for hit in hits) == 5


def test_json_lines_of_a_document(zhengce: Run) -> None:
    code, out, _ = zhengce("show", "bazhong", "-f", "jsonl")
    passages = objects(out)
    assert code == 0
    assert [passage["passage"] for passage in passages] == list(range(1, 140))
    assert all(list(passage) == KEYS for passage in passages)
    assert passages[57]["lines"] == [[105, 105], [109, 109]]
    assert passages[58]["kind"] == "footnote"


def test_counts(zhengce: Run) -> None:
    assert zhengce("search", "国际班列", "-c")[:2] == (0, "20 occurrences in 12 passages of 3 documents\n")
    code, out, _ = zhengce("search", "国际班列", "-c", "-f", "jsonl")
    assert (code, objects(out)) == (0, [{"version": 1, "occurrences": 20, "passages": 12, "documents": 3}])
    code, out, _ = zhengce("search", "中欧班车", "-c", "-f", "jsonl")
    assert (code, objects(out)) == (1, [{"version": 1, "occurrences": 0, "passages": 0, "documents": 0}])


def test_documents_only(zhengce: Run) -> None:
    assert zhengce("search", "国际班列", "-l")[:2] == (0, "chengdu\t2\t2\nqingbaijiang\t16\t8\nxining\t2\t2\n")
    newest = zhengce("search", "国际班列", "-l", "--sort", "-date")[1]
    assert [line.split("\t")[0] for line in newest.splitlines()] == ["xining", "qingbaijiang", "chengdu"]
    _, out, _ = zhengce("search", "国际班列", "-l", "-f", "jsonl")
    assert [(each["document"], each["occurrences"]) for each in objects(out)] == [
        ("chengdu", 2),
        ("qingbaijiang", 16),
        ("xining", 2),
    ]


def test_context(zhengce: Run) -> None:
    _, out, _ = zhengce("search", "三峡水运", "-C", "1")
    assert [re.match(r"chengyu([-:])\d+[-:]", line)[1] for line in out.splitlines()] == ["-", ":", "-"]
    _, out, _ = zhengce("search", "三峡水运", "-C", "1", "-f", "jsonl")
    (hit,) = objects(out)
    assert [each["passage"] for each in (*hit["before"], hit, *hit["after"])] == [17, 18, 19]


def test_context_shows_each_passage_once(zhengce: Run) -> None:
    _, out, _ = zhengce("search", "中试产业", "-n", "0", "-C", "1", "--doc", "qingbaijiang")
    groups = [[int(re.split("[:-]", line)[1]) for line in group.splitlines()] for group in out.split("--\n")]
    shown = [number for group in groups for number in group]
    assert len(groups) > 1
    assert shown == sorted(set(shown))
    # Within a group nothing is left out, between groups something is.
    assert all(group == list(range(group[0], group[-1] + 1)) for group in groups)
    assert all(after[0] > before[-1] + 1 for before, after in pairwise(groups))


def test_what_contradicts_itself(zhengce: Run, tmp_path: Path) -> None:
    for arguments in (
        ["-c", "-l"],
        ["--full", "--chars", "9"],
        ["--chars", "9", "-f", "jsonl"],
        ["-o", ""],
        ["-H", "-c"],
        ["-H", "-o", "x"],
        ["-H", "-f", "csv"],
    ):
        assert zhengce("search", "班列", *arguments)[0] == 2


def test_a_restricted_search_says_so(zhengce: Run, tmp_path: Path) -> None:
    file = tmp_path / "hits.txt"
    zhengce("search", "-w", "中欧班列", "--doc", "bazhong", "-o", str(file))
    assert file.read_text(encoding="utf-8").startswith(
        "Query:   中欧班列\nRead as: =中欧班列\nFilter:  whole words only\nFilter:  only in bazhong\nCorpus:  bundled, 5 documents, "
    )
    assert "巴中 does not occur in xining; elsewhere there are" in zhengce("search", "巴中", "--doc", "xining")[2]
    assert "人民 does not occur in xining" in zhengce("search", "-w", "人民", "--doc", "xin")[2]
    assert zhengce("search", "-k", "龘", "--doc", "xin")[2] == "zhengce: none of these words occurs in xining: 龘.\n"


def test_without_a_command(zhengce: Run) -> None:
    code, out, err = zhengce()
    assert (code, err) == (2, "")
    assert out.startswith("Usage: zhengce ")


def test_characters_around_matches(zhengce: Run) -> None:
    _, out, _ = zhengce("search", "三峡水运", "--chars", "20")
    assert out == "chengyu:18: …积极争取国家尽快启动三峡水运新通道建设。推动长江上游航运枢纽建设，…\n"
    assert "…" not in zhengce("search", "三峡水运", "--full")[1]


def test_color_in_a_pipe(zhengce: Run) -> None:
    _, out, _ = zhengce("search", "三峡水运", "--color", "always")
    assert "\x1b[1;31m三峡水运\x1b[0m" in out


def test_an_appendix(zhengce: Run, tmp_path: Path) -> None:
    file = tmp_path / "hits.txt"
    code, out, err = zhengce("search", "一带一路", "-o", str(file))
    assert (code, out) == (0, "")
    assert "39 occurrences in 29 passages of 5 documents; written to" in err
    text = file.read_text(encoding="utf-8")
    assert text.startswith("Query:   一带一路\nCorpus:  bundled, 5 documents, 308 passages, generation ")
    assert text.count("【一带一路】") == 39
    assert "（渝府办发〔2022〕86号，2022-07-26） — 成渝地区联手打造内陆开放高地方案 › 一、总体要求" in text
    assert [path.name for path in tmp_path.iterdir()] == ["hits.txt"]


def test_an_appendix_says_what_it_leaves_out(zhengce: Run, tmp_path: Path) -> None:
    file = tmp_path / "hits.txt"
    zhengce("search", "一带一路", "-n", "2", "-o", str(file))
    text = file.read_text(encoding="utf-8")
    assert "Shown:   2 passages of 29" in text
    assert "\n2. " in text
    assert "\n3. " not in text


def test_nothing_found(zhengce: Run, tmp_path: Path) -> None:
    code, out, err = zhengce("search", "中欧班车", "-o", str(tmp_path / "hits.txt"))
    assert (code, out) == (1, "")
    assert err == "zhengce: 中欧班车 does not occur. Words like it: 中欧班列 (16 passages), 中欧 (19 passages).\n"
    assert not list(tmp_path.iterdir())
    assert zhengce("search", "西宁 巴中")[2] == (
        "zhengce: no passage holds all of it: 西宁 in 14 passages, 巴中 in 55 passages.\n"
    )
    assert "never a word of its own" in zhengce("search", "-w", "民政府")[2]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["search", ""], "The query is empty."),
        (
            ["search", "成都 “班列"],
            "A quotation mark is not closed.\n  成都 “班列\n       ^\nWrite “班列” for a phrase",
        ),
        (
            ["search", "班列", "--doc", "nowhere"],
            "There is no document “nowhere” in the corpus bundled. The nearest are:\n  ",
        ),
        (["show", "chengyu:45"], "chengyu has passages 1 to 44; there is no 45."),
        (["show", "chengyu:x"], "write chengyu:1 for the first"),
        (["show", "chengyu:" + "9" * 5000], "write chengyu:1 for the first"),
        (["search", "“西部陆海 新通道”建设"], "Put a space after ”, or leave the marks out."),
        (["search", "-k", "-w", "班列"], "-w goes with terms"),
        (["search"], "The argument QUERY is missing."),
        (["search", "班列", "-n", "-1"], "-1 is not in the range"),
        (["sarch", "班列"], "There is no command “sarch”; did you mean: zhengce search 班列"),
    ],
)
def test_wrong_input(zhengce: Run, arguments: list[str], message: str) -> None:
    code, out, err = zhengce(*arguments)
    assert (code, out) == (2, "")
    assert message in err


def test_documents(zhengce: Run) -> None:
    code, out, _ = zhengce("docs")
    rows = [line.split("\t") for line in out.splitlines()]
    assert code == 0
    assert [row[0] for row in rows] == ["chengyu", "chengdu", "qingbaijiang", "xining", "bazhong"]
    assert rows[0][1:6] == [
        "渝府办发〔2022〕86号",
        "2022-07-26",
        "重庆市人民政府办公厅、四川省人民政府办公厅",
        "44",
        "6957",
    ]
    assert objects(zhengce("docs", "-f", "jsonl")[1])[4]["authors"] == ["李良彬", "徐涛"]


def test_a_passage_with_its_neighbours(zhengce: Run, tmp_path: Path) -> None:
    places = [
        re.match(r"chengyu([:-])(\d+)\1 ", line).groups() for line in zhengce("show", "chengyu:17")[1].splitlines()
    ]
    assert places == [("-", "16"), (":", "17"), ("-", "18")]
    assert len(zhengce("show", "chengyu:1", "-C", "2")[1].splitlines()) == 3
    zhengce("show", "xining", "-o", str(tmp_path / "xining.txt"))
    assert (
        (tmp_path / "xining.txt").read_text(encoding="utf-8").startswith("[xining:1] 本报记者 一丁\n\n[xining:2] 走进")
    )


def test_index(zhengce: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ZHENGCE_HOME", str(tmp_path))
    code, out, _ = zhengce("index")
    assert code == 0
    assert out.startswith("Built the index of 5 documents, 308 passages in ")
    assert zhengce("index")[1].startswith("The index is up to date: ")
    assert zhengce("index", "--rebuild")[1].startswith("Built the index")


def test_the_first_search_builds_the_index(zhengce: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ZHENGCE_HOME", str(tmp_path))
    code, out, err = zhengce("search", "中欧班列", "-c")
    assert (code, out) == (0, "23 occurrences in 16 passages of 5 documents\n")
    assert err == "zhengce: building the index of 5 documents …\n"


def test_version_and_module() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "zhengce.cli", "--version"], capture_output=True, text=True, check=True
    )
    assert re.fullmatch(r"zhengce \d+\.\d+\.\d+\n", done.stdout)


def test_an_unforeseen_failure_is_said_in_a_line(zhengce: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("by zero")

    monkeypatch.setattr("zhengce.cli.opening.open_chosen", fail)
    code, _, err = zhengce("docs")
    assert code == 2
    assert (
        err
        == "zhengce: something went wrong that should not: ZeroDivisionError: by zero. Set ZHENGCE_DEBUG=1 to see where.\n"
    )


def test_the_list_of_commands_is_true() -> None:
    context = click.Context(program.zhengce)
    for name, about in program.COMMANDS.items():
        command = program.zhengce.get_command(context, name)
        assert command
        assert command.get_short_help_str(limit=100) == about
    assert program.zhengce.get_command(context, "options") is None


def test_completion() -> None:
    environment = {**os.environ, "_ZHENGCE_COMPLETE": "bash_complete", "COMP_WORDS": "zhengce sea", "COMP_CWORD": "1"}
    code = "import sys; sys.argv[0] = 'zhengce'; from zhengce.cli.main import main; main()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert done.stdout == "plain,search\n"


def test_odd_places(zhengce: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    name = str(tmp_path / ("名" * 80))
    assert zhengce("search", "三峡水运", "-o", name)[0] == 0
    assert Path(name).read_text(encoding="utf-8").startswith("Query:   三峡水运")
    command = f"{sys.executable} -m zhengce.cli search 三峡水运 -o /dev/stdout | cat"
    assert subprocess.run(["bash", "-c", command], capture_output=True, check=True).stdout.startswith(b"Query:")
    closed = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m zhengce.cli docs >&-"], capture_output=True, check=False
    )
    assert (closed.returncode, closed.stderr) == (2, b"zhengce: there is no standard output to write to.\n")
    monkeypatch.setenv("ZHENGCE_HOME", "~nosuchuser/x")
    assert zhengce("docs")[::2] == (2, "zhengce: ZHENGCE_HOME is ~nosuchuser/x, and there is no such user.\n")
