"""Habits of other programs: what is said of a word that is no command, and of a query that means something else here."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Run
from zhengce.cli.commands.program import COMMANDS, GROUPS
from zhengce.index import Corpus
from zhengce.index.query.habits import other_reading
from zhengce.index.shell_text import quoted


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (("中欧班列",), "zhengce search 中欧班列"),
        (("中欧班列", "口岸"), "zhengce search 中欧班列 口岸"),
        (("成都 | 重庆", "-西宁"), "zhengce search '成都 | 重庆' -西宁"),
        (("it's",), "zhengce search 'it'\\''s'"),
        (("serch", "班列"), "zhengce search 班列"),
        (("Search", "班列"), "zhengce search 班列"),
        (("kwick",), "zhengce kwic"),
        (("RCEP",), "zhengce search RCEP"),
        (("",), "zhengce search ''"),
    ],
)
def test_a_word_that_is_no_command_may_be_a_query(words: tuple[str, ...], meant: str, zhengce: Run) -> None:
    code, out, err = zhengce(*words)
    assert (code, out) == (2, "")
    assert err.splitlines()[0] == f"zhengce: There is no command “{words[0]}”; did you mean: {meant}"


def test_an_option_of_no_command_is_none(zhengce: Run) -> None:
    code, _, err = zhengce("--nope")
    assert (code, "There is no option" in err) == (2, True)


def test_the_version_has_a_short_option(zhengce: Run) -> None:
    assert zhengce("-V") == zhengce("--version")
    assert zhengce("-V")[1].startswith("zhengce ")


def test_help_groups_the_commands(zhengce: Run) -> None:
    out = zhengce("--help")[1]
    titles = [line.rstrip(":") for line in out.splitlines() if line.endswith(":") and not line.startswith(" ")]
    assert [title for title in titles if title != "Options"] == [*GROUPS]
    assert [name for group in GROUPS.values() for name in group] == [*COMMANDS]
    columns = {line.index(about.split()[0]) for name, about in COMMANDS.items() for line in out.splitlines() if line.startswith(f"  {name} ")}  # fmt: skip
    assert len(columns) == 1


@pytest.mark.parametrize("word", ["班列", "RCEP", "a-b", "doc:x", "86号", "〔2022〕"])
def test_a_plain_word_is_typed_as_it_is(word: str) -> None:
    assert quoted(word) == word


@pytest.mark.parametrize("word", ["", "a b", "a|b", "(a)", "a*", "$a", "it's", '"a"', "@a", "=a", "~", "a\nb", "`a`"])
def test_what_a_shell_reads_is_quoted(word: str) -> None:
    import shlex

    assert quoted(word).startswith("'")
    assert shlex.split(quoted(word)) == [word]


@pytest.mark.parametrize(
    ("query", "other", "notes"),
    [
        ("成都 and 班列", "成都 AND 班列", ["“and” is"]),
        ("成都 Or 班列 not 西宁", "成都 OR 班列 NOT 西宁", ["“Or” is", "“not” is"]),
        ("成都 near/10 班列", "成都 NEAR/10 班列", ["“near/10” is"]),
        ("成都 ａｎｄ 班列", "成都 AND 班列", ["“ａｎｄ” is"]),
        ("成都，班列", "成都 班列", ["“，” is"]),
        ("成都、班列；口岸", "成都 班列 口岸", ["“、” is"]),
        ("成都 ， 班列", "成都 班列", ["“，” is"]),
        ("(成都,重庆) 班列", "( 成都 重庆 ) 班列", ["“,” is"]),
        ("班列 and 成都，重庆", "班列 AND 成都 重庆", ["“and” is", "“，” is"]),
        ("标题:成渝", "title:成渝", ["“标题:” is"]),
        ("发文机关：四川 年份:2022", "issuer:四川 year:2022", ["“发文机关：” is", "“年份:” is"]),
        ("/国发[2021]/", "/国发\\[2021\\]/", ["[2021] means"]),
        ("/[0-9]\\[x\\][a]/", "/\\[0-9\\]\\[x\\]\\[a\\]/", ["[0-9] means"]),
    ],
)
def test_how_a_query_may_have_been_meant(query: str, other: str, notes: list[str]) -> None:
    found = other_reading(query)
    assert found
    assert found.query == other
    assert [note.startswith(begin) for note, begin in zip(found.notes, notes, strict=True)] == [True] * len(notes)


@pytest.mark.parametrize(
    "query", ["成都 班列", "成都 AND 班列", "“成都，班列”", "“and”", "1,000", "3、4", "/国发\\[2021\\]/", "责任单位：重庆", "标题：", "android", "(成都", "title:甲，乙", "=甲，乙"]
)  # fmt: skip
def test_what_means_what_it_seems_to(query: str) -> None:
    assert other_reading(query) is None


def test_where_something_was_found_only_operators_are_asked_about(zhengce: Run) -> None:
    assert other_reading("/国发[2021]/ 成都，重庆", operators_only=True) is None
    assert other_reading("成都 and 重庆", operators_only=True)
    assert "part of the term" in zhengce("search", "物流，降低", "-c")[2]
    for found in ("成都、重庆", "/[0-9]+万列/"):
        assert zhengce("search", found, "-c")[::2] == (0, "")


@pytest.mark.parametrize(
    ("query", "note", "command"),
    [
        ("中欧班列 and 成渝", "operators are written in capitals.", "zhengce search '中欧班列 AND 成渝' finds"),
        ("标题：成渝", "the field is written title:.", "zhengce search title:成渝 finds 44 passages of 1 document"),
        ("中欧班列、口岸", "terms are written with spaces between them.", "zhengce search '中欧班列 口岸' finds"),
        ("/办发[2022]/", "for brackets, write \\[ and \\].", "zhengce search '/办发\\[2022\\]/' finds 1 occurrence"),
    ],
)
def test_of_nothing_found_it_is_said_what_finds_something(query: str, note: str, command: str, zhengce: Run) -> None:
    code, out, err = zhengce("search", query)
    assert (code, out) == (1, "")
    assert note in err
    assert command in err
    assert note in zhengce("search", query, "-c")[2]
    assert note in zhengce("kwic", query)[2]


def test_of_little_found_it_is_said_too(zhengce: Run, own_documents: object, tmp_path: Path) -> None:
    own_documents({"a": "标题一二三\n\n成都 and 班列。\n\n成都的班列。\n\n班列在成都。\n"})  # type: ignore[operator]
    code, out, err = zhengce("search", "成都 and 班列")
    assert code == 0
    assert len(out.splitlines()) == 1
    assert "“and” is looked for as text; operators are written in capitals." in err
    assert "zhengce search '成都 AND 班列' finds 6 occurrences in 3 passages" in err


def test_nothing_is_said_where_it_would_find_nothing_else(zhengce: Run) -> None:
    assert "capitals" not in zhengce("search", "没有这个 and 没有那个")[2]
    assert "capitals" not in zhengce("search", "-k", "降低 and 成本", "-c")[2]
    assert "characters in it" not in zhengce("search", "/没有[这个]/")[2]


@pytest.mark.parametrize(
    "query", ["/办发\\[2022\\]/", "/办发〔2022〕/", "/办发[\\[(]2022/", "/办发\\{2022/", "办发[2022]"]
)
def test_brackets_of_any_shape_find_those_of_the_text(query: str, corpus: Corpus) -> None:
    assert corpus.search(query).counts.passages == 1
