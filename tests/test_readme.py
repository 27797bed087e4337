"""The README in each language: what five minutes hold, and true. Its other examples are run by test_help.py."""

from __future__ import annotations

import configparser
import re
from pathlib import Path

import pytest
from pages import READMES, ROOT, code, on_a_terminal, table
from zhengce.cli.help.table import NAMES

LARGEST = {"en": 8192, "zh_CN": 10240}  # bytes, of which a Chinese character takes three
QUESTIONS = {"en": "| question | ask | answer |", "zh_CN": "| 问题 | 命令 | 答案 |"}
TOPICS = {"en": "| topic | what it is about |", "zh_CN": "| 专题 | 内容 |"}
FOLDERS = {"en": "", "zh_CN": "zh_CN/"}
VERSIONS = {"en": "Python {} to {}", "zh_CN": "Python {} 至 {}"}

each_language = pytest.mark.parametrize("language", READMES)


def text_of(language: str) -> str:
    return READMES[language].read_text(encoding="utf-8")


@each_language
def test_it_is_short(language: str) -> None:
    assert READMES[language].stat().st_size <= LARGEST[language]


@each_language
def test_it_links_to_the_others_in_its_first_line(language: str) -> None:
    first = text_of(language).partition("\n")[0]
    for other, page in READMES.items():
        assert (f"]({page.name})" in first) is (other != language)


@each_language
def test_the_two_commands_are_there(language: str) -> None:
    text = text_of(language)
    assert "python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/zhengce search 中欧班列\n" in text
    assert "python3 -m venv .venv && .venv/bin/pip install '.[test]' && .venv/bin/python -m pytest\n" in text


@pytest.mark.integration
@each_language
def test_the_five_questions_find_their_answers(language: str, monkeypatch: pytest.MonkeyPatch, own_home: Path) -> None:
    monkeypatch.setenv("ZHENGCE_LANG", language)
    rows = table(READMES[language], QUESTIONS[language])
    assert len(rows) == 5
    for _, ask, answer in rows:
        printed = "".join(on_a_terminal(code(ask)[0], monkeypatch).split())
        said = re.findall(r"\*\*(.+?)\*\*", answer)
        assert said
        assert [each for each in said if "".join(each.split()) not in printed] == []


@each_language
def test_it_names_every_topic(language: str) -> None:
    rows = table(READMES[language], TOPICS[language])
    link = re.compile(rf"\[(\w+)\]\(cli/help/topics/{FOLDERS[language]}\1\.md\)")
    assert [link.findall(cell) for cell, _ in rows] == [[name] for name in NAMES]


@each_language
def test_links_lead_somewhere(language: str) -> None:
    links = re.findall(r"\]\(([^)#]+)\)", text_of(language))
    assert len(links) > len(NAMES)
    assert [link for link in links if not (ROOT / link).is_file()] == []


@each_language
def test_the_python_versions_are_those_of_the_package(language: str) -> None:
    configuration = configparser.ConfigParser()
    configuration.read(ROOT / "setup.cfg", encoding="utf-8")
    classifiers = re.findall(r"Python :: (3\.\d+)", configuration["metadata"]["classifiers"])
    assert VERSIONS[language].format(classifiers[0], classifiers[-1]) in text_of(language)
