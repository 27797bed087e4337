"""Volumes in a corpus: whatever points from a file to its documents follows when files change."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from zhengce.corpus.files import Root
from zhengce.index import Corpus, open_corpus
from zhengce.index.indexing import build
from zhengce.index.opening import build_corpus

pytestmark = [pytest.mark.integration, pytest.mark.usefixtures("quick_builds")]

Put = Callable[[str, str], Path]

NOTICE = "关于开行班列的通知\n各部门：\n现就开行中欧班列有关事项通知如下。\n"


def volume(*names: str) -> str:
    return "".join(
        f"{number}. 青山区人民政府关于印发{name}方案的通知（2023年3月{number}日）\n"
        f"各部门：\n现将《{name}方案》印发给你们，请认真执行。\n青山区人民政府\n2023年3月{number}日\n"
        for number, name in enumerate(names, start=1)
    )


@pytest.fixture
def put(tmp_path: Path) -> Put:
    times = iter(range(10**18, 2 * 10**18, 10**9 + 1))

    def write(name: str, text: str) -> Path:
        path = tmp_path / "folder" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        os.utime(path, ns=(0, next(times)))
        return path

    return write


@pytest.fixture
def update(tmp_path: Path) -> Callable[..., list[str]]:
    """Update the corpus, and return the ids of its documents in order."""

    def ids(*roots: Root, **options: object) -> list[str]:
        report = build_corpus(tmp_path / "home", name="own", paths=roots or (tmp_path / "folder",), **options)  # type: ignore[arg-type]
        corpus = opened(tmp_path)
        found = [document.id for document in corpus.documents]
        assert report.documents == len(found) == corpus.size[0]
        assert report.passages == sum(document.passages for document in corpus.documents) == corpus.size[1]
        assert list(corpus.paths) == found
        return found

    return ids


def opened(tmp_path: Path) -> Corpus:
    return open_corpus(tmp_path / "home", name="own")


def test_a_file_has_the_documents_of_its_volume(put: Put, update: Callable[..., list[str]], tmp_path: Path) -> None:
    put("a.txt", NOTICE)
    path = put("b.txt", volume("物流", "招商"))
    put("c.txt", NOTICE.replace("班列", "口岸"))
    assert update() == ["a", "b/01", "b/02", "c"]
    corpus = opened(tmp_path)
    assert [corpus.paths[each] for each in ("b/01", "b/02")] == [path, path]
    (hit,) = corpus.search("印发招商方案").hits(5)
    assert (hit.document.id, hit.passage.number, hit.passage.lines) == ("b/02", 1, ((6, 6),))
    assert corpus.search("请认真执行", documents=["b/02"]).counts.passages == 1


def test_changes_of_a_volume_reach_its_documents(put: Put, update: Callable[..., list[str]], tmp_path: Path) -> None:
    for number in range(6):  # so that no segment is half removed
        put(f"0{number}.txt", NOTICE.replace("班列", f"班列{number}"))
    others = [f"0{number}" for number in range(6)]
    path = put("b.txt", volume("物流", "招商"))
    put("c.txt", NOTICE)
    update()
    put("b.txt", volume("物流", "口岸", "税务"))
    assert update() == [*others, "b/01", "b/02", "b/03", "c"], "it is in a segment of its own, in its old rank"
    corpus = opened(tmp_path)
    assert [corpus.document(each).metadata.title[-6:] for each in ("b/02", "b/03", "c")] == [
        "口岸方案的通知"[-6:],
        "税务方案的通知"[-6:],
        "开行班列的通知"[-6:],
    ]
    assert corpus.search("招商").counts.passages == 0
    path.rename(path.with_name("d.txt"))
    assert update() == [*others, "c", "b/01", "b/02", "b/03"], "ids are kept"
    assert opened(tmp_path).paths["b/03"].name == "d.txt"
    path.with_name("d.txt").unlink()
    assert update() == [*others, "c"]
    assert opened(tmp_path).search("口岸").counts.passages == 0


def test_the_report_counts_documents_and_names_the_same_text(
    put: Put, update: Callable[..., list[str]], tmp_path: Path
) -> None:
    put("a.txt", volume("物流", "招商"))
    put("b.txt", volume("物流", "招商").replace("\n", "\n\n"))
    put("c.txt", volume("物流", "口岸"))
    report = build_corpus(tmp_path / "home", name="own", paths=(tmp_path / "folder",))
    assert [(each.id, each.documents, each.same_text and Path(each.same_text).name) for each in report.files] == [
        ("a", 2, None),
        ("b", 2, "a.txt"),
        ("c", 2, None),
    ]
    assert (report.documents, report.count("added")) == (6, 3)


def test_whole_is_a_setting_of_a_root_that_is_remembered(
    put: Put, update: Callable[..., list[str]], tmp_path: Path
) -> None:
    put("a.txt", volume("物流", "招商"))
    root = Root(tmp_path / "folder")
    assert update(root) == ["a/01", "a/02"]
    assert update(root._replace(whole=True)) == ["a"]
    report = build_corpus(tmp_path / "home", name="own")
    assert (report.built, report.documents) == (False, 1)
    put("b.txt", volume("口岸", "招商"))
    assert build_corpus(tmp_path / "home", name="own").documents == 2
    assert update(root) == ["a/01", "a/02", "b/01", "b/02"]


def test_a_file_that_is_named_like_a_document_of_a_volume_has_another_id(
    put: Put, update: Callable[..., list[str]], tmp_path: Path
) -> None:
    put("a/01.txt", NOTICE)
    put("a/x.txt", NOTICE.replace("班列", "口岸"))
    put("a.txt", volume("物流", "招商"))
    assert update() == ["a/01", "a/x", "a.txt/01", "a.txt/02"]
    put("b.txt", volume("物流", "招商"))
    assert update()[-2:] == ["b/01", "b/02"]
    put("b/01.txt", NOTICE.replace("班列", "用工"))
    assert set(update()) >= {"b/01", "b/02", "b/01.txt"}


def test_workers_tell_of_all_documents(
    put: Put, update: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "_WORTH_A_PROCESS", 100)
    monkeypatch.setattr(build, "_processors", lambda: 2)
    put("a.txt", volume("物流", "招商"))
    put("b.txt", volume("口岸", "税务"))
    assert update() == ["a/01", "a/02", "b/01", "b/02"]


def test_the_command_counts_files_and_documents(
    put: Put, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, zhengce: Callable[..., tuple[int, str, str]]
) -> None:
    put("a.txt", volume("物流", "招商"))
    put("b.txt", NOTICE)

    monkeypatch.setenv("ZHENGCE_HOME", str(tmp_path / "home"))

    def run(*arguments: str) -> str:
        return "".join(zhengce(*arguments)[1:])

    folder = str(tmp_path / "folder")
    assert "Built the index of 2 files, 3 documents, " in run("index", "--corpus", "own", folder)
    assert str(tmp_path / "folder" / "a.txt") in run("docs", "--corpus", "own", "--long")
    assert "青山区人民政府关于印发招商方案的通知" in run("cite", "--corpus", "own", "a/02")
    assert "Built the index of 2 documents, " in run("index", "--corpus", "own", "--whole", folder)
    assert "--whole" in run("corpora", "show", "own")
    assert "--whole need a PATH" in " ".join(run("index", "--corpus", "own", "--whole").split())
