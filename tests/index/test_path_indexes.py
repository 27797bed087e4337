"""Folders opened without a name: an unchanged one is known by its listings alone, and nothing that changes is missed."""

from __future__ import annotations

from pathlib import Path

import pytest
from zhengce.index import Corpus, open_paths
from zhengce.index.indexing import corpora, path_indexes
from zhengce.index.indexing.reports import BuildReport


@pytest.fixture
def folder(tmp_path: Path, quick_builds: None) -> Path:
    folder = tmp_path / "texts"
    (folder / "内").mkdir(parents=True)
    (folder / "一.txt").write_text("班列要开行。\n", encoding="utf-8")
    (folder / "内" / "二.txt").write_text("口岸要开放。\n", encoding="utf-8")
    return folder


class Opened:
    """Opens a folder, and keeps what its updates reported."""

    def __init__(self, home: Path, *paths: Path) -> None:
        self._home, self._paths = home, paths
        self.reports: list[BuildReport] = []

    def __call__(self) -> Corpus:
        self.reports.clear()
        return open_paths(self._paths, self._home, updated=self.reports.append)

    @property
    def texts(self) -> list[str]:
        corpus = self()
        return [passage.text for document in corpus.documents for passage in corpus.passages(document)]


@pytest.fixture
def opened(folder: Path, tmp_path: Path) -> Opened:
    opened = Opened(tmp_path / "home", folder)
    assert opened.texts == ["班列要开行。", "口岸要开放。"]
    assert len(opened.reports) == 1
    return opened


def test_an_unchanged_folder_is_known_without_finding_its_documents(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(definition: corpora.CorpusDefinition) -> None:
        raise AssertionError("the documents were looked for")

    monkeypatch.setattr(corpora.CorpusDefinition, "discover", fail)
    assert opened.texts == ["班列要开行。", "口岸要开放。"]
    assert opened.reports == []


def test_each_change_is_noticed(opened: Opened, folder: Path, tmp_path: Path) -> None:
    (folder / "内" / "链接.txt").symlink_to(folder / "一.txt")
    assert opened.texts == ["班列要开行。", "口岸要开放。", "班列要开行。"]
    (folder / "内" / "链接.txt").unlink()
    (folder / "内" / "链接.txt").symlink_to(folder / "内" / "二.txt")
    assert opened.texts == ["班列要开行。", "口岸要开放。", "口岸要开放。"]
    (folder / "内" / ".zhengceignore").write_text("链接.txt\n", encoding="utf-8")
    assert opened.texts == ["班列要开行。", "口岸要开放。"]
    (folder / "内" / "深" / "更深").mkdir(parents=True)
    opened()
    (folder / "内" / "深" / "更深" / "三.txt").write_text("物流要快。\n", encoding="utf-8")
    assert opened.texts == ["班列要开行。", "口岸要开放。", "物流要快。"]
    assert opened.texts
    assert opened.reports == []
    (folder / "一.txt").replace(tmp_path / "一.txt")
    (folder / "一.txt").mkdir()
    assert opened.texts == ["口岸要开放。", "物流要快。"]


def test_a_refused_file_is_tried_again_when_what_it_needs_is_there(
    opened: Opened, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from zhengce.corpus.formats import table

    page = "<html><body><p>页上的话。</p></body></html>"
    (folder / "页.html").write_text(page, encoding="utf-8")
    with monkeypatch.context() as without:
        formats = {
            suffix: format_._replace(reader=".nothing", libraries=("zhengce.corpus.formats.nothing", "zhengce"))
            for suffix, format_ in table._BY_SUFFIX.items()
            if suffix == ".html"
        }
        without.setattr(table, "_BY_SUFFIX", {**table._BY_SUFFIX, **formats})
        without.setattr(table, "is_available", lambda missing: False)
        assert opened.texts == ["班列要开行。", "口岸要开放。"]
        assert opened.texts
        assert opened.reports == [], "what is missing is still missing"
    assert opened.texts == ["班列要开行。", "口岸要开放。", "页上的话。"]


def test_paths_that_mean_the_same_have_one_index(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "link").symlink_to(folder)
    monkeypatch.chdir(tmp_path)
    home = tmp_path / "home"
    same = [path_indexes.of_paths(home, [path]).folder for path in (folder, Path("texts"), Path("link"), folder / ".")]
    assert len(set(same)) == 1
    assert path_indexes.of_paths(home, [folder / "内"]).folder != same[0]
    assert path_indexes.of_paths(home, [Path("bundled")]).is_bundled is False
