"""The README: what five minutes hold, and true. Its other examples are run by test_help.py."""

from __future__ import annotations

import configparser
import re
from pathlib import Path

import pytest
from pages import README, ROOT, code, on_a_terminal, table
from zhengce.cli.help.table import NAMES

LARGEST = 8192  # bytes


def test_it_is_short() -> None:
    assert README.stat().st_size <= LARGEST


def test_the_two_commands_are_there() -> None:
    text = README.read_text(encoding="utf-8")
    assert "python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/zhengce search 中欧班列\n" in text
    assert "python3 -m venv .venv && .venv/bin/pip install '.[test]' && .venv/bin/python -m pytest\n" in text


@pytest.mark.integration
def test_the_five_questions_find_their_answers(monkeypatch: pytest.MonkeyPatch, own_home: Path) -> None:
    rows = table(README, "| question | ask | answer |")
    assert len(rows) == 5
    for _, ask, answer in rows:
        printed = "".join(on_a_terminal(code(ask)[0], monkeypatch).split())
        said = re.findall(r"\*\*(.+?)\*\*", answer)
        assert said
        assert [each for each in said if "".join(each.split()) not in printed] == []


def test_it_names_every_topic() -> None:
    rows = table(README, "| topic | what it is about |")
    assert [re.findall(r"\[(\w+)\]\(cli/help/topics/\1\.md\)", link) for link, _ in rows] == [[name] for name in NAMES]


def test_links_lead_somewhere() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", README.read_text(encoding="utf-8"))
    assert len(links) > len(NAMES)
    assert [link for link in links if not (ROOT / link).is_file()] == []


def test_the_python_versions_are_those_of_the_package() -> None:
    configuration = configparser.ConfigParser()
    configuration.read(ROOT / "setup.cfg", encoding="utf-8")
    classifiers = re.findall(r"Python :: (3\.\d+)", configuration["metadata"]["classifiers"])
    assert f"Python {classifiers[0]} to {classifiers[-1]}" in README.read_text(encoding="utf-8")
