from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from zhengce.cli.display import concordance as drawing
from zhengce.cli.display.layout import cells
from zhengce.cli.display.outline_tree import outline_tree
from zhengce.cli.display.theme import FAINT, match_of, paint
from zhengce.corpus.model import Metadata, Passage
from zhengce.corpus.text.graphemes import graphemes
from zhengce.index.model import IndexedDocument, Occurrence
from zhengce.index.search.concordance import ConcordanceLine
from zhengce.index.search.outline import Heading

Run = Callable[..., tuple[int, str, str]]

PIECES = st.sampled_from(
    [
        *"中欧班列，。（）“”…—①0129 abcXYZ￥％\t",
        "e\u0301",
        "n\u0303\u0323",
        "👨\u200d👩\u200d👧",
        "❤\ufe0f",
        "👍🏽",
        "🇨🇳",
        "𠀀",
        "ｶﾞ",
    ]
)
TEXTS = st.lists(PIECES, max_size=120).map("".join)
TO_COLUMN = re.compile(r"\x1b\[(\d+)G")


def line(left: str, match: str, right: str, id_: str = "chengyu", term: int = 0) -> ConcordanceLine:
    text = left + match + right
    span = len(left), len(left) + len(match)
    document = IndexedDocument(id_, Metadata("题"), 0, 1, len(text))
    return ConcordanceLine(
        document, Passage(12, "paragraph", (), ((1, 1),), text), span, (0, len(text)), term, (Occurrence(span, term),)
    )


@given(
    st.lists(st.tuples(TEXTS, st.sampled_from(["班列", "RCEP", "（成渝）班列", "一"]), TEXTS), min_size=1),
    st.integers(12, 130),
)
def test_the_columns_line_up_and_fit(parts: list[tuple[str, str, str]], width: int) -> None:
    lines = [line(*each) for each in parts]
    drawn = list(drawing.concordance_lines(iter(lines), width))
    shape = drawing.columns(width, map(drawing.place_of, lines), (each.match for each in lines))
    for each, text in zip(lines, drawn, strict=True):
        escape = TO_COLUMN.search(text)
        shown = TO_COLUMN.sub("", text)
        assert cell_len(shown) <= width
        # What stands before the match takes as many cells in every line; with rare characters as many at the most,
        # whether the terminal knows graphemes or not, and then goes on in the column of matches.
        before = (
            text[: escape.start()]
            if escape
            else next(shown[:end] for end in range(len(shown) + 1) if cell_len(shown[:end]) == shape.before_match)
        )
        assert max(cell_len(before), cells(before)) <= shape.before_match
        assert escape or cell_len(before) == shape.before_match
        assert not escape or int(escape[1]) == shape.before_match + 1
        after_ = shown[len(before) :]
        match = graphemes(each.match)
        assert after_.startswith("".join(match)) or each.match.startswith(after_.rstrip())
        left = before[shape.place + 1 if shape.place else 0 :].strip(" ")
        assert left in drawing.shown(each.left)
        if after_.startswith(each.match):
            assert after_[len(each.match) :].strip(" ") in drawing.shown(each.right)


@pytest.mark.parametrize(("setting", "wide"), [("", "WF"), ("wide", "WFA")])
def test_marks_of_ambiguous_width_are_as_wide_as_is_said(
    monkeypatch: pytest.MonkeyPatch, setting: str, wide: str
) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    from test_golden import on_a_terminal

    monkeypatch.setenv("ZHENGCE_AMBIGUOUS", setting)
    printed = on_a_terminal(["kwic", "一带一路", "--width", "15"], 90).decode()
    lines = [line for line in printed.splitlines() if re.match(r"\w+:\d", line)]
    befores = [line[: line.index(" 一带一路 ")] for line in lines]
    columns = {sum(1 + (unicodedata.east_asian_width(each) in wide) for each in before) for before in befores}
    assert len(lines) > 30
    assert any("“" in before for before in befores)
    assert len(columns) == 1


@given(TEXTS, st.integers(12, 80))
def test_nothing_is_cut_through_a_grapheme(text: str, width: int) -> None:
    (drawn,) = drawing.concordance_lines(iter([line("", "班列", text)]), width)
    shown = TO_COLUMN.sub("", drawn).split("班列", 1)
    if len(shown) == 2:
        right = shown[1].strip(" ")
        rest = graphemes(drawing.shown(text).strip(" "))
        assert any("".join(rest[:count]).rstrip(" ") == right for count in range(len(rest) + 1))


def test_terms_have_colours_of_their_own_and_context_too() -> None:
    text = "成都和重庆"
    document = IndexedDocument("a", Metadata("题"), 0, 1, 5)
    marks = (Occurrence((0, 2), 0), Occurrence((3, 5), 1))
    second = ConcordanceLine(document, Passage(1, "paragraph", (), ((1, 1),), text), (3, 5), (0, 5), 1, marks)
    (drawn,) = drawing.concordance_lines(iter([second]), 60, color=True)
    one, other = (paint(name, match_of(number)) for number, name in enumerate(("成都", "重庆")))
    assert one != other
    assert drawn.index(one) < drawn.index(other)


def test_a_pipe_gets_fields_between_tabs(zhengce: Run) -> None:
    code, out, err = zhengce("kwic", "中欧班列", "-n", "0")
    assert (code, err) == (0, "")
    rows = [row.split("\t") for row in out.splitlines()]
    assert len(rows) == 23
    assert {len(row) for row in rows} == {4}
    assert {row[2] for row in rows} == {"中欧班列"}
    assert max(len(row[1]) for row in rows) == 40
    assert all(re.fullmatch(r"\w+:\d+", row[0]) for row in rows)


def test_a_pipe_gets_every_line_unless_asked_for_fewer(zhengce: Run) -> None:
    _, out, err = zhengce("kwic", "开放")
    assert (len(out.splitlines()), err) == (299, "")
    _, out, err = zhengce("kwic", "开放", "-n", "50")
    assert len(out.splitlines()) == 50
    assert "50 lines of 299 shown; -n 0 shows all." in err


def test_json_lines_give_the_place_in_the_passage(zhengce: Run) -> None:
    out = zhengce("kwic", "成都 | 重庆", "-f", "jsonl", "-n", "30", "--width", "3")[1]
    for record in map(json.loads, out.splitlines()):
        start, end = record["span"]
        assert record["match"] == record["term"]
        assert end - start == len(record["match"])
        assert len(record["left"]) <= 3 >= len(record["right"])


def test_a_sample_is_said_and_the_same_for_the_same_seed(zhengce: Run) -> None:
    code, out, err = zhengce("kwic", "开放", "--sample", "9", "--seed", "4")
    assert (code, len(out.splitlines())) == (0, 9)
    assert "a random sample of 9 of 299, seed 4" in err
    assert zhengce("kwic", "开放", "--sample", "9", "--seed", "4")[1] == out
    assert zhengce("kwic", "开放", "--sample", "9", "--seed", "5")[1] != out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["开放", "--sort", "X1"], "is not a neighbour"),
        (["开放", "--sort", "R1,R2,R3,R4"], "3 keys at most"),
        (["开放", "--width", "viele"], "not a width of context"),
        (["开放", "--group", "R1", "--sort", "R1"], "does not go with --sort"),
    ],
)
def test_what_cannot_be_is_said(arguments: list[str], message: str, zhengce: Run) -> None:
    code, out, err = zhengce("kwic", *arguments)
    assert (code, out) == (2, "")
    assert message in err


def test_the_former_name_of_the_width_is_understood_and_hidden(zhengce: Run) -> None:
    assert zhengce("kwic", "合作", "--span", "3w") == zhengce("kwic", "合作", "--width", "3w")
    assert zhengce("kwic", "合作", "--span", "3w") != zhengce("kwic", "合作")
    assert "--span" not in zhengce("kwic", "--help")[1]


def test_nothing_found(zhengce: Run) -> None:
    assert zhengce("kwic", "中欧班车")[0] == 1
    code, out, err = zhengce("kwic", "kind:heading")
    assert (code, out) == (1, "")
    assert "zhengce search shows" in err


def test_the_outline_counts_what_is_under_a_heading(zhengce: Run) -> None:
    rows = [json.loads(row) for row in zhengce("outline", "chengyu", "--query", "班列", "-f", "jsonl")[1].splitlines()]
    for row, following in pairwise(rows):
        assert following["depth"] <= row["depth"] + 1
        assert following["passage"] >= row["passage"]
    top = [row for row in rows if row["depth"] == 0]
    counted = zhengce("search", "班列", "--doc", "chengyu", "-c", "-f", "jsonl")[1]
    assert sum(row["occurrences"] for row in top) <= json.loads(counted)["occurrences"]
    (under,) = [row for row in rows if "共同做强" in row["text"]]
    assert under["occurrences"] == 3


def test_show_marks_what_matches(zhengce: Run) -> None:
    out = zhengce("show", "chengyu:17", "--query", "中欧班列", "-C", "0", "-f", "jsonl")[1]
    record = json.loads(out)
    assert {record["text"][start:end] for start, end in record["spans"]} == {"中欧班列"}
    assert "does not occur" in zhengce("show", "chengyu:17", "--query", "巴黎")[2]


def open_with(tmp_path: Path, name: str, *arguments: str, **variables: str) -> tuple[int, list[str], str]:
    """Run `zhengce open` with a script as editor that writes down its arguments."""
    script = tmp_path / name
    script.write_text('#!/bin/sh\nfor each; do echo "$each"; done\n')
    script.chmod(0o755)
    environment = {key: value for key, value in os.environ.items() if key not in ("VISUAL", "EDITOR", "PDFVIEWER")}
    environment |= {key: value.format(script=script) for key, value in variables.items()}
    done = subprocess.run(
        [sys.executable, "-m", "zhengce.cli", "open", *arguments],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    return done.returncode, done.stdout.splitlines(), done.stderr


@pytest.mark.parametrize(
    ("editor", "given"),
    [
        ("vim", ["+46", "{path}"]),
        ("code", ["--wait", "--goto", "{path}:46"]),
        ("hx", ["{path}:46"]),
        ("unheard-of", ["{path}"]),
    ],
)
def test_the_editor_is_told_the_line(editor: str, given: list[str], tmp_path: Path) -> None:
    visual = "{script} --wait" if editor == "code" else "{script}"
    code, out, err = open_with(tmp_path, editor, "chengyu:17", VISUAL=visual, EDITOR="false")
    assert code == 0
    path = out[-1].removesuffix(":46")
    assert Path(path).name == "chengyu-open-highland-plan-2022.txt"
    assert out == [each.format(path=path) for each in given]
    assert "line 46" in err


def test_a_document_is_opened_at_its_beginning(tmp_path: Path) -> None:
    _, out, _ = open_with(tmp_path, "vim", "xining", EDITOR="{script}")
    assert [Path(each).suffix for each in out] == [".txt"]


def test_without_an_editor_it_is_said_what_to_set(tmp_path: Path) -> None:
    code, out, err = open_with(tmp_path, "vim", "chengyu:17", PATH=str(tmp_path))
    assert (code, out) == (2, [])
    assert "Set EDITOR" in err
    code, out, err = open_with(tmp_path, "vim", "chengyu:17", EDITOR="/nowhere/editor")
    assert (code, out) == (2, [])
    assert "/nowhere/editor cannot be run" in err


@pytest.mark.parametrize(
    ("width", "expected"),
    [
        (39, drawing.Columns(0, 12, 12, 13)),
        (40, drawing.Columns(6, 10, 10, 11)),
        (20, drawing.Columns(0, 6, 6, 6)),
        (120, drawing.Columns(6, 48, 14, 49)),
    ],
)
def test_the_columns_share_the_window(width: int, expected: drawing.Columns) -> None:
    """Places have at most a fourth of it and none below 40 cells, matches a third of the rest, and contexts are equal."""
    shape = drawing.columns(width, ["a:1234"], ["中欧班列号列车"])
    assert shape == expected


def test_places_take_a_fourth_of_the_window_at_most() -> None:
    assert drawing.columns(80, ["长" * 50], ["班列"]).place == 20


def test_the_longest_bar_fills_the_window_and_others_are_in_proportion() -> None:
    one, other, third = drawing.bars([("的", 100), ("和", 50), ("", 1)], 400, 60)
    assert cells(one) == 60
    assert one.startswith("100   25.0 %  的")
    assert one.count(drawing.BAR) == 2 * other.count(drawing.BAR)
    assert third.count(drawing.BAR) == 1
    assert drawing.EDGE in third


def test_the_outline_tree_indents_and_fits() -> None:
    document = IndexedDocument("a", Metadata("题"), 0, 9, 5)
    headings = [Heading(1, 0, "第一章", 12), Heading(2, 1, "第一节", 0), Heading(3, 9, "深" * 8, 1)]
    _, _, *plain = outline_tree(document, headings, 24, counted=True, color=False)
    # However deep it is, a heading has ten cells.
    assert plain == ["    1  12  第一章", "    2        第一节", "    3   1     " + "深" * 5, " " * 14 + "深" * 3]
    _, _, one, none, *_ = outline_tree(document, headings, 24, counted=True, color=True)
    assert (one.endswith("第一章"), none.endswith(paint("第一节", FAINT))) == (True, True)
