"""The language of what people read: how it is chosen, and how sentences are said in it."""

from __future__ import annotations

import gettext
import json
import pickle
import re
from collections.abc import Iterator

import pytest
from conftest import Run
from hypothesis import given
from hypothesis import strategies as st
from zhengce.cli.display.layout import NOT_FIRST, NOT_LAST, cells
from zhengce.cli.help.formatter import Formatter, fill
from zhengce.cli.language.choice import chosen_language
from zhengce.cli.language.translation import catalogue_of, speak, translated
from zhengce.corpus.messages import Message, counted, from_json, lines, listed, message, sentences, to_json


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    yield
    speak("en")


@pytest.mark.parametrize(
    ("setting", "environment", "language"),
    [
        ("auto", {}, "en"),
        ("auto", {"LANG": "zh_CN.UTF-8"}, "zh_CN"),
        ("auto", {"LANG": "zh_CN.GB18030"}, "zh_CN"),
        ("auto", {"LANG": "zh_TW.UTF-8"}, "zh_CN"),
        ("auto", {"LANG": "zh"}, "zh_CN"),
        ("auto", {"LANG": "de_DE.UTF-8"}, "en"),
        ("auto", {"LANG": "de_DE.UTF-8", "LANGUAGE": "de:zh_CN:en"}, "zh_CN"),
        ("auto", {"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, "en"),
        ("auto", {"LANG": "en_GB.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8"}, "zh_CN"),
        ("auto", {"LC_ALL": "C", "LANG": "zh_CN.UTF-8", "LANGUAGE": "zh_CN"}, "en"),
        ("auto", {"LC_ALL": "C.UTF-8", "LANGUAGE": "zh_CN"}, "zh_CN"),
        ("auto", {"LANGUAGE": "zh_CN"}, "zh_CN"),
        ("zh", {"LANG": "en_GB.UTF-8"}, "zh_CN"),
        ("en", {"LANG": "zh_CN.UTF-8"}, "en"),
        ("en", {"ZHENGCE_LANG": "zh"}, "zh_CN"),
        ("zh", {"ZHENGCE_LANG": "en"}, "en"),
        ("auto", {"ZHENGCE_LANG": "zh-Hans-CN"}, "zh_CN"),
        ("auto", {"ZHENGCE_LANG": "nonsense", "LANG": "zh_CN.UTF-8"}, "zh_CN"),
        ("auto", {"ZHENGCE_LANG": "auto", "LANG": "zh_CN.UTF-8"}, "zh_CN"),
    ],
)
def test_the_language_is_the_first_one_asked_for_that_there_is(
    setting: str, environment: dict[str, str], language: str
) -> None:
    assert chosen_language(setting, environment) == language


SAID = message("{path} is not in a format that the program reads.", path="a.xyz")


def test_a_message_is_its_english_text() -> None:
    assert SAID == "a.xyz is not in a format that the program reads."
    assert counted("{count} page", "{count} pages", 1) == "1 page"
    assert counted("{count:,} page", "{count:,} pages", 1200) == "1,200 pages"
    assert message("100 {%") == "100 {%"  # no values, no placeholders
    assert isinstance(str(ValueError(SAID)), Message)  # so that an error is said in another language


def test_a_message_stays_one_in_another_process_and_in_json() -> None:
    nested = sentences((counted("{count} page", "{count} pages", 3), SAID))
    for again in (pickle.loads(pickle.dumps(nested)), from_json(json.loads(json.dumps(to_json(nested))))):
        assert again == nested
        assert isinstance(again, Message)
        assert again.template == nested.template
        assert again.values == nested.values
    assert json.dumps(SAID) == json.dumps(str.__str__(SAID))


def test_sentences_follow_each_other_as_their_language_sets_them() -> None:
    both = sentences(("One.", "", "Two."))
    assert both == "One. Two."
    assert sentences(("Alone.",)) == "Alone."
    assert sentences(()) == ""
    speak("zh_CN")
    assert translated(both) == "One.Two."


def test_help_in_chinese_fits_the_window_and_names_the_same_options(
    zhengce: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = re.compile(r"^  (-\S.*?)(?:  |$)", re.MULTILINE)
    for columns in ("60", "80", "120"):
        monkeypatch.setenv("COLUMNS", columns)
        pages = []
        for language in ("en", "zh"):
            monkeypatch.setenv("ZHENGCE_LANG", language)
            code, page, _ = zhengce("docs", "--help")
            assert code == 0
            pages.append(page)
        english, chinese = pages
        written = [re.findall(r"-[\w-]+", "".join(options.findall(page))) for page in pages]
        assert written[0] == written[1]
        assert "列出文档" in chinese
        assert "Options" in english
        assert "Options" not in chinese
        assert max(map(cells, chinese.splitlines())) <= int(columns)


@given(st.lists(st.sampled_from(["甲", "乙", "c"]), max_size=40))
def test_a_list_has_the_mark_between_its_parts_that_the_language_has(parts: list[str]) -> None:
    assert listed(parts) == ", ".join(parts)
    assert lines(parts) == "\n".join(parts)
    speak("zh_CN")
    assert translated(listed(parts)) == "、".join(parts)
    assert translated(lines(map(message, parts))) == "\n".join(parts)
    speak("en")


TEXTS = st.text(alphabet="中文，。、（）“”abc-—1 =[]", max_size=60)


@given(TEXTS, st.integers(2, 40))
def test_lines_of_help_hold_all_of_the_text_and_are_no_wider_than_asked(text: str, width: int) -> None:
    lines = fill(text, width)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(cells(line) <= width for line in lines)
    assert all(line == line.strip() for line in lines)


@given(st.text(alphabet="中文，。、（）「」", max_size=60), st.integers(12, 40))
def test_lines_of_help_break_by_chinese_rules(text: str, width: int) -> None:
    for before, after in zip(fill(text, width), fill(text, width)[1:], strict=False):
        run = re.search(rf"[{re.escape(NOT_LAST + NOT_FIRST)}]*$", before)
        # Where marks that may not be parted fill a line, it breaks among them.
        if run and cells(run[0]) * 2 < width and after[0] not in NOT_LAST + NOT_FIRST:
            assert before[-1] not in NOT_LAST
        if after[0] in NOT_FIRST:
            assert before[-1] in NOT_FIRST + NOT_LAST


def test_a_number_stays_with_what_it_counts() -> None:
    assert fill("其间至多隔10字，次序不限", 14) == ["其间至多隔", "10字，次序不限"]


def test_a_usage_that_leaves_no_room_puts_its_arguments_below() -> None:
    formatter = Formatter(width=40)
    formatter.write_usage("zhengce corpora rename", "[OPTIONS] OLD NEW")
    assert formatter.getvalue() == "Usage: zhengce corpora rename\n    [OPTIONS] OLD NEW\n"


MACHINE = [
    ["search", "中欧班列", "-f", "jsonl"],
    ["search", "中欧班列", "-f", "csv"],
    ["search", "中欧班列", "-f", "tsv"],
    ["search", "中欧班列", "--fields", "place,text"],
    ["search", "中欧班列", "--count-by", "year", "--json"],
    ["search", "中欧班列"],
    ["search", "中欧班列", "-H"],
    ["kwic", "中欧班列"],
    ["kwic", "中欧班列", "-f", "jsonl"],
    ["docs"],
    ["docs", "-f", "jsonl"],
    ["docs", "-f", "csv"],
    ["show", "chengyu:17", "-f", "jsonl"],
    ["outline", "chengyu", "-f", "jsonl"],
    ["check", "-f", "jsonl"],
    ["cite", "chengyu"],
]


@pytest.mark.parametrize("command", MACHINE, ids=" ".join)
def test_what_programs_read_is_the_same_and_opens_no_catalogue(
    command: list[str], zhengce: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    english = zhengce(*command)
    monkeypatch.setenv("ZHENGCE_LANG", "zh")

    def fail(*_: object) -> None:
        raise AssertionError("a catalogue is opened")

    monkeypatch.setattr(gettext.GNUTranslations, "_parse", fail)
    monkeypatch.setattr(gettext, "_translations", {})
    catalogue_of.cache_clear()
    assert zhengce(*command) == english
