"""The corpus that commands use: what comes first, what is remembered, and what is said of it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from conftest import Run
from pages import on_a_terminal

TEXT = "关于班列的通知\n\n一、总体要求\n\n班列要开行。班列要多。\n"


@pytest.fixture
def two(own_home: Path, zhengce: Run, quick_builds: None) -> Path:
    """A data directory with the corpora mine and other beside the bundled one, and a configuration of its own."""
    for name in ("mine", "other"):
        # Other tests may have left one of that name where this home was copied from.
        shutil.rmtree(own_home / "data" / "corpora" / name, ignore_errors=True)
        folder = own_home / f"of-{name}"
        folder.mkdir()
        (folder / f"{name}.txt").write_text(TEXT, encoding="utf-8")
        assert zhengce("index", "--corpus", name, str(folder))[0] == 0
    return own_home


def corpus_of(zhengce: Run, *options: str) -> str:
    """Return the first document of the corpus that a command uses."""
    code, out, err = zhengce("docs", *options)
    assert code == 0, err
    return out.split("\t")[0]


def test_each_way_to_choose_comes_before_the_next(two: Path, zhengce: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (corpus_of(zhengce), zhengce("use")[1]) == ("chengyu", "bundled\tit comes with the program\n")
    zhengce("config", "set", "corpus", "other")
    assert corpus_of(zhengce) == "other"
    assert zhengce("use")[1] == f"other\tit is set in {two / 'config.toml'}\n"
    assert zhengce("use", "mine")[:2] == (0, "Commands use the corpus mine from now on.\n")
    assert (corpus_of(zhengce), zhengce("use")[1]) == ("mine", "mine\tzhengce use has chosen it\n")
    monkeypatch.setenv("ZHENGCE_CORPUS", "bundled")
    assert corpus_of(zhengce) == "chengyu"
    assert zhengce("use") == (
        0,
        "bundled\tit is set in ZHENGCE_CORPUS\n",
        "zhengce: zhengce use has chosen mine, but it is set in ZHENGCE_CORPUS, which comes first.\n",
    )
    assert corpus_of(zhengce, "--corpus", "other") == "other"
    code, out, err = zhengce("use", "other")
    assert (code, out) == (0, "Commands use the corpus other from now on.\n")
    assert err == "zhengce: the corpus is bundled all the same: it is set in ZHENGCE_CORPUS.\n"
    monkeypatch.delenv("ZHENGCE_CORPUS")
    code, out, err = zhengce("use", "--unset")
    assert (code, out) == (0, "The corpus other is not chosen any more.\n")
    assert err == f"zhengce: the corpus is other all the same: it is set in {two / 'config.toml'}.\n"
    zhengce("config", "unset", "corpus")
    assert zhengce("use", "--unset") == (0, "Nothing was chosen.\n", "")


def test_every_command_uses_it(two: Path, zhengce: Run) -> None:
    zhengce("use", "mine")
    for arguments in (
        ("search", "班列"),
        ("kwic", "班列"),
        ("show", "mine:1"),
        ("outline", "mine"),
        ("cite", "mine"),
        ("explain", "班列"),
        ("check",),
    ):
        code, out, err = zhengce(*arguments)
        assert code in (0, 1), err
        assert out
        assert "chengyu" not in out


def test_what_does_not_exist_cannot_be_chosen(two: Path, zhengce: Run) -> None:
    code, out, err = zhengce("use", "nope")
    assert (code, out) == (2, "")
    assert "There is no corpus “nope”" in err
    assert zhengce("use")[1].startswith("bundled\t")
    assert zhengce("use", "mine", "--unset")[0] == 2


def test_a_remembered_corpus_that_is_gone_is_said_with_what_to_type(two: Path, zhengce: Run) -> None:
    zhengce("use", "mine")
    (two / "data" / "corpora" / "mine" / "corpus.json").unlink()
    for command in (("search", "班列"), ("docs",), ("use",)):
        code, out, err = zhengce(*command)
        assert (code, out) == (2, "")
        assert "There is no corpus “mine” any more; zhengce use has chosen it. `zhengce use --unset` goes back" in err
    assert zhengce("search", "--help")[0] == 0
    assert corpus_of(zhengce, "--corpus", "bundled") == "chengyu"
    zhengce("use", "--unset")
    assert corpus_of(zhengce) == "chengyu"
    (two / "config.toml").write_text('corpus = "mine"', encoding="utf-8")
    code, _, err = zhengce("docs")
    assert (code, "`zhengce config unset corpus` goes back" in err) == (2, True)


def test_the_choice_follows_a_corpus_that_is_renamed_or_removed(two: Path, zhengce: Run) -> None:
    zhengce("use", "mine")
    zhengce("corpora", "rename", "other", "third")
    assert zhengce("use")[1].startswith("mine\t")
    zhengce("corpora", "rename", "mine", "ours")
    assert zhengce("use")[1].startswith("ours\t")
    _, _, err = zhengce("corpora", "remove", "--yes", "ours")
    assert "it was the corpus in use" in err
    assert zhengce("use")[1].startswith("bundled\t")
    assert zhengce("corpora", "remove", "--yes", "third")[2] == ""


@pytest.mark.parametrize("content", [b"", b"[]", b'{"corpus": 5}', b'{"corpus": ""}', b"\xff", b"[" * 100_000])
def test_a_damaged_choice_is_none(content: bytes, two: Path, zhengce: Run) -> None:
    (two / "data" / "corpus-in-use.json").write_bytes(content)
    assert zhengce("use")[1].startswith("bundled\t")


def test_a_choice_that_cannot_be_kept_is_said(two: Path, zhengce: Run) -> None:
    (two / "data" / "corpus-in-use.json").mkdir()
    code, _, err = zhengce("use", "mine")
    assert (code, "corpus-in-use.json cannot be written" in err) == (2, True)


@pytest.mark.parametrize(
    "command",
    ["docs", "kwic 班列", "show mine", "show mine:1", "outline mine", "explain 班列", "outline mine --query 班列"],
)
def test_the_last_line_on_a_terminal_names_the_corpus(
    command: str, two: Path, zhengce: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    zhengce("use", "mine")
    assert on_a_terminal(f"zhengce {command}", monkeypatch).splitlines()[-1] == "Corpus: mine"
    assert "Corpus: mine" not in zhengce(*command.split())[1]
    zhengce("use", "bundled")
    assert "Corpus:" not in on_a_terminal(f"zhengce {command.replace('mine', 'chengyu')}", monkeypatch)


def test_what_was_not_found_says_where(two: Path, zhengce: Run) -> None:
    zhengce("use", "mine")
    assert zhengce("search", "没有的词")[2].splitlines()[-1] == "Corpus: mine."
    assert "Corpus" not in zhengce("search", "没有的词", "--corpus", "bundled")[2]
