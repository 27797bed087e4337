"""Messages of what reads and indexes: they reach the reader as messages, whichever process or file they come through."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from damage import segmenter
from zhengce.cli.language.translation import speak, translated
from zhengce.corpus.errors import DocumentError, reason_of
from zhengce.corpus.files import Root
from zhengce.corpus.messages import Message, message
from zhengce.index import build_corpus
from zhengce.index.indexing import segment_build
from zhengce.index.indexing.reports import BuildReport
from zhengce.index.indexing.worker_protocol import decode_answer, encode_answer
from zhengce.index.storage.file_records import FileRecord, read_records, record_from_json, record_to_json
from zhengce.index.storage.generations import current

SOURCE = Path(__file__).parents[2]
ERRORS = frozenset(
    (
        "DocumentError",
        "MissingReaderError",
        "UnknownDocumentError",
        "ValueFormError",
        "IndexDamagedError",
        "UnknownCorpusError",
        "StorageError",
        "QueryTimeoutError",
        "QueryError",
        "_error",
    )
)
RECORD = FileRecord("a.txt", 1, 2, "3", "4", "a", warnings=(message("{path} has no text in it.", path="a.txt"),))


@pytest.fixture(autouse=True)
def _quick_builds(shared_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shared = segmenter(shared_home / "cache")
    monkeypatch.setattr(segment_build, "Segmenter", lambda folding, cache: shared)


@pytest.fixture
def _in_chinese() -> Iterator[None]:
    speak("zh_CN")
    yield
    speak("en")


def _built(tmp_path: Path) -> BuildReport:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "bytes.txt").write_bytes("关于开行班列的通知\n\n成都".encode() + b"\xff" + "开行班列。\n".encode() * 5)
    (folder / "broken.docx").write_bytes(b"PK\x03\x04")
    (folder / "feed.xml").write_bytes("<a><b>文字</a>".encode())
    (folder / "other.xyz").write_bytes(b"x")
    (folder / "metadata.csv").write_text("文件,日期\nbytes.txt,某日\n", encoding="utf-8")
    return build_corpus(tmp_path / "home", name="mine", paths=[folder])


@pytest.mark.usefixtures("_in_chinese")
def test_what_an_update_reports_can_be_said_in_another_language(tmp_path: Path) -> None:
    built = _built(tmp_path)
    files = {Path(each.path).name: each for each in built.files}
    found = current(tmp_path / "home" / "corpora" / "mine")
    assert found
    records = {Path(each.path).name: each for each in read_records(found[0])}
    for said in (
        *files["bytes.txt"].warnings,
        *records["bytes.txt"].warnings,
        *records["feed.xml"].warnings,
        records["broken.docx"].refused,
        files["broken.docx"].reason,
        files["other.xyz"].reason,
        *built.notes,
    ):
        assert isinstance(said, Message)
        assert translated(said) != str.__str__(said)
    assert "第3行" in translated(records["bytes.txt"].warnings[0])


def test_a_record_is_the_same_after_it_was_written() -> None:
    refused = replace(RECORD, warnings=(), refused=message("{path} is too deep", path=Path("a.txt")))
    for record in (RECORD, refused, replace(RECORD, refused="told by an earlier version")):
        for again in (record_from_json(json.loads(json.dumps(record_to_json(record)))), _answered(record)):
            assert again == record
            assert list(map(type, again.warnings)) == list(map(type, record.warnings))
            assert type(again.refused) is type(record.refused)


def test_a_record_of_an_earlier_version_has_texts() -> None:
    former = json.loads(json.dumps(asdict(RECORD)))
    assert record_from_json(former) == RECORD
    assert type(record_from_json(former).warnings[0]) is str


def _answered(record: FileRecord) -> FileRecord:
    return decode_answer(encode_answer(record))


@pytest.mark.usefixtures("_in_chinese")
def test_why_the_system_refuses_is_said_in_the_language_of_the_reader(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as raised:
        (tmp_path / "nothing").open()
    assert translated(reason_of(raised.value)) == "没有该文件或文件夹"
    assert reason_of(OSError(1, "something else")) == "something else"
    assert reason_of(OSError("no number")) == "no number"


def test_what_is_raised_is_a_message() -> None:
    """An error that is raised with a plain text could only be said in English."""
    for path in (*SOURCE.glob("corpus/**/*.py"), *SOURCE.glob("index/**/*.py")):
        calls = (node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call))
        for call in calls:
            if call.args and _name(call.func) in ERRORS:
                # The last argument of an error in a query is its advice.
                assert not any(map(_is_text, (call.args[0], call.args[-1]))), f"{path}:{call.lineno}"


def test_that_nothing_can_be_read_is_said_with_all_reasons(tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / f"{name}.txt").write_bytes(b"")
    with pytest.raises(DocumentError) as raised:
        build_corpus(tmp_path / "home", name="mine", paths=[Root(tmp_path, ("*.txt",))])
    reasons = [f"{tmp_path / name}.txt has no text in it." for name in "abc"]
    assert str(raised.value) == "\n".join(["None of the documents can be read.", *reasons])
    assert isinstance(str(raised.value), Message)


def _name(function: ast.expr) -> str:
    return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")


def _is_text(argument: ast.expr) -> bool:
    return isinstance(argument, ast.JoinedStr) or (
        isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    )
