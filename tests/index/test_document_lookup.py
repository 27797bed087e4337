"""Which document a name means: its id, or a part of its id, path, number or title."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from zhengce.corpus.model import DocumentNumber, Metadata
from zhengce.corpus.text.folding import Folding
from zhengce.index import Corpus, IndexedDocument, UnknownDocumentError
from zhengce.index.document_lookup import DocumentLookup


def document(id_: str, title: str, number: DocumentNumber | None = None, passages: int = 9) -> IndexedDocument:
    return IndexedDocument(id_, Metadata(title, number), 0, passages, 100)


DOCUMENTS = (
    document("2025/重庆", "重庆市人民政府工作报告", DocumentNumber("渝府办发", 2022, 86)),
    document("2025/重庆两江", "两江新区工作报告", DocumentNumber("渝府办发", 2022, 186)),
    document("2024/成都", "成都市人民政府工作报告", DocumentNumber("成府发", 2022, 6)),
    document("plan", "关于印发《中长期铁路网规划》的通知"),
    document("plan:b", "工作报告"),
    document("Law 1", "中华人民共和国公司法（2018修正）"),
    document("Law 2", "中华人民共和国公司法（2023修订）"),
    document("a\tb", "甲"),
    *(document(f"乙{number}", "乙") for number in "一二三"),
)
FOLDING = Folding({"發": "发", "辦": "办", "號": "号", "長": "长", "鐵": "铁", "網": "网"})
PATHS = {each.id: Path(f"/texts/{each.id}.docx") for each in DOCUMENTS} | {"plan": Path("/texts/国铁/铁路规划.pdf")}


def lookup(documents: Sequence[IndexedDocument] = DOCUMENTS) -> DocumentLookup:
    paths = {id_: str(path) for id_, path in PATHS.items()}
    return DocumentLookup(documents, "the corpus mine", "zhengce docs --corpus mine", FOLDING.fold, lambda: paths)


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("plan", "plan"),  # the id itself, though another begins so
        ("2024", "2024/成都"),
        ("law 1", "Law 1"),
        ("ＬＡＷ　２", "Law 2"),
        ("重庆", "2025/重庆"),  # the last part whole, though 重庆两江 also holds it
        ("两江", "2025/重庆两江"),
        ("两江.docx", "2025/重庆两江"),
        ("2024/成都.docx", "2024/成都"),
        ("../texts/国铁", "plan"),
        ("铁路规划", "plan"),
        ("渝府办发〔2022〕86号", "2025/重庆"),
        ("渝府办发[2022]86 号", "2025/重庆"),
        ("渝府辦發（２０２２）86號", "2025/重庆"),
        ("86号", "2025/重庆"),
        ("186", "2025/重庆两江"),
        ("6号", "2024/成都"),
        ("成府发", "2024/成都"),
        ("工作报告", "plan:b"),  # the title whole
        ("公司法(2023", "Law 2"),
        ("中長期鐵路網", "plan"),
        ("a␉b", "a\tb"),
        ("…/重庆两…", "2025/重庆两江"),
        ("2025/重庆…", "2025/重庆两江"),
    ],
)
def test_a_document_is_known_by_what_means_no_other(name: str, id_: str) -> None:
    assert lookup().document(name).id == id_


@pytest.mark.parametrize(
    ("name", "listed"),
    [
        ("Law", ["Law 1", "Law 2"]),
        ("人民政府工作报告", ["2025/重庆", "2024/成都"]),
        ("〔2022〕", ["2025/重庆", "2024/成都", "2025/重庆两江"]),
        ("成", None),
    ],
)
def test_several_documents_are_listed_with_their_titles(name: str, listed: list[str] | None) -> None:
    if listed is None:
        assert lookup().document(name).id == "2024/成都"
        return
    with pytest.raises(UnknownDocumentError) as caught:
        lookup().document(name)
    first, *lines, last = str(caught.value).splitlines()
    assert first == f"“{name}” may be any of {len(listed)} documents of the corpus mine. The nearest are:"
    titles = {each.id: each.metadata.title for each in DOCUMENTS}
    assert sorted(lines) == sorted(f"  {id_}  {titles[id_]}" for id_ in listed)
    assert last == "`zhengce docs --corpus mine` lists all."


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("plam", ["plan", "plan:b"]),
        ("中长期铁路网计划", ["plan"]),
        ("中国公司法 2018 修正", ["Law 1"]),
        ("公司法（2020修订）", ["Law 2", "Law 1"]),
        ("民法/公司法(2020)", ["Law 2", "Law 1"]),
        ("龘", []),
        ("docx", []),
        ("", []),
        ("　", []),
        ("9" * 5000, []),
    ],
)
def test_like_documents_are_named_where_there_is_none(name: str, nearest: list[str]) -> None:
    with pytest.raises(UnknownDocumentError) as caught:
        lookup().document(name)
    problem, *lines = str(caught.value).splitlines()
    assert problem.startswith(f"There is no document “{name}” in the corpus mine")
    assert [line.split("  ")[1] for line in lines if line.startswith("  ")][: len(nearest)] == nearest
    assert bool(lines) == bool(nearest)


def test_all_of_few_documents_are_named_where_none_is_alike() -> None:
    with pytest.raises(UnknownDocumentError, match=r"(?s)no document “龘”.*\n  plan  .*\n  Law 1  "):
        lookup(DOCUMENTS[3:6]).document("龘")


def test_ten_documents_at_most_are_named() -> None:
    many = [document(f"d{number:02}", "甲") for number in range(11)]
    with pytest.raises(UnknownDocumentError, match="any of 11 documents") as caught:
        lookup(many).document("d")
    assert str(caught.value).count("\n  d") == 10


@pytest.mark.parametrize(
    ("place", "means"),
    [
        ("plan", ("plan", None)),
        ("plan:", ("plan", None)),
        ("plan:3", ("plan", 3)),
        ("plan:3:", ("plan", 3)),
        ("plan:b", ("plan:b", None)),
        ("plan:b:3", ("plan:b", 3)),
        ("重庆:9", ("2025/重庆", 9)),
        ("86号:2", ("2025/重庆", 2)),
        ("关于印发〈中长期", ("plan", None)),
    ],
)
def test_the_last_colon_parts_document_and_passage(place: str, means: tuple[str, int | None]) -> None:
    found, number = lookup().place(place)
    assert (found.id, number) == means


def test_a_passage_of_the_shorter_id_comes_first() -> None:
    both = lookup((document("通知", "甲", passages=2), document("通知:2", "乙"), document("通知:3", "丙")))
    assert [(each.id, number) for each, number in map(both.place, ("通知:2", "通知:3", "通知:2:2"))] == [
        ("通知", 2),
        ("通知:3", None),
        ("通知:2", 2),
    ]


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ("plan:10", "plan has passages 1 to 9; there is no 10."),
        ("plan:0", "plan has passages 1 to 9; there is no 0."),
        ("plan:x", "x is not the number of a passage; write plan:1 for the first."),
        ("plan:b:x", "x is not the number of a passage; write plan:b:1 for the first."),
        ("plan:" + "9" * 10, "write plan:1 for the first."),
        ("nothing:1", "There is no document “nothing”"),
        (":1", "There is no document “:1”"),
    ],
)
def test_places_that_are_none(place: str, message: str) -> None:
    with pytest.raises(UnknownDocumentError) as caught:
        lookup().place(place)
    assert message in str(caught.value)


def test_a_corpus_looks_up_by_number_title_and_file(corpus: Corpus) -> None:
    assert corpus.document("渝府办发[2022]86号").id == "chengyu"
    assert corpus.document("枢纽效应").id == "qingbaijiang"
    assert [corpus.document(path.name).id for path in corpus.paths.values()] == list(corpus.paths)
    assert {hit.document.id for hit in corpus.search("班列", documents=["86号"])} == {"chengyu"}
