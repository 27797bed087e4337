"""The folders of a user are those of platformdirs, which a search does not wait for."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Literal

import platformdirs
import pytest
from zhengce.index.storage import generations
from zhengce.index.storage.user_folders import user_folder


@pytest.mark.parametrize("named", [None, "", " ", "/somewhere/else", "relative/folder"])
@pytest.mark.parametrize("kind", ["data", "config"])
def test_the_folders_are_those_of_platformdirs(
    kind: Literal["data", "config"], named: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    variable = f"XDG_{kind.upper()}_HOME"
    if named is None:
        monkeypatch.delenv(variable, raising=False)
    else:
        monkeypatch.setenv(variable, named)
    find = {"data": platformdirs.user_data_path, "config": platformdirs.user_config_path}[kind]
    expected = find("zhengce", appauthor=False)
    if named != "relative/folder":  # which platformdirs takes before 4.5, against the specification
        assert user_folder(kind) == expected
    assert user_folder(kind).is_absolute()
    monkeypatch.setattr(sys, "platform", "other")
    assert user_folder(kind) == expected


def test_the_data_directory_is_that_of_the_user_unless_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHENGCE_HOME", "~/x")
    assert generations.home() == Path.home() / "x"
    monkeypatch.delenv("ZHENGCE_HOME")
    assert generations.home() == platformdirs.user_data_path("zhengce", appauthor=False)
