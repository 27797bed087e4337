"""What is searched: folders and files with --in, several corpora at once, and places that name their corpus."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest
from conftest import Run
from pages import on_a_terminal
from zhengce.index.indexing import digests

A = "关于班列的通知\n\n一、总体要求\n\n班列要开行。开放要扩大。\n"
B = "关于开放的意见\n\n一、总体要求\n\n开放要扩大。\n\n班列要准点。班列要多。\n"


@pytest.fixture
def folder(own_home: Path, quick_builds: None) -> Path:
    """A folder with two texts, a file that is read no text from, and one of no format, in the current folder."""
    shutil.rmtree(own_home / "data" / "cache" / "folders", ignore_errors=True)
    folder = own_home / "my laws"
    folder.mkdir()
    for name, text in {"一.txt": A, "二.txt": B, "图.jpg": "x"}.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "空.txt").write_bytes(b"")
    return folder


@pytest.fixture
def two(own_home: Path, quick_builds: None, zhengce: Run) -> Path:
    """The corpora mine and other, which both have a document named same."""
    for name, texts in {"mine": {"same": A, "一": A}, "other": {"same": B, "二": B}}.items():
        shutil.rmtree(own_home / "data" / "corpora" / name, ignore_errors=True)
        folder = own_home / f"of-{name}"
        folder.mkdir()
        for id_, text in texts.items():
            (folder / f"{id_}.txt").write_text(text + f"{name}{id_}\n", encoding="utf-8")
        assert zhengce("index", "--corpus", name, str(folder))[0] == 0
    return own_home


def indexes(home: Path) -> list[Path]:
    return sorted((home / "data" / "cache" / "folders").glob("*"))


def test_a_folder_is_searched_and_what_could_not_be_read_is_said_once(folder: Path, zhengce: Run) -> None:
    code, out, err = zhengce("search", "班列", "--in", "my laws", "-l")
    assert (code, out) == (0, "一\t2\t2\n二\t2\t1\n")
    assert "building the index of 3 documents" in err
    assert "left out: " in err
    assert "1 file of no format that is read (.jpg)" in err
    assert "read my laws in " in err
    assert zhengce("search", "班列", "--in", "my laws", "-l") == (0, "一\t2\t2\n二\t2\t1\n", "")
    assert zhengce("search", "班列", "--in", str(folder / ".." / "my laws"), "-c")[2] == "", "the same folder"
    assert len(indexes(folder.parent)) == 1


def test_changes_are_seen_at_the_next_search(folder: Path, zhengce: Run) -> None:
    def found() -> list[str]:
        return [line.partition("\t")[0] for line in zhengce("search", "准点", "--in", "my laws", "-l")[1].splitlines()]

    assert found() == ["二"]
    before = folder.stat()
    (folder / "三.txt").write_text("准点\n", encoding="utf-8")
    os.utime(folder, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert found() == ["三", "二"]
    (folder / "一.txt").write_text(A.replace("开行", "准点"), encoding="utf-8")
    assert "passed over" not in zhengce("search", "准点", "--in", "my laws")[2], "that was said before"
    assert found() == ["一", "三", "二"]
    (folder / "三.txt").rename(folder / "四.txt")
    (folder / "二.txt").unlink()
    assert found() == ["一", "三"], "a renamed file keeps its id"
    (folder / "四.txt").unlink()
    (folder / ".gitignore").write_text("一.txt\n", encoding="utf-8")
    (folder / "五").mkdir()
    (folder / "五" / "六.txt").write_text("要准点\n", encoding="utf-8")
    assert found() == ["五/六"]
    (folder / "五" / "metadata.csv").write_text("file,date\n六.txt,2020-01-02\n", encoding="utf-8")
    assert zhengce("docs", "--in", "my laws")[1].split("\t")[2] == "2020-01-02"


def test_what_was_not_readable_is_read_when_it_is(folder: Path, zhengce: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "页.html").write_text("<html><body><p>页上的班列。</p></body></html>", encoding="utf-8")
    digests._with_version.cache_clear()
    with monkeypatch.context() as before:
        before.setattr(digests, "version", lambda library: "0")
        assert "页\t" in zhengce("search", "班列", "--in", "my laws", "-l")[1]
        assert zhengce("search", "班列", "--in", "my laws", "-l")[2] == ""
    digests._with_version.cache_clear()
    assert "1 file is read again: lxml " in zhengce("search", "班列", "--in", "my laws", "-l")[2]
    assert zhengce("search", "班列", "--in", "my laws", "-l")[2] == ""


def test_every_command_reads_a_folder_and_takes_its_places(folder: Path, zhengce: Run) -> None:
    place = zhengce("search", "准点", "--in", "my laws")[1].split(": ")[0]
    assert place == "二:4"
    for arguments, expected in (
        (("show", place), "二:4: 班列要准点"),
        (("kwic", "准点"), "二:4\t"),
        (("docs",), "一\t"),
        (("outline", "二"), "二:2\t"),
        (("cite", place), "关于开放的意见"),
        (("explain", "准点"), "准点"),
        (("check",), "zhengce set '一' date=… --corpus NAME"),
    ):
        code, out, _ = zhengce(*arguments, "--in", "my laws")
        assert expected in out, arguments
        assert code in (0, 1)
    assert zhengce("check", "--in", "my laws")[2].endswith("zhengce index --corpus NAME 'my laws' makes one.\n")
    assert "\t二:4\t" not in zhengce("search", "准点", "--in", "my laws/一.txt")[1], "a single file"
    assert zhengce("search", "班列", "--in", "my laws/一.txt", "--in", "my laws/二.txt", "-c")[1].endswith(
        "2 documents\n"
    )


def test_hints_carry_the_folder(folder: Path, zhengce: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    hint = "+1  zhengce search --in 'my laws' 班列 --doc 一"
    page = on_a_terminal("zhengce search 班列 --in 'my laws' --per-doc 1", monkeypatch)
    assert hint in page
    assert page.rstrip().endswith("In: my laws")
    assert zhengce("search", "--in", "my laws", "班列", "--doc", "一", "-c")[1].startswith("2 ")
    assert zhengce("history")[1].splitlines()[-1].split("\t")[1] == str(folder), "it is read in other folders too"
    err = zhengce("show", "nope", "--in", "my laws")[2]
    assert "`zhengce docs --in 'my laws'` lists all." in err
    err = zhengce("search", "准点 and 班列", "--in", "my laws")[2]
    assert "zhengce search --in 'my laws' 准点 AND 班列 finds" in err.replace("'准点 AND 班列'", "准点 AND 班列")


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("准点", "my laws"), "To search that folder: zhengce search 准点 --in 'my laws'"),
        (("准点", "my laws/二.txt"), "To search that file: zhengce search 准点 --in 'my laws/二.txt'"),
        (("documents", "准点"), "To search that folder: zhengce search 准点 --in documents"),
        (("准点", "nowhere/"), None),
        (("documents",), None),
    ],
)
def test_a_path_in_a_query_is_answered(folder: Path, zhengce: Run, words: tuple[str, ...], hint: str | None) -> None:
    code, out, err = zhengce("search", *words)
    assert (code, out) == (1, "")
    if hint:
        assert hint.replace("search 准点", "kwic 准点") in zhengce("kwic", *words)[2]
    assert [line for line in err.splitlines() if line.startswith("To search that")] == ([hint] if hint else [])


def test_an_absolute_path_that_reads_as_a_regular_expression_is_answered_too(folder: Path, zhengce: Run) -> None:
    code, _, err = zhengce("search", "准点", f"{folder.parent}/documents")
    assert code in (1, 2)
    assert err.rstrip().endswith(f"To search that folder: zhengce search 准点 --in {folder.parent}/documents")


def test_what_contradicts_itself_is_refused(folder: Path, zhengce: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "--in and --corpus contradict" in zhengce("search", "班列", "--in", "my laws", "--corpus", "bundled")[2]
    assert zhengce("search", "班列", "--in", "nowhere")[0] == 2
    monkeypatch.setenv("ZHENGCE_CORPUS", "nope")
    assert zhengce("search", "班列", "--in", "my laws", "-c")[0] == 0, "what is typed comes before the environment"
    monkeypatch.delenv("ZHENGCE_CORPUS")
    for name in ("一.txt", "二.txt"):
        (folder / name).unlink()
    assert "None of the documents can be read" in zhengce("search", "班列", "--in", "my laws")[2]
    (folder / "空.txt").unlink()
    assert "There is no document in " in zhengce("search", "班列", "--in", "my laws")[2]


def test_indexes_of_folders_are_told_apart_and_removed(folder: Path, zhengce: Run) -> None:
    home = folder.parent
    other = home / "other"
    shutil.copytree(folder, other)
    zhengce("search", "班列", "--in", "my laws")
    zhengce("search", "班列", "--in", "other")
    _, out, err = zhengce("corpora")
    assert "my laws" not in out
    assert "2 indexes of what was searched with --in; zhengce corpora clear removes them." in err
    assert zhengce("corpora", "clear", "nowhere")[1].startswith("0 indexes removed")
    assert zhengce("corpora", "clear", "other")[1] == f"{other}\n1 index removed; the documents are kept.\n"
    zhengce("search", "班列", "--in", "other")
    shutil.rmtree(folder)
    (other / "三.txt").write_text("班列\n", encoding="utf-8")
    zhengce("search", "班列", "--in", "other")
    assert len(indexes(home)) == 1, "that of a folder that is gone is removed on the way"
    assert zhengce("corpora", "clear")[1].endswith("1 index removed; the documents are kept.\n")
    assert indexes(home) == []
    assert (other / "一.txt").exists()


def test_a_damaged_or_half_written_index_of_a_folder_is_built_again(folder: Path, zhengce: Run) -> None:
    expected = zhengce("search", "班列", "--in", "my laws")[1]
    (index,) = indexes(folder.parent)
    for pattern, content in (
        ("listings.json", b"0\n{}"), ("current", b"generation-none"), ("generation-*/manifest.json", b"{}")
    ):  # fmt: skip
        next(index.glob(pattern)).write_bytes(content)
        assert zhengce("search", "班列", "--in", "my laws")[:2] == (0, expected), pattern
        assert zhengce("search", "班列", "--in", "my laws")[2] == ""
    shutil.rmtree(index)
    index.mkdir()
    (index / "generation-killed").mkdir()
    assert zhengce("search", "班列", "--in", "my laws")[1] == expected
    assert not (index / "generation-killed").exists()


def test_several_corpora_are_searched_as_one(two: Path, zhengce: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    both = ("--corpus", "mine", "--corpus", "other")
    alone = {name: zhengce("search", "班列", "--corpus", name)[1].splitlines() for name in ("mine", "other")}
    assert zhengce("search", "班列", *both)[1].splitlines() == [
        f"{name}/{line}" for name, lines in alone.items() for line in lines
    ]
    found = [json.loads(line) for line in zhengce("search", "班列", *both, "--json")[1].splitlines()]
    assert [each["document"] for each in found][:1] == ["mine/same"]
    for line in zhengce("search", "班列", *both)[1].splitlines():
        place, _, text = line.partition(": ")
        assert zhengce("show", place, "-C", "0")[1] == f"{place}: {text}\n", "a place leads to its passage by itself"
    assert zhengce("search", "准点", *both, "--doc", "二", "-c")[1].endswith("1 document\n")
    code, _, err = zhengce("search", "准点", *both, "--doc", "same")
    assert code == 2
    assert "mine/same" in err
    assert "other/same" in err
    assert "`zhengce docs --corpus mine --corpus other` lists all." in err
    page = on_a_terminal("zhengce search 班列 --corpus mine --corpus other --per-doc 1", monkeypatch)
    assert "zhengce search --corpus mine --corpus other 班列 --doc mine/same" in page
    assert page.rstrip().endswith("Corpora: mine, other")
    head = zhengce("search", "班列", *both, "-f", "markdown")[1]
    assert "mine, other, 4 documents" in head
    assert zhengce("search", "班列", "--corpus", "mine", "--corpus", "mine")[1].startswith("same:")


def test_a_command_for_one_corpus_does_not_take_the_last(two: Path, zhengce: Run) -> None:
    both = ("--corpus", "mine", "--corpus", "other")
    for arguments in (("index",), ("set", "same", "date=2020"), ("check",)):
        code, out, err = zhengce(*arguments, *both)
        assert (code, out) == (2, ""), arguments
        assert "takes one corpus; --corpus names mine, other." in err
    for arguments in (("docs",), ("kwic", "班列"), ("outline", "mine/same"), ("explain", "班列"), ("cite", "other/二")):
        code, out, err = zhengce(*arguments, *both)
        assert (code, err) == (0, ""), arguments
        assert out


def test_a_place_may_begin_with_the_name_of_a_corpus(two: Path, zhengce: Run) -> None:
    assert zhengce("show", "other/二:3")[1].startswith("other/二-2- ")
    assert zhengce("outline", "other/二")[1].startswith("other/二:2\t")
    assert zhengce("cite", "chengyu", "other/二", "mine/一:3")[1].count("\n") == 3
    zhengce("use", "mine")
    assert zhengce("show", "other/same:4", "-C", "0")[1].startswith("other/same:4: 班列要准点")
    assert zhengce("show", "other/same:4", "--corpus", "mine")[0] == 2, "what is typed is not overruled"
    # The id of a document comes before the name of a corpus, and that before what is only like an id.
    (two / "of-mine" / "other").mkdir()
    (two / "of-mine" / "other" / "same.txt").write_text("准点在此。\n", encoding="utf-8")
    (two / "of-mine" / "old" / "other").mkdir(parents=True)
    (two / "of-mine" / "old" / "other" / "二.txt").write_text("旧的在此。\n", encoding="utf-8")
    zhengce("index", "--corpus", "mine")
    assert zhengce("show", "other/same:1")[1].startswith("other/same:1: 准点在此")
    assert zhengce("show", "other/二:1", "-C", "0")[1].startswith("other/二:1: 关于开放")
    assert zhengce("show", "other/nope:1")[0] == 2
